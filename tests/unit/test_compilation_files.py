"""Compilations of thirty cases (虚构) as Word and PDF files: split without an error, each case with its pages."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from compilations import Style, Written, lines_of, written

from corpus.model import Case
from ingest.draft import Draft, RawReport
from ingest.limits import DEFAULT
from ingest.pipeline import repair
from ingest.readers import read
from ingest.segment import cases, find_headings, sections, title

pdf_files = pytest.importorskip("pdf_files", reason="reportlab is not installed")


def as_docx(cases: list[Written], style: Style, *, styled: bool) -> bytes:
    """`styled`: titles and headings by Word's styles; else everything is an ordinary paragraph."""
    document = docx.Document()
    names = {
        "title": "Title",
        "part": "Heading 1",
        "case": "Heading 2" if style.parts else "Heading 1",
        "more": None,
        "heading": "Heading 3",
    }
    for line, kind in lines_of(cases, style):
        name = names.get(kind) if styled else None
        document.add_paragraph(line.replace("………………", "\t"), style=name)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def as_pdf(cases: list[Written], style: Style, *, looks: bool) -> bytes:
    """Each case begins on a new page; `looks`: titles and headings are set larger."""
    blocks: list[object] = []
    contents: list[tuple[str, int]] = []
    for line, kind in lines_of(cases, style):
        if kind == "contents" and "………………" in line:
            words, _, page = line.partition("………………")
            contents.append((words, int(page)))
            continue
        if contents and kind != "contents":
            blocks.append(pdf_files.Contents(contents))
            contents = []
        if kind in ("part", "case"):
            blocks.append(("page", ""))
        shape = {"title": "title", "part": "heading", "case": "heading", "more": "heading", "subtitle": "flush", "heading": "heading"}
        blocks.append((shape.get(kind, "text") if looks else "text", line))
    data: bytes = pdf_files.document(blocks, head="安和区社区治理优秀案例汇编")
    return data


def split(data: bytes, media: str) -> tuple[Draft, tuple[Case, ...]]:
    draft, _ = repair(read(RawReport(f"汇编.{media}", data, media, f"汇编.{media}"), DEFAULT))
    name, body = title(draft.text, draft.metadata.title, draft.marks, "")
    headings = find_headings(draft.text, body, draft.marks)
    return draft, cases("r", draft.text, name, body, sections(draft.text, body, headings), headings)


def check(draft: Draft, found: tuple[Case, ...], told: list[Written]) -> None:
    text = draft.text
    assert ["".join(case.title.split()) for case in found] == ["".join((case.title + case.subtitle).split()) for case in told]
    for case, one in zip(found, told, strict=True):
        ((start, end),) = case.spans
        own = text[start:end]
        assert one.mark in own
        assert sum(other.mark in own for other in told) == 1
        assert "不属于任何一个案例" not in own


@pytest.mark.parametrize("styled", [True, False])
@pytest.mark.parametrize(
    "style",
    [
        Style(),
        Style(number="", parts=True),
        Style(number="{n}. ", contents="plain", front="notice"),
        Style(number="【案例{n}】", contents=""),
    ],
    ids=str,
)
def test_as_docx(style: Style, styled: bool) -> None:
    told = written(30, style, 7)
    check(*split(as_docx(told, style, styled=styled), "docx"), told)


@pytest.mark.parametrize("looks", [True, False])
@pytest.mark.parametrize("style", [Style(), Style(number="", parts=True), Style(number="案例{n}：", contents="", front="notice")], ids=str)
def test_as_pdf(style: Style, looks: bool) -> None:
    told = written(30, style, 8)
    draft, found = split(as_pdf(told, style, looks=looks), "pdf")
    check(draft, found, told)
    pages = [item for item in draft.locations if item.kind == "page"]
    last = 0
    for case in found:
        low, high = draft.offsets.to_source(case.start, case.end)
        own = [int(page.value) for page in pages if page.start < high and low < page.end]
        assert own
        assert own[0] > last
        last = own[-1]
