"""Pinyin put behind characters by mirrors and converters: `現(xiàn)在` is 現在, `现在(xiànzài)` is 现在.

An annotation is known by what it is: in brackets, and a reading of the very characters before it. Whether it is noise or was written to
be read is told by what it says. A reader is helped where a character is rare or read in an unusual way (亳(bó)州, 六(lù)安), and a name is
spelled once for foreigners (杭州(Hangzhou)); that a converted character, or a common one, is read as always needs no saying. Texts that
say so several times are annotated by a machine, and there all annotations go.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from corpus.offsets import Edit
from ingest.characters import HAN, level_one, simplified
from ingest.draft import Draft
from ingest.repair.pinyin import LETTER, SYLLABLE, ZHUYIN, is_reading, plain, usual_reading
from ingest.scan import sought

STEP = "annotation"
_OPEN, _CLOSE = r"[(（\[［〔【{]", r"[)）\]］〕】}]"
_GAP = r"[ \u00a0\u3000]{0,2}"
_OTHER = r"\s?[/,，、|;；或又]\s?"  # between several readings of one character
_ONE = rf"(?:{SYLLABLE}|{ZHUYIN})"
_ANNOTATION = re.compile(rf"(?<=[{HAN}]){_GAP}{_OPEN}{_GAP}({_ONE}(?:(?:{_OTHER}|[\s'’·-]{{0,2}}){_ONE}){{0,7}}){_GAP}{_CLOSE}")
_BARE = re.compile(f"(?<=[{HAN}])[{LETTER}]{{1,6}}(?=[{HAN}，。、；：？！”’》）]|$)", re.MULTILINE)
_MARKED = re.compile("[^\x00-\x7f]")
_SPLIT = re.compile(rf"[\s'’·-]+|(?<=[0-5¹²³⁴⁵])(?=[{LETTER}])")
_SEVERAL = re.compile(_OTHER)
# Any short Latin word between two signs: a reading in another system is known by the same one standing behind the same character.
_ANY = re.compile(rf"[(（\[［〔【{{<《/|‹«-](?<=[{HAN}].)([{LETTER}'’]{{1,8}}[0-9]?)[)）\]］〕】}}>》/|›»-]")
_SOME = sought(
    r"(（\[［〔【{/\x80-\u1fff\ufff0-\U0010ffff",
    rf"{_OPEN}{_GAP}[{LETTER}˙\u3105-\u312f]|[^\x00-\x7f\u2000-\uffef]|/[{LETTER}]",
)
_REPEATED = 8  # of them behind characters that come again
_MANY = 12  # such words from which a text may be annotated
_LETTERS = re.compile("[a-zü]+")
_WORD = 8  # characters of the longest word that is annotated as one
_FULL = 5  # annotations without use from which a text counts as annotated throughout
_DENSE = 3  # the same where they stand behind one character in ten
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    converted: bool  # behind a Traditional-only character
    useless: bool  # says what every reader knows
    foreign: bool  # capital letters without tones: a name for foreigners


def pinyin_annotations(draft: Draft) -> list[Edit]:
    """Edits that take the annotations out; real parentheses stay."""
    text = draft.text
    if not _SOME.search(text):
        return []
    found = [item for match in _ANNOTATION.finditer(text) if (item := _read(text, match.start(), match.end(), match[1]))]
    bare: list[_Found] = []
    if len(found) < _DENSE and _MARKED.search(text):
        bare = [item for match in _BARE.finditer(text) if _MARKED.search(match[0]) and (item := _read(text, *match.span(), match[0]))]
    useless = sum(item.useless for item in (*found, *bare))
    throughout = (useless >= _FULL and useless * 2 >= len(found)) or (
        useless >= _DENSE and useless * 10 >= len(_HAN.findall(text)) and useless * 2 >= len(found)
    )
    taken = [item for item in found if (throughout and not item.foreign) or (item.converted and item.useless)]
    if throughout:
        taken += bare
    elif sum(item.converted for item in found) > 1:  # a text that annotates what was converted, readings that are rare among them
        taken = [item for item in found if item.converted and not item.foreign]
    gone = {(item.start, item.end) for item in taken}
    ends = {end for _, end in gone}
    gone |= {(start, end) for start, end in _consistent(text) if end not in ends}
    return [Edit(start, end, "", STEP) for start, end in sorted(gone)]


def _consistent(text: str) -> list[tuple[int, int]]:
    """Words behind characters, if they stand behind most converted ones and always the same behind the same character."""
    found = list(_ANY.finditer(text))
    table = simplified()
    behind = sum(text[match.start() - 1] in table for match in found)
    if len(found) < _MANY or behind * 2 < sum(character in table for character in text):
        return []
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for match in found:
        said[text[match.start() - 1]][match[1]] += 1
    again = [words for words in said.values() if words.total() > 1]
    total = sum(words.total() for words in again)
    same = sum(words.most_common(1)[0][1] for words in again)
    return [match.span() for match in found] if total >= _REPEATED and same * 10 >= total * 8 else []


def _read(text: str, start: int, end: int, said: str) -> _Found | None:
    """What stands between brackets, if it reads the characters before it: one, with one reading or several, or a word of as many."""
    if start > 0 and is_reading(text[start - 1], said):
        return _judged(text[start - 1], [said], start, end, said)
    several = _SEVERAL.split(said)
    if len(several) > 1:
        if not all(is_reading(text[start - 1], one) for one in several):
            return None
        return _Found(start, end, text[start - 1] in simplified(), text[start - 1] in simplified(), False)
    parts = [part for part in _SPLIT.split(said) if part]
    for length in range(min(_WORD, start), max(1, len(parts) - 1), -1):
        word = text[start - length : start]
        if _HAN.match(word) and (syllables := _syllables(word, parts)):
            return _judged(word, syllables, start, end, said)
    return None


def _syllables(word: str, parts: list[str]) -> list[str] | None:
    """The parts cut into syllables that read the word, one a character; None where they do not."""
    if len(parts) == len(word):
        return parts if all(map(is_reading, word, parts)) else None
    if len(parts) > len(word):
        return None
    return _cut(word, "".join(parts))


def _cut(word: str, letters: str) -> list[str] | None:
    if not word:
        return None if letters else []
    for size in range(min(7, len(letters)), 0, -1):
        if is_reading(word[0], letters[:size]) and (rest := _cut(word[1:], letters[size:])) is not None:
            return [letters[:size], *rest]
    return None


def _judged(word: str, syllables: list[str], start: int, end: int, said: str) -> _Found:
    return _Found(start, end, *_judgement(word, tuple(syllables), said))


@lru_cache(maxsize=1 << 14)
def _judgement(word: str, syllables: tuple[str, ...], said: str) -> tuple[bool, bool, bool]:
    """Whether the word was converted, the reading is useless, and the whole is a name for foreigners."""
    table = simplified()
    converted = any(character in table for character in word)
    foreign = len(word) > 1 and said[0].isupper() and not _MARKED.search(said) and not re.search("[0-5]", said)
    plainly = all(_is_usual(character, syllable) for character, syllable in zip(word, syllables, strict=True))
    known = all(table.get(character, character) in level_one() for character in word)
    return converted, plainly and (converted or known) and not foreign, foreign


def _is_usual(character: str, syllable: str) -> bool:
    """Whether a reader knows without being told: the usual reading, or Zhuyin, which annotates characters as a matter of course."""
    if not _LETTERS.search(plain(syllable)):
        return True
    text = plain(syllable)
    return text.replace("v", "u") == usual_reading(simplified().get(character, character)).replace("v", "u")
