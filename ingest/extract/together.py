"""Relations that are told by more than one verb and its object: who leads whom, who belongs to a group, who acts jointly, who pays how
much, who wants or refuses what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.vocabulary import EdgeType, ontology
from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene

_LEADS = re.compile("牵头(?P<makes>(?:组织)?(?:成立|组成|组建|建立|搭建|发起))?")
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
_AMOUNT = re.compile(
    "(?P<verb>出资|出|补助|补贴|奖补|资助|拨付|拨款|拨|投入|投资|捐赠|捐款|捐助|捐|赞助|垫付|垫资|承担|支付|补|奖励)(?:了|资金|经费|财政资金|专项资金)?"
    "(?:约|近|共|各|合计|总计)?(?P<sum>[0-9][0-9.,]*[多余]?[百千万亿]*[多余]?元)"
)
_WANTED = re.compile("(?<![重主需只不首])要(?![求点素闻])|应当?(?![急对用邀])|必须|须|需要?(?!求)|建议|希望|可以|鼓励|原则上")
_GROUPS = re.compile("(?:小组|专班|工作组|工作队|联盟|团|队|会|委员会|专班|中心|办公室)$")
_THEMES = frozenset(["platform", "programme", "method", "issue"])
_SPEAKING = frozenset(["demands", "proposes", "objects_to"])
_STANCES = {"objection": "objects_to", "demand": "demands"}
_FAR = 40


def find(scene: Scene, ends: Ends, positions: Sequence[Finding]) -> list[Finding]:
    return [
        *_led(scene, ends),
        *_composed(scene, ends),
        *_owned(scene, ends),
        *_joint(scene, ends),
        *_paid(scene, ends),
        *_held(scene, ends, positions),
    ]


def fact(scene: Scene, edge: EdgeType, head: Item, tail: Item, verb: tuple[int, int], confidence: float) -> Finding:
    """A relation told by the words `verb`."""
    start, end = verb
    first, last = min(head.start, tail.start, start), max(head.end, tail.end, end)
    told = modality(scene, start, end)
    if told == "asserted" and edge.id not in _SPEAKING and _WANTED.search(scene.text, max(start - 80, min(head.end, start)), start):
        told = "planned"
    return Finding(
        "relation", first, last, f"relation.{edge.id}", confidence, relation=edge.id, head=head.name, tail=tail.name,
        head_type=head.type, tail_type=tail.type, modality=told, evidence=((start, end),),
    )  # fmt: skip


def _edge(identifier: str) -> EdgeType:
    return ontology().edges[identifier]


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
            if group is not None and _edge("leads").allows("actor", group.type):
                yield from (fact(scene, _edge("leads"), head, group, match.span(), 0.85) for head in heads)
            continue
        for start, end in _clauses(scene, high, sentence, 2):
            members = [item for item in ends.within(start, end) if item.type == "actor"]
            made = _MAKES.search(text, start, end)
            joined = _JOINS.search(text, start, end)
            if made is not None:
                group = next((item for item in members if item.start >= made.end()), None)
                if group is not None and group.start - made.end() <= 12:
                    yield from (fact(scene, _edge("leads"), head, group, match.span(), 0.8) for head in heads)
                    yield from _members(scene, [item for item in members if item.end <= made.start()], group, made.span())
                    break
            elif joined is not None and members and members[0].start - start <= 6:
                helpers = [item for item in members if item.end <= joined.start()]
                yield from _helpers(scene, heads[0], helpers, joined)
                break


def _helpers(scene: Scene, leader: Item, helpers: Sequence[Item], joined: re.Match[str]) -> Iterator[Finding]:
    for helper in helpers:
        if joined["how"] in ("配合", "协助"):
            yield fact(scene, _edge("assists"), helper, leader, joined.span("how"), 0.75)
        else:
            yield fact(scene, _edge("cooperates_with"), leader, helper, joined.span("how"), 0.72)


def _members(scene: Scene, members: Sequence[Item], group: Item, verb: tuple[int, int]) -> Iterator[Finding]:
    edge = _edge("part_of")
    for member, following in zip(members, [*members[1:], None], strict=False):
        described = following is not None and following.start == member.end  # 工程师老郑: the words before a name
        if member.name != group.name and not described:
            yield fact(scene, edge, member, group, verb, 0.8)


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
            yield fact(scene, _edge("part_of"), right, left, (left.end, right.start), 0.85)


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
        yield from (fact(scene, _edge("cooperates_with"), listed[0], other, span, 0.78) for other in listed[1:])


def _paid(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """街道出资20万元: funds what the sentence, or the one before, names; the amount is evidence."""
    text = scene.text
    edge = _edge("funds")
    for match in _AMOUNT.finditer(text):
        low, high = scene.clause(match.start())
        if ends.covers(match.start("verb"), match.end("verb")):
            continue
        given = ends.preposed(match.start(), low)
        payers, _ = ends.doers(match.start() if given is None else given[1], low)
        payers = [payer for payer in payers if payer.type in edge.heads and match.start() - payer.end <= 12]
        if not payers:
            continue
        behind = [item for item in ends.within(match.end(), high) if edge.allows("actor", item.type) and item.type in _THEMES]
        first = scene.sentence(match.start())[0]
        theme = (
            given[0]
            if given is not None
            else behind[0]
            if behind
            else ends.before(payers[0].start, first, 90, lambda item: item.type in _THEMES)
        )
        if theme is None:
            continue
        for payer in payers:
            if edge.allows(payer.type, theme.type) and payer.name != theme.name:
                finding = fact(scene, edge, payer, theme, match.span("verb"), 0.72 if behind else 0.68)
                finding.evidence = (match.span("verb"), match.span("sum"))
                yield finding


def _held(scene: Scene, ends: Ends, positions: Sequence[Finding]) -> Iterator[Finding]:
    """Who objects to or demands something that the same sentence names as a matter or a plan."""
    for position in positions:
        identifier = _STANCES.get(position.stance or "")
        if identifier is None or position.holder is None or not position.evidence:
            continue
        cue = position.evidence[-1]
        first, last = scene.sentence(cue[0])
        holder = ends.before(cue[0], first, 60, lambda item: item.type in ("actor", "person"))
        if holder is None or (holder.name not in position.holder and position.holder not in holder.name):
            continue
        tail = next((item for item in ends.within(cue[1], min(last, cue[1] + 12)) if item.type in _THEMES), None)
        if tail is not None and _edge(identifier).allows(holder.type, tail.type):
            finding = fact(scene, _edge(identifier), holder, tail, cue, 0.72)
            finding.modality = position.modality
            yield finding
