"""Facts read anew from a text that was cleaned and cut before, where only words of the vocabulary have changed that these do not hang on.

A file is read, repaired and cut with few words of the vocabulary (`ingest.pipeline.WORDS_OF_READING`) and, in two places, with the words
for issues: whether a text without other signs of trouble tells of any, and where a text that tells of several places falls into cases. That
is tried again here; what cannot be told from the text alone is left to be read from its file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.identity import digest
from corpus.model import OUTCOME_UNKNOWN, Case, Metadata, Reading, ReportKind, Section, reading_id
from ingest.pipeline import PIPELINE, extracted
from ingest.segment import cases, kind
from ingest.segment.roles import cue_roles

_TROUBLE = frozenset(("problem", "dispute"))


def only_labels_differ(pipeline: str) -> bool:
    """Whether a reading by this version differs from one by `PIPELINE` in words of the vocabulary that only facts hang on."""
    present, then = (version.partition("+")[0].split("-") for version in (PIPELINE, pipeline))
    return len(then) == len(present) and then[:-1] == present[:-1] and then[-1] != present[-1]


def relabelled(reading: Reading) -> Reading | None:
    """The reading as the file would be read now, for one of which `only_labels_differ`. None where the text alone does not tell that.

    Beside what `Reading` keeps of a file, the result has the reading's own `personal` and no `page`.
    """
    uncut = _as_cut(reading)
    if uncut is None:
        return None
    lines = reading.pipeline.partition("+")
    pipeline = PIPELINE + "".join(lines[1:])
    id = reading_id(reading.report, reading.revision, pipeline, reading.text)
    passages = tuple(replace(one, id=digest("passage", id, str(one.start), str(one.end))) for one in reading.passages)
    found = extracted(replace(reading, id=id, pipeline=pipeline, cases=uncut, passages=passages))
    said = reading.metadata.stage  # by the source or, before, by the text: alike as long as the text still says so
    return None if said and found.cases and {case.stage for case in found.cases} != {said} else found


def _as_cut(reading: Reading) -> tuple[Case, ...] | None:
    """The reading's cases as they were before facts told more of them; None where they may be cut, or be of another kind, now."""
    text, metadata = reading.text, reading.metadata
    if not _is(metadata.kind, text, metadata, reading.sections):
        return None
    if not reading.cases:
        return ()
    again = cases(reading.report, text, metadata.title, 0, reading.sections, ())
    if [(case.id, case.title, case.spans) for case in again] != [(case.id, case.title, case.spans) for case in reading.cases]:
        return None
    if len(again) == 1:
        return (_untold(reading.cases[0], metadata.place),)
    if not all(_is_still(case, text, reading.sections) for case in reading.cases):
        return None
    return tuple(_untold(case, cut.place) for case, cut in zip(reading.cases, again, strict=True))


def _untold(case: Case, place: str | None) -> Case:
    return replace(case, place=place, stage=None, implemented=None, community=None, outcome=OUTCOME_UNKNOWN)


def _is_still(case: Case, text: str, sections: Sequence[Section]) -> bool:
    """Whether one of several cases is certainly of the kind that it was."""
    own = "\n".join(text[start:end] for start, end in case.spans)
    parts = [section for section in sections if case.holds(section.start)]
    if not _hangs_on_issues(own, parts):
        return True
    return (kind(own, Metadata(title=case.title), parts, stated=False) == "proposal") == (case.kind == "proposal")


def _is(known: ReportKind, text: str, metadata: Metadata, sections: Sequence[Section]) -> bool:
    """Whether a text is certainly of the kind that it was: nothing of that hangs on the words for issues, or it comes out again (as it does
    where the source states it)."""
    return not _hangs_on_issues(text, sections) or kind(text, replace(metadata, stage=None), sections, stated=False) == known


def _hangs_on_issues(text: str, sections: Sequence[Section]) -> bool:
    """Whether the kind of a text may depend on the words for issues: it tells of deeds and results, and by no other sign of trouble."""
    told = {section.role for section in sections}
    return {"approach", "outcome"} <= told and not told & _TROUBLE and not cue_roles(text) & _TROUBLE
