"""Administrative units at the head of a name or in a place chain, and what of them tells one local thing from its namesakes.

Names are cut by their endings (市, 区, 街道 ...), so no gazetteer is needed; what an ending cannot tell (whether 桐乡市 is a city or a
county-level one) is left open, and scopes are compared in a way that does not need to know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.vocabulary import provinces

_H = "[\u3400-\u9fff]"
_LEAGUES = "(?<=兴安)|(?<=锡林郭勒)|(?<=阿拉善)|(?<=呼伦贝尔)|(?<=乌兰察布)|(?<=巴彦淖尔)|(?<=伊克昭)|(?<=哲里木)|(?<=昭乌达)"
_NO_CITY = rf"(?<!{_H}{_H}{_H}城市)(?<!区城市)(?<!县城市)"  # 聊城市, but neither 临江区|城市管理局 nor 数字经济城市|联盟
_CITY = rf"{_H}{{2,7}}?(?:自治州|地区|(?:{_LEAGUES})盟|(?<![超集夜早门])市{_NO_CITY}(?![场容民](?!政|族|宗|防)))"
_DISTRICT = (
    rf"{_H}{{1,8}}?(?:(?<![社小园校片景院辖厂库街地灾治])区|自治县|县|(?<![红国党锦])旗|"
    rf"(?<![超集夜早门])(?<={_H}{{2}})市{_NO_CITY}(?![场容]))"
)
_STREET = rf"{_H}{{1,8}}?(?:街道|(?<![城乡集])镇|(?<![城家故新下])乡(?![贤村土亲镇邻])|苏木)"
_COMMUNITY = rf"{_H}{{1,10}}?(?:社区|(?<![农乡])村|嘎查|小区)"
_OWN = re.compile(r"[该本我各全两某老](?:省|市|区|县|街道|镇|乡|社区|村|小区)")
_COMPILED = {
    level: re.compile(pattern)
    for level, pattern in (("city", _CITY), ("district", _DISTRICT), ("street", _STREET), ("community", _COMMUNITY))
}
LEVELS = ("province", *_COMPILED, "spot")
"""From the top down; a spot is what is smaller than a community or village, or of a kind that its name does not tell."""
_ENDINGS = (
    ("city", ("市", "自治州", "地区", "盟")),
    ("district", ("区", "县", "旗", "市")),
    ("street", ("街道", "镇", "乡", "苏木", "办事处")),
    ("community", ("社区", "村", "嘎查")),
)
_UNIQUE = re.compile(r".*(?:省|市|县|旗|自治区|自治州|地区|盟)")


@dataclass(frozen=True, slots=True)
class Unit:
    level: str
    name: str


Chain = tuple[Unit, ...]


@lru_cache(maxsize=65536)
def leading(name: str) -> tuple[Chain, str]:
    """The administrative units that `name` begins with, from the top, and the rest: 杭州市上城区民政局 gives 杭州市, 上城区 and 民政局."""
    if _OWN.match(name):
        return (), name
    units: list[Unit] = []
    rest = name
    for full, short, municipality in _provinces():
        if rest.startswith(full):
            units.append(Unit("province", full))
            if municipality:
                units.append(Unit("city", full))
            rest = rest[len(full) :]
            break
        if rest.startswith(short) and _begins_with_unit(rest[len(short) :]):
            units.append(Unit("province", full))
            rest = rest[len(short) :]
            break
    for full, short in _seats():
        if rest.startswith(short) and not rest.startswith(full) and _COMPILED["district"].match(rest[len(short) :]):
            units.append(Unit("city", full))
            rest = rest[len(short) :]
            break
    for level, pattern in _COMPILED.items():
        if any(unit.level == level for unit in units):
            continue
        if found := pattern.match(rest):
            units.append(Unit(level, found[0]))
            rest = rest[found.end() :]
    return tuple(units), rest


@lru_cache(maxsize=65536)
def units_of(place: str) -> Chain:
    """The units of a place: of a chain (浙江省>杭州市>上城区>馒头山) as it is cut, else those that it begins with."""
    if ">" not in place:
        return leading(place)[0]
    units: list[Unit] = []
    lowest = -1
    for name in place.split(">"):
        level = _level_of(name, lowest)
        lowest = LEVELS.index(level)
        units.append(Unit(level, name))
        if level == "province" and any(name == full for full, _, municipality in _provinces() if municipality):
            units.append(Unit("city", name))
            lowest = LEVELS.index("city")
    return tuple(units)


def _level_of(name: str, above: int) -> str:
    """The level of a unit below the one with index `above` in LEVELS, told by how its name ends."""
    if above < 0 and (name.endswith("省") or any(name == full for full, _, _ in _provinces())):
        return "province"
    if name.endswith("小区"):
        return "spot"
    for level, endings in _ENDINGS:
        if LEVELS.index(level) > above and name.endswith(endings):
            return level
    return "spot"


def chain(*places: str | None) -> Chain:
    """The units named by the first of `places`, filled up from the later ones where those do not contradict it."""
    found: Chain = ()
    for place in places:
        if place and (units := units_of(place)):
            found = joined(found, units) if found else units
    return found


def joined(first: Chain, second: Chain) -> Chain:
    """`first` with the units of `second` that stand above its lowest, unless the two are of different provinces or cities."""
    units = {unit.level: unit.name for unit in first}
    more = {unit.level: unit.name for unit in second}
    if any(units.get(level, name) != name for level, name in more.items() if level in ("province", "city")):
        return first
    lowest = max(LEVELS.index(level) for level in units)
    units |= {level: name for level, name in more.items() if level not in units and LEVELS.index(level) < lowest}
    return tuple(Unit(level, units[level]) for level in LEVELS if level in units)


def text(units: Chain) -> str | None:
    return "".join(dict.fromkeys(unit.name for unit in units)) or None


def named(units: Chain, level: str) -> str | None:
    return next((unit.name for unit in units if unit.level == level), None)


def scope(level: str, name: str, above: Chain) -> str | None:
    """What tells the thing of this name at this level from its namesakes: the units above that are needed; None where they are not known.

    Provinces, cities and counties have names of their own; of 区 there are several; streets, villages and what is smaller need city and
    district, or what is known of them.
    """
    if level in ("province", "city") or (level == "district" and _UNIQUE.fullmatch(name)):
        return ""
    wanted = ("city",) if level == "district" else ("city", "district")
    known = [unit.name for unit in above if unit.level in wanted and unit.name != name]
    return "/".join(known) or None


@cache
def _provinces() -> tuple[tuple[str, str, bool], ...]:
    return tuple((one.name, one.short, one.kind == "municipality") for one in provinces())


@cache
def _seats() -> tuple[tuple[str, str], ...]:
    """Capitals, full and short: 浙江杭州上城区 leaves both endings out."""
    return tuple((one.seat, one.seat.removesuffix("市")) for one in provinces() if one.seat)


def _begins_with_unit(text: str) -> bool:
    return any(pattern.match(text) for pattern in _COMPILED.values())
