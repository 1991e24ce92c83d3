"""Whether words for anybody of a kind (居民, 企业, 社区) stand for those who act: as subject of a deed, or set to work by somebody."""

from __future__ import annotations

import re

from corpus.vocabulary import posts
from ingest.extract import actorwords
from ingest.extract.scene import Scene
from ingest.extract.wordlist import word_set

_BETWEEN = (
    "(?:了|过|起|到|来|出|着)?(?:更多|广大|该|本|我|这家|每个|每户|各|各类|专业|部分|一批|一些|多数|全体|热心|优质|相关|当地|"
    "辖区|社区|小区|本地|其他|其它|[0-9一二三四五六七八九十两几多余]{1,4}[名位家个户支])?(?:的)?"
)
_SET_TO_WORK = re.compile(
    "(?:由|请|被|请来|邀请|特邀|组织|动员|发动|引导|鼓励|支持|号召|吸引|吸纳|招募|带领|召集|联合|会同|培育|孵化|聘请|委托|选聘|协调|要求|约请|"
    f"带动|激励|推动|促使|依靠|凝聚|抽调|选派|引进|引入|撬动|链接|对接|劝说|说服|督促|商请|提请|约谈|依托|整合){_BETWEEN}$"
)
_SERVED = re.compile(
    f"(?:对|向|为|给|替|把|将|帮|帮助|服务|面向|针对|涉及|关于|困扰|以|按|像|如|在|于|从|前往|来到|走进|赴|到|成为|作为|当|含|包括){_BETWEEN}$"
)
_WITH = re.compile("(?:与|和|同|跟)$")
_MEETING = re.compile("[\u4e00-\u9fff]{0,4}(?:协商|商量|沟通|座谈|签|吵|谈|商议|约定|对接|合作|争)")
_THERE_ARE = re.compile(f"(?:有|多数|部分|一些|不少|许多|少数|个别){_BETWEEN}$")
_STATES = word_set(
    "地处 坐落 位于 属于 毗邻 紧邻 靠近 挨着 始建 建于 拥有 下辖 现有 "
    "是 有 为 达 达到 占 超过 位于 来自 分布 居多 属于 增加 减少 增至 降至 占到 发展 增长 下降 上升 流动 集中 多 少 没有 存在 居住 住 "
    "实现 如 像 等于 "
    "享受 获得感 面临 缺 缺乏 缺少 需要 需 需求 办事 生活 出行 就餐 增收 致富 受益 受 受到 包括 共有 共 约 分 分为 具有 拥有 成 变 变成 "
    "代 作为"
)
_SPEAKING = word_set("反映 提出 要求 推荐 选举 投诉 给 定 出 垫 选出 提交 递交 自筹 反对 捐赠 捐助 举报 申请")
_NOT = word_set("没有 没 未 不曾 从未")
_MODAL = word_set("可以 能 能够 会 要 应 应当 应该 须 必须 可 可能 将 愿意 敢 肯")
_DONE = frozenset("着了过到出来回完好起")
_IN_PASSING = word_set(
    "全部 全体 都 集体 自发 主动 那头 这头 一边 这边 那边 第二天 当天 当场 当晚 随即 逐楼 逐户 轮流 自愿 带头 先行 全程 同步 分别 一起 "
    "共同 双方 自己 大多 多半 纷纷 普遍"
)
_PASSED = word_set("d ad t m mq q vd r ul uz f s b zg o")
_PREPOSITIONS = frozenset("对把将在向给从按以用到因与和跟为就被同由据凭替经自拿照")
_DEEDS = word_set("v vn vg vi vq")
_NOUN_LIKE = word_set(
    "治理 服务 管理 建设 自治 矫正 康复 养老 营造 调解 教育 救助 议事 评议 评价 互助 参与度 满意度 代表 生活 办事 活动 工作 文化 需求 "
    "团体 发展 保障 协商"
)
_ENDS = re.compile(
    "等?(?:(?:一?共|共计|合计)?(?:[一二两三四五六七八九十0-9]{1,3}[余多]?[家方个名位人户]|[多各]方))?(?:共同|一起|一道|联合)?"
)
_SAYS = re.compile("[说讲](?=[：:，,“])|表示")


def act(scene: Scene, start: int, end: int) -> bool:
    """Whether what stands at [start, end), a word or a list of them, is told to do something."""
    low, high = scene.clause(start)
    start = _phrase(scene, start, low)
    lead = scene.text[max(low, start - 12) : start]
    if _SET_TO_WORK.search(lead):
        return True
    if _WITH.search(lead):
        return _MEETING.match(scene.text, end, high) is not None
    if _SERVED.search(lead) or (not _THERE_ARE.search(lead) and _governed(scene, start, low)):
        return False
    return does(scene, end)


