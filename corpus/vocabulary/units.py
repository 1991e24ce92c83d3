"""Units of measure, scales, and the words that make a number approximate or say what it is counted by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from corpus.vocabulary.cues import distinct
from corpus.vocabulary.entry import Entry, load


@dataclass(frozen=True, slots=True)
class Unit:
    """`word` as it stands in text; `dimension` money, area, length, weight, volume, energy, time, point, count, share, rank, age; a value
    times `scale` is in `unit` (only money and shares are brought to one unit; otherwise `unit` is `word` and `scale` 1)."""

    word: str
    dimension: str
    unit: str
    scale: float


@dataclass(frozen=True, slots=True)
class Approximator:
    """A word at a number that makes it approximate. `side` before or after; `sense` about, over, under, upper or lower."""

    word: str
    side: str
    sense: str


@dataclass(frozen=True, slots=True)
class Units:
    """`units`: longest word first. `scales`: 万 -> 10000 … . `approximators`: longest first. `per`: word -> what is
    counted by (每户 -> 户), longest first. `comparisons`: words between two figures, by type (increase, decrease, rank, share)."""

    units: tuple[Unit, ...]
    scales: Mapping[str, float]
    approximators: tuple[Approximator, ...]
    per: Mapping[str, str]
    comparisons: Mapping[str, tuple[str, ...]]


@cache
def units() -> Units:
    file = load("units.yaml")
    file.only("units", "scales", "approximators", "per", "comparisons")
    found = [unit for entry in file.entries("units") for unit in _units(entry)]
    distinct(file, (f"{unit.word}（{unit.dimension}）" for unit in found), "units word")
    approximators: list[Approximator] = []
    for entry in file.entries("approximators"):
        entry.only("side", "sense", "words")
        if entry.text("side") not in ("before", "after"):
            entry.fail("side 应为 before 或 after")
        approximators.extend(Approximator(word, entry.text("side"), entry.text("sense")) for word in entry.texts("words"))
    distinct(file, (f"{item.word}（{item.side}）" for item in approximators), "approximators word")
    scales, per, comparisons = file.entry("scales"), file.entry("per"), file.entry("comparisons")
    return Units(
        tuple(sorted(found, key=lambda unit: (-len(unit.word), unit.word, unit.dimension))),
        MappingProxyType({word: scales.number(word) for word in scales}),
        tuple(sorted(approximators, key=lambda item: (-len(item.word), item.word, item.side))),
        MappingProxyType({word: per.text(word) for word in sorted(per, key=lambda word: (-len(word), word))}),
        MappingProxyType({kind: comparisons.texts(kind) for kind in comparisons}),
    )


def _units(entry: Entry) -> list[Unit]:
    """One entry gives the units of a dimension: `words` stand for themselves, `scaled` for another unit."""
    entry.only("dimension", "words", "scaled")
    dimension = entry.text("dimension")
    found = [Unit(word, dimension, word, 1.0) for word in entry.texts("words")]
    for item in entry.entries("scaled"):
        item.only("unit", "scale", "words")
        found.extend(Unit(word, dimension, item.text("unit"), item.number("scale")) for word in item.texts("words"))
    return found
