"""Pinyin put behind converted characters by mirrors: `現(xiàn)在` is 現在.

An annotation is known by what it is: a syllable, alone in parentheses, that is a reading of the very character before it. Where the
character was not changed by a conversion (亳(bó)州 in a Simplified text helps the reader) it goes only if the text is full of them.
"""

from __future__ import annotations

import re

from corpus.offsets import Edit
from ingest.characters import HAN, simplified
from ingest.draft import Draft
from ingest.repair.pinyin import SYLLABLE, ZHUYIN, is_reading

STEP = "annotation"
_ANNOTATION = re.compile(rf"(?<=([{HAN}]))[ \u00a0]?[(（]\s?({SYLLABLE}|{ZHUYIN})\s?[)）]")
_FULL = 5  # annotations of converted characters from which a text counts as annotated throughout


def pinyin_annotations(draft: Draft) -> list[Edit]:
    """Edits that take the annotations out; real parentheses stay."""
    found = [match for match in _ANNOTATION.finditer(draft.text) if is_reading(match[1], match[2])]
    if not found:
        return []
    converted = simplified()
    changed = [match for match in found if match[1] in converted]
    taken = found if len(changed) >= _FULL and len(changed) * 2 >= len(found) else changed
    return [Edit(match.start(), match.end(), "", STEP) for match in taken]
