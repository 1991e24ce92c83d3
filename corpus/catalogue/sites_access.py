"""The catalogue's methods about lines that recur on sites."""

from __future__ import annotations

from corpus.catalogue import sites
from corpus.catalogue.access import Access
from corpus.catalogue.sites import Page


class SitesAccess(Access):
    def unsettled_sites(self) -> list[tuple[str, str, int]]:
        """(collection, site, how many changes) of the sites whose pages have changed since their lines were found."""
        with self._store.reading() as connection:
            return sites.unsettled(connection)

    def site_pages(self, collection: str, site: str) -> list[Page]:
        """(report, version that read it, its page lines) of every report of a site, by report."""
        with self._store.reading() as connection:
            return list(sites.pages(connection, collection, site))

    def site_lines(self, collection: str) -> dict[str, frozenset[str]]:
        """The lines known to recur on the pages of each site."""
        with self._store.reading() as connection:
            return sites.known(connection, collection)

    def settle_site(self, collection: str, site: str, lines: frozenset[str], changes: int) -> None:
        """Keep these as the known lines of a site that had `changes` changes when they were found."""
        with self._store.writing() as connection:
            sites.settled(connection, collection, site, lines, changes)
