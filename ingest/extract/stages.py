"""How far the work of a case has got (设想 拟实施 试点 已实施 已推广 已停止), with the words that say so: a fact of the kind `context`.

What is only wanted, planned, weighed or said of another place does not count as done; what is told before the work began (a project that
came to nothing earlier, a programme of the whole city) is no stage of this one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Case, Stage
from ingest.extract.cues import Sighting
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene
from ingest.extract.stagewords import (
    BEGUN_TRIAL,
    CHANGES,
    DECIDED,
    DECIDED_ON,
    DONE,
    IDEA,
    NEEDED,
    NOT_SPREAD,
    NOT_YET,
    NOW,
    OF_OLD,
    PATTERNS,
    PLAN,
    SET_UP,
    SPREAD,
    STAGES,
    STARTED_ANEW,
    STOPPED,
    STOPPING,
    STOPS,
    TITLE_PLANNED,
    TITLE_STOPPED,
    TRIAL,
    TRYING,
    UNDECIDED,
)
from ingest.extract.telling import everywhere, in_heading, in_title, meant, near, weighed
from ingest.segment.doing import done

ASPECT = "stage"
_STRONG = 0.9
_WEAK = 0.7
_FAINT = 0.5
_SURE = 0.8
_STOP = re.compile("[，。；\n]")
_CLAUSE = 60  # the most characters that are looked at behind a word of a clause without a stop


@dataclass(frozen=True, slots=True)
class _Sign:
    stage: Stage
    start: int
    end: int
    confidence: float


def find(scene: Scene, sightings: Sequence[Sighting], steps: Sequence[Finding] = ()) -> list[Finding]:
    """One fact a case, `aspect` stage and `kind` the stage, where the text of the case says it; its words are those it was read from.

    `sightings` are the vocabulary's words for stages; `steps` the facts of the kind `step`, of which one that was carried out tells, where
    nothing better does, that the work was done.
    """
    found = []
    seen: dict[str | None, list[Sighting]] = defaultdict(list)
    taken: dict[str | None, list[Finding]] = defaultdict(list)
    for sighting in sightings:
        seen[scene.case(sighting[0])].append(sighting)
    for step in steps:
        taken[scene.case(step.start)].append(step)
    for case in scene.cases:
        signs = sorted((*_signs(scene, case), *_sighted(scene, seen[case.id])), key=lambda sign: (sign.start, sign.end))
        sign = (
            _of_proposal(scene, case, signs)
            if case.kind == "proposal"
            else _of_case(scene, case, signs) or _by_steps(scene, taken[case.id]) or _told(scene, case)
        )
        if sign is not None:
            found.append(
                Finding("context", sign.start, sign.end, "stage", sign.confidence, aspect=ASPECT, kind=sign.stage, modality="asserted")
            )
    return found


def stage_of(case: Case, found: Sequence[Finding]) -> Stage | None:
    """The stage among the findings of a case; what nothing tells is an idea for a proposal and unknown for a case."""
    told = next((finding.kind for finding in found if finding.type == "context" and finding.aspect == ASPECT), None)
    if case.kind == "case" and told not in (STOPPED, SPREAD) and TITLE_STOPPED.search(case.title):
        return STOPPED
    for stage in STAGES:
        if stage == told:
            return stage
    return IDEA if case.kind == "proposal" else None


def _signs(scene: Scene, case: Case) -> Iterator[_Sign]:
    absent = {stage for stage, words in NEEDED.items() if not any(word in scene.text for word in words)}
    for low, high in case.spans:
        for stage, pattern in PATTERNS:
            if stage in absent:
                continue
            for match in pattern.finditer(scene.text, low, high):
                yield from _counted(scene, stage, match.start(), match.end(), _STRONG)


def _sighted(scene: Scene, sightings: Sequence[Sighting]) -> Iterator[_Sign]:
    for start, end, cue in sightings:
        stage = next(stage for stage in STAGES if stage == cue.id)
        if stage in (TRIAL, SPREAD, STOPPED):
            continue  # the vocabulary's words for these also say what happened to things (停用) or how wide something reaches
        yield from _counted(scene, stage, start, end, _WEAK)


def _counted(scene: Scene, stage: Stage, start: int, end: int, confidence: float) -> Iterator[_Sign]:
    """The sign if it tells of this work: as it is, or as a plan where it is planned."""
    if everywhere(scene, start) or in_title(scene, start, end) or (in_heading(scene, start) and stage != IDEA):
        return
    if stage in (IDEA, PLAN):
        if modality(scene, start, start) not in ("negated", "conditional") and not weighed(scene, start, end):
            yield _Sign(stage, start, end, confidence)
        return
    if (stage in (STOPPED, SPREAD) or confidence == _WEAK) and scene.opens(start):
        return
    text = scene.text
    if stage == DONE and (text.startswith("于", end) or OF_OLD.search(text, max(near(scene, start)[0], start - 24), end)):
        return
    if stage == SPREAD and NOT_SPREAD.search(text, max(near(scene, start)[0], start - 14), _spreading(text, start, end)):
        return
    said = modality(scene, start, end)
    if said == "planned" or (said == "asserted" and meant(scene, start, end)):
        if stage != STOPPED and said == "planned":
            yield _Sign(PLAN, start, end, _WEAK)
        return
    if said == "asserted" and not weighed(scene, start, end):
        yield _Sign(stage, start, end, confidence)


def _spreading(text: str, start: int, end: int) -> int:
    """Where the verb begins in the words that tell of spreading."""
    at = re.search("推广|推开|复制|铺开|推行|照|仿|效|跟着|抄|学着", text[start:end])
    return start + (at.start() if at else 0)


def _of_proposal(scene: Scene, case: Case, signs: Sequence[_Sign]) -> _Sign | None:
    if (trial := _undecided(scene, case)) or (trial := _decided(scene, case)):
        return trial
    planned = [sign for sign in signs if sign.stage == PLAN and sign.confidence == _STRONG]
    ideas = [sign for sign in signs if sign.stage == IDEA]
    if planned and (TITLE_PLANNED.search(case.title) or not ideas):
        return planned[0]
    if TITLE_PLANNED.search(case.title):
        return next((_Sign(PLAN, sign.start, sign.end, sign.confidence) for sign in signs if sign.stage == PLAN), None)
    return max(ideas, key=lambda sign: (sign.confidence, -sign.start), default=None)


def _decided(scene: Scene, case: Case) -> _Sign | None:
    """That whoever is to carry a proposal out has said so: it was put on a programme, it is to begin in a month that is named."""
    for low, high in case.spans:
        for match in DECIDED.finditer(scene.text, low, high):
            if modality(scene, match.start(), match.start()) == "asserted" and not meant(scene, match.start(), match.start()):
                return _Sign(PLAN, match.start(), match.end(), _STRONG)
    return None


def _undecided(scene: Scene, case: Case) -> _Sign | None:
    """The trial of which the text says that it is still open whether it goes on; of a proposal only one that it says has begun."""
    text = scene.text
    for low, high in case.spans:
        left_open = [match.end() for match in UNDECIDED.finditer(text, low, high)]
        if not left_open or DECIDED_ON.search(text, left_open[-1], high):
            continue
        trying = [match for match in TRYING.finditer(text, low, high) if not in_title(scene, match.start(), match.end())]
        for match in reversed(trying):
            if modality(scene, match.start(), match.start()) != "asserted" or in_heading(scene, match.start()):
                continue
            first = scene.sentence(match.start())[0]
            if case.kind != "proposal" or (
                BEGUN_TRIAL.search(text, first, match.start()) and not meant(scene, match.start(), match.start())
            ):
                return _Sign(TRIAL, match.start(), match.end(), _STRONG)
    return None


def _undone(scene: Scene, case: Case) -> _Sign | None:
    """The words that tell that the very thing which the case set up, and which its title names, was taken away again."""
    text = scene.text
    found = None
    for low, high in case.spans:
        for match in _stopping(text, low, high):
            what = match["taken"] or match["gone"]
            own = {what[n : n + 3] for n in range(len(what) - 2)}
            if (
                any(part in case.title and re.search(SET_UP + re.escape(part), text[low : match.start()]) for part in own)
                and modality(scene, match.start(), match.start()) == "asserted"
                and not meant(scene, match.start(), match.start())
                and not in_heading(scene, match.start())
            ):
                found = _Sign(STOPPED, match.start(), match.end(), _STRONG)
    return found


def _stopping(text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """The matches of `STOPPING`, which is tried only in clauses with a word that it cannot do without."""
    reached = low
    for word in STOPS.finditer(text, low, high):
        if word.start() < reached:
            continue
        first = max(reached, *(text.rfind(mark, reached, word.start()) + 1 for mark in "，。；\n"))
        farthest = min(high, word.end() + _CLAUSE)
        stop = _STOP.search(text, word.end(), farthest)
        end = stop.end() if stop is not None else farthest
        yield from STOPPING.finditer(text, first, end)
        reached = end


def _of_case(scene: Scene, case: Case, signs: Sequence[_Sign]) -> _Sign | None:
    by_stage = {stage: [sign for sign in signs if sign.stage == stage] for stage in STAGES}
    done = [sign for sign in by_stage[DONE] if sign.confidence == _STRONG]
    for stop in reversed(by_stage[STOPPED]):
        later = [sign for sign in (*done, *by_stage[SPREAD]) if sign.start > stop.end]
        anew = STARTED_ANEW.search(scene.text, stop.end, min(case.end, stop.end + 200))
        if (not later and not anew) or TITLE_STOPPED.search(case.title):
            return stop
    undone = _undone(scene, case)
    if undone and not any(sign.start > undone.end for sign in by_stage[SPREAD]):
        return undone
    if by_stage[SPREAD]:
        return by_stage[SPREAD][-1]
    if undecided := _undecided(scene, case):
        return undecided
    trial = by_stage[TRIAL][-1] if by_stage[TRIAL] else None
    if trial and (not done or done[-1].start < trial.start) and NOW.search(scene.text, *_clause(scene, trial)):
        return trial
    if done:
        return done[-1]
    if trial:
        return trial
    weak = by_stage[DONE]
    plans = [sign for sign in by_stage[PLAN] if sign.confidence == _STRONG]
    if plans and not weak and (case.kind != "case" or any(NOT_YET.search(scene.text, *_clause(scene, sign)) for sign in plans)):
        return plans[-1]
    return weak[-1] if weak else None


def _clause(scene: Scene, sign: _Sign) -> tuple[int, int]:
    low, high = near(scene, sign.start)
    return max(low, sign.start - 20), min(high, sign.end + 10)


def _by_steps(scene: Scene, steps: Sequence[Finding]) -> _Sign | None:
    """By the last step that surely was carried out and changed something: training, posting up and calling on people do not yet."""
    for step in reversed(steps):
        if (
            step.concept == "implementation"
            and step.modality == "asserted"
            and step.confidence >= _SURE
            and not scene.opens(step.start)
            and CHANGES.search(scene.text, step.start, step.end)
        ):
            return _Sign(DONE, step.start, step.end, _WEAK)
    return None


def _told(scene: Scene, case: Case) -> _Sign | None:
    """The clause of a case that tells of work done, where nothing better says how far it has got."""
    if case.kind != "case" or TITLE_STOPPED.search(case.title):
        return None
    found = next((span for low, high in case.spans if (span := done(scene.text, low, high, scene.sections))), None)
    return _Sign(DONE, *found, _FAINT) if found else None
