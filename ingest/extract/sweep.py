"""All lists of words that the rules look for, found in one pass over the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

import ahocorasick

from corpus.fold import fold
from corpus.lexicon import Lexicon

T = TypeVar("T")
_start = itemgetter(0)
_FEW = 60


class Family(Generic[T]):
    """One list of words with what each stands for; `words` is called once, when it is first needed. Words may stand several times."""

    def __init__(self, words: Callable[[], Iterable[tuple[str, T]]]) -> None:
        self._words = words

    @cached_property
    def words(self) -> tuple[tuple[str, T], ...]:
        return tuple((fold(word), payload) for word, payload in self._words())

    @cached_property
    def alone(self) -> Sweep:
        """A sweep for nothing but this list."""
        return Sweep([self])


class Sweep:
    """One automaton over the words of several families."""

    def __init__(self, families: Sequence[Family[Any]]) -> None:
        self._families = tuple(families)
        entries: dict[str, list[tuple[int, object]]] = {}
        for index, family in enumerate(self._families):
            for word, payload in family.words:
                entries.setdefault(word, []).append((index, payload))
        self._automaton = ahocorasick.Automaton()
        for word, listed in sorted(entries.items(), key=lambda entry: entry[0]):
            self._automaton.add_word(word, (len(word), tuple(reversed(listed))))
        self._automaton.make_automaton()

    def over(self, text: str) -> Hits:
        """Every occurrence of every word in the folded text, overlapping ones too, by start and the longest first."""
        found: tuple[list[tuple[int, int, object]], ...] = tuple([] for _ in self._families)
        for last, (length, listed) in self._automaton.iter(fold(text)):
            end = last + 1
            for index, payload in listed:
                found[index].append((end - length, end, payload))
        for hits in found:
            hits.reverse()  # from the last end back: of those that start together the longest stays first
            hits.sort(key=_start)
        return Hits(text, dict(zip(self._families, found, strict=True)))


class Hits:
    """What a sweep found in a text; a family that was not swept is looked for on its own."""

    def __init__(self, text: str, found: dict[Family[Any], list[tuple[int, int, object]]]) -> None:
        self._text = text
        self._found = found

    def of(self, family: Family[T]) -> list[tuple[int, int, T]]:
        if family not in self._found:
            self._found[family] = family.alone.over(self._text)._found[family]
        return cast(list[tuple[int, int, T]], self._found[family])


class Names:
    """Names that one text brought up, looked for in it again."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = sorted(names, key=lambda name: (-len(name), name))

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """The leftmost-longest occurrences; by an expression where the names are few, else by an automaton."""
        if len(self._names) <= _FEW:
            pattern = re.compile("|".join(map(re.escape, self._names)))
            return [(match.start(), match.end(), match.group()) for match in pattern.finditer(text)]
        return Lexicon([(name, name) for name in self._names]).find(text)
