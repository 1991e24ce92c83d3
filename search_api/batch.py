"""Many queries at once, as a run file in the TREC form (docs/formats.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from search_api.search import SearchService

_BLANK = re.compile(r"\s")
_GAP = 1e-6


def run_lines(
    service: SearchService, queries: Iterable[tuple[str, str]], k: int, channel: str = "hybrid", collection: str | None = None
) -> Iterator[str]:
    """Lines `query_id Q0 source rank score jindianzi`, one a report, ranks from 1, scores strictly falling.

    A score that would not fall (a tie) is lowered to just below the one before, so that readers who sort by score keep the order.
    """
    for identifier, text in queries:
        last = float("inf")
        for rank, (source, _, score) in enumerate(service.ranked_reports(text, k, channel, collection), 1):
            last = min(score, last - _GAP)
            yield f"{escaped(identifier)} Q0 {escaped(source)} {rank} {last:.6f} jindianzi"


def escaped(name: str) -> str:
    """The name with its blanks percent-encoded (of every script), so that it is one field of the line."""
    return _BLANK.sub(lambda blank: quote(blank[0]), name)
