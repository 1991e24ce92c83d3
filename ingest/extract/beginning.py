"""When a case was carried out: the earliest date on which the text says that work on it was done."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date as day_of

from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene
from ingest.extract.telling import everywhere, in_title, weighed

# How old the house, the body or the law is.
_MADE = re.compile(
    "(?:始|兴|修|新|改|扩)?建[于成造设]|竣工|落成|交付|交房|建起|出生|生于|去世|退休|当选|入党|破产|改制|成立于|设立于|"
    "通过的?《|施行|修[订正]|颁布|公布|废止|安置的|入住|(?:村改居|撤[县村乡镇]|合并)"
)
_OPENED = re.compile("^(?:正式)?(?:开业|开张|建成|投用|投入使用|启用|成立|开办)")
_OLD_THING = re.compile("(?:建|造|交付|开业|落成)[^，。；]{0,4}的?[^，。；]{0,10}(?:房|楼|小区|大院|宿舍|社区|大厦|住宅|市场|村)")
# A time that a figure is told for, and not what was done then.
_COUNTED = re.compile(
    "截[至止]|同期|全年|[上下]半年|[一二三四1-4]季度|季度|年度|年[底末](?![前要])|每年|以前|之前|此前|头[一二三四五六七八九十0-9]+个月|年前|到期|届满|"
    "为止|以来[^，。；]{0,12}(?:共|累计|已)|统计|人均|同比|[0-9]+(?:[件起次]|人次|%|％)"
)
# What the trouble was: the work cannot have begun before.
_TROUBLE = re.compile(
    "起火|着火|火灾|失火|冒烟|爆燃|事故|塌|撤场|离场|撤出|跑路|弃管|摔|打到|打架|斗殴|冲突|吵|爆发|疫情|洪水|暴雨|台风|去世|病倒|"
    "欠|停[电水梯]|断[电水]|被撕|被扣|出现|发生|上访|举报|投诉|报警|反映|联名|堆"
)
# An attempt that came before the case that is told.
_ATTEMPTED = re.compile(
    "[试定出办设搞贴立]过|筹划过|没(?:有?一个)?人(?:当真|理|听)|曾[经有先]?|想过|搞过|几次|两次|多次[^，。；]{0,6}(?:未果|失败|没)|失败|没成|散了|未果|没能?(?:走|办|谈|推|坚持)(?:到|成|下去)|作罢"
)
_BEGUN = re.compile(
    "开始|启动|正式|动工|开工|挂牌|(?:第一|首)[台家批](?!业主|居民|住户)|在[^，。；]{1,8}设(?![施备想计法置身立])|进场|实施|推行|试[点行]|从[^，。；]{1,8}(?:开始)?试|首创|探索|创新|推出|办起|成立|组建|揭牌|上线|启用|接管|托管|立案|"
    "劝导|转机|改造(?!前)|整治(?!前)|打造|构建|建立|搭建|引入|引进|牵头|开展|出台|制定|发起|落地|建成|投用|运行|开馆|开张|开业|重新"
)
_WORKED = re.compile(
    "入户|走访|摸底|摸排|排查|座谈|议事|协商|商量|商议|商定|开会|开了|召[开集]|征求|表决|投票|投了|签|协议|决定|下决心|部署|垫付|派[出驻]|选派|组织|腾出|搬了|"
    "请来|请进|改成|换了|约谈|联合|会同|支持|邀请|聘|拆除|撤[到并桶]|清理|清运|填了|贴了|发放|划|出资|转介|接案|帮|协调|调解"
)
_SUBJECT = re.compile(
    "^[，,]?(?:在[^，。；]{1,12}[，,]?)?(?:由)?[^，。；来到向在找给被的]{0,12}?(?:社区|街道|办事处|居委会|村委会|两委|班子|党委|党总支|党支部|支部|政府|镇里|村里|区里|县里|市里|镇|"
    "工作组|专班|小组|工作队|理事会|业委会|派出所|中队|大队|社工|网格员|书记|局|法院|法庭|司法所|中心)(?![^，。；]{0,8}的(?:房|楼|小区))"
)
_SHORT = 10
_SOON = re.compile("以来|起|开始")


def begun(scene: Scene, found: Sequence[Finding]) -> str | None:
    """ISO date of the beginning of the work told by `found` (the findings of a case), None where the text does not say.

    The earliest date in whose clause, or in the clause it introduces, somebody does something about the matter. A building's year, a
    law's date, the time a figure is counted for, an earlier attempt and a plan are none; nothing counts before the day that, as the
    text tells it, the trouble arose.
    """
    arisen = ""
    work: list[tuple[str, int]] = []
    dates = [(finding, finding.value) for finding in found if finding.type == "date" and isinstance(finding.value, str)]
    dates = [(finding, value) for finding, value in dates if value[:1].isdigit() and finding.confidence >= 0.5]
    days = sorted(finding.start for finding, day in dates if len(day) == _DAY)
    titles = {case.id: case.title for case in scene.cases}
    for finding, value in dates:
        told = _told(scene, finding)
        if told == _WORKS:
            work.append((value, _distance(scene, finding, titles)))
        elif len(value) == _DAY and _answered_that_day(scene, finding, _next(days, finding.start)):
            work.append((value, _DEED))
        elif told == _ARISES and not work and scene.opens(finding.start):
            arisen = max(arisen, value)
    published = scene.metadata.published or "9999"
    told_of = [(value, rank) for value, rank in work if not _before(value, arisen)]
    # What is told as done after the date of the report: a register names the day on which it took the matter up.
    possible = [item for item in told_of if not _before(published, item[0])] or [item for item in told_of if _soon(published, item[0])]
    nearest = min((rank for _, rank in possible), default=_DEED)
    first = min((value for value, rank in possible if rank == nearest), key=_order, default=None)
    return min((value for value, _ in possible if first and value.startswith(first)), key=_order, default=first)


_ARISES, _WORKS = "arises", "works"
_DEED, _PREPARES, _ASIDE = 0, 1, 2  # how near a date is to the work: the nearest count, the earliest of them
_DAY = len("2021-03-10")
_REACH = 400
_MONTH = 31  # days
_SURVEY = re.compile("摸底|摸排|排查|清点|统计|调研|调查|踏勘")
_MEETING = re.compile("(?:牵头|组织)?(?:先后|连续)?(?:召?开了?|召集)[^，。；]{0,12}(?:会|座谈|议事)|座谈|征求意见|协商会")
_ONLY_MEETS = re.compile("牵头|组织|召[开集]|开展|座谈|议事|协商|商量|商议|征求|开会|开了|摸底|摸排|排查|社区|街道")
_THAT_DAY = re.compile(
    "(?:当[天日晚即])[^。；\n]{0,24}?(?:到了?现场|赶到|赶来|介入|把[^。；\n]{2,30}请|请来|请到|召集|启动|协调|调解|约谈|开会|处置|上门|启用|揭牌|挂牌|开张|开业)"
)
_LOOKED_UP = re.compile("(?:翻出|翻到|查到|查阅|找出|找到|调取|依据|按照|根据|对照)了?$")
_WE = re.compile("(?:我们?|咱们|大家|大伙儿?)[^，。；]{1,12}(?:了|把|请)")
_LATER = 60


def _soon(published: str, value: str) -> bool:
    """Whether `value` is a day of the month that follows the day of `published`."""
    if len(published) != _DAY or len(value) != _DAY:
        return False
    try:
        return 0 < (day_of.fromisoformat(value) - day_of.fromisoformat(published)).days <= _MONTH
    except ValueError:  # a day that the calendar does not have
        return False


def _distance(scene: Scene, found: Finding, titles: Mapping[str, str]) -> int:
    """How near a date is to the work itself. A survey, and a meeting where nothing else is told of that day, only prepare it; what a part
    about how things were tells of is an earlier matter, unless it names the thing that the title is about."""
    words = scene.text[scene.clause(found.start)[0] : found.start] + _behind(scene, found, scene.clause(found.start)[1])
    section = scene.section(found.start)
    if section is not None and section.heading and scene.opens(found.start):
        title = titles.get(scene.case(found.start) or "", "")
        if not any(words[n : n + 3] in title for n in range(len(words) - 2)):
            return _ASIDE
    if _SURVEY.search(words) or _MEETING.search(words):
        rest = _ONLY_MEETS.sub("", words)
        if not _BEGUN.search(rest) and not _WORKED.search(rest):
            return _PREPARES
    return _DEED


def _next(days: Sequence[int], position: int) -> Sequence[int]:
    """Where the next day after `position` is named, if one is."""
    at = bisect_right(days, position)
    return days[at : at + 1]


def _answered_that_day(scene: Scene, found: Finding, later: Sequence[int]) -> bool:
    """Whether somebody set about a trouble on the very day on which it arose (当天), before another day is told of."""
    stop = min([found.end + _REACH, len(scene.text), *later])
    match = _THAT_DAY.search(scene.text, found.end, stop)
    return (
        match is not None and scene.case(match.start()) == scene.case(found.start) and not scene.quotes_around(match.start(), match.end())
    )


def _told_later(scene: Scene, found: Finding) -> bool:
    """Whether a sentence that begins with a date says, after further words of time, that somebody did something."""
    text = scene.text
    first, end = scene.sentence(found.start)
    if found.start - first > 2 or text[found.end : found.end + 1] not in ("，", ","):
        return False
    clauses = re.split("[，,；]", text[found.end + 1 : min(end, found.end + _LATER)])
    return any(_WE.match(clause) or (_SUBJECT.match(clause) and not _TROUBLE.search(clause)) for clause in clauses)


def _before(left: str, right: str) -> bool:
    """Whether `left` is surely before `right`: compared as precisely as both are."""
    size = min(len(left), len(right))
    return left[:size] < right[:size]


def _order(value: str) -> str:
    """The year alone comes after the months told of it: those say better when."""
    return value + "-99" * (2 - value.count("-"))


def _told(scene: Scene, date: Finding) -> str | None:
    """What the words around a date say that happened then."""
    text = scene.text
    low, high = scene.clause(date.start)
    if in_title(scene, date.start, date.end) or scene.quotes_around(date.start, date.end) or everywhere(scene, date.start):
        return None
    behind = _behind(scene, date, high)
    words = text[low : date.start] + behind
    vague = isinstance(date.value, str) and len(date.value) == 4
    if _OLD_THING.search(words) or (
        _MADE.search(words) and (vague or scene.opens(date.start) or text[date.end : date.end + 1] in "建交竣落")
    ):
        return None
    if vague and _OPENED.match(behind):
        return None
    if vague and _LOOKED_UP.search(text, low, date.start):
        return None
    if text[date.start - 1 : date.start] in ("（", "(", "《", "〔"):
        return None
    if modality(scene, date.start, min(high, date.end + 12)) != "asserted" or weighed(scene, date.start, date.end):
        return None
    if _AHEAD.search(text, max(scene.sentence(date.start)[0], date.start - 24), date.start) or _AHEAD.match(behind):
        return None
    if _ATTEMPTED.search(words):
        return None
    begins = bool(_BEGUN.search(words))
    if not begins and (_TROUBLE.search(words) or (scene.opens(date.start) and _TROUBLE.search(_sentence(scene, date)))):
        return _ARISES
    since = date.qualifier in ("起", "以来") or _SOON.match(text, date.end) is not None
    begins = begins or (since and (not scene.opens(date.start) or bool(_WORKED.search(words) or _SUBJECT.match(behind))))
    if _COUNTED.search(text[low : date.start] + text[date.start : date.end] + behind[:24]) and not (begins and _SOON.match(text, date.end)):
        return None
    if vague and scene.opens(date.start) and not begins:
        return None
    if begins or _WORKED.search(words) or (not scene.opens(date.start) and (_SUBJECT.match(behind) or _told_later(scene, date))):
        return _WORKS
    return None


_AHEAD = re.compile(
    "[，、]?(?:[^，。；]{0,4})(?:计划|拟|将(?=[^，。；]{0,4}[启实推完建开])|打算|预计|"
    "争取|力争|下一步|准备(?=[在于])|有望|底?前(?=[^，。；]{0,10}[完落建]))"
)


def _sentence(scene: Scene, date: Finding) -> str:
    """What the sentence goes on to say, as far as that is about the same event."""
    return scene.text[date.end : min(scene.sentence(date.start)[1], date.end + 60)]


def _behind(scene: Scene, date: Finding, high: int) -> str:
    """The rest of the clause of a date; where the date stands alone in it, with the next clause of the sentence."""
    text = scene.text
    end = scene.sentence(date.start)[1]
    while high - date.end <= _SHORT and high < end:
        following = scene.clause(high + 1)[1]
        if following <= high:
            break
        high = min(following, end)
        if high - date.end > _SHORT:
            break
    return text[date.end : min(high, date.end + 80)]
