"""From ranked groups to hits that can be shown: texts, marks and reasons."""

from __future__ import annotations

from collections.abc import Sequence

from search_api.answers import AspectMatch, Explanation, FoundPassage, SearchHit
from search_api.index.base import Document, Index
from search_api.ranking.explain import explanation
from search_api.ranking.highlight import Marker
from search_api.ranking.hits import Group
from search_api.ranking.ranker import Ranked
from search_api.ranking.reasons import Reasoner

SHOWN = 3  # passages of a hit


def hits(index: Index, text: str, ranked: Ranked, groups: Sequence[Group], *, explain: bool) -> tuple[SearchHit, ...]:
    """The groups as hits. One whose passages have gone meanwhile is left out."""
    pool = ranked.pool
    shown = [[pool.passages[at] for at in group.members[:SHOWN]] for group in groups]
    documents = {item.passage: item for item in index.documents([passage for several in shown for passage in several])}
    marker, reasoner = Marker(text, ranked.recognised), Reasoner(ranked.recognised, ranked.related, pool, ranked.weights)
    made = []
    for group, passages in zip(groups, shown, strict=True):
        found = [documents[passage] for passage in passages if passage in documents]
        if found:
            first = group.members[0]
            reasons = reasoner.reasons(group, marker.words(found[0].text))
            arithmetic = explanation(pool, first, ranked.weights) if explain else None
            made.append(hit(group.case, found, float(ranked.scores[first]), marker, reasons, arithmetic))
    return tuple(made)


def hit(
    case: str | None,
    found: Sequence[Document],
    score: float,
    marker: Marker,
    reasons: Sequence[str],
    arithmetic: Explanation | None = None,
    aspects: Sequence[AspectMatch] = (),
) -> SearchHit:
    """`found`: the passages to show, best first, at least one."""
    best = found[0]
    of_case = next((item for item in found if item.case == case), best)
    return SearchHit(
        report=best.report,
        reading=best.reading,
        source=best.source,
        collection=best.collection,
        case=case,
        title=best.title,
        case_title=of_case.case_title,
        score=score,
        place=of_case.place,
        year=of_case.year,
        sample=best.sample,
        passages=tuple(FoundPassage(item.passage, item.start, item.end, item.text, marker.spans(item.text), item.path) for item in found),
        reasons=tuple(reasons),
        aspects=tuple(aspects),
        explanation=arithmetic,
    )
