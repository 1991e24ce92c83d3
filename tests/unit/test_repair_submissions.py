"""Who wrote a submission, to whom it went and when, as lines without labels or of several fields say it (all people and places 虚构)."""

from __future__ import annotations

import pytest
from damage import PROSE

from corpus.model import Metadata
from ingest.draft import Draft
from ingest.pipeline import repair
from ingest.repair.byline import byline
from ingest.repair.official import official
from ingest.segment import title

TITLE = "楼道里的共享雨伞"
BODY = "\n".join(PROSE[:4])


def told(text: str) -> tuple[str, Metadata]:
    draft, _ = repair(Draft.of(text))
    return draft.text, draft.metadata


@pytest.mark.parametrize(
    ("line", "applicant", "authors"),
    [
        ("望江县白石镇人民政府　陶立新　孟 洁", "望江县白石镇人民政府", ("陶立新", "孟洁")),
        ("临泉市东湖街道荷花社区居委会 方桂兰口述 网格员 石磊整理", "临泉市东湖街道荷花社区居委会", ("方桂兰", "石磊")),
        ("（东湖街道综治办 罗文静）", "东湖街道综治办", ("罗文静",)),
        ("云溪县竹山乡竹山村民委员会", "云溪县竹山乡竹山村民委员会", ()),
        ("云溪县竹山乡上坪社区", "云溪县竹山乡上坪社区", ()),
    ],
)
def test_the_line_under_the_title_says_who_hands_it_in(line: str, applicant: str, authors: tuple[str, ...]) -> None:
    text, known = told(f"{TITLE}\n{line}\n一、缘起\n{BODY}")
    assert text == f"{TITLE}\n一、缘起\n{BODY}"
    assert (known.applicant, known.authors) == (applicant, authors)


@pytest.mark.parametrize(
    "head",
    [
        f"{TITLE}\n东湖街道荷花社区治理经验\n",
        "临泉市东湖街道办事处\n临泉市东湖街道荷花社区\n",
        "白石镇文件\n望江县白石镇人民政府\n关于修好楼道灯的情况\n",
        f"{TITLE}\n临泉市东湖街道荷花社区\n临泉市东湖街道莲塘社区\n",
    ],
)
def test_other_offices_at_the_head_stay(head: str) -> None:
    text, known = told(head + BODY)
    assert text.startswith(head.splitlines()[0])
    assert head.splitlines()[1] in text
    assert known.applicant is None


@pytest.mark.parametrize(
    ("line", "authors", "applicant", "published"),
    [
        ("口述：竹山乡上坪社区网格员 石磊（电话：138 0000 0000）", ("石磊",), "竹山乡上坪社区", None),
        ("记录：孟洁  2022年11月3日", ("孟洁",), None, "2022-11-03"),
        ("撰稿：东湖街道司法所 罗文静", ("罗文静",), "东湖街道司法所", None),
    ],
)
def test_labels_of_who_told_and_wrote_it(line: str, authors: tuple[str, ...], applicant: str | None, published: str | None) -> None:
    text, known = told(f"{TITLE}\n{line}\n{BODY}")
    assert text == f"{TITLE}\n{BODY}"
    assert (known.authors, known.applicant, known.published) == (authors, applicant, published)


@pytest.mark.parametrize("line", ["记录：当天来了三十多位居民", "口述：从前没有路灯", "作者：马上就开到你们那里啦", "编辑：谢谢关注"])
def test_what_is_said_under_such_a_label_names_nobody(line: str) -> None:
    assert byline(line) is None


def test_a_line_of_many_labels_is_a_byline_whatever_the_names() -> None:
    said = byline("2023-04-11 08:30　来源：白石县融媒体中心　记者：罗文静　通讯员：望宣　编辑：石磊")
    assert said is not None
    assert (said.authors, said.editors, said.publisher, said.published) == (("罗文静", "望宣"), ("石磊",), "白石县融媒体中心", "2023-04-11")
    barred = byline("编辑：石磊｜校对：孟洁")
    assert barred is not None
    assert barred.editors == ("石磊", "孟洁")


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("二〇二三年十一月五日", "2023-11-05"),
        ("二〇二一年十月", "2021-10"),
        ("2022 年 6 月 8 日", "2022-06-08"),
        ("（2021年7月2日报县委宣传部）", "2021-07-02"),
    ],
)
def test_the_day_below_a_text_in_any_writing(line: str, published: str) -> None:
    text, known = told(f"{TITLE}\n{BODY}\n{line}")
    assert text == f"{TITLE}\n{BODY}"
    assert known.published == published


