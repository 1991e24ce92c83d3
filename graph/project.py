"""The two consumers of the change feed that live here: one keeps mentions and entities in the catalogue, one keeps the graph.

Both load the present state of what a feed row names, so a row that comes twice or late does no harm, and both keep their mark in the
transaction that holds the change. The graph follows what the entities' consumer emits: `links` (build this report again), `entity`
(describe this node again, or move its edges to what it became part of) and, from the catalogue itself, `report` rows of what is gone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from corpus.catalogue import Catalogue
from corpus.errors import NotFound
from corpus.identity import digest
from corpus.model import Change
from corpus.vocabulary import version
from graph.build import build, node_of
from graph.mentions import links
from graph.plan import Plan, judged_readings, parts, plan
from graph.store.base import GraphStore, Refresh, Refused, Remove, Rename, Replace, Update

RULES = "2"
"""Version of the rules by which mentions are made and joined: another one, or another vocabulary, resolves all reports again."""

_log = logging.getLogger(__name__)
_META = "entities_by"
_PAGE = 5000  # rows of the feed asked for at once


def update_entities(catalogue: Catalogue, limit: int = 500) -> int:
    """Follow the feed until `limit` reports changed; before that, after a change of rules or vocabulary, resolve everything again.

    Returns the number of rows taken; 0 when there is nothing to do.
    """
    rules = catalogue.meta(_META)
    if rules != _rules():
        if rules is not None:
            _resolve_again(catalogue, limit)
        catalogue.set_meta(_META, _rules())
    while True:
        after = catalogue.mark()
        changes = _changes(catalogue, after, limit, "report")
        if not changes:
            return 0
        found = plan(catalogue, _ids(changes, "report"))
        if _put(catalogue, found, after, changes[-1].number):
            return len(changes)


def update_graph(catalogue: Catalogue, store: GraphStore, limit: int = 500) -> int:
    """Follow the feed until `limit` reports are to be built. Returns the number of rows taken; 0 when there is nothing to do.

    A store that is ahead of the catalogue (which then was restored from a backup) is built again.
    """
    after = store.mark()
    changes = _changes(catalogue, after, limit, "links")
    if not changes:
        return rebuild_graph(catalogue, store) if after > catalogue.head() else 0
    reports = {*_ids(changes, "links"), *(one.id for one in changes if one.kind == "report" and one.gone)}
    moves, lost = _entity_updates(catalogue, store, _ids(changes, "entity"))
    updates = [*moves]
    for part in parts(sorted(reports | lost)):
        updates.extend(report_updates(catalogue, part))
    for refused in store.apply(updates, changes[-1].number):
        _log.warning("graph: %s: %s", refused.id, refused.reason)
    return len(changes)


def _changes(catalogue: Catalogue, after: int, limit: int, kind: str) -> list[Change]:
    """The feed from `after` on, until it has named `limit` things of this kind, or its end."""
    changes: list[Change] = []
    named: set[str] = set()
    while len(named) < limit:
        page = catalogue.feed(after, _PAGE)
        for change in page:
            changes.append(change)
            if change.kind == kind:
                named.add(change.id)
                if len(named) == limit:
                    break
        if len(page) < _PAGE:
            break
        after = page[-1].number
    return changes


def rebuild_graph(catalogue: Catalogue, store: GraphStore) -> int:
    """Fill a new generation from the catalogue as of its latest change, follow what happened meanwhile, and put it in the place of the
    live one. Returns the number of reports."""
    staged = store.stage()
    number = catalogue.head()
    reports = [report.id for report in catalogue.reports()]
    for part in parts(reports):
        staged.apply(report_updates(catalogue, part), 0)
    staged.apply((), number)
    while catalogue.feed(staged.mark(), 1):
        update_graph(catalogue, staged)
    staged.promote()
    return len(reports)


def retry_refused(catalogue: Catalogue, store: GraphStore) -> list[Refused]:
    """Try again what the store refused. Returns what it still refuses."""
    for part in parts([refused.id for refused in store.refused()]):
        store.apply(report_updates(catalogue, part), store.mark())
    return store.refused()


def report_updates(catalogue: Catalogue, ids: Sequence[str]) -> list[Update]:
    """What these reports contribute now: replaced where they are there, removed where they are gone."""
    readings = judged_readings(catalogue, ids)
    keys = catalogue.membership(reports=ids)
    by_id = {entity.id: entity for entity in catalogue.entities(ids=sorted(set(keys.values())), members=False)}
    entity_of = {key: by_id[id] for key, id in keys.items() if id in by_id}
    updates: list[Update] = []
    for id in ids:
        if id not in readings:
            updates.append(Remove(id))
            continue
        report, reading = readings[id]
        built = build(report, reading, entity_of, links(id, reading))
        for left_out in built.left_out:
            _log.debug("graph: fact %s left out: %s", left_out.fact, left_out.reason)
        updates.append(Replace(id, reading.id, built.subgraph))
    return updates


def _entity_updates(catalogue: Catalogue, store: GraphStore, ids: Sequence[str]) -> tuple[list[Update], set[str]]:
    """Updates of the nodes of changed entities, and reports to build again because an entity they speak of leads nowhere any more.

    An entity that is gone became part of the one its id leads to, with all its mentions: where they went to several, `links` rows for all
    of their reports follow.
    """
    known = store.known(ids)
    present = {entity.id: entity for entity in catalogue.entities(ids=sorted(known), members=False)} if known else {}
    updates: list[Update] = []
    lost: set[str] = set()
    for id in sorted(known):
        if id in present:
            if (node := node_of(present[id])) != known[id]:
                updates.append(Refresh(node))
            continue
        try:
            updates.append(Rename(id, node_of(catalogue.entity(id, members=False))))
        except NotFound:
            lost.update(store.contributors(id))
    return updates, lost


def _resolve_again(catalogue: Catalogue, limit: int) -> None:
    for part in parts([report.id for report in catalogue.reports()], limit):
        after = catalogue.mark()
        while not _put(catalogue, plan(catalogue, part), after, after):
            after = catalogue.mark()


def _put(catalogue: Catalogue, found: Plan, after: int, mark: int) -> bool:
    return catalogue.put_entities(
        found.entities,
        gone=found.gone,
        mentions=found.mentions,
        gone_mentions=found.gone_mentions,
        joins=found.joins,
        links=found.links,
        after=after,
        mark=mark,
    )


def _rules() -> str:
    return digest(RULES, version())


def _ids(changes: Iterable[Change], kind: str) -> list[str]:
    return sorted({change.id for change in changes if change.kind == kind})
