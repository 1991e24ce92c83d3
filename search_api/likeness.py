"""Entities that look like another and were not joined with it, for people to say whether they are the same: likeness joins nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from corpus.catalogue import Catalogue
from corpus.model import Entity, EntityType, Judgement, Mention
from graph.naming import is_general, is_private, normal
from search_api.resolution import about_mentions, in_force

Likeness = Literal["name", "short", "letter"]
LABELS: Mapping[Likeness, str] = {"name": "同名，所在不同", "short": "名称一长一短", "letter": "名称差一个字"}
_NAMES = 4  # of an entity that are looked for
_SCOPES = 20  # of a name that are looked at
_POOL = 100  # entities with a part of the name in theirs
_SHORTEST = 2  # characters of a short name
_FEW = 4  # characters of a name from which on one letter may differ
_TELLS_APART = frozenset("0123456789一二三四五六七八九十甲乙丙丁东西南北中上下前后新老大小")
_KINDS_BY_HEAD: tuple[EntityType, ...] = ("platform", "programme", "method", "policy", "award")
"""Types whose short names may lack the end (湖滨晴雨 of 湖滨晴雨工作室); of bodies and places that is another one, above or within."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that looks like the one asked about, and by what: the best of the three."""

    entity: Entity
    likeness: Likeness


def candidates(catalogue: Catalogue, entity: Entity, limit: int = 10, *, widely: bool = True) -> list[Candidate]:
    """Entities of the same type that look like this one, the likest first, without those that people keep apart from it.

    Equal names elsewhere and short names within its own are looked up; `widely` also longer names and those that differ in one letter, for
    which the entities' names are gone through.
    """
    mentions = catalogue.mentions(entities=[entity.id])
    counted = Counter(mention.name for mention in mentions if mention.name != mention.concept)  # a concept has no namesakes
    names = [name for name, _ in counted.most_common(_NAMES)]
    found: dict[str, Likeness] = {}
    for key in _namesakes(catalogue, entity, mentions, names):
        found.setdefault(key, "name")
    for key in _shorter(catalogue, entity.type, names):
        found.setdefault(key, "short")
    for name in names if widely else ():
        for id, likeness in _near(catalogue, entity.type, name):
            found.setdefault(id, likeness)
    kept = _kept_apart(catalogue, entity)
    order = [id for likeness in LABELS for id, how in found.items() if how == likeness and id != entity.id and id not in kept]
    known = {other.id: other for other in catalogue.entities(ids=order[:limit])}
    return [Candidate(known[id], found[id]) for id in order[:limit] if id in known]


def pairs(
    catalogue: Catalogue, type: EntityType | None = None, after: str = "", limit: int = 20, most: int = 300
) -> tuple[list[tuple[Entity, Candidate]], str | None]:
    """Pairs of entities that look alike, each once, of at most `most` entities behind the id `after`; and the id to go on from."""
    found: list[tuple[Entity, Candidate]] = []
    page = catalogue.entities(type, after=after, limit=most)
    for entity in page:
        likes = candidates(catalogue, entity, widely=False)
        found += [(entity, one) for one in likes if one.likeness == "short" or entity.id < one.entity.id]
        if len(found) >= limit:
            return found, entity.id if entity.id != page[-1].id or len(page) == most else None
    return found, page[-1].id if len(page) == most else None


def _namesakes(catalogue: Catalogue, entity: Entity, mentions: Sequence[Mention], names: Sequence[str]) -> list[str]:
    """Entities that have a mention of the same name in another scope: those whose scopes have most units in common first."""
    own = {mention.scope for mention in mentions}
    units = {unit for scope in own for unit in scope.split("/")}
    groups = []
    for (type, name), scopes in catalogue.scopes([(entity.type, name) for name in names]).items():
        common = _common(entity.type, name)
        others = [scope for scope in scopes if scope not in own and not (common and ":" in scope)]
        others.sort(key=lambda scope: (-len(units.intersection(scope.split("/"))), ":" in scope, scope))
        groups += [(type, name, (scope,)) for scope in others[:_SCOPES]]
    found = catalogue.namesakes(groups, 1)
    return _owners(catalogue, [mention.key for group in groups for mention in found[group].first])


def _shorter(catalogue: Catalogue, type: EntityType, names: Sequence[str]) -> list[str]:
    """Entities whose name is the end (of some types also the beginning) of one of the names."""
    parts = {part for name in names for part in _parts(type, name) if not _common(type, part)}
    scopes = catalogue.scopes(sorted((type, part) for part in parts))
    groups = [(of, name, tuple(sorted(known))) for (of, name), known in scopes.items() if known]
    found = catalogue.namesakes(groups, 3)
    return _owners(catalogue, [mention.key for group in groups for mention in found[group].first])


def _parts(type: EntityType, name: str) -> Iterator[str]:
    for length in range(_SHORTEST, len(name)):
        yield name[-length:]
        if type in _KINDS_BY_HEAD:
            yield name[:length]


def _near(catalogue: Catalogue, type: EntityType, name: str) -> Iterator[tuple[str, Likeness]]:
    """Entities with a name that this one is a part of, or from which one letter tells it apart; one half of it is the same then."""
    if len(name) < _SHORTEST or _common(type, name):
        return
    middle = len(name) // 2
    for part in (name, name[:middle], name[middle:]) if len(name) >= _FEW else (name,):
        for other in catalogue.entities(type, query=part, limit=_POOL, members=False):
            forms = {normal(form) for form in (other.name, *other.aliases)}
            if any(name in _parts(type, form) for form in forms):
                yield other.id, "short"
            elif len(name) >= _FEW and any(_one_letter(name, form) for form in forms):
                yield other.id, "letter"


def _one_letter(one: str, other: str) -> bool:
    """Whether one letter was left out, put in or changed, other than a number or a word that tells two of a kind apart."""
    if Levenshtein.distance(one, other, score_cutoff=1) != 1:
        return False
    (edit,) = Levenshtein.editops(one, other)
    letters = {
        one[edit.src_pos : edit.src_pos + 1] if edit.tag != "insert" else "",
        other[edit.dest_pos : edit.dest_pos + 1] if edit.tag != "delete" else "",
    }
    return not letters & _TELLS_APART


def _common(type: EntityType, name: str) -> bool:
    """Whether many go by such a name, each in its own report: 业委会, 李女士."""
    return (type == "actor" and is_general(name)) or (type == "person" and is_private(name))


def _owners(catalogue: Catalogue, keys: Sequence[str]) -> list[str]:
    owner = catalogue.membership(keys=keys)
    return list(dict.fromkeys(owner[key] for key in keys if key in owner))


def _kept_apart(catalogue: Catalogue, entity: Entity) -> set[str]:
    """Entities that people said are not this one."""
    own = set(entity.mentions)
    said: Iterable[Judgement] = in_force(catalogue, about_mentions(catalogue, own))
    beyond = [end for one in said if one.kind == "different" for end in (one.target, one.value) if end not in own]
    return set(catalogue.membership(keys=beyond).values())
