"""A text as it is compared: folded letters and digits without blanks and punctuation, cut into sentences and clauses.

Two copies of a text in two formats differ in blanks, widths, script and punctuation before they differ in anything else; what is left
after folding is equal. Every letter knows its place in the text, so a stretch of letters is a span of the text again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from corpus.fold import fold
from graph.duplicates.hashing import mix, shingles

Points = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

LONGEST = 300
"""Letters after which a sentence is cut: at clauses, or where there are none at places that its own letters choose."""
_CUT_EVERY = np.uint64(64)
_SENTENCE_ENDS = "。！？!?；;…\n\r\v\f\u0085\u2028\u2029"
_CLAUSE_ENDS = _SENTENCE_ENDS + "，,：:"
_TABLE = 0x10000


@dataclass(frozen=True)
class Letters:
    """`points`: the letters as code points; `places`: where each stands in `text`. `sentences` and `clauses` hold where each begins among
    the letters, and behind the last the number of letters."""

    text: str = field(repr=False)
    points: Points
    places: Places
    sentences: Places
    clauses: Places

    @classmethod
    def of(cls, text: str) -> Letters:
        points = np.frombuffer(fold(text).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
        places = np.flatnonzero(_is_letter(points))
        letters = points[places]
        clause_ends = _among(points, _CLAUSE_ENDS) & ~_in_number(points)
        sentence_ends = _among(points, _SENTENCE_ENDS)
        clauses = _begins(clause_ends, places)
        return cls(text, letters, places, _cut(_begins(sentence_ends, places), clauses, letters), clauses)

    def __len__(self) -> int:
        return len(self.points)

    @cached_property
    def string(self) -> str:
        """The letters as one string."""
        return self.points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    @cached_property
    def sentence_of(self) -> Places:
        """Number of the sentence that each letter stands in."""
        return np.repeat(np.arange(len(self.sentences) - 1), np.diff(self.sentences))

    @cached_property
    def shingles(self) -> npt.NDArray[np.uint64]:
        return shingles(self.points)

    def sentence(self, number: int) -> str:
        return self.string[self.sentences[number] : self.sentences[number + 1]]

    def span(self, number: int) -> tuple[int, int]:
        """Where a sentence stands in the text, with the punctuation that closes it."""
        first, last = self.places[self.sentences[number]], self.places[self.sentences[number + 1] - 1]
        return int(first), _closed(self.text, int(last) + 1)


def _closed(text: str, end: int) -> int:
    while end < len(text) and not text[end].isspace() and not text[end].isalnum() and text[end] not in "“‘「『《（(":
        end += 1
    return end


@cache
def _letter_table() -> npt.NDArray[np.bool_]:
    return np.array([not 0xD800 <= point < 0xE000 and chr(point).isalnum() for point in range(_TABLE)])


def _is_letter(points: Points) -> npt.NDArray[np.bool_]:
    """Whether each is a letter or digit; beyond the first plane, the ideographs are."""
    return np.where(points < _TABLE, _letter_table()[np.minimum(points, _TABLE - 1)], points >= 0x20000)


def _among(points: Points, characters: str) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = _ends_table(characters)[np.minimum(points, _TABLE - 1)]
    return found


@cache
def _ends_table(characters: str) -> npt.NDArray[np.bool_]:
    table = np.zeros(_TABLE, dtype=np.bool_)
    table[[ord(character) for character in characters] + [ord(fold(character)) for character in characters]] = True
    return table


def _in_number(points: Points) -> npt.NDArray[np.bool_]:
    """Whether each stands between two digits, as in 10,000 and 10:30."""
    digit = (points >= ord("0")) & (points <= ord("9"))
    found = np.zeros(len(points), dtype=np.bool_)
    found[1:-1] = digit[:-2] & digit[2:]
    return found


def _begins(ends: npt.NDArray[np.bool_], places: Places) -> Places:
    """Where among the letters a new stretch begins when the text is cut at `ends`; behind them the number of letters."""
    if not len(places):
        return np.zeros(1, dtype=np.int64)
    number = np.cumsum(ends)[places]
    return np.concatenate(([0], np.flatnonzero(np.diff(number)) + 1, [len(places)]))


def _cut(sentences: Places, clauses: Places, letters: Points) -> Places:
    """Sentences with the overlong ones cut. A cut that the letters choose is the same wherever the same letters stand."""
    lengths = np.diff(sentences)
    if not len(lengths) or lengths.max() <= LONGEST:
        return sentences
    cuts = [sentences]
    for number in np.flatnonzero(lengths > LONGEST):
        low, high = sentences[number], sentences[number + 1]
        inner = np.unique(np.concatenate(([low], clauses[(clauses > low) & (clauses < high)], [high])))
        cuts.append(inner)
        for start, end in pairwise(inner.tolist()):
            if end - start > LONGEST:
                chosen = np.flatnonzero(mix(shingles(letters[start:end])) % _CUT_EVERY == 0)
                cuts.append(start + chosen[chosen > 0])
                cuts.append(np.arange(start, end, 16 * LONGEST))
    return np.unique(np.concatenate(cuts))
