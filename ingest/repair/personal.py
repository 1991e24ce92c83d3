"""Personal data: what is masked, told from the many other long numbers of official texts."""

from __future__ import annotations

import re

MASK = "＊"
_CANDIDATE = re.compile(r"(?:\d[ \-—–·()（）]{0,2}){7}")
_D = r"[0-9０-９]"
_GAP = r"[\s\-—–·]?"
_IDENTITY = re.compile(
    rf"(?<![0-9０-９A-Za-z])[1-9１-９]{_D}{{16}}[0-9０-９XxＸｘ](?![0-9０-９A-Za-z])"
    r"|(?<![0-9A-Za-z])[1-9]\d{5}[ -]\d{8}[ -]\d{3}[\dXx](?![0-9A-Za-z])"
)
_LABELLED_IDENTITY = re.compile(
    rf"身份证(?:件)?(?:编号|号码?)?[^\d\n]{{0,8}}((?:{_D}[ -]?){{14}}(?:(?:{_D}[ -]?){{3}}[0-9０-９XxＸｘ]|{_D}))(?![0-9０-９A-Za-z])"
)
_OLD_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])")
_MOBILE = re.compile(
    rf"(?<![0-9０-９A-Za-z.])(?:(?:\+|00)?86{_GAP})?(?:1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}|１[３-９][０-９]{{9}})"
    r"(?![0-9０-９A-Za-z]|\.\d|\s?[万亿元吨米%％]|\s?(?:平方|公里|人次|户|余))"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.])(?:[(（]0\d{2,3}[)）]\s?|0(?:10|2\d|[3-9]\d{2})[-—–\s])[2-8]\d{2,3}[ -]?\d{4}(?:\s?[-转]\s?\d{1,5})?(?![0-9A-Za-z])"
)
_LOCAL = re.compile(r"(?:电话|座机|传真|联系方式|热线|手机|Tel|TEL)(?:号码)?[：:\s]{1,3}(?:[^\d\n]{0,6})([2-8]\d{6,7})(?!\d)")
_ACCOUNT = re.compile(r"(?:账号|帐号|账户|帐户|卡号|银行卡|开户行[^\n]{0,30}?)[^\d\n]{0,12}(\d(?:[ -]?\d){11,22})(?![\d.])")
_CARD = re.compile(r"(?<![0-9A-Za-z])(?:62|4[0-9]|5[1-5])\d{2}(?:[ -]?\d{4}){2,3}[ -]?\d{1,7}(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_REGIONS = frozenset((*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83))
_PUBLIC = re.compile(r"(?:信用代码|组织机构代码|注册号|许可证|备案号|编号|文号|订单号|流水号)[^\n]{0,6}$")


def find(text: str) -> list[tuple[int, int, str]]:
    """Spans of personal data in `text` as (start, end, kind), in order and not overlapping: identity, mobile, phone, account.

    Identity numbers that no label names need a valid date and, in the 18-digit form, a province or the check digit of GB 11643 (a number
    with a slip of the pen is still a person's); card numbers the Luhn digit (ISO/IEC 7812).
    """
    if not _CANDIDATE.search(text):
        return []
    found: list[tuple[int, int, str]] = []
    for pattern, group, kind, valid, doubtful in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span(group)
            if any(start < high and low < end for low, high, _ in found) or not valid(match[group]):
                continue
            if doubtful and _PUBLIC.search(text[max(0, start - 16) : start]):
                continue
            found.append((start, end, kind))
    return sorted(found)


def _digits(text: str) -> str:
    return "".join(character for character in text.upper().replace("Ｘ", "X") if character.isdigit() or character == "X")


def _is_identity(text: str) -> bool:
    number = _digits(text)
    digits = "".join(str(int(character)) for character in number[:17])
    if not _is_date(digits[6:14]):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    last = "X" if number[17] == "X" else str(int(number[17]))
    return "10X98765432"[rest] == last


def _is_like_identity(text: str) -> bool:
    """A province and a birth date, whatever the check digit."""
    digits = "".join(str(int(character)) for character in _digits(text)[:14])
    return int(digits[:2]) in _REGIONS and _is_date(digits[6:14])


def _is_old_identity(text: str) -> bool:
    return int(text[:2]) in _REGIONS and _is_date("19" + text[6:12])


def _is_date(text: str) -> bool:
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    return 1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def _is_card(text: str) -> bool:
    digits = [int(digit) for digit in _digits(text)]
    doubled = [digit if at % 2 == 0 else sum(divmod(2 * digit, 10)) for at, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and sum(doubled) % 10 == 0


def _anything(_: str) -> bool:
    return True


_RULES = (
    (_LABELLED_IDENTITY, 1, "identity", _anything, False),
    (_IDENTITY, 0, "identity", _is_identity, False),
    (_IDENTITY, 0, "identity", _is_like_identity, True),
    (_OLD_IDENTITY, 0, "identity", _is_old_identity, True),
    (_MOBILE, 0, "mobile", _anything, False),
    (_LANDLINE, 0, "phone", _anything, True),
    (_LOCAL, 1, "phone", _anything, True),
    (_ACCOUNT, 1, "account", _anything, True),
    (_CARD, 0, "account", _is_card, True),
)
"""Pattern, its group, kind, what the number must be, and whether it is left where words before it say that it is a public one."""
