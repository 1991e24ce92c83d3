"""Organisations and groups: named ones at their whole extent (杭州市上城区民政局基层政权与社区治理科), generic ones by their words (业委会)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus.vocabulary import ActorKind, actor_kinds, posts
from ingest.extract.chains import Places
from ingest.extract.finding import Finding
from ingest.extract.places import Unit
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family
from ingest.extract.wordlist import word_set

_LONGEST = 20
_NOMINAL = word_set("n nz nt nr nrt nrfg ns ng nl vn j b l eng g zg an i")
_VERBAL = word_set(
    "治理 服务 管理 调解 监督 执法 建设 发展 保障 应急 规划 维护 监管 协调 指导 培训 研究 教育 组织 宣传 保护 评估 救助 志愿 互助 协商 议事 促进 调处 化解 联动 巡逻 巡防 巡查 指挥 联络 孵化 救援 创业",
    "就业 安置 征收 改造 整治 运营 投资 开发 设计 检测 检验 审计 仲裁 援助 接待 筹备 自治 共治 联合 养老 助老 助残 托管 综治 防控 创建 督导 督查 帮扶 扶贫 加装 加梯 管护 环卫 科普 法治 普法 禁毒 反诈",
    "物流 供销 合作 参事 监察 信访 调查 创新 统计 测绘 交流 租赁 餐饮 安保 停车",
)
_STOP = word_set(
    "各 全 本 该 我 每 某 其他 其它 有关 相关 部分 所有 当地 本地 一些 多 个 区 组织部门 邀请 聘请 引进 引入 由 及 与 和 等 启动 优化 发动 运用 设置 打造 提升 完善 深化 强化 实行 推进 主动 积极 参与",
    "成立 动员 委托 依托 联合 开展 建立 组建 支持 鼓励 带动 代表 为首 为主 特邀 居民家 使 原因 情况 问题 工作 同时 时 后 前 期间 之间 目前 其中 方面 包括 支 家 名 位 首家 首个 唯一 全体 广大 老牌 书记",
    "主任 副主任 局长 主席 专业 优秀 资深 知名 著名 大型 中小 新 老 旧 旗下 相应 对应 多方 双方 三方 各方 协助 沟通 要求 感谢 反映 投诉",
)
_LEVELS = {
    "省": "province",
    "市": "prefecture",
    "区": "county",
    "县": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "街道": "township",
    "社区": "community",
    "村": "community",
}
_BARE_PLACES = {
    "街道": "township", "镇里": "township", "乡里": "township", "社区": "community", "村里": "community", "区里": "county", "县里": "county", "市里": "prefecture",
}  # fmt: skip
_SHORT = re.compile("^(省|市|区|县|旗|镇|乡|街道|社区|村)(?=[\u4e00-\u9fff])")
_SUBUNIT = re.compile("(?:科|处|室|股|科室|中队|大队|支队|站|所|中心|办)$")
_LINK = re.compile("[\u4e00-\u9fff]{0,8}?[与和及、]?[\u4e00-\u9fff]{0,8}")
_GENERIC_SKIPPED = word_set(
    "街道 记者 本刊记者 本报记者 通讯员 本人 乡镇街道 部门 当事人 妇女 一村一警 镇街 街镇 社工委员 公安 消防 城管 两委班子 村社 村居 居村 红马甲 督导 民警 家长 群众 老人 物业 院长制",
)
_GENERIC_NEEDS_END = word_set(
    "居民 业主 村民 群众 老百姓 党员 社会组织 社工 企业 志愿者 政府 商户 住户 专家 律师 教授 老年人 残疾人 青少年 未成年人 物业 家长 媒体 法院 政协委员 人大代表 农户 社会资本 骑手",
)
_TRANSITIVE = word_set(
    "组织 建设 发展 宣传 教育 引导 培育 孵化 促进 保障 支持 规范 创新 压实 整顿 抗议 会同 协同 协调 体验 领导 关心 布局 推动 培训 指导 监督 服务 管理 团结 凝聚 联系 走访 调动 激发 号召 要求 发挥 充分发挥",
    "教育引导 安排 选派 整合 扶持 帮扶 吸引 吸纳 招募 撬动 购买 续聘 另聘 产生 选举 选举产生 选聘 评选 表彰 约谈 对接 联合 创建 打通 节约 利用 集约 关爱 服务好 治理 整治 改造 救助 评估 投资",
)
_LEADING = word_set(
    "广大 各级 所有 时代 时期 年度 领域 个别 优秀 京 所在 当地 本级 今后 不少 许多 众多 全体 此类 沿途 主要 普通 现有 原有 一线 经 当前 上述 部分 非 行业内 近千 党员队伍"
)
_CLASS = re.compile(
    "(?:企业|部门|政府|志愿者|党员|党组织|党支部|社会组织|医院|学校|幼儿园|大学|工厂|加工厂|超市|酒店|民宿|门店|商场|学院|博物馆|银行|法院|国企|央企|干部|合作社|专家|工会|食堂|党委|服务队|志愿队|协会|商会|联盟)$"
)
_COMMUNITY_BODIES = frozenset(["party", "committee", "owners", "agency", "institution"])
_MORE_SUFFIXES = ("议事小组", "工作小组", "监督小组", "协商小组", "调解小组", "议事代表团")
# Bodies of the central government by their usual names.
_CENTRAL = word_set(
    "外交部 国防部 科技部 科学技术部 工信部 工业和信息化部 国家民委 国家安全部 自然资源部 生态环境部 交通运输部 水利部 商务部 文化和旅游部 文旅部 退役军人事务部 应急管理部 中国人民银行 央行 审计署 国资委",
    "国务院国资委 海关总署 税务总局 国家税务总局 市场监管总局 国家市场监督管理总局 国家市场监管总局 体育总局 国家统计局 国家医保局 国家医疗保障局 国家能源局 国家林草局 国家移民管理局 国家邮政局 国家文物局",
    "国家卫健委 国家卫生健康委 国家发改委 发改委 人力资源和社会保障部 人力资源社会保障部 建设部 环保部 环境保护部 卫生部 国土资源部 农业部 文化部 交通部 铁道部 监察部 银监会 证监会 保监会 银保监会 国家数据局",
    "国家金融监督管理总局 国务院办公厅 国务院扶贫办 国家乡村振兴局 全国老龄办 国家疾控局 中央文明办 中央网信办 国家消防救援局 新闻出版总署 国家广电总局 国台办 国家知识产权局 中央财办",
)
_PLACE_WORDS = word_set("街道 属地街道 镇街 街镇 乡镇街道 村集体")
_GOES_WITH = word_set("们 力量 群体 代表 团队 队伍 双方 单位 之间 群众 骨干 自己 家庭 干部 本人 志愿者 家属 大家 共同 全体 家里")
_NOT_ORGANISATIONS = re.compile(
    "时间银行|道德银行|积分超市|爱心超市|共享法庭|人才银行|垃圾银行|公益银行|代办处|[^大]自治组织|一站式|[^会]议事会议|问题清单|办公室里|工作站点|街头巷尾|家门店"
)
_BARE_KINDS = word_set("government justice agency institution company mass")
_PEOPLE = word_set("residents expert partner person congress media")
_QUOTED = re.compile("[“‘「]([^“”‘’「」，。！？；\\n]{1,10})[”’」]$")


@dataclass(slots=True)
class Actor:
    """A mention of an organisation or group; `named` is False for generic words. `unit` is the place that its name begins with."""

    start: int
    end: int
    kind: ActorKind
    named: bool
    unit: Unit | None = None
    level: str | None = None  # the level of administration it was said to be set up at


@dataclass(frozen=True, slots=True)
class _Head:
    kind: ActorKind
    word: bool


def _head_words() -> Iterator[tuple[str, _Head]]:
    for kind in actor_kinds():
        yield from ((suffix, _Head(kind, False)) for suffix in kind.suffixes)
        yield from ((word, _Head(kind, True)) for word in kind.words if not re.search("委.政府", word) and word not in _PLACE_WORDS)
    yield from ((word, _Head(kind, True)) for kind in actor_kinds() if kind.id == "government" for word in sorted(_CENTRAL - set(kind.words)))
    yield from ((suffix, _Head(kind, False)) for kind in actor_kinds() if kind.id == "committee" for suffix in _MORE_SUFFIXES)


HEADS: Family[_Head] = Family(_head_words)


@cache
def _words() -> frozenset[str]:
    return frozenset(word for kind in actor_kinds() for word in kind.words) | _CENTRAL


@cache
def _excludes() -> tuple[str, ...]:
    return (*(word for kind in actor_kinds() for word in kind.excludes), "平局", "和局", "药局", "牌局")


def find_actors(scene: Scene, places: Places) -> list[Actor]:
    """All mentions in order, the longest at each place, not overlapping."""
    longest: dict[int, tuple[int, _Head]] = {}
    for start, end, head in scene.hits.of(HEADS):
        known = longest.get(end)
        if known is None or start < known[0] or (start == known[0] and head.word):
            longest[end] = (start, head)
    found: list[Actor] = []
    for end in sorted(longest):
        start, head = longest[end]
        actor = _actor(scene, places, start, end, head, found[-1] if found else None)
        if actor is None:
            continue
        while found and found[-1].start >= actor.start:
            found.pop()
        if not found or found[-1].end <= actor.start:
            found.append(actor)
    return [actor for actor in found if actor.named or _stands_alone(scene, actor)]


def _actor(scene: Scene, places: Places, head: int, end: int, what: _Head, previous: Actor | None) -> Actor | None:
    text = scene.text
    if not _ends_here(scene, end) or text.endswith(_excludes(), 0, end) or _NOT_ORGANISATIONS.search(text, max(0, head - 3), end + 1):
        return None
    sub = _subunit_of(text, previous, head, end)
    if sub is not None:
        return Actor(sub.start, end, sub.kind, True, sub.unit)
    if _in_title(text, head, end):
        return None
    suffix = text[head:end]
    start, unit = _start(scene, places, head)
    if unit is None:
        start = head if _SHORT.match(suffix) and not what.word else _trimmed(scene, start, head, what.word)
    if unit is None and start == head:
        if suffix in _words():
            return Actor(head, end, what.kind, _SHORT.match(suffix) is not None and what.kind.id in ("government", "party"))
        if _SHORT.match(suffix) is not None and scene.word_starts_at(head):
            return Actor(head, end, what.kind, True)
        bare = len(suffix) >= 3 and what.kind.id in _BARE_KINDS and scene.word_starts_at(head) and not _CLASS.search(suffix)
        return Actor(head, end, what.kind, False) if bare else None
    if unit is None and text[start] in "向由与和在对被为给从到经" and _SHORT.match(text[start + 1 : head + 1]):
        start += 1
    core = text[start:head]
    if unit is None and (suffix in _GENERIC_SKIPPED or (what.word and what.kind.id in _PEOPLE)):
        return Actor(head, end, what.kind, False)
    if what.kind.id == "residents" and (unit is None or not what.word):
        return Actor(head, end, what.kind, False) if suffix in _words() else None
    named = unit is not None or not _CLASS.search(suffix) or _has_name(scene, start, head)
    if named and unit is None and len(core) < 2 and not _SHORT.match(core + suffix) and what.word:
        return Actor(head, end, what.kind, False)
    return Actor(start, end, what.kind, named, unit)


def _in_title(text: str, start: int, end: int) -> bool:
    """Inside 《…》: part of a document's title."""
    opening = text.rfind("《", max(0, start - 50), start)
    return opening >= 0 and text.find("》", opening, start) < 0 and text.find("》", end, end + 60) >= 0


