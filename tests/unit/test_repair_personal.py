"""What is personal data and what only looks like it."""

from __future__ import annotations

import pytest
from damage import PROSE
from hypothesis import given
from hypothesis import strategies as st

from corpus.offsets import Edit
from ingest.draft import Draft
from ingest.masking import masked
from ingest.repair.personal import MASK, find


def identity(region: int, birth: str, number: int) -> str:
    digits = f"{region:06}{birth}{number:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


IDENTITY = identity(999999, "19520830", 1)


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        (f"身份证号{IDENTITY}，", "identity", IDENTITY),
        (f"（{identity(110101, '19900307', 45).replace('X', 'x')}）", "identity", identity(110101, "19900307", 45).replace("X", "x")),
        ("身份证号码：110101199003070002", "identity", "110101199003070002"),
        ("（身份证 990101 19901345 0002）", "identity", "990101 19901345 0002"),
        ("李某，110101199003070002，", "identity", "110101199003070002"),
        ("老身份证330102520830001。", "identity", "330102520830001"),
        ("手机13800138000", "mobile", "13800138000"),
        ("手机138 0013 8000、", "mobile", "138 0013 8000"),
        ("＋86-139-0000-1234", "mobile", "86-139-0000-1234"),
        ("手机１３８００１３８０００。", "mobile", "１３８００１３８０００"),
        ("电话0571-88001234转801", "phone", "0571-88001234转801"),
        ("电话：（010）66001234", "phone", "（010）66001234"),
        ("联系电话：88001234", "phone", "88001234"),
        ("账号：6222 0200 0000 0000 123", "account", "6222 0200 0000 0000 123"),
        ("卡号6229990000000004565", "account", "6229990000000004565"),
        ("工行4111111111111111转账", "account", "4111111111111111"),
    ],
)
def test_numbers_that_belong_to_people(text: str, kind: str, hidden: str) -> None:
    assert [(text[start:end], found) for start, end, found in find(text)] == [(hidden, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91330102MA2CC0XX5K，注册号330102000123456",
        "统一社会信用代码：913301007996550580",
        "浙政发〔2019〕12号、民发〔2021〕1380013号",
        "总投资13800138元，人口13800万人，面积138001380平方米",
        "2019年12月27日10时20分，20191227102030",
        "18位数字：330102199013450011、990101199003070002",
        "12345热线、96345、110、119、400-800-1234号段",
        "从2015年到2018年，1433家、1052万余元、200-300户",
        "增长13.8001380000倍，编号JD13800138000X",
        "备案号浙ICP备12345678号-1，网站标识码3301020001",
        "订单号110101199003070002、13912345678901，流水号：621234567890123456",
        "户均138-139平方米，8800-1234号楼",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert find(text) == []


def test_one_sign_a_character_in_both_texts() -> None:
    """What the cleaned text holds is masked in both; what stands only in a part that was taken out is masked in the source."""
    source = f"联系人：{IDENTITY}，电话 138 0013 8000。\n页脚：13900139000，13500000001万"
    draft = Draft.of(source)
    draft = draft.edit(
        [Edit(source.index("138"), source.index("138") + 4, "138", "space"), Edit(source.index("\n"), len(source), "", "boilerplate")]
    )
    clean, hidden, personal = masked(draft.text, draft.source, draft.offsets)
    assert clean == f"联系人：{MASK * 18}，电话 {MASK * 12}。"
    assert hidden == f"联系人：{MASK * 18}，电话 {MASK * 13}。\n页脚：{MASK * 11}，13500000001万"
    assert [(item.kind, item.original) for item in personal] == [("identity", IDENTITY), ("mobile", "138 0013 8000")]


@given(st.lists(st.sampled_from([IDENTITY, "13800138000", "0571-88001234", *PROSE, "，", "第1号", "\n"]), max_size=8))
def test_nothing_is_left_and_lengths_hold(parts: list[str]) -> None:
    source = "，".join(parts)
    draft = Draft.of(source)
    clean, hidden, personal = masked(draft.text, draft.source, draft.offsets)
    assert len(clean) == len(hidden) == len(source)
    for secret in (IDENTITY, "13800138000", "0571-88001234"):
        assert secret not in clean
        assert secret not in hidden
    for item in personal:
        assert source[item.source_start : item.source_end] == item.original
        assert set(clean[item.start : item.end]) == {MASK}
