"""Dates and spans of dates: absolute, or counted from the report's date or from an earlier date of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.extract import numerals
from ingest.extract.calendar import BEGINNING, DATE, JOIN, SHORT_END, YEAR_RANGE, Day, decade, five_year_plan, parts_of
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene

_NO_DATE = re.compile(r"多?年?(?:历史|的历史|传承|文化|文明|底蕴|古)")
_SINCE = re.compile(r"年?(?:底|初|末)?以来|以后|之后|起(?![草诉来源])")
_FROM = re.compile(r"(?:自从|自|从|截至|截止|截止到|至)$")
_OFFSETS = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上年度": -1, "今年": 0, "本年": 0, "本年度": 0, "明年": 1, "后年": 2}
_LUNAR = {"正": 1, "腊": 12}  # months of the old calendar: only their year can be told
_MEASURED = re.compile(r"[0-9一二三四五六七八九十]+月[龄票]")


@dataclass(slots=True)
class _Anchor:
    """What relative dates count from: the report's date, and the last full date read."""

    published: Day | None
    last: Day | None = None
    paragraph: int = -1  # where the paragraph of `last` begins
    current: int = -1


def find(scene: Scene) -> list[Finding]:
    """The dates of the text in order; they do not overlap. Value and value_max are ISO, as precise as the words; without a year --10-03."""
    anchor = _Anchor(_published(scene))
    found: list[Finding] = []
    text = scene.text
    position = 0
    for first in BEGINNING.finditer(text):
        start = first.start()
        if start < position:
            continue
        years = YEAR_RANGE.match(text, start)
        if years is not None:
            found.append(_years(years, anchor))
            position = years.end()
            continue
        match = DATE.match(text, start)
        if match is None:
            continue
        anchor.current = scene.paragraph(start)[0]
        finding = _single(scene, match, anchor)
        if finding is not None:
            _widen(text, finding)
            position = finding.end
            found.append(finding)
    return found


def _published(scene: Scene) -> Day | None:
    parts = (scene.metadata.published or "").split("-")
    if not parts[0].isdigit():
        return None
    numbers = [int(part) for part in parts[:3] if part.isdigit()]
    return Day(numbers[0], numbers[1] if len(numbers) > 1 else None, numbers[2] if len(numbers) > 2 else None)


def _years(match: re.Match[str], anchor: _Anchor) -> Finding:
    first = numerals.year(match["a"])
    last = numerals.year(match["b"]) if len(match["b"]) == 4 else int(match["a"][:2] + match["b"])
    anchor.last = Day(first)
    return Finding("date", match.start(), match.end(), "date.years", 0.97, value=str(first), value_max=str(last))


def _single(scene: Scene, match: re.Match[str], anchor: _Anchor) -> Finding | None:
    """The date at `match`, joined with the end of its span where one follows."""
    text = scene.text
    first, last, confidence = _resolve(match, anchor)
    if first is None or not first.valid or (last is None and _NO_DATE.match(text, match.end()) and match["y"]):
        return None
    start, end = match.span()
    if match["plan"] and text[start] in "“‘" and text[end - 1] not in "”’" and not re.search("[”’]", match.group()):
        return None
    if (
        (match["y"] or match["iy"] or first.year is not None)
        and not (match["ago"] or match["age"] or match["day"])
        and not text.startswith("同期", match.end())
    ):
        anchor.last, anchor.paragraph = last or first, anchor.current
    rule = "date.absolute" if match["y"] or match["iy"] else "date.relative"
    join = JOIN.match(text, end) if last is None else None
    if join is not None:
        ending = _ending(text, join.end(), first, anchor)
        if ending is not None:
            last, end = ending
            rule, anchor.last = "date.span", last
    return Finding("date", start, end, rule, confidence, value=first.iso(), value_max=None if last is None else last.iso())


def _resolve(match: re.Match[str], anchor: _Anchor) -> tuple[Day | None, Day | None, float]:
    """First and last day of what was read, and how sure it is."""
    if match["y"]:
        day = Day(numerals.year(match["y"]), _number(match["m"]), _number(match["d"]))
        if match["m2"]:
            return day, Day(day.year, _number(match["m2"])), 0.95
        return *parts_of(day, match["part"]), 0.98
    if match["iy"]:
        return Day(int(match["iy"]), int(match["im"]), _number(match["id"])), None, 0.95
    if match["plan"]:
        return *(five_year_plan(match["plan"]) or (None, None)), 0.9
    if match["century"]:
        return *(decade(match["decade"]) or (None, None)), 0.9
    if match["rel"]:
        base = _relative_year(match["rel"], anchor)
        day = Day(base, _number(match["rm"]), _number(match["rd"]))
        return *parts_of(day, match["rpart"]), 0.9 if base is not None else 0.3
    if match["hm"]:
        month = _LUNAR.get(match["hm"]) or _number(match["hm"])
        lunar = match["hm"] in _LUNAR
        return Day(_year_of_month(month, anchor), None if lunar else month, None if lunar else _number(match["hd"])), None, 0.8
    if match["ago"]:
        return _ago(_number(match["ago"]) or 0, match["agounit"], anchor), None, 0.75
    if match["age"]:
        return *(decade(match["age"]) or (None, None)), 0.85
    if match["day"]:
        return _by_last(match["day"], anchor), None, 0.75
    if match["within"]:
        year = anchor.last.year if anchor.last is not None else anchor.published.year if anchor.published is not None else None
        return *parts_of(Day(year), match["within"]), 0.7
    if match["near"]:
        return _near(match, anchor), None, 0.8
    month, day_number = _number(match["bm"] or match["lm"]), _number(match["bd"])
    year = _year_of_month(month, anchor)
    return Day(year, month, day_number), Day(year, _number(match["lm2"])) if match["lm2"] else None, 0.85


