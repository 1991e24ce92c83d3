"""The bodies of an inspection: what `POST /v1/inspect` answers and `jindianzi inspect --json` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from search_api.export import compact
from search_api.inspect_files import Entry
from search_api.inspecting import Inspection, Spot, StepCount, reason
from search_api.sidebyside import Change

Row = dict[str, Any]


def inspection_body(found: Inspection) -> Row:
    """One report in full. Positions `start`, `end` are those of the cleaned text, `source_start`, `source_end` those of the source."""
    reading = found.reading
    return {
        "source": found.source,
        "media": found.media,
        "title": found.title,
        "metadata": compact(asdict(reading.metadata)),
        "characters": {"source": len(reading.source), "text": len(reading.text)},
        "text": reading.text,
        "steps": [_step(step) for step in found.steps],
        "changes": [_change(change) for change in found.changes],
        "sections": [
            compact(
                {
                    "role": line.section.role,
                    "heading": line.section.heading or None,
                    "start": line.section.start,
                    "end": line.section.end,
                    "confidence": line.section.confidence,
                    "where": line.place or None,
                }
            )
            for line in found.sections
        ],
        "cases": [
            compact(
                {
                    "number": line.number,
                    "title": line.title,
                    "place": line.case.place,
                    "kind": line.case.kind,
                    "spans": [{"start": start, "end": end} for start, end in line.case.spans],
                    "where": line.pages or None,
                    "characters": line.characters,
                    "first": line.first,
                }
            )
            for line in found.cases
        ],
        "personal": [{"kind": kind, "count": count} for kind, count in found.personal],
        "damaged": [_spot(spot) for spot in found.damaged],
        "unsure": [_spot(spot) for spot in found.unsure],
        "facts": dict(found.facts),
    }


def listing_body(entries: Iterable[Entry]) -> Row:
    """Several reports, a row each: those with `code` and `message` cannot be read."""
    return {"items": [_entry(entry) for entry in entries]}


def _entry(entry: Entry) -> Row:
    if entry.code:
        return {"source": entry.source, "code": entry.code, "message": entry.message}
    return {
        "source": entry.source,
        "media": entry.media,
        "kind": entry.kind,
        "title": entry.title,
        "characters": entry.characters,
        "cases": entry.cases,
    }


def _step(step: StepCount) -> Row:
    row = {"step": step.step, "label": step.label, "why": step.why or None, "count": step.count}
    return compact(row) | {"removed": step.removed, "added": step.added}


def _change(change: Change) -> Row:
    return {
        "steps": list(change.steps),
        "reason": reason(change),
        "before": change.before,
        "after": change.after,
        "start": change.start,
        "end": change.end,
        "source_start": change.source_start,
        "source_end": change.source_end,
    }


def _spot(spot: Spot) -> Row:
    return compact({"where": spot.place or None, "before": spot.before, "text": spot.text, "after": spot.after}) | {
        "confidence": spot.confidence
    }
