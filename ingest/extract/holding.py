"""Who takes a position whose clause does not name him: the subject of the clauses before, whom a pronoun stands for, who put it forward."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ingest.extract.scene import Scene

Span = tuple[int, int]

_MANNER = (
    "(?:[又也还更却就先都才再仍只但而便均可最曾]|并且|而且|但是|不过|可是|于是|"
    "最初|起初|一度|一开始|后来|最后|最终|终于|"
    "始终|至今|到现在|现在|仍旧|依旧|坚决|集体|联名|一致|当场|普遍|明确|主动|自愿)"
)
_WHO = (
    "(?P<who>社区|街道|物业|业委会|居委会|村委会|工作组|企业|公司|厂家|工厂|施工方|开发商|房东|老板|摊主|骑手|楼上|楼下|对门|家长|人家|住户|业主|居民|"
    "村民|商户|[0-9一二两三四五六七八九十]+(?:号楼|[幢栋楼]))"
)
_PARTY = re.compile(f"{_WHO}(?:们|那头|这边|方面|一方)?{_MANNER}{{0,3}}$")
_PRONOUN = re.compile(f"(?P<who>[他她]们?|对方){_MANNER}{{0,3}}$")
_BARE = re.compile(f"(?:[二三四]是|其[一二三]|——)?{_MANNER}{{0,3}}")
_SIGNED = re.compile("(?P<who>[0-9一二两三四五六七八九十百]+[多余]?[户名人位])(?:居民|业主|住户|村民)?(?:联名|签名|签字)")
_COUNTED = re.compile("(?P<who>[0-9一二两三四五六七八九十百]+[多余]?[户名人])(?=[\u4e00-\u9fff]{0,3}(?:同意|赞成|反对|弃权))")
_OPENS = re.compile(f"(?:但|可|而|后来|最后)?{_WHO}")
_BEGINS = re.compile("(?P<who>[他她]们?)")
_PEOPLE = re.compile("人家|住户|业主|居民|村民|商户|摊主|骑手|家长|家属|老人|老人们|职工|工人|租客")
_GROUP = re.compile("(?:业主|居民|村民|党员)?代表(?!性)|业主|村民|居民|党员|住户|摊主|商户")
_PUT_FORWARD = re.compile(
    f"(?:{_WHO}(?:内部|先后|一共|又)?)?"
    "(?:拿出|搬出|提出|给出|列出|摆出|想出|设计|有过|准备|比选|讨论)(?:过|了)?[^，。；：\n]{0,6}(?:方案|意见|办法|思路|选项|路子|主张)"
)
_OBJECT = re.compile("(?:[对向给把让将被跟与和同在从为请找]|针对|关于|对于)$")
_BACK, _FAR, _GROUP_FAR = 4, 160, 90


def holder(scene: Scene, start: int, end: int, stance: str, parties: Sequence[Span], named: Sequence[Span]) -> Span | None:
    """Who holds the position whose cue stands at [start, end). `parties`: those who may hold it, `named`: persons; both by start."""
    text = scene.text
    low = scene.clause(start)[0]
    named_here = beside(scene, start)
    if named_here is not None:
        return named_here
    meant = _PRONOUN.search(text, max(low, start - 10), start)
    if meant is not None:
        return _meant(scene, meant, parties, named)
    if stance == "option":
        return _proposer(scene, start, parties)
    if stance == "vote":
        return _voters(scene, start, end, parties)
    if _BARE.fullmatch(text, low, start) is None:
        return None
    return _subject(scene, low, parties, named)


def _meant(scene: Scene, pronoun: re.Match[str], parties: Sequence[Span], named: Sequence[Span]) -> Span | None:
    """Whom a pronoun stands for: the last person told of, for several people the last group."""
    floor = max(scene.paragraph(pronoun.start())[0], pronoun.start() - _FAR)
    party = _last(parties, floor, pronoun.start())
    if pronoun["who"] in ("他", "她"):
        return _last(named, floor, pronoun.start()) or party
    if pronoun["who"] == "对方":
        return party
    groups = [match.span() for match in _PEOPLE.finditer(scene.text, floor, pronoun.start())]
    return max((span for span in (party, groups[-1] if groups else None) if span is not None), default=None)


def beside(scene: Scene, start: int) -> Span | None:
    """The word for a body or group that stands right before a cue at `start`, adverbs skipped."""
    text = scene.text
    low = scene.clause(start)[0]
    found = _PARTY.search(text, max(low, start - 12), start)
    return None if found is None or _OBJECT.search(text, max(low, found.start() - 2), found.start()) else found.span("who")


def _subject(scene: Scene, low: int, parties: Sequence[Span], named: Sequence[Span]) -> Span | None:
    """The party that an earlier clause of the sentence begins with, or that is introduced right before a colon."""
    text = scene.text
    spans = sorted({*parties, *named})
    first = scene.sentence(low)[0]
    for _ in range(_BACK):
        if low <= first:
            return None
        border = low - 1
        low = max(first, scene.clause(border)[0])
        signed = _SIGNED.search(text, low, border)
        if signed is not None:
            return signed.span("who")
        if text[border] in "：:":
            last = _last(spans, low, border)
            return last if last is not None and last[1] == border else None
        at = bisect_left(spans, (low, 0))
        if at < len(spans) and spans[at][0] < low + 8 and spans[at][1] <= border and not _OBJECT.search(text, low, spans[at][0]):
            return spans[at]
        pronoun = _BEGINS.match(text, low, border)
        if pronoun is not None:
            return _meant(scene, pronoun, parties, named)
        opens = _OPENS.match(text, low, border)
        if opens is not None:
            return opens.span("who")
    return None


def _proposer(scene: Scene, start: int, parties: Sequence[Span]) -> Span | None:
    """Who put the alternatives of a list forward, a little before in its paragraph."""
    text = scene.text
    floor = max(scene.paragraph(start)[0], start - _FAR)
    told = [*_PUT_FORWARD.finditer(text, floor, start)]
    if not told:
        return None
    return told[-1].span("who") if told[-1]["who"] else _last(parties, max(floor, scene.sentence(told[-1].start())[0]), told[-1].start())


def _voters(scene: Scene, start: int, end: int, parties: Sequence[Span]) -> Span | None:
    """The group told of before a vote in its paragraph, otherwise the number of those who voted."""
    text = scene.text
    low, high = scene.clause(start)
    floor = max(scene.paragraph(start)[0], start - _GROUP_FAR)
    words = [match.span() for match in _GROUP.finditer(text, floor, start)]
    group = max((span for span in (_last(parties, floor, start), words[-1] if words else None) if span is not None), default=None)
    if group is not None and not _OBJECT.search(text, max(0, group[0] - 2), group[0]):
        return group
    counted = _COUNTED.search(text, low, min(high, end + 6))
    return None if counted is None else counted.span("who")


def _last(spans: Sequence[Span], low: int, high: int) -> Span | None:
    """The last span in [low, high)."""
    at = bisect_left(spans, (high, 0)) - 1
    while at >= 0 and spans[at][0] >= low:
        if spans[at][1] <= high:
            return spans[at]
        at -= 1
    return None
