"""What two texts are to each other, from how much of each stands in the other and from what is known of the reports.

Every share is told twice: of all letters, and of the report's own, those that stand in no common phrase (公文套话). The kind rests on the
own ones, and for all kinds but `shared` on firm matches (`graph.duplicates.align`). Kinds that make two reports one in a list (GROUPING):
`exact`, `reprint`, `version`, `near`. Others only tell: `part` (most of a short text stands in a long one, as a case in a compilation),
`shared` (some passages).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args
from urllib.parse import urlsplit

import numpy as np
from rapidfuzz import fuzz

from corpus.catalogue import Pair
from corpus.fold import fold
from corpus.model import Metadata
from graph.duplicates.align import Alignment, Mask
from graph.duplicates.letters import Letters
from graph.duplicates.signature import clauses

Kind = Literal["exact", "reprint", "version", "near", "part", "shared"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
GROUPING: Final[tuple[Kind, ...]] = ("exact", "reprint", "version", "near")
"""The strongest first."""

MOST: Final = 0.8
HALF: Final = 0.5
SOME: Final = 0.3
PASSAGE: Final = 50
"""Own letters in common that two reports must have, unless nearly all of one of them is the same."""
FEW: Final = 40
REWRITTEN: Final = 100
"""Own letters that two texts with less than MOST in common must share to be versions of one."""
SAME_TITLE: Final = 85.0
"""Edit similarity of two titles (rapidfuzz ratio, per cent) from which they are taken for one."""
_TITLE = 6  # letters of a title that tells something
_NUMERALS = re.compile("[0-9]+|[一二三四五六七八九十百千两]+")
_DRAFT = re.compile(
    r"(?:征求意见|送审|讨论|审议|报批|第[一二三四五六七八九十0-9]+|修改|修订|初|草|定|终|完整)[稿版][0-9]*|v[0-9]+(?:\.[0-9]+)*|[0-9]+稿|最终|最新版"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Letters of one side: all, those in common, and the same of its own ones; `firm`: own ones in firm matches."""

    letters: int
    common: int
    own: int
    own_common: int
    firm: int

    @property
    def share(self) -> float:
        return _share(self.common, self.letters)

    @property
    def own_share(self) -> float:
        return _share(self.own_common, self.own)

    @property
    def firm_share(self) -> float:
        return _share(self.firm, self.own)


def measured(alignment: Alignment, phrases: tuple[Mask, Mask]) -> tuple[Measured, Measured]:
    """Both sides. `phrases`: which letters stand in common phrases."""
    one, other = (
        Measured(len(covered), int(covered.sum()), int((~common).sum()), int((covered & ~common).sum()), int((firm & ~common).sum()))
        for covered, firm, common in zip((alignment.one, alignment.other), alignment.firm, phrases, strict=True)
    )
    return one, other


def phrase_mask(letters: Letters, common: set[int]) -> Mask:
    """Which letters stand in a clause whose key is one of `common`."""
    found, _ = clauses(letters)
    of_clause = np.isin(found, np.fromiter(common, dtype=np.int64, count=len(common)))
    return np.repeat(of_clause, np.diff(letters.clauses))


def pair_of(ids: tuple[str, str], about: tuple[Metadata, Metadata], alignment: Alignment, phrases: tuple[Mask, Mask]) -> Pair | None:
    """The pair as it is kept, None where the two have too little in common. `ids`: of the reports, the smaller first."""
    one, other = measured(alignment, phrases)
    kind = kind_of(about, one, other)
    if kind is None:
        return None
    return Pair(
        one=ids[0],
        other=ids[1],
        kind=kind,
        sentences=len({match.one for match in alignment.matches}),
        letters=min(one.own_common, other.own_common),
        share_one=one.share,
        share_other=other.share,
        own_one=one.own_share,
        own_other=other.own_share,
    )


def kind_of(about: tuple[Metadata, Metadata], one: Measured, other: Measured) -> Kind | None:
    most, least = max(one.firm_share, other.firm_share), min(one.firm_share, other.firm_share)
    letters = min(one.own_common, other.own_common)
    # Whether there is anything to tell must not come with a new common phrase: so it rests on shares that phrases do not change.
    if letters < FEW or (letters < PASSAGE and max(one.share, other.share) < MOST):
        return None
    entry = _same_entry(*about)
    same = entry or same_title(*(item.title for item in about))
    if most >= MOST and least >= HALF:
        if same and places_differ(*about):
            return "reprint"
        return "version" if same else "near"
    if letters >= REWRITTEN and most >= HALF and least >= SOME and (entry or same_title(*(item.title for item in about), strictly=True)):
        return "version"
    return "part" if most >= MOST else "shared"


def same_title(one: str, other: str, *, strictly: bool = False) -> bool:
    """Whether one title is the other, perhaps with something before or behind it, or, unless `strictly`, the two are nearly equal.

    Titles of a series (第3期 and 第4期) differ in a number and are not one; 征求意见稿 and 定稿 are marks of versions and say nothing.
    """
    first, second = (_letters(_DRAFT.sub("", fold(title))) for title in (one, other))
    if min(len(first), len(second)) < _TITLE:
        return bool(first) and first == second
    if strictly or first in second or second in first:
        return first in second or second in first
    return sorted(_NUMERALS.findall(first)) == sorted(_NUMERALS.findall(second)) and fuzz.ratio(first, second, score_cutoff=SAME_TITLE) > 0


def places_differ(one: Metadata, other: Metadata) -> bool:
    """Whether the two are known to have been published by different publishers, or on different sites."""
    if one.publisher and other.publisher:
        return _letters(one.publisher) != _letters(other.publisher)
    sites = [_site(item.url) for item in (one, other)]
    return all(sites) and sites[0] != sites[1]


def _same_entry(one: Metadata, other: Metadata) -> bool:
    """Whether two submissions are one applicant's, or carry one number."""
    return any(
        bool(mine) and bool(theirs) and _letters(mine or "") == _letters(theirs or "")
        for mine, theirs in ((one.applicant, other.applicant), (one.number, other.number))
    )


def _letters(words: str) -> str:
    return "".join(character for character in fold(words) if character.isalnum())


def _site(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def strength(pair: Pair) -> tuple[int, int, str, str]:
    """By which pairs are told first: kind, then letters, then ids."""
    return (KINDS.index(kind_named(pair.kind)), -pair.letters, pair.one, pair.other)


def kind_named(name: str) -> Kind:
    return next(kind for kind in KINDS if kind == name)


def strongest(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(pairs, key=strength)
