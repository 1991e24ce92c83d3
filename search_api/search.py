"""The search service: one object that the pages, the API and the command line ask."""

from __future__ import annotations

from collections.abc import Collection

from corpus.catalogue import Catalogue
from corpus.embed import Embedder
from corpus.errors import UsageError
from corpus.regional import as_on_the_mainland
from graph.store.base import GraphStore
from search_api import cursor as cursors
from search_api.answers import Answer, Verdict
from search_api.index.base import Filters, Index
from search_api.precedents import precedents
from search_api.presenting import hits
from search_api.ranking import facets
from search_api.ranking.hits import by_case, by_report
from search_api.ranking.ranker import CHANNELS, LONGEST, Channel, Ranker, channel_named
from search_api.ranking.verdict import verdict

__all__ = ["CHANNELS", "LONGEST", "MOST_HITS", "Channel", "SearchService"]

MOST_HITS = 200  # a page


class SearchService:
    """Every method may raise UsageError for a request that makes no sense, and the StoreError of the store that failed. Threads may
    share it."""

    def __init__(self, catalogue: Catalogue, index: Index, graph: GraphStore, embedder: Embedder | None) -> None:
        """Without an embedder, or while the index has no vectors of it, words and graph answer alone and `degraded` says so."""
        self._index = index
        self._ranker = Ranker(catalogue, index, graph, embedder)

    def search(
        self,
        text: str,
        k: int = 10,
        channel: str = "hybrid",
        collection: str | None = None,
        filters: Filters | None = None,
        cursor: str | None = None,
        explain: bool = False,
    ) -> Answer:
        """The best cases for a query, `k` a page (1 to 200). `k` never changes the order.

        Raises UsageError for an unknown channel or filter, a `k` out of range and a query over 20,000 characters, and CursorExpired for a
        cursor of an earlier state of the index.
        """
        chosen = channel_named(channel)
        _check_page(k)
        text = as_on_the_mainland(text)
        narrowed = facets.checked(filters, collection)
        with self._index.view():
            here = cursors.position(self._index.state(), text, chosen, repr(sorted(narrowed.items())))
            offset = cursors.read(cursor, here) if cursor else 0
            ranked = self._ranker.rank(text, chosen, narrowed)
            if ranked is None:
                return Answer(filters=narrowed)
            groups = by_case(ranked.pool, ranked.order)
            following = cursors.Position(here.state, here.query, offset + k) if offset + k < len(groups) else None
            return Answer(
                hits=hits(self._index, text, ranked, groups[offset : offset + k], explain=explain),
                facets=facets.counted(ranked.pool, ranked.order),
                filters=narrowed,
                next=cursors.written(following) if following else None,
                degraded=ranked.degraded,
                verdict=verdict(ranked.pool, ranked.order, ranked.recognised, ranked.scale),
                recognised=ranked.recognised,
                total=len(groups),
            )

    def precedents(self, text: str, k: int = 10, collection: str | None = None, filters: Filters | None = None) -> Answer:
        """The best `k` cases for a whole situation, compared aspect by aspect.

        Raises UsageError as `search` does.
        """
        _check_page(k)
        with self._index.view():
            return precedents(self._ranker, as_on_the_mainland(text), k, facets.checked(filters, collection))

    def ranked_reports(self, text: str, k: int, channel: str = "hybrid", collection: str | None = None) -> list[tuple[str, str, float]]:
        """(source, report, score) of the best `k` reports, best first: the best passage of a report counts, nothing is collapsed."""
        with self._index.view():
            ranked = self._ranker.rank(as_on_the_mainland(text), channel_named(channel), facets.checked(None, collection))
            if ranked is None:
                return []
            best = [group.members[0] for group in by_report(ranked.pool, ranked.order)[:k]]
            documents = {item.passage: item for item in self._index.documents([ranked.pool.passages[at] for at in best])}
            found = [(documents.get(ranked.pool.passages[at]), float(ranked.scores[at])) for at in best]
            return [(item.source, item.report, score) for item, score in found if item is not None]

    def verdicts(self, text: str, without: Collection[str]) -> tuple[Verdict, Verdict]:
        """The verdict, and what it would be if the reports of the sources `without` were not there: for measuring it."""
        with self._index.view():
            ranked = self._ranker.rank(text, "hybrid", {})
            if ranked is None:
                return "none", "none"
            pool = ranked.pool
            left_out = {item.report for item in self._index.documents(pool.passages) if item.source in without}
            rest = [at for at in ranked.order if (unit := pool.units[at]) is not None and unit.report not in left_out]
            as_is, as_if = (verdict(pool, order, ranked.recognised, ranked.scale) for order in (ranked.order, rest))
            return as_is, as_if


def _check_page(k: int) -> None:
    if not 1 <= k <= MOST_HITS:
        raise UsageError(f"每页条数应为 1 到 {MOST_HITS}，现为 {k}", where="k", remedy="请改小")
