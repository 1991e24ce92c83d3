"""Namesakes inside one report: the 王女士 of the third floor and the one of the fifth, 另一位李医生, a woman of 46 and one of 31."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from corpus.model import Fact
from graph.naming import is_private

_ANOTHER = re.compile(
    '(?:另(?:外)?一?(?:个|位|名|家|处|支)(?:(?:与|和|跟)?[^，。；]{0,4}(?:同名(?:同姓)?|同姓|重名)的|叫|名叫)?|(?:同名(?:同姓)?|重名)的[\u4e00-\u9fff]{0,6})[“"]?$'
)
_NUMERAL = "[0-9一二三四五六七八九十]{1,4}"
_NEW = "new"
_AT = re.compile(
    rf"(?P<at>{_NUMERAL}(?:号楼|楼|层|幢|栋|单元|室|号门))(?:的|{_NUMERAL}室的?)?(?:那位|这位)?(?:住户|居民|业主|租户|租客|房主|老人|邻居)?$"
)
_SIDE = re.compile("(?P<side>楼上|楼下|原告|被告|(?<!被)申请人|被申请人)(?:的)?(?:住户|居民|业主|邻居|租户)?$")
_AGE = re.compile("[（(，,]?(?:[男女][，,、])?(?:今年|现年|时年|年近)?(?P<age>[0-9]{2})(?:周?岁|多岁)")
_SEX = re.compile("[（(，,](?P<sex>[男女])[，,）)、]")
_JOBS = {
    "police": ("民警", "辅警", "所长", "警长", "片警"),
    "doctor": ("医生", "大夫", "护士"),
    "lawyer": ("律师",),
    "teacher": ("老师", "教师", "校长", "教授"),
    "judge": ("法官", "检察官", "庭长"),
    "manager": ("经理", "项目经理", "老板", "站长"),
    "resident": ("居民", "业主", "租户", "住户", "村民", "租客", "信访人", "申请人", "案主"),
}
_JOB_OF = {word: job for job, words in _JOBS.items() for word in words}
_JOB = re.compile(rf"(?P<job>{'|'.join(sorted(_JOB_OF, key=len, reverse=True))})$")
_BODY = re.compile(
    "(?P<body>社区|街道|镇上?|乡|村里?|业委会|居委会|村委会|派出所|司法所|物业(?:公司)?|区里|市里|县里|学校|医院|[区县市][\u4e00-\u9fff]{2,4}局)的?$"
)
_TERM = re.compile("(?P<term>前任|上一任|上任|现任|新任|继任|接任|新来的)[\u4e00-\u9fff]{0,8}$")
_BEFORE_NOW = frozenset(["前任", "上一任", "上任"])
_ONE = re.compile("(?:一|有)(?:位|个|名)(?:[^，。；：]{0,6}的)?(?:叫|姓)?$")
_YEARS = 6  # one person may be so much older in another part of a report
_OPPOSED = {"楼上": "side", "楼下": "side", "原告": "suit", "被告": "suit", "申请人": "claim", "被申请人": "claim"}


def is_another(fact: Fact) -> bool:
    """Whether the text says that this is not the one of this name spoken of before: 另一位李医生."""
    return _ANOTHER.search(fact.sentence, 0, max(0, fact.start - fact.sentence_start)) is not None


def apart(facts: Iterable[Fact], form_of: Callable[[Fact], str]) -> dict[str, str]:
    """What tells a person from the first of that name in the report, by fact id: the facts of every other one."""
    named: dict[tuple[str, str | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type == "person":
            named[form_of(fact), fact.case].append(fact)
    return {id: mark for group in named.values() if len(group) > 1 for id, mark in _split(group).items()}


def _split(facts: Sequence[Fact]) -> dict[str, str]:
    ordered = sorted(facts, key=lambda fact: (fact.start, fact.id))
    told = {fact.id: _told(fact) for fact in ordered}
    people: list[dict[str, str]] = []
    found: dict[str, str] = {}
    last = 0
    for fact in ordered:
        signs = told[fact.id]
        if signs.pop(_NEW, None) and people:  # who is introduced as 一位李大爷 was not named before
            at = len(people)
        elif not signs or not people:
            at = last if people else 0
        else:
            fitting = [index for index, known in enumerate(people) if not _contradict(signs, known)]
            at = last if last in fitting else (fitting[0] if fitting else len(people))
        if at == len(people):
            people.append({})
        people[at].update(signs)
        last = at
        if at:
            found[fact.id] = str(at + 1)
    return found


def _told(fact: Fact) -> dict[str, str]:
    """What the words around a name say of the person: floor or house, side in a dispute, age, sex."""
    at = max(0, fact.start - fact.sentence_start)
    end = at + fact.end - fact.start
    signs: dict[str, str] = {}
    if place := _AT.search(fact.sentence, max(0, at - 16), at):
        signs["at" + re.sub(_NUMERAL, "", place["at"])] = place["at"]
    if side := _SIDE.search(fact.sentence, max(0, at - 10), at):
        signs[_OPPOSED[side["side"]]] = side["side"]
    if term := _TERM.search(fact.sentence, max(0, at - 12), at):
        signs["term"] = "before" if term["term"] in _BEFORE_NOW else "now"
    if _ONE.search(fact.sentence, max(0, at - 10), at):
        signs[_NEW] = "yes"
    if job := _JOB.search(fact.sentence, max(0, at - 6), at):
        signs["job"] = _JOB_OF[job["job"]]
    if is_private(fact.name) and (body := _BODY.search(fact.sentence, max(0, at - 8), at)):
        signs["body"] = body["body"].rstrip("里上").removesuffix("公司")
    if age := _AGE.match(fact.sentence, end):
        signs["age"] = age["age"]
    if sex := _SEX.match(fact.sentence, end):
        signs["sex"] = sex["sex"]
    return signs


def _contradict(one: dict[str, str], other: dict[str, str]) -> bool:
    return any(
        (abs(int(value) - int(other[sign])) > _YEARS if sign == "age" else value != other[sign])
        for sign, value in one.items()
        if sign in other
    )
