"""Sentences that tell what is different after the action: figures that moved, what came about, what people say of it, what is still open.

They say nothing yet about how far the problem is solved; that is read from the words for it (ingest/extract/outcomes.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.extent import sentence
from ingest.extract.modality import modality
from ingest.extract.quotes import Speech
from ingest.extract.scene import Scene
from ingest.extract.telling import done, everywhere, home_words, in_heading, in_title, local, meant, near, weighed

FIGURE, OPEN, DONE, SAID = "outcome.figure", "outcome.open", "outcome.done", "outcome.said"

_NUMBER = "[0-9０-９零一二两三四五六七八九十几]"
_MOVED = re.compile(
    "(?:下降|降低|减少|压降|压减|缩短|压缩|回落|上升|提升|提高|增加|增长|上涨|扩大|发展|恢复|[降减升增涨掉])"
    f"(?:到了|至了|到|至|为|了|近|约|超过?|逾|不足|、|“)*{_NUMBER}"
)
_SINCE_WHEN = re.compile(
    "[由从比较]|同期|[以此]前|上年|去年|月均|日均|平均|率|满意度|投诉|诉求|工单|警情|报警|纠纷|信访|事故|案件|时间|用时|客流|花费|成本|"
    "收入|户|人次|个百分点|倍|成"
)
_PRICE = re.compile("[^，。；]{0,6}(?:元|块)")
_EARNED = re.compile("收入|成本|花费|费用|收益|支出|开支|租金|摊位费|物业费")
_AFTER = re.compile(
    "截[至止](?=[0-9今目去上本前])|(?:投用|开业|启用|运行|运营|整治|改造|上线|实施|推行|开通|成立|施行)(?:以来|以后|后(?![^，。]{0,6}(?:的?工作|管理|维护)))|"
    "(?<![长近年一])以来(?=[^。；]{0,40}[0-9])|如今|迄今|至今|从此"
)
_OPEN = re.compile(
    "(?:仍|依旧|依然)(?:然|旧)?(?:有|剩|差|缺|存在|没|未|不)|(?:还|尚)(?:有(?!了|人|很多人|许多人|一件事|一点|个|什么|哪些)|剩|差|缺|存在|没有?|未)|至今(?:没|未|不)|(?:没有?|无)着落|缺口|未能(?!幸)|"
    "没有(?:实现|恢复|补上|到位|解决|落实|谈妥|根治)|未(?:达成|实现|解决|落实|到位|办成|覆盖)|没有进展|又(?:堆|停|回来|出现|多了起来|乱)|"
    "(?:仅|只)(?:有|剩|铺|装|完成|安置|解决|覆盖|收回|修)了?[0-9一二两三四五六七八九十百]"
)
_ALSO = re.compile("不仅|不但|不光|除了?|其中|另外")
_TIME_LEFT = re.compile("[^，。；]{0,3}?(?:[0-9一二两三四五六七八九十几]+个?)(?:多月|月|天|年|小时|周|分钟)")
_NO_MORE = re.compile(
    "再也?没有?(?!人说)[^，。；]{0,10}|再也不|(?:没有|未)再?(?:发生|出现|接到)|没有一[户人起件家]|未再|不再(?=[^，。；]{0,6}(?:[停堆占漏吵闹乱]|出现|发生))|"
    "(?<!、)全覆盖|(?<!“)清零|零(?:投诉|事故|上访|火灾|纠纷|发案)"
)
_ACHIEVED = re.compile(
    "(?:办成|办结|解决|化解|收回|追回|挽回|安置|回住|住满|装成|建成|覆盖|惠及|受益|兑换|结对|盘活|腾退|投用|办理|完成|取缔|退出|回收|处置|帮助)"
    "了?[^，。；]{0,8}[0-9]"
)
_OF_A_KIND = re.compile("[这那一]个[^，。；]{0,6}$")
_SETTLED = re.compile("安置|回住|住满|取缔|退出|追回|挽回|收回|化解|腾退|盘活|回收")
_JUDGED = re.compile(
    "(?:满意度|满意率|好评率|认可度|知晓率|参与率|收缴率|收费率|办结率|覆盖率|准确率|投放率|入住率)[^，。；]{0,10}[0-9]|"
    "[0-9]{1,6}(?:户|人|名|位|%|％)[^，。；]{0,8}(?:满意|可以接受|认可|(?:认为|觉得)[^，。；]{0,6}(?:好|强|改善|方便))|"
    "(?:验收|评定|复查|评估|检验|鉴定)[^，。；]{0,14}(?:合格|通过|优秀|良好|过了|达标|“良好”|“优秀”)"
)
_BESIDE = re.compile(
    "[0-9]{4}年[^，。；]{0,6}[0-9]+(?P<unit>[件起次户元])[^，。；]{0,4}[，、；][^，。；]{0,4}[0-9]{4}年[^，。；]{0,6}[0-9]+(?P=unit)"
)
_CHECKED = re.compile("(?:复查|抽查|回访|督查|巡察|检查|回头看)[^。；\n]{0,14}(?:发现|认定|显示)")
_YIELDS = re.compile("(?:月均|日均|年均|每天|每月|每年)[^，。；]{0,14}[0-9]")
_CAME = re.compile(
    "(?:电梯|市场|车棚|食堂|道闸|公园|广场|路灯|管网|路|桥|灯|水|气)[^，。；]{0,24}(?:投用|启用|开业|开门|载客|通了|亮了|运行|装上了?|装好了?|恢复)|"
    "(?:装上|用上|住上|住进|搬进)了|喝上了[^，。；]{0,8}水|走上了[^，。；]{0,8}路|恢复(?:运行|供水|供电|通行|营业|原线)|(?:自行|主动)(?:拆除|退出|搬离|清走)"
)
_FAILED = re.compile(
    "(?:事情|事|计划|方案|项目|一回|一次)(?:就|也|最后|便)?(?:黄|散|吹|停)了|没(?:有)?(?:装|办|建|做|谈|改|搬)成|不到[^，。；]{1,6}(?:就|便)?恢复原样|老样子"
)
_TASTED = re.compile(
    "现在|如今|以前|从前|过去|再也|不用再?|好多了|比[^，。；]{1,6}(?:好|强|快|方便|安静|干净)|方便多?了?|踏实|安静|安心|省[心力钱]|亮堂|干净|还是有|不打了|敢|"
    "终于|没想到|像是|值"
)
_TROUBLES = re.compile(
    "投诉|诉求|工单|纠纷|警情|报警|信访|上访|违停|占道|火灾|事故|案件|垃圾|堆物|飞线|欠费|摊点|噪[声音]|时间|时长|用时|分贝|负担|报表|证明|挂牌"
)
_FELL = re.compile("[降减缩压少]")
_ROSE = re.compile("[升提增涨]")
_RATES = re.compile("满意[度率]|[缴收投参签化办][\u4e00-\u9fff]{0,2}率|知晓率|合格率|入住率|收入")
_FIGURE_TOLD = re.compile("[0-9]+(?:\\.[0-9]+)?(?:万|余|多)*(?:户|人|名|次|件|起|处|个|元|%|％|台|部|辆|家|场|间)")
_GOAL = re.compile(
    "不低于|不少于|到20[2-9][0-9]年|将(?=[新再继建改增投])|异议|担心|顾虑|目标|力争|确保|预计|争取|计划|拟|打算|准备|建议|应当?|必须|如果|若|要求|能否|能不能|希望|旨在|下一步|今后"
)
_ELSEWHERE = re.compile("另外|另有|其他|其它|别处|外地|别的|周边|邻近|全国|全市|[其二三四]一?是|其[一二三四]|原因")
_THEN = re.compile("此前|之前|以前|原来|过去|曾经|当时|那时|多年来|长期|一直|改造前|整治前|加装前|20[0-9]{2}年[^，。；]{0,8}之前")


def find(scene: Scene, speech: Speech) -> Iterator[tuple[int, int, str]]:
    """(start, end, rule) of words in whose sentence a result is told; none in a text that is not about where people live."""
    text = scene.text
    if not home_words(scene):
        return
    for pattern, rule in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if _fits(scene, match, rule) and _tells(scene, start, end, rule):
                yield start, end, rule
    for quoted in scene.quoted:
        if quoted.depth == 0 and quoted.end - quoted.start > 5 and not scene.opens(quoted.start):
            taste = _TASTED.search(text, quoted.start, min(quoted.end, quoted.start + 60))
            if taste is None and scene.role(quoted.start) != "outcome":
                continue
            if _resident(scene, speech, quoted.start) and (scene.case(quoted.start) is not None or not scene.cases):
                yield (taste.start(), taste.end(), SAID) if taste is not None else (quoted.start, quoted.start + 1, SAID)
    yield from _under_heading(scene)


def _under_heading(scene: Scene) -> Iterator[tuple[int, int, str]]:
    """Figures in a part whose heading says that it tells the results."""
    for section in scene.sections:
        if section.role != "outcome" or not section.heading:
            continue
        seen = -1
        for match in _FIGURE_TOLD.finditer(scene.text, section.start, section.end):
            first = sentence(scene, match.start())[0]
            if first != seen and not scene.quotes_around(match.start(), match.end()) and _tells(scene, match.start(), match.end(), DONE):
                seen = first
                yield match.start(), match.end(), DONE


_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_MOVED, FIGURE), (_AFTER, DONE), (_OPEN, OPEN), (_NO_MORE, DONE), (_ACHIEVED, DONE), (_JUDGED, FIGURE), (_CAME, DONE), (_FAILED, OPEN),
    (_BESIDE, FIGURE), (_CHECKED, OPEN),
    (_YIELDS, FIGURE),
)  # fmt: skip
_PRIVATE = re.compile(
    "居民|业主|住户|村民|商户|群众|老人|奶奶|大爷|爷爷|阿姨|摊主|租户|师傅|大妈|大姐|先生|女士|婆婆|骑手|老[^师板]$|某$|嫂"
)


def _resident(scene: Scene, speech: Speech, position: int) -> bool:
    speaker = speech.speaker(position)
    return speaker is not None and _PRIVATE.search(speaker) is not None


def _fits(scene: Scene, match: re.Match[str], rule: str) -> bool:
    """What a pattern needs beside its words."""
    text = scene.text
    start, end = match.span()
    low, high = near(scene, start)
    if match.re is _MOVED:
        if _PRICE.match(text, end) and not _EARNED.search(text, low, start):
            return False
        return scene.role(start) == "outcome" or _SINCE_WHEN.search(text, low, high) is not None
    if match.re is _ACHIEVED:
        settled = _SETTLED.match(text, start) is not None and not scene.opens(start)
        return (
            scene.role(start) == "outcome"
            or settled
            or re.search("已|累计|截[至止]|共|目前", text[max(low, start - 12) : start]) is not None
        )
    if match.re is _YIELDS:
        return scene.role(start) == "outcome" and "元" not in text[end : end + 6]
    if (
        match.re is _OPEN
        and "还有" in match.group()
        and (_ALSO.search(text, max(low - 24, sentence(scene, start)[0]), start) or _TIME_LEFT.match(text, end))
    ):
        return False
    if match.re is _OPEN and _OF_A_KIND.search(text, low, start):
        return False
    if match.re is _AFTER:
        return re.search("[0-9]|没有|未|再|仍|已", text[start : sentence(scene, start)[1]]) is not None
    if match.re is _CAME:
        return done(scene, start, end, dated=True) or text[end : end + 1] in "。，；"
    return True


def _better(scene: Scene, start: int, end: int, rule: str) -> bool:
    """Whether a figure became better wherever it is told: trouble that fell from one number to another, a rate that rose."""
    if rule != FIGURE or scene.role(start) == "options":
        return False
    low, high = near(scene, start)
    words = scene.text[low:high]
    return bool(_TROUBLES.search(words) and _FELL.search(scene.text, start, end)) or bool(
        _RATES.search(words) and _ROSE.search(scene.text, start, end) and re.search("[由从]", words)
    )


def _tells(scene: Scene, start: int, end: int, rule: str) -> bool:
    """Whether it is told of this case, as it came about, and not as an aim, a rule, a question or how things stood before."""
    text = scene.text
    if (
        not local(scene, start)
        or in_heading(scene, start)
        or everywhere(scene, start)
        or in_title(scene, start, end)
        or weighed(scene, start, end)
    ):
        return False
    if scene.cases and scene.case(start) is None:
        return False
    first, last = sentence(scene, start)
    if rule != SAID and text[last : last + 2] in ("：“", ":“") and text[last - 1] in "说道":
        return False
    if text[last : last + 1] in ("？", "?") or _GOAL.search(text, max(first, start - 30), start):
        return False
    if rule == OPEN and _ELSEWHERE.search(text, max(first, start - 24), start):
        return False
    if (scene.opens(start) or scene.role(start) in ("background", "problem", "options")) and not _better(scene, start, end, rule):
        return False
    if modality(scene, start, end, denial_is_part=True) in ("planned", "conditional"):
        return False
    if _THEN.search(text, max(first, start - 20), start) and rule != FIGURE:
        return False
    return rule != DONE or not meant(scene, start, end) or done(scene, start, end)