def _trimmed(scene: Scene, start: int, head: int, word: bool) -> int:
    """Drop verbs and quantifiers that the walk to the left took for part of the name (孵化|社会组织, 广大|党员)."""
    at = scene.token(start)
    while start < head:
        token, flag = scene.words[at], scene.flags[at]
        size = len(token)
        rest = start + size
        if (
            token in _LEADING
            or (token in _TRANSITIVE and (word or rest < head))
            or (word and (flag.startswith("nr") or flag in ("v", "vn")))
            or "等" in token
        ):
            start = rest
            at += 1
            continue
        break
    return min(start, head)


def _has_name(scene: Scene, start: int, head: int) -> bool:
    """Whether a word before the suffix is a name rather than a common noun."""
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < head:
        if scene.flags[at] in ("ns", "nz", "nt", "nr", "nrt", "eng", "x"):
            return True
        at += 1
    return False


def _ends_here(scene: Scene, end: int) -> bool:
    """A name ends with a word, or before the post of someone in it (治理科 in 治理科科长)."""
    text = scene.text
    return scene.word_starts_at(end) or (text[end : end + 1] == text[end - 1] and text.startswith(posts().words, end))


def _subunit_of(text: str, previous: Actor | None, head: int, end: int) -> Actor | None:
    """The organisation whose section this is: 民政局 + 基层政权与社区治理科, without a break between them."""
    if (
        previous is None
        or not previous.named
        or previous.end > head
        or end - previous.end > _LONGEST
        or not _SUBUNIT.search(text, max(0, end - 3), end)
    ):
        return None
    between = text[previous.end : head]
    return (
        previous
        if _LINK.fullmatch(between)
        and not re.match("[与和及、]", between)
        and not re.search("[的了在将把由为对向]|共同|一起|联合", between)
        else None
    )


