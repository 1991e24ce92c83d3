"""What all shapes have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Sampled(Shape):
    """What everything of an invented report carries; `notice` says so in words."""

    sample: bool | None = None
    notice: str | None = None


class Span(Shape):
    start: int
    end: int
