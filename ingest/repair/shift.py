"""Double-byte shifts: a byte was lost or put in between, and what followed was paired off by one (`椤爸鲃印保` is “主動”).

In GBK every later byte of the run then counts as the other half: dropping the first half and decoding again brings the text back. A shift
is accepted only where that turns unusual characters into usual ones, or where an annotation proves it; what cannot be proven is left and
marked `damaged`, a character that is lost becomes □ and is marked too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from corpus.offsets import Edit
from ingest.characters import common, known_words, simplified, weight
from ingest.draft import Draft, Mark
from ingest.repair.pinyin import SYLLABLE, is_exact_reading

STEP = "shift"
MISSING = "□"  # the usual sign for a character that is lost
_LOST = "[?？\ufffd]"
# A byte-wise replacement that hit across two characters: the lead byte of the second lost to "(", the annotation left without it.
_HALF = re.compile(_LOST)
_SPLIT = re.compile(rf"(?<=([^\x00-\x7f])){_LOST}[(（]?({SYLLABLE})[)）]")
_ENDED = re.compile(rf"{_LOST}[(（]?({SYLLABLE})[)）]")
_WIDE = re.compile(r"[^\x00-\x7f\ufffd]+")
_NARROW = re.compile("[\x00-\x7f\ufffd]")
_BROKEN = re.compile("\ufffd+")
_GAIN = 12.0  # natural-log advantage that a shift must have over the text as it stands
_GAIN_BROKEN = 4.5  # the same where the decoder left its sign behind the run
_WORD = 2.5  # the same for each known word more
_UNKNOWN = -9.0  # weight of a character that is lost
_AROUND = 40  # characters beside an unusual or broken one that may be shifted
_UNUSUAL = -11.0
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


def shifts(draft: Draft) -> tuple[list[Edit], list[Mark]]:
    """Edits that undo shifts, and the marks for what stays damaged (positions before the edits)."""
    text = draft.text
    edits = _split_characters(text)
    odd = suspicious(text)
    if not edits and not odd and "\ufffd" not in text:
        return [], []
    taken = bytearray(len(text) + 1)
    for edit in edits:
        taken[edit.start : edit.end] = b"\x01" * (edit.end - edit.start)
    found: Edit | None
    for start, end in odd:
        if taken.find(1, start, end) < 0 and (found := _lost_byte(text, start, end)):
            taken[found.start : found.end] = b"\x01" * (found.end - found.start)
            edits.append(found)
    for broken in _BROKEN.finditer(text):
        if taken.find(1, max(0, broken.start() - 1), broken.end()) < 0:
            floor = taken.rfind(1, max(0, broken.start() - _AROUND), broken.start()) + 1
            found = _before_broken(text, broken.start(), broken.end(), floor)
            taken[found.start : found.end] = b"\x01" * (found.end - found.start)
            edits.append(found)
    return edits, [Mark("damaged", edit.start, edit.end) for edit in edits if MISSING in edit.new]


@lru_cache(maxsize=2)
def suspicious(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of double-byte characters around unusual ones, in order, not overlapping."""
    spans: list[tuple[int, int]] = []
    for match in _odd().finditer(text):
        at = match.start()
        if spans and at < spans[-1][1]:
            continue
        before = max((other.end() for other in _NARROW.finditer(text, max(0, at - _AROUND), at)), default=max(0, at - _AROUND))
        run = _WIDE.match(text, before, at + _AROUND)
        if run and run.end() - run.start() >= 3:
            low = max(run.start(), spans[-1][1] if spans else 0)
            spans.append((low, run.end()))
    return tuple(spans)


@cache
def _odd() -> re.Pattern[str]:
    """Unusual ideographs, and GBK's kana, Greek, Cyrillic, drawing and enclosed characters."""
    rows = (_pair(high, low) for high in range(0xA2, 0xAA) if high != 0xA3 for low in _TRAILS)
    odd = {*map(chr, range(0x3400, 0xA000)), *rows} - common() - {"\ufffd"}
    return re.compile(f"[{re.escape(''.join(sorted(odd)))}]")


def _pair(high: int, low: int) -> str:
    """The character of two GBK bytes, or U+FFFD."""
    text = bytes((high, low)).decode("gbk", "replace") if high > 0x80 else "\ufffd"
    return text if len(text) == 1 else "\ufffd"


@cache
def _bytes(character: str) -> bytes | None:
    try:
        found = character.encode("gbk")
    except UnicodeEncodeError:
        return None
    return found if len(found) == 2 else None


@cache
def _row(high: int) -> tuple[tuple[int, str], ...]:
    """Low bytes that make a converted (Traditional-only) character after `high`, with that character."""
    return tuple((low, pair) for low in _TRAILS if (pair := _pair(high, low)) in simplified())


def _read_so(leads: set[int], syllable: str) -> str | None:
    """The one converted character that starts with one of `leads` and is read `syllable`; among several the one that is usual."""
    found = {pair for lead in leads for _, pair in _row(lead) if is_exact_reading(pair, syllable)}
    usual = found & common()
    if len(found) == 1:
        return found.pop()
    return usual.pop() if len(usual) == 1 else None