def _number(words: str | None) -> int | None:
    return None if words is None else numerals.small(words)


def _relative_year(words: str, anchor: _Anchor) -> int | None:
    if words in ("同年", "当年"):
        return anchor.last.year if anchor.last is not None else None
    if words in ("次年", "翌年"):
        return anchor.last.year + 1 if anchor.last is not None and anchor.last.year is not None else None
    if anchor.published is None or anchor.published.year is None:
        return None
    return anchor.published.year + _OFFSETS[words]


def _ago(number: int, unit: str, anchor: _Anchor) -> Day | None:
    """三年前, 两个月前: counted from the report's date, as precise as what is counted."""
    published = anchor.published
    if published is None or published.year is None or not number:
        return None
    if unit == "年":
        return Day(published.year - number)
    if published.month is None:
        return None
    months = published.year * 12 + published.month - 1 - number
    return Day(months // 12, months % 12 + 1)


def _by_last(words: str, anchor: _Anchor) -> Day | None:
    """当天 and 次日 go by the last full date of the paragraph; 同一年 by its year."""
    last = anchor.last
    if last is None or anchor.paragraph != anchor.current or last.year is None:
        return None
    if words == "同一年":
        return Day(last.year)
    if last.month is None or last.day is None or not last.valid:
        return None
    if words.startswith(("当", "同")):
        return last
    following = date(last.year, last.month, last.day) + timedelta(days=1)
    return Day(following.year, following.month, following.day)


def _near(match: re.Match[str], anchor: _Anchor) -> Day | None:
    """本月, 昨天 and the like, where the report's date is precise enough."""
    published = anchor.published
    if published is None or published.year is None or published.month is None:
        return None
    words = match["near"]
    if words in ("今天", "今日") and published.day is not None:
        return published
    if words == "本月":
        return Day(published.year, published.month, _number(match["nd"].removesuffix("日") if match["nd"] else None))
    if words in ("上月", "上个月"):
        return Day(published.year - (published.month == 1), (published.month - 2) % 12 + 1)
    if words in ("昨天", "昨日") and published.day is not None and published.day > 1:
        return Day(published.year, published.month, published.day - 1)
    return None


def _year_of_month(month: int | None, anchor: _Anchor) -> int | None:
    """A month without a year: of the last full date, if that told a month or stands in the paragraph; else the latest before the report."""
    published = anchor.published
    if anchor.last is not None and (anchor.last.month is not None or anchor.paragraph == anchor.current or published is None):
        return anchor.last.year
    if published is None or published.year is None:
        return None
    later = month is not None and published.month is not None and month > published.month
    return published.year - (1 if later else 0)


def _ending(text: str, position: int, first: Day, anchor: _Anchor) -> tuple[Day, int] | None:
    """The end of a span: a full date, or month and day that take the rest from its beginning."""
    full = DATE.match(text, position)
    if full is not None and (full["y"] or full["iy"] or full["rel"]):
        day, end_of_part, _ = _resolve(full, anchor)
        day = end_of_part or day
        return (day, full.end()) if day is not None and day.valid and day.iso() > first.iso() else None
    short = SHORT_END.match(text, position)
    if short is None or not (short["m"] or (short["d"] and first.day is not None)) or _MEASURED.match(text, position):
        return None
    month = _number(short["m"]) or first.month
    day = Day(first.year, month, _number(short["d"]))
    return (day, short.end()) if day.valid and day.iso() > first.iso() else None


def _widen(text: str, finding: Finding) -> None:
    """Take in 自 … 以来, which belong to the words of an open span."""
    since = _SINCE.match(text, finding.end)
    if since is not None and finding.value_max is None:
        finding.end = since.end()
        finding.qualifier = "以来" if since.group().endswith("以来") else since.group()
        before = _FROM.search(text, max(0, finding.start - 4), finding.start)
        if before is not None and before.group() not in ("至", "截至", "截止", "截止到"):
            finding.start = before.start()
