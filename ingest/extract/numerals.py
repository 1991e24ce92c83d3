"""Numbers as Chinese texts write them: 1,433, 2.4万, 三千五百, 五六百, 十余, 百分之七."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_WIDE = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")

ARABIC = r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
SCALE = r"(?:百万|千万|万亿|百亿|千亿|亿|万|千|百)"
HAN = r"[一二两三四五六七八九十百千万亿][零〇一二两三四五六七八九十百千万亿]*(?:点[零一二三四五六七八九]+[万亿]?)?"
NUMBER = rf"(?:{ARABIC}(?:\s?[多余来几]?{SCALE})?|{HAN}(?:[多余来几][百千万亿]+)?)[多余来几]?"
"""Pattern of a number without groups; `read` turns what it matches into a value."""

_ARABIC_PARTS = re.compile(r"([\d,]+(?:\.\d+)?)\s?([多余来几]?)([百千万亿]*)([多余来几]?)")


@dataclass(frozen=True, slots=True)
class Number:
    """`high` is the upper end of 五六百; `mark` an approximation inside the number (多, 余, 来, 几)."""

    low: float
    high: float | None = None
    mark: str = ""


def read(words: str) -> Number | None:
    """The number that `words` (a match of `NUMBER`) say; None where they say none (万 alone is none, 百 alone is 100)."""
    words = words.translate(_WIDE).replace("，", ",").strip()
    parts = _ARABIC_PARTS.fullmatch(words)
    if parts is not None:
        value = float(parts[1].replace(",", ""))
        for scale in parts[3]:
            value *= _SMALL.get(scale) or _LARGE[scale]
        return Number(tidy(value), None, parts[2] or parts[4])
    return _read_han(words)


def _read_han(words: str) -> Number | None:
    mark = "".join(character for character in words if character in "多余来几")[:1]
    plain = "".join(character for character in words if character not in "多余来几")
    if not plain:
        return None
    span = _neighbours(plain)
    if span is not None:
        low, high = _value(plain[: span[0]] + plain[span[0]] + plain[span[1] :]), _value(plain[: span[0]] + plain[span[0] + 1 :])
        if low is not None and high is not None and low < high:
            return Number(low, high, mark)
        return None
    value = _value(plain)
    return None if value is None else Number(value, None, mark)


def _neighbours(plain: str) -> tuple[int, int] | None:
    """Where two digits stand side by side (五六百, 十七八): positions of the first and of what follows the second."""
    if "点" in plain:
        return None
    for at in range(len(plain) - 1):
        first, second = _DIGITS.get(plain[at]), _DIGITS.get(plain[at + 1])
        if first and second:
            return at, at + 2
    return None


def _value(plain: str) -> float | None:
    whole, _, fraction = plain.partition("点")
    scale = 1
    if fraction and fraction[-1] in _LARGE:
        fraction, scale = fraction[:-1], _LARGE[fraction[-1]]
    value = _whole(whole)
    if value is None:
        return None
    if fraction:
        value += sum(_DIGITS[digit] * 10.0 ** -(place + 1) for place, digit in enumerate(fraction))
    return tidy(value * scale)


def _whole(words: str) -> float | None:
    total = section = 0
    digit: int | None = None
    last = 1
    for character in words:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _SMALL:
            last = _SMALL[character]
            section += (1 if digit is None or digit == 0 else digit) * last
            digit = None
        else:
            last = _LARGE[character]
            section += digit or 0
            total = (total + section) * last if total and last > total else total + (section or 1) * last
            section, digit = 0, None
    if digit and last >= 100 and len(words) > 1 and words[-2] not in "零〇":
        digit *= last // 10  # 两百五 is 250
    return float(total + section + (digit or 0))


def year(words: str) -> int | None:
    """A year written with four digits in either script (二〇一八); None where it is no year between 1800 and 2199."""
    digits = "".join(str(_DIGITS[character]) if character in _DIGITS else character for character in words.translate(_WIDE))
    return int(digits) if digits.isdigit() and len(digits) == 4 and 1800 <= int(digits) <= 2199 else None


def small(words: str) -> int | None:
    """A whole number up to 99 in either script, as in months and days."""
    number = read(words)
    return int(number.low) if number is not None and number.high is None and 0 <= number.low <= 99 else None


def tidy(value: float) -> float:
    """Remove the dust of binary fractions: 2.4 x 10000 is 24000."""
    return float(f"{value:.12g}")
