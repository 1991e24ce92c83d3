"""What looks like furniture and is the text: complaints, headings by number or year, second halves of titles, names that are words."""

from __future__ import annotations

import json

import pytest

from corpus.model import Reading
from ingest.draft import RawReport
from ingest.pipeline import read_report

PROSE = (
    "柳桥社区有居民三百二十户，路灯坏了三个月，老人晚上出门看不清路，社区先后接到投诉十七件，一直没有办法解决。",
    "社区把物业公司、电力公司请到一起开了三次协商会，议定由三家分摊费用，施工队用了半个月时间换好了全部灯具。",
    "改造以后居民夜里出行方便了，投诉降到一件，居民在回访中都说满意，社区还把办法写进了居民公约里。",
)


def read(text: str, media: str = "txt", source: str = "柳桥.txt") -> Reading:
    return read_report("harmless", RawReport(source, text.encode(), media, source))


@pytest.mark.parametrize(
    "line",
    [
        "热心网友留言反映：小区门口的路灯坏了三个月，晚上老人出门看不清路。",
        "浏览器版本过低，老人在家里打不开预约页面，只能跑到窗口排队。",
    ],
)
def test_a_line_of_the_text_stays(line: str) -> None:
    assert line in read(f"柳桥社区修灯记\n{PROSE[0]}\n{line}\n{PROSE[1]}\n{PROSE[2]}").text


def test_a_line_that_ends_in_a_colon_addresses_nobody_by_its_last_character() -> None:
    assert "推行垃圾分类的好处：" in read(f"红旗小区垃圾分类工作总结\n推行垃圾分类的好处：\n{PROSE[1]}\n{PROSE[2]}").text


@pytest.mark.parametrize("heads", [("案例1", "案例2", "案例3"), ("2021年", "2022年", "2023年")])
def test_numbered_cases_and_years_beside_page_numbers_stay(heads: tuple[str, ...]) -> None:
    pages = "\n".join(f"{head}\n{prose}\n— {n} —" for n, (head, prose) in enumerate(zip(heads, PROSE, strict=True), 1))
    text = read(f"柳桥社区三年修灯记\n{pages}").text
    assert [head for head in heads if head not in text] == []


@pytest.mark.parametrize("second", ["城乡融合幸福社区", "走进滨河区矛盾调解中心", "建好城区老年人活动中心", "全市首个乡镇法律服务站"])
def test_the_second_half_of_a_title_is_no_applicant(second: str) -> None:
    reading = read(f"党建引领聚合力\n{second}\n{PROSE[0]}\n{PROSE[1]}")
    assert reading.metadata.applicant is None
    assert second in reading.text


def test_words_of_a_slogan_are_no_authors() -> None:
    assert read(f"柳桥社区修灯记\n滨江街道 安全 和谐 文明\n{PROSE[0]}\n{PROSE[1]}").metadata.authors == ()


def test_a_title_that_the_text_shows_is_not_cut() -> None:
    name = "老旧小区微改造共建共享-红色管家平台"
    row = json.dumps({"id": "1", "title": name, "text": f"{name}\n{PROSE[0]}\n{PROSE[1]}"}, ensure_ascii=False)
    assert read(row, "json", "1").metadata.title == name


def test_contacts_are_masked_in_a_quoted_mail_and_in_attachments() -> None:
    mail = (
        "From: a@example.org\nTo: b@example.org\nSubject: baosong\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{PROSE[0]}\n{PROSE[1]}\n-----原始邮件-----\n发件人：某\n案例名称：柳桥修灯\n联系人：王小明\n"
        "联系电话：13812345678\n家庭住址：江州市和平区解放路12号3单元502室\n"
    )
    reading = read(mail, "eml", "a.eml")
    assert "王小明" not in reading.source
    assert "3单元502室" not in reading.source
    form = f"案例名称：柳桥社区修灯记\n申报单位：柳桥社区\n联系人：王小明\n佐证材料：1.王小明情况说明 2.现场照片\n{PROSE[0]}\n{PROSE[1]}"
    assert "王小明" not in repr(read(form).metadata)


@pytest.mark.parametrize(
    "line", ["居民表示满意" + "一" * 60, "街道" + "从严" * 60 + "收5元。", "食堂" + "已" * 3000, "社区 张三" + " " * 3000 + "x"]
)
def test_long_runs_are_read(line: str) -> None:
    """Each took minutes or would never have ended with a pattern that can split a run in many ways."""
    assert read(f"柳桥社区修灯记\n{PROSE[0]}\n{line}\n{PROSE[1]}").text


@pytest.mark.parametrize("published", ["2021-02-30", "2021-13-10", "1614729600"])
def test_an_impossible_date_of_publication_stops_nothing(published: str) -> None:
    text = "2022年3月10日，社区组织居民开会商议，启动改造。" + PROSE[1]
    assert read(json.dumps({"id": "1", "published": published, "text": text}, ensure_ascii=False), "json", "1").facts
