"""Actors that only their surroundings tell: departments in a list (民政、城管等部门), households by their storey (一楼两户反对)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from corpus.vocabulary import ActorKind, actor_kind, actor_kinds
from ingest.extract import actorwords
from ingest.extract.actor import Actor
from ingest.extract.scene import Scene
from ingest.extract.sweep import Names

_LIST_ENDS = re.compile(
    "等[\u4e00-\u9fff]{0,4}?(?:部门|单位|科室)|[两二三四五六七八九十0-9]{1,2}(?:个|家)?(?:部门|单位|家)|"
    "(?:联合|共同)(?:执法|检查|验收|整治|行动|约谈|出动|上门)|各派"
)
_STOREY = re.compile(
    "(?P<where>[一二三四五六七八九十顶底]楼|[低高底顶]层|楼[上下])(?:(?P<who>住户|业主|居民)|"
    "(?=(?:的)?[一二两三四五六七八九十0-9]{1,2}户(?:人家)?(?![住居业的是每])|(?:[先又也都则还只]|坚决|始终|一直|更|要){0,2}(?:肯|要价|不同意|不愿|不肯|反对|担心|怕|嫌|觉得|提出|加价|松口|加到|答应|说)))"
)
_NO_STOREY = re.compile("(?:[在到从装是的上]|[0-9])$")


@cache
def _kind(identifier: str) -> ActorKind:
    return next(kind for kind in actor_kinds() if kind.id == identifier)


def together(scene: Scene, actors: Sequence[Actor]) -> list[Actor]:
    """`actors` with those that only lists and storeys tell, in order, not overlapping."""
    starts = [actor.start for actor in actors]
    gone: set[int] = set()
    added: list[Actor] = []
    for actor in sorted((*_departments(scene), *_storeys(scene), *_set_up(scene)), key=lambda actor: actor.start):
        at = bisect_left(starts, actor.end)
        inside = [index for index in range(max(0, at - 3), at) if actors[index].end > actor.start]
        if any(actors[index].named or actors[index].start < actor.start or actors[index].end > actor.end for index in inside):
            continue
        gone.update(inside)
        added.append(actor)
    return sorted([*(actor for index, actor in enumerate(actors) if index not in gone), *added], key=lambda actor: actor.start)


_SET_UP = re.compile(
    "(?:成立|组建|组成|拉起|发起|办起|选出|推选出|培育|孵化)(?:了|出|起)?(?:[^，。；：“”\n]{0,10}的)?(?:一个|一支|[0-9一二三四五六七八九十两]+[个支家])?[^，。；：“”\n]{0,6}"
    "[“‘](?P<name>[^“”‘’，。；：、\n]{1,10}?(?P<what>(?<![晚年协])会|社|队|团|联盟|帮|小组))[”’](?![\u4e00-\u9fff]{0,4}(?:平台|机制|项目|行动|活动|计划|品牌|模式))"
)
_MEETS = re.compile("(?:座谈|听证|协调|评议|恳谈|见面|碰头|茶话|坝坝|板凳|圆桌|分享|交流|推介|发布|晚|年|大)会$|[旅报书公]社$")


def _set_up(scene: Scene) -> Iterable[Actor]:
    """Bodies in quotation marks that somebody set up (成立“楼务会”), each time that they are named; meetings are none."""
    kinds: dict[str, str] = {}
    for match in _SET_UP.finditer(scene.text):
        if _MEETS.search(match["name"]) is None:
            kinds.setdefault(match["name"], "residents" if match["what"] in ("会", "小组") else "social")
    if kinds:
        for start, end, name in Names(sorted(kinds)).find(scene.text):
            yield Actor(start, end, _kind(kinds[name]), True)


def _departments(scene: Scene) -> Iterable[Actor]:
    """Short names of departments in a list that says what it lists."""
    reached = 0
    for match in _LIST_ENDS.finditer(scene.text):
        low = max(reached, scene.clause(match.start())[0], match.start() - 60)
        window = scene.text[low : match.start()]
        found = list(_members(window))
        reached = match.end()
        if len(found) < 2 and not match.group().startswith("等"):
            continue
        for start, name in found:
            yield Actor(low + start, low + start + len(name), _kind_of(name), True, acts=True)


def _members(window: str) -> Iterable[tuple[int, str]]:
    """The short names at the end of a stretch of text, from the last back to the first that is none."""
    end = len(window)
    found = []
    while end > 0:
        name = next((word for word in _longest() if window.endswith(word, 0, end)), None)
        if name is None:
            break
        start = end - len(name)
        if start and window[start - 1] in "省市区县镇" and not window.endswith(("社区", "小区"), 0, start):
            start -= 1
        found.append((start, window[start:end]))
        if not start or window[start - 1] not in "、和与及":
            break
        end = start - 1
    return reversed(found)


@cache
def _longest() -> tuple[str, ...]:
    return tuple(sorted(actorwords.DEPARTMENTS, key=lambda word: (-len(word), word)))


def _kind_of(name: str) -> ActorKind:
    known = {"街道": "agency", "社区": "committee", "物业": "company", "电力": "company", "供电": "company", "水务": "company"}
    core = name[1:] if name[0] in "省市区县镇" else name
    if core in known:
        return _kind(known[core])
    return actor_kind(core) or _kind("government")


def _storeys(scene: Scene) -> Iterable[Actor]:
    """Households by the storey that they live on, where they want or do something."""
    for match in _STOREY.finditer(scene.text):
        start = match.start()
        if match["who"] is None and _NO_STOREY.search(scene.text, max(0, start - 1), start):
            continue
        yield Actor(start, match.end(), _kind("residents"), False, acts=match["who"] is None)
