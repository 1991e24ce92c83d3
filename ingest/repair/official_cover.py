"""The cover of a compilation: below its title who publishes it and when, as lines of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates import iso_date
from ingest.repair.official_lines import BODY

_TITLE = re.compile(r"^.{0,60}(?:汇编|选编|案例集|案例选|集锦|集萃|荟萃)(?:[（(].{1,8}[）)])?$", re.MULTILINE)
_NAMES = re.compile("[编集选萃]")  # one of them is in each such title
_ZONE = 6
_PUBLISHER = re.compile(rf"(?P<body>{BODY}|[\u4e00-\u9fff]{{2,24}})\s?(?:编印|主编|汇编|编)|(?P<alone>{BODY})")
_DATE = re.compile(r"(?P<year>(?:19|20)\d\d|[二一][〇○零一二三四五六七八九]{3})\s?年\s?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def may_be_cover(text: str) -> bool:
    return _NAMES.search(text) is not None and _TITLE.search(text) is not None


def cover(lines: Sequence[str]) -> tuple[dict[str, str], set[int]]:
    """What the cover says (publisher, date as YYYY-MM) and its lines; nothing where no date stands right below a publisher."""
    shown = [n for n, line in enumerate(lines[: 2 * _ZONE]) if line.strip()][:_ZONE]
    titles = [n for n in shown if _TITLE.fullmatch(lines[n].strip())]
    below = [n for n in shown if titles and n > titles[-1]]
    for at, n in enumerate(below[:-1]):
        said = _PUBLISHER.fullmatch(lines[n].strip())
        dated = _DATE.fullmatch(lines[below[at + 1]].strip())
        if said and dated and (date := _iso(dated)):
            return {"publisher": said["body"] or said["alone"], "date": date}, {n, below[at + 1]}
    return {}, set()


def _iso(match: re.Match[str]) -> str | None:
    month = match["month"]
    number = str(_MONTHS.index(month) + 1) if month in _MONTHS else month
    return iso_date(f"{match['year'].translate(_DIGITS)}年{number}月") if number.isdigit() else None
