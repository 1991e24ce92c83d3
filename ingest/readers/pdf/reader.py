"""PDF files: the text of each page in reading order, scanned pages by recognition.

The source text holds everything, page after page; what the layout put in (running heads, page numbers, line breaks) is taken out by edits.
Attachments, scripts and form scripts of a PDF are not looked at.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw_api

from corpus.errors import DamagedSource, EmptySource, UnknownFormat
from corpus.model import Location, Metadata
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers import ocr
from ingest.readers.layout.draft import draft_of
from ingest.readers.layout.lines import Columns, Fragment, Line, Page, in_order, line_of
from ingest.readers.layout.looks import plain
from ingest.readers.layout.table import tables
from ingest.readers.pdf.drawn import Drawn, drawn
from ingest.readers.pdf.glyphs import Letters, letters
from ingest.readers.pdf.plausible import is_text
from ingest.readers.pdf.runs import aslant, runs
from ingest.readers.pdf.scan import is_scan, recognised, scanned_parts

_MAGIC = b"%PDF-"
_MEASURED = 3  # scanned pages after which the time for all of them is estimated
_HEAD = 1024  # bytes in which the mark of a PDF may stand
_OUTLINE = 5000
_NO_TITLE = re.compile(
    r"microsoft|powerpoint|untitled|无标题|新建|幻灯片|\.(?:docx?|wps|pptx?|xlsx?|pdf|indd|html?)$|https?:", re.IGNORECASE
)
_BROKEN = "请用阅读器打开看看是否完整，或重新导出、下载一次"


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises UnknownFormat (no PDF, encrypted, a scan without the extra `ocr`), DamagedSource, SourceTooLarge, EmptySource."""
    limits.check("size", len(raw.data) / 1024 / 1024, raw.where)
    if _MAGIC not in raw.data[:_HEAD]:
        raise UnknownFormat("不是 PDF 文件（扩展名与内容不符）", where=raw.where, remedy="请检查扩展名，或重新导出为 PDF")
    pages: list[Page] = []
    unread: list[int] = []
    broken: list[int] = []
    with _opened(raw) as document:
        limits.check("pages", len(document), raw.where)
        fonts: dict[int, tuple[str, bool]] = {}
        columns = Columns()
        begun = time.monotonic()
        for at in range(len(document)):
            try:
                with _page(document, at) as page:
                    found = _read_page(page, at + 1, fonts, columns, limits, raw.where)
            except pdfium.PdfiumError:
                broken.append(at + 1)
                continue
            if found is None:
                unread.append(at + 1)
            else:
                pages.append(found)
                scans = sum(page.scan for page in pages)
                if found.scan and scans >= _MEASURED:  # better said at once than when the time is over
                    limits.check("seconds", (time.monotonic() - begun) / (at + 1) * len(document), raw.where)
        outline = _outline(document)
        title = _metadata_title(document, pages)
    if len(broken) > len(pages) + len(unread):
        raise DamagedSource("PDF 的页面已损坏，无法读取", where=f"{raw.where} 第 {broken[0]} 页", remedy=_BROKEN)
    if unread and len(unread) * 2 > len(pages):
        raise ocr.missing(raw.where, len(unread))
    if not any(line.text.strip() for page in pages for line in page.lines):
        raise EmptySource("PDF 里没有文字", where=raw.where, remedy="请检查文件是否保存完整")
    draft = draft_of(pages, "pdf", outline, Metadata(title=title))
    return _with_unread(draft, sorted([*unread, *broken]))


@contextmanager
def _opened(raw: RawReport) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(raw.data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw_api.FPDF_ERR_PASSWORD, raw_api.FPDF_ERR_SECURITY):
            raise UnknownFormat(
                "PDF 已加密，需要密码才能打开", where=raw.where, remedy="请用密码打开后另存为（或打印成）不加密的 PDF"
            ) from error
        raise DamagedSource("PDF 已损坏，无法打开", where=raw.where, remedy=_BROKEN) from error
    try:
        yield document
    finally:
        document.close()


@contextmanager
def _page(document: pdfium.PdfDocument, at: int) -> Iterator[pdfium.PdfPage]:
    """A page, closed after use."""
    page = document[at]
    try:
        yield page
    finally:
        page.close()


def _read_page(
    page: pdfium.PdfPage, number: int, fonts: dict[int, tuple[str, bool]], columns: Columns, limits: Limits, where: str
) -> Page | None:
    """One page, None for a scan that cannot be recognised because the extra is missing."""
    found = letters(page, fonts)
    things = drawn(page, found)
    text = "".join(glyph.text for glyph in found.glyphs)
    if is_scan(text, found, things) or (text and not is_text(text)):
        if not ocr.available():
            return None
        return recognised(page, number, found, limits, where)
    parts = scanned_parts(page, found, things, limits, where) if ocr.available() else []
    return _text_page(found, things, number, parts, columns)


def _text_page(found: Letters, things: Drawn, number: int, parts: list[Fragment], columns: Columns) -> Page:
    fragments = runs((glyph for glyph in found.glyphs if not glyph.aside), things.rules)
    fragments += [replace(part, box=f"{number}:{part.box}") for part in parts]
    boxes, rest = tables(things.rules, fragments)
    lines = in_order(rest, boxes, columns)
    lines += _aslant(found)
    for line in lines:
        line.page = number
    return Page(number, found.width, found.height, lines)


def _aslant(found: Letters) -> list[Line]:
    lines = [line_of([item]) for item in aslant(glyph for glyph in found.glyphs if glyph.aside)]
    for line in lines:
        line.role = "aslant"
    return lines


def _outline(document: pdfium.PdfDocument) -> dict[tuple[int, str], int]:
    """The bookmarks of a PDF: (page, words without blanks) to level from 1."""
    found: dict[tuple[int, str], int] = {}
    for count, item in enumerate(document.get_toc(max_depth=6)):
        if count >= _OUTLINE:
            break
        target = item.get_dest()
        index = target.get_index() if target is not None else None
        words = plain(item.get_title())
        if index is not None and len(words) >= 2:
            found.setdefault((index + 1, words), item.level + 1)
    return found


def _metadata_title(document: pdfium.PdfDocument, pages: list[Page]) -> str:
    """The title that the file gives, if its first pages show it: programs put in file names and titles of earlier files."""
    given = re.sub(r"\s+", " ", document.get_metadata_value("Title")).strip(" \x00")
    if not 4 <= len(given) <= 60 or _NO_TITLE.search(given) or not re.search("[\u3400-\u9fff]{2}", given):
        return ""
    shown = plain("".join(line.text for page in pages[:2] for line in page.lines[:12]))
    return given if plain(given) in shown else ""


def _with_unread(draft: Draft, unread: list[int]) -> Draft:
    """Say which pages were not read, at the place where they would stand."""
    if not unread:
        return draft
    pages = [item for item in draft.locations if item.kind == "page"]
    gaps = []
    for number in unread:
        at = next((item.start for item in pages if int(item.value) > number), len(draft.source))
        gaps += [Location("page", at, at, str(number)), Location("damaged", at, at, str(number), 0.0)]
    return replace(
        draft,
        locations=tuple(
            sorted((*draft.locations, *gaps), key=lambda item: (item.start, item.end > item.start, item.kind != "page", -item.end))
        ),
    )
