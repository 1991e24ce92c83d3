"""What recognition of scans and careless typing leave in Chinese text: letters for digits in numbers, marks of dust between characters, a
full stop that became a dot, and signs repeated for emphasis. Only what the neighbours prove is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.offsets import Edit
from ingest.characters import HAN, known_words
from ingest.draft import Draft

STEP = "noise"
REPEAT_STEP = "repeat"
_NUMERAL = "〇一二三四五六七八九十百"
_UNIT = "年月日号时分秒元角万亿千百多余户人个名位次件条栋幢层楼室平米公里亩岁周天届期项家场套辆座处批倍%％"
_LETTERS = re.compile(
    rf"(?<![0-9A-Za-z.@/_-])(?=[0-9OoIl|〇○]*[0-9])(?=[0-9〇○]*[OoIl|〇○])[0-9OoIl〇○][0-9OoIl|〇○]*(?=\s?(?:[{_UNIT}]|[-—~至到.,]\d))"
)
_LETTER = re.compile("[OoIl○]")
_ZERO = re.compile(f"(?<=[{_NUMERAL}])[0O○о](?=[{_NUMERAL}0O○]|年)|(?<=[{_NUMERAL}][0O○])[0O○](?=[{_NUMERAL}]|年)")
_DIGITS = str.maketrans("OoIl|〇○", "0011100")
_SAYS = re.compile(
    r"(?<=\d)曰(?=[，。、；前后起至上下凌晨早晚中午）)\s]|$)|(?<=[今昨明当次近往平节生假])曰(?=[，。、；前后起至上下早晚午里常的子])",
    re.MULTILINE,
)
_BETWEEN = f"{HAN}，。、；：！？“”（）《》"
_DUST_SIGNS = "`´ˋˊ^¨¸¦"
_DUST = re.compile(f"[{_DUST_SIGNS}](?:(?<=[{_BETWEEN}0-9].)(?=[{_BETWEEN}])|(?<=[{_BETWEEN}].)(?=[0-9]))")
_ANY_DUST = re.compile(f"[{_DUST_SIGNS}]")
_DOTS = re.compile(rf"([·・•∙.．'’~|\\])(?<=[{HAN}].)(?=[{HAN}])")
_PARTING = "·・•∙.．"  # what also parts names and slogans: such a dot goes only where it stands in a word
_SPECKLED = 3  # such dots inside words from which a text counts as speckled
_STOP = re.compile(rf"[.．](?<=[{HAN}”’》）)%％].)(?=[{HAN}“‘《（\s]|$)", re.MULTILINE)
_ENUMERATED = re.compile(rf"(?:^|[\s（(、，。；：])(?:第?[{_NUMERAL}]{{1,4}}|[甲乙丙丁戊己庚辛壬癸]|附件?|图|表|注|其[一二三四])[)）]?$")
# Characters that write foreign names; a dot between two pairs of them is the one inside such a name.
_SOUNDS = frozenset(
    "阿埃艾爱安奥巴贝本比彼波伯布查达大戴丹德迪蒂杜多厄恩尔法菲费弗福盖戈格古哈海汉赫亨胡华霍基吉加贾金卡凯坎考科克肯库拉莱兰朗劳勒"
    "雷里丽利列林琳卢鲁路伦罗洛马玛迈麦曼梅门蒙米密敏莫默姆穆纳娜乃南内尼妮涅努诺欧帕佩彭皮珀普恰乔切琼让热瑞萨塞桑瑟森莎山舍什施史"
    "舒斯思松苏索塔泰坦汤特提图托瓦万威韦维温文翁沃乌西希夏谢辛休许雅亚扬耶叶伊因英尤约赞泽扎詹珍兹佐"
)
_LEADER = re.compile(r"\s*\d{1,4}\s*(?:\n|$)")
_REPEATED = re.compile(
    rf"([，、；：？！。])\1+|(?<=[{HAN}”’》）])([,;:?!])\2+|…{{3,}}|(?<=[^\s—－])(?:—{{3,}}|－{{3,}})(?=[^\s—－])"
    r"|(?<=[^\s.．·])(?:[.．]{3,}|·{3,})|[，、；：]+。|。[，、；]+|[，、]{2,}"
)
_TWICE = re.compile(r"([，、；：？！。,;:?!…—－.．·])(?:\1(?:(?<![…—－])|\1)|(?<=[，、；：])。|(?<=。)[，、；]|(?<=、)，|(?<=，)、)")
_LOOSE_ZERO = re.compile(f"[0O○о](?<=[{_NUMERAL}].)")


def noise(draft: Draft) -> list[Edit]:
    """Edits that undo it."""
    text = draft.text
    taken = bytearray(len(text) + 1)
    edits: list[Edit] = []
    for edit in _found(text):
        if taken.find(1, edit.start, edit.end) < 0 and edit.new != text[edit.start : edit.end]:
            taken[edit.start : edit.end] = b"\x01" * (edit.end - edit.start)
            edits.append(edit)
    return edits


def _found(text: str) -> Iterator[Edit]:
    """Edits in the order in which they are taken; a later one may touch an earlier one."""
    if _LETTER.search(text):
        for match in _LETTERS.finditer(text):
            for at, (old, new) in enumerate(zip(match[0], match[0].translate(_DIGITS), strict=True), match.start()):
                if old != new:
                    yield Edit(at, at + 1, new, STEP)
    if _LOOSE_ZERO.search(text):
        yield from (Edit(match.start(), match.end(), "〇", STEP) for match in _ZERO.finditer(text))
    if "曰" in text:
        yield from (Edit(match.start(), match.end(), "日", STEP) for match in _SAYS.finditer(text))
    if _ANY_DUST.search(text):
        yield from (Edit(match.start(), match.end(), "", STEP) for match in _DUST.finditer(text))
    yield from (Edit(match.start(), match.end(), "", STEP) for match in _specks(text))
    yield from (Edit(match.start(), match.end(), "。", STEP) for match in _STOP.finditer(text) if _is_stop(text, match.start()))
    if _TWICE.search(text):
        for match in _REPEATED.finditer(text):
            if not (match[0][0] in "….．·" and _LEADER.match(text, match.end())):  # dots that lead to a page number
                yield Edit(match.start(), match.end(), _once(match[0]), REPEAT_STEP)


def _specks(text: str) -> list[re.Match[str]]:
    """Signs that stand inside words so often that they cannot part anything in this text."""
    found = list(_DOTS.finditer(text))
    if not found:
        return []
    specks = []
    kinds = [[match for match in found if match[1] == sign] for sign in _PARTING]
    for same in (*kinds, [match for match in found if match[1] not in _PARTING]):
        inside = [match for match in same if known_words(text[match.start() - 1] + text[match.end()])]
        if len(inside) >= _SPECKLED and len(inside) * 4 >= len(same):
            specks += inside if same[0][1] in _PARTING else same
    return specks


def _is_stop(text: str, at: int) -> bool:
    """Whether a dot behind a character ends a sentence, and neither numbers a heading (一.) nor parts a foreign name (卡尔.马克思)."""
    line = text.rfind("\n", 0, at) + 1
    before = text[max(line, at - 8) : at]
    return not _ENUMERATED.search(before) and not _SOUNDS.issuperset(before[-2:] + text[at + 1 : at + 3])


def _once(signs: str) -> str:
    """What a run of signs stands for: an ellipsis and a dash have two, everything else one; of two different ones the stronger stays."""
    first = signs[0]
    if first in ".．·":
        return "……"
    if first in "…—－":
        return "—" * 2 if first == "－" else first * 2
    if len(set(signs)) > 1:
        return "。" if "。" in signs else "，"
    return first
