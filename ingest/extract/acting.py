"""Places that act: 上城区整合……, 街道牵头: the administration of a place under the place's name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from corpus.vocabulary import ontology, place_actors
from ingest.extract import groups
from ingest.extract.actor import Actor
from ingest.extract.chains import Places
from ingest.extract.scene import Scene
from ingest.extract.units import Unit
from ingest.extract.wordlist import word_set

_NO_SUBJECT = re.compile("(?:在|到|至|于|从|来|赴|进|往|对|把|向|给|为|以|离|走访|深入|全|是)$")
_STATES_SO = re.compile("统计|介绍|测算|估算|通报|核[查实算]|反映|报告|透露|公布")
_BARE = re.compile(
    "(?P<pointing>该|我们?|本)?(?P<who>街道|社区|(?<=[该我本们])(?:村|镇|乡|区|县|市))"
    "(?!党|居委|居民|两委|委员|办事|办公|干部|工作|民政|领导|市场|场|里|民[^主警]|别|域|政府)"
)
_GOVERNED = re.compile("[向对为给在到从把将](?![前后])")
_HAN = re.compile("[\u4e00-\u9fff]")
_SKIPPED = word_set("d t ad m p ul vd nrt")
_VERBS = word_set(
    "整合 成立 打造 构建 建立 搭建 开展 推进 推动 实施 启动 出台 印发 制定 牵头 组织 投入 撬动 创新 探索 推行 推出 召开 联合 引入 "
    "引进 设立 完善 深化 累计 拨付 拨给 出资 邀请 发动 动员 组建 试点 建成",
    "完成 改造 整治 争取 筹集 购买 委托 聘请 协调 指导 统筹 荣获 获评 获得 入选 通过 坚持 依托 采取 采用 运用 聚焦 针对 积极 主动 "
    "率先 梳理 排查 培育 举办 承办 选聘 提出 决定 建设 创建 专门 努力 高分",
    "发布 解决 破解 化解 形成",
)


# What a place is or has, and what happens to it, is no deed of its administration.
_STATES = word_set(
    "是 有 位于 地处 坐落 坐落于 属于 挨着 靠近 邻近 毗邻 紧邻 紧挨 占 列 建 建于 拥有 存在 没有 成为 来 去 到 出现 发生 面临 "
    "获 位列 距 离 辖 下辖 现有 共有 总 变 变成 叫 像 分 分为 成 多 少 进 住 住着 陷入 遭 遭遇 受 受到 得到 迎来 传来 曾 包括 涉及 隶属 "
    "地 隔 通 通往 集中 聚集 "
    "说 表示 认为 如 似 让 使 被 令 属 具有 缺 缺少 缺乏 走 人均 开始 看",
)
_DEEDS = frozenset(["v", "vn", "vd", "vg"])


_LIES = frozenset(["服务", "位于", "地处", "坐落", "坐落于", "坐落在", "属于", "隶属于"])


@cache
def _verbs() -> frozenset[str]:
    edges = [edge for edge in ontology().edges.values() if "actor" in edge.heads]
    return _VERBS | {verb for edge in edges for verb in edge.verbs if verb not in _LIES}


def find(scene: Scene, places: Places, taken: Sequence[Actor]) -> list[Actor]:
    """Mentions of places as the subject of a verb of action, as actors of the kind that the vocabulary gives such a place."""
    covered = {(actor.unit.start, actor.unit.end) for actor in taken if actor.unit is not None and actor.end > actor.unit.end}
    found = []
    for unit in places.units:
        kind = next((kind for suffix, kind in place_actors().items() if unit.name.endswith(suffix)), None)
        if kind is None or unit.level in ("street", "estate", "province") or (unit.start, unit.end) in covered:
            continue
        free = not _NO_SUBJECT.search(scene.text, max(0, unit.first - 2), unit.first)
        if _summoned(scene, unit) or (
            free
            and (
                _acts(scene, unit.end)
                or _cited(scene.text, unit)
                or (unit.level in _BODIES and (_does(scene, unit.end) or _reports(scene, unit.end)))
            )
        ):
            unit.acts = True
            found.append(Actor(unit.first, unit.end, kind, True, unit))
    inside = [(actor.start, actor.end) for actor in sorted(taken, key=lambda actor: actor.start)]
    starts = [start for start, _ in inside]
    for match in _BARE.finditer(scene.text):
        start, end = match.span()
        at = bisect_right(starts, start) - 1
        if at >= 0 and inside[at][1] > end:
            continue
        if (
            not scene.word_starts_at(start)
            or not (scene.word_starts_at(end) or _sets_to_work(scene, start, end))
            or places.around(start + 1) is not None
        ):
            continue
        joined = at >= 0 and inside[at][1] == start - 1 and scene.text[start - 1] in "、和与及"
        if (joined or _free(scene, start)) and (
            not scene.word_starts_at(end)
            or _acts(scene, end)
            or _does(scene, end)
            or (groups.does(scene, end) if joined else groups.act(scene, start, _end_of_list(scene, end)))
        ):
            found.append(Actor(start, end, place_actors()[match["who"]], False, acts=True))
            if match["pointing"]:
                places.acting.add(start)
    return found


_SUMMONED = frozenset(["county", "township", "community"])
_WITH_IT = re.compile("(?:会同|联合|协同|指导|督促|协调|邀请|委托|联动|商请|约请)了?$")
_MORE = re.compile("[、和及与，。；]|等(?![级候待])")


def _summoned(scene: Scene, unit: Unit) -> bool:
    """会同云桥街道开展……: somebody joins, directs or asks the place, and what follows is a deed or the rest of a list."""
    return (
        unit.level in _SUMMONED
        and _WITH_IT.search(scene.text, max(0, unit.first - 4), unit.first) is not None
        and (_MORE.match(scene.text, unit.end) is not None or groups.does(scene, unit.end))
    )


def _cited(text: str, unit: Unit) -> bool:
    """据枫林区统计: the place is whom a statement comes from."""
    return text[unit.first - 1 : unit.first] == "据" and _STATES_SO.match(text, unit.end) is not None


def _sets_to_work(scene: Scene, start: int, end: int) -> bool:
    """社区组织|网格员入户: the segmenter joined subject and verb, which has an object."""
    at = scene.token(start)
    return scene.words[at][end - start :] == "组织" and scene.flags[at + 1 : at + 2] in (["n"], ["nr"], ["m"], ["l"])


def _free(scene: Scene, start: int) -> bool:
    """Whether nothing before a bare word for a place makes it a part of something else (所在社区, 走进社区)."""
    if start and scene.text[start - 1] == "、":
        return _GOVERNED.search(scene.text, scene.clause(start)[0], start) is None
    if not start or not _HAN.match(scene.text[start - 1]):
        return True
    at = scene.token(start) - 1
    if scene.words[at] in ("和", "与", "及", "或"):
        return False
    return (
        scene.flags[at] in _BEFORE
        or scene.words[at] in _BEFORE_WORDS
        or _SUBJECT_OF.search(scene.text, max(0, start - 4), start) is not None
    )


_BEFORE = word_set("d t c ad y")
_BEFORE_WORDS = word_set("光 连 由 经 请 让 要 求 是 年 月 日 后 起 时 前 据 联合 会同 协调 委托 前后 以来 随后 但 而 是 里 上")
_SUBJECT_OF = re.compile("(?:经由|联合|会同|委托|请求|商请|[年月日]|底|初|中旬|上旬|下旬)$")
_LISTED = re.compile(
    "(?:[、和与及][\u4e00-\u9fff]{2,8}?){1,4}?(?=各|共同|一起|联合|[两三四五六七八九十]方|每月|把|将|协商|签|派|参与|参加)"
)


def _end_of_list(scene: Scene, end: int) -> int:
    """Where the list that a word begins ends: 社区、物业和业委会共同……"""
    match = _LISTED.match(scene.text, end)
    return match.end() if match is not None and scene.word_starts_at(match.end()) else end


_BODIES = frozenset(["township", "community"])


def _reports(scene: Scene, end: int) -> bool:
    return groups.does(scene, end) and not scene.text.startswith(("的", "：", ":"), end)


def _does(scene: Scene, end: int) -> bool:
    """Whether the subject, after adverbs, dates and one short phrase with a preposition, does something to something."""
    if not scene.word_starts_at(end):
        return False
    at = scene.token(end)
    phrase = 0
    for index in range(at, min(at + 16, len(scene.words) - 1)):
        word, flag = scene.words[index], scene.flags[index]
        if word in _STATES or word in ("的", "由", "以"):
            return False
        if word in _verbs() and scene.flags[index + 1] != "uj":
            return True
        if word == "起":
            continue
        if flag in _DEEDS and not phrase:
            return scene.flags[index + 1] not in ("uj", "n", "vn") or flag == "v"
        if flag in _DEEDS and scene.flags[index + 1] in ("ul", "m", "x", "n", "v", "r", "nz"):
            return flag == "v"
        if flag == "p":
            phrase = 10
            continue
        if phrase:
            phrase -= 1
            if not phrase:
                return False
        elif flag not in _SKIPPED and word not in ("年", "月", "日"):
            return False
    return False


def _acts(scene: Scene, end: int) -> bool:
    """Whether a verb of action follows, with at most adverbs, dates and figures between."""
    if not scene.word_starts_at(end):
        return False
    at = scene.token(end)
    for index in range(at, min(at + 6, len(scene.words))):
        word, flag = scene.words[index], scene.flags[index]
        if word in _verbs():
            following = scene.flags[index + 1] if index + 1 < len(scene.words) else "x"
            return following != "uj" or word == "打造"
        if flag not in _SKIPPED and word not in ("年", "月", "日", "，", "还"):
            return False
    return False
