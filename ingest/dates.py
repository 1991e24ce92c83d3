"""Dates as pages and rows write them, in ISO form as precise as they are given."""

from __future__ import annotations

import re

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2})(?!\d)\s*日?|月|(?![\d./-]))|年|(?![\d./-]))")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


def iso_date(text: str) -> str | None:
    """The first date in `text`: 2019-12-27, 2015-10 or 2018. None where there is none or it cannot be (month 13)."""
    compact = _COMPACT.search(text)
    match = _DATE.search(text)
    if compact and not (match and match.start() < compact.start()):
        return "-".join(compact.groups())
    if not match:
        return None
    year, month, day = match.groups()
    if month and not 1 <= int(month) <= 12:
        return None
    if day and not 1 <= int(day) <= 31:
        return None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
