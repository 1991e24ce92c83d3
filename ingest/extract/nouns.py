"""Noun phrases next to a place in the text: what a figure counts, whom a sentence speaks of."""

from __future__ import annotations

import re

from ingest.extract.scene import Scene, tag
from ingest.extract.wordlist import word_set

_NOMINAL = word_set("n nr nrt nrfg ns nt nz nl ng vn j l an b s eng i")
_VERBAL_NOUNS = word_set(
    "治理 服务 管理 调解 走访 投诉 培训 建设 改造 整治 协商 议事 宣传 巡查 执法 监督 管护 维修 维护 救助 帮扶 表决 投票 收入 支出 "
    "投资 投入 补贴 补助 贷款 捐款 集资 参与 合作 工作 活动 创投 组织 联动",
    "咨询 讲座 演练 诉求 建议 分红 奖励 就业 创业 养殖 种植 加工 销售 发展 创新 保障 处置 受理 整改 增收 垃圾 租赁 用时 耗时 欠费 噪声",
)
_NEVER = word_set(
    "全年 目前 每年 每月 每天 其中 情况 一共 总共 共计 累计 总计 合计 上述 以上 近年 截至 年初 年底 当年 今年 去年 全部 第一 "
    "有关 相关 所辖 月份 年度 以来 化名 现有"
)
_COUNTED = word_set(
    "共 有 共有 达 达到 达成 为 是 约 仅 只 就 已 已经 累计 总计 合计 共计 超过 拥有 现有 开展 完成 举办 组织 召开 增至 增加 增长 "
    "上升 下降 减少 降低 提升 提高 降至 到 至 了 过 出 成 就有 还 还有",
    "又 的 新增 总共 一共 平均 实现 发展 高达 多达 进行 征集 收集 合 仅有 只有 占 占到 在 数 数量 左右 总数 分别 均 都 则 从 由 自 "
    "突破 缩短 扩大 落到 涨到 升 降 接近 不足 同比 环比 年均 月均 日均",
    "前后 开 签 剩 只剩 人均 户均 净 再 比 比例 占比 增幅 降幅 涨幅 升幅",
)
_COMPARED = word_set("同期 上年同期 去年同期 同比 期间 原来 整治前 改造前 月均 日均 年均")
_REACHING = frozenset("到至为达")
_KINDS = word_set("做法 说法 办法 方案 支出 意见 诉求 选择 主张 承诺 提议 建议 投诉 纠纷 服务 活动")
_SUMS = word_set("补助 补贴 补偿 奖励 奖金 赔偿 罚款 押金 费用 保费")
"""What a sum of money is, behind it (20万元补助)."""
_KEPT = word_set("恢复 保持 维持 稳定 控制 压缩 扩大 提高 提升 调整 定")
_BEHIND_VERB = word_set("了 过 到 近 约 满 刚满 有 累计 合计 共计 总计 共 大约 出")
_RATES = frozenset("率量额度")
_JOINED = re.compile("[率量额度费价数期](?P<joint>(?:由|从|[掉降升涨]?[为达到至])了?)$")
"""A rate with what joins it to its figure, which the segmenter may take together (率为)."""
_MARKS = frozenset("“”‘’「」（）()：:")
_STANDALONE = frozenset("楼车人村路账事表桶字口会钱烟鸡米树狗店井区屋灯门桥船猪羊牛鱼菜")
"""Characters that are nouns of their own behind a classifier."""
_WIDTH = 24


def after(scene: Scene, position: int, *, plain: bool = False) -> tuple[int, int] | None:
    """The noun phrase that begins at `position`, a leading 的 skipped, at most within the clause; `plain`: nouns only, no verb in it."""
    text = scene.text
    start = position + 1 if text.startswith("的", position) else position
    end = min(scene.clause(max(position - 1, 0))[1], start + _WIDTH)
    words = _words(scene, start, end)
    taken = nominal = 0
    for index, (word, flag) in enumerate(words):
        following = words[index + 1][1] if index + 1 < len(words) else ""
        if index == 0 and word in (_SUMS if plain else _KINDS):
            return start, start + len(word)
        if word in _NEVER or not (flag in _NOMINAL or (following in _NOMINAL and not plain and _links(word, flag, index))):
            break
        if plain and word not in _SUMS and flag in ("ns", "nr", "nt", "vn", "j"):
            break
        taken += len(word)
        if flag in _NOMINAL or word in _VERBAL_NOUNS:
            nominal = taken
    if nominal > 1:
        return start, start + nominal
    return (start, start + 1) if start < end and text[start] in _STANDALONE and (not plain or len(words[0][0]) == 1) else None


def _words(scene: Scene, start: int, end: int, *, whole: bool = False) -> list[tuple[str, str]]:
    """The words of [start, end), cut anew where one of the text's words reaches over the border (at the end if near or `whole`)."""
    first = scene.token(start)
    if not scene.word_starts_at(start):
        return tag(scene.text[start:end])
    found = []
    position = start
    while first < len(scene.words) and position + len(scene.words[first]) <= end:
        found.append((scene.words[first], scene.flags[first]))
        position += len(scene.words[first])
        first += 1
    return found if position == end or (not whole and position > start + 12) else [*found, *tag(scene.text[position:end])]


