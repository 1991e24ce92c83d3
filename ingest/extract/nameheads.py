"""Names without quotation marks that end in one of the usual last words: 馒头山地区综合整治工程, 社会组织发展基金."""

from __future__ import annotations

from ingest.extract import namewords
from ingest.extract.nameforms import Name
from ingest.extract.scene import Scene
from ingest.extract.telling import in_title
from ingest.extract.wordlist import word_set

WALK_STOP = word_set(
    "对 在 把 将 由 以 为 和 与 及 等 的 了 从 到 用 开展 实施 启动 推进 完成 打造 建立 搭建 构建 形成 完善 深化 探索 设立 成立 "
    "创新 健全 投入 参与 通过 依托 运用 推动 强化 每年 累计 全年 作为 进行 "
    "称作 称为 叫作 叫做 名为 号称 取名 俗称 推行 实行 推出 试行 出 总结 摸索 首创",
    "组织 提供 申请 争取 落实 使用 支持 其中 专门 各类 多个 有关 相关 这些 该 此 本 新 了解 列入 纳入 出台 制定",
)


def by_head(scene: Scene) -> list[Name]:
    """馒头山地区综合整治工程, 社会组织发展基金: nouns before one of the usual last words."""
    found = [
        Name(match.start("name"), match.end("name"), "programme", "name.enlisted", 0.75)
        for match in namewords.ENLISTED.finditer(scene.text)
        if scene.word_starts_at(match.start("name")) and scene.word_starts_at(match.end("name"))
    ]
    for match in namewords.UNQUOTED_HEADS.finditer(scene.text):
        if not scene.word_starts_at(match.end()) or scene.text.startswith(("会", "办", "有限", "集团", "公司"), match.end()):
            continue
        if in_title(scene, match.start(), match.end()):
            continue
        start = match.start()
        at = scene.token(start)
        start = min(start, scene.starts[at])
        while at > 0 and match.end() - scene.starts[at - 1] <= 18 and _noun(scene.words[at - 1], scene.flags[at - 1]):
            at -= 1
            start = scene.starts[at]
        first = scene.words[scene.token(start)]
        if first in _LEADING_VERBS and match.start() - start > len(first):
            start += len(first)
        if namewords.YEARS_BEFORE.search(scene.text, max(0, start - 2), start):
            start -= 2
        if match.group() in ("维修资金", "维修基金", "公共收益"):
            if not (namewords.PAYER.search(scene.text, max(0, start - 12), start) or namewords.PAYS.match(scene.text, match.end())):
                continue
            found.append(Name(match.start(), match.end(), "programme", "name.payer", 0.8))
            continue
        if match.start() - start >= 2 or namewords.WHOLE_HEADS.fullmatch(match.group()):
            found.append(Name(start, match.end(), namewords.head_type(match.group()) or "programme", "name.head", 0.8))
    return found


_LEADING_VERBS = word_set("畅通 共用 提升 更新 精简 建设 发展 管理 服务 保障 培育 孵化 监督 排查 清理")
_VERBAL = word_set(
    "治理 服务 管理 发展 改造 整治 建设 创投 协商 联动 议事 养老 帮扶 救助 志愿 翻新 提升 更新 监督 保障 调解 安全 加装 互助 自治 "
    "普法 环境 排查 清理 攻坚 惠民 培育 孵化 关爱 就业 创业 助学 助残 助老 敬老 援助 培训 保护 防范 安置 反诈 禁毒 停车 增收 "
    "自评 评定 测评 评估"
)


def _noun(word: str, flag: str) -> bool:
    if word in WALK_STOP or not word[0].isalnum():
        return False
    return flag in ("n", "nz", "ns", "nt", "nr", "nl", "ng", "b", "j", "l", "s", "an", "a") or word in _VERBAL
