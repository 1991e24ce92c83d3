"""Markdown: the decoded file is the source text; signs of headings and emphasis leave the text, and headings are marked."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.offsets import Edit
from ingest.draft import Draft, Mark, RawReport
from ingest.limits import Limits
from ingest.readers import txt

STEP = "markdown"
_HEADING = re.compile(r"^(?P<signs>(?P<level>#{1,6})[ \t]+)(?P<words>\S[^\n]*?)[ \t]*(?P<closing>#*)[ \t]*\r?$", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^\n*_]+?)(?<=\S)\1")


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises EmptySource, UnknownEncoding, DamagedSource."""
    draft = txt.read(raw, limits)
    marks: list[Mark] = []
    edits: list[Edit] = []
    for match in _HEADING.finditer(draft.text):
        level = len(match["level"])
        kind = "title" if level == 1 and not any(mark.kind == "title" for mark in marks) else "heading"
        marks.append(Mark(kind, match.start("words"), match.end("words"), str(level)))
        edits += [_gone(match, "signs"), _gone(match, "closing")]
    for match in _EMPHASIS.finditer(draft.text):
        edits += [Edit(match.start(), match.start(2), "", STEP), Edit(match.end(2), match.end(), "", STEP)]
    return replace(draft, marks=tuple(marks)).edit(edit for edit in sorted(edits, key=lambda item: item.start) if edit.start < edit.end)


def _gone(match: re.Match[str], group: str) -> Edit:
    return Edit(*match.span(group), "", STEP)