def _start(scene: Scene, places: Places, head: int) -> tuple[int, Unit | None]:
    """Where the name that ends in the suffix at `head` begins, and the place it begins with."""
    inside = places.around(head)
    if inside is not None and inside.start < head:
        return inside.first, inside
    position = head
    at = scene.token(head)
    if scene.starts[at] < head:
        position = scene.starts[at]
    at -= 1
    while True:
        unit = places.at(position)
        if unit is not None:
            return unit.first, unit
        if at < 0 or head - scene.starts[at] > _LONGEST:
            break
        quoted = _QUOTED.search(scene.text, max(0, position - 13), position)
        if quoted is not None:
            position = quoted.start()
            at = scene.token(position) - 1
            continue
        if scene.words[at] in _LEVEL_WORDS:
            return scene.starts[at], None
        direction = scene.flags[at] == "f" and len(scene.words[at]) == 1 and scene.word_starts_at(position + 1)
        coined = (
            len(scene.words[at]) == 1
            and scene.flags[at] == "v"
            and at > 0
            and scene.flags[at - 1] in ("n", "nr", "nz")
            and scene.words[at] in _COINED
        )
        if not direction and not coined and not _belongs(scene.words[at], scene.flags[at]):
            break
        position = scene.starts[at]
        at -= 1
    return position, None


