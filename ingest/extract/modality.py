"""Whether a clause asserts, plans, denies or supposes: from the words before what it says."""

from __future__ import annotations

import re

from corpus.model import Modality
from ingest.extract.scene import Scene

_PLANNED = re.compile(
    "拟(?![人态声定])|计划(?=[于在到将对把新改建投用开]|通过|推|完成|实施|启动|培|打|引|成立|争取|年内|今年|明年|进一步|继续)|打算|"
    "准备(?=[在于对把将]|开|建|启|推|成|引|召|向|再)|力争|争取(?=在|实现|到|"
    "年内|用|使|让|早日|把)|"
    "预计|有望|下一步|下步|今后|未来(?=[,，将]|几年|三年|五年|一年)|接下来|即将|将(?=[于会在以对])|努力(?=实现|打造|形成|把|让|"
    "做到|构建)|旨在|以期|以便|力求|以求|为了|致力于|着眼于|建议|应当|应该|"
    "需要(?=进一步|加强|建立)|"
    "希望|期待|正在(?=研究|谋划|筹备|酝酿)|待(?=[^遇业])|尚待|有待|目标是|推动(?=实现|形成)"
)
_WILL = re.compile("将(?P<next>[\u4e00-\u9fff]{1,2})")
_AHEAD = 4  # characters behind that tell what 计划 or 未 belongs to
_TAKEN = 60  # characters behind 将 in which it may turn out to stand for 把
_TAKES = re.compile(
    "(?:作为|作成|成为|打造成|打造为|转化为|转为|变为|变成|纳入|列入|列为|融入|引入|落实到|落到|运用到|应用于|给|到|至|与|交由|"
    "交给|集中|布置|统一|全部|结束|完成|[^了]为|成)"
)
_NEGATED = re.compile(
    "尚未|从未|并未|仍未|还未|未能|未曾|未(?=[^来必婚成免知]|来得及)|没有|没能|没(?=人|法|钱|想|谈|装|建|通)|无法|无人|不能|不再|"
    "不会|不愿|不肯|不同意|不敢|并非|并不|不是|拒绝|难以|很难|缺乏|缺少|取消了?|放弃"
)
_DOUBLE = re.compile(
    "没有不|无不|不无|不能不|不得不|不仅|不但|不只|不光|不断|不少|不久|不同(?!意)|不错|不妨|不可或缺|不超过|不低于|不少于|不足|"
    "不到|不等|不一|前所未有|有没有|无障碍|再也没有(?=发生|出现)"
)
_CONDITIONAL = re.compile(
    "如果|假如|假使|倘若|若(?![干有虚])|要是|一旦|(?<![0-9一二三四五六七八九十百千两几])万一(?![0-9一二三四五六七八九十百千])|只要|只有(?=[^，。]{1,20}才)|除非|的话|哪怕|即使|即便|无论|不管|"
    "凡是?(?=[^，。]{1,12}的)|(?<![^，。；：、！？\n 　])如(?=再|有(?![下以])|遇|发现|发生|出现|类似|需|确|仍|不[^愿如]|未)"
)
_DONE = re.compile("已经|已|完成了|[^为除受到]了(?=[^解]|$)|成功|顺利|曾(?!经?(?:计划|打算|拟|想|考虑|试图|准备))|先后|累计|目前|截至")


def modality(scene: Scene, start: int, end: int, *, denial_is_part: bool = False) -> Modality:
    """The modality of what is said at [start, end), from its clause (a condition reaches over the clauses of its sentence).

    `denial_is_part`: the words found are themselves a denial (没有物业), which then is no negation.
    """
    text = scene.text
    low = max(scene.clause(start)[0], start - 40)
    if _conditional(scene, start, low):
        return "conditional"
    if not denial_is_part and _denied(text, low, start):
        return "negated"
    if _planned(text, low, start) or _will(scene, low, start):
        return "planned" if not _DONE.search(text[low:end]) else "asserted"
    return "asserted"


def _conditional(scene: Scene, start: int, low: int) -> bool:
    text = scene.text
    first = scene.sentence(start)[0]
    match = _CONDITIONAL.search(text, max(first, start - 30), start)
    if match is None:
        return False
    around = scene.quotes_around(match.start(), match.end())
    inside = scene.quotes_around(start, start + 1)
    if (around[0] if around else None) != (inside[0] if inside else None):
        return False
    return match.start() >= low or (
        not re.search("[。；！？]", text[match.end() : start])
        and text.count("，", match.end(), start) + text.count(",", match.end(), start) <= 1
    )


def _planned(text: str, low: int, start: int) -> bool:
    """A plan told before `start`; what its words must be followed by may lie behind (计划|推行)."""
    return any(match.end() <= start for match in _PLANNED.finditer(text, low, start + _AHEAD))


def _denied(text: str, low: int, start: int) -> bool:
    """A denial before `start` that reaches to it."""
    last = None
    for found in _NEGATED.finditer(text, low, start + _AHEAD):
        if found.end() <= start and not _DOUBLE.match(text, max(low, found.start() - 1)) and not _DOUBLE.match(text, found.start()):
            last = found
    return last is not None and start - last.end() <= 8 and not re.search("[、]|但|却|而是", text[last.end() : start])


def _will(scene: Scene, low: int, start: int) -> bool:
    """将 before a verb tells the future, before a noun it stands for 把."""
    text = scene.text
    for match in _WILL.finditer(text, low, min(start + 2, len(text))):
        if match.start() >= start:
            break
        at = scene.token(match.start())
        if scene.words[at] not in ("将", "还将", "也将", "即将", "将会", "将要", "将在", "将于") or at + 1 >= len(scene.words):
            continue
        flag = scene.flags[at + 1]
        clause_end = min(scene.clause(start)[1], match.end() + _TAKEN)
        if flag in ("v", "vn", "d", "p", "ad", "vd") and not _TAKES.search(text, match.end(), clause_end):
            return True
    return False
