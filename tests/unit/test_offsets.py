"""Offset maps against a slow model: every character of a text carries its own origin through the same edits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.offsets import Edit, OffsetMap, apply_edits, map_forward
from ingest.draft import Draft, Mark

LETTERS = "社區区治理abc(ā)。\n𠮷"
texts = st.text(LETTERS, max_size=24)


@st.composite
def edits_for(draw: st.DrawFn, length: int, step: str) -> list[Edit]:
    borders = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = zip(borders[::2], borders[1::2], strict=False)
    return [Edit(start, end, draw(st.text(LETTERS, max_size=3)), step) for start, end in pairs]


@st.composite
def chains(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    source = draw(texts)
    text = source
    steps = []
    for number in range(draw(st.integers(1, 4))):
        edits = draw(edits_for(len(text), f"step{number}"))
        steps.append(edits)
        text, _ = apply_edits(text, edits)
    return source, steps


def run(source: str, steps: list[list[Edit]]) -> tuple[str, OffsetMap]:
    text, offsets = source, OffsetMap.identity(len(source))
    for edits in steps:
        text, change = apply_edits(text, edits)
        offsets = offsets.then(change)
    return text, offsets


def origins(source: str, steps: list[list[Edit]]) -> list[tuple[int, int] | None]:
    """For each final character the source range that it came from; None for what was inserted."""
    row: list[tuple[int, int] | None] = [(at, at + 1) for at in range(len(source))]
    for edits in steps:
        out: list[tuple[int, int] | None] = []
        at = 0
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            out += row[at : edit.start]
            known = [origin for origin in row[edit.start : edit.end] if origin]
            whole = (min(o[0] for o in known), max(o[1] for o in known)) if known else None
            out += [whole] * len(edit.new)
            at = edit.end
        row = out + row[at:]
    return row


@settings(max_examples=400, deadline=None)
@given(chains())
def test_copied_ranges_are_equal_and_the_clean_side_has_no_gaps(chain: tuple[str, list[list[Edit]]]) -> None:
    source, steps = chain
    text, offsets = run(source, steps)
    at = 0
    for piece in offsets.pieces:
        assert piece.start == at
        assert 0 <= piece.source_start <= piece.source_end <= len(source)
        if piece.operation == "copied":
            assert text[piece.start : piece.end] == source[piece.source_start : piece.source_end]
            assert not piece.step
        elif piece.operation == "inserted":
            assert piece.source_start == piece.source_end
            assert piece.step
        else:
            assert piece.source_start < piece.source_end
            assert piece.step
        at = piece.end
    assert at == len(text)


@given(chains(), st.data())
def test_spans_lead_to_all_that_their_characters_came_from(chain: tuple[str, list[list[Edit]]], data: st.DataObject) -> None:
    source, steps = chain
    text, offsets = run(source, steps)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    known = [origin for origin in origins(source, steps)[start:end] if origin]
    found = offsets.to_source(start, end)
    assert 0 <= found[0] <= found[1] <= len(source)
    if known:
        exact = (min(o[0] for o in known), max(o[1] for o in known))
        assert found[0] <= exact[0] <= exact[1] <= found[1]
        assert found == exact or len(steps) > 1  # what an earlier step deleted inside a later replacement belongs to it


@settings(max_examples=400, deadline=None)
@given(chains())
def test_the_whole_source_is_accounted_for(chain: tuple[str, list[list[Edit]]]) -> None:
    source, steps = chain
    _, offsets = run(source, steps)
    covered = [False] * len(source)
    for piece in offsets.pieces:
        covered[piece.source_start : piece.source_end] = [True] * (piece.source_end - piece.source_start)
    assert all(covered)


@given(texts, st.data())
def test_map_forward_keeps_characters_that_were_not_edited(text: str, data: st.DataObject) -> None:
    edits = data.draw(edits_for(len(text), "step"))
    after, _ = apply_edits(text, edits)
    for at, new in zip(range(len(text)), map_forward(edits, range(len(text))), strict=True):
        assert 0 <= new <= len(after)
        if not any(edit.start <= at < edit.end for edit in edits):
            assert after[new] == text[at]


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlapping"):
        apply_edits("abcd", [Edit(0, 2, "", "a"), Edit(1, 3, "", "b")])


def test_deletions_keep_their_step_at_either_edge_of_later_changes() -> None:
    text, offsets = run("關(guān)係(xì)統。tail", [[Edit(1, 7, "", "annotation"), Edit(8, 12, "", "annotation"), Edit(14, 18, "", "tail")]])
    assert text == "關係統。"
    _, change = apply_edits(text, [Edit(0, 1, "关", "script"), Edit(1, 2, "系", "script"), Edit(2, 3, "统", "script")])
    steps = [piece.step for piece in offsets.then(change).pieces if piece.start == piece.end]
    assert steps == ["annotation", "annotation", "tail"]
    assert offsets.then(change).to_source(0, 2) == (0, 8)


def test_marks_move_with_their_text_and_go_with_it() -> None:
    draft = Draft.of("导航\n标题\n正文")
    draft = Draft(draft.source, draft.text, draft.offsets, (Mark("nav", 0, 2), Mark("heading", 3, 5, "1")))
    edited = draft.edit([Edit(0, 3, "", "boilerplate"), Edit(5, 5, "！", "test")])
    assert edited.text == "标题！\n正文"
    assert edited.marks == (Mark("heading", 0, 2, "1"),)
    assert draft.edit([]) is draft
