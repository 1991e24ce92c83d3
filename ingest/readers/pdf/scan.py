"""Pages of a PDF that are pictures of text: how they are told, and how they are rendered for recognition."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium

from ingest.limits import Limits
from ingest.readers import ocr
from ingest.readers.layout.lines import Fragment, Page, in_order
from ingest.readers.pdf.drawn import Drawn
from ingest.readers.pdf.glyphs import Letters

_DPI = 200  # accuracy of recognition by resolution: tests/pdf_table.py
_COVERED = 0.5  # share of a page that pictures cover on a scan
_PART = 0.15  # share of a page from which a picture may be a scan of text on a page that has other text
_FEW = 20  # letters that a scan may have besides (a page number, a stamp)


def is_scan(text: str, letters: Letters, things: Drawn) -> bool:
    """Whether a page has next to no letters but pictures over most of it."""
    return len(text) < _FEW and _area(things.pictures) >= _COVERED * letters.width * letters.height


def recognised(page: pdfium.PdfPage, number: int, letters: Letters, limits: Limits, where: str) -> Page:
    """A page read from its picture, in pixels at 200 dpi. Raises SourceTooLarge for a page of too many pixels."""
    image = _render(page, limits, f"{where} 第 {number} 页")
    fragments, turned = ocr.recognise(image)
    height, width = image.shape[:2] if not turned % 2 else image.shape[1::-1]
    for item in fragments:
        item.box = f"{number}:{item.box}"
    lines = in_order(fragments)
    for line in lines:
        line.page = number
    return Page(number, float(width), float(height), lines, scan=True)


def scanned_parts(page: pdfium.PdfPage, letters: Letters, things: Drawn, limits: Limits, where: str) -> list[Fragment]:
    """What stands in pictures of text on a page that has other text, in the coordinates of the page; `box` in pixels at 200 dpi."""
    places = [box for box in things.pictures if _is_part(box, letters)]
    if not places or letters.vertical or letters.turned != page.get_rotation():
        return []
    image = _render(page, limits, where)
    scale = _DPI / 72
    found: list[Fragment] = []
    for x0, y0, x1, y1 in places:
        left, top = max(0, round(x0 * scale)), max(0, round(y0 * scale))
        part = image[top : round(y1 * scale), left : round(x1 * scale)]
        if not part.size or not _is_printed(part):
            continue
        fragments, turned = ocr.recognise(np.ascontiguousarray(part))
        if turned:
            continue
        for item in fragments:
            edges = item.x0 + left, item.y0 + top, item.x1 + left, item.y1 + top
            item.box = ocr.box(*edges)
            item.x0, item.y0, item.x1, item.y1 = (edge / scale for edge in edges)
            item.size /= scale
            found.append(item)
    return found


def _area(boxes: list[tuple[float, float, float, float]]) -> float:
    return sum(max(0.0, x1 - x0) * max(0.0, y1 - y0) for x0, y0, x1, y1 in boxes)


def _is_part(box: tuple[float, float, float, float], letters: Letters) -> bool:
    """Whether a picture is large and has no letters over it."""
    x0, y0, x1, y1 = box
    if _area([box]) < _PART * letters.width * letters.height:
        return False
    over = sum(x0 < glyph.x0 < x1 and y0 < (glyph.y0 + glyph.y1) / 2 < y1 for glyph in letters.glyphs)
    return over < _FEW


def _is_printed(image: np.ndarray) -> bool:
    """Whether a picture is dark signs on light paper and no photograph: mostly light, few middle tones."""
    grey = image.mean(axis=2)
    light, dark = float((grey > 190).mean()), float((grey < 110).mean())
    return light > 0.6 and 0.001 < dark < 0.3


def _render(page: pdfium.PdfPage, limits: Limits, where: str) -> np.ndarray:
    width, height = page.get_size()
    scale = _DPI / 72
    limits.check("pixels", width * height * scale * scale / 1e6, where)
    bitmap = page.render(scale=scale, draw_annots=True, rev_byteorder=False)
    try:
        return np.array(bitmap.to_numpy()[:, :, :3])
    finally:
        bitmap.close()
