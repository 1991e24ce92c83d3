"""Measures: the figures of the text with what they count and what they are counted by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from corpus.vocabulary import units
from ingest.extract.counted import Counted
from ingest.extract.figures import Figure, scan
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene, tag

_AVERAGES = re.compile("[人户亩村件台栋]均|[年月日周]均")
_PER_AVERAGE = {
    "人": "人",
    "户": "户",
    "亩": "亩",
    "村": "村",
    "件": "件",
    "台": "台",
    "栋": "栋",
    "年": "年",
    "月": "月",
    "日": "天",
    "周": "周",
}
_EACH = re.compile(r"每(?:一)?(?:个|户|家|名|位|条|栋|幢|部|台|张|座|所|间)?")
_REACH = 30


def find(scene: Scene, taken: Sequence[Finding]) -> list[Finding]:
    """Measures in order. Nothing that overlaps a date (`taken`, by start), a document's title or a short name in quotation marks is one."""
    starts = [finding.start for finding in taken]
    found: list[Finding] = []
    counted = Counted(scene)
    for figure in scan(scene.text):
        at = bisect_left(starts, figure.end)
        if at and taken[at - 1].end > figure.number_start:
            continue
        if not _is_name(scene, figure):
            found.append(_measure(scene, figure, counted.subject(figure)))
    return found


def _is_name(scene: Scene, figure: Figure) -> bool:
    """Inside 《》 or inside a short quoted name such as ‘平安365’, a figure is part of a title."""
    text = scene.text
    opening = text.rfind("《", max(0, figure.start - 60), figure.start)
    if opening >= 0 and text.find("》", opening, figure.start) < 0 and text.find("》", figure.end, figure.end + 60) >= 0:
        return True
    around = scene.quotes_around(figure.start, figure.end)
    return bool(around) and around[0].end - around[0].start <= 14 and not re.search("[，。！？；,]", text[around[0].start : around[0].end])


def _measure(scene: Scene, figure: Figure, subject: tuple[int, int] | None) -> Finding:
    return Finding(
        "measure", figure.start, figure.end, "measure.figure", 0.93 if not figure.han else 0.88,
        value=figure.value, value_max=figure.value_max, unit=figure.unit, qualifier=figure.qualifier or None,
        subject=None if subject is None else scene.text[slice(*subject)],
        per=figure.per or _per(scene, figure),
        evidence=() if subject is None else (subject,),
    )  # fmt: skip


def _first_noun(words: str) -> str:
    word, flag = next(iter(tag(words[:8])), ("", ""))
    return word if flag.startswith("n") and len(word) > 1 else ""


def _per(scene: Scene, figure: Figure) -> str | None:
    """What the figure is counted by (每户, 每个社区, 人均), from the words before it in its clause."""
    text = scene.text
    low = max(scene.clause(figure.start)[0], figure.start - _REACH)
    stretch = text[low : figure.start]
    if "每" not in stretch and "均" not in stretch:
        return None
    found: list[str] = []
    known = units().per
    for match in re.finditer("每", stretch):
        word = next((word for word in known if word[0] == "每" and stretch.startswith(word, match.start())), None)
        rest = stretch[match.start() :]
        each = _EACH.match(rest)
        named = _first_noun(rest[each.end() :]) if each is not None else ""
        if named and len(named) <= 6 and (word is None or not known[word].startswith(("年", "月", "天", "周", "户/", "人/"))):
            found.append(named)
        elif word is not None:
            found.append(known[word])
    found.extend(_PER_AVERAGE[match.group()[0]] for match in _AVERAGES.finditer(stretch))
    return "/".join(dict.fromkeys(part for word in found for part in word.split("/"))) or None
