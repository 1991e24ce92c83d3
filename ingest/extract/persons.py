"""People: with their post and organisation, and private persons (崔奶奶, 王某, 居民李星)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lexicon import leftmost_longest
from corpus.vocabulary import posts, surnames
from ingest.extract.actors import Actor
from ingest.extract.chains import Places
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family, Hits, Names
from ingest.extract.wordlist import word_set

PRIVATE = "个人"
IN_OFFICE = "任职人员"
_PRIVATE_POSTS = word_set("居民 村民 业主 住户 租户 商户 摊主 志愿者 老党员 党员 退休干部 退休教师 退休工人 网约车司机 店主 老板")
_FAMILIAR = word_set(
    "奶奶 爷爷 大爷 大伯 大叔 大妈 大姐 大哥 大娘 大嫂 大婶 阿姨 阿婆 阿公 阿伯 叔叔 老伯 老太 老太太 老汉 老人 老先生 婆婆 先生 女士 小姐 师傅 某某 某 老师 医生 同志 书记 主任 警官 律师",
    "教授 法官 姐 哥 叔 婶 姨 伯 嫂 婆 爷 奶 娭毑 嬢嬢 孃孃",
)
_SHORT_FAMILIAR = word_set("姐 哥 叔 婶 姨 伯 嫂 婆 爷 奶")
_OFFICIAL_ADDRESS = word_set("书记 主任 老师 医生 律师 教授 法官 警官 同志")
_MASKED = word_set("某 某某 × ×× ＊ ＊＊ x xx")
_NAME_CHARACTERS = "[\u4e00-\u9fff·]"
_SPEAKS = re.compile(
    "(?:[^，。！？；“”\\n]{0,6}?)(?:说|表示|介绍|认为|告诉|坦言|指出|强调|解释|回忆|感慨|感叹|笑着|补充|透露|看来|称|讲|回答|反映|提出|坚持|召集|带领|带着|主动|负责|担任|作为|今年|来到|发现|想到|得知|组织|牵头|觉得|希望|担心|反对|同意|是)"
)
_NAME_ENDS = re.compile(
    "[，。、：；（）()！？“”‘’《》\\s]|$|的|家|说|表|介|认|告|坦|指|强|解|回|感|笑|补|透|向|在|对|和|与|及|等|称|带|为|是|就|也|又|还|将|把|从|到|来|去|给|主动|看|提|召|组|牵|负|担|作|今|发|想|得|觉|希|反|同意|一|自|便|则|便|曾|已|不|没|两|先|后|近|先后|多|正|每|有|深"
)
_NOT_NAMES = word_set(
    "门岗 门口 陆军 温泉 幸福感 庄严 殷殷 关于 关切 尤其 卓越 高水平 夏粮 麦收 卫星 常德 平安 文明 高兴 容颜 古老 荣获 明显 温馨 严格 严肃 周边 周围 周到 金融 高度 高效 常态 常年 常住 方便 方案 方向 方法 方式 和谐 和平 安全",
    "安置 安装 安排 成立 成效 成为 程序 全面 全体 全部 项目 任务 任何 马上 张贴 许多 单位 何时 何以 万元 万名 万人 金额 黄金 白天 江南 阳光 温暖 温度 鲁班 雷锋 焦裕禄 谢谢 高龄 高层 高楼 高峰 应急 应当",
    "向前 于是 于此 从严 时代 时间 项目经理 水平 水电 司法 管理 明确 明年 路面 路灯 关爱 关心 关键 康养 党建 党员 党委 常委 曾经 席位 毛病 车位 车辆 车主 车棚 房屋 房东 房产 花园 冷静 易地 易于 申请 申报",
    "凌晨 卫生 强化 强调 甘愿 钟情 诸多 贺信 祝福 祝愿 包括 包容 连续 连心 舒心 舒适 喜人 尚未 解决 解释 乐于 幸福 习近平 广大 毕业 宁可 齐心 齐全 计划 计生 柴米 温情 严重 严禁 金点子 岳父 巴士 干部 干净",
    "相关 相互 文化 文艺 古镇 邻里 石材 田间 段时间 能够 简单 莫大 梅花 胡同 高校 郑重 宣传 居家 老年",
)
_NO_ROLES = word_set("居民 村民 市民 农民 老人 工人 全民 人民 机器人 主持人 学生 医生 卫生 民生 上手 对手 助手 行长 国人 军人 加工 施工 部队 军队 外国人 诗人 名人")
_DOUBTFUL = frozenset("时于向和同成应能后从曾全方高万家平常都单明强连幸安包关党水费路车房边商老有年")
_AS_POST = re.compile("(?:[^。！？；\\n“”]{0,40}?[，,])?(?:作为|担任|任|当选|现任|时任|当上|当选为|身为)(?:了)?")


@dataclass(slots=True)
class Person:
    """A mention of a person. `post_start` is where the words of post and organisation begin, if they stand directly before the name."""

    start: int
    end: int
    name: str
    kind: str | None = None
    post: str | None = None
    organisation: str | None = None
    canonical_organisation: str | None = None
    rule: str = "person.name"
    confidence: float = 0.85


POSTS: Family[str] = Family(lambda: ((word, word) for word in posts().words))


ADDRESS: Family[str] = Family(lambda: ((word, word) for word in sorted(_FAMILIAR | {"×", "××", "＊", "＊＊", "x", "xx"})))


def find_people(scene: Scene, places: Places, actors: Sequence[Actor]) -> list[Person]:
    """All mentions in order: those whose surroundings show a name, and each further mention of the same names."""
    found: dict[int, Person] = {}
    for start, end, post in leftmost_longest(scene.hits.of(POSTS)):
        _beside_post(scene, places, actors, start, end, post, found)
    for start, end, address in leftmost_longest(scene.hits.of(ADDRESS)):
        person = _familiar(scene, start, end, address)
        if person is not None:
            found.setdefault(person.start, person)
    _speaking(scene, found)
    _again(scene, found)
    named = [person for person in found.values() if not _is_place(places, person)]
    people = _apart(sorted(named, key=lambda person: (person.start, -person.end)))
    _told_later(scene, places, people)
    return people


def _is_place(places: Places, person: Person) -> bool:
    unit = places.around(person.start) or places.around(person.end - 1)
    return unit is not None and unit.start < person.end and person.start < unit.end


def _apart(people: Sequence[Person]) -> list[Person]:
    kept: list[Person] = []
    for person in people:
        if not kept or person.start >= kept[-1].end:
            kept.append(person)
    return kept


def is_surname(name: str) -> bool:
    return name[:1] in surnames().single or name[:2] in surnames().compound


def _name_at(scene: Scene, position: int, *, sure: bool) -> int | None:
    """Where a name that begins at `position` ends; `sure` means that a post stands before it."""
    text = scene.text
    if not is_surname(text[position : position + 2]) or position >= len(text):
        return None
    at = scene.token(position)
    if scene.starts[at] == position:
        word, flag = scene.words[at], scene.flags[at]
        if flag in ("nr", "nrfg", "nrt") and len(word) == 4 and word[:2] not in surnames().compound:
            return position + 3 if _NAME_ENDS.match(text, position + 3) and sure else None
        if flag in ("nr", "nrfg", "nrt") and 2 <= len(word) <= 4 and word not in _NOT_NAMES:
            return position + _name_length(scene, at, word)
        if (
            flag in ("nr", "nrfg")
            and len(word) == 1
            and at + 1 < len(scene.words)
            and len(scene.words[at + 1]) <= 2
            and scene.flags[at + 1][0] in "ngzajbt"
        ):
            return position + 1 + len(scene.words[at + 1])
        if len(word) > 1 and flag not in ("ns", "nz", "x") or flag in ("c", "p", "d", "r", "m", "ud", "uj", "v"):
            return None
    if not sure or text[position] in _DOUBTFUL:
        return None
    compound = text[position : position + 2] in surnames().compound
    for size in (4, 3) if compound else (3, 2):
        name = text[position : position + size]
        if (
            re.fullmatch(_NAME_CHARACTERS + "+", name)
            and name not in _NOT_NAMES
            and scene.word_starts_at(position)
            and (size == 3 or _NAME_ENDS.match(text, position + size))
        ):
            return position + size if scene.word_starts_at(position + size) else None
    return None


def _name_length(scene: Scene, at: int, word: str) -> int:
    """Characters of the name that the segmenter began at word `at`: 骆源作|的 ends before 作, 陈家|奇 goes on by one character."""
    end = scene.starts[at] + len(word)
    if len(word) == 3 and word[2] in "作任等说向在" and scene.text[end : end + 1] in tuple("了的关题为"):
        return 2
    following = scene.words[at + 1] if at + 1 < len(scene.words) else ""
    if (
        len(word) == 2
        and len(following) == 1
        and "\u4e00" <= following <= "\u9fff"
        and scene.flags[at + 1][0] in "nagzjx"
        and not _NAME_ENDS.match(scene.text, end)
    ):
        return 3
    return len(word)


def _beside_post(scene: Scene, places: Places, actors: Sequence[Actor], start: int, end: int, post: str, found: dict[int, Person]) -> None:
    """主任汪琳, and 汪琳主任."""
    text = scene.text
    name_end = _name_at(scene, end, sure=post not in ("老师", "博士", "专家", "医生", "护士"))
    if name_end is not None and text[end:name_end] not in _NOT_NAMES:
        kind = PRIVATE if post in _PRIVATE_POSTS else IN_OFFICE
        first = _run_start(text, _split(places, actors, start, end, text))
        organisation, whole, first = _organisation(scene, places, actors, first)
        person = Person(end, name_end, text[end:name_end], kind, text[first:end], organisation, whole, "person.post", 0.93)
        found[end] = person
        return
    at = scene.token(start) - 1
    if at >= 0 and scene.starts[at + 1] == start and scene.flags[at] in ("nr", "nrfg") and 2 <= len(scene.words[at]) <= 3:
        name = scene.words[at]
        if (
            is_surname(name)
            and name not in _NOT_NAMES
            and post.endswith(("长", "书记", "主任", "主席", "委员", "常委", "代表"))
            and scene.starts[at] not in found
        ):
            found[scene.starts[at]] = Person(scene.starts[at], start, name, IN_OFFICE, post, rule="person.before_post", confidence=0.85)


def _split(places: Places, actors: Sequence[Actor], start: int, end: int, text: str) -> int:
    """Where the post begins if a name ends inside the word found: 馒头山社区|主任, not 馒头山|社区主任."""
    unit = places.around(start)
    inner = unit.end if unit is not None else start
    at = bisect_left(actors, start + 1, key=lambda actor: actor.end)
    if at < len(actors) and actors[at].start < start and actors[at].end < end:
        inner = max(inner, actors[at].end)
    return inner if inner > start and text[inner:end] in posts().words else start


def _run_start(text: str, start: int) -> int:
    """Where a row of posts begins (党委书记、局长), and the words before a post (原, 时任, 副)."""
    moved = True
    while moved:
        moved = False
        for before in posts().before:
            if text.endswith(before, 0, start) and before not in ("老", "总"):
                start -= len(before)
                moved = True
        if start and text[start - 1] in "、兼":
            for word in posts().words:
                if text.endswith(word, 0, start - 1):
                    start -= 1 + len(word)
                    moved = True
                    break
    return start


def _organisation(scene: Scene, places: Places, actors: Sequence[Actor], position: int) -> tuple[str | None, str | None, int]:
    """The organisation or place whose name ends at `position`, as read and in full, and where the post begins (a body's last word such as
    党委 in 社区党委书记 stays with the post where it has no name of its own)."""
    text = scene.text
    at = bisect_left(actors, position, key=lambda actor: actor.end)
    if at < len(actors) and actors[at].end == position:
        actor = actors[at]
        name = text[actor.start : actor.end]
        if actor.unit is not None:
            rest = text[actor.unit.end : actor.end] if actor.unit.end <= actor.end else ""
            return name, "".join(actor.unit.chain) + rest, position
        return name, None, position
    unit = places.at(position)
    if unit is not None:
        return text[unit.first : unit.end], "".join(unit.chain), position
    return None, None, position


def _speaking(scene: Scene, found: dict[int, Person]) -> None:
    """Words that the segmenter takes for names count where someone speaks or acts, or where they come back."""
    text = scene.text
    counts: dict[str, list[int]] = {}
    for at, flag in enumerate(scene.flags):
        if flag in ("nr", "nrfg"):
            start = scene.starts[at]
            end = _name_at(scene, start, sure=False)
            if end is not None and 2 <= end - start <= 3 and text[start:end] not in _NOT_NAMES:
                counts.setdefault(text[start:end], []).append(start)
                role = _role(scene, at) if end - start == 3 else None
                if role is not None:
                    found.setdefault(start, Person(start, end, text[start:end], PRIVATE, role or None, rule="person.role", confidence=0.85))
    for name, starts in sorted(counts.items()):
        speaking = [start for start in starts if _SPEAKS.match(text, start + len(name))]
        if speaking and (len(name) == 3 or len(starts) > 1) and (len(starts) > 1 or _begins(text, speaking[0])):
            for start in starts:
                found.setdefault(start, Person(start, start + len(name), name, None, rule="person.speaks", confidence=0.8))


def _role(scene: Scene, at: int) -> str | None:
    """The noun for what someone is before his name (领队刘桂珍), "" for an age (72岁的谢银娣)."""
    if at < 3:
        return None
    before, flag = scene.words[at - 1], scene.flags[at - 1]
    if before == "的" and scene.words[at - 2] in ("岁", "周岁"):
        return ""
    return before if flag == "n" and len(before) > 1 and before[-1] in "员长师队工匠人民友手生" and before not in _NO_ROLES else None


def _begins(text: str, start: int) -> bool:
    """Whether a name stands at the beginning of a clause."""
    return start == 0 or text[start - 1] in "，。；：！？”’、\n（(,;: 　在"


def _familiar(scene: Scene, position: int, end: int, address: str) -> Person | None:
    """崔奶奶, 王某, 李×: a surname before the form of address at [position, end)."""
    text = scene.text
    start = position - (2 if text[max(0, position - 2) : position] in surnames().compound else 1)
    if start < 0 or not is_surname(text[start:position]) or not scene.word_starts_at(start):
        return None
    masked = address in _MASKED
    if masked and text[start] in _DOUBTFUL:
        return None
    if (masked and start and text[start - 1] in "第某老大小") or (not masked and not scene.word_starts_at(end)):
        return None
    if address in _SHORT_FAMILIAR and not (_begins(text, start) and _NAME_ENDS.match(text, end)):
        return None
    if address in _OFFICIAL_ADDRESS and not (_begins(text, start) or text[start - 1] in "是由对向找和与"):
        return None
    name = text[start:end]
    if name in _NOT_NAMES or (name[0] in "高时方全成单任老" and address in ("老人", "书记", "主任", "老师", "同志")):
        return None
    official = address in ("书记", "主任", "法官", "警官")
    post = address if official else None
    return Person(start, end, name, IN_OFFICE if official else PRIVATE, post, rule="person.address", confidence=0.88)


def _again(scene: Scene, found: dict[int, Person]) -> None:
    """Each further mention of a name that was established, at the borders of words."""
    names = sorted({person.name for person in found.values() if len(person.name) >= 2})
    if not names:
        return
    kinds = {person.name: person.kind for person in sorted(found.values(), key=lambda person: -person.start) if person.kind is not None}
    for start, end, name in Names(names).find(scene.text):
        if start not in found and (scene.word_starts_at(start) or len(name) > 2) and (scene.word_starts_at(end) or len(name) > 2):
            found[start] = Person(start, end, name, kinds.get(name), rule="person.again", confidence=0.85)


def _told_later(scene: Scene, places: Places, people: Sequence[Person]) -> None:
    """邹紫娟来到上羊市街社区，作为社区党委书记、居委会主任: post and place follow in the sentence."""
    text = scene.text
    for index, person in enumerate(people):
        if person.post is not None:
            continue
        limit = min(scene.sentence(person.start)[1], people[index + 1].start if index + 1 < len(people) else len(text))
        match = _AS_POST.match(text, person.end, limit)
        if match is None:
            continue
        last = None
        for start, end, _ in leftmost_longest(Hits(text[match.end() : min(limit, match.end() + 30)], {}).of(POSTS)):
            if (
                last is None
                and start > 12
                or (last is not None and start - last[1] > 8)
                or re.search("[，。；]", text[match.end() + (last[1] if last else 0) : match.end() + start])
            ):
                break
            last = (last[0] if last else 0, end)
        if last is not None and last[1] <= 16:
            person.post = text[match.end() : match.end() + last[1]]
            person.kind = IN_OFFICE
            person.rule = "person.told_later"
            unit = places.nearest(person.end, match.start() + 60, match.end()) or places.salient(match.end(), "community")
            if unit is not None:
                person.organisation = text[unit.first : unit.end]
                person.canonical_organisation = "".join(unit.chain)


def find(people: Sequence[Person]) -> list[Finding]:
    """One fact a mention. Post and organisation stand where the sentence tells them."""
    return [
        Finding(
            "person", person.start, person.end, person.rule, person.confidence, name=person.name, canonical=person.name, kind=person.kind, post=person.post,
            organisation=person.canonical_organisation or person.organisation,
        )
        for person in people
    ]  # fmt: skip