_COINED = frozenset("伴爱乐助护帮援享创润聚益牵守悦")
_LEVEL_WORDS = frozenset("省市区县镇乡")


def _belongs(word: str, flag: str) -> bool:
    if word in _STOP or not word.strip():
        return False
    if flag in _NOMINAL or (flag == "v" and word in _VERBAL):
        return word[0].isalnum()
    if flag == "m":
        return word.startswith("第") and not word.endswith(("个", "批", "次"))
    return flag in ("a", "s", "ns") and len(word) == 2 and word in ("和平", "阳光", "幸福", "平安", "文明", "爱心", "光明")


def _stands_alone(scene: Scene, actor: Actor) -> bool:
    """Whether a generic word speaks of those people and is not part of a compound (居民自治, 企业文化)."""
    word = scene.text[actor.start : actor.end]
    if word in _GENERIC_SKIPPED or (scene.text[actor.start - 1 : actor.start] in tuple("非反无") and actor.start):
        return False
    if not scene.word_starts_at(actor.start) and len(word) < 4:
        return False
    if word not in _GENERIC_NEEDS_END and len(word) > 3:
        return True
    if not scene.word_starts_at(actor.end):
        return False
    at = scene.token(actor.end)
    if at >= len(scene.words) or actor.end >= len(scene.text):
        return True
    following, flag = scene.words[at], scene.flags[at]
    return (
        not (flag in ("n", "vn", "nz", "l", "b", "j", "ng", "an", "s") or following in ("自治", "自筹", "楼", "区", "家"))
        or following in _GOES_WITH
    )