def test_the_label_of_a_date_publishes_nothing() -> None:
    assert told(f"{TITLE}\n{BODY}\n办结时间 2022-05-06")[1].publisher is None


def test_fields_side_by_side_are_parted_and_the_day_of_filling_in_counts_before_that_of_a_seal() -> None:
    form = (
        "临泉市2022年社区治理案例推荐表\n编 号：LQ2022-015　　　　填表日期：2022年7月4日\n推荐单位：东湖街道办事处\n"
        f"案 例 名 称：{TITLE}\n联 系 人：石 磊　　联 系 电 话：13800000000\n案例正文\n{BODY}\n佐证材料：1.居民签到册　2.现场照片（3张）\n"
        "街道意见\n同意推荐。\n（盖章）\n2022年7月9日"
    )
    text, known = told(form)
    assert (known.number, known.published, known.applicant) == ("LQ2022-015", "2022-07-04", "东湖街道办事处")
    assert known.attachments == ("居民签到册", "现场照片（3张）")
    assert "佐证材料" not in text


@pytest.mark.parametrize("line", ["日期：2022-03-05", "发布时间：2022年3月5日", "填报日期：2022年3月5日"])
def test_a_day_with_its_label_is_kept_whoever_reads_it(line: str) -> None:
    assert told(f"{TITLE}\n申报单位：东湖街道荷花社区\n{line}\n{BODY}")[1].published == "2022-03-05"
    assert told(f"{TITLE}\n申报单位：东湖街道荷花社区\n{BODY}\n{line}")[1].published == "2022-03-05"
    assert told(f"{TITLE}\n填表日期：\n{BODY}\n2022年3月5日")[1].published == "2022-03-05"


def test_a_field_in_brackets_with_its_value() -> None:
    text, known = told(f"【申报类别：邻里互助】　　　　编号：DZ-031\n{TITLE}\n申报单位：东湖街道荷花社区\n{BODY}")
    assert text == f"{TITLE}\n{BODY}"
    assert (known.category, known.number) == ("邻里互助", "DZ-031")


def test_the_masthead_the_running_heads_and_the_imprint_of_a_bulletin() -> None:
    text = (
        "内部资料 注意保存\n白石县综治工作简报\n第12期（总第58期）\n白石县综治中心编　2023年5月9日\n夜巡队散了又聚\n"
        f"{BODY}\n白石县综治工作简报\n{PROSE[4]}\n2023年第12期 内部资料\n报：市综治中心，县委、县政府领导。\n"
        "送：县公安局、县司法局。发：各乡镇综治中心。\n责任编辑：石磊 （共印90份） 皖内资准字第2023-011号\n注意保存"
    )
    draft = Draft.of(text)
    _, known = official(draft)
    assert (known.issuer, known.number) == ("白石县综治中心", "第12期（总第58期）")
    assert known.copies == "市综治中心，县委、县政府领导；县公安局、县司法局；各乡镇综治中心"
    left, known = told(text)
    assert (known.publisher, known.published, known.editors) == ("白石县综治中心", "2023-05-09", ("石磊",))
    assert left.endswith(f"{BODY}\n{PROSE[4]}")


def test_a_notice_to_residents_addresses_them() -> None:
    text = f"白石镇荷花社区居民委员会\n荷居〔2022〕3号\n关于调整晾晒区的告知书\n荷花苑全体居民：\n{BODY}\n荷花社区居民委员会\n2022年4月6日"
    assert official(Draft.of(text))[1].addressee == "荷花苑全体居民"


@pytest.mark.parametrize(
    ("known", "name"),
    [
        (f"{TITLE}-白石县人民政府", TITLE),
        (f"{TITLE}_乡镇动态_白石县人民政府门户网站", TITLE),
        (f"{TITLE} | 白石新闻网", TITLE),
        (f"{TITLE}——白石县荷花社区见闻", f"{TITLE}——白石县荷花社区见闻"),
        ("一份提案-三次上门", "一份提案-三次上门"),
    ],
)
def test_a_site_behind_a_title_that_is_known_is_no_part_of_it(known: str, name: str) -> None:
    assert title(f"{TITLE}\n{BODY}", known, (), "")[0] == name
