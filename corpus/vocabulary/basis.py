"""Laws and documents that cases rest on, with the dates between which they hold, and bodies that were renamed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.vocabulary.cues import distinct
from corpus.vocabulary.entry import load

POLICY_KINDS = ("law", "regulation", "rule", "interpretation", "party_rule", "party_document", "document", "plan", "standard")


@dataclass(frozen=True, slots=True)
class Policy:
    """`issuer` made it; in force from `in_force` (ISO date, as precise as known), revised on `revised`, no longer from `replaced` on, when
    `replaced_by` took its place. None where it still holds or the date is not known for certain."""

    id: str
    title: str
    aliases: tuple[str, ...]
    kind: str
    issuer: str
    in_force: str | None
    revised: tuple[str, ...]
    replaced: str | None
    replaced_by: str | None
    note: str

    def replaced_before(self, date: str) -> bool:
        """Whether it no longer held on `date` (ISO, may be a year or month: then on its first day)."""
        return self.replaced is not None and self.replaced <= f"{date}-01-01"[:10]


@dataclass(frozen=True, slots=True)
class Renaming:
    """Bodies of the kind `old` (name endings) became or passed their work to `new` as of `date`; `level` says where it holds."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    date: str
    level: str
    note: str


@cache
def policies() -> tuple[Policy, ...]:
    """Policies in the order of the file."""
    file = load("policies.yaml")
    file.only("policies")
    found = []
    for entry in file.entries("policies"):
        entry.only("id", "title", "aliases", "kind", "issuer", "in_force", "revised", "replaced", "replaced_by", "note")
        policy = Policy(
            entry.text("id"),
            entry.text("title"),
            entry.texts("aliases"),
            entry.text("kind"),
            entry.text("issuer"),
            entry.date("in_force"),
            entry.dates("revised"),
            entry.date("replaced"),
            entry.text("replaced_by") if "replaced_by" in entry else None,
            entry.text("note", ""),
        )
        if policy.kind not in POLICY_KINDS:
            entry.fail(f"没有“{policy.kind}”这种依据")
        if (policy.replaced is None) != (policy.replaced_by is None):
            entry.fail("replaced 与 replaced_by 须同时给出")
        found.append(policy)
    distinct(file, (policy.id for policy in found), "id")
    distinct(file, (name for policy in found for name in (policy.title, *policy.aliases)), "title")
    return tuple(found)


@cache
def bodies() -> tuple[Renaming, ...]:
    """Renamed bodies in the order of the file."""
    file = load("bodies.yaml")
    file.only("bodies")
    found = []
    for entry in file.entries("bodies"):
        entry.only("old", "new", "date", "level", "note")
        date = entry.date("date")
        if date is None:
            entry.fail("缺少字段“date”")
        found.append(Renaming(entry.texts("old"), entry.texts("new"), date, entry.text("level"), entry.text("note", "")))
    return tuple(found)
