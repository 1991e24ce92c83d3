"""Pages of plain text and text under another ending: numbers and running heads go, paragraphs go on, a name does not decide."""

from __future__ import annotations

from pathlib import Path

import pytest
from damage import PROSE

from ingest.draft import Draft, RawReport
from ingest.limits import DEFAULT
from ingest.readers.formats import media_of
from ingest.readers.txt import read

HEAD = "　　　　白石镇社区工作札记之二"


def draft_of(text: str) -> Draft:
    return read(RawReport("a.txt", text.encode(), "txt", "a.txt"), DEFAULT)


def numbered(first: int, form: str = "　　　　— {} —") -> str:
    """A text of three pages, the second of which breaks a paragraph."""
    pages = (
        f"{HEAD}\n\n　　　　楼道灯亮了\n\n　　{PROSE[0]}\n\n",
        f"\f{HEAD}\n\n　　{PROSE[1]}\n　　{PROSE[2][:40]}\n\n",
        f"\f{HEAD}\n\n{PROSE[2][40:]}\n\n",
    )
    return "".join(page + form.format(first + n) + "\n" for n, page in enumerate(pages))


@pytest.mark.parametrize("form", ["　　　　— {} —", "－{}－", "第 {} 页", "第{}页 共3页"])
def test_page_numbers_and_running_heads_go_and_the_paragraph_goes_on(form: str) -> None:
    draft = draft_of(numbered(1, form))
    assert draft.text == f"　　　　楼道灯亮了\n\n　　{PROSE[0]}\n　　{PROSE[1]}\n　　{PROSE[2][:40]}\n{PROSE[2][40:]}\n"
    at = draft.text.index(PROSE[1])
    low, high = draft.offsets.to_source(at, at + len(PROSE[1]))
    assert draft.source[low:high] == PROSE[1]


def test_a_running_head_that_is_the_title_stays_where_it_is_the_title() -> None:
    page = "楼道灯亮了\n　　{}\n－{}－\n"
    text = "".join(page.format(PROSE[n], n + 1) for n in range(3))
    assert draft_of(text).text.splitlines() == ["楼道灯亮了", *(f"　　{PROSE[n]}" for n in range(3))]


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE[0]}\n— 3 —\n{PROSE[1]}\n",
        f"{PROSE[0]}\n— 3 —\n{PROSE[1]}\n— 9 —\n{PROSE[2]}\n",
        f"{PROSE[0]}\n1\n{PROSE[1]}\n2\n{PROSE[2]}\n",
    ],
)
def test_other_numbers_on_lines_of_their_own_stay(text: str) -> None:
    assert draft_of(text).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["docx", "pdf", "odt"])
def test_plain_text_under_another_ending_is_read_as_text(tmp_path: Path, ending: str, encoding: str) -> None:
    path = tmp_path / f"案例.{ending}"
    path.write_bytes(("楼道灯亮了\n" + "\n".join(PROSE) * 60).encode(encoding))
    assert media_of(path.name, path) == "txt"


@pytest.mark.parametrize("data", [b"", b"not a document", b"\0\1\2" * 40, bytes(range(128, 256)) * 30, "楼道".encode() + b"\0"])
def test_other_bytes_are_left_to_the_reader_of_the_ending(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "案例.docx"
    path.write_bytes(data)
    assert media_of(path.name, path) == "docx"
