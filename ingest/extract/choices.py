"""Alternatives that a text weighs one by one: the items of a list of plans, and whether each was dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Modality
from ingest.extract.extent import sentence, trimmed
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene
from ingest.extract.telling import in_heading

DROPPED = re.compile(
    "没有?(?:被)?(?:采纳|采用|通过|走通|成)|未(?:被)?(?:采纳|采用|获)|不了了之|作罢|放弃|行不通|不可行|不现实|黄了|散了|不允许|没有[^，。；]{0,2}(?:政策|依据|先例|口子)|"
    "办不到|不答应|退回|拿不出|出不起|成本(?:太)?高|不够|撤掉|不符合|舍掉|否决|搁下"
)
_ITEM = re.compile(
    "(?:(?P<number>方案[一二三四五1-5])[：:]|(?<=[。；：，\n])(?:[一二三四]是|(?:还有|另)?一种(?:办法|方案|意见)?是|第[一二三四]种(?:办法|方案)?是))"
    "(?P<plan>[^，。；：\n]{3,30})"
)
_INTRO = re.compile("(?:[两二三四五几]|多)(?:个|种|套|条)[^，。；\n]{0,8}(?:方案|做法|办法|意见|路子|思路|选择)")
_CHOICE = re.compile(
    "(?:备选|可选|供选|摆出|拿出|提出|想过|有)[^，。：:；\n]{0,12}(?:方案|办法|路子|思路)[^，。：:；\n]{0,6}[：:](?P<listed>[^。；\n]{4,90})"
)


def find(scene: Scene, known: Sequence[Finding]) -> list[Finding]:
    """The alternatives of a list (备选的办法有三个：甲、乙、丙), each by itself."""
    taken = [(finding.start, finding.end) for finding in known if finding.stance == "option"]
    found = []
    for match in _ITEM.finditer(scene.text):
        start, end = match.span("plan")
        if match["number"] is None and _INTRO.search(scene.text, max(0, start - 160), start) is None:
            continue
        if (
            in_heading(scene, start)
            or (scene.cases and scene.case(start) is None)
            or any(low < end and start < high for low, high in taken)
        ):
            continue
        high = min(sentence(scene, start)[1], end + 80)
        told: Modality = "negated" if DROPPED.search(scene.text, end, high) else "asserted"
        found.append(Finding("position", start, end, "position.choice", 0.75, stance="option", modality=told, evidence=((start, end),)))
    for match in _CHOICE.finditer(scene.text):
        listed = match["listed"]
        if "、" not in listed or "，" in listed or in_heading(scene, match.start()) or (scene.cases and scene.case(match.start()) is None):
            continue
        at = match.start("listed")
        for part in listed.split("、"):
            start, end = trimmed(scene, at, at + len(part))
            at += len(part) + 1
            if 3 <= end - start <= 30 and not any(low < end and start < high for low, high in taken):
                found.append(
                    Finding("position", start, end, "position.choice", 0.75, stance="option", modality="asserted", evidence=((start, end),))
                )
    return found
