"""Figures set against others: from and to, by how much, ranks, shares, and lists paired in order by 分别."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from corpus.model import Comparison
from ingest.extract import nouns, numerals
from ingest.extract.actors import Actor
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene
from ingest.extract.wordlist import word_set

_UP = "增加|增长|提高|上升|提升|上涨|扩大|攀升|增|升|涨|发展|壮大|扩展|跃升|改善|延长|拓展|新增|净增|回升|多"
_DOWN = "下降|减少|降低|压减|缩减|缩短|下滑|回落|精简|压缩|削减|锐减|骤减|降|减|缩|跌|下调|少|缩窄|收窄"
_BETWEEN = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,4}}?(?P<up>{_UP})|[\u4e00-\u9fff]{{0,4}}?(?P<down>{_DOWN})|[\u4e00-\u9fff]{{0,2}}?(?P<plain>变|变成|变为|"
    rf"改为|调|压|掉|砍))?(?:了)?(?:到|至|为|成)?了?(?:现在的|目前的|如今的|今年的|的)?(?:[月日年户人]均|每[月天周年户人])?"
)
_FROM = re.compile(r"(?:从|由|自)(?:[\u4e00-\u9fff0-9]{0,12}?)$")
_LEAD = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|幅度?)?(?P<to>到|至|为)?(?:了)?$")
_SHARE = re.compile(r"(?:占|占比|占到|比例|比重|占总数的?|[率度])(?:约|为|达|达到|高达|近|超|超过|的|至|到|已|仅|升至|提升至|提高到)*$")
_RANK = re.compile(rf"第(?P<number>{numerals.NUMBER})(?P<unit>名|位)?")
_RANK_LEAD = re.compile(
    "(?P<verb>位列|位居|名列|排名|排在|排|列|居|跻身|跃居|获得?|荣获|取得|夺得|、|，|,)(?P<scope>[\u4e00-\u9fff]{0,6}?)$"
)
_NO_RANK = re.compile(
    "[一二三四五六七八九十]*(?:[届次批个条章节期部步者季阶代大方时天年月轮件类道期种家本组线手书任阵遍版编卷级产所]|时间|线|书记)"
)
_RANK_VERBS = word_set("位列 位居 名列 排名 排在 排 列 居 跻身 跃居 获 获得 荣获 取得 夺得")
_PAIR_CUE = re.compile("分别|依次")
_LIST = re.compile(r"([^，。；：、和与及\s]{1,12}?)(?:、|和|与|及|以及|$)")
_LEVELS = re.compile(
    "(?P<list>(?:省|市|区|县|镇|乡|街道|社区|村|小区|网格|楼栋)(?:级)?(?:[、和与](?:省|市|区|县|镇|乡|街道|社区|村|小区|网格|"
    "楼栋)(?:级)?)+)"
)
_MAX_GAP = 22


def compare(scene: Scene, measures: Sequence[Finding]) -> None:
    """Add comparisons to measures (in order) where the words between or before them tell one."""
    text = scene.text
    for index, measure in enumerate(measures):
        ahead = measures[index - 1] if index else None
        if (
            ahead is not None
            and (ahead.unit or "").removeprefix("个") == (measure.unit or "").removeprefix("个")
            and 0 <= measure.start - ahead.end <= _MAX_GAP
            and _from_to(scene, ahead, measure)
        ):
            continue
        lead = _LEAD.search(text, max(scene.clause(measure.start)[0], measure.start - 8), measure.start)
        if lead is not None:
            measure.comparison = _lead(lead, measure)
        elif measure.unit == "%" and _SHARE.search(text, max(0, measure.start - 8), measure.start):
            measure.comparison = Comparison("share")


def _from_to(scene: Scene, first: Finding, second: Finding) -> bool:
    """由38件降至11件: the second figure gets both ends."""
    text = scene.text
    between = _BETWEEN.fullmatch(text, first.end, second.start)
    introduced = _FROM.search(text, max(0, first.start - 14), first.start)
    if between is None or not (
        between["up"] or between["down"] or between["plain"] or (introduced and text[first.end : second.start] in ("到", "至"))
    ):
        return False
    if between["plain"] is None and not introduced and not re.search("[到至为成]", text[first.end : second.start]):
        return False
    low, high = _value(first), _value(second)
    if between["up"] is None and between["down"] is None and (low is None or high is None):
        return False
    kind = "increase" if between["up"] or (between["down"] is None and low is not None and high is not None and low < high) else "decrease"
    second.comparison = Comparison(kind, start=low, to=high)
    second.evidence = (*second.evidence, (first.start, first.end))
    begun = introduced.start() if introduced is not None else first.start
    subject = nouns.before(scene, begun) if introduced is not None else None
    second.subject = scene.text[slice(*subject)] if subject is not None else first.subject or second.subject
    first.subject = second.subject
    return True


def _lead(lead: re.Match[str], measure: Finding) -> Comparison:
    kind = "increase" if lead["up"] else "decrease"
    value = _value(measure)
    return Comparison(kind, to=value) if lead["to"] else Comparison(kind, by=value, by_unit=measure.unit)


def _value(measure: Finding) -> float | None:
    return measure.value if isinstance(measure.value, float) else None


def ranks(scene: Scene) -> list[Finding]:
    """全省第十, 位列第3名: a place in an order, in 名. 第三批 and 第一书记 are none."""
    found: list[Finding] = []
    for match in _RANK.finditer(scene.text):
        number = numerals.read(match["number"])
        lead = _RANK_LEAD.search(scene.text, max(0, match.start() - 9), match.start())
        if number is None or number.high is not None or lead is None:
            continue
        listed = lead["verb"] in "、，," and bool(found) and found[-1].end == lead.start()
        if not (lead["verb"] in _RANK_VERBS or listed) or (not match["unit"] and _NO_RANK.match(scene.text, match.end())):
            continue
        found.append(
            Finding(
                "measure", lead.start("scope"), match.end(), "measure.rank", 0.92, value=number.low, unit="名",
                subject=lead["scope"] or None, comparison=Comparison("rank", to=number.low),
            )
        )  # fmt: skip
    return found


def pair(scene: Scene, measures: Sequence[Finding]) -> None:
    """甲、乙、丙分别为1、2、3: give each figure of the list the subject that stands at the same place of its list."""
    text = scene.text
    for cue in _PAIR_CUE.finditer(text):
        start, end = scene.clause(cue.start())
        figures = [measure for measure in measures if cue.end() <= measure.start < end]
        names = _names(text, start, cue.start())
        if len(names) > 1 and len(names) == len(figures):
            for measure, name in zip(figures, names, strict=True):
                measure.subject = text[slice(*name)]
                measure.evidence = (name,)
                measure.rule = "measure.paired"


def pair_bodies(scene: Scene, bodies: Sequence[Actor]) -> None:
    """在街道和社区层面，分别成立甲联合会和乙协会: each body gets the level at the same place of the list before."""
    text = scene.text
    starts = [body.start for body in bodies]
    for cue in _PAIR_CUE.finditer(text):
        start, end = scene.clause(cue.start())
        at = bisect_left(starts, cue.end())
        named = [body for body in bodies[at : at + 6] if body.end <= end]
        lead = text[
            scene.clause(start - 1)[0] if start > scene.sentence(cue.start())[0] and cue.start() - start <= 2 else start : cue.start()
        ]
        levels = _LEVELS.search(lead)
        words = re.split("[、和与]", levels.group("list")) if levels is not None else []
        if len(words) > 1 and len(words) == len(named):
            for body, level in zip(named, words, strict=True):
                body.level = level


def _names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of the list that ends at `end`."""
    return [(match.start(1), match.end(1)) for match in _LIST.finditer(text, start, end)]
