"""What stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact
from ingest.extract.scene import Scene
from ingest.extract.subjects import topic

_AT = re.compile("^(?:就|正)?(?:在|位于|地处|坐落[于在]|处于)$")
_SITE = re.compile("^(?:的)?(?:[东西南北中]+[侧边部面口段头门]|旁|境内|内|里|附近|交界|交汇|城区|腹地|，|。|；|\n|$)")
_UNDER = re.compile("(?:归|属|隶属于|隶属)(?=[^，。；\n]{2,24}(?:管|管辖|辖|管理)(?:[，。；、\n]|$))")
_PLACED = frozenset(["place", "platform", "actor"])


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    yield from _standing(scene, ends)
    yield from _under(scene, ends)


def _standing(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """菜场在桥东街道: is located there."""
    text = scene.text
    for left, right in pairwise(ends.items):
        if left.type not in _PLACED or right.type != "place" or right.start - left.end > 4:
            continue
        gap = text[left.end : right.start]
        if _AT.match(gap) and (_SITE.match(text[right.end : right.end + 4]) or gap != "在"):
            yield fact(scene, edge("located_in"), left, right, (left.end, right.start), 0.78)


def _under(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """槐荫村……，归云桥乡管: a place in the district of another one."""
    for match in _UNDER.finditer(scene.text):
        low = scene.clause(match.start())[0]
        place = next((item for item in ends.within(match.end(), match.end() + 24) if item.type == "place"), None)
        if place is None or place.start > match.end() + 1:
            continue
        placed = ends.before(match.start(), low, 4, _is_place)
        if placed is None and match.start() == low:
            placed = next(iter(topic(ends, low, match.start(), frozenset(["place"]))[0]), None)
        if placed is not None and placed.name != place.name:
            yield fact(scene, edge("located_in"), placed, place, match.span(), 0.76)


def _is_place(item: Item) -> bool:
    return item.type == "place"
