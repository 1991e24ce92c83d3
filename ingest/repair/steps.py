"""The steps that repair characters, in their order: what was escaped before what was annotated, bytes before characters, characters before
script, script before blanks, blanks before signs. Steps that know lines and pages (bylines, forms, boilerplate) come after them."""

from __future__ import annotations

from dataclasses import replace

from ingest.draft import Draft, Mark
from ingest.repair.annotation import pinyin_annotations
from ingest.repair.glyphs import glyphs
from ingest.repair.markup import markup
from ingest.repair.mojibake import mojibake
from ingest.repair.noise import noise
from ingest.repair.script import script
from ingest.repair.shift import shifts
from ingest.repair.space import spaces
from ingest.repair.unreadable import unreadable
from ingest.repair.width import widths


def restored(draft: Draft) -> Draft:
    """The draft with its characters repaired; marks of kind `damaged` stand where that was not possible."""
    draft = draft.edit(markup(draft))
    draft = draft.edit(pinyin_annotations(draft))
    for step in (mojibake, shifts, glyphs):
        edits, marks = step(draft)
        draft = _marked(draft, marks).edit(edits)
        if step is mojibake and edits:  # what could not be seen before
            draft = draft.edit(pinyin_annotations(draft))
    draft = _marked(draft, unreadable(draft))
    for change in (script, spaces, noise, widths):
        draft = draft.edit(change(draft))
    return draft


def _marked(draft: Draft, marks: list[Mark]) -> Draft:
    return replace(draft, marks=(*draft.marks, *marks)) if marks else draft
