"""The words cases are described with, written by hand in YAML and read once.

Each function reads its file on first use, checks it and raises `corpus.errors.SettingError` (file, line and entry) where it is
malformed. The values are frozen and in the order of the files. `version` changes with any of the files.
"""

from __future__ import annotations

from functools import cache

from corpus.identity import digest
from corpus.vocabulary.actors import ActorKind, Posts, Surnames, actor_kind, actor_kinds, actor_suffixes, place_actors, posts, surnames
from corpus.vocabulary.basis import Policy, Renaming, bodies, policies
from corpus.vocabulary.concepts import Concept, children, concept, issue_finder, issues, lineage, method_finder, methods
from corpus.vocabulary.cues import Cue, Finder
from corpus.vocabulary.entry import names, source
from corpus.vocabulary.labels import label, labels
from corpus.vocabulary.narrative import (
    Aspect,
    Headings,
    Outcomes,
    Stances,
    Step,
    StepScheme,
    contexts,
    headings,
    outcomes,
    stances,
    step_schemes,
    steps,
)
from corpus.vocabulary.ontology import EdgeType, NodeType, Ontology, ontology
from corpus.vocabulary.participants import Participant, participants
from corpus.vocabulary.places import Level, PlaceChange, Province, levels, place_changes, provinces
from corpus.vocabulary.units import Approximator, Unit, Units, units
from corpus.vocabulary.wording import (
    Boilerplate,
    Synonyms,
    boilerplate,
    screen,
    screen_group,
    screen_words,
    synonym_lexicon,
    synonyms,
)

__all__ = [
    "ActorKind",
    "Approximator",
    "Aspect",
    "Boilerplate",
    "Concept",
    "Cue",
    "EdgeType",
    "Finder",
    "Headings",
    "Level",
    "NodeType",
    "Ontology",
    "Outcomes",
    "Participant",
    "PlaceChange",
    "Policy",
    "Posts",
    "Province",
    "Renaming",
    "Stances",
    "Step",
    "StepScheme",
    "Surnames",
    "Synonyms",
    "Unit",
    "Units",
    "actor_kind",
    "actor_kinds",
    "actor_suffixes",
    "bodies",
    "boilerplate",
    "children",
    "concept",
    "contexts",
    "headings",
    "issue_finder",
    "issues",
    "label",
    "labels",
    "levels",
    "lineage",
    "method_finder",
    "methods",
    "ontology",
    "outcomes",
    "participants",
    "place_actors",
    "place_changes",
    "policies",
    "posts",
    "provinces",
    "screen",
    "screen_group",
    "screen_words",
    "stances",
    "step_schemes",
    "steps",
    "surnames",
    "synonym_lexicon",
    "synonyms",
    "units",
    "version",
]


@cache
def version() -> str:
    """Hash of all vocabulary files: 32 hexadecimal digits, the same on every machine."""
    return digest(*(part for name in names() for part in (name, source(name).decode("utf-8").replace("\r\n", "\n"))))
