"""Where stretches of a source text stand in their file, in words: pages, cells, rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from corpus.model import Location
from corpus.vocabulary import screen

_PLACES = ("page", "cell", "row", "note")


class Atlas:
    """The places of one reading, to be asked for many stretches."""

    def __init__(self, locations: Iterable[Location]) -> None:
        self._by_kind: dict[str, list[Location]] = {}
        for item in sorted(locations, key=lambda item: (item.start, item.end)):
            if item.kind in _PLACES:
                self._by_kind.setdefault(item.kind, []).append(item)
        self._starts: Mapping[str, list[int]] = {kind: [item.start for item in found] for kind, found in self._by_kind.items()}

    def between(self, start: int, end: int, *, whole: bool = False) -> str:
        """第 3—5 页, 表一!B7; empty where the format knows no places. `whole`: only places that hold both ends of the stretch."""
        for kind in _PLACES:
            found = self._within(kind, start, max(end, start + 1)) if kind in self._by_kind else []
            if found and not (whole and (start < found[0].start or found[-1].end < end)):
                first, last = found[0].value, found[-1].value
                value = first if first == last else f"{first}—{last}"
                return value if kind == "row" and not value[:1].isdigit() else screen(f"inspect.place.{kind}", value=value)
        return ""

    def _within(self, kind: str, start: int, end: int) -> list[Location]:
        found, starts = self._by_kind[kind], self._starts[kind]
        low, high = max(0, bisect_right(starts, start) - 1), bisect_right(starts, end - 1)
        return [item for item in found[low:high] if item.start < end and start < item.end]