def _phrase(scene: Scene, start: int, low: int) -> int:
    """Where the words begin that describe a group (困难|老人, 高龄|老人)."""
    at = scene.token(start) - 1
    for _ in range(2):
        if at < 0 or scene.starts[at] < low or scene.flags[at] not in ("a", "b", "an", "z") or scene.words[at] in actorwords.DEEDS:
            break
        start = scene.starts[at]
        at -= 1
    return start


def _governed(scene: Scene, start: int, low: int) -> bool:
    """Whether a verb stands directly before, of which this is then the object."""
    at = scene.token(start) - 1
    while (
        at >= 0
        and scene.starts[at] >= low
        and (scene.words[at] in ("广大", "全体", "各", "所有", "了", "过", "其他") or scene.flags[at] in ("m", "q", "mq"))
    ):
        at -= 1
    return (
        at >= 0
        and scene.starts[at] >= low
        and scene.flags[at] in _DEEDS
        and scene.words[at] not in ("说", "可能", "可以", "要", "使", "得")
    )


def _done(word: str, flag: str) -> bool:
    """Whether one word says that something was done, with its ending (问过, 编了), or that somebody minds (嫌远)."""
    return (len(word) == 2 and word[1] in _DONE and word[0] in actorwords.DEEDS) or (flag == "ul" and len(word) > 1) or word[0] in "嫌怕"


def does(scene: Scene, end: int) -> bool:
    """Whether a deed follows as the predicate, after adverbs, dates, figures and at most one phrase with a preposition."""
    text = scene.text
    if text.startswith(("：", ":"), end):
        return True
    if text.startswith("急难愁盼", end):
        return False
    end = _ENDS.match(text, end).end()  # type: ignore[union-attr]  # the expression matches the empty string
    if not scene.word_starts_at(end):
        return False
    high = scene.clause(end)[1] if end < len(text) and text[end] not in "，。；！？\n" else end
    at = scene.token(end)
    phrase = False
    while at < len(scene.words) and scene.starts[at] < high:
        word, flag = scene.words[at], scene.flags[at]
        following = scene.flags[at + 1] if at + 1 < len(scene.words) else "x"
        if _SAYS.match(text, scene.starts[at]):
            return True
        if word == "把" or (phrase and word in ("进行", "给予", "予以")):
            return True
        if word in _PREPOSITIONS:
            phrase = True
        elif phrase:
            if (
                flag == "v"
                and word not in _STATES
                and following != "uj"
                and (len(word) > 1 or following in ("ul", "ug", "n", "m", "r", "nz", "vn"))
            ):
                return True
        elif word in _NOT:
            if following[0] not in "vdap":
                return False
        elif word in _MODAL:
            pass
        elif word == "的" or word == "之":
            return False
        elif _done(word, flag):
            return True
        elif flag in _DEEDS or word in actorwords.DEEDS:
            if word in _STATES or (word in _NOUN_LIKE and following not in ("ul", "ug", "m")):
                return False
            if following == "uj":
                return word in _SPEAKING or scene.words[at + 2 : at + 3] == ["是"]
            return flag != "vn" or word in actorwords.DEEDS or following in ("ul", "ug")
        elif flag not in _PASSED and word != "们" and word not in _IN_PASSING:
            return False
        at += 1
    return False


def stands_alone(scene: Scene, start: int, end: int) -> bool:
    """Whether a generic word speaks of those people and is not part of a compound (居民自治, 企业文化)."""
    word = scene.text[start:end]
    if word in actorwords.GENERIC_SKIPPED or (scene.text[start - 1 : start] in tuple("非反无") and start):
        return False
    if not scene.word_starts_at(start) and len(word) < 4:
        return False
    if word not in actorwords.GENERIC_NEEDS_END and len(word) > 3:
        return True
    if word in actorwords.BODIES and scene.text.startswith(posts().words, end):
        return True
    if not scene.word_starts_at(end):
        return False
    if does(scene, end):
        return True
    at = scene.token(end)
    if at >= len(scene.words) or end >= len(scene.text):
        return True
    following, flag = scene.words[at], scene.flags[at]
    return (
        not (flag in ("n", "vn", "nz", "l", "b", "j", "ng", "an", "s") or following in ("自治", "自筹", "楼", "区", "家"))
        or following in actorwords.GOES_WITH
    )
