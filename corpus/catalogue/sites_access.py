"""The catalogue's methods about lines that recur on sites."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.catalogue import sites
from corpus.catalogue.access import Access
from corpus.model import PageLines


class SitesAccess(Access):
    def site_pages(self, collection: str) -> list[tuple[str, str, PageLines]]:
        """(report, version that read it, its page lines) of every report that belongs to a site; by site and report."""
        with self._store.reading() as connection:
            return list(sites.pages(connection, collection))

    def site_lines(self, collection: str) -> dict[str, frozenset[str]]:
        """The lines known to recur on the pages of each site."""
        with self._store.reading() as connection:
            return sites.known(connection, collection)

    def put_site_lines(self, collection: str, lines: Mapping[str, frozenset[str]]) -> None:
        """Keep these as all that is known of the sites of a collection."""
        with self._store.writing() as connection:
            sites.replace_known(connection, collection, lines)
