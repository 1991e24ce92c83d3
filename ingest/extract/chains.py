"""Places in their context: each unit gets the chain of units above it, where the text or the gazetteer makes it certain."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.divisions import divisions
from ingest.extract import gazetteer
from ingest.extract.completing import Completing
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene
from ingest.extract.units import Unit

_POINTING = re.compile(
    r"(?<![\u4e00-\u9fff])?(?:该|我|本|此|我们)(社区|小区|村|街道|镇|乡|区|县|市(?!场)|省|市场)(?![别域长场民委里政]|工作|干部|党|居|服务|治理|"
    r"建设|之间|业委会|物业)"
)
_LEVEL_OF = {
    "社区": "community",
    "村": "community",
    "小区": "estate",
    "街道": "township",
    "镇": "township",
    "乡": "township",
    "区": "county",
    "县": "county",
    "市": "prefecture",
    "市场": "site",
    "省": "province",
}
_SMALL = frozenset(["building", "site"])
_NUMBERED = {"building": ("estate", "community"), "grid": ("community",)}  # what is told by number stands in the last of these
_CITY_LEVELS = ("prefecture", "county")
_NO_POINTING = frozenset(["本市", "本省", "此区", "此市"])


class Places:
    """The units of a text, resolved: `units` in order, each with its chain from the top down."""

    def __init__(self, scene: Scene, units: Sequence[Unit]) -> None:
        self.scene = scene
        self.units = list(units)
        self._starts = [unit.start for unit in self.units]
        self._roots = _stated_place(scene)
        self._filled: dict[int, tuple[str, ...]] = {}  # chains of units that the text hangs too high (杭州市南星街道), by their identity
        self._complete()
        self._by_level: dict[str, list[int]] = {}
        for index, unit in enumerate(self.units):
            self._by_level.setdefault(unit.level, []).append(index)
        self._main = {level: self._dominant(level) for level in self._by_level}
        self._house()
        self.acting: set[int] = set()  # where 我区, 该社区 and the like stand for the body and not for the place

    def _complete(self) -> None:
        """Chains from the text; then from the only place above it that the text speaks of; then the longest that a name has anywhere."""
        self._hang()
        lone = [unit for unit in self.units if unit.parent is None and len(unit.chain) == 1 and unit.level not in ("province", *_NUMBERED)]
        known = self._longest()
        for unit in lone:
            unit.chain = known[unit.level, unit.name]
        elsewhere = self._from_divisions(lone)
        only = self._only()
        for unit in sorted(lone, key=lambda unit: unit.order):
            if len(unit.chain) == 1 and (unit.level, unit.name) not in elsewhere:
                unit.chain = (*self._above(unit, only), unit.name)
                if only.get(unit.level) is not None:
                    only[unit.level] = unit.chain
        self._hang()
        known = self._longest()
        for unit in self.units:
            if unit.level in _NUMBERED:
                continue
            longest = known[unit.level, unit.name]
            if longest[-len(unit.chain) :] == unit.chain:
                unit.chain = longest

    def _from_divisions(self, lone: Sequence[Unit]) -> set[tuple[str, str]]:
        """Complete what stands alone, heads a chain or skips a level where the divisions leave no doubt. Returns what lies elsewhere
        than in the cities that the text names and keeps its bare name."""
        index = divisions()
        if index is None or not self.units:
            return set()
        known = Completing(index, self.units, self.scene.metadata.place, self.scene.metadata.publisher)
        for unit in lone:
            if len(unit.chain) == 1 and (chain := known.chain(unit)) is not None:
                unit.chain = chain
        for unit in self.units:
            if unit.parent is not None and unit.level in ("township", "community") and unit.order - unit.parent.order > 1:
                chain = known.chain(unit)
                if chain is not None and unit.parent.name in chain:
                    self._filled[id(unit)] = chain
        return {(unit.level, unit.name) for unit in lone if len(unit.chain) == 1 and known.elsewhere(unit)}

    def _house(self) -> None:
        """A house named by its number alone stands in the estate or the community named last before it, a grid in the community."""
        for unit in self.units:
            if unit.level in _NUMBERED and unit.parent is None:
                near = [there for level in _NUMBERED[unit.level] if (there := self.salient(unit.start, level)) is not None]
                around = max(near, key=lambda there: there.start, default=None)
                unit.chain = (unit.name,) if around is None else (*around.chain, unit.name)
            elif unit.level in _NUMBERED and unit.parent is not None:
                unit.chain = (*unit.parent.chain, unit.name)

    def _hang(self) -> None:
        """Give each unit with a parent its parent's chain and its own name."""
        for unit in self.units:
            if unit.parent is None:
                unit.chain = _rooted(unit)
            else:
                unit.chain = self._filled.get(id(unit)) or (*unit.parent.chain, unit.name)

    def _longest(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The longest chain of each name, the most frequent of several."""
        counts = Counter((unit.level, unit.name, unit.chain) for unit in self.units)
        best: dict[tuple[str, str], tuple[str, ...]] = {}
        for level, name, chain in sorted(counts, key=lambda item: (len(item[2]), counts[item], item)):
            best[level, name] = chain
        return best

    def _above(self, unit: Unit, only: Mapping[str, tuple[str, ...] | None]) -> tuple[str, ...]:
        """The chain above a unit that the text does not give: of the only township, county or city that the text speaks of (`only`, None
        where there are several), else of the report's stated place."""
        for level, order in (("township", 4), ("county", 3), ("prefecture", 2)):
            if order >= unit.order or level not in only or (level == "township" and unit.level != "community"):
                continue
            chain = only[level]
            if chain is not None:
                return chain
            break
        return self._roots if self._roots and self._roots[-1] != unit.name else ()

    def _only(self) -> dict[str, tuple[str, ...] | None]:
        """For each level the longest chain of the only name on it; None where several places are named."""
        chains: dict[str, dict[str, tuple[str, ...]]] = {}
        for unit in self.units:
            known = chains.setdefault(unit.level, {})
            known[unit.name] = max(known.get(unit.name, ()), unit.chain, key=len)
        return {level: next(iter(named.values())) if len(named) == 1 else None for level, named in chains.items()}

    def _dominant(self, level: str) -> Unit | None:
        counts = Counter(self.units[index].name for index in self._by_level[level])
        name, count = max(sorted(counts.items()), key=lambda item: item[1])
        if 2 * count <= sum(counts.values()):
            return None
        named = [self.units[index] for index in self._by_level[level] if self.units[index].name == name]
        return max(named, key=lambda unit: len(unit.chain))

    def at(self, position: int) -> Unit | None:
        """The unit that ends at `position`."""
        index = bisect_left(self._starts, position) - 1
        return self.units[index] if index >= 0 and self.units[index].end == position else None

    def around(self, position: int) -> Unit | None:
        """The unit that holds `position` inside it."""
        index = bisect_left(self._starts, position) - 1
        return self.units[index] if index >= 0 and self.units[index].end > position else None

    def salient(self, position: int, level: str) -> Unit | None:
        """The unit of a level that the text speaks about at `position`: the last one named before in the paragraph or the case, else the
        one that the whole text is about (counties and above only)."""
        indices = self._by_level.get(level, [])
        at = bisect_left(indices, bisect_left(self._starts, position)) - 1
        if at >= 0:
            unit = self.units[indices[at]]
            case = self.scene.case(position)
            if unit.start >= self.scene.paragraph(position)[0] or (case is not None and self.scene.case(unit.start) == case):
                return unit
        main = self._main.get(level)
        return main if level in ("county", "prefecture", "province") or len({self.units[index].name for index in indices}) == 1 else None

    def nearest(self, start: int, end: int, position: int) -> Unit | None:
        """The most exact unit named in [start, end), the nearest to `position` of several; single houses and sites are too small to say
        where something took place."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        inside = [unit for unit in self.units[low:high] if unit.level not in _SMALL]
        return max(inside, key=lambda unit: (unit.order, -abs(unit.start - position)), default=None)


def _rooted(unit: Unit) -> tuple[str, ...]:
    """The unit's own chain with the province that a city is known to lie in."""
    if unit.chain:
        return unit.chain
    if unit.level in _CITY_LEVELS and unit.name in gazetteer.cities():
        return (gazetteer.cities()[unit.name], unit.name)
    return (unit.name,)


def _stated_place(scene: Scene) -> tuple[str, ...]:
    """The place of the report as its metadata name it (浙江省杭州市上城区), cut into a chain."""
    stated = scene.metadata.place or ""
    parts = re.findall(r"[\u4e00-\u9fff]{2,}?(?:省|自治区|市|自治州|地区|盟|区|县|旗|街道|镇|乡)", stated)
    if not parts or "".join(parts) != stated:
        return ()
    first = parts[0]
    return (gazetteer.cities()[first], *parts) if first in gazetteer.cities() else tuple(parts)


def find(places: Places) -> list[Finding]:
    """One fact for each chain as written (its last unit with what stands directly before it), and for 该社区, 我区 and the like."""
    parents = {id(unit.parent) for unit in places.units if unit.parent is not None}
    told = {(unit.level, unit.name) for unit in places.units if not unit.acts or unit.parent is not None}
    found = [
        Finding(
            "place",
            unit.first,
            unit.end,
            "place.name" if unit.parent is None else "place.chain",
            0.86 if unit.parent is None else 0.93,
            kind=unit.level,
            place=">".join(unit.chain),
            canonical="".join(unit.chain),
        )
        for unit in places.units
        if id(unit) not in parents and not (unit.acts and unit.parent is None and (unit.level, unit.name) in told)
    ]
    for match in _POINTING.finditer(places.scene.text):
        if match.group() in _NO_POINTING or match.start() in places.acting or places.around(match.start() + 1) is not None:
            continue
        level = _LEVEL_OF[match[1]]
        unit = places.salient(match.start(), level) or (
            places.salient(match.start(), "prefecture") if level == "county" and match[1] == "市" else None
        )
        if unit is not None and unit.name.endswith(match[1][-1]):
            found.append(
                Finding(
                    "place",
                    match.start(),
                    match.end(),
                    "place.pointing",
                    0.75,
                    kind=unit.level,
                    place=">".join(unit.chain),
                    canonical="".join(unit.chain),
                )
            )
    return found
