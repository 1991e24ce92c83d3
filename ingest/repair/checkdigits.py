"""Check digits and dates inside numbers: what tells a person's number from another long one. All take ASCII digits (and X)."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_REGIONS = frozenset((*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83))
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I, O, S, V, Z
_CODE_WEIGHTS = tuple(pow(3, power, 31) for power in range(17))
_YEARS = range(1900, 2100)


def is_identity(number: str) -> bool:
    """18 characters with a birth date and the check digit of GB 11643, whatever the region."""
    return is_birth(number[6:14]) and _identity_sign(number) == number[17]


def is_like_identity(number: str) -> bool:
    """A province and a birth date, whatever the check digit: a number with a slip of the pen is still a person's."""
    return in_region(number) and is_birth(number[6:14])


def is_old_identity(number: str) -> bool:
    """15 digits: a province and a birth date of the last century without its first two digits."""
    return in_region(number) and is_birth("19" + number[6:12]) and number[12:15] != "000"


def in_region(number: str) -> bool:
    return int(number[:2]) in _REGIONS


def is_birth(digits: str) -> bool:
    """YYYYMMDD, a day of the calendar since 1900."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if year not in _YEARS or not 1 <= month <= 12:
        return False
    following = date(year + month // 12, month % 12 + 1, 1)
    return 1 <= day <= (following - date(year, month, 1)).days


def is_card(number: str) -> bool:
    """13 to 19 digits with the check digit of ISO/IEC 7812 (Luhn), not all the same."""
    digits = [int(digit) for digit in number]
    doubled = [digit if at % 2 == 0 else sum(divmod(2 * digit, 10)) for at, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and sum(doubled) % 10 == 0


def is_credit_code(code: str) -> bool:
    """统一社会信用代码: 18 characters with the check character of GB 32100."""
    values = [_CODE.find(character) for character in code.upper()]
    if len(values) != 18 or min(values) < 0:
        return False
    return (31 - sum(value * weight for value, weight in zip(values, _CODE_WEIGHTS, strict=False)) % 31) % 31 == values[17]


def _identity_sign(number: str) -> str:
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]
