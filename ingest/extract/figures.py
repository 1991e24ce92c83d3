"""Numbers with a unit as they stand in a text: value, range, unit, approximation. What is a name or an idiom is left out here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.vocabulary import units
from ingest.extract import numerals
from ingest.extract.plausible import plausible
from ingest.extract.wordlist import word_set

_NEVER = word_set("届 号 点 月 方面 成倍 场景 户居民 户家庭 头牛 方水 车次垃圾 万吨公里 日 名 位 级 街 路 区")
_MORE_UNITS = ("公分", "颗", "罐", "卷", "束", "朵", "罐次", "车位", "台套", "件套", "人天", "工时", "课时", "公里次")
_RESTORED = {"名": "名", "位": "位", "日": "日"}
_UNIT_FORMS = {
    "年时间": ("年", 0.0, ""),
    "年半": ("年", 0.5, ""),
    "个年头": ("年", 0.0, ""),
    "个半月": ("个月", 0.5, ""),
    "个多月": ("个月", 0.0, "多"),
    "天时间": ("天", 0.0, ""),
    "个半小时": ("个小时", 0.5, ""),
    "个多小时": ("个小时", 0.0, "多"),
    "亩地": ("亩", 0.0, ""),
    "里地": ("里", 0.0, ""),
}
_BEFORE = re.compile(
    "(?:共计约|总计约|折合约|平均约|大约|大概|差不多|约莫|约|将近|接近|几近|近|不足|不到|未满|不满|少于|低于|超过|超出|突破|远超|"
    "已超|超|逾|多达|高达|上|不下于|不下|至少|最少|不少于|不低于|不小于|不大于|没到|未到|没过|"
    "起码|最多|至多|不超过|不高于|足足)$"
)
_AFTER = re.compile(
    "左右|上下|以上|以下|以内|之内|之多|不等|有余|开外|出头|余(?!额|热)|多(?![元个种家项户名人位样方数层])|(?<=[年月])前后|(?<=[年月天周时钟])内(?![部外容设含])"
)
_SLASH = re.compile(r"/(?:人|户|月|年|天|平方米|㎡|亩|台|次|个|吨|度|斤|公斤)(?:[·/](?:月|年|天|次))?")
_JOIN = re.compile(r"\s?(?:[—–\-~～－]{1,2}|至|到)\s?")
_SCAN = re.compile(
    rf"(?P<half>一(?:大|多|小)?半|过半|半数)(?![径天年点路导个月])|百分之(?P<percent>{numerals.NUMBER})|(?P<parts>{numerals.HAN})分之(?P<of>{numerals.HAN})"
    rf"|(?P<semi>半)(?=个[多余]?月|年|个?小时|天)|(?P<number>{numerals.NUMBER})"
)
_BEGINNING = re.compile(
    "[0-9０-９]|百分之|过半(?![径天年点路导个月])|半数|[一二两三四五六七八九十百千万亿](?=[^，。；：！？、\n“”])|半(?=[个年小天])"
)
_IDIOM = re.compile(
    "[一二两三四五六七八九十百千万]+(?:番[一二两三四五六七八九十]次|天两头|人行|家之言|家争鸣|户千家|家万户|天打鱼|步一|项规定|个[一五]|件大事|人空巷|年老|"
    "年大计|年树|里挑|元户|里长征|里之行)|十分(?!钟)"
)
_PREFIX_EXCLUDED = re.compile(
    r"(?:[第＋+A-Za-z.．×*#/]|第[0-9一二三四五六七八九十]{1,3}[—–~～至到-]|[-－](?<![0-9%]-)|No|NO|周|星期|礼拜|初|之|廿|卅|约定|[^大]统|逐|单|专|[一二三四]番)$"
)
_HAN = frozenset("一二两三四五六七八九十百千万亿")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit. [start, end) takes in the words of approximation, `number_start` is where the number itself begins and
    `unit_end` where the unit ends. `written` is the unit as read before scaling."""

    start: int
    end: int
    number_start: int
    unit_end: int
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    per: str
    han: bool


