"""Bring what can be rebuilt up to the catalogue: entities, graph, index, duplicates, vectors.

Each consumer follows the change feed from its own mark, which it keeps in its own store together with what it wrote; so any number of
processes may do this at once, and one that is killed is taken up where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from corpus.catalogue import DUPLICATES, Catalogue
from corpus.embed import Embedder
from corpus.model import Mention
from graph.duplicates import rebuild_duplicates, update_duplicates
from graph.plan import judged_readings
from graph.project import rebuild_graph, retry_refused, update_entities, update_graph
from search_api.documents import document
from search_api.index import Index, Remove, Replace, Update
from search_api.stores import Stores

Progress = Callable[[str, int, int | None], None]
"""Called with what is being done, how much of it is done, and of how much (None: not known)."""
Stop = Callable[[], bool]
_CHANGES = 200
_TEXTS = 256


def _silent(what: str, done: int, total: int | None) -> None:
    pass


def _never() -> bool:
    return False


def catch_up(stores: Stores, progress: Progress = _silent, stop: Stop = _never) -> None:
    """Follow the feed until nothing is left to do or `stop` says so. Vectors come last: words can be searched before they are there."""
    follow(stores, progress, stop)
    embed(stores.catalogue, stores.index, stores.embedder, progress, stop)
    stores.index.settle()
    stores.graph.checkpoint()
    catalogue = stores.catalogue
    catalogue.checkpoint(min(catalogue.mark(), catalogue.mark(DUPLICATES), stores.graph.mark(), stores.index.mark()))


def follow(stores: Stores, progress: Progress = _silent, stop: Stop = _never) -> None:
    """Bring entities, graph, index and duplicates up to the feed's end, vectors left out."""
    _entities_and_graph(stores, progress, stop)
    _follow(stores.catalogue, stores.index, progress, stop)
    while not stop() and update_duplicates(stores.catalogue):
        progress("比对文字", stores.catalogue.mark(DUPLICATES), stores.catalogue.head())


def rebuild(stores: Stores, progress: Progress = _silent) -> None:
    """Fill a new graph and a new index beside the live ones, swap them in, and follow from there."""
    stores.catalogue.reset_entities()
    while update_entities(stores.catalogue):
        pass
    rebuild_graph(stores.catalogue, stores.graph)
    _rebuild_index(stores.catalogue, stores.index, progress)
    rebuild_duplicates(stores.catalogue)
    catch_up(stores, progress)


def behind(stores: Stores) -> dict[str, int]:
    """How many feed rows each projection has not taken yet."""
    head = stores.catalogue.head()
    return {
        "entities": head - stores.catalogue.mark(),
        "graph": head - stores.graph.mark(),
        "index": head - stores.index.mark(),
        "duplicates": head - stores.catalogue.mark(DUPLICATES),
    }


def retry(stores: Stores, progress: Progress = _silent) -> None:
    """Try again what graph or index refused, and follow the feed."""
    retry_refused(stores.catalogue, stores.graph)
    refused = sorted({item.report for item in stores.index.refused()})
    if refused:
        stores.index.apply(_updates(stores.catalogue, refused), stores.index.mark())
    catch_up(stores, progress)


def _entities_and_graph(stores: Stores, progress: Progress, stop: Stop) -> None:
    """Resolving appends to the feed what the graph has to follow, so the graph goes second."""
    while not stop() and update_entities(stores.catalogue):
        progress("归并条目", stores.catalogue.mark(), stores.catalogue.head())
    while not stop() and update_graph(stores.catalogue, stores.graph):
        progress("更新图谱", stores.graph.mark(), stores.catalogue.head())


def _follow(catalogue: Catalogue, index: Index, progress: Progress, stop: Stop) -> None:
    total = catalogue.head()
    while not stop() and (changes := catalogue.feed(index.mark(), _CHANGES)):
        ids = sorted({change.id for change in changes if change.kind == "report"})
        index.apply(_updates(catalogue, ids), changes[-1].number)
        progress("建立索引", changes[-1].number, max(total, changes[-1].number))


def _updates(catalogue: Catalogue, ids: Sequence[str]) -> Iterator[Update]:
    """The present state of these reports: those that are there, and the removal of those that are not."""
    judged = judged_readings(catalogue, ids)
    mentions: dict[str, list[Mention]] = {}
    for mention in catalogue.mentions(reports=sorted(judged)):
        mentions.setdefault(mention.report, []).append(mention)
    yield from (Replace(document(report, reading, mentions.get(report.id, ()))) for report, reading in judged.values())
    yield from (Remove(identifier) for identifier in ids if identifier not in judged)


def _rebuild_index(catalogue: Catalogue, index: Index, progress: Progress) -> None:
    staged = index.stage()
    head = catalogue.head()
    after: tuple[str, str] | None = None
    done, total = 0, catalogue.counts()["reports"]
    while reports := catalogue.reports(after=after, limit=_CHANGES):
        staged.apply(_updates(catalogue, [report.id for report in reports]), 0)
        after = (reports[-1].collection, reports[-1].source)
        done += len(reports)
        progress("重建索引", done, total)
    staged.apply((), head)
    staged.promote()


def embed(catalogue: Catalogue, index: Index, embedder: Embedder, progress: Progress = _silent, stop: Stop = _never) -> None:
    """Make the vectors that are missing for `embedder`, hand them to the index, and let the model go live when none is missing."""
    model = embedder.fingerprint
    while not stop() and (work := catalogue.passages_without_vector(model, _TEXTS)):
        vectors = embedder.passages([text for _, text in work])
        catalogue.put_vectors(model, {key: vector for (key, _), vector in zip(work, vectors, strict=True)})
        progress("计算向量", *catalogue.vector_counts(model))
    while not stop() and (missing := index.without_vector(model, _TEXTS * 4)):
        found = catalogue.vectors(model, missing)
        if not found:
            break  # passages that another process has just replaced
        index.put_vectors(model, found)
    coverage = index.coverage(model)
    if coverage.present == coverage.wanted and index.live_model() != model:
        index.set_live_model(model)
        for other in catalogue.vector_models():
            if other != model:
                catalogue.drop_vectors(other)
