"""The methods of `Catalogue` about duplicates, for the consumer of the feed that computes them and for those who show them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete

from corpus.catalogue import duplicates as rows
from corpus.catalogue import entities, schema
from corpus.catalogue.access import Access
from corpus.catalogue.duplicates import Bucket, Found, Pair, Signature, Sketch
from corpus.catalogue.feed import FEED_LOCK, lock

DUPLICATES = "duplicates"


class DuplicatesAccess(Access):
    def texts(self, reports: Sequence[str]) -> dict[str, str]:
        """The cleaned text of each of these reports; one that is not there is left out."""
        with self._store.reading() as connection:
            return rows.texts(connection, reports)

    def signatures(
        self,
        *,
        reports: Sequence[str] | None = None,
        texts: Sequence[str] | None = None,
        numbers: Sequence[int] | None = None,
        joined: Sequence[str] | None = None,
    ) -> list[Signature]:
        """Signatures by report: of these reports, of all that have one of these texts or numbers, or are in one of these groups."""
        with self._store.reading() as connection:
            return rows.signatures(connection, reports=reports, texts=texts, numbers=numbers, joined=joined)

    def duplicate_holders(self, keys: Sequence[int], first: int | None = None) -> dict[int, list[int]]:
        """Numbers of the leading texts that have each key, rising; at most the `first` of them (a query a key)."""
        with self._store.reading() as connection:
            return rows.holders(connection, keys, first)

    def duplicate_sketches(self, numbers: Sequence[int]) -> dict[int, Sketch]:
        """The minima of the texts with these numbers."""
        with self._store.reading() as connection:
            return rows.sketches(connection, numbers)

    def duplicate_buckets(self, keys: Sequence[int]) -> dict[int, Bucket]:
        with self._store.reading() as connection:
            return rows.buckets(connection, keys)

    def duplicate_pairs(self, reports: Sequence[str], *, among: bool = False) -> list[Pair]:
        """Pairs with one of these reports, or, with `among`, with two of them; only leaders of a text are in pairs."""
        with self._store.reading() as connection:
            return rows.pairs(connection, reports, among=among)

    def duplicate_pair_page(self, kinds: Sequence[str], after: Pair | None = None, limit: int = 100) -> list[Pair]:
        """Pairs of these kinds, those with most own letters in common first, from behind `after`."""
        with self._store.reading() as connection:
            return rows.pair_page(connection, kinds, after, limit)

    def duplicate_groups(self, reports: Sequence[str]) -> dict[str, str]:
        """The group of each of these reports that is in one: the smallest id in it. For one hit a group in search."""
        with self._store.reading() as connection:
            return {item.report: item.joined for item in rows.signatures(connection, reports=reports) if item.joined}

    def duplicate_group_page(self, collection: str | None = None, after: str = "", limit: int = 100) -> list[str]:
        """Ids of groups from behind `after`, by id; with a collection, of those that have a report of it."""
        with self._store.reading() as connection:
            return rows.group_page(connection, collection, after, limit)

    def duplicate_counts(self) -> dict[str, int]:
        """`groups`, `reports` that are in one, and how many pairs of each kind."""
        with self._store.reading() as connection:
            return rows.counts(connection)

    def put_duplicates(self, found: Found, *, after: int, mark: int) -> bool:
        """Write what changed between `after` and `mark` of the feed, with the mark. False, and nothing written, where the mark is no longer
        at `after`: another process was quicker, so load the state again."""
        with self._store.writing() as connection:
            lock(connection, FEED_LOCK)
            if entities.mark(connection, DUPLICATES) != after:
                return False
            rows.put(connection, found)
            entities.set_mark(connection, DUPLICATES, mark)
            return True

    def reset_duplicates(self) -> None:
        """Forget all that was computed, and the mark, to compute from the feed's start."""
        with self._store.writing() as connection:
            rows.reset(connection)
            connection.execute(delete(schema.mark).where(schema.mark.c.consumer == DUPLICATES))
