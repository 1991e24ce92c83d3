"""Whether a basis that a case names may be out of date: it was replaced, or revised after the case was told.

Nothing here says that a basis still holds: what the dated list in the vocabulary does not know is not said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.model import Case, Fact, Reading, Report
from corpus.vocabulary import Policy, policies


@dataclass(frozen=True, slots=True)
class Outdated:
    """`replaced_by` took the place of the fact's policy on `date`; where that is None, its text was revised on `date`, the last time."""

    fact: Fact
    policy: Policy
    date: str
    replaced_by: str | None = None


def outdated(facts: Iterable[Fact], told_on: str | None, today: str) -> tuple[Outdated, ...]:
    """Policies named in the facts that no longer hold, or that were revised since the case was told, each once, in the order of the text.

    `told_on` (ISO, as precise as known): when the case was carried out or published; where it is not known, every revision counts. `today`:
    ISO date; what comes into force later has not happened.
    """
    known = {policy.title: policy for policy in policies()}
    found: dict[str, Outdated] = {}
    for fact in facts:
        policy = known.get(fact.canonical or fact.name) if fact.type == "policy" else None
        if policy is None or policy.id in found:
            continue
        if policy.replaced is not None and policy.replaced <= today:
            found[policy.id] = Outdated(fact, policy, policy.replaced, policy.replaced_by)
        else:
            since = [date for date in policy.revised if date <= today and (told_on is None or date[: len(told_on)] > told_on)]
            if since:
                found[policy.id] = Outdated(fact, policy, max(since))
    return tuple(found.values())


def outdated_basis(report: Report, reading: Reading, case: Case) -> tuple[Outdated, ...]:
    """As `outdated`, of the policies that the case or the text around it names, as of today."""
    facts = [fact for fact in reading.facts if fact.case in (case.id, None)]
    return outdated(facts, case.implemented or report.metadata.published, date.today().isoformat())
