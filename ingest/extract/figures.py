"""Numbers with a unit as they stand in a text: value, range, unit, approximation. What is a name or an idiom is left out here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.vocabulary import units
from ingest.extract import numerals
from ingest.extract.wordlist import word_set

# Words of the vocabulary that are a unit only after digits: after 三 or 一 they are a noun or part of a name (三社, 一街, 四个点).
_AFTER_DIGITS = word_set(
    "镇 乡 村 街 街道 社区 小区 区 路 线 面 片 道 层 楼 环 圈 对 双 步 句 字 排 列 站 格 口 眼 头 场景 度 里 分 门 把 手 回 代 席 "
    "亭 柜 栏 单 载 担 克 升 角 夜 晚 队 组 群 股 枪 梯 孔",
    "车 船 点位 单元 泊位 车位 床位 期 批 轮 级 类",
)
_NEVER = word_set("届 号 点 月 方面 成倍 场景 户居民 户家庭 头牛 方水 车次垃圾 万吨公里 日 名 位 级 街 路 区")
_MORE_UNITS = ("颗", "罐", "卷", "束", "朵", "罐次", "车位", "台套", "件套", "人天", "工时", "志愿时", "公里次")
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
    "已超|超|逾|多达|高达|上|不下于|不下|至少|最少|不少于|不低于|"
    "起码|最多|至多|不超过|不高于|足足)$"
)
_AFTER = re.compile("左右|上下|以上|以下|以内|之内|之多|不等|有余|开外|出头|余(?!额|热)|多(?![元个种家项户名人位样方数])|(?<=[年月])前后")
_SLASH = re.compile(r"/(?:人|户|月|年|天|平方米|㎡|亩|台|次|个|吨|度|斤|公斤)(?:[·/](?:月|年|天|次))?")
_JOIN = re.compile(r"\s?(?:[—–\-~～－]{1,2}|至|到)\s?")
_SCAN = re.compile(
    rf"百分之(?P<percent>{numerals.NUMBER})|(?P<parts>{numerals.HAN})分之(?P<of>{numerals.HAN})"
    rf"|(?P<semi>半)(?=个[多余]?月|年|个?小时|天)|(?P<number>{numerals.NUMBER})"
)
_BEGINNING = re.compile("[0-9０-９]|百分之|[一二两三四五六七八九十百千万亿](?=[^，。；：！？、\n“”])|半(?=[个年小天])")
_IDIOM = re.compile(
    "[一二两三四五六七八九十百千万]+(?:天两头|人行|家之言|家争鸣|户千家|家万户|天打鱼|步一|项规定|个[一五]|件大事|人空巷|年老|"
    "年大计|年树|里挑|元户|里长征|里之行)|十分(?!钟)"
)
_PREFIX_EXCLUDED = re.compile(r"(?:[第＋+A-Za-z.．×*#/年月]|[-－](?<![0-9%]-)|No|NO|周|星期|礼拜|初|之|廿|卅|约定|[^大]统|逐|单|专)$")
_NAMED = re.compile(
    r"[”’]?(?:的|便民|品质|优质)?(?:[^，。；、！？\s“”（）()]{0,5}圈(?!子|定))|行动|攻坚|规划|计划(?!改|投|建|完|新|于)|战略|方案|"
    r"制(?![定作止约])|工程|义务教育|级地震|大?讲堂|路(?!程|段|灯)|广场|大道"
)
_ROOM = re.compile("[0-9]|[甲乙丙丁一二三四五六东西南北中A-Za-z][0-9]?(?:单元|门|楼|梯)")
_HOURS = re.compile("全天候|不打烊|自助|值守|值班|在线|热线|服务|便利店|响应|监控|开放|营业|不间断|守护|待命|轮流|无人|智能|受理|通办")
_ABSTRACT = re.compile(
    "方面|层面|维度|环节|阶段|部分(?!居民|业主|群众)|步骤|原则|抓手|着力点|关键|坚持|转变|统一|结合|到位|意识|自信|维护|确立|全面|"
    "[一二三四五六七八九]|主体|层次|要点|角度|领域|特点|优势|聚焦|面向|围绕|"
    "更加|凡是|不得|有利于|务必|必须|毫不|高地|先行|伟大|历史|世界|市场|文明|大局"
)
# After these characters a word goes on that only begins like the unit (村|民, 家|庭).
_GOES_ON = {
    word: frozenset(following)
    for word, following in (
        entry.split("|")
        for entry in sorted(
            word_set(
                "村|民庄级居委支集史 镇|街区政域村党 乡|镇村贤亲政愁土 社区|书主居工干服 小区|业居 部|门委队署分落",
                "家|庭人长园门具电乡 人|大均民才员口社行工事 场|所地馆景面 条|件例款约 处|理置罚分级长 项|目",
                "间|接隔断 台|账阶 门|店诊牌口禁面 班|子组 组|织长建合团 队|伍员长 站|点长台 套|餐路 座|谈位",
                "所|有以长在谓 期|间限盼待货 类|别 层|面级次 位|于置居列 名|单字称誉 面|积向对临 字|体",
                "本|地市区社身来 头|部疼条 口|碑号袋 张|贴榜 份|额 批|发评准复 单|位元独一价 车|辆位主库棚间道",
                "路|线口段灯面边 格|局 桶|装 米|饭粮 票|据价 克|服 升|级至到 道|路德 片|区面 级|别",
                "支|部持出付行书",
            )
        )
    )
}
_HAN = frozenset("一二两三四五六七八九十百千万亿")
_ONE_ALLOWED = word_set("年 个月 个星期 小时 个小时 学期 个学期 季度 成 倍 元 刻钟 周 年半 个半月 个半小时 个多月")
_TIME = word_set("年 个月 天 周 小时 分钟 个小时 学期 个学期 季度 个季度 周年 岁")


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
    if text[match.end() : match.end() + 1].lower() not in _after_number() or _excluded(text, match, words, han):
        return None
    number = numerals.read(words)
    return None if number is None else _with_unit(text, match, number, match.end(), han)


def _excluded(text: str, match: re.Match[str], words: str, han: bool) -> bool:
    """Ordinals, codes, idioms, and numerals that stand inside a word."""
    start = match.start()
    before = text[max(0, start - 2) : start]
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
        return None
    word = unit.group().lower()
    lone = match.group() == "一"
    if not _plausible(text, match, word, unit.end(), han, lone):
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


_TENTHS = {character: (place + 1) / 10 for place, character in enumerate("一二三四五六七八九")} | {"半": 0.5}


def _shared_scale(words: str, low: float, high: float) -> float:
    """In 3至5万元 the first number has no scale of its own: it takes that of the second."""
    return 10_000.0 if high >= 10_000 and low < 1_000 and not any(character in "万亿千" for character in words) else 1.0


def _plausible(text: str, match: re.Match[str], word: str, end: int, han: bool, lone: bool) -> bool:
    """Whether number and unit are a measure and not a name, an idiom, an ordinal or a turn of speech."""
    words = match.group()
    if lone and (word not in _ONE_ALLOWED or text[max(0, match.start() - 1) : match.start()] in tuple("这那同每哪另某其头")):
        return False
    if han and (words in ("二", "一") or len(words) == 1) and word in _AFTER_DIGITS:
        return False
    if word == "单元" and text[max(0, match.start() - 1) : match.start()] not in tuple("有共计含设为达个第近约各"):
        return False  # 3单元 is the name of an entrance
    if words == "二" or (word in ("楼", "单元", "层") and (text[end : end + 1].isdigit() or text[end : end + 1] in tuple("楼单东西南北"))):
        return False
    if word in ("幢", "栋") and text[end : end + 1] in tuple("是的位") and not han:
        return False
    if word in ("幢", "栋", "楼", "层", "单元") and text[max(0, match.start() - 1) : match.start()] in tuple("在住"):
        return False
    if word in ("幢", "栋") and (
        _ROOM.match(text, end) or text[max(0, match.start() - 1) : match.start()] in tuple("苑园庭区村里邸府湾城寓")
    ):
        return False
    if text[end : end + 1] in _GOES_ON.get(word, frozenset()) or (han and word in ("季度", "盘", "处", "餐")):
        return False
    if word == "日" and not text.startswith(("内", "之内", "以内"), end):
        return False
    if word == "成" and (text[end : end + 1] in tuple("为立功员果本就熟都长型因效") or not han):
        return False
    if word == "分" and (
        han or text[end : end + 1] in tuple("别钟之区级类布") or text[max(0, match.start() - 1) : match.start()] in tuple("时点")
    ):
        return False
    if word == "年" and (text.startswith(("代", "级", "第", "度"), end) or (text[end : end + 1].isdigit() and not han)):
        return False
    if word in ("个", "项", "大", "种", "类") and han and _ABSTRACT.match(text, end):
        return False
    if word == "个" and _ABSTRACT.match(text, end):
        return False
    if word in ("m", "cm", "mm", "km", "t", "kg", "kw", "mw") and text[end : end + 1].isalpha() and text[end : end + 1].isascii():
        return False
    if word in _TIME and _NAMED.match(text, end):
        return False
    return not (word in ("小时", "个小时") and words in ("24", "二十四") and _HOURS.match(text, end))


def _wrapped(text: str, match: re.Match[str], number: numerals.Number, unit: str, scale: float, end: int, mark: str, han: bool) -> Figure:
    """Take in the words of approximation on both sides, and what the figure is counted by after a slash."""
    before = _BEFORE.search(text, max(0, match.start() - 4), match.start())
    slash = _SLASH.match(text, end)
    unit_end = slash.end() if slash else end
    after = _AFTER.match(text, unit_end)
    before = None if before is not None and _inside_word(text, before) else before
    start = match.start() if before is None else before.start()
    qualifiers = [text[start : match.start()], mark, after.group() if after else ""]
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
        or (word == "约" and ahead in tuple("预节合签相大履违公"))
    )
