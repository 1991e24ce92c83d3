"""What is personal data and what only looks like it."""

from __future__ import annotations

import pytest
from damage import PROSE
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.offsets import Edit
from ingest.draft import Draft
from ingest.masking import hidden, masked
from ingest.repair.personal import MASK, find
from ingest.unmarked import resolved, without_tags


def identity(region: int, birth: str, number: int) -> str:
    digits = f"{region:06}{birth}{number:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def credit_code(head: str) -> str:
    """A code of an organisation with the check character of GB 32100."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, at, 31) for at, sign in enumerate(head))
    return head + signs[-total % 31]


CREDIT = credit_code("11110101199003071")  # reads like an identity number of that day
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
        ("＋86-139-0000-1234", "mobile", "＋86-139-0000-1234"),
        ("手机１３８００１３８０００。", "mobile", "１３８００１３８０００"),
        ("电话0571-88001234转801", "phone", "0571-88001234转801"),
        ("电话：（010）66001234", "phone", "（010）66001234"),
        ("联系电话：88001234", "phone", "88001234"),
        ("账号：6222 0200 0000 0000 123", "account", "6222 0200 0000 0000 123"),
        ("卡号6229990000000004565", "account", "6229990000000004565"),
        ("工行4111111111111111转账", "account", "4111111111111111"),
        (" ".join(identity(110101, "19900307", 45)), "identity", " ".join(identity(110101, "19900307", 45))),
        (f"（{IDENTITY[:6]}\n{IDENTITY[6:14]}\n{IDENTITY[14:]}）", "identity", f"{IDENTITY[:6]}\n{IDENTITY[6:14]}\n{IDENTITY[14:]}"),
        ("护照号码：E12345678，", "document", "E12345678"),
        ("社保卡号330100123456", "document", "330100123456"),
        ("打138 001 38000找他", "mobile", "138 001 38000"),
        ("1 3 8 0 0 1 3 8 0 0 0", "mobile", "1 3 8 0 0 1 3 8 0 0 0"),
        ("手机一三八〇〇一三八〇〇〇。", "mobile", "一三八〇〇一三八〇〇〇"),
        ("手机138OO138OOO。", "mobile", "138OO138OOO"),
        ("138.0013.8000", "mobile", "138.0013.8000"),
        ("电话0571 88001234、88005678", "phone", "0571 88001234、88005678"),
        ("＋86 571 88001234", "phone", "＋86 571 88001234"),
        ("电话 057188001234，", "phone", "057188001234"),
        ("拨打400-800-1234转2", "phone", "400-800-1234转2"),
        ("服务热线：4008001234", "phone", "4008001234"),
        ("发到zhang.san@example.com即可", "email", "zhang.san@example.com"),
        ("发到zhangsan＠example．cn", "email", "zhangsan＠example．cn"),
        ("加微信：zhangsan_88。", "chat", "zhangsan_88"),
        ("QQ号1234567890", "chat", "1234567890"),
        ("车牌浙A·88K66挡住了通道", "plate", "浙A·88K66"),
        ("苏ED12345的车主", "plate", "苏ED12345"),
        ("家住虚构小区3幢2单元501室的王阿姨", "address", "3幢2单元501室"),
        ("住址：某市某区某街道红旗路8弄12号402室", "address", "8弄12号402室"),
        ("她住在杨柳巷18号。", "address", "18号"),
        ("三幢二单元五〇一室漏水", "address", "三幢二单元五〇一室"),
        ("4号楼1单元1202室业主反映", "address", "4号楼1单元1202室"),
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
        f"统一社会信用代码：{CREDIT}",
        "坐标120.153576,30.287459和120.13800138000",
        "ISBN 978-7-5012-3456-7，2019.05.12-2020.06.13，20190512",
        "微信公众号：shequzhili，微信群里说",
        "全小区12幢36个单元432户，住在3号楼2单元的居民，住在三号院的老人",
        "社区服务中心位于3幢101室，联系地址：某某大厦A座1201室",
        "12号线、第12号文件、3组农户、8楼平台、701医院",
        "京AAAAA级景区，A1B2C3D4E5",
        "33 01 02 19 95 03 07 12 34 56",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert find(text) == []


NUMBERS = {
    "13866120457": "手机",
    IDENTITY: "身份证号",
    identity(110101, "19900307", 45): "身份证",
    "6229990000000004565": "卡号",
    "057188001234": "电话",
}


@settings(deadline=None)
@given(
    st.sampled_from(list(NUMBERS)),
    st.lists(st.integers(1, 17), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from([" ", "-", "\n", " \n", "\n  "]), min_size=2, max_size=2),
    st.booleans(),
)
def test_a_number_split_anywhere_is_hidden(number: str, places: list[int], gaps: list[str], labelled: bool) -> None:
    """One or two gaps of any kind; without a label in running text, where it is one blank or one end of a line."""
    if not labelled:
        places, gaps = places[:1], [gap if gap != "-" else " " for gap in gaps]
        if number.startswith("0"):
            places = [4]
    split = number
    for place, gap in sorted(zip(places, gaps, strict=False), reverse=True):
        split = split[:place] + gap + split[place:] if place < len(number) else split
    text = f"社工范某某每天都在小区里走访老人（{NUMBERS[number] if labelled else '找她请拨'}{split}），负责调度。"
    spans = find(text)
    assert [text[start:end] for start, end, _ in spans] == [split]


@settings(deadline=None)
@given(
    st.sampled_from(["2019年", "20190101", "2. 推进治理", "12、推进治理", "2021-05-06", "1386", "61204", "345户", "9.5%", "6120457万元"]),
    st.sampled_from(["1386", "138", "13866120", "1386612", "330106", "62220", "2019"]),
    st.sampled_from(["全区累计走访老人和残疾人家庭户数达到", "", "合计", "合计 "]),
)
def test_figures_on_neighbouring_lines_stay(following: str, figure: str, before: str) -> None:
    assert find(f"{before}{figure}\n{following}\n共两项") == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("渔船卸货。值班室 8467 2310，热线0571-88123456。", ["8467 2310", "0571-88123456"]),
        ("社工范某某（手机1386\n6120 457）负责调度。", ["1386\n6120 457"]),
        ("请打0571--88123456（24小时）", ["0571--88123456"]),
        ("联系电话：0571-88 12 34 56。", ["0571-88 12 34 56"]),
        ("身份证330106\n197204150034。", ["330106\n197204150034"]),
        ("办公室 3500 4200 12\n值班室 2018 2019，合计 1386 6120 457 2210", []),
        ("月收入13000-150000，最高的1500-2000000元；标准号15026-2019-12。", []),
        ("户数 1386\n6120457 人\n1386612\n2045\n13866\n120457", []),
    ],
)
def test_split_numbers_and_figures_side_by_side(text: str, hidden: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find(text)] == hidden


def test_one_sign_a_character_in_both_texts() -> None:
    """What the cleaned text holds is masked in both; what stands only in a part that was taken out is masked in the source."""
    source = f"联系人：{IDENTITY}，电话 138 0013 8000。\n页脚：13900139000，13500000001万"
    draft = Draft.of(source)
    draft = draft.edit(
        [Edit(source.index("138"), source.index("138") + 4, "138", "space"), Edit(source.index("\n"), len(source), "", "boilerplate")]
    )
    clean, covered, personal = masked(draft.text, draft.source, draft.offsets)
    assert clean == f"联系人：{MASK * 18}，电话 {MASK * 12}。"
    assert covered == f"联系人：{MASK * 18}，电话 {MASK * 13}。\n页脚：{MASK * 11}，13500000001万"
    assert hidden("王某13800138000的来信") == f"王某{MASK * 11}的来信"
    assert [(item.kind, item.original) for item in personal] == [("identity", IDENTITY), ("mobile", "138 0013 8000")]


SPLIT = (
    "138<span>0013</span>8000",
    "139&#48;0139000",
    "&#49;&#49;0101199003070096",
    "1<b>3</b>8<!-- 1 -->0013&#8203;8<i class=x>00</i>0",
    f"{IDENTITY[:6]}&nbsp;<em>{IDENTITY[6:14]}</em>\n   &nbsp;{IDENTITY[14:]}",
    "zhang<wbr>&#64;example<i>.</i>com",
)


@pytest.mark.parametrize("number", SPLIT)
@pytest.mark.parametrize("place", ["<nav>{}</nav>", "<footer><p>热线 {}</p></footer>", "<div><ul><li>1</li><li>联系 {}</li></ul></div>"])
def test_numbers_that_tags_divide_are_masked_in_what_was_taken_out(number: str, place: str) -> None:
    page = place.format(number)
    for before, new, after in (("甲。", "", ""), ("甲。", "\n", "乙。"), ("", "", "乙。")):
        source = f"{before}{page}{after}"
        draft = Draft.of(source).edit([Edit(len(before), len(before) + len(page), new, "html")])
        clean, covered, personal = masked(draft.text, draft.source, draft.offsets)
        assert (clean, personal) == (f"{before}{new}{after}", ())
        head, _, tail = page.partition(number)
        assert covered == f"{before}{head}{''.join(c if c == chr(10) else MASK for c in number)}{tail}{after}"


def test_what_several_steps_took_out_side_by_side_is_one_stretch() -> None:
    source = "甲。138<b>0013</b>8000"
    draft = Draft.of(source).edit([Edit(source.index("<b>"), source.index("<b>") + 3, "", "html")])
    draft = draft.edit([Edit(draft.text.index("138"), len(draft.text), "", "boilerplate")])
    assert masked(draft.text, draft.source, draft.offsets)[1] == f"甲。{MASK * (len(source) - 2)}"


def test_numbers_in_scripts_and_attributes_are_masked_and_cells_are_not_joined() -> None:
    source = (
        '甲。<script>var a="13800138000"</script><a href="tel:&#49;3900139000">拨打</a><style>b{}</style>'
        "<td>12</td><td>137<b>0013</b>7000</td><td>99</td><script>if(a<b)c='13600136000'"
    )
    draft = Draft.of(source).edit([Edit(2, len(source), "", "html")])
    covered = masked(draft.text, draft.source, draft.offsets)[1]
    assert len(covered) == len(source)
    assert covered == source.replace("13800138000", MASK * 11).replace("&#49;3900139000", MASK * 15).replace(
        "13600136000", MASK * 11
    ).replace("137<b>0013</b>7000", MASK * 18)


@given(
    st.lists(
        st.sampled_from(["<script>", "</script>", "<!--", "-->", "<a", "<b>", "</p>", "&#49;", "&nbsp;", "  ", "一", "x", "&", "<"]),
        max_size=20,
    )
)
def test_every_character_of_what_is_shown_leads_back(parts: list[str]) -> None:
    source = "".join(parts)
    for shown in (resolved(source), without_tags(source)):
        places = [shown.to_source(at, at + 1) for at in range(len(shown.text))]
        assert places == sorted(places)
        assert all(source[low:high] == sign or source[low] in "&< " for sign, (low, high) in zip(shown.text, places, strict=True))


@given(st.lists(st.sampled_from([IDENTITY, "13800138000", "0571-88001234", *PROSE, "，", "第1号", "\n"]), max_size=8))
def test_nothing_is_left_and_lengths_hold(parts: list[str]) -> None:
    source = "，".join(parts)
    draft = Draft.of(source)
    clean, covered, personal = masked(draft.text, draft.source, draft.offsets)
    assert len(clean) == len(covered) == len(source)
    for secret in (IDENTITY, "13800138000", "0571-88001234"):
        assert secret not in clean
        assert secret not in covered
    for item in personal:
        assert source[item.source_start : item.source_end] == item.original
        assert set(clean[item.start : item.end]) == {MASK}
