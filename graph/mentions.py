"""The facts of one report become mentions: one for each thing named in it, under the name and scope by which it is found elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from corpus.identity import digest
from corpus.model import EntityType, Fact, Mention, Reading
from graph import namesakes, regions
from graph.naming import Identity, concept_of, identify, is_concept, is_private, normal
from graph.regions import Chain

_SPEAKERS: tuple[EntityType, ...] = ("actor", "person", "place", "platform", "programme")
_TYPES: frozenset[str] = frozenset(get_args(EntityType))


class Name(NamedTuple):
    """How a fact speaks of something: the type and form it is looked up by inside the report, and the case it is spoken of in."""

    type: EntityType
    form: str
    case: str | None


@dataclass(frozen=True, slots=True)
class Links:
    """The mentions of a reading by key, and which of them each fact speaks of: `of` by fact id, `heads` and `tails` by a relation's;
    `territories`: the place that an acting one is (街道 that leads a campaign), where the report speaks of it as a place too."""

    mentions: tuple[Mention, ...]
    of: dict[str, str]
    heads: dict[str, str]
    tails: dict[str, str]
    _known: dict[Name, str] = field(default_factory=dict, repr=False)
    territories: dict[str, str] = field(default_factory=dict)

    def find(self, name: str, case: str | None, types: Sequence[EntityType] = _SPEAKERS) -> str | None:
        """The mention that `name` (a holder, speaker or subject) stands for in this case or, failing that, elsewhere in the report."""
        form = normal(name)
        found = (self._known.get(Name(type, form, where)) for where in (case, None) for type in types)
        return next((key for key in found if key is not None), None)


def mention_key(type: EntityType, name: str, scope: str, report: str) -> str:
    return digest("mention", type, name, scope, report)


def mentions(report_id: str, reading: Reading) -> tuple[Mention, ...]:
    """The mentions of a report's reading, by key."""
    return links(report_id, reading).mentions


def links(report_id: str, reading: Reading) -> Links:
    """The mentions of a report's reading, and how its facts speak of them."""
    return _Grouping(report_id, reading).links()


@dataclass(slots=True)
class _Group:
    type: EntityType
    identity: Identity
    scope: str
    kinds: Counter[str] = field(default_factory=Counter)
    concepts: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    facts: set[str] = field(default_factory=set)
    places: Counter[str] = field(default_factory=Counter)


