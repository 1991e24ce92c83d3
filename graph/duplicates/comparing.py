"""Two texts side by side: what they have in common, sentence by sentence, as people are shown it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.catalogue import Catalogue, Pair
from corpus.model import Report
from graph.duplicates.align import Alignment, Mask, align
from graph.duplicates.kinds import Measured, measured, pair_of, phrase_mask
from graph.duplicates.letters import Letters
from graph.duplicates.signature import LEAST, clauses

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Common:
    """A sentence of each text that match: spans of the cleaned texts, similarity in [0, 1], and whether it is a common phrase (公文套话):
    at least half of its letters stand in one."""

    one: Span
    other: Span
    similarity: float
    phrase: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """`kind`: None where the two have too little in common to be told anywhere."""

    kind: str | None
    one: Measured
    other: Measured
    common: tuple[Common, ...]


def compare(catalogue: Catalogue, one: Report, other: Report) -> Compared:
    """Compare two reports that are there, whether or not they were found to be alike."""
    texts = catalogue.texts([one.id, other.id])
    first, second = Letters.of(texts.get(one.id, "")), Letters.of(texts.get(other.id, ""))
    phrases = _phrases(catalogue, first), _phrases(catalogue, second)
    alignment = align(first, second)
    mine, theirs = measured(alignment, phrases)
    exact = first.string == second.string and len(first) >= LEAST
    pair = pair_of((one.id, other.id), (one.metadata, other.metadata), alignment, phrases)
    return Compared("exact" if exact else _kind(pair), mine, theirs, _common(first, second, alignment, phrases[0]))


def _kind(pair: Pair | None) -> str | None:
    return pair.kind if pair else None


def _phrases(catalogue: Catalogue, letters: Letters) -> Mask:
    keys, _ = clauses(letters)
    found = catalogue.duplicate_buckets(sorted(set(keys.tolist())))
    return phrase_mask(letters, {key for key, bucket in found.items() if bucket.common})


def _common(one: Letters, other: Letters, alignment: Alignment, phrases: Mask) -> tuple[Common, ...]:
    return tuple(
        Common(
            one.span(match.one),
            other.span(match.other),
            match.similarity,
            bool(phrases[one.sentences[match.one] : one.sentences[match.one + 1]].mean() >= 0.5),
        )
        for match in alignment.matches
    )
