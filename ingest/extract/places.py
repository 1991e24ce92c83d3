"""Places: administrative units, communities, villages, estates, roads, joined to chains (杭州市 > 上城区 > 南星街道 > 馒头山社区)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.divisions import divisions
from corpus.lexicon import leftmost_longest
from corpus.vocabulary import Level, levels
from ingest.extract import again, gazetteer, openings, placewords
from ingest.extract.boundaries import ends_name
from ingest.extract.scene import Scene, tag
from ingest.extract.sweep import Family
from ingest.extract.units import Unit as Unit
from ingest.extract.units import orders

_LONGEST = 8  # characters of a name without its suffix
_LOOSE = ("社区", "街道", "小区")  # suffixes that may end inside a word of the segmenter (社区服务)
# Levels whose names are also those of communities and estates (青石街|社区, 长宁花园|社区).
_NAMED_AFTER = {"community": ("street", "estate"), "estate": ("street",), "township": ("street",), "site": ("street", "estate")}
_REMEMBERED = 50_000
_ROAD_AFTER = frozenset("街路巷场")
_LOWER = re.compile("[\u4e00-\u9fff]{1,3}(?:街道|镇|乡)(?![\u4e00-\u9fff]?[镇乡])")
_NUMBER_OF_HOUSE = re.compile("[0-9]{1,4}(?:弄|号)")
_HOUSE_BEHIND = re.compile("[0-9]{1,3}(?:幢|栋|号楼)")
_WORKPLACE = re.compile("[厂局校院司社队站](?:大院|宿舍|家属院|家属楼|公寓)$")
_UNSURE = frozenset(["grid", "building"])


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A suffix in the text with the starts that its name may have, shortest name first; `namelike`: a word of it reads like a name;
    `opening`: what stands below it shows that it is one."""

    head: int
    end: int
    level: Level
    starts: tuple[int, ...]
    namelike: bool
    opening: bool = False


def _head_words() -> Iterator[tuple[str, Level]]:
    """Suffixes of places; those of bodies (居委会) are left to actors."""
    for level in levels():
        if level.id not in _UNSURE:
            yield from ((suffix, level) for suffix in level.suffixes if suffix[-1] not in "会处" and suffix not in ("林区", "新区", "特区"))


def _known_words() -> Iterator[tuple[str, tuple[str, str]]]:
    """Provinces and cities: (level, full name)."""
    for name, full in gazetteer.province_names().items():
        yield name, ("province", full)
    for city in gazetteer.cities():
        yield city, ("prefecture", city)
        if city[:-1] not in gazetteer.AMBIGUOUS:
            yield city[:-1], ("prefecture", city)


HEADS: Family[Level] = Family(_head_words)
KNOWN: Family[tuple[str, str]] = Family(_known_words)


@cache
def _excluded() -> dict[str, tuple[str, ...]]:
    return {
        level.id: tuple(word for word in level.excludes if word not in ("城区", "一村"))
        + tuple(sorted(placewords.EXCLUDED_TOO.get(level.id, ())))
        for level in levels()
    }


@lru_cache(maxsize=_REMEMBERED)
def is_place_word(name: str) -> bool:
    """Whether the segmenter's dictionary knows `name` as a place."""
    words = tag(name)
    return len(words) == 1 and words[0][1] == "ns" and name not in placewords.COMMON_TOKENS


def find_units(scene: Scene) -> list[Unit]:
    """All units in order; a unit that follows another without a gap has it as parent."""
    known = [
        (start, end, payload) for start, end, payload in leftmost_longest(scene.hits.of(KNOWN)) if _bounded(scene, start, end, payload[1])
    ]
    candidates = _candidates(scene, {end for _, end, _ in known})
    counts = Counter(scene.text[start : item.end] for item in candidates for start in item.starts)
    begins = frozenset(start for item in candidates for start in item.starts)
    events: list[tuple[int, int, tuple[str, str] | _Candidate]] = [(end, start, payload) for start, end, payload in known]
    events.extend((item.end, item.head, item) for item in candidates)
    events.sort(key=lambda event: (event[0], event[1]))
    units: list[Unit] = []
    for end, start, payload in events:
        previous = units[-1] if units else None
        if isinstance(payload, tuple):
            unit: Unit | None = Unit(start, end, payload[0], orders()[payload[0]], payload[1])
        else:
            unit = _named(scene, payload, previous, counts, begins)
        if unit is not None:
            _append(units, unit)
    return again.find(scene, units)