class _Grouping:
    def __init__(self, report: str, reading: Reading) -> None:
        self._report = report
        self._facts = reading.facts
        self._place = reading.metadata.place
        self._several = len(reading.cases) > 1  # in a compilation each case has its own 李女士
        self._case_places = {case.id: case.place for case in reading.cases}
        self._groups: dict[str, _Group] = {}
        self._known: dict[Name, str] = {}
        self._employers = _employers(reading.facts)
        self._aliases = _aliases(reading.facts)
        self._apart = namesakes.apart(reading.facts, lambda fact: self._form(fact)[1])

    def links(self) -> Links:
        of: dict[str, str] = {}
        heads: dict[str, str] = {}
        tails: dict[str, str] = {}
        for fact in self._facts:
            if fact.type in _TYPES:
                of[fact.id] = self._add(fact.type, fact.name, fact)  # type: ignore[arg-type]  # narrowed by _TYPES
        for fact in self._facts:
            if fact.type == "relation":
                for ends, name, type in ((heads, fact.head, fact.head_type), (tails, fact.tail, fact.tail_type)):
                    if name and type:
                        ends[fact.id] = self._end(type, name, fact)
        territories = self._territories()
        return Links(tuple(self._mention(key) for key in sorted(self._groups)), of, heads, tails, self._known, territories)

    def _territories(self) -> dict[str, str]:
        """The place of each actor that is nothing but an acting place; the place's mention holds these facts as well."""
        found: dict[str, str] = {}
        for fact in self._facts:
            if fact.type != "actor" or not fact.place:
                continue
            form = normal(fact.canonical or fact.name)
            own = regions.units_of(">".join(normal(name) for name in fact.place.split(">")))
            if not own or form not in (regions.text(own), own[-1].name):
                continue
            key = self._known.get(Name("place", regions.text(own) or form, fact.case)) or self._known.get(
                Name("place", own[-1].name, fact.case)
            )
            if key is not None:
                found[fact.id] = key
                self._groups[key].facts.add(fact.id)
        return found

    def _end(self, type: EntityType, name: str, fact: Fact) -> str:
        form = self._aliases.get((type, normal(name)), normal(name))
        key = self._known.get(Name(type, form, fact.case)) or self._known.get(Name(type, form, None))
        if key is None:
            return self._add(
                type, name, Fact(fact.id, type, name, fact.start, fact.end, "", fact.start, fact.end, fact.case, place=fact.place)
            )
        self._groups[key].facts.add(fact.id)
        return key

    def _add(self, type: EntityType, name: str, fact: Fact) -> str:
        """File the fact under what it names; returns the mention's key."""
        read, form = self._form(fact, type, name)
        context = regions.chain(fact.place, self._case_places.get(fact.case or ""), self._place)
        label = concept_of(fact.concept)
        if label and type in ("issue", "method") and not _is_named_meeting(fact) and is_concept(type, name, fact.canonical, label):
            identity = Identity(label.id, "")
        else:
            employer = self._employers.get(form) if type == "person" else None
            own = _own(fact, form) if type in ("actor", "place") else ()
            identity = identify(type, form, kind=fact.kind, organisation=employer or fact.organisation, context=context, own=own)
        scope = identity.scope
        another = "另" if namesakes.is_another(fact) else self._apart.get(fact.id)
        if scope is None or another:
            in_case = fact.case and (type in ("actor", "place") or (type == "person" and self._several and is_private(form, fact.kind)))
            scope = f"case:{fact.case}" if in_case else f"report:{self._report}"
            scope += f"/{another}" if another else ""
        key = mention_key(type, identity.name, scope, self._report)
        group = self._groups.setdefault(key, _Group(type, identity, scope))
        group.facts.add(fact.id)
        group.names.update((name, *fact.aliases))
        group.kinds.update([fact.kind] if fact.kind else ())
        group.concepts.update([label.id] if label else ())
        group.places.update([identity.place] if identity.place else ())
        for known in {read, form, *map(normal, fact.aliases)}:
            self._known.setdefault(Name(type, known, fact.case), key)
            self._known.setdefault(Name(type, known, None), key)
        return key

    def _form(self, fact: Fact, type: EntityType | None = None, name: str | None = None) -> tuple[str, str]:
        """What was read, and the name that it stands for in the report."""
        read = normal(name or fact.name)
        own = type or fact.type
        return read, self._aliases.get((own, read), normal(fact.canonical) if fact.canonical else read)  # type: ignore[arg-type]  # only entity types have aliases

    def _mention(self, key: str) -> Mention:
        group = self._groups[key]
        return Mention(
            key=key,
            report=self._report,
            type=group.type,
            name=group.identity.name,
            scope=group.scope,
            kind=_commonest(group.kinds),
            concept=_commonest(group.concepts),
            place=_commonest(group.places),
            names=tuple(sorted(group.names, key=lambda name: (-group.names[name], name))),
            facts=tuple(sorted(group.facts)),
        )


def _is_named_meeting(fact: Fact) -> bool:
    """“圆桌会”: in quotation marks it is what this place calls its own."""
    at = fact.start - fact.sentence_start
    quoted = at > 0 and fact.sentence[at - 1] in '“‘「"' and fact.sentence[at + fact.end - fact.start :][:1] in tuple('”’」"')
    return fact.type == "method" and quoted and fact.name.endswith(("会", "站", "屋", "坊", "亭", "角", "厅"))


def _own(fact: Fact, form: str) -> Chain:
    """The units that the form begins with, where the fact tells its place as a chain of them."""
    if not fact.place or ">" not in fact.place:
        return ()
    units = regions.units_of(">".join(normal(name) for name in fact.place.split(">")))
    return units if form.startswith(regions.text(units) or form) else ()


def _employers(facts: Iterable[Fact]) -> dict[str, str]:
    """The organisation of each person: inside one report a name is one person, so the organisation named most often goes for all."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        if fact.type == "person" and fact.organisation:
            named[normal(fact.canonical or fact.name)][fact.organisation] += 1
    return {name: found for name, counted in named.items() if (found := _commonest(counted))}


def _aliases(facts: Iterable[Fact]) -> dict[tuple[EntityType, str], str]:
    """Short names that the report introduces itself (…，以下简称…) -> the name they stand for, where only one claims them."""
    claims: dict[tuple[EntityType, str], set[str]] = defaultdict(set)
    for fact in facts:
        if fact.type in _TYPES:
            form = normal(fact.canonical or fact.name)
            for alias in fact.aliases:
                claims[fact.type, normal(alias)].add(form)  # type: ignore[index]  # narrowed by _TYPES
    return {alias: next(iter(forms)) for alias, forms in claims.items() if len(forms) == 1 and alias[1] not in forms}


def _commonest(counted: Counter[str]) -> str | None:
    return min(counted, key=lambda value: (-counted[value], -len(value), value), default=None)
