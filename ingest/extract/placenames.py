"""Whether what stands before a suffix is the name of a place: by its own words, the dictionary, the divisions, and what stands around."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.divisions import divisions
from corpus.vocabulary import Level, levels
from ingest.extract import placewords
from ingest.extract.scene import Scene, tag
from ingest.extract.units import Unit

_NUMBER_OF_HOUSE = re.compile("[0-9]{1,4}(?:弄|号)")
_HOUSE_BEHIND = re.compile("[0-9]{1,3}(?:号楼|(?:幢|栋)(?![，。；、]))")
_KINDS = frozenset(["公园", "花园", "家园", "新村", "大厦", "广场", "公寓"])  # the end of a longer name: 翡翠公园|小区
_WORKPLACE = re.compile("[厂局校院司社队站](?:大院|宿舍|家属院|家属楼|公寓)$")
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suffix in the text with the starts that its name may have, shortest name first; `namelike`: a word of it reads like a name;
    `opening`: what stands below it shows that it is one."""

    head: int
    end: int
    level: Level
    starts: tuple[int, ...]
    namelike: bool
    opening: bool = False


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


def adorned(text: str, core: str, item: Candidate, previous: Unit | None) -> bool:
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


def acceptable(core: str, item: Candidate, text: str) -> bool:
    """A core is no generic modifier and does not end in a phrase that the vocabulary excludes."""
    if core in placewords.GENERIC or not core or placewords.NEVER_INSIDE.search(core):
        return False
    whole = core + text[item.head : item.end]
    if whole.endswith(_excluded()[item.level.id]) and not _proper(core, whole, item):
        return False
    return not _common(core)


def _proper(core: str, whole: str, item: Candidate) -> bool:
    """上城区 and 枫林区 are districts though 城区 and 林区 are none: two characters before 区, the first no modifier."""
    if whole.endswith("城区") and is_place_word(whole[:-1]):
        return True
    return item.level.id == "county" and len(core) == 2 and whole not in _excluded()["county"] and core[0] not in placewords.GENERIC


@lru_cache(maxsize=_REMEMBERED)
def _common(core: str) -> bool:
    """Whether every word of it is a modifier (老旧, 智慧)."""
    return all(word in placewords.GENERIC or word in placewords.STOP_CHARACTERS for word, _ in tag(core))


def convincing(scene: Scene, start: int, item: Candidate, counts: Counter[str], begins: frozenset[int], below: bool) -> bool:
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
    house = _HOUSE_BEHIND.match(text, item.end) is not None and core not in _KINDS
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
