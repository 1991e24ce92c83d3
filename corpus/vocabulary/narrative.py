"""How a case is told: headings, steps, results, positions, context."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import get_args

from corpus.model import Outcome, Role, Stage
from corpus.vocabulary.cues import CUE_KEYS, Cue, distinct, read_cue, read_cues
from corpus.vocabulary.entry import load

ROLES: tuple[str, ...] = get_args(Role)
STANCES = ("demand", "objection", "concern", "offer", "concession", "option", "vote")
TOLD_BY = ("自述", "当事人", "媒体", "上级验收", "第三方评估")


@dataclass(frozen=True, slots=True)
class Headings:
    """`words`: a heading's words (without numbering and punctuation) -> role. `patterns`: (expression, role), tried in order on headings
    that are no such word. `cues`: per role, words that speak for it in running text, where there is no heading; their `id` is the role.
    `hints`: role -> everyday words that only lean towards it."""

    words: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    cues: tuple[Cue, ...]
    hints: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Step(Cue):
    """A step of a process. `terms` and `patterns` say that it was done; `names` are parts of methods (民提, 决议公开) that only name it: a
    sentence with nothing but names is no evidence."""

    names: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True)
class StepScheme:
    """A method that is known by its parts: `parts` are (name of the part, step id), `terms` the words that name the method itself."""

    id: str
    label: str
    terms: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """`states`: how far the problem is solved; `told_by`: who says so; `stages`: how far the work has got. Ids are the Chinese words of
    the export."""

    states: tuple[Cue, ...]
    told_by: tuple[Cue, ...]
    stages: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Stances:
    """`stances`: kinds of position; `holders`: who takes one; `topics`: what objections and concerns are about."""

    stances: tuple[Cue, ...]
    holders: tuple[Cue, ...]
    topics: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect of a case's context, with the values the text may tell. An aspect that is a number (户数) has one value, whose patterns
    hold the number as group `value`."""

    id: str
    label: str
    values: tuple[Cue, ...]


@cache
def headings() -> Headings:
    file = load("headings.yaml")
    file.only("words", "patterns", "cues", "hints")
    words: dict[str, str] = {}
    listed = file.entry("words")
    listed.only(*ROLES)
    for role in listed:
        for word in listed.texts(role):
            if word in words:
                listed.fail(f"标题“{word}”同时属于 {words[word]} 与 {role}")
            words[word] = role
    patterns: list[tuple[re.Pattern[str], str]] = []
    for entry in file.entries("patterns"):
        entry.only("role", "patterns")
        role = entry.text("role")
        if role not in ROLES:
            entry.fail(f"没有“{role}”这种段落角色")
        patterns.extend((pattern, role) for pattern in entry.patterns("patterns"))
    cues = read_cues(file, "cues")
    for cue in cues:
        if cue.id not in ROLES:
            file.fail(f"没有“{cue.id}”这种段落角色")
    leaning = file.entry("hints")
    leaning.only(*ROLES)
    hints = {role: leaning.texts(role) for role in leaning}
    return Headings(MappingProxyType(words), tuple(patterns), cues, MappingProxyType(hints))


@cache
def steps() -> tuple[Step, ...]:
    """The steps of a process in their order: 提出 商议 决定 筹资 实施 监督 评价. Ids are English, labels the words of the export."""
    file = load("steps.yaml")
    file.only("steps", "schemes")
    found = []
    for order, entry in enumerate(file.entries("steps"), 1):
        entry.only(*CUE_KEYS, "names")
        found.append(
            Step(
                entry.text("id"),
                entry.text("label"),
                entry.texts("terms"),
                entry.patterns("patterns"),
                entry.texts("excludes"),
                entry.text("scope", ""),
                entry.texts("names"),
                order,
            )
        )
    distinct(file, (step.id for step in found), "steps id")
    distinct(file, (step.label for step in found), "steps label")
    return tuple(found)


@cache
def step_schemes() -> tuple[StepScheme, ...]:
    """Methods known by their parts (六步, 四议两公开 …) and the step that each part is."""
    known = {step.id for step in steps()}
    schemes = []
    for entry in load("steps.yaml").entries("schemes"):
        entry.only("id", "label", "terms", "parts")
        parts = []
        for part in entry.entries("parts"):
            part.only("name", "step")
            if part.text("step") not in known:
                part.fail(f"没有“{part.text('step')}”这一步")
            parts.append((part.text("name"), part.text("step")))
        schemes.append(StepScheme(entry.text("id"), entry.text("label"), entry.texts("terms"), tuple(parts)))
    return tuple(schemes)


@cache
def outcomes() -> Outcomes:
    file = load("outcomes.yaml")
    file.only("states", "told_by", "stages")
    found = Outcomes(read_cues(file, "states"), read_cues(file, "told_by"), read_cues(file, "stages"))
    for cues, allowed in ((found.states, get_args(Outcome)), (found.told_by, TOLD_BY), (found.stages, get_args(Stage))):
        if sorted(cue.id for cue in cues) != sorted(allowed):
            file.fail(f"应恰为 {'、'.join(allowed)}")
    return found


@cache
def stances() -> Stances:
    file = load("stances.yaml")
    file.only("stances", "holders", "topics")
    found = Stances(read_cues(file, "stances"), read_cues(file, "holders"), read_cues(file, "topics"))
    if sorted(cue.id for cue in found.stances) != sorted(STANCES):
        file.fail(f"stances 应恰为 {'、'.join(STANCES)}")
    return found


@cache
def contexts() -> tuple[Aspect, ...]:
    """Aspects of the context of a case; the first is the community's type."""
    file = load("contexts.yaml")
    file.only("aspects")
    aspects = []
    for entry in file.entries("aspects"):
        entry.only("id", "label", "values")
        values = tuple(read_cue(value) for value in entry.entries("values"))
        distinct(entry, (value.id for value in values), "values id")
        aspects.append(Aspect(entry.text("id"), entry.text("label"), values))
    distinct(file, (aspect.id for aspect in aspects), "aspects id")
    return tuple(aspects)
