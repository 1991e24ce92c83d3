"""Who takes part in governing a community: the parties of 三社 and 五社."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.vocabulary.actors import actor_kinds
from corpus.vocabulary.cues import distinct
from corpus.vocabulary.entry import load


@dataclass(frozen=True, slots=True)
class Participant:
    """`schemes`: 三社, 五社 or both; `kinds`: labels of actor kinds that count as it; `words`: parts of names that do, too;
    `excludes`: parts of names that never do; `order`: where it stands when shown, from 1."""

    id: str
    label: str
    schemes: tuple[str, ...]
    kinds: tuple[str, ...]
    words: tuple[str, ...]
    excludes: tuple[str, ...]
    order: int

    def fits(self, name: str, kind: str | None) -> bool:
        if any(word in name for word in self.excludes):
            return False
        return kind in self.kinds or any(word in name for word in self.words)


@cache
def participants() -> tuple[Participant, ...]:
    """Participants in the order of the file, which is the order in which they are tried."""
    file = load("participants.yaml")
    file.only("participants")
    known = {kind.label for kind in actor_kinds()}
    found = []
    for entry in file.entries("participants"):
        entry.only("id", "label", "schemes", "kinds", "words", "excludes", "order")
        one = Participant(
            entry.text("id"),
            entry.text("label"),
            entry.texts("schemes"),
            entry.texts("kinds"),
            entry.texts("words"),
            entry.texts("excludes"),
            int(entry.number("order")),
        )
        for kind in one.kinds:
            if kind not in known:
                entry.fail(f"没有“{kind}”这种主体")
        found.append(one)
    distinct(file, (one.id for one in found), "id")
    return tuple(found)
