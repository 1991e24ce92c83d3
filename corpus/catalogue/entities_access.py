"""The methods of `Catalogue` about the change feed, and about the entities that its first consumer makes."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.catalogue import entities as rows
from corpus.catalogue import feed
from corpus.catalogue.access import Access
from corpus.catalogue.entities import Joins, Namesakes, Scoped
from corpus.errors import NotFound
from corpus.model import Change, Entity, EntityType, Mention

ENTITIES = "entities"
NO_JOINS = Joins()


class EntitiesAccess(Access):
    def feed(self, after: int, limit: int = 1000) -> list[Change]:
        """Changes with numbers above `after`, in order. A number that is not seen now is never seen below one that is."""
        with self._store.reading() as connection:
            return feed.changes(connection, after, limit)

    def head(self) -> int:
        """The number of the latest change, 0 before the first."""
        with self._store.reading() as connection:
            return feed.head(connection)

    def mark(self, consumer: str = ENTITIES) -> int:
        """How far a consumer that writes into the catalogue has come."""
        with self._store.reading() as connection:
            return rows.mark(connection, consumer)

    def put_entities(
        self,
        entities: Sequence[Entity] = (),
        *,
        gone: Sequence[str] = (),
        mentions: Sequence[Mention] = (),
        gone_mentions: Sequence[str] = (),
        joins: Joins = NO_JOINS,
        links: Sequence[str] = (),
        after: int,
        mark: int,
        consumer: str = ENTITIES,
    ) -> bool:
        """Write what resolving the changes between `after` and `mark` of the feed found, in one transaction with the mark.

        Mentions are written first; an entity's `mentions` then are its members, whoever's they were, and its `forwards` lead to it; both
        replace what it had. `joins` is what changed in entities whose other members stay. `links`: reports some of whose mentions changed
        entity. Returns False, with nothing written, where the mark is no longer at `after`: another process was quicker, so load the state
        again.
        """
        with self._work() as work:
            return rows.put(
                work,
                entities=entities,
                gone=gone,
                mentions=mentions,
                gone_mentions=gone_mentions,
                joins=joins,
                links=links,
                consumer=consumer,
                after=after,
                mark_at=mark,
            )

    def reset_entities(self, consumer: str = ENTITIES) -> None:
        """Forget mentions, entities and the mark, to resolve from the feed's start."""
        with self._store.writing() as connection:
            rows.reset(connection, consumer)

    def mentions(
        self,
        *,
        keys: Sequence[str] | None = None,
        reports: Sequence[str] | None = None,
        names: Sequence[tuple[str, str]] | None = None,
        entities: Sequence[str] | None = None,
    ) -> list[Mention]:
        """Mentions by key: those with one of `keys`, in one of `reports`, with one of `names` (type, name), or of one of `entities`."""
        with self._store.reading() as connection:
            return rows.mentions(connection, keys=keys, reports=reports, names=names, entities=entities)

    def mentions_beginning(self, digits: str, limit: int = 3) -> list[str]:
        """The first keys of mentions that begin with these hexadecimal digits."""
        with self._store.reading() as connection:
            return rows.beginning(connection, digits, limit)

    def scopes(self, names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, int]]:
        """The scopes in which there are mentions of each (type, name), each with their number."""
        with self._store.reading() as connection:
            return rows.scopes(connection, names)

    def namesakes(self, groups: Sequence[Scoped], first: int) -> dict[Scoped, Namesakes]:
        """Of the mentions of each (type, name, scopes) the `first` by key, and the entity that holds all of them and no others."""
        with self._store.reading() as connection:
            return rows.namesakes(connection, groups, first)

    def membership(self, *, keys: Sequence[str] | None = None, reports: Sequence[str] | None = None) -> dict[str, str]:
        """Mention key -> entity id, for these keys or reports, or for all; a mention not yet resolved is left out."""
        with self._store.reading() as connection:
            return rows.membership(connection, keys, reports)

    def entity_of(self, mention: str) -> str | None:
        return self.membership(keys=[mention]).get(mention)

    def entity(self, entity: str, *, follow: bool = True, members: bool = True) -> Entity:
        """The entity with this id, or, with `follow`, the one that it leads to; `members` as in `entities`. Raises NotFound."""
        with self._store.reading() as connection:
            found = rows.entity(connection, entity, follow=follow, members=members)
        if found is None:
            raise NotFound("没有这个主体或条目", where=entity, remedy="请用编号，或在页面上检索后点开", en="no such entity")
        return found

    def entities(
        self,
        type: EntityType | None = None,
        *,
        query: str = "",
        ids: Sequence[str] | None = None,
        after: str = "",
        limit: int | None = None,
        members: bool = True,
    ) -> list[Entity]:
        """Entities by id; `query` is a part of a name or alias in either script; `after` goes on behind an id. Without `members` their
        `mentions`, `reports` and `forwards` are left empty, which of thousands takes long to load."""
        with self._store.reading() as connection:
            return rows.entities(connection, type=type, query=query, ids=ids, after=after, limit=limit, members=members)
