"""Whole stretches decoded with the wrong table (鍩哄眰 is 基层 in UTF-8 read as GBK): encoded back and decoded rightly.

Bytes that the wrong table could not show are `?` or U+FFFD in the text. They are filled in where only one byte can have stood there (0x80
in GBK; one of five in Windows-1252, if one alone gives a usual character); else the character is lost and becomes □.
"""

from __future__ import annotations

import codecs
import re
from itertools import accumulate

from corpus.offsets import Edit
from ingest.characters import HAN, common, plausibility
from ingest.draft import Draft, Mark
from ingest.repair.shift import MISSING, suspicious

STEP = "mojibake"
_WRONG_RIGHT = (("gb18030", "utf-8"), ("gb18030", "big5hkscs"), ("big5hkscs", "gb18030"), ("big5hkscs", "utf-8"))
_LATIN_RIGHT = (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"), ("cp1252", "gb18030"))
_SIGNS = "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122"
_LATIN = re.compile(f"[\u0080-\u00ff{_SIGNS}\ufffd]{{3,}}")
_LATIN_LETTERS = re.compile("[\u00a1-\u00ff]")
_RUN = re.compile("[^\x00-\x7f]+(?:\\?[^\x00-\x7f]+)*\\??")
_HAN_ONE = re.compile(f"[{HAN}]")
_UNSHOWN = {"gb18030": (0x80,), "big5hkscs": (0x80,), "cp1252": (0x81, 0x8D, 0x8F, 0x90, 0x9D), "latin-1": ()}
_LONG = 6  # characters of a run that proves the table by itself
_GAIN = 2.5  # how much more usual the characters must become on average, in natural logarithms
_LOST = {"utf-8": 0.45, "gb18030": 0.05, "big5hkscs": 0.1}  # share that may be lost: hardly anything but UTF-8 decodes as UTF-8


def mojibake(draft: Draft) -> tuple[list[Edit], list[Mark]]:
    """Edits that decode such stretches again, and marks `damaged` where characters are lost (positions before the edits)."""
    text = draft.text
    latin = [run for run in _LATIN.finditer(text) if len(_LATIN_LETTERS.findall(run[0])) >= 2]
    edits = _proven(latin, _LATIN_RIGHT)
    done = 0
    for start, _ in suspicious(text):
        if start < done:
            continue
        line = text.rfind("\n", 0, start) + 1
        end = text.find("\n", start)
        done = len(text) if end < 0 else end
        edits += _proven([run for run in _RUN.finditer(text, line, done) if _unusual(run[0])], _WRONG_RIGHT)
    edits.sort(key=lambda edit: (edit.start, -edit.end))
    ends = [0, *accumulate((edit.end for edit in edits), max)]
    edits = [edit for edit, before in zip(edits, ends, strict=False) if edit.start >= before]
    return edits, [Mark("damaged", edit.start, edit.end) for edit in edits if MISSING in edit.new]


def _proven(runs: list[re.Match[str]], ways: tuple[tuple[str, str], ...]) -> list[Edit]:
    """Edits for the runs that read better so; short ones only where a long one does."""
    found = [edit for run in runs if (edit := _again(run[0], run.start(), ways))]
    return found if any(edit.end - edit.start >= _LONG for edit in found) else []


def _unusual(run: str) -> bool:
    han = _HAN_ONE.findall(run)
    return bool(han) and sum(character not in common() for character in han) * 4 >= len(han)


def _again(run: str, at: int, ways: tuple[tuple[str, str], ...]) -> Edit | None:
    """The best reading of a run, or None where none is plausible."""
    before = plausibility(run.replace("\ufffd", ""))
    found: list[tuple[float, str]] = []
    for wrong, right in ways:
        text = _decoded(run, wrong, right)
        lost = text.count("\ufffd")
        if len(_HAN_ONE.findall(text)) * 3 < len(text) or lost > _LOST[right] * len(text) + 1:
            continue
        found.append((plausibility(text.replace("\ufffd", "")) - 6 * lost / len(text), re.sub("\ufffd+", MISSING, text)))
    if not found:
        return None
    after, new = max(found)
    return Edit(at, at + len(run), new, STEP) if after > before + _GAIN else None


def _decoded(run: str, wrong: str, right: str) -> str:
    """`run` encoded in `wrong` and decoded in `right`; U+FFFD for what is lost. Where no character is open, a `?` is a question mark."""
    decoder = codecs.getincrementaldecoder(right)("replace")
    parts = re.split("([?\ufffd])", run)
    out = ""
    for number in range(0, len(parts), 2):
        out += decoder.decode(parts[number].encode(wrong, "replace"))
        if number + 1 == len(parts):
            break
        pending, _ = decoder.getstate()
        last = number + 2 == len(parts) - 1 and not parts[-1]
        if not pending and parts[number + 1] == "?" and wrong != "cp1252":
            out += "?"
        elif last:
            out += decoder.decode(b"", True)
        else:
            out += decoder.decode(_unshown(decoder, right, wrong, parts[number + 2]) or b"\xff")
    return out + decoder.decode(b"", True)


def _unshown(decoder: codecs.IncrementalDecoder, right: str, wrong: str, rest: str) -> bytes:
    """The byte that was not shown, if one alone makes a usual character with what is open and what follows; else nothing."""
    state = decoder.getstate()
    following = rest[:2].encode(wrong, "replace")
    fits = []
    for byte in _UNSHOWN[wrong]:
        trial = codecs.getincrementaldecoder(right)("replace")
        trial.setstate(state)
        text = trial.decode(bytes([byte]) + following)
        if text and (text[0] in common() or text[0] in "，。、；：？！“”（）《》"):
            fits.append(byte)
    return bytes(fits) if len(fits) == 1 else b""
