"""Positions in a dispute: who wants, refuses, fears, offers or concedes what, and how a vote went."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from corpus.vocabulary import Cue
from ingest.extract.actors import Actor
from ingest.extract.cues import Sighting
from ingest.extract.finding import Finding
from ingest.extract.persons import PRIVATE, Person
from ingest.extract.scene import Scene
from ingest.extract.wordlist import words

_PARTIES = frozenset("residents owners company collective partner".split())
_FREE = frozenset("vote".split())
_NEED_CONTENT = frozenset("demand objection concern concession".split())
_WEAK = words(
    "要求 投诉 奖励 补贴 优惠 置换 承诺 兜底 拒绝 质疑 担心 担忧 害怕 犹豫 降价 错时 错峰 观望 让步 补偿款 减租 免租 起诉 表决 投票 方案一 方案二 要么 希望尽快 理解支持 调整方案 优化方案 修改方案 方案调整",
)
_RULES = re.compile("应当|应由|须经|需经|必须|法定|依法|规定|条例|民法典|物权法|[经由]专有部分")
_LONGEST = 60
_SOME = re.compile(
    "(?:[一二三四五六七八九十底顶低高]|[0-9]{1,2})(?:楼|层)(?:的)?(?:[一二两三四五六七八九十0-9]+户|住户|业主|居民)|(?:部分|少数|个别|多数|大部分|有的|有些|不少|几位|几户)"
    "(?:居民|业主|住户|村民|商户|摊贩|群众|老人|家长)|(?<![0-9年月])[0-9一二两三四五六七八九十]+户(?=[坚明强表不反担])"
)


def find(
    scene: Scene, stances: Sequence[Sighting], holders: Sequence[Sighting], actors: Sequence[Actor], people: Sequence[Person]
) -> list[Finding]:
    """Facts of the kind `position`: name is the clause from the holder on, `holder` his words, `stance` the kind of position."""
    candidates = sorted(
        {
            *((start, end) for start, end, _ in holders),
            *((match.start(), match.end()) for match in _SOME.finditer(scene.text)),
            *((actor.start, actor.end) for actor in actors if actor.kind.id in _PARTIES),
            *((person.start, person.end) for person in people if person.kind == PRIVATE),
        }
    )
    officials = [(actor.start, actor.end) for actor in actors if actor.kind.id not in _PARTIES]
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    for start, end, cue in stances:
        finding = _position(scene, start, end, cue, candidates, officials)
        if finding is not None and (finding.start, cue.id) not in seen:
            seen.add((finding.start, cue.id))
            found.append(finding)
    return found


def _position(
    scene: Scene, start: int, end: int, cue: Cue, candidates: Sequence[tuple[int, int]], officials: Sequence[tuple[int, int]]
) -> Finding | None:
    text = scene.text
    clause = scene.clause(start)
    holder = _before(candidates, clause[0], start) or _inside(candidates, start, end)
    official = _before(officials, clause[0], start)
    if official is not None and (holder is None or official[0] > holder[0]) and cue.id in ("demand", "concern", "objection"):
        return None
    previous = clause
    if holder is None and cue.id in _NEED_CONTENT and start - clause[0] <= 6 and clause[0] > scene.sentence(start)[0] and official is None:
        previous = scene.clause(clause[0] - 1)
        holder = _before(candidates, previous[0], previous[1])
        if holder is not None and start - holder[1] > 30:
            holder = None
    words = text[start:end]
    if holder is None and (
        cue.id not in _FREE or words in _WEAK or not re.search("[0-9%％一二三四五六七八九十]", text[clause[0] : clause[1]])
    ):
        return None
    if cue.id in ("offer", "option") and words in _WEAK and not re.search("[0-9元]", text[start : clause[1]]):
        return None
    if cue.id == "vote" and _RULES.search(text, clause[0], clause[1]):
        return None
    begin = holder[0] if holder is not None and holder[0] >= clause[0] else clause[0]
    stop = min(clause[1], begin + _LONGEST)
    while begin < start and text[begin] in " 　“‘\t":
        begin += 1
    if stop - begin < 4:
        return None
    confidence = 0.85 if holder is not None and words not in _WEAK else 0.7
    return Finding(
        "position", begin, stop, "position.cue", confidence, holder=None if holder is None else text[holder[0] : holder[1]], stance=cue.id,
        evidence=((start, end),) if holder is None or holder[0] >= clause[0] else ((holder[0], holder[1]), (start, end)),
    )  # fmt: skip


def _before(spans: Sequence[tuple[int, int]], low: int, high: int) -> tuple[int, int] | None:
    """The last span in [low, high)."""
    at = bisect_left(spans, (high, 0)) - 1
    while at >= 0 and spans[at][0] >= low:
        if spans[at][1] <= high:
            return spans[at]
        at -= 1
    return None


def _inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    at = bisect_left(spans, (start, 0))
    return spans[at] if at < len(spans) and spans[at][1] <= end else None
