"""Which characters of a passage to mark for a query: words that say something, whole, never stray single characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import rjieba

from corpus.fold import bigrams, fold
from corpus.vocabulary import concept, synonyms
from search_api.ranking.recognise import Recognised

_FUNCTION = ("u", "p", "c", "r", "y", "e", "o", "w")  # parts of speech (ICTCLAS) whose words say nothing by themselves
_READ = 2000  # characters of a query that words are taken from
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """
        如何 怎么 怎样 什么 哪些 哪里 为什么 怎么办 多少 是否 有没有 可以 应该 需要
        能够 进行 情况 问题 有关 相关 案例 做法 经验 各地 请问 希望 如果 因为
        已经 非常 正在 可能 一定 比较 逐步 不断 没有 一个 这个 那个
        """,
    )
)


class Marker:
    """Made once for a query."""

    def __init__(self, query: str, recognised: Sequence[Recognised] = ()) -> None:
        folded = fold(query[:_READ])
        self._words = _longest_first((*_words(folded), *_other_words(folded), *_concept_words(recognised)))
        self._pairs = frozenset(bigrams(folded)) - _EMPTY
        self._single = folded.strip() if len(folded.strip()) == 1 else ""

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Ranges of `text` to mark, in order, not touching. Where no word stands in it, what it shares with the query in pairs."""
        folded = fold(text)
        found = [span for word in self._words for span in _places(folded, word)]
        if not found:
            found = [(at, at + 2) for at in range(len(folded) - 1) if folded[at : at + 2] in self._pairs]
        if not found and self._single:
            found = list(_places(folded, self._single))
        return _merged(found)

    def words(self, text: str, most: int = 5) -> tuple[str, ...]:
        """The query's words that stand in `text`, in the order of the text."""
        spans = self.spans(text)
        return tuple(dict.fromkeys(text[start:end] for start, end in spans if end - start >= 2))[:most]


def _words(folded: str) -> Iterable[str]:
    for word, tag in rjieba.tag(folded):
        if (
            len(word) > 1
            and word not in _EMPTY
            and (tag == "eng" or not tag.startswith(_FUNCTION))
            and any(sign.isalnum() for sign in word)
        ):
            yield word
            if len(word) > 3:
                yield from (part for part in rjieba.cut_for_search(word) if len(part) > 1 and part not in _EMPTY)


def _other_words(folded: str) -> Iterable[str]:
    """Words that mean the same as one in the query."""
    for words in _synonyms():
        if any(word in folded for word in words):
            yield from words


def _concept_words(recognised: Sequence[Recognised]) -> Iterable[str]:
    for item in recognised:
        if item.kind in ("issue", "method"):
            yield from (fold(term) for term in concept(item.id).terms)


@cache
def _synonyms() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold(word) for word in group.words) for group in synonyms())


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def _places(folded: str, word: str) -> Iterable[tuple[int, int]]:
    at = folded.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = folded.find(word, at + len(word))


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
