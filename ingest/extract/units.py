"""One place named in a text, and the order of the levels of places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.vocabulary import levels


@dataclass(slots=True)
class Unit:
    """One name in the text; `parent` is the unit directly before it (杭州市 of 杭州市上城区)."""

    start: int
    end: int
    level: str
    order: int
    name: str
    parent: Unit | None = None
    chain: tuple[str, ...] = ()
    acts: bool = False  # spoken of as a body that does something, not as a place

    @property
    def first(self) -> int:
        """Where the whole chain as written begins."""
        return self.start if self.parent is None else self.parent.first


@cache
def orders() -> dict[str, int]:
    """Each level with its number, from the province down."""
    return {level.id: level.order for level in levels()}
