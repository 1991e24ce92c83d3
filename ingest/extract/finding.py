"""What a rule hands over before it is known which sentence, case, speaker and time it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Comparison, EntityType, FactType, Modality


@dataclass(slots=True)
class Finding:
    """A fact in the making; fields as in `corpus.model.Fact`. `name` None means the words at [start, end)."""

    type: FactType
    start: int
    end: int
    rule: str
    confidence: float = 0.9
    name: str | None = None
    canonical: str | None = None
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    post: str | None = None
    organisation: str | None = None
    concept: str | None = None
    evidence: tuple[tuple[int, int], ...] = ()
    modality: Modality | None = None
    speaker: str | None = None
    time: str | None = None
    place: str | None = None
    aspect: str | None = None
    holder: str | None = None
    stance: str | None = None
    step: str | None = None
    state: str | None = None
    told_by: str | None = None
    value: float | str | None = None
    value_max: float | str | None = None
    unit: str | None = None
    qualifier: str | None = None
    subject: str | None = None
    per: str | None = None
    comparison: Comparison | None = None
    relation: str | None = None
    head: str | None = None
    tail: str | None = None
    head_type: EntityType | None = None
    tail_type: EntityType | None = None
