"""What a named method, platform or programme brought about: the sentence that tells the result, where it says that it came of that."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ingest.extract.ends import Ends
from ingest.extract.extent import sentence
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene

_CAUSES = re.compile("使(?![用者命馆节])得?|(?<!谦)让(?![步座利渡])|带来了?|促使|促成了?|带动(?!下)了?|换来了?")
_CHANGED = re.compile("了|到|增至|降至|[升降增减]|不再|提高|改善")
_HEADS = frozenset(["method", "platform", "programme", "policy"])
_NEAR = 6
_CLAUSE = 120


def find(scene: Scene, ends: Ends, outcomes: Sequence[Finding]) -> Iterator[Finding]:
    """积分制使投放准确率升到95%: the tail is the words of the sentence, which join no node of the graph."""
    told = sorted((outcome.start, outcome.end) for outcome in outcomes)
    starts = [start for start, _ in told]
    for item in ends.items:
        if item.type not in _HEADS:
            continue
        cause = _CAUSES.search(scene.text, item.end, min(scene.clause(item.end)[1], item.end + _NEAR + 3))
        if cause is None or re.search("[，。；的]", scene.text[item.end : cause.start()].strip("”’」")):
            continue
        span = sentence(scene, item.start)
        at = bisect_left(starts, span[1]) - 1
        known = at >= 0 and told[at][1] > span[0]
        if not known and not _CHANGED.search(scene.text, cause.end(), min(span[1], cause.end() + _CLAUSE)):
            continue
        yield Finding(
            "relation", min(span[0], item.start), span[1], "relation.results_in", 0.74 if known else 0.66, relation="results_in",
            head=item.name, tail=scene.text[slice(*span)], head_type=item.type,
            modality=modality(scene, *cause.span()), evidence=(cause.span(), span),
        )  # fmt: skip
