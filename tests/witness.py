"""A text as the rules for single kinds of facts see it, for tests of those rules: nothing is mocked, the parts they rest on run."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Case, Metadata, Role, Section
from ingest.extract import (
    actors,
    awards,
    chains,
    contexts,
    cues,
    dates,
    initiatives,
    issues,
    measures,
    outcomes,
    persons,
    places,
    policies,
    positions,
    quotes,
    steps,
)
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene


class Witness:
    """`role` is that of the whole text; `case` makes the whole text one case."""

    def __init__(self, text: str, *, role: Role = "approach", case: bool = True, metadata: Metadata | None = None) -> None:
        self.text = text
        sections = [Section(role, "", 0, len(text))]
        told = [Case("c1", "", ((0, len(text)),))] if case else []
        self.scene = Scene(text, sections, told, metadata or Metadata(kind="case"))
        self._places = chains.Places(self.scene, places.find_units(self.scene))
        self._bodies = actors.find_actors(self.scene, self._places)
        self._people = persons.find_people(self.scene, self._places, self._bodies)
        self._speech = quotes.listen(self.scene, self._people)
        self._seen = cues.sightings(self.scene)

    def issues(self) -> list[Finding]:
        return issues.find(self.scene, self._seen.get(cues.ISSUE, []), self._bodies)

    def contexts(self) -> list[Finding]:
        days = dates.find(self.scene)
        figures = sorted([*measures.find(self.scene, days), *days], key=lambda finding: finding.end)
        return contexts.find(self.scene, self._seen, self._bodies, figures)

    def policies(self) -> list[Finding]:
        return policies.find(self.scene, self._bodies)

    def awards(self) -> list[Finding]:
        return awards.find(self.scene)

    def outcomes(self) -> list[Finding]:
        return outcomes.find(self.scene, self._seen.get(cues.STATE, []), self._seen.get(cues.TOLD_BY, []), self._speech, self._people)

    def steps(self) -> list[Finding]:
        names = initiatives.find_names(self.scene, self._speech, self._bodies, self._seen.get(cues.METHOD, []))
        return steps.find(self.scene, self._seen.get(cues.STEP, []), self._speech, names)

    def positions(self) -> list[Finding]:
        return positions.find(self.scene, self._seen.get(cues.STANCE, []), self._seen.get(cues.HOLDER, []), self._bodies, self._people)

    def words(self, findings: Sequence[Finding]) -> list[str]:
        return [self.text[finding.start : finding.end] for finding in findings]