def _append(units: list[Unit], unit: Unit) -> None:
    """Add a unit; one inside it goes, and one directly before it and above it becomes its parent."""
    while units and units[-1].start >= unit.start:
        units.pop()
    if unit.parent is not None:
        units.append(unit)
        return
    if units and units[-1].end > unit.start:
        return
    if units and units[-1].end == unit.start:
        if units[-1].level == unit.level == "prefecture":
            unit.level, unit.order = "county", orders()["county"]  # 金华市义乌市: a city below a city
        if units[-1].order < unit.order:
            unit.parent = units[-1]
    units.append(unit)


def _bounded(scene: Scene, start: int, end: int, full: str) -> bool:
    """A short name counts as a word of its own (杭州 but not 杭州人), or at the beginning of a longer name of a place."""
    if (scene.text.startswith(("路", "街道", "大道"), end) and end - start < 3) or scene.text[end : end + 1] in ("人", "籍", "话", "菜"):
        return False
    if scene.text[start:end] == full or (scene.word_starts_at(start) and scene.word_starts_at(end)):
        return scene.word_starts_at(start) or scene.text[start:end] == full
    return scene.word_starts_at(start) and scene.flags[scene.token(start)] in ("ns", "nt", "nr")


def _candidates(scene: Scene, known_ends: set[int]) -> list[_Candidate]:
    longest: dict[int, tuple[int, Level]] = {}
    for start, end, level in scene.hits.of(HEADS):
        if end not in longest or start < longest[end][0]:
            longest[end] = (start, level)
    found = []
    anchors = set(known_ends)
    opened = {end: start for start, end in openings.find(scene.text)}
    for end in sorted(longest):
        start, level = longest[end]
        if end in opened and end not in known_ends:
            found.append(_Candidate(start, end, level, (opened[end],), True, True))
            anchors.add(end)
            continue
        if level.id == "site" and scene.text[end : end + 1] in tuple("村镇乡社路街小监"):
            continue
        if end in known_ends or (scene.text[end : end + 1] in _ROAD_AFTER and level.order < 4):
            continue
        anchor = next((start - size for size in range(1, 6) if start - size in anchors), None)
        whole = ends_name(scene, end) or scene.text[start:end] in _LOOSE or (level.order == 3 and _LOWER.match(scene.text, end) is not None)
        item = _walk(scene, start, end, level) if whole else None
        near = anchor is not None and (item is None or anchor >= item.starts[-1] or start - anchor <= 3)
        if anchor is not None and near and level.order <= 5 and _coherent(scene, anchor, start):
            item = _Candidate(start, end, level, (anchor,), True)
        if item is not None:
            found.append(item)
            if item.namelike and level.order <= 4:
                anchors.add(end)
    return found


def _coherent(scene: Scene, start: int, end: int) -> bool:
    """Whether what stands between a unit and the suffix of the next may be its name, whatever nouns or numerals the segmenter saw there."""
    core = scene.text[start:end]
    if core in placewords.GENERIC or not all(
        "\u4e00" <= character <= "\u9fff" and character not in placewords.STOP_CHARACTERS for character in core
    ):
        return False
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < end:
        inside = scene.starts[at] >= start and scene.starts[at + 1] <= end
        if inside and len(scene.words[at]) > 1 and scene.flags[at] in ("v", "vn", "d", "p", "c", "r", "t"):
            return False
        at += 1
    return True


