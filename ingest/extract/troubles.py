"""What a text marks as a problem in its own words: what is reported most, what a dispute turns on, what is to be solved or comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.scene import Scene
from ingest.extract.telling import everywhere, local, near

Span = tuple[int, int]

# A list of problems follows.
_LISTED = re.compile(
    "(?:反映|投诉|诉求|意见|抱怨|吐槽)(?:得)?(?:最多|最强烈|最集中|较多|较集中|突出|强烈|集中)的(?:问题)?(?:是|有|为|就是|包括|：)|"
    "(?:争议|矛盾|分歧|焦点|纠纷|诉求|症结)(?:主要)?(?:集中|聚焦|体现|表现)(?:在|于)(?:[^，。：]{0,8}方面)?[：:]?|"
    "(?:争议|矛盾|分歧|争论)的?焦点(?:主要)?(?:是|在于|集中在)|(?:吵|争)得最(?:凶|多|厉害)的(?:[一二两三四几]条)?(?:是|：)"
)
# What stands before 等问题 is one.
_EXISTING = re.compile(
    "(?:存在|面临|面对|出现|遇到|遭遇|陷入|暴露出|反映出|深受|饱受)(?:着|了)?(?P<what>“[^”\n]{2,30}”|[^，。；：\n“”]{2,24}?)"
    "(?:等(?:突出|现实|一系列|诸多)?|的|这一|这个)?(?:问题|难题|困境|现象|困扰|短板|弊端|乱象|之苦|通病|顽疾)"
)
_SOLVED = re.compile(
    "(?:解决|破解|化解|缓解|根治|整治|直面|攻克|消除)(?:了|好)?(?P<what>[^，。；：、\n]{2,24}?)(?:”)?(?:等)?(?:的)?"
    "(?:问题|难题|痛点|难点|顽疾|乱象|困境|堵点|纠纷)(?![\u4e00-\u9fff]{0,4}的(?:能力|机制|办法|渠道|水平))"
)
_ENUMERATED = re.compile(
    "(?:存在|主要|突出|发现)(?:的)?(?:主要|突出)?(?:困难和|困难与|不足和)?问题(?:有|是|如下|主要有|主要是)?[：:。，]?(?=[^\n]{0,4}[一1（])"
)
_POINT = re.compile("(?:[一二三四五六]是|其[一二三四五六][，,])“?(?P<what>[^，。；：\n”]{3,20})(?=[，。；：”])")
_BECAUSE = re.compile(
    "(?<!原)因(?:为)?“?(?P<what>[^，。；：\n“”]{2,14}?)”?(?:而)?"
    "(?:引起|引发|产生|起|吵|闹|发生|打)(?:的|了|过)?(?:纠纷|矛盾|争执|冲突|架|纷争|口角|投诉)"
)
# Words that say of what stands before them that it goes on, and how far back that may reach.
_STANDING = re.compile(
    "(?P<mark>屡禁不[止绝]|屡治不[愈绝]|久拖不决|久治不愈|愈演愈烈|反复反弹|时有发生|"
    "(?:日益|十分|尤为|较为|比较|最为)(?:突出|严重)|(?:仍|仍然|一直|长期|始终)?(?:尚未|未能|没有得到|得不到|未)(?:有效)?(?:解决|调处|化解|根治))"
)
_NOWHERE = re.compile(
    "(?:没|没有)钱(?:改造?|修|建|装|请|治|交|看病|维修)|(?:没|无)(?:有)?(?:地方|处|人|地儿)(?:停|放|去|管|扫|修|倒|晾|坐|活动|打扫|清运|维修|管理|照料|照顾)"
)
_BEFORE_MARK = re.compile("(?P<what>[\u4e00-\u9fff“”、]{2,14}?)(?:问题|纠纷|矛盾|现象)?$")
_CANNOT = re.compile(
    "(?<![忍差少舍离])(?:进|出|走|停|收|装|办|睡|通|排|充)不"
    "(?:了|来|去|进|出|上|下|动|通|拢|着|成)(?:[门费钱车电证水])?(?=[，。；、”！？]|$)"
)
_EDGE = re.compile("(?:了|着|的|一些|这些|那些|诸如|如|以及|及|和|与|长期|当前|普遍|较多|部分|“)+")
_TAIL = re.compile("(?:等|的|上|方面|问题|现象|”)+$")
_EMPTY = re.compile(
    "急难愁盼|关切|热点|独有|世界|全球|经济社会|范围内|需要解决|^[0-9]+个|^各|民生$|深层次|切身利益|最关心|利益$|高频|共性|卡点|反映强烈|(?:突出|实际|主要|特殊|具体|现实|生活|这些|哪些|各[类种]|一些|[的小新老大和是])$|是|"
    "^(?:历史遗留|重点|难点|热点|个性|困难|许多|很多|诸多|不少|所有|有关|相关|上述|以上|什么|此类|这类)+的?$"
)
_SOMEBODY = re.compile("^(?:[0-9]+[个户名]|人民|广大|辖区|身边|群众|居民|老百姓|百姓|业主|企业|住户|村民)+(?:的|身边的?|反映的)?")
_NOT_PART = frozenset("是 有 使 让 对 将 把 避免 防止 杜绝 克服 减少 导致 造成 影响 解决 化解".split())
_MOST, _SHORTEST, _LONGEST, _FARTHEST = 6, 3, 26, 16


def find(scene: Scene) -> list[Span]:
    """Stretches of text that are marked as a problem, in order, none inside another."""
    found = sorted(
        {span for span in _all(scene) if _fits(scene, *span)},
        key=lambda span: (span[0], -span[1]),
    )
    kept: list[Span] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _fits(scene: Scene, start: int, end: int) -> bool:
    words = scene.text[start:end]
    return (
        2 <= end - start <= _LONGEST
        and not _EMPTY.search(words)
        and scene.case(start) is not None
        and not everywhere(scene, start)
        and local(scene, start)
    )


def _all(scene: Scene) -> Iterator[Span]:
    text = scene.text
    for match in _LISTED.finditer(text):
        stop = min(scene.sentence(match.end())[1], match.end() + 90)
        high = scene.clause(min(match.end(), len(text) - 1))[1]
        yield from _listed(text, match.end(), min(stop, high))
    yield from (span for span in _named(text) if span[1] - span[0] >= _SHORTEST)
    for match in _ENUMERATED.finditer(text):
        stop = min(scene.paragraph(match.start())[1], match.end() + 600)
        for point in _POINT.finditer(text, match.end(), stop):
            yield point.span("what")
    for match in _BECAUSE.finditer(text):
        yield match.span("what")
    reached = 0
    for match in _STANDING.finditer(text):
        what = _BEFORE_MARK.search(text, max(reached, match.start() - _FARTHEST), match.start())
        if what is None:
            continue
        reached = match.end()
        yield from _phrases(scene, max(what.start(), near(scene, match.start())[0]), what.end("what"))
    for match in _NOWHERE.finditer(text):
        yield match.span()
    reached = 0
    for match in _CANNOT.finditer(text):
        start = match.start()
        while start > max(reached, match.start() - 3) and "\u4e00" <= text[start - 1] <= "\u9fff":
            start -= 1
        reached = match.end()
        if text[start - 1 : start] == "“" or scene.opens(start) or scene.role(start) in ("background", "problem", "dispute"):
            yield start, match.end()


def _named(text: str) -> Iterator[Span]:
    """What stands before 等问题, or is said to be solved."""
    for pattern in (_EXISTING, _SOLVED):
        for match in pattern.finditer(text):
            start, end = match.span("what")
            if text[start] == "“":
                yield start + 1, end - (text[end - 1] == "”")
            elif pattern is _EXISTING:
                yield from _listed(text, start, end)
            else:
                opening = text.find("“", start, end)
                yield (opening + 1, end) if opening >= 0 else _trimmed(text, start, end)


def _listed(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for number, match in enumerate([*re.finditer("、", text[start:end]), None]):
        stop = start + match.start() if match is not None else end
        if number < _MOST:
            yield _trimmed(text, at, stop)
        at = stop + 1


def _trimmed(text: str, start: int, end: int) -> Span:
    for pattern in (_EDGE, _SOMEBODY):
        lead = pattern.match(text[start:end])
        if lead is not None and start + lead.end() < end:
            start += lead.end()
    tail = _TAIL.search(text[start:end])
    return start, start + tail.start() if tail is not None else end


def _phrases(scene: Scene, low: int, end: int) -> Iterator[Span]:
    """The noun phrase that ends at `end`: its words back to the first that is none of a problem's, each of those joined by 和 or 、."""
    at = scene.token(end - 1)
    stop = end
    while at >= 0 and scene.starts[at] >= low:
        word, flag = scene.words[at], scene.flags[at]
        if word in ("、", "和", "及"):
            if stop > scene.starts[at + 1]:
                yield scene.starts[at + 1], stop
            stop = scene.starts[at]
        elif flag[0] not in "nvalij" or word in _NOT_PART:
            break
        at -= 1
    start = scene.starts[at + 1]
    if stop > start:
        yield start, stop
