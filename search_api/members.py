"""The mentions of an entity as people judge them: in which report, under what names, in which sentence, and why they are one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.catalogue import Catalogue, StoredFact
from corpus.model import Entity, Judgement, Mention, Report
from graph.reasons import Reason, reasons
from search_api.resolution import about_mentions

MOST = 50  # mentions shown of an entity
_FACTS = 20  # of a mention, among which the first in the text is looked for


@dataclass(frozen=True, slots=True)
class Member:
    """A mention with its report, the place in the text that it was read from first (None where that is not known), and why it is here."""

    mention: Mention
    report: Report
    cited: StoredFact | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """The first mentions of an entity by key, how many there are, and what people said about any of them."""

    members: tuple[Member, ...]
    count: int
    said: tuple[Judgement, ...]


def membership(catalogue: Catalogue, entity: Entity, limit: int = MOST) -> Membership:
    mentions = catalogue.mentions(keys=entity.mentions[:limit])
    reports = {report.id: report for report in catalogue.reports(ids=sorted({mention.report for mention in mentions}))}
    facts = {stored.fact.id: stored for stored in catalogue.facts(ids=sorted({id for one in mentions for id in one.facts[:_FACTS]}))}
    said = about_mentions(catalogue, entity.mentions)
    why = reasons(mentions, said, {id: stored.fact for id, stored in facts.items()})
    members = (
        Member(mention, reports[mention.report], _cited(mention, facts), why.get(mention.key, ()))
        for mention in mentions
        if mention.report in reports
    )
    return Membership(tuple(members), len(entity.mentions), tuple(said))


def _cited(mention: Mention, facts: Mapping[str, StoredFact]) -> StoredFact | None:
    """Of a mention the fact that stands first in its report, where its own words are before a relation that it is an end of."""
    own = [facts[id] for id in mention.facts[:_FACTS] if id in facts]
    return min(own, key=lambda stored: (stored.fact.type != mention.type, stored.fact.start, stored.fact.id), default=None)
