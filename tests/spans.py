"""Counting spans that were found against those that were to be found: exact and overlapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

Span = tuple[int, int]


class Counts:
    """True, false and missed spans by label. Overlapping: one character in common is enough; each span counts once."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.exact: Counter[str] = Counter()
        self.found_near: Counter[str] = Counter()
        self.gold_near: Counter[str] = Counter()

    def add(self, label: str, gold: Iterable[Span], found: Iterable[Span]) -> tuple[list[Span], list[Span]]:
        """Count the spans of one text; returns those missed and those false (not even overlapping)."""
        wanted, got = set(gold), set(found)
        missed = sorted(span for span in wanted if not _meets(span, got))
        false = sorted(span for span in got if not _meets(span, wanted))
        self.found[label] += len(got)
        self.gold[label] += len(wanted)
        self.exact[label] += len(wanted & got)
        self.found_near[label] += len(got) - len(false)
        self.gold_near[label] += len(wanted) - len(missed)
        return missed, false

    def table(self, labels: Sequence[str]) -> str:
        """Precision, recall and F1, exact and overlapping, by label, as a table in Markdown."""
        head = "| label | to find | found | exact P | exact R | exact F1 | overlapping P | overlapping R | overlapping F1 |"
        rows = [head, "|---" * 9 + "|"]
        for label in labels:
            exact = _rates(self.exact[label], self.exact[label], self.found[label], self.gold[label])
            near = _rates(self.found_near[label], self.gold_near[label], self.found[label], self.gold[label])
            rates = " | ".join(f"{rate:.3f}" for rate in (*exact, *near))
            rows.append(f"| {label} | {self.gold[label]} | {self.found[label]} | {rates} |")
        return "\n".join(rows)


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _rates(right_found: int, right_gold: int, found: int, gold: int) -> tuple[float, float, float]:
    precision, recall = (right_found / found if found else 0.0), (right_gold / gold if gold else 0.0)
    return precision, recall, (2 * precision * recall / (precision + recall) if precision + recall else 0.0)
