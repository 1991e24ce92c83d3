"""Steps of a process: only where the text says that they were done. A sentence that names a method by its parts is no evidence of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from corpus.lexicon import Lexicon
from corpus.vocabulary import step_schemes, steps
from ingest.extract.cues import Sighting
from ingest.extract.finding import Finding
from ingest.extract.initiatives import Name
from ingest.extract.modality import modality
from ingest.extract.quotes import Speech
from ingest.extract.scene import Scene

_NOT_DONE = re.compile(
    "要|应|须|必须|需要?|如何|怎样|怎么|可以|可|能够?|鼓励|引导|提倡|支持|倡导|便于|方便|负责|用于|是否|会(?=[^议长所计社展上同商场])|旨在|目的|为了|职责|任务是|重点工作|的途径|参与$"
)
_DONE = re.compile("了(?!解)|已|曾|先后|终于|成功|共计|共有|累计|自己|[0-9]")
_COMPOUND_AFTER = re.compile(
    "(?:的)?(?:机制|制度|平台|能力|渠道|流程|原则|办法|规则|权利?|作用|责任|职责|体系|模式|成本|意识|方法|方案中|难|工作法|率(?!达|为))"
)


_BODY = re.compile("^(?!召开|举行|举办|组织|成立|组建|开|选出|聘请|推选)[\u4e00-\u9fff]*(?:会|小组|委员会|员|队|组)$")
_CALLED = re.compile("召开|举行|举办|组织|成立|组建|选出|推选|聘请|开了?")
_BEFORE_IT = re.compile("前的|之前")


@cache
def _part_names() -> Lexicon[str]:
    names = {name for step in steps() for name in step.names if len(name) > 1}
    names |= {part for scheme in step_schemes() for part, _ in scheme.parts if len(part) > 1}
    names |= {term for scheme in step_schemes() for term in scheme.terms}
    return Lexicon([(name, name) for name in sorted(names)])


def find(scene: Scene, sightings: Sequence[Sighting], speech: Speech, names: Sequence[Name]) -> list[Finding]:
    """Facts of the kind `step` in order, at most one of a step in a clause; `step` is the Chinese label, `concept` the step's id. What stands
    inside a name (资本众筹) tells of no step."""
    name_starts = [name.start for name in names]
    text = scene.text
    naming = sorted(start for start, _, _ in _part_names().all(text))
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    for start, end, cue in sightings:
        within = bisect_right(name_starts, start) - 1
        if (
            within >= 0
            and end <= names[within].end
            and (names[within].end - names[within].start > end - start)
            and names[within].rule != "name.head"
        ):
            continue
        low, high = _stretch(scene, speech, start)
        at = bisect_left(naming, low)
        named = [position for position in naming[at : at + 12] if position < high]
        clause = scene.clause(start)
        if any(not start <= position < end for position in named) and _names_method(text, named, start, end):
            continue
        if (
            (clause[0], cue.id) in seen
            or _BEFORE_IT.search(text[start:end])
            or _COMPOUND_AFTER.match(text, end)
            or modality(scene, start, end) != "asserted"
        ):
            continue
        before = text[max(clause[0], low, start - 12) : start]
        if _NOT_DONE.search(before) and not _DONE.search(text[clause[0] : clause[1]]):
            continue
        if _BODY.match(text[start:end]) and not _CALLED.search(before):
            continue
        seen.add((clause[0], cue.id))
        confidence = 0.85 if _DONE.search(text[clause[0] : clause[1]]) else 0.7
        found.append(
            Finding(
                "step",
                start,
                end,
                "step.cue",
                confidence,
                step=cue.label,
                concept=cue.id,
                modality="asserted",
                evidence=((clause[0], clause[1]),),
            )
        )
    return found


def _names_method(text: str, named: Sequence[int], start: int, end: int) -> bool:
    """Whether parts of a method are listed there: two of them, or one that is no part of what was found."""
    outside = [position for position in named if not start <= position < end]
    return len(outside) >= 2 or any(text.startswith(("民", "六步", "四议", "五步", "七步"), position) for position in outside)


def _stretch(scene: Scene, speech: Speech, position: int) -> tuple[int, int]:
    """The quotation around a position, or its sentence as far as no quotation comes between."""
    quote = speech.quote_at(position)
    if quote is not None:
        return quote.start, quote.end
    low, high = scene.sentence(position)
    for other in speech.quotes:
        if other.end <= position:
            low = max(low, other.end)
        elif other.start > position:
            high = min(high, other.start)
            break
    return low, high
