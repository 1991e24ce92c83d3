"""Relations that are told by more than one verb and its object: who leads whom, who belongs to a group, who acts jointly, who pays how
much, who wants or refuses what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.extract import jointly, payments, saying
from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact
from ingest.extract.scene import Scene

_LEADS = re.compile(
    "牵头(?P<makes>(?:组织)?(?:成立|组成|组建|建立|搭建|发起|建设|开发|实施|开展|推进|推行|制定|编制|起草|整治|化解|解决|处置|负责|打造|试行|运营))?"
)
_JOINED_BY = re.compile("^(?:并)?(?:会同|联合|协同|携手|联手)")
_DRAWN = re.compile("抽调|抽(?=[^，。]{0,2}[市区县街镇])|邀请|组织")
_SET_UP = re.compile("成立|组建|设立")
_MAKES = re.compile("组成|组建|成立|建立")
_JOINS = re.compile("(?:共同|一起|都|也)?(?P<how>参加|参与|加入|配合|协助|协同|坐在一起|坐到一起|到场)")
_COMPOSED = re.compile(
    "由(?P<parts>[^，。；：\n]{2,70}?)(?:共[0-9一二三四五六七八九十]+[人名家位个]?|等)?(?:共同)?(?:组成|构成)(?P<of>的)?"
)
_BELONGS = re.compile("(?:下属|所属|旗下|下辖|直属|主管)的?[“‘]?$")
_JOINTLY = re.compile(
    "^(?:等)?(?:[0-9一二三四五六七八九十]+(?:个)?(?:部门|单位|家单位|家))?(?:日前|近日|于[^，。]{2,10})?"
    "(?:共同|联合|一起|携手|联手|合力|协同)(?!体|会|社|党)"
)
_GROUPS = re.compile("(?:小组|专班|工作组|工作队|联盟|团|队|会|委员会|专班|中心|办公室)$")
_THEMES = frozenset(["platform", "programme", "method", "issue"])


def find(scene: Scene, ends: Ends, positions: Sequence[Finding]) -> list[Finding]:
    return [
        *_led(scene, ends),
        *_composed(scene, ends),
        *_owned(scene, ends),
        *_joint(scene, ends),
        *payments.find(scene, ends),
        *jointly.find(scene, ends),
        *saying.find(scene, ends, positions),
    ]


def _led(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """某办牵头，甲、乙、丙组成工作组: leads the group, the others are part of it; without a group they work with the leader."""
    text = scene.text
    for match in _LEADS.finditer(text):
        low, high = scene.clause(match.start())
        heads, _ = ends.doers(match.start(), low)
        heads = [head for head in heads if head.type in ("actor", "person")]
        if not heads:
            continue
        sentence = scene.sentence(match.start())[1]
        if match["makes"]:
            group = next(iter(ends.behind(match.end(), high)), None)
            if group is not None and edge("leads").allows("actor", group.type):
                yield from (fact(scene, edge("leads"), head, group, match.span(), 0.85) for head in heads)
            continue
        yield from _went_on(scene, ends, heads, match, sentence)
        for start, end in _clauses(scene, high, sentence, 2):
            members = [item for item in ends.within(start, end) if item.type == "actor"]
            made = _MAKES.search(text, start, end)
            joined = _JOINS.search(text, start, end)
            if made is not None:
                group = next((item for item in members if item.start >= made.end()), None)
                if group is not None and group.start - made.end() <= 12:
                    yield from (fact(scene, edge("leads"), head, group, match.span(), 0.8) for head in heads)
                    yield from _members(scene, [item for item in members if item.end <= made.start()], group, made.span())
                    break
            elif joined is not None and members and members[0].start - start <= 6:
                helpers = [item for item in members if item.end <= joined.start()]
                yield from _helpers(scene, heads[0], helpers, joined)
                break


def _went_on(scene: Scene, ends: Ends, heads: Sequence[Item], led: re.Match[str], stop: int) -> Iterator[Finding]:
    """某办牵头，会同甲、乙，在三个村试行清单: works with those behind 会同, leads what is then done; those drawn in take part."""
    drawn: list[Item] = []
    for start, end in _clauses(scene, scene.clause(led.start())[1], stop, 3):
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


def _members(scene: Scene, members: Sequence[Item], group: Item, verb: tuple[int, int]) -> Iterator[Finding]:
    relation = edge("part_of")
    for member, following in zip(members, [*members[1:], None], strict=False):
        described = following is not None and following.start == member.end  # 工程师老郑: the words before a name
        if member.name != group.name and not described:
            yield fact(scene, relation, member, group, verb, 0.8)


def _clauses(scene: Scene, position: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """Up to `most` clauses from the one behind `position` on, within the sentence."""
    for _ in range(most):
        if position + 1 >= end:
            return
        low, high = scene.clause(position + 1)
        yield low, min(high, end)
        position = high


def _composed(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """小组由甲、乙和丙组成, 由甲、乙组成的小组; 成立专班，甲、乙参加."""
    text = scene.text
    for match in _COMPOSED.finditer(text):
        parts = [item for item in ends.within(*match.span("parts")) if item.type in ("actor", "person")]
        if match["of"]:
            group = next((item for item in ends.within(match.end(), match.end() + 24) if item.start - match.end() <= 6), None)
        else:
            group = ends.before(match.start(), scene.sentence(match.start())[0], 4)
        if group is not None and group.type == "actor":
            yield from _members(scene, parts, group, (match.end("parts"), match.end()))
    for match in _SET_UP.finditer(text):
        high = scene.clause(match.start())[1]
        group = next((item for item in ends.behind(match.end(), high) if item.type == "actor" and _GROUPS.search(item.name)), None)
        if group is None:
            continue
        for start, end in _clauses(scene, high, scene.sentence(match.start())[1], 1):
            joined = _JOINS.search(text, start, end)
            members = ends.within(start, end)
            if joined is not None and joined["how"] in ("参加", "参与", "加入") and members and members[0].start - start <= 3:
                yield from _members(
                    scene, [item for item in members if item.type == "actor" and item.end <= joined.start()], group, joined.span("how")
                )


def _owned(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """街道下属的资产公司: part of the street."""
    for left, right in pairwise(ends.items):
        gap = scene.text[left.end : right.start]
        if len(gap) <= 4 and _BELONGS.match(gap) and left.type == right.type == "actor":
            yield fact(scene, edge("part_of"), right, left, (left.end, right.start), 0.85)


def _joint(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """甲、乙和丙共同……: the first works with the others."""
    for item in ends.items:
        if item.type != "actor":
            continue
        match = _JOINTLY.match(scene.text[item.end : item.end + 24])
        if match is None:
            continue
        listed = ends.with_list(item, scene.clause(item.start)[0])
        span = (item.end, item.end + match.end())
        following = next(iter(ends.within(span[1], span[1] + 30)), None)
        if following is not None and following.start == span[1]:
            continue  # 联合某某: the verb's own object
        yield from (fact(scene, edge("cooperates_with"), listed[0], other, span, 0.78) for other in listed[1:])
