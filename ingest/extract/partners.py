"""Who acts together with whom, and who helps whom, as far as it is not one verb with its object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.extract.ends import Ends, Item, acting
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact, following
from ingest.extract.scene import Scene
from ingest.extract.subjects import doers

_BODIES = frozenset(["actor", "person"])
_ANYBODY = frozenset("企业 机构 居民 群众 业主 商户 村民 社会组织 老人 学校 家长 单位 部门".split())
_ASKED = re.compile(
    "(?:邀请|约请|召集|组织|发动|动员|带着|拉上|叫上|请|约)(?:来|了)?(?=[^，。；：\n]{2,60}(?:一起|一同|一道|共同|联合|成立|组成|组建))"
)
_TOGETHER = re.compile("(?P<how>一起|一同|一道|共同|联合|(?:共同)?(?:成立|组成|组建)(?:了|起)?(?P<made>))(?!体)")
_BROKEN = re.compile("[让使把给为]|参加|参与")
_WITH = re.compile("^(?:与|和|同|跟)$")
_ACT = re.compile(
    "^(?:等(?:部门|单位)?)?(?:共同|联合|携手|联手|合作|一起|一道|开展|举办|组织|回访|共建|共办|走访|巡查|检查|执法|制定|发起|推出|启动|签(?:订|署|约)|"
    "建立|结对|合办|对接|联动)(?!体|会|社|队)"
)
_JOINTLY = re.compile(
    "^(?:等)?(?:[0-9一二三四五六七八九十]+(?:个)?(?:部门|单位|家单位|家))?(?:日前|近日|于[^，。]{2,10})?"
    "(?:共同|联合|一起|携手|联手|合力|协同)(?!体|会|社|党)"
)
_UNDER = re.compile("(?:牵头|带领|领导|主持|组织|指导|支持|帮助|协助|配合|帮扶)下(?![属辖设级发])")
_ADVERB = 3  # characters between who helps and the word for it (在街道的大力支持下)
_EARNESTLY = re.compile("的?(?:大力|积极|悉心|共同|具体|直接|倾力|鼎力)?")
_LEADING = frozenset("牵头 带领 领导 主持 组织".split())


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    yield from _asked(scene, ends)
    yield from _beside(scene, ends)
    yield from _joint(scene, ends)
    yield from _under(scene, ends)


def _asked(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """社区请甲、乙和丙一起走访: works with them; 组织甲、乙成立小组: they are part of it."""
    text = scene.text
    for match in _ASKED.finditer(text):
        low, high = scene.clause(match.start())
        high = min(high, match.end() + 90)
        heads = [head for head in doers(ends, match.start(), low)[0] if head.type in _BODIES]
        how = _TOGETHER.search(text, match.end(), high)
        if how is None:
            continue
        others = [item for item in ends.within(match.end(), how.start()) if item.type in _BODIES]
        if not others or others[0].start - match.end() > 6 or _BROKEN.search(text, match.end(), how.start()):
            continue
        if how["made"] is not None:
            group = next((item for item in ends.behind(how.end(), high) if item.type == "actor"), None)
            if group is not None:
                yield from (
                    fact(scene, edge("part_of"), other, group, how.span("how"), 0.78) for other in others if other.name != group.name
                )
        elif heads:
            yield from (fact(scene, edge("cooperates_with"), heads[0], other, match.span(), 0.74) for other in others)


def _beside(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """甲与乙开展巡查: two bodies that do one thing, where 与 begins no list of what somebody else does something to."""
    for left, right in pairwise(ends.items):
        if left.type != "actor" or right.type != "actor" or not _WITH.match(scene.text[left.end : min(right.start, left.end + 2)]):
            continue
        if left.name in _ANYBODY and right.name in _ANYBODY:
            continue
        low, high = scene.clause(left.start)
        listed = ends.with_list(left, low)
        if listed[0].start - low <= 8 and _ACT.match(scene.text[right.end : min(high, right.end + 12)]):
            verb = (left.end, right.start)
            yield from (fact(scene, edge("cooperates_with"), listed[0], other, verb, 0.72) for other in [*listed[1:], right])


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
        nearest = next(iter(ends.within(span[1], span[1] + 30)), None)
        if nearest is not None and nearest.start == span[1]:
            continue  # 联合某某: the verb's own object
        yield from (fact(scene, edge("cooperates_with"), listed[0], other, span, 0.78) for other in listed[1:])


def _under(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """在甲、乙的指导下，丙……: they help the one who then acts; 在甲的带领下: they lead him, or what is then made."""
    text = scene.text
    for match in _UNDER.finditer(text):
        low = scene.clause(match.start())[0]
        last = ends.before(match.start(), low, _ADVERB, lambda item: acting(item).type in _BODIES)
        if last is None or not _EARNESTLY.fullmatch(text, last.end, match.start()):
            continue
        above = ends.with_list(acting(last), low)
        if text[max(low, above[0].start - 1) : above[0].start] != "在":
            continue
        done = _acting(scene, ends, match.end(), low, above[0].start - 1)
        how = match.group()[:2]
        relation = edge("leads" if how in _LEADING else "assists")
        if done is not None:
            verb = match.start(), match.end() - 1
            yield from (fact(scene, relation, one, done, verb, 0.74) for one in above if one.name != done.name)


def _acting(scene: Scene, ends: Ends, position: int, low: int, under: int) -> Item | None:
    """Who acts: the subject behind 下, in its clause or the next one, or before 在."""
    text = scene.text
    before = ends.before(under, low, 4, lambda item: item.type in _BODIES)
    if before is not None:
        return before
    starts = [position]
    if text[position : position + 1] in ("，", ","):
        starts = [start for start, _ in following(scene, position, scene.sentence(position)[1], 1)]
    for start in starts:
        item = next(iter(ends.within(start, start + 40)), None)
        if item is not None and item.type in _BODIES and item.start - start <= 4:
            return item
    return None
