"""`Lexicon` agrees with the plainest search there is, on any terms and any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fold import fold
from corpus.lexicon import Lexicon, leftmost_longest, outside

LETTERS = "加装电梯噪声3a😀 "
TERMS = st.lists(st.text(LETTERS, min_size=1, max_size=4), max_size=8)
TEXTS = st.text(LETTERS, max_size=40)


def naive(terms: list[tuple[str, str]], text: str) -> list[tuple[int, int, str]]:
    """Go through the text; at each place take the longest term of each kind that does not begin inside the last one of that kind."""

    def boundary(at: int) -> bool:
        return not (0 < at < len(text) and all(c.isascii() and c.isalnum() for c in text[at - 1 : at + 1]))

    found = []
    free: dict[str, int] = {}
    for start in range(len(text)):
        for kind in sorted({payload[0] for _, payload in terms}):
            if free.get(kind, 0) > start:
                continue
            fitting = [
                (term, payload)
                for term, payload in terms
                if payload[0] == kind and text.startswith(term, start) and boundary(start) and boundary(start + len(term))
            ]
            if fitting:
                longest = max(len(term) for term, _ in fitting)
                free[kind] = start + longest
                found += [(start, start + longest, payload) for term, payload in fitting if len(term) == longest]
    return found


@given(TERMS, TERMS, TEXTS)
def test_finds_what_a_naive_leftmost_longest_search_finds(first: list[str], second: list[str], text: str) -> None:
    terms = list(dict.fromkeys([(term, f"一{term}") for term in first] + [(term, f"二{term}") for term in second]))
    assert sorted(Lexicon(terms, kind=lambda payload: payload[0]).find(text)) == sorted(naive(terms, text))


@given(TERMS, TEXTS)
def test_all_gives_every_occurrence(terms: list[str], text: str) -> None:
    found = Lexicon([(term, term) for term in terms]).all(text)
    assert all(text[start:end] == term for start, end, term in found)
    assert found == sorted(found, key=lambda match: (match[0], -match[1]))
    chinese = [term for term in dict.fromkeys(terms) if not any(c.isascii() and c.isalnum() for c in term)]
    assert len([match for match in found if match[2] in chinese]) == sum(
        text.startswith(term, at) for term in chinese for at in range(len(text))
    )


def test_the_longest_term_wins_and_kinds_do_not_hide_each_other() -> None:
    lexicon = Lexicon([("电梯", "物"), ("加装电梯", "事"), ("梯", "字")], kind=lambda payload: payload == "字")
    assert lexicon.find("要加装电梯和电梯井") == [(1, 5, "事"), (4, 5, "字"), (6, 8, "物"), (7, 8, "字")]


def test_latin_terms_are_whole_words() -> None:
    lexicon = Lexicon([("app", 1), ("12345", 2), ("3+x", 3)])
    assert lexicon.find("装app，打12345热线，建3+x中心") == [(1, 4, 1), (6, 11, 2), (15, 18, 3)]
    assert lexicon.find("apple 123456 3+xy") == []


def test_folding_finds_other_forms_at_the_same_place() -> None:
    assert Lexicon([("加装电梯", 1), ("APP", 2)], fold=fold).find("增設：加裝電梯，ＡＰＰ") == [(3, 7, 1), (8, 11, 2)]


def test_one_term_may_have_several_payloads() -> None:
    assert Lexicon([("众筹", "步骤"), ("众筹", "做法"), ("众筹", "步骤")]).find("靠众筹") == [(1, 3, "步骤"), (1, 3, "做法")]


def test_a_lexicon_without_terms_finds_nothing() -> None:
    assert Lexicon([]).find("任何文字") == []


@pytest.mark.parametrize("term", ["", "ß"])
def test_a_term_that_cannot_keep_its_place_is_refused(term: str) -> None:
    with pytest.raises(ValueError):
        Lexicon([(term, 1)], fold=str.upper)


def test_outside_drops_what_lies_in_a_blocked_range_of_its_own_payload() -> None:
    matches = [(2, 4, "a"), (2, 4, "b"), (6, 9, "a")]
    assert outside(matches, [(0, 5, "a"), (7, 9, "a")]) == [(2, 4, "b"), (6, 9, "a")]
    assert leftmost_longest([(0, 3, "a"), (2, 4, "b"), (3, 4, "b")]) == [(0, 3, "a"), (3, 4, "b")]
