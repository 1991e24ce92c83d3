"""How dates are written, and the span of days that each way of writing stands for."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from ingest.extract import numerals

_YEAR = r"(?<![0-9.])(?:(?:1[89]|20|21)[0-9]{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_PART = r"(?:上半年|下半年|(?:第?[一二三四1-4]|首)季度|年初|年中|年底|年末|初|中旬|上旬|下旬|底|末)"
_RELATIVE = r"(?:大前年|前年|去年|今年|明年|后年|本年度?|上年度?|次年|翌年|同年|当年)"

DATE = re.compile(
    rf"(?P<y>{_YEAR})\s?年(?:度(?!假))?(?:\s?(?P<m>{_MONTH})(?:[—\-~～至到](?P<m2>{_MONTH}))?\s?月(?:份)?(?:\s?(?P<d>{_DAY})\s?[日号](?!楼))?)?(?P<part>{_PART})?"
    rf"|(?P<iy>(?<![0-9.\-/])(?:1[89]|20)[0-9]{{2}})(?P<sep>[-/.])(?P<im>1[0-2]|0?[1-9])(?:(?P=sep)(?P<id>3[01]|[12][0-9]|"
    rf"0?[1-9]))?(?![0-9.\-/%])"
    rf"|(?P<rel>{_RELATIVE})(?:(?P<rm>{_MONTH})月(?:份)?(?:(?P<rd>{_DAY})[日号])?)?(?P<rpart>{_PART})?"
    rf"|(?P<century>(?:20|２０|二十)世纪|上个?世纪)(?P<decade>[1-9一二三四五六七八九][0十])年代(?P<dpart>[初中末])?"
    rf"|[“‘]?(?P<plan>十[一二三四五六])五[”’]?(?:时期|期间|规划期|末)"
    rf"|(?<![0-9.A-Za-z])(?<!每年)(?<!每年的)(?P<bm>1[0-2]|0?[1-9])月(?:份(?!额)|(?P<bd>3[01]|[12][0-9]|0?[1-9])[日号]|"
    rf"(?=[至到—\-~～][0-9]{{1,2}}月))(?P<bpart>上旬|中旬|下旬|底|初)?"
    rf"|(?<![0-9.A-Za-z])(?<!每年)(?<!每年的)(?P<lm>1[0-2]|0?[1-9])(?:[—\-~～至到](?P<lm2>{_MONTH}))?月(?P<lpart>上旬|中旬|下旬|底|初|末)?"
    rf"|(?<![每个第零〇一二三四五六七八九十])(?P<hm>十[一二]?|[一二三四五六七八九]|正|腊)月(?:份(?!额)|(?P<hd>{_DAY})[日号](?!楼)|(?P<hpart>[上中下]旬|底|初|末)|(?=[，。、起至到开召的]))(?![龄票])"
    rf"|(?<![0-9一二两三四五六七八九十每])(?P<ago>[0-9]{{1,2}}|[一二两三四五六七八九十])(?P<agounit>年|个月)前(?!后)"
    rf"|(?<![0-9世纪一二三四五六七八九十])(?P<age>[5-9]0|[五六七八九]十)年代(?P<agepart>[初中末])?"
    rf"|(?P<day>第二天|次日|翌日|当[天日晚]|同[日一]天?(?=[，上下晚召])|同一年)"
    rf"|(?<![0-9年个前去今明同上下半几数一二两三四五六七八九十])(?P<within>(?<!岁末)年[内底初末中](?![级龄])|[上下]半年|(?:第[一二三四]|[一二三四])季度)"
    rf"|(?<!的)(?P<near>本月|上个?月|昨天|今天|昨日|今日)(?P<nd>{_DAY}日)?"
)
"""One date. `near` and bare months need the report's date or an earlier date of the text."""

BEGINNING = re.compile(
    "(?:[0-9]{1,4}(?=[年月\\s—–~～－至到/.-])|[一二][〇零○九](?=[〇零○一二三四五六七八九]{2})|大前年|"
    "[前去今明后本上次翌同当][年月个世天日晚一]|第二天|昨[天日]|(?:十[一二]?|[一二三四五六七八九正腊])(?=月)|[0-9一二两三四五六七八九十]{1,2}(?=年前|个月前|年代|十年代)|"
    "年[内底初末中]|[上下](?=半年)|第?[一二三四](?=季度)|上世纪|[2２][0０]世纪|二十世纪|"
    "[“‘]十[一二三四五六]五|十[一二三四五六]五)"
)
"""Where a date can begin: every match of `DATE` and `YEAR_RANGE` begins where this matches."""

YEAR_RANGE = re.compile(
    rf"(?P<a>{_YEAR})\s?年?\s?(?:[—–\-~～－]{{1,2}}|至|到)\s?(?P<b>{_YEAR}|(?<=[—–\-~～－])[0-9]{{2}})\s?年(?![0-9]{{1,2}}月)"
)
JOIN = re.compile(r"(?:[起末初底]|开始)?\s?(?:[—–\-~～－]{1,2}|至|到|直至|直到)\s?")
SHORT_END = re.compile(rf"(?:(?P<m>{_MONTH})月(?:份)?)?(?:(?P<d>{_DAY})[日号])?(?P<part>底|末|初|上旬|中旬|下旬)?")

_QUARTERS = {"一": 1, "1": 1, "首": 1, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}
_FIVE_YEAR_PLANS = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}


@dataclass(frozen=True, slots=True)
class Day:
    """A date as precise as it was read; `month` and `day` None where they were not."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def iso(self) -> str:
        """ISO form: 2019, 2019-12, 2019-12-27; without a year --12 or --12-27."""
        year = "-" if self.year is None else f"{self.year:04d}"
        return "-".join([year, *(f"{part:02d}" for part in (self.month, self.day) if part is not None)])

    @property
    def valid(self) -> bool:
        if self.month is None:
            return self.day is None and self.year is not None
        return 1 <= self.month <= 12 and (self.day is None or 1 <= self.day <= monthrange(self.year or 2000, self.month)[1])


def parts_of(day: Day, part: str | None) -> tuple[Day, Day | None]:
    """The span that a part of a year stands for: 上半年 is January to June; 底 and 初 leave the date as precise as it was."""
    if not part or day.month is not None:
        return day, None
    if part == "上半年":
        return Day(day.year, 1), Day(day.year, 6)
    if part == "下半年":
        return Day(day.year, 7), Day(day.year, 12)
    if part.endswith("季度"):
        quarter = _QUARTERS[part.removeprefix("第")[0]]
        return Day(day.year, quarter * 3 - 2), Day(day.year, quarter * 3)
    return day, None


def five_year_plan(words: str) -> tuple[Day, Day] | None:
    """The years of the plan called 十三五 (its first word 十三)."""
    first = _FIVE_YEAR_PLANS.get(words)
    return None if first is None else (Day(first), Day(first + 4))


def decade(words: str) -> tuple[Day, Day] | None:
    """The years of a decade of the twentieth century (80, 八十)."""
    tens = numerals.small(words)
    return None if tens is None else (Day(1900 + tens), Day(1909 + tens))
