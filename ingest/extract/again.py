"""Places that a text has named with certainty, wherever it names them again: by the whole name, without its last word, in a list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from ingest.extract import buildings, grids, placewords
from ingest.extract.scene import Scene, tag
from ingest.extract.sweep import Names
from ingest.extract.units import Unit, orders

_FEW = 40
_MOST_INTRODUCED = 200  # each is looked for in the whole text
_REPEATED = frozenset(["county", "township", "community", "estate", "street", "site"])
_SUFFIXES = {
    "township": ("街道", "镇", "乡"),
    "community": ("社区", "村"),
    "estate": ("小区", "新村", "家园", "花园"),
    "site": ("农贸市场", "菜市场", "批发市场", "综合市场", "集贸市场"),
}
_SHORTENED = {"township": ("街道", "镇", "乡"), "community": ("社区", "村"), "estate": ("小区",)}
_KINDS_OF_SITE = re.compile("农贸市场|菜市场|批发市场|市场|停车场|公园|广场|大厦|小区|新村|大院|宿舍")
_LEVEL_OF_SITE = {"广场": "estate", "大厦": "estate", "小区": "estate", "新村": "estate", "大院": "estate", "宿舍": "estate"}
_DAILY = ("菜场", "菜市场")
_DAILY_END = re.compile("菜市?场$")
_WITH_AND = re.compile("(?:^|[\n。：；（“】])(?P<name>和[\u4e00-\u9fff](?:街道|社区|小区|家园|花园|新村|苑))")
_COMMON_END = frozenset("厂局校院所站队场店司路街区楼")
_LEADING = frozenset("住在到由从往去来对把将向至离距和与及")
_LISTED = re.compile("(?:等?[两一二三四五六七八九十0-9]{1,3}个?|等)(?P<suffix>街道|社区|镇|村|小区)")
_MEMBERS = re.compile("[\u4e00-\u9fff]{2,12}(?:[、和与][\u4e00-\u9fff]{2,4}){1,8}$")
_LEVELS = {"街道": "township", "镇": "township", "社区": "community", "村": "community", "小区": "estate"}
_NAMED_AS_ESTATE = re.compile(
    "(?:^|[。！？；\n】：“])(?P<name>[\u4e00-\u9fff]{2,6}?)(?:是|系|为|建于|始建于|(?=[12][0-9]{3}年(?:[0-9]{1,2}月)?(?:建成|交付|竣工|入住)))"
    "[^。；\n]{0,24}?(?:小区|商品房|楼盘|宿舍|大院|院落|家属院|保障房|安置房|回迁房|房改房)"
)


def find(scene: Scene, units: Sequence[Unit]) -> list[Unit]:
    """`units` with those that repeat them, and with the grids and houses named by number; ordered, not overlapping."""
    whole, short = _names(units)
    for name, level in (*_estates(scene, whole), *_beside(scene, units), *_with_and(scene)):
        whole.setdefault(name, (level, name))
    more = [
        Unit(start, end, *_of(known[name]))
        for known in (whole, short)
        for start, end, name in _occurrences(scene.text, known)
        if _bounded(scene, start, end, known is short)
    ]
    more.extend(_listed(scene, units))
    more.extend(Unit(start, end, "grid", orders()["grid"], scene.text[start:end]) for start, end in grids.find(scene.text))
    merged = _merged(units, more)
    ends = {unit.end for unit in merged}
    houses = [
        Unit(start, end, "building", orders()["building"], scene.text[start:end]) for start, end in buildings.find(scene, ends.__contains__)
    ]
    return _hung(_same(_merged(merged, houses)))


def _same(units: list[Unit]) -> list[Unit]:
    """中兴路菜场 is the market that the text also calls 中兴路农贸市场, 槐安里 the estate 槐安里小区."""
    markets = {unit.name.removesuffix("农贸市场"): unit.name for unit in units if unit.level == "site" and unit.name.endswith("农贸市场")}
    estates = {unit.name.removesuffix("小区"): unit.name for unit in units if unit.level == "estate" and unit.name.endswith("小区")}
    for unit in units if markets or estates else ():
        if unit.level == "site" and unit.name.endswith(_DAILY):
            unit.name = markets.get(_DAILY_END.sub("", unit.name), unit.name)
        elif unit.level == "estate":
            unit.name = estates.get(unit.name, unit.name)
    return units


def _occurrences(text: str, names: Mapping[str, object]) -> Iterator[tuple[int, int, str]]:
    """Where names stand; few are looked for one by one, which costs less than to build something that finds them all."""
    if len(names) > _FEW:
        yield from Names(list(names)).find(text)
        return
    for name in names:
        at = text.find(name)
        while at >= 0:
            yield at, at + len(name), name
            at = text.find(name, at + len(name))


def _of(known: tuple[str, str]) -> tuple[str, int, str]:
    level, name = known
    return level, orders()[level], name


def _names(units: Iterable[Unit]) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Whole names and names without their last word, each with level and whole name."""
    whole: dict[str, tuple[str, str]] = {}
    short: dict[str, tuple[str, str]] = {}
    for unit in units:
        if unit.level not in _REPEATED or len(unit.name) < 3:
            continue
        whole.setdefault(unit.name, (unit.level, unit.name))
        for suffix in _SHORTENED.get(unit.level, ()):
            core = unit.name.removesuffix(suffix)
            if core != unit.name and len(core) >= 3 and core[-1] not in _COMMON_END and not _ordinary(core):
                short.setdefault(core, (unit.level, unit.name))
    return whole, {name: known for name, known in short.items() if name not in whole}