def _walk(scene: Scene, head: int, end: int, level: Level) -> _Candidate | None:
    """The starts that the name before a suffix may have, word by word to the left."""
    at = scene.token(head)
    starts: list[int] = []
    namelike = False
    if scene.starts[at] < head:
        starts.append(_begin(scene, at))
        namelike = scene.flags[at] in placewords.NAME_FLAGS and scene.words[at] not in placewords.COMMON_TOKENS
        if namelike and scene.flags[at] == "ns":
            return _Candidate(head, end, level, tuple(starts), True)
    at -= 1
    while at >= 0 and head - scene.starts[at] <= _LONGEST:
        word, flag = scene.words[at], scene.flags[at]
        size = head - starts[-1] if starts else 0
        if not _may_belong(word, flag, scene.flags[at - 1] if at else "x") or (size >= 2 and not _extends(word, flag)):
            break
        starts.append(_begin(scene, at))
        namelike = namelike or ((flag in placewords.NAME_FLAGS or len(word) == 1) and word not in placewords.COMMON_TOKENS)
        at -= 1
    return _Candidate(head, end, level, tuple(starts), namelike) if starts else None


def _begin(scene: Scene, at: int) -> int:
    """Where a name may begin in a word: behind a preposition that the segmenter took for a part of it (由|云桥)."""
    word = scene.words[at]
    return scene.starts[at] + (word[0] in placewords.LED_BY and (len(word) > 2 or (len(word) > 1 and word[0] in "归住距")))


def _may_belong(word: str, flag: str, before: str) -> bool:
    if not word.strip() or not ("\u4e00" <= word[0] <= "\u9fff"):
        return False
    if len(word) == 1:
        return word not in placewords.STOP_CHARACTERS and not (flag == "q" and before == "m") and word not in "全各本该我每"
    if flag == "m":
        return len(word) > 1 and all(character in "一二三四五六七八九十百千万" for character in word)
    return (flag[0] in "nbsfjgza" and flag != "nrfg") or flag in ("nrfg", "l", "i", "t", "an")


def _extends(word: str, flag: str) -> bool:
    """Whether a word may lengthen a name that has two characters already."""
    return (flag in placewords.NAME_FLAGS and word not in placewords.COMMON_TOKENS) or (len(word) == 1 and word not in placewords.GENERIC)


def _named(scene: Scene, item: _Candidate, previous: Unit | None, counts: Counter[str], begins: frozenset[int]) -> Unit | None:
    """The unit that a suffix closes, if what stands before it is a name."""
    text = scene.text
    if item.opening:
        return _unit(text, item.starts[0], item) if _acceptable(text[item.starts[0] : item.head], item, text) else None
    twice = previous is not None and previous.level == "estate" and text[item.head : item.end] == "小区"  # 月桂花园|小区
    if previous is not None and previous.end == item.head and (twice or previous.level in _NAMED_AFTER.get(item.level.id, ())):
        return Unit(previous.start, item.end, item.level.id, item.level.order, text[previous.start : item.end], previous.parent)
    floor = previous.end if previous is not None and previous.end <= item.head and previous.order < item.level.order else -1
    if floor >= item.starts[-1] and floor < item.head:
        core = text[floor : item.head]
        if (_acceptable(core, item, text) or _adorned(text, core, item, previous)) and scene.words[scene.token(floor)] not in (
            "各",
            "全",
            "所辖",
            "下辖",
            "辖区",
        ):
            return _unit(text, floor, item)
        return None
    if floor == item.head:
        return None
    starts = [start for start in item.starts if start >= floor and _acceptable(text[start : item.head], item, text)]
    if len(starts) > 1 and text[starts[-1]] in "原现":
        starts.pop()
    if not starts:
        return None
    start = max(
        starts,
        key=lambda s: (counts[text[s : item.end]] >= 2 and item.head - s >= 2, -s if _worth(text, s, item, counts, starts) else -item.head),
    )
    below = previous is not None and previous.end == start - 1 and text[start - 1] == "的" and 3 <= previous.order < item.level.order
    return _unit(text, start, item) if _convincing(scene, start, item, counts, begins, below) else None


