"""Sections: a heading with what stands under it; where there are no headings, runs of paragraphs that play one role."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Role, Section
from ingest.segment.headings import Heading
from ingest.segment.paragraphs import paragraphs
from ingest.segment.roles import RoleCues, role_cues, role_of_heading, roles_of

_Range = tuple[int, int]
_OPEN_NAME = re.compile(
    "(?:基本)?案情(?:简介|概述|介绍|回放|经过)?$|案由$|(?:目前|当前)?(?:现状|情况|状况)(?:描述|说明|反映)?$|(?:事件|纠纷)(?:简介|概述)$"
)
_ASKED = re.compile("建议|对策|设想|点子|诉求")
_SETTLED = re.compile("调处|调解|化解|处[置理]|办理|建议")
_HARD = re.compile("[\u4e00-\u9fff]{2}难(?=[，。；、！])|(?:[打吵闹]了一[架场])")


def sections(text: str, start: int, headings: Sequence[Heading]) -> tuple[Section, ...]:
    """Cut `text[start:]` at the headings. A sub-heading that says nothing of its role takes that of the heading above it, if that does.

    What has no heading of its own, or only the title of its case, is cut into runs of paragraphs by their content.
    """
    cues = role_cues(text)
    if not headings:
        return _by_content(text, cues, (start, len(text)), (start, len(text)))
    out: list[Section] = []
    reports = _Reports(text, start, headings)
    if text[start : headings[0].start].strip():
        opening = (start, headings[0].start)
        out += [Section("other", "", *opening)] if reports.many else _by_content(text, cues, opening, reports.around(start))
    ends = [*(heading.start for heading in headings[1:]), len(text)]
    told = _trouble_told(text, cues, headings, ends, _told(headings), reports)
    roles = _roles(cues, headings, ends, told, reports)
    for heading, end, role in zip(headings, ends, roles, strict=True):
        words = text[heading.start : heading.end].replace("\n", " ").strip(" ：:。")
        if heading.case and text[heading.end : end].strip():
            runs = _by_content(text, cues, (heading.end, end), reports.around(heading.start))
            out.append(replace(runs[0], heading=words, start=heading.start))
            out.extend(runs[1:])
        else:
            out.append(Section(role[0], words, heading.start, end, role[1]))
    return tuple(out)


def _told(headings: Sequence[Heading]) -> list[tuple[Role, float] | None]:
    """What the words of each heading, or of one above it, say of the role."""
    found: list[tuple[Role, float] | None] = []
    above: list[tuple[int, tuple[Role, float] | None]] = []
    for heading in headings:
        while above and above[-1][0] >= heading.level:
            above.pop()
        own: tuple[Role, float] | None = ("other", 1.0) if heading.apart else None if heading.case else role_of_heading(heading.words)
        parent = next((role for _, role in reversed(above) if role), None)
        if parent and (own is None or own[1] < parent[1]) and parent[0] != "other":
            own = (parent[0], round(parent[1] * 0.9, 2))
        above.append((heading.level, None if heading.apart else own))
        found.append(own)
    return found


def _trouble_told(
    text: str,
    cues: RoleCues,
    headings: Sequence[Heading],
    ends: Sequence[int],
    told: list[tuple[Role, float] | None],
    reports: _Reports,
) -> list[tuple[Role, float] | None]:
    """案情简介, 现状: named for what they tell of, which is the trouble where no other heading of the report is about that, and where what
    follows is a remedy that is asked for (建议) or how a case was settled (调处); elsewhere where the words of the part say so."""
    if not any(_OPEN_NAME.match(heading.words) for heading in headings):
        return told
    out = list(told)
    for n, heading in enumerate(headings):
        if not _OPEN_NAME.match(heading.words) or told[n] is None:
            continue
        low, high = reports.around(heading.start)
        others = [m for m, other in enumerate(headings) if low <= other.start < high and m != n]
        if any(said and said[0] in ("problem", "dispute") for m in others if (said := told[m])):
            continue
        asked = any((_ASKED if "案" not in heading.words else _SETTLED).search(headings[m].words) for m in others if m > n)
        if asked or cues.speaks(heading.end, ends[n], ("problem", "dispute")) or _HARD.search(text, heading.end, ends[n]):
            out[n] = ("problem", 0.75)
    return out


def _roles(
    cues: RoleCues, headings: Sequence[Heading], ends: Sequence[int], told: Sequence[tuple[Role, float] | None], reports: _Reports
) -> list[tuple[Role, float]]:
    """The role of each section; where its heading says none, by its words and its place among the others of its report."""
    out: list[tuple[Role, float]] = []
    at = 0
    while at < len(headings):
        report = reports.around(headings[at].start)
        stop = next((n for n in range(at + 1, len(headings)) if headings[n].start >= report[1]), len(headings))
        spans = [(headings[n].end, ends[n]) for n in range(at, stop)]
        out += roles_of(cues, spans, report, told[at:stop])
        at = stop
    return out


def paths(headings: Sequence[Heading]) -> dict[int, str]:
    """For the start of each section its heading with those above it, joined by ` › `."""
    found: dict[int, str] = {}
    above: list[Heading] = []
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        above.append(heading)
        found[heading.start] = " › ".join(item.words for item in above)
    return found


class _Reports:
    """The stretches of a compilation that are a report each; of any other text there is one."""

    def __init__(self, text: str, start: int, headings: Sequence[Heading]) -> None:
        self.many = any(heading.case for heading in headings)
        self._starts = [start, *(heading.start for heading in headings if heading.case or heading.apart)] if self.many else [start]
        self._ends = [*self._starts[1:], len(text)]

    def around(self, position: int) -> _Range:
        at = max(0, bisect_right(self._starts, position) - 1)
        return self._starts[at], self._ends[at]


def _by_content(text: str, cues: RoleCues, stretch: _Range, report: _Range) -> tuple[Section, ...]:
    """Runs of paragraphs that play one role; a run is as sure as its surest paragraph."""
    runs: list[tuple[Role, int, float]] = []
    lines = paragraphs(text, *stretch)
    for (low, _), (role, confidence) in zip(lines, roles_of(cues, lines, report), strict=True):
        if runs and role == runs[-1][0]:
            runs[-1] = role, runs[-1][1], max(confidence, runs[-1][2])
        else:
            runs.append((role, low, confidence))
    ends = [*(start for _, start, _ in runs), stretch[1]][1:]
    return tuple(Section(role, "", start, end, confidence) for (role, start, confidence), end in zip(runs, ends, strict=False))
