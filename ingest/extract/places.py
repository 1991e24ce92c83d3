"""Places: administrative units, communities, villages, estates, roads, joined to chains (杭州市 > 上城区 > 南星街道 > 馒头山社区)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.lexicon import leftmost_longest
from corpus.vocabulary import Level, levels
from ingest.extract import again, gazetteer, openings, placewords
from ingest.extract.boundaries import ends_name
from ingest.extract.placenames import Candidate, acceptable, adorned, convincing
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family
from ingest.extract.units import Unit as Unit
from ingest.extract.units import orders

_LONGEST = 8  # characters of a name without its suffix
_LOOSE = ("社区", "街道", "小区")  # suffixes that may end inside a word of the segmenter (社区服务)
# Levels whose names are also those of communities and estates (青石街|社区, 长宁花园|社区).
_NAMED_AFTER = {"community": ("street", "estate"), "estate": ("street",), "township": ("street",), "site": ("street", "estate")}
_ROAD_AFTER = frozenset("街路巷场")
_LOWER = re.compile("[\u4e00-\u9fff]{1,3}(?:街道|镇|乡)(?![\u4e00-\u9fff]?[镇乡])")
_COMMUNITY = re.compile("社区(?!服务|卫生|工作|教育|矫正|治理|事务|文化|建设|发展|股份|网格|民警)")  # 民主村|社区
_UNSURE = frozenset(["grid", "building"])


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


def find_units(scene: Scene) -> list[Unit]:
    """All units in order; a unit that follows another without a gap has it as parent."""
    known = [
        (start, end, payload) for start, end, payload in leftmost_longest(scene.hits.of(KNOWN)) if _bounded(scene, start, end, payload[1])
    ]
    candidates = _candidates(scene, {end for _, end, _ in known})
    counts = Counter(scene.text[start : item.end] for item in candidates for start in item.starts)
    begins = frozenset(start for item in candidates for start in item.starts)
    events: list[tuple[int, int, tuple[str, str] | Candidate]] = [(end, start, payload) for start, end, payload in known]
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


def _candidates(scene: Scene, known_ends: set[int]) -> list[Candidate]:
    longest: dict[int, tuple[int, Level]] = {}
    for start, end, level in scene.hits.of(HEADS):
        if end not in longest or start < longest[end][0]:
            longest[end] = (start, level)
    found = []
    anchors = set(known_ends)
    opened = {end: start for start, end in openings.find(scene)}
    for end in sorted(longest):
        start, level = longest[end]
        if end in opened and end not in known_ends:
            found.append(Candidate(start, end, level, (opened[end],), True, True))
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
            item = Candidate(start, end, level, (anchor,), True)
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


def _walk(scene: Scene, head: int, end: int, level: Level) -> Candidate | None:
    """The starts that the name before a suffix may have, word by word to the left."""
    at = scene.token(head)
    starts: list[int] = []
    namelike = False
    if scene.starts[at] < head:
        starts.append(_begin(scene, at))
        namelike = scene.flags[at] in placewords.NAME_FLAGS and scene.words[at] not in placewords.COMMON_TOKENS
        if namelike and scene.flags[at] == "ns":
            return Candidate(head, end, level, tuple(starts), True)
    at -= 1
    while at >= 0 and head - scene.starts[at] <= _LONGEST:
        word, flag = scene.words[at], scene.flags[at]
        size = head - starts[-1] if starts else 0
        if not _may_belong(word, flag, scene.flags[at - 1] if at else "x") or (size >= 2 and not _extends(word, flag)):
            break
        starts.append(_begin(scene, at))
        namelike = namelike or ((flag in placewords.NAME_FLAGS or len(word) == 1) and word not in placewords.COMMON_TOKENS)
        at -= 1
    return Candidate(head, end, level, tuple(starts), namelike) if starts else None


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


def _named(scene: Scene, item: Candidate, previous: Unit | None, counts: Counter[str], begins: frozenset[int]) -> Unit | None:
    """The unit that a suffix closes, if what stands before it is a name."""
    text = scene.text
    if item.opening:
        return _unit(text, item.starts[0], item) if acceptable(text[item.starts[0] : item.head], item, text) else None
    twice = previous is not None and (
        (previous.level in ("estate", "site") and text[item.head : item.end] == "小区")  # 月桂花园|小区
        or (previous.level == "community" and previous.name.endswith("村") and _COMMUNITY.match(text, item.head) is not None)
    )
    if previous is not None and previous.end == item.head and (twice or previous.level in _NAMED_AFTER.get(item.level.id, ())):
        return Unit(previous.start, item.end, item.level.id, item.level.order, text[previous.start : item.end], previous.parent)
    floor = previous.end if previous is not None and previous.end <= item.head and previous.order < item.level.order else -1
    if floor >= item.starts[-1] and floor < item.head:
        core = text[floor : item.head]
        if (acceptable(core, item, text) or adorned(text, core, item, previous)) and scene.words[scene.token(floor)] not in (
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
    starts = [start for start in item.starts if start >= floor and acceptable(text[start : item.head], item, text)]
    if len(starts) > 1 and text[starts[-1]] in "原现":
        starts.pop()
    if not starts:
        return None
    start = max(
        starts,
        key=lambda s: (counts[text[s : item.end]] >= 2 and item.head - s >= 2, -s if _worth(text, s, item, counts, starts) else -item.head),
    )
    below = previous is not None and previous.end == start - 1 and text[start - 1] == "的" and 3 <= previous.order < item.level.order
    return _unit(text, start, item) if convincing(scene, start, item, counts, begins, below) else None


def _worth(text: str, start: int, item: Candidate, counts: Counter[str], starts: Iterable[int]) -> bool:
    """Whether a longer name is as frequent as the shorter ones inside it."""
    return all(2 * counts[text[start : item.end]] > counts[text[other : item.end]] for other in starts if other > start)


def _unit(text: str, start: int, item: Candidate) -> Unit:
    return Unit(start, item.end, item.level.id, item.level.order, text[start : item.end])
