"""What the facts tell of a case as a whole: place, community, outcome, stage, when it was carried out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from corpus.model import OUTCOME_UNKNOWN, Case, Outcome, Stage
from ingest.extract.chains import Places
from ingest.extract.cues import Sighting
from ingest.extract.finding import Finding
from ingest.extract.places import Unit
from ingest.extract.scene import Scene

_BEGUN = re.compile(
    "开始|启动|动工|开工|成立|实施|推行|试点|推出|投入|建成|完工|竣工|投用|启用|上线|出台|召开|推广|运行|揭牌|完成|改造|整治|开展|来到"
)
_FINAL = re.compile("最终|至今|结果|失败|未获通过|流产|目前|仍|反弹|搁置|部分")
_COMMUNITY_LEVELS = ("estate", "community")
_WHOLE_LEVELS = ("community", "estate", "township", "county", "prefecture", "province")


def enriched(scene: Scene, places: Places, found: Sequence[Finding], stages: Sequence[Sighting]) -> tuple[Case, ...]:
    """The cases with what the text says of them; what it does not say stays as it was."""
    return tuple(_case(scene, places, case, [finding for finding in found if case.holds(finding.start)], stages) for case in scene.cases)


def _case(scene: Scene, places: Places, case: Case, found: Sequence[Finding], stages: Sequence[Sighting]) -> Case:
    units = [unit for unit in places.units if case.holds(unit.start)]
    main = _main(units, case, places)
    community = next((name for name in reversed(main.chain) if _is_community(name, main, places)), None) if main is not None else None
    carried_out = case.kind not in ("proposal",)
    return replace(
        case,
        place=">".join(main.chain) if main is not None else case.place,
        community=case.community or community,
        outcome=_outcome(scene, found) if carried_out else OUTCOME_UNKNOWN,
        implemented=case.implemented or (_implemented(scene, found) if carried_out else None),
        stage=case.stage or _stage(case, found, stages),
    )


def _main(units: Sequence[Unit], case: Case, places: Places) -> Unit | None:
    """The place that a case is about: that which it was cut by, else the most exact level that is named most often."""
    if case.place:
        named = [unit for unit in places.units if unit.name == case.place or (case.place.endswith(unit.name) and len(unit.name) > 2)]
        inside = [unit for unit in named if case.holds(unit.start)] or named
        if inside:
            return max(inside, key=lambda unit: (len(unit.chain), -unit.start))
    for level in _WHOLE_LEVELS:
        counts = Counter(unit.name for unit in units if unit.level == level)
        if counts:
            name, count = max(sorted(counts.items()), key=lambda item: item[1])
            if 2 * count > sum(counts.values()) or level in ("county", "prefecture"):
                return max(
                    (unit for unit in units if unit.name == name and unit.level == level), key=lambda unit: (len(unit.chain), -unit.start)
                )
    return None


def _is_community(name: str, main: Unit, places: Places) -> bool:
    return any(unit.name == name and unit.level in _COMMUNITY_LEVELS for unit in (main, *places.units))


def _outcome(scene: Scene, found: Sequence[Finding]) -> Outcome:
    """What comes last counts most; a relapse or a partial solution told in the end outweighs a success told before."""
    told = [
        finding for finding in found if finding.type == "outcome" and finding.modality in (None, "asserted") and finding.confidence >= 0.7
    ]
    told = [
        finding
        for finding in told
        if finding.state == "已解决"
        or scene.role(finding.start) in ("outcome", "problem")
        or _FINAL.search(scene.text[slice(*finding.evidence[0])])
    ]
    if not told:
        return OUTCOME_UNKNOWN
    last = told[-1].state
    late = [finding.state for finding in told[-3:]]
    for state in ("反弹", "部分解决"):
        if state in late and last == "已解决" and late.index(state) >= len(late) - 2:
            last = state
    return next((outcome for outcome in get_args(Outcome) if outcome == last), OUTCOME_UNKNOWN)


def _implemented(scene: Scene, found: Sequence[Finding]) -> str | None:
    """The first date in a clause that says something was begun or done; else that of the first step carried out."""
    for finding in found:
        if finding.type == "date" and isinstance(finding.value, str) and finding.value[0].isdigit() and finding.confidence >= 0.5:
            start, end = scene.clause(finding.start)
            following = scene.clause(end + 1) if end + 1 < len(scene.text) else (end, end)
            if _BEGUN.search(scene.text, start, end) or _BEGUN.search(scene.text, following[0], min(following[1], following[0] + 24)):
                return finding.value
    return None


def _stage(case: Case, found: Sequence[Finding], stages: Sequence[Sighting]) -> Stage | None:
    """How far the work has got: a proposal stays one; else the steps told and the words for 推广, 停止 and 试点."""
    if case.kind == "proposal":
        return "设想"
    labels = {cue.id for start, _, cue in stages if case.holds(start)}
    if any(finding.type == "step" and finding.concept == "implementation" for finding in found):
        return "已推广" if "已推广" in labels else "已实施"
    order: tuple[Stage, ...] = ("已推广", "已停止", "试点")
    for stage in order:
        if stage in labels:
            return stage
    return None
