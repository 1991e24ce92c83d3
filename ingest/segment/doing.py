"""Where a text tells of work that was done, other than of what somebody would like to see done, and whether it proposes something.

Work done is told by a deed with its time, its 了 or 已, its count or its result; a clause that wishes, plans or expects tells of none, nor
does any clause after it in its sentence, nor what stands in a part about how bad things were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Section
from ingest.scan import sought
from ingest.segment.paragraphs import paragraphs
from ingest.segment.sentences import sentences

_DEEDS = (
    "召开|成立|组建|建立|搭建|设立|开展|启动|推出|推行|实施|签订|签署|签|拆除|拆|安装|加装|改造|整治|修|划出|腾出|筹集|筹措|投入|引进|引入|制定|出台|"
    "完成|解决|化解|走访|邀请|请来|培训|发放|协商|商量|调解|达成|举办|运行|处理|清理|打造|采用|整合|争取|盘活|流转|新建|形成|实现|入户|表决|通过|"
    "议|谈|改|建|装|办|开|试|定|请|组织|动员|收集|梳理|落实|兑现|腾|划|搬|付"
)
_COUNTED = "召开|组织|开展|走访|入户|举办|办理|受理|办结|开庭|调解|化解|解决|服务|培训|新增|盘活|带动|整改|拆除|收集|发放|处置|清理|接待"
_MANY = r"[\d一二三四五六七八九十百千万两]+(?:\.\d+)?[余多]?(?:万|千)?"
# Where any of the ways below may begin.
_FIRST = (
    "".join({word[0] for word in _COUNTED.split("|")})
    + r"\d一二三四五六七八九十两半已先陆顺成随最终把当去今次下降减增提缩上压扩由从投竣完建累截至以如没再不获荣被授迎得年率全"
)
_DID = sought("".join({word[0] for word in _DEEDS.split("|")}), f"(?:{_DEEDS})(?:起)?了(?!解)")
_DONE = sought(
    _FIRST,
    rf"(?:(?:已|已经|先后|陆续|顺利|成功|随[即后]|最终|终于|当场)[^，。；\n]{{0,10}}(?:{_DEEDS})"
    rf"|(?:(?:19|20)\d\d年|(?<!\d)\d{{1,2}}月|去年|今年|当[天日年月]|次[日年])[^。；\n]{{0,24}}(?:召开|成立|组建|建立|搭建|设立|开展|启动|推出|推行|实施|签订|拆除|安装|改造|整治"
    r"|引进|引入|出台|完成|解决|化解|走访|举办|争取|整合|采用|投入|盘活|新建|组织|牵头|打造|请来|邀请|约定|商定|议定)"
    rf"|(?<!每年)(?<!每月)(?<!每周)(?:{_COUNTED})[^，。；\n每]{{0,10}}?{_MANY}(?:次|场|户|人次|起|件|个|处|名|人|辆|套|条|项)"
    r"|(?:下降|降低|减少|增加|提高|提升|缩短|增长|上升|压缩|扩大|[由从][^，。；\n]{1,16}(?:降|升|增|减|变|改|缩))(?:了|至|到|为|成)"
    r"|投入使用|投用|竣工|完工|建成(?!于|年)|累计|截至|至今|以来，?(?:共|已)|如今|没有再|再没有|不再|获评|荣获|被评为|授予|迎刃而解"
    r"|得到[^，。；\n]{0,6}(?:解决|改善|缓解|保障|提升|认可)|(?:下降|提升|增长|减少)\d|年(?:入|收入|增收)\d"
    r"|把[^，。；\n]{1,16}(?:停|撤|关|并|取消|合并|取缔)了|全部停了"
    r"|(?:半|[\d一二三四五六七八九十两]+个?)[年月]来|(?<=[\u4e00-\u9fff])率(?:达到?|为|升?至|高达)?\s?\d|全部(?:返|开放|拆|完成|解决|到位|整改|安装|清|化解|兑现|办结))",
)
# What is done before a work, and is none of it: 已完成招募公告, 立项已完成.
_BEFOREHAND = re.compile(
    "(?:完成|开展|组织|发布|通过)了?[^，。；\n]{0,8}(?:公告|公示|立项|招标|招募|设计|勘察|勘测|测算|评审|论证|可研|选址|报批|申报|方案编制|调研|摸底|踏勘)(?!后)"
    "|(?:现场|实地)踏勘"
)
_NOT_BEGUN = sought(
    "尚还暂未经资预方立",
    "(?:尚未|还没有?|暂未|未)(?:正式)?(?:开展|实施|启动|动工|开工|落地|推行|施行)|(?:经费|资金|预算|方案|立项)(?:正在|尚)?(?:待批|待审|报批|待落实)",
)
_ANSWER = re.compile(  # where a reply to what was proposed begins
    r"^(?:(?:答复|回复|办理)(?:内容|意见|情况|结果)|[^。\n]{0,12}您?(?:所)?提出?的[^。\n]{0,30}(?:建议|提案|意见)[^。\n]{0,12}(?:收悉|已收到))",
    re.MULTILINE,
)
_REPLIES = ("答复", "回复", "办理", "收悉", "已收到")  # one of them is in it
_OF_OLD = re.compile(r"(?:始建|建成|竣工|交付|建造|入住)(?:于|的|年)|(?:19|20)\d\d年[^，。；\n]{0,6}(?:建成|竣工|交付|建造)")
_BUILT = ("始建", "建成", "竣工", "交付", "建造", "入住")  # one of them is in each of these
_WISHED = re.compile(
    r"建议(?!人|书)|预计|预期|设想|拟(?![定订])|计划(?!生育)|将(?!近|军)|争取(?=在|到20|年)|力争|有望|打算|下一步|今后|如果|倘若|假如|一旦|希望|盼|应当|应该|应(?=由|在|设)"
    r"|可以|可(?=[由在按将让把设盘减解])|能够|不妨|准备|争取早日"
)
_HANDLED = re.compile(r"\s*已?(?:转|采纳|答复|受理|回复|批转|交办|转交|转办|登记)")  # of the proposal, not of the work
_RESULT = re.compile("成效|成果|变化|反响|实效|结果|(?:取得|实施|治理|实际|工作|运行)的?效果")  # 效果 alone may be hoped for
_HOPED = re.compile("预期|预计|预估|目标|办理结果|答复|评审")
_CLAUSE = re.compile(r"[^，。；！？\n]+")
_NAMED = 0.7  # confidence of a role from which a heading gave it
_BEFORE = frozenset(("background", "problem", "dispute", "options", "other"))
_NUMBER = r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?[、.．]?\s?)?[【\[]?"
_ASKS = re.compile(
    rf"{_NUMBER}(?:(?:具体|对策|意见|我的|主要|整改)?建议(?:内容|措施|方案|理由|事项|标题|名称)?|(?:初步)?(?:设想|构想)|(?:金?点子)(?:名称|内容|简介|说明)"
    r"|预期(?:效果|成效|目标|效益)|可行性(?:分析)?|建议人|提案人)[】\]]?\s*(?:[：:]|$)"
    r"|^[^。，\n]{0,24}(?:建议|提案|金点子|点子)(?:征集|推荐|申报|登记|提交|报名)*(?:表|单|卡片?)(?:[（(].{1,10}[）)])?$",
    re.MULTILINE,
)
_WISHES = re.compile(
    r"(?:^|[。；！\n])\s?(?:我|本人|笔者|我们|特|因此|为此)?(?:建议(?!人|书)|恳请)|[，：](?:我|本人)?建议(?=[在由对将设增建加把装保让])"
)
_DEMANDS = re.compile("建议|提案|希望|恳请|^[^。\\n]{0,8}请", re.MULTILINE)
_SHORT = 800


def done(text: str, start: int, end: int, sections: Sequence[Section]) -> tuple[int, int] | None:
    """The first clause between `start` and `end` that tells of work done; None where there is none."""
    may_be_old = any(word in text for word in _BUILT)
    for section in sections:
        low, high = max(start, section.start), min(end, section.end)
        if low >= high:
            continue
        named = bool(section.heading) and section.confidence >= _NAMED
        if (named and section.role in _BEFORE) or _HOPED.search(section.heading):
            continue
        if section.heading and text.startswith(section.heading, low):
            low += len(section.heading)
        results = named and _RESULT.search(section.heading) is not None
        for first, last in _sentences(text, low, high):
            if not results and not _tells(text[first:last]):
                continue
            begun = first  # the date of a deed may stand in the clause before it
            for clause in _CLAUSE.finditer(text, first, last):
                if _WISHED.search(clause[0]):
                    break
                if (may_be_old and _OF_OLD.search(clause[0])) or _HANDLED.match(clause[0]):
                    begun = clause.end()
                    continue
                if _tells(text[begun : clause.end()]) or (results and re.search(r"\d|[\u4e00-\u9fff]{4}", clause[0])):
                    if not (_NOT_BEGUN.search(clause[0]) or _BEFOREHAND.search(clause[0])):
                        return clause.start(), clause.end()
                    begun = clause.end()
                    continue
                begun = clause.start()
    return None


def _tells(words: str) -> bool:
    return _DONE.search(words) is not None or ("了" in words and _DID.search(words) is not None)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences one after the other, cut a paragraph at a time: mostly one of the first tells of a deed."""
    for low, high in paragraphs(text, start, end):
        yield from sentences(text, low, high)


def _answer(text: str) -> re.Match[str] | None:
    return _ANSWER.search(text) if any(word in text for word in _REPLIES) else None


def answered(text: str) -> bool:
    """Whether a text asks for something and gives the reply to it."""
    answer = _answer(text)
    return answer is not None and _DEMANDS.search(text, 0, answer.start()) is not None


def proposes(text: str, title: str, sections: Sequence[Section], *, entered: bool) -> bool:
    """Whether a text asks for something and tells of nothing done; `entered`: it was handed in by a form, where one that names a trouble
    and a remedy but neither a deed nor a result is a proposal whatever its labels are."""
    answer = _answer(text)
    if done(text, 0, answer.start() if answer else len(text), sections) is not None:
        return False
    if _NOT_BEGUN.search(text) or answered(text):
        return True
    if (
        _ASKS.search(text)
        or (len(text) <= _SHORT and ("建议" in text or "恳请" in text) and _WISHES.search(text))
        or re.search("建议|提案|金点子", title[-4:])
    ):
        return True
    told = {section.role for section in sections if section.heading}
    return entered and len(text) <= _SHORT and "approach" in told and "outcome" not in told
