"""The bodies of the API about what mentions are taken to be, which the command line prints with `--json`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.model import Entity
from graph.reasons import Reason
from search_api.bodies import Row, entity_body
from search_api.duplicates_bodies import judgement_body
from search_api.export import compact, sample_fields
from search_api.likeness import LABELS, Candidate
from search_api.members import Member, Membership
from search_api.resolution import Judged


def entity_detail_body(entity: Entity, held: Membership, alike: Iterable[Candidate], sample: bool = False) -> Row:
    """The entity as exported, with its first mentions, what looks like it, and what people said."""
    return entity_body(entity, sample) | {
        "members": [member_body(member) for member in held.members],
        "candidates": [candidate_body(one, sample) for one in alike],
        "judgements": [judgement_body(one) for one in held.said],
    }


def member_body(member: Member) -> Row:
    """`start` and `end` of the words, in the report's cleaned text."""
    mention, report, stored = member.mention, member.report, member.cited
    row = {
        "key": mention.key,
        "report": report.id,
        "title": report.metadata.title,
        "source": report.source,
        "name": mention.name,
        "names": list(mention.names),
        "scope": mention.scope,
        "kind": mention.kind,
        "place": mention.place,
        "facts": len(mention.facts),
        "reasons": [reason_body(reason) for reason in member.reasons],
    }
    if stored is not None:
        fact = stored.fact
        row |= {"fact": fact.id, "start": fact.start, "end": fact.end, "sentence": fact.sentence, "sentence_start": fact.sentence_start}
    return compact(row) | sample_fields(report.sample)


def reason_body(reason: Reason) -> Row:
    names = ("id", "label", "confidence", "judgement")
    lists = ("forms", "facts", "mentions")
    return compact({name: getattr(reason, name) for name in names} | {name: list(getattr(reason, name)) for name in lists})


def candidate_body(one: Candidate, sample: bool = False) -> Row:
    return {"entity": _brief(one.entity, sample), "likeness": one.likeness, "label": LABELS[one.likeness]}


def pairs_body(found: Sequence[tuple[Entity, Candidate]], next_cursor: str | None, sample: bool = False) -> Row:
    """Pairs of entities that look alike and are two; `likeness` says by what the second looks like the first."""
    return {"pairs": [{"one": _brief(one, sample), **candidate_body(other, sample)} for one, other in found], "next": next_cursor}


def judged_body(judged: Judged, sample: bool = False) -> Row:
    """The first judgement that was kept; `also`: further ones that the same word needed; `overruled`: earlier ones without effect now."""
    first, *more = judged.said
    return judgement_body(first) | {
        "also": [judgement_body(one) for one in more],
        "overruled": [judgement_body(one) for one in judged.overruled],
        "entities": [_brief(entity, sample) for entity in judged.entities],
    }


def _brief(entity: Entity, sample: bool) -> Row:
    """An entity without the lists of what it is made of, which may be long."""
    row = entity_body(entity, sample)
    row.pop("forwards", None)
    return row | {"reports": len(entity.reports)}
