"""Sections: a heading with what stands under it; where there are no headings, runs of paragraphs that play one role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Role, Section
from ingest.segment.headings import Heading
from ingest.segment.paragraphs import paragraphs
from ingest.segment.roles import UNSURE, role_cues, role_of_heading, role_of_text


def sections(text: str, start: int, headings: Sequence[Heading]) -> tuple[Section, ...]:
    """Cut `text[start:]` at the headings. A sub-heading that says nothing of its role takes that of the heading above it, if that does."""
    if not headings:
        return _by_content(text, start)
    out: list[Section] = []
    cues = role_cues(text)
    if text[start : headings[0].start].strip():
        role, confidence = role_of_text(cues, start, headings[0].start, 0.0)
        out.append(Section(role, "", start, headings[0].start, confidence))
    above: list[tuple[int, tuple[Role, float] | None]] = []
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        end = following.start if following else len(text)
        while above and above[-1][0] >= heading.level:
            above.pop()
        own = role_of_heading(heading.words)
        parent = next((found for _, found in reversed(above) if found), None)
        if parent and (own is None or own[1] < parent[1]) and parent[0] not in ("other",):
            own = (parent[0], round(parent[1] * 0.9, 2))
        above.append((heading.level, own))
        role, confidence = own or role_of_text(cues, heading.end, end, heading.start / max(1, len(text)))
        out.append(Section(role, text[heading.start : heading.end].strip(" ：:。"), heading.start, end, confidence))
    return tuple(out)


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


def _by_content(text: str, start: int) -> tuple[Section, ...]:
    """Paragraphs without a sign of their role go with the one before them."""
    out: list[Section] = []
    cues = role_cues(text)
    for low, high in paragraphs(text, start):
        role, confidence = role_of_text(cues, low, high, low / max(1, len(text)))
        last = out[-1] if out else None
        if last and (role == last.role or confidence <= UNSURE):
            out[-1] = replace(last, end=high, confidence=max(confidence, last.confidence) if role == last.role else last.confidence)
        else:
            out.append(Section(role, "", low, high, confidence))
    if not out:
        return ()
    ends = [*(section.start for section in out[1:]), len(text)]
    return tuple(replace(section, end=end) for section, end in zip(out, ends, strict=True))
