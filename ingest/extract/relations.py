"""Relations between what a text names: all rules for them, of each relation in a sentence the surest finding."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.vocabulary import ontology
from ingest.extract import claims, effects, honours, leaders, means, mediation, members, partners, payments, predicates, sites
from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import fact
from ingest.extract.persons import Person
from ingest.extract.scene import Scene

VERBS = predicates.VERBS
_NAMED = frozenset(["method", "platform", "programme"])
_MARKS = frozenset("“‘「")
_THEME_BEHIND = re.compile("[”’」](?:为|作为)[^，。；]{0,4}主题")
_THEME_BEFORE = re.compile("主题(?:为|是|[：:])[“‘「]$")
_RULES = (predicates, partners, leaders, members, honours, mediation, sites, means, payments)


def find(
    scene: Scene,
    items: Sequence[Item],
    positions: Sequence[Finding] = (),
    outcomes: Sequence[Finding] = (),
    people: Sequence[Person] = (),
) -> list[Finding]:
    """Facts of the kind `relation`, at most one of an edge, head and tail in a sentence. `positions` are the stances that the text tells
    (who wants or refuses something named beside it), `outcomes` the sentences that tell results, `people` those whose post is told."""
    named = {person.belongs_to[:2]: (person.start, person.end) for person in people if person.belongs_to is not None and person.post}
    ends = Ends(scene, [item for item in items if not _is_motto(scene, item)], named)
    if not ends.items:
        return []
    found = [finding for rules in _RULES for finding in rules.find(scene, ends)]
    found.extend(claims.find(scene, ends, positions))
    found.extend(effects.find(scene, ends, outcomes))
    return _distinct(scene, found)


def _is_motto(scene: Scene, item: Item) -> bool:
    """Whether the words between marks are the theme of a meeting (以“……”为主题), which nobody carries out."""
    if item.type not in _NAMED or scene.text[item.start - 1 : item.start] not in _MARKS:
        return False
    return (
        _THEME_BEHIND.match(scene.text, item.end) is not None
        or _THEME_BEFORE.search(scene.text, max(0, item.start - 7), item.start) is not None
    )


def _distinct(scene: Scene, found: Sequence[Finding]) -> list[Finding]:
    """The surest of each edge, head and tail in a sentence; who leads a thing (牵头建设) is not also said to carry it out."""
    best: dict[tuple[int, str, str, str], Finding] = {}
    for finding in found:
        key = (scene.sentence(finding.evidence[0][0])[0], finding.relation or "", finding.head or "", finding.tail or "")
        if finding.head != finding.tail and (key not in best or best[key].confidence < finding.confidence):
            best[key] = finding
    led = {(sentence, head, tail) for sentence, relation, head, tail in best if relation == "leads"}
    return [finding for key, finding in best.items() if key[1] != "carries_out" or (key[0], *key[2:]) not in led]


def memberships(scene: Scene, people: Sequence[Person]) -> list[Finding]:
    """某局局长某人: the person is part of the body (or the place) named directly before the post."""
    edge = ontology().edges["part_of"]
    found = []
    for person in people:
        if person.belongs_to is None or person.post is None:
            continue
        start, end, kind = person.belongs_to
        head = Item(person.start, person.end, "person", person.name)
        tail = Item(start, end, kind, scene.text[start:end])
        if edge.allows("person", kind):
            finding = fact(scene, edge, head, tail, (end, person.start), 0.9)
            finding.modality = "asserted"
            found.append(finding)
    return found
