"""Provinces, the levels of administration, and districts that were merged or renamed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.vocabulary.cues import distinct
from corpus.vocabulary.entry import load


@dataclass(frozen=True, slots=True)
class Province:
    """A province-level unit: full `name` (浙江省), `short` name (浙江), one-character `sign`s (浙), `kind` province, municipality,
    autonomous_region or special_region, `seat` its capital or the like (empty for municipalities)."""

    name: str
    short: str
    signs: tuple[str, ...]
    kind: str
    seat: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of administration or of settlement; its names end in one of `suffixes`, longest first. `order` grows downwards."""

    id: str
    label: str
    order: int
    suffixes: tuple[str, ...]
    excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """`old` (name chains such as 杭州市江干区) became `new` on `date`; `kind` merged, renamed, split, upgraded or newly_set."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    date: str
    kind: str
    note: str


@cache
def provinces() -> tuple[Province, ...]:
    """The 34 units of province level."""
    file = load("places.yaml")
    file.only("provinces", "levels", "changes")
    found = []
    for entry in file.entries("provinces"):
        entry.only("name", "short", "signs", "kind", "seat")
        found.append(
            Province(
                entry.text("name"),
                entry.text("short"),
                entry.texts("signs"),
                entry.text("kind"),
                entry.text("seat", ""),
            )
        )
    distinct(file, (province.name for province in found), "provinces name")
    distinct(file, (province.short for province in found), "provinces short")
    return tuple(found)


@cache
def levels() -> tuple[Level, ...]:
    """Levels from the province down."""
    found = []
    for order, entry in enumerate(load("places.yaml").entries("levels"), 1):
        entry.only("id", "label", "suffixes", "excludes")
        suffixes = tuple(sorted(entry.texts("suffixes"), key=lambda suffix: (-len(suffix), suffix)))
        found.append(Level(entry.text("id"), entry.text("label"), order, suffixes, entry.texts("excludes")))
    return tuple(found)


@cache
def place_changes() -> tuple[PlaceChange, ...]:
    """Mergers and renamings in the order of the file."""
    found = []
    for entry in load("places.yaml").entries("changes"):
        entry.only("old", "new", "date", "kind", "note")
        date = entry.date("date")
        if date is None:
            entry.fail("缺少字段“date”")
        found.append(PlaceChange(entry.texts("old"), entry.texts("new"), date, entry.text("kind"), entry.text("note", "")))
    return tuple(found)
