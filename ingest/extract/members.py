"""What is part of what: members of a group, parts of a method, bodies under another, plans that take something in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact, following
from ingest.extract.scene import Scene, Span

_COMPOSED = re.compile(
    "由(?P<parts>[^，。；：\n]{2,70}?)(?:共[0-9一二三四五六七八九十]+[人名家位个]?|等)?(?:共同)?(?:组成|构成)(?P<of>的)?"
)
_SET_UP = re.compile("成立|组建|设立")
_JOINS = re.compile("(?:共同|一起|都|也)?(?P<how>参加|参与|加入)")
_TAKES_UP = re.compile("(?:吸纳|吸收|邀请|聘请)")
_AS_MEMBERS = re.compile("[”’」]?(?:等[^，。；]{0,8}?)?(?:为|作为|成为|担任|加入|进入)(?:其?成员|会员|委员|理事|其中|$|[，。；])?")
_GROUPS = re.compile("(?:小组|专班|工作组|工作队|联盟|团|队|会|委员会|专班|中心|办公室)$")
_BELONGS = re.compile("(?:下属|所属|旗下|下辖|直属|主管|下面)的?[“‘]?$")
_ASIDE = re.compile("(?:——|—|（|，)(?:是)?")
_BELONGS_BEHIND = re.compile("(?:下属|所属|旗下|下辖|直属|下面)的?(?:——|—|）|，|。|$|单位|企业|公司)")
_CONTAINS = re.compile(
    "^[”’」]?(?:（[^（）]{1,20}）)?(?:[：:]|，?(?:即|包括|分为|分别是|分别为|内含|下设|下辖|涵盖|由|指的是|也就是)[：:]?)(?:一是|一个是)?[“‘「]?$"
)
_PART_GAP = re.compile("^[”’」]?(?:[、，；和与及]|以及|[、，；]?(?:二|三|四|五|六)是|[，；、]?(?:另)?一个是)[“‘「]?$")
_TAKEN_IN = re.compile("(?:纳入|列入|并入|编入)(?:到|了|进)?")
_NAMED = frozenset(["method", "platform", "programme"])
_BODIES = frozenset(["actor", "person"])


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    yield from _composed(scene, ends)
    yield from _joined(scene, ends)
    yield from _taken_up(scene, ends)
    yield from _owned(scene, ends)
    yield from _parts(scene, ends)
    yield from _taken_in(scene, ends)


def members(scene: Scene, parts: Sequence[Item], group: Item, verb: Span, relation: str = "part_of") -> Iterator[Finding]:
    """Each of `parts` as a member of the group."""
    for part, behind in zip(parts, [*parts[1:], None], strict=False):
        described = behind is not None and behind.start == part.end  # 工程师老郑: the words before a name
        if part.name != group.name and not described:
            yield fact(scene, edge(relation), part, group, verb, 0.8)


def _composed(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """小组由甲、乙和丙组成, 由甲、乙组成的小组."""
    for match in _COMPOSED.finditer(scene.text):
        parts = [item for item in ends.within(*match.span("parts")) if item.type in _BODIES]
        if match["of"]:
            group = next((item for item in ends.within(match.end(), match.end() + 24) if item.start - match.end() <= 6), None)
        else:
            group = ends.before(match.start(), scene.sentence(match.start())[0], 4)
        if group is not None and group.type == "actor" and parts and parts[0].start - match.start("parts") <= 8:
            yield from members(scene, parts, group, (match.end("parts"), match.end()))


def _joined(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """成立专班，甲、乙参加: they take part in it and are part of it."""
    text = scene.text
    for match in _SET_UP.finditer(text):
        high = scene.clause(match.start())[1]
        group = next((item for item in ends.behind(match.end(), high) if item.type == "actor" and _GROUPS.search(item.name)), None)
        if group is None:
            continue
        for start, end in following(scene, high, scene.sentence(match.start())[1], 1):
            joined = _JOINS.search(text, start, min(end, start + 120))
            told = ends.within(start, min(end, start + 120))
            if joined is not None and told and (told[0].start - start <= 3 or text[told[0].start - 1] in "、和与"):
                parts = [item for item in told if item.type == "actor" and item.end <= joined.start()]
                yield from members(scene, parts, group, joined.span("how"))
                yield from members(scene, parts, group, joined.span("how"), "takes_part_in")


def _taken_up(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """成立联盟，吸纳甲、乙为成员: they become part of it."""
    text = scene.text
    for match in _TAKES_UP.finditer(text):
        low, high = scene.clause(match.start())
        parts = ends.within(match.end(), min(high, match.end() + 80))
        taken = [item for item in parts if item.type in _BODIES]
        if not taken or taken[0].start - match.end() > 6 or not _AS_MEMBERS.match(text, taken[-1].end):
            continue
        before = scene.clause(low - 1) if low - 1 > scene.sentence(match.start())[0] else None
        group = None if before is None else ends.before(before[1], before[0], 2, lambda item: item.type == "actor")
        if group is not None and _SET_UP.search(text, before[0] if before else low, group.start):
            yield from members(scene, taken, group, match.span())


def _owned(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """街道下属的资产公司, 资产公司——街道下属的: part of the street."""
    text = scene.text
    for left, right in pairwise(ends.items):
        if left.type != "actor" or right.type != "actor" or right.start - left.end > 4 or left.name == right.name:
            continue
        gap = text[left.end : right.start]
        if _BELONGS.match(gap):
            yield fact(scene, edge("part_of"), right, left, (left.end, right.start), 0.85)
        elif _ASIDE.fullmatch(gap) and (behind := _BELONGS_BEHIND.match(text, right.end)):
            yield fact(scene, edge("part_of"), left, right, behind.span(), 0.8)


def _parts(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """“三步法”：提、议、评 with each by name; 六项制度包括甲、乙: what is listed is part of what is named before."""
    items = ends.items
    for at, whole in enumerate(items[:-2]):
        if whole.type not in _NAMED or items[at + 1].type not in _NAMED:
            continue
        joint = scene.text[whole.end : min(items[at + 1].start, whole.end + 33)]
        if len(joint) > 32 or not _CONTAINS.match(joint):
            continue
        listed = [items[at + 1]]
        for item in items[at + 2 : at + 14]:
            if item.type not in _NAMED or not _PART_GAP.match(scene.text[listed[-1].end : min(item.start, listed[-1].end + 12)]):
                break
            listed.append(item)
        if len(listed) > 1:
            verb = (whole.end, listed[0].start)
            yield from (fact(scene, edge("part_of"), part, whole, verb, 0.8) for part in listed if part.name != whole.name)


def _taken_in(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """把时间银行纳入“养老圈”建设方案: it becomes part of that."""
    text = scene.text
    for match in _TAKEN_IN.finditer(text):
        low, high = scene.clause(match.start())
        part = ends.before(match.start(), low, 6, lambda item: item.type in _NAMED)
        whole = next((item for item in ends.within(match.end(), min(high, match.end() + 40)) if item.type in _NAMED), None)
        if part is None or whole is None or whole.start - match.end() > 8 or part.name == whole.name:
            continue
        if text[max(low, part.start - 2) : part.start].rstrip("“‘「")[-1:] in ("把", "将"):
            yield fact(scene, edge("part_of"), part, whole, match.span(), 0.78)
