"""How it ended, and who says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from corpus.vocabulary import Cue
from ingest.extract.cues import Sighting
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.persons import IN_OFFICE, PRIVATE, Person
from ingest.extract.quotes import Speech
from ingest.extract.scene import Scene

_DENIAL_INSIDE = frozenset(["未解决", "中止", "反弹", "部分解决"])
_AMBIGUOUS = re.compile(
    "^(?:关闭|关停|告别了|解散|取消了|施工|撤出|停办|停业|终止|暂缓|恢复原状|无果|销号|清零|遗留问题|有待进一步|剩余部分|仍需进一步|还需进一步|搁置|成为历史|停运|停摆)$"
)
_ASKED = re.compile("如何|怎样|怎么|能否|是否|为什么|要|以便|才能|便于|确保|防止|避免|杜绝|争取|推动|促进|实现|机制|力求|为")


def find(scene: Scene, states: Sequence[Sighting], tellers: Sequence[Sighting], speech: Speech, people: Sequence[Person]) -> list[Finding]:
    """Facts of the kind `outcome`: `state` and `told_by` in the words of the export."""
    kinds = {person.name: person.kind for person in people if person.kind is not None}
    starts = [start for start, _, _ in tellers]
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    for start, end, cue in states:
        clause = scene.clause(start)
        if (clause[0], cue.id) in seen or scene.role(start) in ("background", "options") and cue.id in ("已解决", "部分解决"):
            continue
        said = modality(scene, start, end, denial_is_part=cue.id in _DENIAL_INSIDE)
        before = scene.text[max(clause[0], start - 10) : start]
        if said in ("planned", "conditional", "negated") or (
            _ASKED.search(before) and not re.search("了|已|终于|成功", before + scene.text[start:end])
        ):
            continue
        seen.add((clause[0], cue.id))
        low, high = scene.sentence(start)
        at = bisect_left(starts, low)
        teller = tellers[at][2] if at < len(tellers) and tellers[at][0] < high else None
        confidence = 0.6 if _AMBIGUOUS.match(scene.text[start:end]) else 0.8
        found.append(
            Finding(
                "outcome", start, end, "outcome.cue", confidence, state=cue.id, told_by=_told_by(scene, teller, speech.speaker(start), kinds),
                modality=said, evidence=((clause[0], clause[1]),),
            )
        )  # fmt: skip
    return found


def _told_by(scene: Scene, teller: Cue | None, speaker: str | None, kinds: Mapping[str, str | None]) -> str:
    """Who says so: words of the sentence, else the speaker, else whoever wrote the report."""
    if teller is not None:
        return teller.id
    if speaker is not None:
        kind = kinds.get(speaker)
        if kind == PRIVATE or re.search("居民|业主|住户|村民|商户|群众|老人|奶奶|大爷|阿姨|摊主|租户", speaker):
            return "当事人"
        return "自述" if kind == IN_OFFICE or kind is None else "媒体"
    return "媒体" if scene.metadata.kind == "news" else "自述"
