"""Places that act: 上城区整合……, 街道牵头: the administration of a place under the place's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from corpus.vocabulary import ontology, place_actors
from ingest.extract.actors import Actor
from ingest.extract.chains import Places
from ingest.extract.scene import Scene
from ingest.extract.wordlist import word_set

_NO_SUBJECT = re.compile("(?:在|到|至|于|从|来|赴|进|往|对|把|向|给|为|以|离|走访|深入|全|是)$")
_BARE = re.compile(
    "(?:(?<![\u4e00-\u9fff])|(?<=[由经和与年月日起后但而]))(?P<who>街道|社区|镇里|村里|区里|县里|乡里|市里)(?![\u4e00-\u9fff]?(?:党|居|委|办|干部|工作))"
)
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
    "地 隔 通 通往 "
    "说 表示 认为 如 似 让 使 被 令 属 具有 缺 缺少 缺乏 走 人均 开始 看",
)
_DEEDS = frozenset(["v", "vn", "vd", "vg"])


@cache
def _verbs() -> frozenset[str]:
    return _VERBS | {
        verb for edge in ontology().edges.values() if "actor" in edge.heads for verb in edge.verbs if verb not in ("服务", "位于")
    }


def find(scene: Scene, places: Places, taken: Iterable[Actor]) -> list[Actor]:
    """Mentions of places as the subject of a verb of action, as actors of the kind that the vocabulary gives such a place."""
    covered = {(actor.unit.start, actor.unit.end) for actor in taken if actor.unit is not None and actor.end > actor.unit.end}
    found = []
    for unit in places.units:
        kind = next((kind for suffix, kind in place_actors().items() if unit.name.endswith(suffix)), None)
        if kind is None or unit.level in ("street", "estate", "province") or (unit.start, unit.end) in covered:
            continue
        if not _NO_SUBJECT.search(scene.text, max(0, unit.first - 2), unit.first) and (
            _acts(scene, unit.end) or (unit.level in _BODIES and _does(scene, unit.end))
        ):
            found.append(Actor(unit.first, unit.end, kind, True, unit))
    for match in _BARE.finditer(scene.text):
        start, end = match.span("who")
        if scene.word_starts_at(start) and (_acts(scene, end) or _does(scene, end)):
            kind = place_actors()[match["who"].removesuffix("里")]
            found.append(Actor(start, end, kind, False))
    return found


_BODIES = frozenset(["township", "community"])


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
