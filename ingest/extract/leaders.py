"""Who leads: 牵头 with the group that is made, those who join and what is then done; who heads a body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact, following
from ingest.extract.members import members
from ingest.extract.scene import Scene
from ingest.extract.subjects import doers

_LEADS = re.compile(
    "牵头(?P<makes>(?:组织)?(?:成立|组成|组建|建立|搭建|发起|建设|开发|实施|开展|推进|推行|制定|编制|起草|整治|化解|解决|处置|负责|打造|试行|运营))?"
)
_JOINED_BY = re.compile("(?:并)?(?:会同|联合|协同|携手|联手)")
_DRAWN = re.compile("抽调|抽(?=[^，。]{0,2}[市区县街镇])|邀请|组织")
_MAKES = re.compile("组成|组建|成立|建立")
_JOINS = re.compile("(?:共同|一起|都|也)?(?P<how>参加|参与|加入|配合|协助|协同|坐在一起|坐到一起|到场)")
_OFFICE = re.compile("(?:担任|出任|当选为?|现任|任|是)(?:了)?$")
_HEADS = re.compile("^[”’」]?的?(?:组长|队长|会长|团长|理事长|召集人|负责人|带头人|站长|主任|社长)")
_THEMES = frozenset(["platform", "programme", "method", "issue"])
_HEADING = 6  # characters of a label before what a heading names (（一）一表通用。由某部牵头）
_CLAUSE = 160  # characters of a clause that are looked at


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    for match in _LEADS.finditer(scene.text):
        heads, _ = doers(ends, match.start(), scene.clause(match.start())[0])
        heads = [head for head in heads if head.type in ("actor", "person")]
        if heads:
            yield from _made(scene, ends, heads, match) if match["makes"] else _led(scene, ends, heads, match)
    yield from _headed(scene, ends)


def _made(scene: Scene, ends: Ends, heads: Sequence[Item], match: re.Match[str]) -> Iterator[Finding]:
    """某办牵头成立工作组."""
    group = next(iter(ends.behind(match.end(), scene.clause(match.start())[1])), None)
    if group is not None and edge("leads").allows("actor", group.type):
        yield from (fact(scene, edge("leads"), head, group, match.span(), 0.85) for head in heads)


def _led(scene: Scene, ends: Ends, heads: Sequence[Item], match: re.Match[str]) -> Iterator[Finding]:
    """某办牵头，甲、乙、丙组成工作组: leads the group, the others are part of it; without a group they work with the leader."""
    text = scene.text
    first, sentence = scene.sentence(match.start())
    if heads[0].start - first <= 2:
        headed = ends.before(first, scene.paragraph(first)[0], 2, lambda item: item.type in _THEMES)
        if headed is not None and headed.start - scene.paragraph(first)[0] <= _HEADING:
            yield from (fact(scene, edge("leads"), head, headed, match.span(), 0.7) for head in heads)
    yield from _went_on(scene, ends, heads, match, sentence)
    for start, stop in following(scene, scene.clause(match.start())[1], sentence, 2):
        end = min(stop, start + _CLAUSE)
        bodies = [item for item in ends.within(start, end) if item.type == "actor"]
        made = _MAKES.search(text, start, end)
        joined = _JOINS.search(text, start, end)
        if made is not None:
            group = next((item for item in bodies if item.start >= made.end()), None)
            if group is not None and group.start - made.end() <= 12:
                yield from (fact(scene, edge("leads"), head, group, match.span(), 0.8) for head in heads)
                yield from members(scene, [item for item in bodies if item.end <= made.start()], group, made.span())
                break
        elif joined is not None and bodies and bodies[0].start - start <= 6:
            yield from _helpers(scene, heads[0], [item for item in bodies if item.end <= joined.start()], joined)
            break


def _went_on(scene: Scene, ends: Ends, heads: Sequence[Item], led: re.Match[str], stop: int) -> Iterator[Finding]:
    """某办牵头，会同甲、乙，在三个村试行清单: works with those behind 会同, leads what is then done; those drawn in take part."""
    drawn: list[Item] = []
    for start, high in following(scene, scene.clause(led.start())[1], stop, 3):
        end = min(high, start + _CLAUSE)
        joined = _JOINED_BY.match(scene.text, start, end)
        if joined is not None:
            for other in ends.behind(joined.end(), end):
                if other.type == "actor":
                    yield from (fact(scene, edge("cooperates_with"), head, other, joined.span(), 0.78) for head in heads)
            continue
        called = _DRAWN.match(scene.text, start, end)
        if called is not None:
            drawn = [item for item in ends.behind(called.end(), end) if item.type == "actor"]
            continue
        items = ends.within(start, end)
        done = next((item for item in items if item.type in _THEMES), None)
        if done is None:
            if any(item.type == "actor" for item in items):
                return
            continue
        if any(item.type == "actor" and item.start < done.start for item in items):
            return
        yield from (fact(scene, edge("leads"), head, done, led.span(), 0.72) for head in heads)
        yield from (fact(scene, edge("takes_part_in"), other, done, led.span(), 0.7) for other in drawn if done.type != "issue")
        return


def _helpers(scene: Scene, leader: Item, helpers: Sequence[Item], joined: re.Match[str]) -> Iterator[Finding]:
    for helper in helpers:
        if joined["how"] in ("配合", "协助"):
            yield fact(scene, edge("assists"), helper, leader, joined.span("how"), 0.75)
        else:
            yield fact(scene, edge("cooperates_with"), leader, helper, joined.span("how"), 0.72)


def _headed(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """钱师傅是监督组的组长: leads it."""
    text = scene.text
    for group in ends.items:
        if group.type != "actor" or not _HEADS.match(text[group.end : group.end + 6]):
            continue
        office = _OFFICE.search(text, max(scene.clause(group.start)[0], group.start - 6), group.start)
        if office is None:
            continue
        low = max(scene.sentence(group.start)[0], group.start - 60)
        person = ends.before(office.start(), low, 40, lambda item: item.type == "person")
        if person is not None:
            yield fact(scene, edge("leads"), person, group, office.span(), 0.74)
