"""Everything that is opened once and passed down: the catalogue, the graph, the index and the embedding model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.embed import Embedder, load
from corpus.errors import ModelError
from graph.store import open_graph
from graph.store.base import GraphStore
from ingest.readers.mapping import Mapping
from ingest.workers import Workers
from search_api.index import Index, open_index
from search_api.search import SearchService
from search_api.settings import Settings, sqlite_path

CHOSEN_MODEL = "chosen_model"
"""Key of the catalogue's meta under which `model use` keeps the name of the model."""


@dataclass
class Stores:
    """The model is loaded when it is first asked for: what only reads the catalogue never waits for it."""

    settings: Settings
    catalogue: Catalogue
    graph: GraphStore
    index: Index

    @cached_property
    def embedder(self) -> Embedder:
        """The model that the settings name, else the one chosen for this store by `model use`, else the best there is.

        Raises ModelError.
        """
        name = self.settings.model
        if name == "auto":
            name = self.catalogue.meta(CHOSEN_MODEL) or name
        return load(name, cache=self.settings.cache)

    @cached_property
    def search(self) -> SearchService:
        """Answers by words and graph alone where the model cannot be loaded; `degraded` says so."""
        try:
            embedder = self.embedder
        except ModelError:
            return SearchService(self.catalogue, self.index, self.graph, None)
        return SearchService(self.catalogue, self.index, self.graph, embedder)

    @cached_property
    def workers(self) -> Workers:
        """The processes that read; they start with the first file."""
        return self.reading()

    def reading(self, mapping: Mapping | None = None) -> Workers:
        """Processes of one's own, to be closed; `mapping` tells them the columns of odd tables."""
        return Workers(self.settings.limits, self.settings.workers, mapping=mapping)

    def close(self) -> None:
        if "workers" in self.__dict__:
            self.workers.close()
        self.index.close()
        self.graph.close()
        self.catalogue.close()


@contextmanager
def opened(settings: Settings) -> Iterator[Stores]:
    """Open the stores that the settings name, making those that are not there. Raises StoreError and SettingError."""
    for url in (settings.store, settings.graph, settings.index):
        if url.startswith("sqlite:///"):
            _make_folder(sqlite_path(url).parent)
    catalogue = Catalogue.open(settings.store)
    graph = open_graph(settings.graph)
    index = open_index(settings.index)
    stores = Stores(settings, catalogue, graph, index)
    try:
        yield stores
    finally:
        stores.close()


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