@cache
def _units() -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    """The pattern of a unit (longest first) and for each word its unit and scale."""
    table: dict[str, tuple[str, float]] = {}
    for unit in units().units:
        if unit.word not in _NEVER and unit.dimension != "rank":
            table[unit.word.lower()] = (unit.unit, unit.scale)
    table |= {word: (unit, 1.0) for word, unit in _RESTORED.items()}
    table |= {"个多月": ("个月", 1.0), "个余月": ("个月", 1.0)}
    table |= {word: (word, 1.0) for word in _MORE_UNITS if word not in table}
    words = sorted(table, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE), table


@cache
def _after_number() -> frozenset[str]:
    """Characters that may follow the number of a figure: the first of a unit, or of what joins it to a second number."""
    return frozenset(word[0] for word in _units()[1]) | frozenset(" 半—–-~～－至到")


def scan(text: str) -> Iterator[Figure]:
    """All figures of `text`, in order, not overlapping."""
    position = 0
    for first in _BEGINNING.finditer(text):
        if first.start() < position:
            continue
        match = _SCAN.match(text, first.start())
        if match is None:
            continue
        position = match.end()
        figure = _figure(text, match)
        if figure is not None:
            position = figure.end
            yield figure


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    start = match.start()
    if match["half"]:
        if match["half"][0] == "一" and text[max(0, start - 1) : start] in tuple("另这那每某前后上下"):
            return None
        return _wrapped(
            text,
            match,
            numerals.Number(50.0, None, _HALF.get(match["half"], "")),
            "%",
            1.0,
            match.end(),
            _HALF.get(match["half"], ""),
            True,
        )
    if match["percent"]:
        number = numerals.read(match["percent"])
        return None if number is None else _wrapped(text, match, number, "%", 1.0, match.end(), "", True)
    if match["of"]:
        parts, of = numerals.read(match["parts"]), numerals.read(match["of"])
        if parts is None or of is None or not parts.low or of.low > parts.low or (start and text[start - 1] in "第双"):
            return None
        share = numerals.Number(round(100 * of.low / parts.low, 2))
        return _wrapped(text, match, share, "%", 1.0, match.end(), "", True)
    if match["semi"]:
        return _with_unit(text, match, numerals.Number(0.5), match.end(), True)
    words = match["number"]
    han = words[0] in _HAN
    bare = text[match.end() : match.end() + 1].lower() not in _after_number()
    if (bare and "万" not in words and not _SHORT.search(words)) or _excluded(text, match, words, han):
        return None
    number = numerals.read(words)
    return None if number is None else _with_unit(text, match, number, match.end(), han)


def _excluded(text: str, match: re.Match[str], words: str, han: bool) -> bool:
    """Ordinals, codes, idioms, and numerals that stand inside a word."""
    start = match.start()
    before = text[max(0, start - 5) : start]
    if before[-1:] in ("年", "月") and text[match.end() : match.end() + 1] in tuple("月日号-—至到.、"):
        return True  # of a date that is none
    if before and (_PREFIX_EXCLUDED.search(before) or (before[-1] in "几数" and han)):
        return True
    if text.startswith(("+", "＋", "×"), match.end()):
        return True
    if not han:
        return False
    if set(words) <= set("百千万亿"):
        before_words = _BEFORE.search(text, max(0, start - 4), start)
        return before_words is None or _inside_word(text, before_words)
    return bool(_IDIOM.match(text, start))


def _with_unit(text: str, match: re.Match[str], number: numerals.Number, end: int, han: bool) -> Figure | None:
    pattern, table = _units()
    unit = pattern.match(text, end + (text[end : end + 1] == " "))
    high: numerals.Number | None = None
    join = _JOIN.match(text, unit.end() if unit else end)
    if join is not None and number.high is None:
        second = _SCAN.match(text, join.end())
        words = second["number"] if second is not None and second["number"] else None
        later = pattern.match(text, second.end()) if second is not None and words else None
        if words and second is not None and later is not None and (unit is None or unit.group() == later.group()):
            high, unit, end = numerals.read(words), later, second.end()
            if high is None:
                return None
    if unit is None:
        return _money(text, match, number, end) if high is None else None
    word = unit.group().lower()
    lone = match.group() == "一"
    if not plausible(text, match, word, unit.end(), han, lone):
        return None
    name, scale = table[word]
    form = _UNIT_FORMS.get(word)
    if form is not None:
        name, scale = form[0], 1.0
        number = numerals.Number(number.low + form[1], number.high, number.mark or form[2])
    stop = unit.end()
    tenth = _TENTHS.get(text[stop : stop + 1]) if word == "成" and high is None and text[stop + 1 : stop + 2] not in _HAN else None
    if tenth is not None:  # 九成三 is 93 %
        number, stop = numerals.Number(number.low + tenth, number.high, number.mark), stop + 1
    if high is not None:
        factor = _shared_scale(match.group(), number.low, high.low)
        if number.low * factor >= high.low:
            return None
        number = numerals.Number(number.low * factor, high.low, number.mark or high.mark)
    return _wrapped(text, match, number, name, scale, stop, number.mark, han)