def find(scene: Scene, places: Places, actors: Iterable[Actor]) -> list[Finding]:
    """Facts from mentions: short forms get the whole name as `canonical`; a generic word counts once a sentence."""
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    for actor in actors:
        name = scene.text[actor.start : actor.end]
        canonical, place = _canonical(scene, places, actor, name)
        sentence = scene.sentence(actor.start)[0]
        if not actor.named:
            if (sentence, name) in seen:
                continue
            seen.add((sentence, name))
        rule = "actor.named" if actor.named else "actor.generic"
        confidence = (0.92 if actor.unit is not None else 0.85) if actor.named else 0.88
        found.append(
            Finding(
                "actor",
                actor.start,
                actor.end,
                rule,
                confidence,
                canonical=canonical,
                kind=actor.kind.label,
                place=place,
                organisation=actor.level,
            )
        )
    return found


def _canonical(scene: Scene, places: Places, actor: Actor, name: str) -> tuple[str | None, str | None]:
    """The whole name of a mention, and its place as a chain."""
    if actor.unit is not None:
        rest = scene.text[actor.unit.end : actor.end] if actor.unit.end <= actor.end else ""
        if not rest:
            rest = name[len(scene.text[actor.unit.first : actor.unit.end]) :]
        return _joined(actor.unit, rest), ">".join(actor.unit.chain)
    if name in _BARE_PLACES:
        there = places.salient(actor.start, _BARE_PLACES[name])
        return (None, None) if there is None else ("".join(there.chain), ">".join(there.chain))
    short = _SHORT.match(name) if actor.named else None
    if short is not None and short[1] in ("社区", "村") and actor.kind.id not in _COMMUNITY_BODIES:
        return name, None
    level = _LEVELS[short[1]] if short is not None else _level_of(name, actor)
    if level is None or _distributed(scene.text, actor.start):
        return (None if not actor.named else name), None
    unit = places.salient(actor.start, level)
    if unit is None:
        return (name if actor.named else None), None
    rest = name[len(short[1]) :] if short is not None else name.removeprefix("社区").removeprefix("街道" if level == "township" else "社区")
    return _joined(unit, rest), ">".join(unit.chain)


def _joined(unit: Unit, rest: str) -> str:
    """The chain of a place with the rest of a name; the last character of the place is not doubled (浙江省 + 省委)."""
    whole = "".join(unit.chain)
    while rest and whole.endswith(rest[0]) and rest[0] in "省市区县镇乡村":
        rest = rest[1:]
    return whole + rest


def _level_of(name: str, actor: Actor) -> str | None:
    """The kind of place that a body without a name belongs to: 居委会 to a community, 街道办 to a street."""
    if actor.named:
        return None
    if name in ("居委会", "社区两委", "村委会", "村两委", "社区居委会", "社区党组织"):
        return "community"
    if name in ("街道办", "办事处", "街道办事处", "党工委"):
        return "township"
    return None


def _distributed(text: str, start: int) -> bool:
    """每个社区居委会, 各街道办: no single one."""
    return bool(
        re.search(
            "(?:每个?|各个?|全部|多个?|[一二三四五六七八九十0-9]个|[0-9一二三四五六七八九十]家|其他|所有|一些|整个)$",
            text[max(0, start - 4) : start],
        )
    )
