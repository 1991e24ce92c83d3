"""Under which name, and in which scope, a name read in a report is looked for in others.

A scope is "" where the name alone is enough, the units above (`杭州市/上城区`) or an organisation where that tells namesakes apart, and the
report or case itself (`report:ID`, `case:ID`) for what never goes beyond it: 业委会, 李女士, an office without its place. Two things that
are one are joined by a person's judgement; two that were joined wrongly spoil both, so doubt means apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from corpus.bodies import short
from corpus.errors import NotFound
from corpus.fold import fold
from corpus.model import EntityType
from corpus.vocabulary import Concept, actor_kind, actor_kinds, actor_suffixes, concept, policies, posts, surnames
from graph import regions
from graph.regions import Chain

_MARKS = re.compile(r"[\s\"'“”‘’「」『』《》〈〉【】〔〕()（）\[\]·•‧・∙.,，、]+")
_NATIONAL = re.compile(
    r"(?:中共中央|中央|中国|全国|国务院|国家|最高)(?!.*(?:代表|委员|党员|群众|部门|单位|机关|人员|干部|企业)$).+|国务院|中组部|中宣部|团中央"
)
_MINISTRY = re.compile(r".+(?<!干)(?<!支)(?<!乐)部")
_OF_THE_STATE = re.compile(
    "(?:外交|国防|教育|科学技术|科技|工业和信息化|工信|公安|国家安全|民政|司法|财政|人力资源社会保障|人社|自然资源|生态环境|住房城乡建设|住建|"
    "交通运输|水利|农业农村|商务|文旅|退役军人事务|应急管理|中央宣传|中央组织)部|审计署|海关总署|人民银行|最高人民(?:法院|检察院)|最高检|最高法|"
    "人民政协|新华社|新华通讯社|人民日报(?:社)?|光明日报(?:社)?|经济日报(?:社)?|求是(?:杂志社)?|(?:税务|市场监管|体育|广电|金融监管)总局"
)
_ROLES = re.compile(
    "(?:第?[一二三四五六七八九十0-9]{1,3}|居民|村民|业主|住户|商户|商家|党员|老党员|党团员|退休|在职|青年|大学生|学生|巾帼|妇女|老年|老年人|老人|儿童|街坊|老街坊|邻里|邻居|"
    "志愿者|志愿|义工|义务|调查|检查|督导|督查|市场|巡逻|巡查|巡防|议事|协商|监督|监事|调解|评议|恳谈|停车|加梯|电梯|改造|施工|建设|项目|治理|整治|消防|安全|平安|环境|卫生|文明|文化|文艺|"
    "楼道|楼栋|楼组|楼院|院落|小区|社区|街区|网格|片区|村|街道|镇|城市|物业|自治|自管|共治|管理|服务|工作|联络|指挥|红色|先锋|突击|公益|便民|助老|为老|养老|爱心|"
    "流动|临时|联合|综合|行业|赛会|代表|骨干|能人|乡贤|理事|委员|专家|律师|顾问|观察|宣讲|宣传|帮扶|关爱|互助|专班|小组|大组|分队|小分队|服务队|队伍|队|团队|团|组|会|"
    "联盟|联席会议|联席会|大会|委员会|理事会|监事会|协会|商会|工作室|工作站|站|中心|党支部|党总支|党小组|支部|居委会|村委会|方|办公室|办|各|全体|老|新|的|和|与|及)+"
)
_GROUPS = re.compile(
    ".*(?:志愿者|居民|村民|业主|群众|商户|党员|干部|代表|人员|工作者|部门|企业|单位|组织|机构|学生|老人|青年|职工|家庭|住户|队员|民警|医护)"
)
_REGISTERED = re.compile(r".{4,}(?:有限公司|有限责任公司|集团公司|基金会)")
_NO_BRAND = re.compile(
    "(?:物业|置业|地产|房地产|建设|建筑|工程|电梯|环境|环保|科技|信息|技术|智能|停车|燃气|水务|自来水|供水|供电|热力|保洁|保安|养老|家政|餐饮|文化|传媒|"
    "教育|咨询|社会工作|社工|社区|公益|便民|商业|贸易|投资|开发|经营|运营|服务|管理|发展|城市|综合|资产|集团|控股|股份|有限|责任|公司|基金会|的|和|及|与)+"
)
_GENERAL = re.compile(
    r"(?:该|本|我|各|中央|国家|机关|全体|部分|多名|几位|有关|相关|所有|广大|辖区|属地|所在|一名|一位|老|小区|社区|村|街道|镇|乡|区|县|市|省|网格|楼栋|院落|上级|基层)*"
)
_LOCAL_DOCUMENT = re.compile(r".{0,6}(?:公约|章程|协议|方案|通知|计划|制度|细则|办法|规则|意见|清单|规定|倡议书|承诺书|条例)")
_LEVEL_WORDS = {"省": "province", "市": "city", "区": "district", "县": "district", "街道": "street", "镇": "street", "乡": "street"}
_RELATIVE = re.compile(rf"({'|'.join(_LEVEL_WORDS)})((?!场).+)")
_PROPER_METHOD = re.compile(
    r".*(?:法|机制|模式|制度|体系|行动|计划|工程|办法|做法)|..+(?:制|公约)|.*[0-9a-z+].*|.*[一二三四五六七八九十两百千][步社联级治化心会事议包帮定员站].*"
)
_HIDDEN = re.compile(r"[某xX×＊*○〇□]")
_NUMBERED_METHOD = re.compile(r"[0-9一二三四五六七八九十两][\u4e00-\u9fff]{0,4}(?:工作法|法|机制|模式|制度)|.*工作法")
_ESTATE = re.compile(r"(.+(?:花园|家园|嘉园|家苑|佳苑|雅苑|公寓|新村|新城|华庭|雅居))小区")
_FORMER = re.compile(r"原(?=[\u4e00-\u9fff]{2,}(?:区|县|市|街道|镇|乡|社区)$)")
_HOUSE = re.compile(r"([一二三四五六七八九十]{1,3})(?=号楼|号院|幢|栋|座|单元)")
_PRIVATE_KINDS = frozenset({"个人"})
_COMPANIES = frozenset({"企业", "company"})


@dataclass(frozen=True, slots=True)
class Identity:
    """`scope` is None for what never goes beyond its report or case; `place`: where it is, as far as that is known."""

    name: str
    scope: str | None
    place: str | None = None


def normal(name: str) -> str:
    """The form in which names are compared: half width, lower case, Simplified, without blanks, quotation marks and brackets."""
    return _MARKS.sub("", fold(name)) or fold(name)


def concept_of(identifier: str | None) -> Concept | None:
    """The concept with this id; None where the vocabulary has it no longer."""
    if identifier is None:
        return None
    try:
        return concept(identifier)
    except NotFound:
        return None


def is_concept(type: EntityType, name: str, canonical: str | None, of: Concept) -> bool:
    """Whether the name stands for the concept itself: any issue labelled with it; a method unless it is a proper name (六步工作法)."""
    if type == "issue" or canonical == of.label or name == of.label:
        return True
    form = normal(canonical or name)
    if normal(name) != form and form not in _terms(of.id):
        return False  # 代办制 where the report means its 红色代办制
    if form.removesuffix("工作法") in _terms(of.id):
        return True
    if _NUMBERED_METHOD.fullmatch(form):
        return False  # 六步工作法: every place has its own steps
    return form in _terms(of.id) or not _PROPER_METHOD.fullmatch(form)


def identify(
    type: EntityType, form: str, *, kind: str | None = None, organisation: str | None = None, context: Chain = (), own: Chain = ()
) -> Identity:
    """Name and scope of what `form` (see `normal`) stands for in a text about the place `context`. `own`: the units that the form begins
    with, where the reader of the text told them; else they are told by their endings."""
    match type:
        case "place":
            return _place(form, context, own)
        case "actor":
            return _actor(short(form), kind, context, own)
        case "person":
            return _person(form, kind, organisation, context)
        case "policy":
            return Identity(form, None if _is_local_document(form) else "")
        case "platform" | "programme" | "method":
            return Identity(form, _city(context), regions.text(context))
    return Identity(form, "")


def is_private(name: str, kind: str | None = None) -> bool:
    """Whether a person is named so that nobody outside the report knows who it is: 王某, 李女士, 崔奶奶, 陈书记, 老张."""
    if kind in _PRIVATE_KINDS or _HIDDEN.search(name) or len(name) < 2:
        return True
    surname = name[:2] if name[:2] in surnames().compound else name[0]
    given = name[len(surname) :]
    if name[0] in "老小阿" and len(name) == 2:
        return True
    return not given or given in _titles() or given.endswith(tuple(_titles()))


def _place(form: str, context: Chain, own: Chain) -> Identity:
    identity = _place_as_named(_FORMER.sub("", form), context, own)
    return replace(identity, name=_usual(identity.name))


def _usual(name: str) -> str:
    """A small place as it is compared: 槐里花园小区 is 槐里花园, 六号楼 is 6号楼, 原望江区 is 望江区."""
    name = _ESTATE.sub(r"\1", _FORMER.sub("", name))
    return _HOUSE.sub(lambda found: _number(found[1]), name).replace("栋", "幢")


def _number(numeral: str) -> str:
    tens, ten, ones = numeral.rpartition("十")
    digits = "零一二三四五六七八九"
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return numeral
    return str(((digits.index(tens) if tens else 1) * 10 if ten else 0) + (digits.index(ones) if ones else 0))


def _place_as_named(form: str, context: Chain, own: Chain) -> Identity:
    units, rest = (own, "") if own else regions.leading(form)
    if not units:
        return Identity(form, regions.scope("spot", form, context), regions.text(context))
    if not rest:
        above = _above(units[:-1], context, units[-1].level)
        return Identity(units[-1].name, regions.scope(units[-1].level, units[-1].name, above), regions.text(above))
    above = _above(units, context, "spot")
    return Identity(
        units[-1].name + rest if units[-1].level == "community" else rest, regions.scope("spot", rest, above), regions.text(above)
    )


def _actor(form: str, kind: str | None, context: Chain, own: Chain = ()) -> Identity:
    units, rest = (own, form.removeprefix(regions.text(own) or "")) if own else regions.leading(form)
    if not units and form.startswith("自治区") and (province := regions.named(context, "province") or "").endswith("自治区"):
        units, rest = regions.leading(province)[0][:1], form.removeprefix("自治区")
    if not units and (relative := _RELATIVE.fullmatch(form)) and _is_body(relative[2]):
        unit = regions.named(context, _LEVEL_WORDS[relative[1]])
        if unit and unit.endswith(relative[1]):
            units, rest = regions.leading(unit)[0], relative[2]
    if units and not _GROUPS.fullmatch(rest):
        last = units[-1]
        above = _above(units[:-1], context, last.level)
        return Identity(last.name + rest, regions.scope(last.level, last.name, above), regions.text((*above, last)))
    place = regions.text(context)
    if _NATIONAL.fullmatch(form) or _OF_THE_STATE.fullmatch(form) or (form in _words() and _MINISTRY.fullmatch(form)):
        return Identity(form, "")
    if is_general(form) or form.startswith("自治区") or _NO_BRAND.fullmatch(form) or _ROLES.fullmatch(form) or _GROUPS.fullmatch(form):
        return Identity(form, None, place)
    if _REGISTERED.fullmatch(form) and not _NO_BRAND.fullmatch(form):
        return Identity(form, "", place)
    return Identity(form, _city(context) if kind in _COMPANIES else regions.scope("spot", form, context), place)


def _person(form: str, kind: str | None, organisation: str | None, context: Chain) -> Identity:
    if is_private(form, kind) or not organisation:
        return Identity(form, None)
    employer = _actor(short(normal(organisation)), None, context)
    return Identity(form, None if employer.scope is None else f"{employer.scope}@{employer.name}")


def _above(own: Chain, context: Chain, level: str) -> Chain:
    """Units above a name of this level: those it carries itself, filled up from the context where that does not contradict them."""
    units = regions.joined(own, context) if own else context
    return tuple(unit for unit in units if regions.LEVELS.index(unit.level) < regions.LEVELS.index(level))


def _city(context: Chain) -> str | None:
    return regions.named(context, "city") or regions.named(context, "district") or regions.named(context, "province")


@lru_cache(maxsize=65536)
def _is_body(form: str) -> bool:
    return actor_kind(form) is not None


@lru_cache(maxsize=65536)
def is_general(form: str) -> bool:
    """Whether a name says what kind of actor it is and no more: 居民, 业委会, 该小区物业公司."""
    core = _GENERAL.sub("", form, count=1) if _GENERAL.match(form) else form
    return not core or any(part in _words() or part in _suffixes() for part in (form, core)) or len(form) < 3


def _is_local_document(form: str) -> bool:
    return form not in _titles_of_policies() and _LOCAL_DOCUMENT.fullmatch(form) is not None


@cache
def _words() -> frozenset[str]:
    return frozenset(fold(word) for kind in actor_kinds() for word in kind.words)


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(fold(suffix) for suffix, _ in actor_suffixes())


@cache
def _titles() -> frozenset[str]:
    return frozenset((*posts().words, *posts().address))


@cache
def _titles_of_policies() -> frozenset[str]:
    return frozenset(normal(name) for policy in policies() for name in (policy.title, *policy.aliases))


@cache
def _terms(identifier: str) -> frozenset[str]:
    of = concept(identifier)
    return frozenset(normal(term) for term in (of.label, *of.terms))
