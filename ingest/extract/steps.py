"""Steps of a process: only where the text says that they were done. A sentence that names a method by its parts is no evidence of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.model import Modality
from corpus.vocabulary import Cue, step_schemes, steps
from ingest.extract import stepwords
from ingest.extract.cues import Sighting
from ingest.extract.extent import clauses, index, sentence
from ingest.extract.finding import Finding
from ingest.extract.initiatives import Name
from ingest.extract.modality import modality
from ingest.extract.quotes import Speech
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family
from ingest.extract.telling import done, everywhere, in_heading, in_title, local, meant, near, weighed, whole_words

_SHORT = 200
_MOST_TOLD: tuple[Modality, ...] = ("asserted", "negated", "conditional", "planned")
_RULE = re.compile("标准[为：:]|应当|应由|须|必须|不得|规定[：:，]|第[0-9一二三四五六七八九十百]+条[^，]{0,6}(?:规定|明确)")


def _part_words() -> Iterator[tuple[str, str]]:
    """Parts of methods (民提) and the words for those methods (六步工作法)."""
    names = {name for step in steps() for name in step.names if len(name) > 1}
    names |= {part for scheme in step_schemes() for part, _ in scheme.parts if len(part) > 1}
    names |= {term for scheme in step_schemes() for term in scheme.terms}
    return ((name, name) for name in sorted(names))


@cache
def _orders() -> dict[str, int]:
    return {step.id: step.order for step in steps()}


def steps_order(step: str | None) -> int:
    """The place of a step among the steps."""
    return _orders().get(step or "", 0)


PARTS: Family[str] = Family(_part_words)


def find(scene: Scene, sightings: Sequence[Sighting], speech: Speech, names: Sequence[Name]) -> list[Finding]:
    """Facts of the kind `step` in order, one of a step in a sentence: the clauses that tell of it; `step` is the Chinese
    label, `concept` the step's id.

    What stands inside a name (资本众筹), in a heading, in a list of a method's parts, or is supposed, wanted, weighed or a rule tells of no
    step. One that is planned or was not done is told as such (`modality`).
    """
    name_starts = [name.start for name in names]
    text = scene.text
    naming = sorted(start for start, _, _ in scene.hits.of(PARTS))
    told: dict[tuple[int, str], list[_Deed]] = {}
    for start, end, cue in sightings:
        within = bisect_right(name_starts, start) - 1
        if within >= 0 and _part_of(names[within], start, end):
            continue
        if scene.cases and scene.case(start) is None:
            continue
        as_told = _told(scene, start, end, cue.id)
        if as_told is None:
            continue
        low, high = _stretch(scene, speech, start)
        at = bisect_left(naming, low)
        named = [position for position in naming[at : at + 12] if position < high]
        if any(not start <= position < end for position in named) and _names_method(text, named, start, end):
            continue
        told.setdefault((sentence(scene, start)[0], cue.id), []).append(_Deed(start, end, as_told, cue))
    found = [_row(scene, deeds) for (first, step), deeds in told.items() if not _serves_another(scene, first, step, deeds, told)]
    return sorted(found, key=lambda finding: (finding.start, steps_order(finding.concept)))


@dataclass(frozen=True, slots=True)
class _Deed:
    """Words that tell of a step, and whether as done, planned or left undone."""

    start: int
    end: int
    told: Modality
    cue: Cue


def _serves_another(scene: Scene, first: int, step: str, deeds: Sequence[_Deed], told: Mapping[tuple[int, str], Sequence[_Deed]]) -> bool:
    """Whether the words only bring in another step (开展测评, 组织协商), or ask people how they judge what was done."""
    if step == "deliberation":
        asked = all(stepwords.ASKED.search(scene.text, deed.start, deed.end) for deed in deeds)
        return asked and (first, "evaluation") in told
    if step != "implementation":
        return False
    others = [other for (start, kind), listed in told.items() if start == first and kind != step for other in listed]
    return all(
        scene.text[deed.start : deed.start + 2] in stepwords.FOR_ANOTHER
        and any(deed.start < other.end and other.start < scene.clause(deed.start)[1] for other in others)
        for deed in deeds
    )


def _row(scene: Scene, deeds: Sequence[_Deed]) -> Finding:
    """One row for the deeds of a step in a sentence: the run of neighbouring clauses from the first one that is told as done, if any is."""
    told: Modality = next((kind for kind in _MOST_TOLD if any(deed.told == kind for deed in deeds)), "asserted")
    counted = [deed for deed in deeds if deed.told == told]
    parts = list(clauses(scene, sentence(scene, counted[0].start)))
    places = sorted({index(parts, deed.start) for deed in counted})
    last = places[0]
    for place in places:
        if place <= last + 1:
            last = place
    start, end = parts[places[0]][0], max(parts[last][1], min(deed.end for deed in counted))
    sure = any(done(scene, deed.start, deed.end, dated=True) for deed in counted)
    cue = counted[0].cue
    return Finding(
        "step", start, end, "step.cue", 0.87 if sure else 0.75, step=cue.label, concept=cue.id, modality=told, evidence=((start, end),),
    )  # fmt: skip


def _part_of(name: Name, start: int, end: int) -> bool:
    return end <= name.end and name.end - name.start > end - start and name.rule != "name.head"


def _told(scene: Scene, start: int, end: int, step: str) -> Modality | None:
    """Whether the words say that the step was done, is planned or was left undone; None where they say neither."""
    text = scene.text
    said = text[start:end]
    low = near(scene, start)[0]
    if not whole_words(scene, start, end) or in_heading(scene, start) or everywhere(scene, start) or in_title(scene, start, end):
        return None
    told = _modality(scene, start, end, low)
    if told == "negated" and (scene.opens(start) or stepwords.WILL_NOT.search(text, max(low, start - 8), start)):
        return None
    if _bare(said) and stepwords.THEME.search(text, max(low, start - 10), start):
        return None
    if stepwords.THEN_WILL.match(text, end) or (
        said.startswith(("围坐", "坐在一起", "坐到一起")) and stepwords.FEAST.search(text, *scene.sentence(start))
    ):
        return None
    if step == "proposal" and stepwords.ANSWERED.search(text, max(low, start - 12), end):
        return None
    if step == "decision" and said in ("决定", "决心", "下决心", "下定决心") and stepwords.OWN.match(text, end):
        return None
    if text[start - 1 : start] in ("把", "以") or stepwords.ABSTRACT.match(text, start) or (said == "组成" and "由" in text[low:start]):
        return None
    if step == "implementation" and said in stepwords.OPENED and not _of_the_matter(scene, start):
        return None
    if told == "negated" and step == "implementation" and stepwords.LACKS.search(text, max(low, start - 6), start):
        return None
    if _bare(said) and text.startswith("的", end) and not re.match("的?[，。；]|$", text[end : end + 2]):
        return None
    if text[sentence(scene, start)[1] : sentence(scene, start)[1] + 1] in ("？", "?"):
        return None
    if not local(scene, start):
        return None
    if told is None or stepwords.AFTER.match(text, end) or weighed(scene, start, end):
        return None
    if scene.role(start) == "background" and said in stepwords.STARTED_BEFORE and step == "implementation":
        return None
    if (step == "proposal" and stepwords.GROWS.match(text, end)) or (step == "decision" and said.startswith("参与率")):
        return None
    if _lists_parts(scene, start, end):
        return None
    if step == "funding" and stepwords.UNFUNDED.search(said):
        return "negated" if told in ("asserted", "negated") else told
    if len(said) > 4 and stepwords.CUT.search(said[1:]):
        return None
    if step == "funding" and (
        stepwords.FALSE_FUNDS.search(said)
        or stepwords.OWED.search(text, max(low, start - 12), end + 6)
        or stepwords.TAKEN_BACK.search(text, max(low, start - 4), start)
    ):
        return None
    first = scene.sentence(start)[0]
    if _RULE.search(text, max(first, start - 60), start) and not done(scene, start, end):
        return None
    if stepwords.BODY.match(said) and not stepwords.CALLED.search(text, max(low, start - 12), start):
        return None
    if _listed(scene, start) or (told == "asserted" and _bare(said) and not _happened(scene, start, end)):
        return None
    return told


def _of_the_matter(scene: Scene, start: int) -> bool:
    """Whether what opens is something that the text is about: the noun before is in its title or is named more than once. A short text is
    about all that it names."""
    at = scene.token(start) - 1
    while at >= 0 and scene.flags[at][0] in "dtmqcu" and scene.starts[at] >= near(scene, start)[0]:
        at -= 1
    if len(scene.text) < _SHORT or at < 0 or scene.flags[at][0] != "n" or len(scene.words[at]) < 2:
        return True
    return _counts(scene)[scene.words[at]] > 1 or scene.words[at] in scene.metadata.title


@lru_cache(maxsize=1)
def _counts(scene: Scene) -> Counter[str]:
    return Counter(scene.words)


def _modality(scene: Scene, start: int, end: int, low: int) -> Modality | None:
    """Done, planned or denied; None for what is supposed, wanted or allowed."""
    told = modality(scene, start, end)
    if told in ("asserted", "planned") and (
        stepwords.TO_COME.search(scene.text, low, start)
        or stepwords.TO_COME_BY.search(scene.text, max(scene.sentence(start)[0], low - 40), start)
    ):
        return "planned"
    if told == "conditional":
        return None
    if told == "asserted" and meant(scene, start, end):
        ahead = scene.text[max(scene.sentence(start)[0], low - 40) : start]
        return "planned" if stepwords.PLANS.search(ahead) and not done(scene, start, end) else None
    if told == "asserted" and stepwords.NEVER.search(scene.text, low, start) and not done(scene, start, end):
        return "negated" if re.search("尚未|未能|没能", scene.text[low:start]) else None
    return told if told != "planned" or stepwords.PLANS.search(scene.text, max(scene.sentence(start)[0], low - 40), start) else None


def _lists_parts(scene: Scene, start: int, end: int) -> bool:
    """Whether the clause lists what a method or mechanism consists of (建立收集、协商、反馈的机制; 五步：…提、…议、…定)."""
    low, high = near(scene, start)
    listed = scene.text.count("、", low, high)
    if listed < 2 or done(scene, start, end):
        return False
    first = max(scene.sentence(start)[0], low - 40)
    return bool(stepwords.SETS_UP.search(scene.text[low:high])) or (listed >= 3 and bool(stepwords.CALLED_SO.search(scene.text[first:low])))


def _bare(said: str) -> bool:
    """Whether the words alone do not yet say that it took place."""
    return said in stepwords.BARE or (len(said) <= 3 and said[-1] not in stepwords.RESULT)


def _happened(scene: Scene, start: int, end: int) -> bool:
    """Whether the clause, or a date in the sentence before it, puts a bare word into the past."""
    if done(scene, start, end, dated=True) or "自己" in scene.text[near(scene, start)[0] : start]:
        return True
    text, said = scene.text, scene.text[start:end]
    if stepwords.COUNTED.match(text, end) or stepwords.RESULTS.match(text, end) or said[0] == "被":
        return True
    if stepwords.FOLLOWED.match(text, end) and said not in stepwords.AFTERWARDS:
        return True
    if _sets_out(scene, start, end):
        return True
    if said in stepwords.REPORTING and text[end : end + 1] in tuple("，：,:“"):
        return True
    if said in stepwords.FIXING and stepwords.FIXED.match(text, end):
        return True
    if stepwords.UNDER_WAY.search(text, max(0, start - 12), start) or (
        said in stepwords.BEGINNING and stepwords.SOMEWHERE.search(text, max(0, start - 24), start)
    ):
        return True
    first, low = scene.sentence(start)[0], near(scene, start)[0]
    return low > first and done(scene, low - 1, low - 1, dated=True)


def _sets_out(scene: Scene, start: int, end: int) -> bool:
    """Whether a part that tells what was done (of a case, not of a plan) has the word as the verb of a clause, with its object behind: such
    parts leave out 了 (上线小程序；设立网点)."""
    text = scene.text
    if text[start:end] not in stepwords.SETTING_OUT or scene.role(start) != "approach" or scene.metadata.kind != "case":
        return False
    low, high = near(scene, start)
    return high - end >= 3 and text[end] not in "的率等和与、" and (start == low or stepwords.SUBJECT.search(text, low, start) is not None)


def _listed(scene: Scene, start: int) -> bool:
    """Inside a short quotation that lists (“议题征集、分楼协商、账目上墙”) the words are names."""
    around = scene.quotes_around(start, start + 1)
    inside = scene.text[around[0].start : around[0].end] if around else ""
    return len(inside) <= 40 and "、" in inside and not re.search("[，。；！？]", inside)


def _names_method(text: str, named: Sequence[int], start: int, end: int) -> bool:
    """Whether parts of a method are listed there: two of them, or one that is no part of what was found."""
    outside = [position for position in named if not start <= position < end]
    return len(outside) >= 2 or any(text.startswith(("民", "六步", "四议", "五步", "七步"), position) for position in outside)


def _stretch(scene: Scene, speech: Speech, position: int) -> tuple[int, int]:
    """The quotation around a position, or its sentence as far as no quotation comes between."""
    quote = speech.quote_at(position)
    if quote is not None:
        return quote.start, quote.end
    return speech.between(position, *scene.sentence(position))