def _worth(text: str, start: int, item: _Candidate, counts: Counter[str], starts: Iterable[int]) -> bool:
    """Whether a longer name is as frequent as the shorter ones inside it."""
    return all(2 * counts[text[start : item.end]] > counts[text[other : item.end]] for other in starts if other > start)


def _adorned(text: str, core: str, item: _Candidate, previous: Unit | None) -> bool:
    """幸福社区 directly below a district or a street is a community of that name; 和谐社区建设 and the honour of a 平安社区 are none."""
    return (
        previous is not None
        and previous.level in ("county", "township")
        and item.level.id == "community"
        and core in placewords.ADORNING
        and not placewords.STRIVEN_FOR.match(text, item.end)
        and not placewords.AWARDED.search(text, max(0, previous.first - 6), previous.first)
        and f"{core}社区建设" not in text
        and f"{core}社区创建" not in text
    )


def _unit(text: str, start: int, item: _Candidate) -> Unit:
    return Unit(start, item.end, item.level.id, item.level.order, text[start : item.end])


def _acceptable(core: str, item: _Candidate, text: str) -> bool:
    """A core is no generic modifier and does not end in a phrase that the vocabulary excludes."""
    if core in placewords.GENERIC or not core or placewords.NEVER_INSIDE.search(core):
        return False
    whole = core + text[item.head : item.end]
    if whole.endswith(_excluded()[item.level.id]) and not _proper(core, whole, item):
        return False
    return not _common(core)


def _proper(core: str, whole: str, item: _Candidate) -> bool:
    """上城区 and 枫林区 are districts though 城区 and 林区 are none: two characters before 区, the first no modifier."""
    if whole.endswith("城区") and is_place_word(whole[:-1]):
        return True
    return item.level.id == "county" and len(core) == 2 and whole not in _excluded()["county"] and core[0] not in placewords.GENERIC


@lru_cache(maxsize=_REMEMBERED)
def _common(core: str) -> bool:
    """Whether every word of it is a modifier (老旧, 智慧)."""
    return all(word in placewords.GENERIC or word in placewords.STOP_CHARACTERS for word, _ in tag(core))


def _convincing(scene: Scene, start: int, item: _Candidate, counts: Counter[str], begins: frozenset[int], below: bool) -> bool:
    """Whether a name without a place above it is one: by the dictionary or the divisions, by being repeated, and by what stands around;
    `below`: 的 joins it to a place above it."""
    text = scene.text
    name, core = text[start : item.end], text[start : item.head]
    suffix = text[item.head : item.end]
    if suffix in placewords.RISKY and is_place_word(name):
        return False
    if (is_place_word(name) and len(name) > 2) or (item.level.order <= 3 and is_place_word(core)):
        return True
    if item.level.id == "township" and len(core) >= 2 and (index := divisions()) is not None and index.codes(name, "township"):
        return True
    house = _HOUSE_BEHIND.match(text, item.end) is not None
    if len(core) < 2 and item.level.id != "street" and not house:
        return False
    left = (
        start == 0
        or below
        or text[start - 1] in placewords.STRONG_LEFT
        or text[start - 1] == "\n"
        or text[max(0, start - 2) : start] in placewords.STRONG_LEFT
        or text[max(0, start - 3) : start] in placewords.STRONG_LEFT
    )
    right = (
        text.startswith(placewords.STRONG_RIGHT, item.end)
        or item.end in begins
        or house
        or _NUMBER_OF_HOUSE.match(text, item.end) is not None
    )
    workplace = counts[name] >= 2 and _WORKPLACE.search(name) is not None
    score = item.namelike + (counts[name] >= 2) + (counts[name] >= 3) + left + right + workplace + house + below
    if item.level.order <= 3:
        return left and len(core) <= 3 and item.namelike and (counts[name] >= 2 or item.end in begins)
    if item.level.id == "street":
        return len(name) >= 3 and item.namelike and (counts[name] >= 2 or left or right)
    return score >= (3 if suffix in placewords.RISKY else 2)
