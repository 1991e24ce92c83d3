"""What the facts tell of a case as a whole: place, community, outcome, stage, when it was carried out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import OUTCOME_UNKNOWN, Case
from ingest.extract.beginning import begun
from ingest.extract.chains import Places
from ingest.extract.finding import Finding
from ingest.extract.outcomes import case_outcome
from ingest.extract.places import Unit
from ingest.extract.scene import Scene
from ingest.extract.stages import stage_of

_COMMUNITY_LEVELS = ("estate", "community")
_WHOLE_LEVELS = ("community", "estate", "township", "county", "prefecture", "province")


def enriched(scene: Scene, places: Places, found: Sequence[Finding]) -> tuple[Case, ...]:
    """The cases with what the text says of them; what it does not say stays as it was."""
    told: dict[str | None, list[Finding]] = defaultdict(list)
    named: dict[str | None, list[Unit]] = defaultdict(list)
    for finding in found:
        told[scene.case(finding.start)].append(finding)
    for unit in places.units:
        named[scene.case(unit.start)].append(unit)
    return tuple(_case(scene, places, case, told[case.id], named[case.id]) for case in scene.cases)


def _case(scene: Scene, places: Places, case: Case, found: Sequence[Finding], units: Sequence[Unit]) -> Case:
    main = _main(units, case, places)
    community = next((name for name in reversed(main.chain) if _is_community(name, main, places)), None) if main is not None else None
    carried_out = case.kind not in ("proposal",)
    return replace(
        case,
        place=">".join(main.chain) if main is not None else case.place,
        community=case.community or community,
        outcome=case_outcome(found) if carried_out else OUTCOME_UNKNOWN,
        implemented=case.implemented or (begun(scene, found) if carried_out else None),
        stage=case.stage or stage_of(case, found),
    )


def _main(units: Sequence[Unit], case: Case, places: Places) -> Unit | None:
    """The place that a case is about: that which it was cut by, else the most exact level that is named most often."""
    if case.place:
        named = [unit for unit in places.units if unit.name == case.place or (case.place.endswith(unit.name) and len(unit.name) > 2)]
        inside = [unit for unit in named if case.holds(unit.start)] or named
        if inside:
            return max(inside, key=lambda unit: (len(unit.chain), -unit.start))
    for level in _WHOLE_LEVELS:
        found = _most_named(units, level)
        if found is None:
            continue
        estate = _most_named(units, "estate") if level == "community" else None
        if estate is not None and estate[1] > found[1] and found[0].name in estate[0].chain:
            return estate[0]  # an estate that the text speaks of more often than of the community it lies in
        return found[0]
    return None


def _most_named(units: Sequence[Unit], level: str) -> tuple[Unit, int] | None:
    """The unit of a level that is named most often, and how often; None where there is none, or where no small place stands out."""
    counts = Counter(unit.name for unit in units if unit.level == level)
    if not counts:
        return None
    name, count = max(sorted(counts.items()), key=lambda item: item[1])
    if 2 * count <= sum(counts.values()) and level not in ("county", "prefecture"):
        return None
    named = (unit for unit in units if unit.name == name and unit.level == level)
    return max(named, key=lambda unit: (len(unit.chain), -unit.start)), count


def _is_community(name: str, main: Unit, places: Places) -> bool:
    return any(unit.name == name and unit.level in _COMMUNITY_LEVELS for unit in (main, *places.units))
