"""PDF files made with reportlab (and LibreOffice): running heads and feet, columns, footnotes, tables, contents pages, scans."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table, TableStyle

FONT = "STSong-Light"  # known to every reader of PDF, so no font file is needed
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4
MARGIN = 72.0
BODY = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=16, firstLineIndent=21, wordWrap="CJK")
FLUSH = ParagraphStyle("flush", parent=BODY, firstLineIndent=0, spaceAfter=8)
HEADING = ParagraphStyle("heading", parent=BODY, fontSize=14, leading=24, firstLineIndent=0)
TITLE = ParagraphStyle("title", parent=BODY, fontSize=20, leading=32, firstLineIndent=0, alignment=1)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, leading=11, firstLineIndent=0)
CAPTION = ParagraphStyle("caption", parent=BODY, fontSize=9, firstLineIndent=0, alignment=1)

Block = tuple[str, str]  # kind (title, heading, text, flush, small, caption, page) and words


def document(
    blocks: Sequence[Block | Flowable],
    *,
    columns: int = 1,
    head: str = "",
    number: str = "— {} —",
    notes: dict[int, Sequence[str]] | None = None,
    title: str = "",
    outline: Sequence[tuple[str, int]] = (),
    invariant: int = 1,
    **options: Any,
) -> bytes:
    """A PDF. `number` is the page number at the foot, `notes` the footnotes by page (drawn over a line at the foot of the first column),
    `outline` the bookmarks (words, page from 1); further options go to BaseDocTemplate."""
    file = BytesIO()

    def around(canvas: Canvas, template: BaseDocTemplate) -> None:
        page = template.page
        canvas.saveState()
        canvas.setFont(FONT, 9)
        if head:
            canvas.drawCentredString(WIDTH / 2, HEIGHT - 42, head)
        if number:
            canvas.drawCentredString(WIDTH / 2, 32, number.format(page))
        if notes and page in notes:
            canvas.setFont(FONT, 8)
            lines = list(notes[page])
            for n, line in enumerate(lines):
                canvas.drawString(MARGIN + 6, MARGIN + 8 + 11 * (len(lines) - 1 - n), line)
            canvas.line(MARGIN + 6, MARGIN + 12 + 11 * len(lines), MARGIN + 120, MARGIN + 12 + 11 * len(lines))
        for words, at in outline:
            if at == page:
                canvas.bookmarkPage(words)
                canvas.addOutlineEntry(words, words, 0)
        canvas.restoreState()

    low = MARGIN + (70 if notes else 0)
    gap = 24.0
    wide = (WIDTH - 2 * MARGIN - gap * (columns - 1)) / columns
    frames = [Frame(MARGIN + n * (wide + gap), low, wide, HEIGHT - MARGIN - low, id=str(n)) for n in range(columns)]
    template = BaseDocTemplate(file, pagesize=A4, title=title or None, invariant=invariant, **options)
    template.addPageTemplates([PageTemplate(id="page", frames=frames, onPage=around)])
    template.build([block if isinstance(block, Flowable) else _flowable(block) for block in blocks])
    return file.getvalue()


def _flowable(block: Block) -> Flowable:
    kind, words = block
    styles = {"title": TITLE, "heading": HEADING, "text": BODY, "flush": FLUSH, "small": SMALL, "caption": CAPTION}
    if kind == "page":
        return PageBreak()
    return Paragraph(words.replace("&", "&amp;").replace("<", "&lt;"), styles[kind])


def form(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    """A table with rules; an empty cell belongs to the cell before it."""
    cell = ParagraphStyle("cell", parent=BODY, firstLineIndent=0)
    spans = []
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            if words and not all(row[x + 1 :]) and x + 1 < len(row) and not row[x + 1]:
                last = next((n for n in range(x + 1, len(row)) if row[n]), len(row)) - 1
                spans.append(("SPAN", (x, y), (last, y)))
    return Table(
        [[Paragraph(words, cell) if words else "" for words in row] for row in rows],
        colWidths=list(widths),
        style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans]),
    )


class Contents(Flowable):  # type: ignore[misc]
    """Lines of a contents page: words, dots and the number of a page at the right edge."""

    def __init__(self, entries: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self.entries = entries

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, 18.0 * len(self.entries)
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFont(FONT, 10.5)
        for n, (words, page) in enumerate(self.entries):
            y = self.height - 18 * (n + 1) + 4
            start = pdfmetrics.stringWidth(words, FONT, 10.5)
            number = str(page)
            end = self.width - pdfmetrics.stringWidth(number, FONT, 10.5)
            dot = pdfmetrics.stringWidth(".", FONT, 10.5)
            canvas.drawString(0, y, words + "." * max(0, int((end - start) / dot)))
            canvas.drawRightString(self.width, y, number)


def drawn(draw: Any, *, size: tuple[float, float] = A4, pages: int = 1, **options: Any) -> bytes:
    """A PDF whose pages `draw(canvas, number)` draws."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1, **options)
    for number in range(1, pages + 1):
        canvas.setFont(FONT, 10.5)
        draw(canvas, number)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def by_office(paragraphs: Sequence[tuple[str, float, bool]], folder: Path, latin: str = "DejaVu Serif") -> bytes:
    """A Word file of paragraphs (words, size, bold) made a PDF by LibreOffice, which sets quotes in the Latin font."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    document.sections[0].page_width = Cm(13)
    for words, size, bold in paragraphs:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(words)
        run.font.name, run.font.size, run.bold = latin, Pt(size), bold
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Sans CJK SC")
    source = folder / "a.docx"
    document.save(str(source))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "a.pdf").read_bytes()


def set_words(canvas: Canvas, x: float, y: float, words: str, size: float = 10.5, other: str = "Times-Roman", signs: str = "“”‘’") -> None:
    """Draw a line as office programs do that have no quotes in the font of the text: all its letters as one object (a `TJ` array), with
    gaps where the signs are, and then the signs in another font, as wide as they are there."""
    later: list[tuple[float, str]] = []
    parts: list[str] = []
    at = x
    for sign in words:
        wide = pdfmetrics.stringWidth(sign, other if sign in signs else FONT, size)
        if sign in signs:
            later.append((at, sign))
            parts.append(f"{-1000 * wide / size:.2f}")
        else:
            parts.append(f"<{sign.encode('utf-16-be').hex()}>")  # the font's encoding
        at += wide
    text = canvas.beginText(x, y)
    text.setFont(FONT, size)
    text._code.append(f"[{' '.join(parts)}] TJ")
    canvas.drawText(text)
    canvas.setFont(other, size)
    for at, sign in later:
        canvas.drawString(at, y, sign)


def scan_of(data: bytes, *, dpi: int = 150, turn: float = 0.0, noise: float = 0.0, seed: int = 1) -> list[Any]:
    """The pages of a PDF as grey pictures (Pillow), turned by some degrees, with noise (standard deviation of 255)."""
    import numpy as np
    import pypdfium2 as pdfium
    from PIL import Image

    pictures = []
    random = np.random.default_rng(seed)
    document = pdfium.PdfDocument(data)
    try:
        for at in range(len(document)):
            page = document[at]
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            picture = Image.fromarray(np.array(bitmap.to_numpy())[:, :, 0] if bitmap.to_numpy().ndim == 3 else np.array(bitmap.to_numpy()))
            bitmap.close()
            page.close()
            if turn:
                picture = picture.rotate(turn, resample=Image.Resampling.BICUBIC, expand=turn % 90 == 0, fillcolor=255)
            if noise:
                values = np.asarray(picture, dtype=np.float32) + random.normal(0, noise, (picture.height, picture.width))
                picture = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
            pictures.append(picture)
    finally:
        document.close()
    return pictures


def scanned(pictures: Sequence[Any], dpi: int = 150) -> bytes:
    """A PDF whose pages are pictures."""
    from reportlab.lib.utils import ImageReader

    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for picture in pictures:
        width, height = picture.width * 72 / dpi, picture.height * 72 / dpi
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def space(points: float) -> Spacer:
    return Spacer(1, points)