def _links(word: str, flag: str, index: int) -> bool:
    """Whether a word that is no noun may stand in a noun phrase before a noun."""
    if len(word) == 1:
        return flag in ("a", "b") or word in "烂破空"
    return flag in ("a", "ad", "an", "t") or (flag == "v" and (word in _VERBAL_NOUNS or (index == 0 and word not in _COUNTED)))


def _ahead(scene: Scene, low: int, position: int) -> list[tuple[str, str]]:
    """The words before `position`, the first one beginning at `low` or at the next word behind it."""
    if not scene.word_starts_at(low):
        low = min(position, scene.starts[scene.token(low) + 1])
    return _words(scene, low, position, whole=True)


def before(scene: Scene, position: int) -> tuple[int, int] | None:
    """The noun phrase before `position` in the clause; verbs that only join it to a figure (达, 共有, 开展) are skipped."""
    low = max(scene.clause(position)[0], position - _WIDTH)
    joined = _JOINED.search(scene.text, low, position)
    position = joined.start("joint") if joined is not None else position
    words = _ahead(scene, low, position)
    end = position
    while words and _is_between(words):
        if words[-1][0] in ("和", "与"):
            return None
        reached = words[-1][0] in ("到", "至", "在")
        end -= len(words.pop()[0])
        if reached and words and words[-1][0] in _KEPT:  # 恢复到, 保持在
            end -= len(words.pop()[0])
    start = end
    while words:
        word, flag = words[-1]
        ahead = words[-2][1] if len(words) > 1 else ""
        if word in _NEVER or not (
            flag in _NOMINAL
            or (start == end and (word in _VERBAL_NOUNS or word[-1] in _RATES))
            or (flag in ("v", "a", "ad", "vd") and start < end and word not in _COUNTED and _sandwiched(word, ahead, scene.text[start]))
        ):
            break
        start -= len(words.pop()[0])
    return (start, end) if end - start > 1 else None


def _is_between(words: list[tuple[str, str]]) -> bool:
    """Whether the last word may stand between what is counted and the figure: verbs that join them, the figure before it (从11件降到), the
    time that it is compared with (上年同期), and what it is counted by (每平方米)."""
    word, flag = words[-1]
    if word.endswith("季度") or word in _MARKS:
        return True
    if len(word) > 1 and word[-1] in _RATES and word not in _COUNTED:
        return False
    if flag in ("v", "zg") and word[-1] in _REACHING:
        return True
    if word in _COUNTED or flag in ("d", "p", "ul", "uj", "t", "a", "zg", "m", "q", "mq") or not word.strip() or word in _COMPARED:
        return True
    return (
        word[0] == "每"
        or (len(words) > 1 and words[-2][0].endswith("每"))
        or (len(words) > 1 and words[-2][1] in ("m", "mq") and len(word) == 1)
    )


def verb(scene: Scene, position: int) -> tuple[int, int] | None:
    """The verb that a figure at `position` stands right behind, 了 and 过 skipped: what was done so long, so often or for so much."""
    words = _ahead(scene, max(scene.clause(position)[0], position - 8), position)
    end = position
    while words and (words[-1][0] in _BEHIND_VERB or words[-1][1] == "d"):
        end -= len(words.pop()[0])
    if words and words[-1][1] in ("v", "vn", "vi") and words[-1][0] not in _COUNTED:
        return end - len(words[-1][0]), end
    return None


def verb_behind(scene: Scene, position: int) -> tuple[int, int] | None:
    """The verb right behind a figure (603户参加): what those counted did."""
    words = _words(scene, position, min(scene.clause(max(position - 1, 0))[1], position + 8))
    at = position
    for word, flag in words[:2]:
        if flag in ("v", "vn") and word not in _COUNTED and len(word) > 1:
            return at, at + len(word)
        if flag != "d":
            return None
        at += len(word)
    return None


def _sandwiched(word: str, ahead: str, behind: str) -> bool:
    """A verb inside a compound: one of the usual verbal nouns after a noun (社区治理问题), or what a rate is one of (投放率)."""
    return (word in _VERBAL_NOUNS and ahead in _NOMINAL) or (behind in _RATES and len(word) > 1)


def _can_be_counted(word: str) -> bool:
    return word not in _NEVER and word not in _COMPARED and word[0] not in "每各万亿千百" and not word.endswith("季度")


def last_word(scene: Scene, position: int, low: int) -> tuple[int, int] | None:
    """The word or noun phrase that ends at `position`, of two characters at least: who or what is meant by its 的 (同意的)."""
    words = _ahead(scene, max(low, position - 8), position)
    if not words or len(words[-1][0]) < 2:
        return None
    return before(scene, position) or (position - len(words[-1][0]), position)


def nearest(scene: Scene, position: int, low: int) -> tuple[int, int] | None:
    """The last noun phrase in [low, position), whatever stands behind it."""
    words = _ahead(scene, low, position)
    end = position
    while words and not (words[-1][1] in _NOMINAL and len(words[-1][0]) > 1 and _can_be_counted(words[-1][0])):
        end -= len(words.pop()[0])
    start = end
    while words and words[-1][1] in _NOMINAL and words[-1][0] not in _NEVER:
        start -= len(words.pop()[0])
    return (start, end) if end - start > 1 else None
