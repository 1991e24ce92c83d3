"""What the places a model can come from have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.embed.files import ModelFile
from corpus.embed.registry import Model


@dataclass(frozen=True, slots=True)
class Step:
    """Progress: which source is at it, what it does (Chinese), bytes done and in all (0 where not known)."""

    source: str
    what: str
    done: int = 0
    total: int = 0


Report = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds: for a connection, for the next sign of life, and for the next from a Maven client.

    Maven starts a Java machine and waits 10 s for a connection itself, so it may be silent for longer.
    """

    connect: float = 5.0
    silence: float = 15.0
    maven_silence: float = 40.0


class Source(Protocol):
    """A place a model can come from."""

    @property
    def name(self) -> str:
        """What people call it, in Chinese."""

    def obtain(self, model: Model, wanted: Sequence[ModelFile], folder: Path, report: Report, limits: Limits) -> None:
        """Put the wanted files into `folder`, verified. Raises ModelMissing or ModelCorrupt with the reason why it did not.

        Files already in place stay. Any other ModelError (a full disk) would stop every source alike, and stops the fetch.
        """
