"""One form of a text for matching, and the terms that are matched.

`fold` maps each character to one character (NFKC, lower case, Traditional to Simplified), so a position in the folded text is a position
in the text. It is an equivalence for finding things, not a conversion for reading: 著 and 着 are one, as are 划 and 画, because a single
character does not tell which is meant.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
import opencc

from corpus.identity import digest

# Single characters that OpenCC converts by the phrase they stand in, or leaves as they are though the Simplified text has the other one.
# Found by converting 9.7 million characters of news to Traditional and counting where the folds of the two texts differed.
_ALIKE = dict(
    zip(
        "著划藉覆瞭甦俱彷沉锺馀揹薰濬澂瑯菓伕値淸靑吿痺簷",
        "着画借复了苏具仿沈钟余背熏浚澄琅果夫值清青告痹檐",
        strict=True,
    )
)
# Radicals that PDF files and recognition put where the character is meant (⻔ for 门) and that have no compatibility form.
RADICALS = dict(
    zip(
        "⺁⺊⺌⺎⺐⺒⺓⺜⺝⺠⺧⺪⺬⺮⺶⺷⺸⺽⻁⻃⻄⻅⻆⻇⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻟⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱",
        "厂卜小兀尢巳幺日月民牛疋示竹羊羊羊臼虎西西见角角贝车長长门雨青韦页风飞食食食首马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
_ENCLOSING = re.compile(r"[(（〔](.)[)）〕]|(.)[.,]")
_IDEOGRAPHS = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000))
# Where NFKC or case may change a character: all but unified ideographs, Hangul syllables and the planes without compatibility forms.
_FOLDABLE = (range(0x3400), range(0xA000, 0xAC00), range(0xD7A4, 0x20000), range(0x2F800, 0x2FA20))

_CJK = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = rf"[^\W_{_CJK}]"
# A word is at most 32 characters and a compound at most four words, so no encoded token passes the 255 characters an engine may allow.
_COMPOUND = rf"[0-9a-z]{{1,32}}(?:[-+./&@_':][0-9a-z]{{1,32}}){{1,3}}(?!{_WORD})"
_CJK_START = re.compile(f"[{_CJK}]")
_RUN = re.compile(rf"[{_CJK}]+|{_COMPOUND}|{_WORD}{{1,32}}")
_LOOSE = re.compile(r"[-/_@:]")
# Written inside words but seen by nobody: zero-width characters, the soft hyphen, variation selectors.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+")

_ESCAPE = "ʘ"
_NOT_PLAIN = re.compile(r"[^0-9a-z\u3400-\u4db5\u4e00-\u9fcb]")
_NOT_PLAIN_OR_BLANK = re.compile(r"[^ 0-9a-z\u3400-\u4db5\u4e00-\u9fcb]")
_ESCAPED = re.compile(f"{_ESCAPE}([0-9a-f]+){_ESCAPE}")


def fold(text: str) -> str:
    """Return `text` in lower case, half width and Simplified characters; as long as `text`, character for character.

    A character whose compatibility form is longer (㎡, ½, …) stays, except that an enclosed letter or digit (㈠, ⒈) becomes what it
    encloses. Folding twice changes nothing. Lone surrogates pass through.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: npt.NDArray[np.uint32] = _table()[points]
    return folded.tobytes().decode("utf-32-le", "surrogatepass")


def characters(folded: str) -> list[str]:
    """Return the terms of a folded text, CJK characters singly: 3+x加装 gives 3+x, 加, 装. Order and repetitions as in the text.

    A run of letters and digits with symbols inside is one term; one joined by a loose symbol gives its parts as well (2019-12: 2019-12,
    2019, 12).
    """
    terms: list[str] = []
    for run in _runs(folded):
        if _is_cjk(run):
            terms.extend(run)
        else:
            _add_word(run, terms)
    return terms


def bigrams(folded: str) -> list[str]:
    """Return the terms of a folded text, CJK characters in overlapping pairs, one without a neighbour alone; words as in `characters`."""
    terms: list[str] = []
    for run in _runs(folded):
        if not _is_cjk(run):
            _add_word(run, terms)
        elif len(run) == 1:
            terms.append(run)
        else:
            terms.extend([first + second for first, second in pairwise(run)])
    return terms


def fingerprint() -> str:
    """Return a hash of the character table and the rules for terms. An index that was filled under another one must be filled anew."""
    rules = digest("fold", _RUN.pattern, _LOOSE.pattern, _INVISIBLE.pattern, _NOT_PLAIN.pattern)
    return digest(rules, hashlib.blake2b(_table().tobytes(), digest_size=16).hexdigest())


def encode(token: str) -> str:
    """Return `token` in letters and digits only, different for different tokens, so that no engine's tokenizer cuts or changes it.

    Lower-case ASCII letters, digits and the ideographs every engine knows stay; any other character is written as its code point in
    hexadecimal digits between two ʘ (a letter, U+0298). `decode` is the way back.
    """
    return _NOT_PLAIN.sub(_escaped, token)


def encode_line(tokens: Iterable[str]) -> str:
    """Return the encoded tokens joined by blanks, as an index takes them. Tokens hold no blanks."""
    return _NOT_PLAIN_OR_BLANK.sub(_escaped, " ".join(tokens))


def decode(token: str) -> str:
    """Undo `encode`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), token)


def _escaped(match: re.Match[str]) -> str:
    return f"{_ESCAPE}{ord(match[0]):x}{_ESCAPE}"


def _runs(folded: str) -> list[str]:
    runs: list[str] = _RUN.findall(_INVISIBLE.sub("", folded))
    return runs


def _is_cjk(run: str) -> bool:
    """Tell a run of ideographs or kana from a word, by its first character; letters and digits of other scripts lie outside the ranges."""
    return run[0] > "z" and _CJK_START.match(run) is not None


def _add_word(run: str, terms: list[str]) -> None:
    terms.append(run)
    if len(run) > 1 and _LOOSE.search(run):
        terms.extend(_LOOSE.split(run))


@cache
def _script() -> dict[str, str]:
    """Traditional to Simplified, one character to one, without those that stay."""
    ideographs = [chr(point) for block in _IDEOGRAPHS for point in block if unicodedata.category(chr(point)) != "Cn"]
    lines = "\n".join(ideographs)
    table: dict[str, str] = {}
    for configuration in ("t2s", "hk2s"):
        simple = opencc.OpenCC(configuration).convert(lines).split("\n")
        table |= {old: new for old, new in zip(ideographs, simple, strict=True) if old != new and len(new) == 1 and old not in table}
    return table


@cache
def _table() -> npt.NDArray[np.uint32]:
    """Code point to folded code point. Built once, in about a tenth of a second."""
    script = _script() | _ALIKE | RADICALS
    table = np.arange(0x110000, dtype="<u4")
    for character in chain(script, (chr(point) for block in _FOLDABLE for point in block)):
        table[ord(character)] = ord(_folded(character, script))
    return table


def _folded(character: str, script: dict[str, str]) -> str:
    """Apply the rules to a character until none of them changes it."""
    form = _compatible(character)
    lower = form.casefold()
    form = lower if len(lower) == 1 else form
    form = script.get(form, form)
    return form if form == character else _folded(form, script)


def _compatible(character: str) -> str:
    form = unicodedata.normalize("NFKC", character)
    if len(form) == 1:
        return form
    enclosed = _ENCLOSING.fullmatch(form)
    inner = (enclosed[1] or enclosed[2]) if enclosed else ""
    return inner if inner.isalnum() else character
