"""Words on screen, words that mean the same, and words that belong to the page around a text and not to the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from corpus.fold import fold
from corpus.lexicon import Lexicon
from corpus.vocabulary.cues import distinct
from corpus.vocabulary.entry import Entry, load


@dataclass(frozen=True, slots=True)
class Synonyms:
    """`words` mean the same; the first is the official one. `broader` are words a query may be widened to, not the other way round."""

    words: tuple[str, ...]
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Word lists by what they betray: `navigation`, `breadcrumb`, `share`, `counter`, `copyright`, `related`, `advertising`, `spam`,
    `answer` (polite frames of official replies), `form` (form labels), `phrase` (official stock phrases that do not count as copying),
    `commerce` (words of selling); `patterns` for whole lines, by the same and further kinds."""

    words: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]


@cache
def screen_words() -> Mapping[str, str]:
    """Every word on screen under its dotted key, in the order of the file."""
    found: dict[str, str] = {}
    _flatten(load("screen.yaml"), "", found)
    return MappingProxyType(found)


def screen(key: str, **values: object) -> str:
    """The Chinese for `key`, its `{placeholders}` filled with `values`. Raises KeyError for an unknown key or a value missing."""
    text = screen_words()[key]
    return text.format_map(values) if values else text


def screen_group(prefix: str) -> tuple[tuple[str, str], ...]:
    """(last part of the key, Chinese) of all words directly under `prefix`, in order: `card` gives the lines of the case card."""
    at = len(prefix) + 1
    return tuple((key[at:], text) for key, text in screen_words().items() if key.startswith(f"{prefix}.") and "." not in key[at:])


@cache
def synonyms() -> tuple[Synonyms, ...]:
    """Groups of daily and official words, in the order of the file."""
    file = load("synonyms.yaml")
    file.only("groups")
    groups = []
    for entry in file.entries("groups"):
        entry.only("words", "broader")
        words = entry.texts("words")
        if len(words) < 2:
            entry.fail("一组至少两个词")
        groups.append(Synonyms(words, entry.texts("broader")))
    distinct(file, (word for group in groups for word in group.words), "word")
    return tuple(groups)


@cache
def synonym_lexicon() -> Lexicon[Synonyms]:
    """Finds the words of all groups in a text or query."""
    return Lexicon(((word, group) for group in synonyms() for word in group.words), fold=fold)


@cache
def boilerplate() -> Boilerplate:
    file = load("boilerplate.yaml")
    file.only("words", "patterns")
    words, patterns = file.entry("words"), file.entry("patterns")
    return Boilerplate(
        MappingProxyType({kind: words.texts(kind) for kind in words}),
        MappingProxyType({kind: patterns.patterns(kind) for kind in patterns}),
    )


def _flatten(entry: Entry, prefix: str, found: dict[str, str]) -> None:
    for key in entry:
        if entry.is_entry(key):
            _flatten(entry.entry(key), f"{prefix}{key}.", found)
        else:
            found[f"{prefix}{key}"] = entry.text(key)
