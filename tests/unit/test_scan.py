"""Patterns that are only asked whether they are found: each finds what its alternatives find, at the same place, and no more."""

from __future__ import annotations

import random
import re
from importlib import import_module
from pathlib import Path

import pytest

import ingest
from ingest.scan import sought

_SHAPE = re.compile(r"\[(?P<first>.+?)\]\(\?<=\(\?=\(\?:(?P<pattern>.+)\)\)\[\\s\\S\]\)", re.DOTALL)
_SIGNS = (
    "\n",
    " ",
    "\t",
    "\u3000",
    "\u200b",
    "\xa0",
    "，",
    "。",
    "：",
    ":",
    "?",
    "!",
    "“",
    "（",
    "(",
    "【",
    "[",
    "/",
    "|",
    "é",
    "１",
    "ａ",
    "5",
    "a",
    "@",
    "〔2021〕12号",
    "\n抄送：",
    "第3期",
    "2020年5月6日",
    "2020-05-06",
    "二〇二〇年",
    "记者",
    "民国99年",
    "图/文",
    "微信",
    "QQ",
    "13800000000",
    "A12345",
    "单元",
    "3幢",
    "家住",
    "申报表",
    "(xi",
    "汇编",
    "目 录",
    "\nContents\n",
    "密",
    "内部",
    "公开",
    "保存",
    "\n各区县：\n",
    "\n关于做好安全工作的通知\n",
    "今天（5",
    "快讯",
    "\n日前，",
    "尚未开展",
    "资金待批",
    "已完成",
    "拆除了",
    "走访20户",
    "￥",
    "3元",
    "扫码领红包",
    "\n\n\n\n\n",
    "满意率95%",
)


def _gates() -> dict[str, re.Pattern[str]]:
    """All patterns of the readers, the repair and the segmentation that were made by `sought`."""
    folder = Path(ingest.__file__).parent
    found = {}
    for path in (*folder.glob("*.py"), *folder.glob("repair/*.py"), *folder.glob("segment/*.py")):
        name = ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        for attribute, value in vars(import_module(name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and _SHAPE.fullmatch(value.pattern):
                found[f"{name}.{attribute}"] = value
    return found


GATES = _gates()


def _place(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else -1


def _texts() -> list[str]:
    made = random.Random(5)
    plain = "柳桥社区把停车的难处摆到桌面上，三十二户居民当场签字，物业公司下月起公布账目。"
    return [made.choice(("", plain)) + "".join(made.choices([*_SIGNS, *plain], k=12)) for _ in range(600)]


@pytest.mark.parametrize("name", sorted(GATES))
def test_no_first_character_is_missing(name: str) -> None:
    gate = GATES[name]
    shape = _SHAPE.fullmatch(gate.pattern)
    assert shape
    plain = re.compile(shape["pattern"], gate.flags)
    assert [text for text in _texts() if _place(gate, text) != _place(plain, text)] == []


def test_the_patterns_are_found_in_their_modules() -> None:
    assert len(GATES) > 12


def test_a_match_is_found_where_it_begins() -> None:
    found = sought("甲丙", "甲乙|丙(?=丁)").search("乙甲丙甲乙丙丁")
    assert found is not None
    assert found.span() == (3, 4)  # only the first character is held
    assert sought("甲丙", "甲乙|丙(?=丁)").search("甲丙乙丁") is None


def test_a_first_character_that_is_left_out_is_not_looked_at() -> None:
    assert sought("甲", "甲乙|丙丁").search("丙丁") is None


def test_the_beginning_and_the_end_of_a_line_are_seen() -> None:
    ends = sought("甲乙", "^甲$|乙$", re.MULTILINE)
    assert _place(ends, "乙丙\n甲\n丙乙") == 3
    assert _place(ends, "丙甲丙\n丙乙丙") == -1
