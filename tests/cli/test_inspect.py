"""`inspect`: how a file would be read, on a terminal, as JSON and as a page; nothing of it is stored, nothing private is shown."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import invented
import openpyxl
import pytest
from commands import Call
from lxml import html
from rich.console import Console

from ingest.draft import RawReport
from ingest.pipeline import read_report
from search_api.cli.inspecting import show_inspection
from search_api.inspecting import inspection

PHONE, IDENTITY = "13800138000", "11010519491231002X"
SUBMISSION = (
    "申报编号：JDZ-2025-041\n案例名称：三把椅子议事会\n申报单位：青禾街道柳荫社区\n"
    f"联系人：欧阳望舒\n联系电话：{PHONE}\n身份证号：{IDENTITY}\n\n"
    "一、背景\n柳荫社区的楼道里堆满旧家具，居民多次反映。\n\n"
    "二、做法\n2024年5月，社区党委召开居民议事会，現(xiàn)在每周開(kāi)會(huì)一次。有事可打" + PHONE + "。\n\n"
    "三、成效\n投诉由32件降至3件，问题得到解决。\n"
)
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>柳荫社区议事会_某某网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/a">新闻</a> <a href="/b">专题</a></div>
<h1>柳荫社区的三把椅子</h1><p>来源：某某日报　2024-05-06</p>
<div class="article"><p>柳荫社区的楼道里堆满旧家具，居民多次向社区居委会反映，楼组长上门劝了三回都没有结果。</p>
<p>2024年5月，社区党委召开居民议事会，把家具的主人、物业公司和楼组长请到三把椅子上，一件一件商量。</p>
<p>两个月以后，楼道清空了，投诉由32件降至3件，居民说：“事情摊开说，就好办了。”</p></div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">别处的新闻一</a></li><li><a href="/2">别处的新闻二</a></li></ul></div>
<script>var hidden = "不该显示的代码";</script></body></html>"""


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting processes that read takes a second a command; one test below does."""
    monkeypatch.setenv("JINDIANZI_WORKERS", "0")


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    path = tmp_path / "申报.txt"
    path.write_text(SUBMISSION, encoding="utf-8")
    return path


class TestOneFile:
    def test_lists_come_first_then_the_text_before_and_after(self, call: Call, submission: Path) -> None:
        done = call("inspect", submission)
        assert done.status == 0
        assert "申报单位：青禾街道柳荫社区" in done.out
        assert "三把椅子议事会" in done.out
        assert "去掉注音 3 处" in done.out
        assert "[-(xiàn)-]" in done.out
        assert done.out.index("章节") < done.out.index("[-(xiàn)-]")

    def test_nothing_is_stored(self, call: Call, submission: Path, tmp_path: Path) -> None:
        assert call("inspect", submission).status == 0
        assert not (tmp_path / "store.db").exists()
        assert call("status", "--json").body["counts"]["reports"] == 0

    def test_nothing_private_is_shown_in_any_form(self, call: Call, submission: Path, tmp_path: Path) -> None:
        out = tmp_path / "预览.html"
        shown = [call("inspect", submission).out, call("inspect", submission, "--json", "--html", out).out, out.read_text(encoding="utf-8")]
        for text in shown:
            for secret in (PHONE, IDENTITY, "欧阳望舒"):
                assert secret not in text
        assert "＊" * 11 in shown[0]
        assert "手机号 1" in shown[0]

    def test_json_tells_each_change_with_its_reason(self, call: Call, submission: Path) -> None:
        body = call("inspect", submission, "--json").body
        change = next(change for change in body["changes"] if change["steps"] == ["annotation"])
        assert (change["before"], change["after"], change["reason"]) == ("(xiàn)", "", "去掉注音")
        assert body["metadata"]["number"] == "JDZ-2025-041"
        assert [section["role"] for section in body["sections"]] == ["background", "approach", "outcome"]
        assert body["personal"] == [{"kind": "mobile", "count": 1}]
        assert body["cases"][0]["title"]
        for section in body["sections"]:
            assert body["text"][section["start"] : section["end"]].startswith(section.get("heading", ""))

    def test_what_cannot_be_read_says_why(self, call: Call, tmp_path: Path) -> None:
        (tmp_path / "空.txt").write_bytes(b"")
        done = call("inspect", tmp_path / "空.txt")
        assert done.status == 1
        assert "空" in done.out
        assert call("inspect", tmp_path / "没有.txt").status == 2

    def test_a_classified_file_shows_nothing_of_itself(self, call: Call, tmp_path: Path) -> None:
        (tmp_path / "密件.txt").write_text("机密★10年\n关于某事的报告\n内容一句话。", encoding="utf-8")
        for extra in ([], ["--json"], ["--html", tmp_path / "出.html"]):
            done = call("inspect", tmp_path / "密件.txt", *extra)
            assert done.status == 1
            assert "内容一句话" not in done.out + done.err
        assert "内容一句话" not in (tmp_path / "出.html").read_text(encoding="utf-8")

    def test_it_is_read_in_a_process_of_its_own(self, call: Call, submission: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JINDIANZI_WORKERS", "1")
        assert call("inspect", submission, "--json").body["metadata"]["number"] == "JDZ-2025-041"

    def test_english(self, call: Call, submission: Path) -> None:
        assert "Reason: " in call("inspect", submission, "--lang", "en").out.replace("：", ": ")


class TestOnATerminal:
    def shown(self, width: int) -> str:
        raw = RawReport("申报.txt", SUBMISSION.encode(), "txt", "申报.txt")
        screen = Console(file=io.StringIO(), force_terminal=True, width=width, color_system="standard", markup=False, highlight=False)
        show_inspection(inspection(raw, read_report("x", raw)), screen)
        assert isinstance(screen.file, io.StringIO)
        return re.sub("\x1b\\[[0-9;]*m", "", screen.file.getvalue())

    def test_both_sides_stand_next_to_each_other_where_there_is_room(self) -> None:
        wide = self.shown(100)
        line = next(line for line in wide.splitlines() if "(xiàn)" in line)
        assert line.count("社区党委召开居民") == 2
        assert "原文：" not in wide
        assert "…" not in wide.replace("……", "")  # folded, not cut off
        assert wide.count("有事可打") == 2

    def test_and_one_under_the_other_where_there_is_not(self) -> None:
        narrow = self.shown(70)
        assert narrow.index("原文：") < narrow.index("整理后：")
        assert "[-" not in narrow  # colours say it


class TestThePage:
    @pytest.fixture
    def page(self, call: Call, tmp_path: Path) -> str:
        (tmp_path / "页.html").write_text(PAGE, encoding="utf-8")
        assert call("inspect", tmp_path / "页.html", "--html", tmp_path / "预览.html").status == 0
        return (tmp_path / "预览.html").read_text(encoding="utf-8")

    def test_it_needs_nothing_from_elsewhere_and_runs_nothing(self, page: str) -> None:
        tree = html.document_fromstring(page)
        assert not tree.xpath("//script | //link | //img | //iframe | //@src | //@onclick | //@style")
        assert "url(" not in page
        assert "@import" not in page
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        style = re.search("<style>(.*?)</style>", page, re.DOTALL)
        assert style is not None
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none'")

    def test_what_was_left_out_is_struck_with_its_reason(self, page: str) -> None:
        tree = html.document_fromstring(page)
        struck = [item for item in tree.xpath("//del") if "相关阅读" in item.text_content() or "首页" in item.text_content()]
        assert struck
        assert all("只取网页正文" in item.get("title") or "略去" in item.get("title") for item in struck)
        assert "不该显示的代码" not in tree.text_content()

    def test_each_step_has_a_box_that_its_marks_listen_to(self, page: str) -> None:
        tree = html.document_fromstring(page)
        for box in tree.xpath("//input[@type='checkbox']/@id"):
            number = box.removeprefix("step-")
            assert tree.xpath(f"//label[@for='{box}']")
            assert f"body:has(#{box}:not(:checked))" in page
            assert f".s{number}" in page

    def test_text_from_the_file_stays_text(self, call: Call, tmp_path: Path) -> None:
        hostile = "<script>alert('坏')</script>"
        path = tmp_path / "坏.txt"
        path.write_text(
            f"案例名称：{hostile}标题\n\n正文里有&lt;img src=x onerror=1&gt;和{hostile}，居民反对。\n第二段不变。\n", encoding="utf-8"
        )
        assert call("inspect", path, "--html", tmp_path / "出.html").status == 0
        tree = html.document_fromstring((tmp_path / "出.html").read_text(encoding="utf-8"))
        assert not tree.xpath("//script | //img | //@onerror")


class TestContainers:
    @pytest.fixture
    def packed(self, tmp_path: Path) -> Path:
        path = tmp_path / "材料.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("甲/一号.txt", invented.report(1))
            archive.writestr("甲/二号.txt", invented.report(2))
            archive.writestr("乙/空.txt", "")
        return path

    def test_what_is_inside_is_listed_a_line_each(self, call: Call, packed: Path) -> None:
        done = call("inspect", packed)
        assert done.status == 1
        lines = done.out.splitlines()
        assert len([line for line in lines if "号.txt" in line and "个案例" in line]) == 2
        assert any("空.txt" in line and "未能读取" in line for line in lines)
        assert "共 3 份，可读 2，未能读取 1" in done.out

    def test_a_member_is_shown_in_full(self, call: Call, packed: Path) -> None:
        body = call("inspect", packed, "--member", "二号.txt", "--json").body
        assert body["source"].endswith("甲/二号.txt")
        assert body["text"].startswith(invented.report(2).split("\n", 1)[0])
        assert call("inspect", packed, "--member", "号.txt").status == 2

    def test_a_page_of_what_is_inside(self, call: Call, packed: Path, tmp_path: Path) -> None:
        assert call("inspect", packed, "--html", tmp_path / "单.html").status == 1
        tree = html.document_fromstring((tmp_path / "单.html").read_text(encoding="utf-8"))
        assert len(tree.xpath("//tbody/tr")) == 3

    def test_rows_of_tables_and_json_lines(self, call: Call, tmp_path: Path) -> None:
        lines = tmp_path / "行.jsonl"
        lines.write_text(
            "\n".join(json.dumps({"id": f"r{number}", "text": invented.report(number)}, ensure_ascii=False) for number in range(3)),
            encoding="utf-8",
        )
        assert [item["source"] for item in call("inspect", lines, "--json").body["items"]] == ["r0", "r1", "r2"]
        assert call("inspect", lines, "--row", "2", "--json").body["source"] == "r1"
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["编号", "案例名称", "申报单位", "正文"])
        for number in range(3):
            sheet.append([f"JDZ-{number}", f"第{number}个案例", "柳荫社区", invented.report(number)])
        book.save(tmp_path / "表.xlsx")
        listed = call("inspect", tmp_path / "表.xlsx", "--json").body["items"]
        assert len(listed) == 3
        one = call("inspect", tmp_path / "表.xlsx", "--row", "3", "--json").body
        assert one["metadata"]["number"] == "JDZ-1"
