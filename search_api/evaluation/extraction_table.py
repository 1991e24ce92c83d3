"""Measurements of extraction as a table for readers (Markdown) and as an object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from search_api.evaluation.extraction import Counted, Extraction


def body(measured: Extraction) -> dict[str, Any]:
    return {
        "texts": measured.texts,
        "types": {name: _scores(counted) for name, counted in _rows(measured)},
        "attributes": {name: {"right": right, "of": of} for name, (right, of) in sorted(measured.attributes.items())},
        "cases": {"right": measured.cases[0], "of": measured.cases[1]},
        "wrong": [asdict(one) for one in measured.wrong],
    }


def table(measured: Extraction) -> str:
    """A line a type; precision and recall with spans that overlap."""
    lines = [f"{measured.texts} texts", ""]
    lines += ["| type | gold | found | F1 exact | F1 overlapping | precision | recall |", "|---|---|---|---|---|---|---|"]
    for name, counted in _rows(measured):
        score = _scores(counted)
        values = " | ".join(f"{score[key]:.3f}" for key in ("f1_exact", "f1", "precision", "recall"))
        lines.append(f"| {name} | {counted.gold} | {counted.found} | {values} |")
    lines += ["", "| attribute, where spans agree | right | of | share |", "|---|---|---|---|"]
    shares = [*sorted(measured.attributes.items()), ("case", measured.cases)]
    lines += [f"| {name} | {right} | {of} | {right / of if of else 0.0:.3f} |" for name, (right, of) in shares]
    return "\n".join(lines)


def _rows(measured: Extraction) -> Iterator[tuple[str, Counted]]:
    yield "entities", measured.names
    yield from measured.types.items()


def _scores(counted: Counted) -> dict[str, float]:
    return {
        "gold": counted.gold,
        "found": counted.found,
        "f1_exact": counted.f1(counted.exact),
        "f1": counted.f1(counted.overlapping),
        "precision": counted.overlapping / counted.found if counted.found else 0.0,
        "recall": counted.overlapping / counted.gold if counted.gold else 0.0,
    }
