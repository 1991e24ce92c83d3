"""A mention of an organisation or a group."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.vocabulary import ActorKind
from ingest.extract.units import Unit


@dataclass(slots=True)
class Actor:
    """A mention of an organisation or group; `named` is False for generic words. `unit` is the place that its name begins with."""

    start: int
    end: int
    kind: ActorKind
    named: bool
    unit: Unit | None = None
    level: str | None = None  # the level of administration it was said to be set up at
    acts: bool = False  # found as the subject of what is told