_SHORT = re.compile("[百千万][一二两三四五六七八九]$")  # 四百五, 一万八: money, as people say it
_PRICED = re.compile("[钱租价费款资贴薪债账]|工资|补助|开口|要|花|掏|凑|借|罚|挣|赚|估|投了|举到|涨[到至]|降[到至]|摊|给|出|卖|收")
_NO_MONEY = re.compile("[人户次件名株棵只头亩斤字步票条份张家里种册平方㎡]")


def _money(text: str, match: re.Match[str], number: numerals.Number, end: int) -> Figure | None:
    """六万出头, 一万八, 98万: a sum of money whose 元 is left out, where the words before it speak of paying."""
    words = match["number"]
    if not words or number.low < 100 or not ("万" in words or _SHORT.search(words)) or _NO_MONEY.match(text, end):
        return None
    if not _PRICED.search(text, max(0, match.start() - 8), match.start()):
        return None
    if not re.match(r"[，。；、！？”’）\s的]|左右|出头|以上|以下|以内|多|余|块|$|[来拿买交修留给补付入不就]", text[end : end + 2]):
        return None
    return _wrapped(text, match, number, "元", 1.0, end, number.mark, words[0] in _HAN)


_HALF = {"过半": "过", "一大半": "大", "一多半": "多", "一小半": "小"}
_TIMES = frozenset("年 个月 天 周 小时 个小时".split())
_ALMOST = re.compile("(?<![加赶尽更较最过飞])快$")
_PAST = re.compile("(?<![超经通不])过了?$")
_TENTHS = {character: (place + 1) / 10 for place, character in enumerate("一二三四五六七八九")} | {"半": 0.5}


def _shared_scale(words: str, low: float, high: float) -> float:
    """In 3至5万元 the first number has no scale of its own: it takes that of the second."""
    return 10_000.0 if high >= 10_000 and low < 1_000 and not any(character in "万亿千" for character in words) else 1.0


def _wrapped(text: str, match: re.Match[str], number: numerals.Number, unit: str, scale: float, end: int, mark: str, han: bool) -> Figure:
    """Take in the words of approximation on both sides, and what the figure is counted by after a slash."""
    before = _BEFORE.search(text, max(0, match.start() - 4), match.start())
    slash = _SLASH.match(text, end)
    unit_end = slash.end() if slash else end
    after = _AFTER.match(text, unit_end)
    before = None if before is not None and _inside_word(text, before) else before
    if before is None and unit in _TIMES and text[match.start() - 1 : match.start()] == "快":  # 快二十年了
        before = _ALMOST.search(text, max(0, match.start() - 2), match.start())
    elif before is None and (match["of"] or match["half"]):  # 过了三分之二
        before = _PAST.search(text, max(0, match.start() - 3), match.start())
    start = match.start() if before is None else before.start()
    qualifiers = [text[start : match.start()].removesuffix("了"), mark, after.group() if after else ""]
    return Figure(
        start,
        after.end() if after else unit_end,
        match.start(),
        unit_end,
        numerals.tidy(number.low * scale),
        None if number.high is None else numerals.tidy(number.high * scale),
        unit,
        "…".join(part for part in qualifiers if part),
        slash.group()[1:].replace("㎡", "平方米") if slash else "",
        han,
    )


def _inside_word(text: str, before: re.Match[str]) -> bool:
    """上 of 以上, 晚上; 近 of 附近; 超 of 赶超: no approximation."""
    word, ahead = before.group(), text[before.start() - 1 : before.start()]
    return (
        (word == "上" and ahead not in ("", "，", "了", "有", "达", "收"))
        or (word == "近" and ahead in tuple("附靠邻临走亲最拉新接"))
        or (word == "超" and ahead in tuple("赶高反"))
        or (word == "约" and ahead in tuple("预节合签相大履违公守失爽"))
    )