@lru_cache(maxsize=50_000)
def _ordinary(name: str) -> bool:
    """Whether every word of it is an ordinary one."""
    return all(
        word in placewords.GENERIC or word in placewords.COMMON_TOKENS or (flag in ("n", "vn", "v", "a", "l", "i") and len(word) > 1)
        for word, flag in tag(name)
    )


def _bounded(scene: Scene, start: int, end: int, short: bool) -> bool:
    """Whether a name is not a part of a longer word."""
    at = scene.token(start)
    begins = scene.starts[at] == start or (start - scene.starts[at] == 1 and scene.words[at][0] in _LEADING)
    return begins and (not short or scene.word_starts_at(end))


def _with_and(scene: Scene) -> Iterable[tuple[str, str]]:
    """Names whose first character is also the word for "and" (和裕街道): it joins nothing where a sentence begins with it."""
    for match in _WITH_AND.finditer(scene.text):
        name = match["name"]
        if scene.text.count(name) > 1:
            yield name, next((level for suffix, level in _LEVELS.items() if name.endswith(suffix)), "estate")


def _beside(scene: Scene, units: Sequence[Unit]) -> Iterable[tuple[str, str]]:
    """Sites and estates with the name of a place that the text knows: 永宁社区's 永宁农贸市场, the 永宁市场 of 永宁农贸市场."""
    cores = {unit.name[: -len(suffix)] for unit in units for suffix in _SUFFIXES.get(unit.level, ()) if unit.name.endswith(suffix)}
    cores = {core for core in cores if len(core) > 1 and not _ordinary(core)}
    if not cores:
        return
    for match in _KINDS_OF_SITE.finditer(scene.text):
        for size in (5, 4, 3, 2):
            core = scene.text[max(0, match.start() - size) : match.start()]
            if core in cores:
                yield core + match.group(), _LEVEL_OF_SITE.get(match.group(), "site")
                break


def _estates(scene: Scene, known: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Names that a sentence introduces as those of an estate (枫影湾是2012年交付的商品房小区) and that the text uses again."""
    introduced = dict.fromkeys(match["name"] for match in _NAMED_AS_ESTATE.finditer(scene.text))
    for name in islice((name for name in introduced if name not in known), _MOST_INTRODUCED):
        if scene.text.count(name) < 2:
            continue
        tagged = tag(name)
        if all(flag[0] in "nzgjsb" or (flag[0] in "afvi" and len(word) == 1) for word, flag in tagged) and not (
            _ordinary(name) or any(word in placewords.GENERIC or word in placewords.STOP_CHARACTERS for word, _ in tagged)
        ):
            yield name, "estate"


def _listed(scene: Scene, units: Sequence[Unit]) -> Iterable[Unit]:
    """甲、乙、丙三个街道: each member, where one of them is known with its last word or all read like names."""
    known = {unit.name for unit in units}
    for match in _LISTED.finditer(scene.text):
        low = max(0, match.start() - 40)
        members = _MEMBERS.search(scene.text, low, match.start())
        if members is None:
            continue
        suffix = match["suffix"]
        spans = _spans(scene, members, known, suffix)
        names = [scene.text[start:end] for start, end in spans]
        if any(name + suffix in known for name in names) or all(map(_reads_like_a_name, names)):
            for (start, end), name in zip(spans, names, strict=True):
                if name not in placewords.GENERIC:
                    yield Unit(start, end, *_of((_LEVELS[suffix], name + suffix)))


def _spans(scene: Scene, members: re.Match[str], known: Iterable[str], suffix: str) -> list[tuple[int, int]]:
    """Where the members of a list stand; words before the first are left out."""
    spans: list[tuple[int, int]] = []
    at = members.start()
    for part in re.split("[、和与]", members.group()):
        spans.append((at, at + len(part)))
        at += len(part) + 1
    start, end = spans[0]
    cuts = [cut for cut in range(start, end - 1) if scene.word_starts_at(cut)] or [start]
    exact = [cut for cut in cuts if scene.text[cut:end] + suffix in known]
    spans[0] = (min(exact) if exact else max((cut for cut in cuts if end - cut <= 4), default=cuts[-1]), end)
    return spans


def _reads_like_a_name(name: str) -> bool:
    return not _ordinary(name) and all(flag in placewords.NAME_FLAGS or len(word) == 1 for word, flag in tag(name))


def _merged(units: Sequence[Unit], more: Iterable[Unit]) -> list[Unit]:
    """`units` with those of `more` that do not overlap them; one that is only the end of a longer name gives way to it."""
    starts = [unit.start for unit in units]
    added: list[Unit] = []
    longer: dict[int, Unit] = {}
    reached = 0
    for unit in sorted(more, key=lambda unit: (unit.start, -unit.end)):
        at = bisect_left(starts, unit.start)
        stop = bisect_left(starts, unit.end, at)
        inside = units[at:stop]
        if (
            unit.start < reached
            or (at > 0 and units[at - 1].end > unit.start)
            or any(known.end > unit.end or known.parent is not None or known.end - known.start == unit.end - unit.start for known in inside)
        ):
            continue
        added.append(unit)
        longer.update((id(known), unit) for known in inside)
        reached = unit.end
    for unit in units:
        if unit.parent is not None:
            unit.parent = longer.get(id(unit.parent), unit.parent)
    return sorted([*(unit for unit in units if id(unit) not in longer), *added], key=lambda unit: unit.start)


def _hung(units: list[Unit]) -> list[Unit]:
    """Give each unit that directly follows a higher one that one as parent."""
    for before, unit in pairwise(units):
        if unit.parent is None and before.end == unit.start and before.order < unit.order:
            unit.parent = before
    return units
