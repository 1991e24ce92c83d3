"""Measurements of retrieval as a table for readers (Markdown) and as rows for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from search_api.evaluation.retrieval import Measured, Scores

_COLUMNS = ("nDCG@10", "recall@10", "MRR@10", "hit@1")


def rows(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    return [asdict(one) for one in measured]


def table(measured: Sequence[Measured]) -> str:
    """One line a set, kind of question and channel; a last block says how often `none` was right and wrong."""
    lines = [f"| set | questions | channel | {' | '.join(_COLUMNS)} |", f"|---|---|---|{'---|' * len(_COLUMNS)}"]
    for one in measured:
        lines += _lines(one.name, one.channels)
        lines += _lines(f"{one.name}, Simplified", one.simplified)
        lines += _lines(one.name, {f"hybrid, {kind}": scores for kind, scores in one.kinds.items()})
    lines += ["", "| set | documents | passages | model | none, answer taken out | none, answer there |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {one.name} | {one.documents} | {one.passages} | {one.model} | {one.none_right:.2f} | {one.none_wrong:.2f} |" for one in measured
    ]
    return "\n".join(lines)


def _lines(name: str, channels: Mapping[str, Scores]) -> list[str]:
    return [
        f"| {name} | {scores.questions} | {channel} | {scores.ndcg:.3f} | {scores.recall:.3f} | {scores.mrr:.3f} | {scores.hit:.3f} |"
        for channel, scores in channels.items()
    ]
