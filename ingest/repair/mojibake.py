"""Whole stretches decoded with the wrong table (鍩哄眰 is 基层 in UTF-8 read as GBK): encoded back and decoded rightly.

Bytes that the wrong table could not show are `?` or U+FFFD in the text. They are filled in where only one byte can have stood there (0x80
in GBK; one of five in Windows-1252, if one alone gives a usual character); else the character is lost and becomes □. What is left of a text
that went through a loss (锟斤拷, ï¿½: U+FFFD read in a wrong table) is lost for good.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from corpus.offsets import Edit
from ingest.characters import HAN, common, plausibility
from ingest.draft import Draft, Mark
from ingest.repair.shift import MISSING, suspicious

STEP = "mojibake"
Way = tuple[str, ...]  # tables in turn: encoded in the first, decoded in the second, and so on
_WRONG_RIGHT: tuple[Way, ...] = (
    ("gb18030", "utf-8"),
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "gb18030"),
    ("big5hkscs", "utf-8"),
    ("gb18030", "utf-8", "gb18030", "utf-8"),
)
_LATIN_RIGHT: tuple[Way, ...] = (
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb18030"),
    ("cp1252", "gb18030"),
    ("latin-1", "big5hkscs"),
    ("cp1252", "utf-8", "cp1252", "utf-8"),
    ("latin-1", "utf-8", "latin-1", "utf-8"),
)
_SIGNS = "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122"
_LATIN = re.compile(f"[\u0080-\u00ff{_SIGNS}\ufffd]{{2,}}")
_LATIN_LETTERS = re.compile("[\u00a1-\u00ff]")
_LATIN_LEAST = 3
_RUN = re.compile("[^\x00-\x7f]+(?:\\?[^\x00-\x7f]+)*\\??")
_HAN_ONE = re.compile(f"[{HAN}]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# U+FFFD in UTF-8 is EF BF BD: read as GBK, as Windows-1252 or as Big5; 0xCC and 0xCD are what some compilers fill memory with.
_LOST_SIGNS = re.compile("(?:锟斤拷|锟斤|斤拷|锟叫碉拷|锟侥硷拷|锟|嚙踝蕭|嚙踐|嚙|ï¿½|烫烫烫+|屯屯屯+)+")
_MAY_BE_LOST = re.compile("[锟斤嚙ï烫屯]")
_UNSHOWN = {"gb18030": (0x80,), "big5hkscs": (0x80,), "cp1252": (0x81, 0x8D, 0x8F, 0x90, 0x9D), "latin-1": ()}
_LONG = 6  # characters of a run that proves the table by itself
_GAIN = 2.5  # how much more usual the characters must become on average, in natural logarithms
_LOST = {"utf-8": 0.45, "gb18030": 0.05, "big5hkscs": 0.1}  # share that may be lost: hardly anything but UTF-8 decodes as UTF-8


def mojibake(draft: Draft) -> tuple[list[Edit], list[Mark]]:
    """Edits that decode such stretches again, and marks `damaged` where characters are lost (positions before the edits)."""
    text = draft.text
    edits: list[Edit] = []
    if _MAY_BE_LOST.search(text):
        edits += [Edit(match.start(), match.end(), MISSING, STEP) for match in _LOST_SIGNS.finditer(text)]
    if _LATIN_LETTERS.search(text):
        edits += _proven(_LATIN.finditer(text), _LATIN_RIGHT)
    done = 0
    ways: Counter[Way] = Counter()
    for start, _ in suspicious(text):
        if start < done:
            continue
        line = text.rfind("\n", 0, start) + 1
        end = text.find("\n", start)
        done = len(text) if end < 0 else end
        edits += _proven([run for run in _RUN.finditer(text, line, done) if _unusual(run[0])], _WRONG_RIGHT, ways)
    if ways:
        edits += _remaining(text, edits, ways.most_common(1)[0][0])
    if not edits:
        return [], []
    edits.sort(key=lambda edit: (edit.start, -edit.end))
    ends = [0, *accumulate((edit.end for edit in edits), max)]
    edits = [edit for edit, before in zip(edits, ends, strict=False) if edit.start >= before]
    return edits, [Mark("damaged", edit.start, edit.end) for edit in edits if MISSING in edit.new]


def _proven(runs: Iterable[re.Match[str]], ways: tuple[Way, ...], counted: Counter[Way] | None = None) -> list[Edit]:
    """Edits for the runs that read better so; short ones only where a long one does. The ways found are counted by characters."""
    runs = list(runs)
    latin = ways is _LATIN_RIGHT
    long = [run for run in runs if not latin or (len(run[0]) >= _LATIN_LEAST and len(_LATIN_LETTERS.findall(run[0])) >= 2)]
    found = [(run, again) for run in long if (again := _again(run[0], ways))]
    if not any(len(run[0]) >= _LONG for run, _ in found):
        return []
    weights: Counter[Way] = Counter()
    for run, (way, _) in found:
        weights[way] += len(run[0])
    best = weights.most_common(1)[0][0]
    if counted is not None:
        counted.update(weights)
    edits = [Edit(run.start(), run.end(), new, STEP) for run, (_, new) in found]
    if latin:
        done = {edit.start for edit in edits}
        rest = [run for run in runs if run.start() not in done]
        edits += [Edit(run.start(), run.end(), new, STEP) for run in rest if (new := _cleanly(run[0], best))]
    return edits


def _remaining(text: str, edits: list[Edit], way: Way) -> list[Edit]:
    """The other runs of a text whose table is known: those that decode without a loss into usual characters, or hold impossible ones."""
    taken = bytearray(len(text) + 1)
    for edit in edits:
        taken[edit.start : edit.end] = b"\x01" * (edit.end - edit.start)
    found = []
    for run in _RUN.finditer(text):
        if taken.find(1, run.start(), run.end()) < 0 and (new := _cleanly(run[0], way)):
            better = plausibility(new) > plausibility(run[0]) or _PRIVATE.search(run[0])
            if better:
                found.append(Edit(run.start(), run.end(), new, STEP))
    return found


def _cleanly(run: str, way: Way) -> str:
    """A run read in a way that is known to be right for the text, if every character becomes a usual one; else nothing."""
    text = _through(run, way)
    usual = all(character in common() or not _HAN_ONE.match(character) for character in text)
    return text if usual and "\ufffd" not in text and "?" not in text and not _PRIVATE.search(text) else ""


def _unusual(run: str) -> bool:
    han = _HAN_ONE.findall(run)
    usual = common()
    return bool(han) and (len(han) - sum(map(usual.__contains__, han))) * 4 >= len(han)


def _again(run: str, ways: tuple[Way, ...]) -> tuple[Way, str] | None:
    """The best reading of a run with its way, or None where none is plausible."""
    before = plausibility(run.replace("\ufffd", ""))
    found: list[tuple[float, Way, str]] = []
    for way in ways:
        text = _through(run, way)
        lost = text.count("\ufffd")
        if not text or len(_HAN_ONE.findall(text)) * 3 < len(text) or lost > _LOST[way[-1]] * len(text) + 1:
            continue
        found.append((plausibility(text.replace("\ufffd", "")) - 6 * lost / len(text), way, re.sub("\ufffd+", MISSING, text)))
    if not found:
        return None
    after, way, new = max(found)
    return (way, new) if after > before + _GAIN else None


def _through(run: str, way: Way) -> str:
    text = run
    for wrong, right in zip(way[::2], way[1::2], strict=True):
        text = _decoded(text, wrong, right)
    return text


def _decoded(run: str, wrong: str, right: str) -> str:
    """`run` encoded in `wrong` and decoded in `right`; U+FFFD for what is lost. Where no character is open, a `?` is a question mark."""
    decoder = codecs.getincrementaldecoder(right)("replace")
    parts = re.split("([?\ufffd])", run)
    out = ""
    for number in range(0, len(parts), 2):
        out += decoder.decode(_encoded(parts[number], wrong))
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


def _encoded(text: str, wrong: str) -> bytes:
    """Bytes that a table shows as `text`; browsers show what Windows-1252 leaves open as the control characters of those numbers."""
    if wrong != "cp1252":
        return text.encode(wrong, "replace")
    return b"".join(bytes((ord(one),)) if "\x80" <= one <= "\x9f" else one.encode(wrong, "replace") for one in text)


def _unshown(decoder: codecs.IncrementalDecoder, right: str, wrong: str, rest: str) -> bytes:
    """The byte that was not shown, if one alone makes a usual character with what is open and what follows; else nothing."""
    state = decoder.getstate()
    following = _encoded(rest[:2], wrong)
    fits = []
    for byte in _UNSHOWN[wrong]:
        trial = codecs.getincrementaldecoder(right)("replace")
        trial.setstate(state)
        text = trial.decode(bytes([byte]) + following)
        if text and (text[0] in common() or text[0] in "，。、；：？！“”（）《》"):
            fits.append(byte)
    return bytes(fits) if len(fits) == 1 else b""
