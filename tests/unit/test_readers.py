"""Finding files and telling encodings: keys, order, limits, and what is set aside with which message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from damage import PROSE, traditional
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import EmptySource, UnknownEncoding, UnknownFormat
from corpus.model import SetAside
from ingest.dates import iso_date
from ingest.draft import RawReport
from ingest.pipeline import read_report
from ingest.readers import find, read
from ingest.readers.encoding import decode

TEXT = "\n".join(PROSE)


def found(*paths: Path) -> list[RawReport | SetAside]:
    return list(find(paths, collection="测试"))


def keys(items: list[RawReport | SetAside]) -> list[str]:
    return [item.source for item in items if isinstance(item, RawReport)]


def aside(items: list[RawReport | SetAside]) -> list[SetAside]:
    return [item for item in items if isinstance(item, SetAside)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_simplified_text_in_any_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), where="a.txt") == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_traditional_text_in_any_encoding(encoding: str) -> None:
    text = "社區裡的長者食堂開了三年，每天有一百多位老人來吃飯，街道補貼十八萬元。"
    assert decode(text.encode(encoding), where="a.txt") == text


SIMPLE = [text for text in PROSE if traditional(text).encode("big5", "ignore").decode("big5") == traditional(text)]


@settings(deadline=None)
@given(st.sampled_from(PROSE), st.integers(0, 20), st.integers(4, 12))
def test_four_characters_are_enough_to_tell_utf_8_and_gb18030(text: str, start: int, length: int) -> None:
    piece = text[start : start + length]
    for encoding in ("utf-8", "gb18030"):
        assert decode(piece.encode(encoding), where="a.txt") == piece


@settings(deadline=None)
@given(st.sampled_from(SIMPLE), st.integers(0, 20), st.integers(5, 12))
def test_five_traditional_characters_are_enough_to_tell_big5(text: str, start: int, length: int) -> None:
    piece = traditional(text)[start : start + length]
    assert decode(piece.encode("big5"), where="a.txt") == piece


def test_a_wrongly_declared_encoding_does_not_win() -> None:
    assert decode(TEXT.encode("gb18030"), where="a.html", declared="utf-8") == TEXT
    assert decode(TEXT.encode("utf-8"), where="a.html", declared="gb2312") == TEXT
    assert decode(TEXT.encode("gb18030"), where="a.html", declared="iso-8859-1") == TEXT
    assert decode(TEXT.encode("gb18030"), where="a.html", declared="no-such-table") == TEXT


def test_a_few_broken_bytes_cost_a_few_characters() -> None:
    data = TEXT.encode("utf-8")
    broken = data[:61] + b"\xff" + data[62:]
    text = decode(broken, where="a.txt")
    assert text.count("\ufffd") <= 3
    assert PROSE[-1] in text


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (bytes(range(256)) * 8, UnknownFormat),
        (b"MZ\x90\x00\x03\x00\x00\x00" * 64, UnknownFormat),
        (b"\x01\x02\x03\x04plain\x05\x06" * 30, UnknownFormat),
        (bytes((byte * 7 + 3) % 96 + 160 for byte in range(3000)), UnknownEncoding),
    ],
)
def test_binary_files_with_a_text_name_are_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        read(RawReport("假文本.txt", data, "txt", "假文本.txt"))
    assert "假文本.txt" in str(caught.value)
    assert str(caught.value).endswith("重试。")


def test_folders_are_read_in_order_with_paths_as_keys(tmp_path: Path) -> None:
    for name in ("乙/一.txt", "甲/二.md", "甲/三.html", "甲.txt", ".hidden.txt", "甲/~$锁.docx", "甲/Thumbs.db"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    items = found(tmp_path)
    assert not aside(items)
    assert keys(items) == sorted(["乙/一.txt", "甲/二.md", "甲/三.html", "甲.txt"], key=lambda key: tuple(key.split("/")))
    assert keys(found(tmp_path / "甲" / "二.md")) == ["二.md"]


def test_the_same_key_twice_is_set_aside_and_never_overwritten(tmp_path: Path) -> None:
    for folder in ("一", "二"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "案例.txt").write_text(folder * 20, encoding="utf-8")
    items = found(tmp_path / "一", tmp_path / "二")
    assert keys(items) == ["案例.txt"]
    (second,) = aside(items)
    assert second.code == "duplicate_key"
    assert second.source != "案例.txt"
    assert "案例.txt" in second.message


def test_rows_of_a_jsonl_file(tmp_path: Path) -> None:
    path = tmp_path / "案例.jsonl"
    rows: list[dict[str, object] | str] = [{"id": f"r{number}", "text": PROSE[number % 6]} for number in range(60)]
    rows[9] = {"number": "JD-10", "url": "http://example.org/10", "text": "第十条"}
    rows[10] = {"url": "http://example.org/11", "text": "第十一条"}
    rows[11] = {"text": "没有标识"}
    rows[20] = ""
    rows[56] = '{"id": "r56", "text": "少了引号}'
    rows[57] = {"id": "r57", "title": "没有正文"}
    rows[58] = {"id": "r3", "text": "标识重复"}
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8-sig")
    items = found(path)
    assert keys(items)[:3] == ["r0", "r1", "r2"]
    assert {"JD-10", "http://example.org/11", "案例.jsonl#12"} <= set(keys(items))
    broken, missing, twice = aside(items)
    assert broken.code == "damaged"
    assert "案例.jsonl 第 57 行" in broken.message
    assert "第 58 行" in missing.message
    assert twice.code == "duplicate_key"
    assert len(items) == 59
    draft = read(next(item for item in items if isinstance(item, RawReport) and item.source == "r0"))
    assert draft.source == draft.text == PROSE[0]


def test_what_a_row_says_about_itself() -> None:
    row = {
        "id": "1", "text": PROSE[0], "title": "题", "published": "2021年3月5日", "place": "甲市", "author": ["张三", "李四"], "number": 12,
        "applicant": "乙街道", "category": "民生", "award": "首届", "kind": "proposal", "url": "http://example.org",
    }  # fmt: skip
    known = read(RawReport("1", json.dumps(row).encode(), "json", "a.jsonl 第 1 行")).metadata
    assert (known.title, known.published, known.authors, known.number) == ("题", "2021-03-05", ("张三", "李四"), "12")
    assert (known.kind, known.applicant, known.award, known.place) == ("proposal", "乙街道", "首届", "甲市")
    together = json.dumps(row | {"author": "张三、李四"}).encode()
    assert read(RawReport("1", together, "json", "a.jsonl 第 1 行")).metadata.authors == ("张三", "李四")


def test_the_default_limit_refuses_200_mb(tmp_path: Path) -> None:
    path = tmp_path / "巨.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    (item,) = aside(found(path))
    assert item.code == "too_large"
    assert "200 MB" in item.message
    assert "100 MB" in item.message


def test_a_file_that_goes_while_the_folder_is_read(tmp_path: Path) -> None:
    for name in ("一.txt", "二.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    items = find([tmp_path], collection="测试")
    next(items)
    (tmp_path / "二.txt").unlink()
    (second,) = list(items)
    assert isinstance(second, SetAside)
    assert second.code == "vanished"


def test_long_jsonl_files_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "长.jsonl"
    line = json.dumps({"id": "%d", "text": "字" * 5000})
    with path.open("w", encoding="utf-8") as file:
        for number in range(300):
            file.write(line.replace("%d", str(number)) + "\n")
    items = find([path], collection="测试")
    path_size = path.stat().st_size
    first = next(items)
    assert isinstance(first, RawReport)
    assert len(first.data) * 250 < path_size


@pytest.mark.parametrize("text", ["", " \n\u3000\n", "\ufeff"])
def test_texts_without_a_character_are_refused(text: str) -> None:
    with pytest.raises(EmptySource):
        read(RawReport("空.txt", text.encode(), "txt", "空.txt"))


def test_an_unknown_medium_is_refused() -> None:
    with pytest.raises(UnknownFormat):
        read(RawReport("a.ofd", b"x", "ofd", "a.ofd"))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("发布时间：2019-12-27 10:20", "2019-12-27"), ("2015年10月", "2015-10"), ("2018年", "2018"), ("2020.3.5", "2020-03-05"),
        ("2020/13/05", None), ("20230816", "2023-08-16"), ("电话 2019000", None), ("无", None), ("2019年12月27日星期五", "2019-12-27"),
    ],
)  # fmt: skip
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_markdown_loses_its_signs_and_keeps_the_way_back() -> None:
    source = "# 平岗小区停车难治理 #\r\n\r\n## 做法\r\n社区召开**议事会**，划出车位60个。\r\n\r\n# 成效\r\n#标签# 3 * 4 * 5\r\n"
    draft = read(RawReport("a.md", source.encode(), "md", "a.md"))
    assert draft.source == source
    assert draft.text.split() == ["平岗小区停车难治理", "做法", "社区召开议事会，划出车位60个。", "成效", "#标签#", "3", "*", "4", "*", "5"]
    assert [(mark.kind, draft.text[mark.start : mark.end]) for mark in draft.marks] == [
        ("title", "平岗小区停车难治理"), ("heading", "做法"), ("heading", "成效"),
    ]  # fmt: skip
    at = draft.text.index("议事会")
    assert source[slice(*draft.offsets.to_source(at, at + 3))] == "议事会"
    assert read_report("c", RawReport("a.md", source.encode(), "md", "a.md")).metadata.title == "平岗小区停车难治理"
