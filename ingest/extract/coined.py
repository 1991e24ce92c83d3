"""Names that only what stands around them shows: a coined word before the word for a hall, an app or a fund that somebody opens or uses
(建起|红帆驿站, 申报|桐花共治基金), and short words in marks that are put into practice (“五张清单”推行一年, 靠着“五张清单”)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import FactType
from ingest.extract import namewords
from ingest.extract.nameforms import Name
from ingest.extract.scene import Scene, in_dictionary, tag
from ingest.extract.telling import in_title
from ingest.extract.wordlist import word_set

_HEADS: dict[str, FactType] = {
    "议事厅": "platform",
    "议事亭": "platform",
    "议事坊": "platform",
    "会客厅": "platform",
    "驿站": "platform",
    "小程序": "platform",
    "共治基金": "programme",
    "互助基金": "programme",
    "公益基金": "programme",
    "关爱基金": "programme",
    "微基金": "programme",
}
_HEAD = re.compile("|".join(sorted(_HEADS, key=len, reverse=True)))
_OPENS = re.compile(
    "(?:上线|建起|建成|建立|开设|开办|设立|设置|成立|打造|启用|开通|搭建|申报|资助|依托|通过|借助|运用|利用|推出|动用|来自|走进|来到|"
    "(?<![\u4e00-\u9fff])(?:在|用|到|从)|[们户民员]在|[们户民员]用)(?:了|起|起了)?$"
)
_STARTED = re.compile(
    "(?:上线|开设|启动|实施|推出|发起|申报|运用|推行|推广|首创|创新|实行)(?:了|起)?"
    "(?P<name>(?P<core>[\u4e00-\u9fff]{2,5})(?P<head>计划|行动|项目|(?:管理|工作|议事|调解)法))(?=[，。；、！）\n和与及]|以来|后)"
)
_NUMERAL = frozenset("一二两三四五六七八九十双")
_EDGE = re.compile("(?:^|[\n，。；：、！？“”》）)])$")
_CORE = re.compile("[\u4e00-\u9fff]{2,4}$")
_KIND = word_set(
    "居民 社区 小区 村民 楼道 楼院 街道 党群 党建 红色 便民 邻里 议事 协商 民主 物业 业主 网格 微信 智慧 户外 暖心 爱心 骑手 司机 劳动者 "
    "政协 委员 人大 代表 城市 乡村 农村 专项 慈善 公益 社会 共享 共治 互助 微信小 一站式 服务 志愿 志愿者 青年 老年 妇女 儿童 文化 "
    "健康 安全 职工 工会 市民 群众 农家 旅游 快递 菜鸟 多个 各类 一个 这个 该 新 线上 线下 村级 院落 单元"
)
"""Modifiers that say what kind of hall or fund something is and name none."""
_STOP = frozenset("有的了在是与及对把被将让给到个各")
_PUT_IN_PRACTICE = re.compile(
    "[”’」](?:在[^，。；“”\n]{1,8})?(?:推行|实行|试行|施行|写进|纳入|上墙|落地生根)|[”’」]是[^，。；“”\n]{1,6}(?:摸索|总结|琢磨|探索|创造|想)出来的|"
    "[”’」]的?(?:经验|规矩)(?=[，。；在传走被])"
)
_LIVED_BY = re.compile("(?:靠着|有了|首创|学着|推广|照着|按照)[“‘「]$")
_WHOLE = re.compile("[”’」](?:[，。；、！？\n把来让就才办做解走传]|$)")
_SHORT = re.compile("[\u4e00-\u9fff]{3,6}")
_NO_NAME = re.compile("[的了着们家心]$|^(?:大|小|老|新|好)|肠$|板$|力$|劲$|度$|人$|感$|子$")
_TELLING = re.compile(
    "[一二两三四五六七八九十][^一二两三四五六七八九十]{1,4}|.*(?:清单|[议说恳]会|板凳会|坝坝会|换物|[宴访法制约]|日|机制|公约|吹哨|报到)"
)


def find(scene: Scene) -> Iterator[Name]:
    yield from _unmarked(scene)
    yield from _started(scene)
    yield from _practised(scene)


def _unmarked(scene: Scene) -> Iterator[Name]:
    text = scene.text
    for match in _HEAD.finditer(text):
        head, end = match.span()
        if text[end : end + 1] in tuple("前后旁"):
            continue  # a square before it
        if not scene.word_starts_at(end) and text[end : end + 1] not in tuple("开上成在里的"):
            continue
        before = _CORE.search(text, max(0, head - 4), head)
        if before is None:
            continue
        for start in range(head - 2, before.start() - 1, -1):
            core = text[start:head]
            lead = text[max(0, start - 4) : start]
            if not scene.word_starts_at(start) or not (_OPENS.search(lead) or _EDGE.search(lead) or start == 0):
                continue
            if _coined(scene, start, head, core) and not in_title(scene, start, end):
                yield Name(start, end, _HEADS[match.group()], "name.coined", 0.78)
            break


def _started(scene: Scene) -> Iterator[Name]:
    """启动|暖巢行动, 推行|三色管理法: a word that the dictionary does not know, or a numeral, makes it a name."""
    for match in _STARTED.finditer(scene.text):
        core, start, end = match["core"], match.start("name"), match.end()
        if not _STOP.isdisjoint(core) or any(word in core for word in _KIND) or in_title(scene, start, end):
            continue
        method = match["head"].endswith("法")
        words = [word for word, _ in tag(core)]
        if any(len(word) > 1 and not in_dictionary(word) for word in words) if not method else core[0] in _NUMERAL:
            yield Name(start, end, "method" if method else "programme", "name.started", 0.75)


def _coined(scene: Scene, start: int, head: int, core: str) -> bool:
    """Whether a word of it reads like a name, and none says what kind of thing it is."""
    if any(word in core for word in _KIND) or not _STOP.isdisjoint(core) or namewords.SLOGAN.search(core):
        return False
    at = scene.token(start)
    flags = []
    while at < len(scene.words) and scene.starts[at] < head:
        flags.append((scene.words[at], scene.flags[at]))
        at += 1
    return all(flag[0] in "nzgjsbaf" or len(word) == 1 for word, flag in flags) and any(
        flag in ("ns", "nz", "nr", "nrt", "nrfg", "nt") or len(word) == 1 for word, flag in flags
    )


def _practised(scene: Scene) -> Iterator[Name]:
    text = scene.text
    for item in scene.quoted:
        words = text[item.start : item.end]
        if not _SHORT.fullmatch(words) or _NO_NAME.search(words) or not _TELLING.fullmatch(words) or namewords.SCARE.search(words):
            continue
        shown = _PUT_IN_PRACTICE.match(text, item.end) or (
            _LIVED_BY.search(text, max(0, item.start - 3), item.start) and _WHOLE.match(text, item.end)
        )
        if shown and not namewords.SLOGAN.search(words) and not namewords.BODY.search(words):
            yield Name(item.start, item.end, namewords.head_type(words) or "method", "name.practised", 0.75)
