"""Stretches hold every passage once, keep cases apart, and depend on the text alone."""

from __future__ import annotations

from readings import reading

from corpus.identity import digest
from corpus.model import Passage
from corpus.stretches import LONGEST, stretches


def passages(*sizes: tuple[int, str | None, str]) -> tuple[str, list[Passage]]:
    """A text of passages of these lengths, each in a case and under a heading."""
    text, found = "", []
    for number, (size, case, path) in enumerate(sizes):
        words = chr(0x4E00 + number) * size
        found.append(Passage(digest("p", str(number)), case, len(text), len(text) + size, words, "", path))
        text += words + "\n"
    return text, found


def test_neighbours_are_joined_up_to_the_limit_and_none_is_lost() -> None:
    text, found = passages(*[(400, "a", "做法")] * 10)
    made = stretches(text, found)
    assert all(stretch.end - stretch.start <= LONGEST for stretch in made)
    assert len(made) < len(found) / 2
    assert all(sum(stretch.start <= item.start and item.end <= stretch.end for stretch in made) == 1 for item in found)
    assert [text[stretch.start : stretch.end] for stretch in made] == [stretch.text for stretch in made]


def test_no_stretch_holds_two_cases() -> None:
    text, found = passages((100, "a", ""), (100, "b", ""), (100, None, ""), (100, "a", ""))
    assert [stretch.case for stretch in stretches(text, found)] == ["a", "b", None, "a"]


def test_a_passage_beyond_the_limit_stays_whole() -> None:
    text, found = passages((100, "a", ""), (LONGEST + 5, "a", ""), (100, "a", ""))
    assert [stretch.end - stretch.start for stretch in stretches(text, found)] == [100, LONGEST + 5, 100]


def test_a_change_in_one_section_leaves_the_stretches_of_the_next() -> None:
    sizes = [(400, "a", "背景"), (400, "a", "背景"), (400, "a", "做法"), (400, "a", "做法")]
    text, found = passages(*sizes)
    before = {stretch.hash for stretch in stretches(text, found)}
    changed = [Passage(item.id, item.case, item.start, item.end, item.text, "", item.path) for item in found]
    after = {stretch.hash for stretch in stretches("改" + text[1:], changed)}
    assert len(before) == len(after) == 2
    assert len(before & after) == 1


def test_equal_texts_have_equal_hashes_in_any_report() -> None:
    one, other = reading("题\n一段话。", source="一.txt"), reading("题\n一段话。", source="二.txt", pipeline="2")
    assert [s.hash for s in stretches(one.text, one.passages)] == [s.hash for s in stretches(other.text, other.passages)]
