"""What no step could repair and nobody can read is marked, so that it is shown as damaged and not as what somebody wrote."""

from __future__ import annotations

import re

from ingest.characters import common, known_words, plausibility
from ingest.draft import Draft, Mark
from ingest.repair.shift import suspicious

_LEAST, _LINE = 6, 12  # characters of a run and of a line that can be judged
_FLOOR = -10.6  # mean weight below which a run is no text: see ingest.characters.plausibility
_KNOWN = 6  # characters for each word of two that may be in such a run by chance
_SIGNS = re.compile("[\u3000-\u303f\u3040-\u30ff\uff00-\uff65]")  # kana too: Japanese is no nonsense
_SHARE = 0.4  # of the ideographs must be unusual: names have one or two beside usual ones


def unreadable(draft: Draft) -> list[Mark]:
    """Marks `damaged` for stretches of double-byte characters, and whole lines, that are no text in any way that was tried."""
    text = draft.text
    marks: list[Mark] = []
    judged = -1
    for start, end in suspicious(text):
        if start <= judged:
            continue
        line = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if line > judged and _is_nonsense(text[line:stop], _LINE):
            marks.append(Mark("damaged", line, stop))
            judged = stop
        elif _is_nonsense(text[start:end], _LEAST):
            marks.append(Mark("damaged", start, end))
    return marks


def _is_nonsense(run: str, least: int) -> bool:
    foreign = [character for character in run if character > "\x7f"]
    if len(foreign) < least:
        return False
    usual = common()
    rare = [character for character in foreign if character not in usual and character >= "\u2e80"]
    odd = len(rare) - len(_SIGNS.findall("".join(rare)))
    return odd >= _SHARE * len(foreign) and known_words(run) * _KNOWN <= len(foreign) and plausibility(run) < _FLOOR
