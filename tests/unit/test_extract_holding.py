"""Holders of positions whose clause names nobody."""

from __future__ import annotations

import json

import pytest

from ingest.draft import RawReport
from ingest.pipeline import read_report


def holders(text: str) -> dict[str, str | None]:
    """Stance and holder of the positions of a text, the last of each stance."""
    content = json.dumps({"id": "a", "text": text}, ensure_ascii=False).encode()
    reading = read_report("t", RawReport("a", content, "json", "a"))
    return {fact.stance or "": fact.holder for fact in reading.facts if fact.type == "position"}


_BEFORE = "桐花里社区3幢的电梯谈了两年。"


@pytest.mark.parametrize(
    ("text", "stance", "holder"),
    [
        ("11幢不再反对，并出两人轮值。", "concession", "11幢"),
        ("街道拟恢复四组桶，又怕前功尽弃，没有恢复。", "concern", "街道"),
        ("豆腐摊的吴嫂没有交钱。她还担心改完了租金变着法子涨。", "concern", "吴嫂"),
        ("社区收到一封126户签名的信，要求立即清空通道、违停即拖。", "demand", "126户"),
        ("26户业主全部参与表决，24户同意，同意率92.3%。", "vote", "业主"),
        ("居民的意见不一，住户担心噪声，社区答应给老人留出靠外的车位。", "concession", "社区"),
    ],
)
def test_holder_told_before(text: str, stance: str, holder: str) -> None:
    assert holder in (holders(_BEFORE + text).get(stance) or "")


def test_alternatives_are_held_by_who_put_them_forward() -> None:
    text = _BEFORE + "街道拿出三个方案。第一个是整体搬迁到两公里外，费用太高，当场被否；第二个是装隔离栏把路封死，也没有通过。"
    assert holders(text).get("option") == "街道"


def test_whom_something_is_told_to_holds_nothing() -> None:
    assert holders(_BEFORE + "施工方找了业主，对业主反对加装电梯的说法作了说明。").get("objection") != "施工方"


def test_words_feared_are_no_holder() -> None:
    assert holders(_BEFORE + "嫌保安年纪大、夜里叫不醒。").get("objection") != "保安"
