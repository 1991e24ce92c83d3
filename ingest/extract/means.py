"""By what means and on what basis: who works through a named method or platform, what it solves, what rests on which law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact, following
from ingest.extract.scene import Scene, Span
from ingest.extract.subjects import bare, doers, topic

_NAMED = frozenset(["method", "platform", "programme"])
_BODIES = frozenset(["actor", "person"])
_THROUGH = re.compile("(?:通过|(?<![运采利使应专费信作享租])用(?!于|户|品|电|水))(?:了)?[“‘「]?$")
_JUDGED = re.compile("[”’」]?[^，。；]{0,4}(?:验收|评审|审核|考核|认定|审议|表决|备案|检查|评估|答辩)")
_GRIP = re.compile("[”’」]?[^，。；\n]{0,6}?为(?:主要|重要|有力|总)?(?:抓手|载体|依托|纽带|支撑|媒介|契机|牵引|引擎)")
_SOLVES = re.compile("[，,](?:有效|着力|切实|成功|一举|逐步|较好地?|从而|以此|来|进而)*(?P<verb>解决|破解|化解|攻克|根治|缓解|消除)了?")
_BASIS = re.compile("(?:根据|依据|依照|按照|参照|对照)[《“]?$")
_MADE = re.compile("(?:制定|出台|印发|修订|建立|推行|拟定|形成|签订|起草)(?:了|出)?")
_FOUNDED = _NAMED | {"policy"}
_REACH = 8
_REST = 16  # characters of the clause behind a law's name: 》第二百七十八条的规定


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    for item in ends.items:
        if item.type in _NAMED:
            yield from _through(scene, ends, item)
            yield from _gripped(scene, ends, item)
        elif item.type == "policy":
            yield from _founded(scene, ends, item)
    yield from _solved(scene, ends)


def _through(scene: Scene, ends: Ends, item: Item) -> Iterator[Finding]:
    """社区通过“夜话”平台收集意见, 书记用“三上门”工作法召集会议: uses it."""
    match = _THROUGH.search(scene.text, max(0, item.start - 4), item.start)
    if match is None or not scene.word_starts_at(match.start()) or _JUDGED.match(scene.text, item.end):
        return
    clause = scene.clause(item.start)
    if clause[1] - item.end < 2 and scene.text[clause[1] : clause[1] + 1] not in ("，", ","):
        return
    yield from _used(scene, ends, item, match.span(), clause[0])


def _gripped(scene: Scene, ends: Ends, item: Item) -> Iterator[Finding]:
    """以“积分超市”为抓手: whoever the clause, the one before it or the one behind it is about uses it."""
    match = _GRIP.match(scene.text, item.end)
    if match is None or scene.text[max(0, item.start - 2) : item.start].rstrip("“‘「")[-1:] != "以":
        return
    start = item.start - 1 - (scene.text[item.start - 1] in "“‘「")
    told = list(_used(scene, ends, item, (match.end() - 2, match.end()), scene.clause(item.start)[0], start))
    if not told:
        for low, high in following(scene, scene.clause(item.start)[1], scene.sentence(item.start)[1], 1):
            subject = next(iter(ends.within(low, min(high, low + 40))), None)
            if subject is not None and subject.type in _BODIES and subject.start - low <= 4:
                told.append(fact(scene, edge("uses"), subject, item, (match.end() - 2, match.end()), 0.7))
    yield from told


def _used(scene: Scene, ends: Ends, item: Item, verb: Span, low: int, start: int | None = None) -> Iterator[Finding]:
    start = verb[0] if start is None else start
    heads, confidence = [head for head in doers(ends, start, low)[0] if head.type in _BODIES], 0.76
    if not heads and bare(scene, low, start):
        heads, confidence = topic(ends, low, start)
    yield from (fact(scene, edge("uses"), head, item, verb, confidence) for head in heads if head.name != item.name)


def _solved(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """首创“公共信箱”，解决老人的用时问题: what the clause before ends with solves it."""
    for match in _SOLVES.finditer(scene.text):
        low, high = scene.clause(match.start() - 1)[0], scene.clause(match.end())[1]
        means = ends.before(match.start(), low, _REACH, lambda item: item.type in _NAMED)
        issue = next((item for item in ends.within(match.end(), min(high, match.end() + 40)) if item.type == "issue"), None)
        if means is not None and issue is not None and issue.start - match.end() <= _REACH:
            yield fact(scene, edge("addresses"), means, issue, match.span("verb"), 0.72)


def _founded(scene: Scene, ends: Ends, law: Item) -> Iterator[Finding]:
    """依据《……条例》，街道制定《……公约》: what is made rests on the law."""
    basis = _BASIS.search(scene.text, max(0, law.start - 4), law.start)
    high = scene.clause(law.end)[1]
    if basis is None or high - law.end > _REST or scene.text[high : high + 1] not in ("，", ","):
        return
    for start, end in following(scene, high, scene.sentence(law.end)[1], 1):
        made = _MADE.search(scene.text, start, min(end, start + 40))
        named = None if made is None else next(iter(ends.behind(made.end(), end)), None)
        if made is not None and named is not None and named.type in _FOUNDED and named.name != law.name:
            yield fact(scene, edge("based_on"), named, law, basis.span(), 0.76)