def _split_characters(text: str) -> list[Edit]:
    """Characters that an annotation was put into: proven by the annotation, which reads the false character made of two halves."""
    edits: list[Edit] = []
    done = 0
    for match in _SPLIT.finditer(text) if _HALF.search(text) else ():
        before = _bytes(match[1])
        if before is None or match.start() < done:
            continue
        leads = {lead for lead, false in _row(before[1]) if is_exact_reading(false, match[2])}
        if found := _restored(text, match.end(), leads):
            new, done = found
            edits.append(Edit(match.start(), done, new, STEP))
    return edits


def _restored(text: str, at: int, leads: set[int]) -> tuple[str, int] | None:
    """The text that stood from the lost lead byte on, and where the damage ends; None where it is not unambiguous."""
    if ended := _ENDED.match(text, at):
        character = _read_so(leads, ended[1])
        return (character, ended.end()) if character else None
    run = _WIDE.match(text, at)
    if run is None:
        return None
    options = [option for lead in sorted(leads) if (option := _realigned(text, lead, at, run.end()))]
    return options[0] if len(options) == 1 else None


def _realigned(text: str, lead: int, start: int, end: int) -> tuple[str, int] | None:
    """Decode the run again with `lead` before it, to its end or as far as it gets more usual by it."""
    out = ""
    gain = best = 0.0
    found = None
    for at in range(start, end):
        half = _bytes(text[at])
        pair = _pair(lead, half[0]) if half else "\ufffd"
        if half is None or pair == "\ufffd":
            break
        out += pair
        gain += weight(pair) - weight(text[at])
        lead = half[1]
        if gain >= best:
            best, found = gain, (out, lead, at + 1)
    if found is None or not _usual(found[0]):
        return None
    return _tail(*found, text)


def _usual(text: str) -> bool:
    plain = sum(character in common() or character == MISSING or weight(character) > _UNUSUAL for character in text)
    return plain >= 0.9 * len(text)


def _tail(new: str, lead: int, at: int, text: str) -> tuple[str, int]:
    """Add the character whose first half is `lead` and whose second half was lost at `at`."""
    if lead < 0x80:  # an ASCII character that had been swallowed
        return new + chr(lead), at
    ended = _ENDED.match(text, at)
    if ended and (character := _read_so({lead}, ended[1])):
        return new + character, ended.end()
    sign = text[at : at + 1]
    if "@" <= sign <= "~" and (pair := _pair(lead, ord(sign))) in common():  # its second half is a letter that stands there by itself
        return new + pair, at + 1
    if lead == 0xA3 and sign in ("?", "？"):  # the row of full-width ASCII: the sign stands for itself
        return new, at
    return new + MISSING, at + 1 if sign in ("?", "\ufffd") else at


def _lost_byte(text: str, start: int, end: int) -> Edit | None:
    """The stretch of a run that gains most by being read one byte later; its last character is lost, or found behind it."""
    gain = best = 0.0
    low = start
    found = None
    run = text[start:end]
    for at, advantage in enumerate((*map(_advantage, run, run[1:]), 0.0), start):
        if at - low >= 2 and (total := gain + _UNKNOWN - weight(text[at])) > best:
            best, found = total, (low, at + 1)
        gain += advantage
        if gain <= 0:
            gain, low = 0.0, at + 1
    edit = _shifted(text, *found) if found and best >= _GAIN / 3 else None
    if found is None or edit is None:
        return None
    words = known_words(edit.new) - known_words(text[found[0] : found[1]])
    return edit if words > 0 and best + _WORD * words >= _GAIN else None


def _total(old: str, new: str, gain: float) -> float:
    """What a shift gains in characters, with the last one, which is lost, and in known words."""
    return gain + _UNKNOWN - weight(old[-1]) + _WORD * (known_words(new) - known_words(old))


@lru_cache(maxsize=1 << 16)
def _advantage(character: str, following: str) -> float:
    first, second = _bytes(character), _bytes(following)
    if first is None or second is None:
        return -100.0
    return _weight(first[1], second[0]) - weight(character)


@cache
def _weight(high: int, low: int) -> float:
    return weight(_pair(high, low))


def _shifted(text: str, low: int, high: int) -> Edit | None:
    """The edit for the characters [low, high) that were read one byte too early."""
    data = b"".join(half for character in text[low:high] if (half := _bytes(character)))
    new, done = _tail(data[1:-1].decode("gbk", "replace"), data[-1], high, text)
    return Edit(low, done, MISSING + new, STEP) if _usual(new) else None


def _before_broken(text: str, start: int, end: int, floor: int) -> Edit:
    """What a broken character leaves: the characters before it are tried one byte later; else the sign alone becomes □."""
    gain = best = 0.0
    found = None
    for at in range(start - 2, max(floor, start - _AROUND) - 1, -1):
        gain += _advantage(text[at], text[at + 1])
        if gain < -20:
            break
        if (edit := _shifted(text, at, start)) and (total := _total(text[at:start], edit.new, gain)) > best:
            best, found = total, edit
    if found is not None and best >= _GAIN_BROKEN:
        return Edit(found.start, end, found.new, STEP)
    return Edit(start, end, MISSING, STEP)
