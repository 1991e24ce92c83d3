"""What came of the case, and who says so: each sentence by itself, and the case as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.model import OUTCOME_UNKNOWN, Outcome
from ingest.extract import results
from ingest.extract import tellers as tellers_of
from ingest.extract.cues import Sighting
from ingest.extract.extent import sentence
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.persons import Person
from ingest.extract.quotes import Speech
from ingest.extract.scene import Scene
from ingest.extract.telling import done, everywhere, in_heading, in_title, local, meant, near, weighed, whole_words
from ingest.extract.wordlist import word_set

_SURE = 0.7
_DENIALS = frozenset(["未解决", "中止", "反弹", "部分解决"])
_FINAL = re.compile("至今|目前|如今|现在|截至|截止|迄今|最终|最后|仍|还有|尚|依然|后来|此后|之后|以来|年底|今年")
_VERBS = re.compile("^(?:成功|圆满|妥善|有效|顺利|彻底|全部|基本)(?:解决|化解)$")
# Words that often speak of something other than the case's end: they need the sentence to say that it is the end.
_AMBIGUOUS = word_set(
    "关闭 关停 告别了 解散 取消了 施工 撤场 撤出 停办 停业 终止 暂缓 恢复原状 恢复原样 无果 销号 清零 遗留问题 "
    "有待进一步 剩余部分 仍需进一步 还需进一步 搁置",
    "成为历史 停运 停摆 停工 中止 暂停施工 至今未 至今没有 尚有部分 还有部分 没有通过 未能通过 没有谈成 没谈成 "
    "未达成一致 未能达成一致 没有达成一致 被叫停 叫停",
    "烂尾 再次出现 重新出现 又陷入 流于形式 无人维护 重建轻管 建而不管 投入使用 正式启用 正式运行 建成投用 流产 停运 "
    "焕然一新 旧貌换新颜 成为历史 被取消 效果不佳 收效甚微 名存实亡 大幅减少 好景不长",
)
_OUTSIDE = re.compile("物业|公司|企业|开发商|合同|续约|承包|航班|津贴|资格|租户|商户|旧|原")
_ELSEWHERE = re.compile("另外|另有|其他|别处|外地|别的|周边|邻近|全国|全市|其它")
_WORK = re.compile("项目|工程|加装|改造|整治|试点|电梯|计划|活动|协商|调解|我们|社区|单元|小区|食堂|市场|宣布")
_FIGURE = "outcome.figure"
_DONE_RULE = "outcome.done"
_VERDICT = "outcome.verdict"
_NOT_WHOLLY = "outcome.not_wholly"  # sums up, unless a solution is told after it
_PARTLY_RULE = "outcome.partly"
# A failure that the sentence keeps to a part of the whole: one building, a few households.
_PART = re.compile("[0-9一二三四五六七八九十]号楼|[0-9一二三四五六七八九十](?:幢|栋|单元|户|处|组|家)|个别|少数|部分|有的|有些|一些|局部")
# The work itself is finished and stands: what is still open beside it takes nothing from that.
_COMPLETED = re.compile(
    "投用|投入|启用|完工|竣工|通车|通[到水气电了]|修[到通好]|铺[到好]|载客|开业|开张|开门|运营|运行|开放|验收|检验|备案|选|产生|装上|"
    "用上|住[上进]|搬[进入]|喝上|走上|拿到|领[到取]|办[下到]|建[成好]|交付|换届|结束|签|回迁|入住|落户"
)
_INSPECTED = re.compile("验收|检验|评定|合格")
# The text sums up the case itself.
_SUMMED_UP = re.compile("部分解决|解决了?(?:一半|大半|大部分|七八成)|(?:没有|未|没能|未能)能?(?:完全|全部|彻底|全面)(?:达到|解决|消除)")
_NOT_YET = re.compile("(?:没有|未|没能|未能)能?(?:完全|全部|彻底|全面)(?:达到|解决|消除)")
_JUDGED = re.compile("[算是]$|认为$|属于?$")
_COMPARED = re.compile("[0-9]$|合格")
_PREVENTED = re.compile("防|避免|杜绝|遏制|不|未|谨|免")
_PRICE = re.compile("[价元费租]")
_SIDE = re.compile("缴纳|判决|开庭|撤回")  # told of what is left besides the problem itself
_CHANGE = re.compile("^(?:大幅|明显|有效|大为|有所|得到|初步)?(?:减少|下降|缓解|好转|改善|改观)$")
_LEFT = re.compile("[仅只但还仍尚]|可(?!以)|不过|然而|余下|其余|剩")
_GOAL = re.compile("目标(?:是|为|[：:])|目标是|拟|计划[：:]")
_BETTER = re.compile("满意|可以接受|认可|支持|好转|[比较].*[减降少]|变好|比以前好|比过去好|有改善")
_TROUBLE = re.compile(
    "投诉|诉求|工单|纠纷|警情|报警|信访|上访|来访|违停|违章|占道|火灾|事故|案件|发案|噪|垃圾|堆|乱|矛盾|问题|隐患|欠|"
    "拥堵|难|压力|负担|飞线|环境|脏|秩序|状况|面貌|现象|110|热线|用时|时间|时长|分贝|反映"
)
_STANDING_RUIN = re.compile("的?(?:楼|房|物业|工程|项目)")
_INTENDED = re.compile("确保|防止|避免|杜绝|力争|实现|便于|才能|以便|机制|为|如何|怎样|能否|是否|要|争取|推动|促进|做到|达到|追求|努力")
_HOPED = re.compile("能不能|能否|是否|如何|怎样|目标|力争|争取|要求|预计|将")


def find(scene: Scene, states: Sequence[Sighting], tellers: Sequence[Sighting], speech: Speech, people: Sequence[Person]) -> list[Finding]:
    """Facts of the kind `outcome`: the sentences that tell what is different after the action, with `told_by` in the words of the export;
    `state` stands where the sentence itself says how far the problem is solved.

    What is planned, supposed, wanted or denied, what is said of the whole country and what a heading says is left out; so is, before the
    part that tells the results, what only says how things stood then. A proposal has come to nothing yet.
    """
    kinds = {person.name: person.kind for person in people if person.kind is not None}
    starts = [start for start, _, _ in tellers]
    found: list[Finding] = []
    if scene.metadata.kind == "proposal":
        return found
    seen: set[tuple[int, str]] = set()
    for start, end, cue in states:
        clause = scene.clause(start)
        if (clause[0], cue.id) in seen or not whole_words(scene, start, end) or not _tells(scene, start, end, cue.id):
            continue
        seen.add((clause[0], cue.id))
        teller = tellers_of.teller(scene, tellers, starts, start)
        rule = _rule(scene.text[start:end], cue.id)
        if cue.id == "反弹" and _PART.search(scene.text, scene.sentence(start)[0], start):
            rule = _PARTLY_RULE
        found.append(
            Finding(
                "outcome", start, end, rule, _confidence(scene, start, end), state=cue.id,
                told_by=tellers_of.told_by(scene, teller, speech.speaker(start), kinds), modality="asserted", evidence=(clause,),
            )
        )  # fmt: skip
    found.extend(_beside_earlier(scene, found, tellers, starts, speech, kinds))
    for start, end, rule in results.find(scene, speech):
        told_by = tellers_of.told_by(scene, tellers_of.teller(scene, tellers, starts, start), speech.speaker(start), kinds)
        found.append(
            Finding("outcome", start, end, rule, 0.75, told_by=told_by, modality="asserted", evidence=((start, end),)),
        )
    rows: dict[tuple[int, int], list[Finding]] = {}
    for sign in sorted(found, key=lambda finding: (finding.start, finding.end)):
        rows.setdefault(sentence(scene, sign.start), []).append(sign)
    return [_row(scene, signs) for signs in rows.values()]


def _row(scene: Scene, signs: Sequence[Finding]) -> Finding:
    """One finding for a sentence: the state by its first sure sign, partly solved where it tells of success and failure."""
    start, end = sentence(scene, signs[0].start)
    stated = [sign for sign in signs if sign.state is not None]
    chief = max(stated or signs, key=lambda sign: (sign.confidence >= _SURE, -sign.start))
    sure = {sign.state for sign in stated if sign.confidence >= _SURE}
    mixed = "已解决" in sure and bool(sure & _FAILED)
    state = "部分解决" if mixed else chief.state
    rule = results.OPEN if mixed else _row_rule(chief, stated)
    return replace(chief, start=start, end=end, evidence=((start, end),), state=state, rule=rule)


def _row_rule(chief: Finding, stated: Sequence[Finding]) -> str:
    """The rule of the sentence: one that counts for the whole case before that of its first sign."""
    rules = [sign.rule for sign in stated]
    return next((rule for rule in (_VERDICT, _NOT_WHOLLY, _PARTLY_RULE) if rule in rules), chief.rule)


_EARLIER_FIGURE = re.compile(
    "(?P<what>投诉|诉求|工单|纠纷|警情|报警|接警|信访|上访|占道|火灾|事故|案件|发案|盗窃|噪声)[^，。；：\n]{0,12}?(?P<new>[0-9]+(?:\\.[0-9]+)?)"
    "(?P<unit>[次件起户人处家宗])[^，。；\n]{0,6}[，（(；][^，。；\n]{0,4}(?:上年|去年|前年|整治前|改造前|治理前|此前|同期|原来|过去|以前)"
    "[^，。；\n]{0,20}?(?P<old>[0-9]+(?:\\.[0-9]+)?)(?P=unit)"
)


def _beside_earlier(
    scene: Scene,
    known: Sequence[Finding],
    tellers: Sequence[Sighting],
    starts: Sequence[int],
    speech: Speech,
    kinds: Mapping[str, str | None],
) -> list[Finding]:
    """A figure with the earlier one beside it (报警为3次，上年同期24次): better where it fell."""
    taken = {scene.clause(finding.start)[0] for finding in known}
    found = []
    for match in _EARLIER_FIGURE.finditer(scene.text):
        start, end = match.span()
        if scene.clause(start)[0] in taken or float(match["new"]) >= float(match["old"]) or scene.opens(start) or in_heading(scene, start):
            continue
        told_by = tellers_of.told_by(scene, tellers_of.teller(scene, tellers, starts, start), speech.speaker(start), kinds)
        found.append(
            Finding(
                "outcome", start, end, _FIGURE, 0.8, state="部分解决", told_by=told_by, modality="asserted", evidence=((start, end),),
            )
        )  # fmt: skip
    return found


def _rule(said: str, state: str) -> str:
    if _is_change(said, state):
        return _FIGURE
    if _NOT_YET.search(said):
        return _NOT_WHOLLY
    if _SUMMED_UP.search(said):
        return _VERDICT
    if state != "已解决":
        return "outcome.cue"
    return "outcome.inspected" if _INSPECTED.search(said) else _DONE_RULE if _COMPLETED.search(said) else "outcome.cue"


def _tells(scene: Scene, start: int, end: int, state: str) -> bool:
    """Whether the cue says how the case ended."""
    text = scene.text
    said = text[start:end]
    low, high = near(scene, start)
    if not local(scene, start) or in_heading(scene, start) or everywhere(scene, start) or weighed(scene, start, end):
        return False
    if modality(scene, start, end, denial_is_part=state in _DENIALS) != "asserted":
        return False
    if re.match("之前|前(?!后)|部分(?=结)", text[end : end + 3]) or in_title(scene, start, end):
        return False
    if text.startswith("的", end) or (_CHANGE.match(said) and not _TROUBLE.search(text, max(low, start - 24), start)):
        return False
    if (state == "反弹" and _PREVENTED.search(text, max(low, start - 12), start)) or (state == "部分解决" and _PRICE.search(said)):
        return False
    if said == "烂尾" and _STANDING_RUIN.match(text, end):
        return False
    if said[0] in "由从" and state == "部分解决" and not _TROUBLE.search(text, max(low, start - 24), end):
        return False
    before = text[max(low, start - 12) : start]
    happened = done(scene, start, end, dated=True)
    if state in ("已解决", "部分解决"):
        if said[-1].isdigit():
            if _HOPED.search(text, max(low, start - 24), end):
                return False
        elif _SUMMED_UP.match(said) and _JUDGED.search(before):
            pass
        elif (meant(scene, start, end) and not done(scene, start, end)) or (not happened and _INTENDED.search(before)):
            return False
        if _VERBS.match(said) and not done(scene, start, end) and not re.match("[，。；！]|$", text[end : end + 1]):
            return False
    final = bool(_FINAL.search(text, max(scene.sentence(start)[0], low - 40), high))
    if _GOAL.search(text, scene.sentence(start)[0], low):
        return False
    if state in ("未解决", "中止", "反弹") and _ELSEWHERE.search(text, max(scene.sentence(start)[0], start - 24), start):
        return False
    role = scene.role(start)
    if scene.opens(start) and not final:
        if role == "options" or state not in ("已解决", "部分解决"):
            return False
        if role == "background" or not _COMPARED.search(said):
            return role != "background" and happened and (said not in _AMBIGUOUS or done(scene, start, end))
    if said not in _AMBIGUOUS:
        return True
    if state in ("中止", "未解决"):
        if _OUTSIDE.search(text, max(low, start - 14), start):
            return False
        return state == "未解决" or scene.role(start) == "outcome" or bool(_WORK.search(text, low, start))
    return state != "已解决" or happened or final or done(scene, low - 1, low - 1, dated=True)


def _confidence(scene: Scene, start: int, end: int) -> float:
    said = scene.text[start:end]
    if _SIDE.search(said):
        return 0.65
    if said in _AMBIGUOUS:
        sure = scene.role(start) == "outcome" or _WORK.search(scene.text, near(scene, start)[0], start)
        return 0.75 if sure or done(scene, start, end, dated=True) else 0.65
    return 0.88 if scene.role(start) == "outcome" else 0.8


def _is_change(said: str, state: str) -> bool:
    """Whether the words only say by how much something became better."""
    if state != "部分解决" or _LEFT.match(said):
        return False
    return said[-1].isdigit() or _CHANGE.match(said) is not None or _BETTER.search(said) is not None


def case_outcome(findings: Sequence[Finding]) -> Outcome:
    """How a case ended, from its findings of the kind `outcome` (others are passed over), in the order of the text.

    Where the text sums the case up itself, that counts (that it was not wholly solved only where no solution is told after it). Else what
    comes last counts. A relapse told after a success outweighs it; where success and failure stand side by side (three entrances got
    their lift, the fourth did not), or only a part relapsed, the case is 部分解决; a failed first attempt told before the success does not
    count. Figures that became better take nothing from a success, nor does one thing that is still open beside work that is finished.
    """
    listed = [
        finding
        for finding in sorted(findings, key=lambda finding: finding.start)
        if finding.type == "outcome"
        and finding.state is not None
        and finding.modality in (None, "asserted")
        and finding.confidence >= _SURE
    ]
    if not listed:
        return OUTCOME_UNKNOWN
    if any(finding.rule == _VERDICT for finding in listed):
        return "部分解决"
    half = max((place for place, finding in enumerate(listed) if finding.rule == _NOT_WHOLLY), default=None)
    if half is not None and not any(finding.state == "已解决" and finding.rule != _FIGURE for finding in listed[half + 1 :]):
        return "部分解决"
    solved = any(finding.state == "已解决" for finding in listed)
    told = [finding for finding in listed if not (solved and finding.rule == _FIGURE)]
    bad = [place for place, finding in enumerate(told) if finding.state in _FAILED]
    good = [place for place, finding in enumerate(told) if finding.state not in _FAILED]
    states = [finding.state for finding in told]
    if good and bad and all(told[place].rule == _PARTLY_RULE for place in bad):
        return "部分解决"
    if not good:
        return _first(states, ("反弹", "中止", "未解决"))
    if not bad:
        return "部分解决" if states[good[-1]] == "部分解决" and not _finished(told, good[-1]) else "已解决" if solved else "部分解决"
    if _side_by_side(told):
        return "部分解决"
    if bad[-1] < good[0]:
        return "部分解决" if states[good[-1]] == "部分解决" else "已解决"
    if bad[-1] > good[-1]:
        if states[bad[-1]] == "反弹" or "反弹" in states[good[-1] :]:
            return "反弹"
        return "已解决" if states[bad[-1]] == "未解决" and _finished(told, good[-1] + 1) else "部分解决"
    return "部分解决" if "部分解决" in states[bad[-1] :] or (states[bad[-1]] != "反弹" and len(told) - bad[-1] <= 2) else "已解决"


_FAILED = frozenset(["反弹", "中止", "未解决"])
_NEAR = 40


def _finished(told: Sequence[Finding], place: int) -> bool:
    """Whether work was finished before `place`, and nothing but one thing is left open from there on."""
    return any(finding.rule == _DONE_RULE for finding in told[:place]) and len(told) - place <= 1


def _side_by_side(told: Sequence[Finding]) -> bool:
    """Whether some of the same things came about and others were stopped: both told in one breath."""
    return any(
        (left.state == "中止") != (right.state == "中止") and {left.state, right.state} & {"已解决"} and right.start - left.end <= _NEAR
        for left, right in pairwise(told)
    )


def _first(told: Sequence[str | None], wanted: Sequence[Outcome]) -> Outcome:
    """The first of `wanted` that was told."""
    return next((state for state in wanted if state in told), OUTCOME_UNKNOWN)
