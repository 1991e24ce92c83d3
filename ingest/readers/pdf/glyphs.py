"""The letters of a PDF page with their places, turned so that they stand upright."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_INVISIBLE = 3
_BOLD = 600  # weight of a font from which it is bold
_NO_CHARACTER = frozenset((0, 0xFFFD, 0xFFFE, 0xFFFF))


class Glyph(NamedTuple):
    """A letter: upright coordinates in points from the top left corner, `y1` a fifth of a size below the base line.

    `blank`: the file has a blank before it. `aside` is not 0 for letters that stand aslant to the others: the number of their run.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    font: str
    blank: bool
    aside: int


class _Style(NamedTuple):
    size: float
    angle: float
    font: str
    bold: bool
    hidden: bool


class _Raw(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    style: _Style
    blank: bool
    run: int


@dataclass(slots=True)
class Letters:
    """The letters of a page, `width` and `height` of the upright page, how it was turned (degrees, clockwise), whether vertical."""

    glyphs: list[Glyph]
    width: float
    height: float
    turned: int = 0
    vertical: bool = False
    bounds: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def place(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box of the page's own coordinates in upright ones."""
        x0, y0, x1, y1 = _turned(left, bottom, right, top, self.bounds, self.turned)
        if self.vertical:
            x0, y0, x1, y1 = y0, self.height - x1, y1, self.height - x0
        return x0, y0, x1, y1


def letters(page: pdfium.PdfPage, fonts: dict[int, tuple[str, bool]]) -> Letters:
    """Read a page. `fonts` is kept over the pages of a document. Letters printed twice for boldness, blanks and what lies outside the page
    are left out; invisible letters count only where there are no others (the text under a scan). Raises PdfiumError.
    """
    bounds = page.get_bbox()
    found = _shared(_read(page, fonts))
    shown = [item for item in found if not item.style.hidden]
    found = shown if len(shown) * 4 >= len(found) else found
    left, bottom, right, top = bounds
    found = [item for item in found if left <= (item.left + item.right) / 2 <= right and bottom <= (item.bottom + item.top) / 2 <= top]
    counts = Counter(_quarter(item.style.angle) for item in found)
    counts.pop(None, None)
    turned = (counts.most_common(1)[0][0] if counts else page.get_rotation()) or 0
    width, height = right - left, top - bottom
    if turned in (90, 270):
        width, height = height, width
    result = Letters([], width, height, turned, False, bounds)
    result.vertical = _is_vertical(found, turned)
    if result.vertical:
        result.width, result.height = height, width
    result.glyphs = list(_upright(found, result))
    return result


def _read(page: pdfium.PdfPage, fonts: dict[int, tuple[str, bool]]) -> list[_Raw]:
    found: list[_Raw] = []
    text = page.get_textpage()
    try:
        handle = text.raw
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
        last, style, run = None, _Style(1.0, 0.0, "", False, False), 0
        blank, half = False, 0
        for at in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(handle, at)
            if code in (9, 10, 13, 32, 160, 0x3000):
                blank = blank or raw.FPDFText_IsGenerated(handle, at) != 1
                continue
            if 0xD800 <= code < 0xDC00:
                half = code
                continue
            if 0xDC00 <= code < 0xE000:
                code, half = (0x10000 + ((half - 0xD800) << 10) + code - 0xDC00 if half else 0xFFFD), 0
            owner = ctypes.cast(raw.FPDFText_GetTextObject(handle, at), ctypes.c_void_p).value
            if owner != last or owner is None:
                last, style, run = owner, _style(handle, at, fonts), run + 1
            if not raw.FPDFText_GetLooseCharBox(handle, at, box_at) or not raw.FPDFText_GetCharOrigin(handle, at, x_at, y_at):
                continue
            character = "-" if code == 2 else "\ufffd" if code in _NO_CHARACTER else chr(code)
            found.append(_Raw(character, box.left, box.bottom, box.right, box.top, x.value, y.value, style, blank, run))
            blank = False
    finally:
        text.close()
    return found


def _shared(found: list[_Raw]) -> list[_Raw]:
    """Give letters that one sign of the font stands for (a double dash, fi) their share of its box."""
    start = 0
    for at in range(1, len(found) + 1):
        first = found[start]
        if at < len(found) and found[at][1:7] == first[1:7] and found[at].run == first.run:
            continue
        if at - start > 1:
            step = (first.right - first.left) / (at - start)
            for n in range(start, at):
                left = first.left + (n - start) * step
                found[n] = found[n]._replace(left=left, right=left + step)
        start = at
    return found


def _style(handle: object, at: int, fonts: dict[int, tuple[str, bool]]) -> _Style:
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(handle, at)
    angle = 0.0
    if raw.FPDFText_GetMatrix(handle, at, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
    owner = raw.FPDFText_GetTextObject(handle, at)
    if not owner:
        return _Style(abs(size) or 1.0, angle, "", False, False)
    mode = raw.FPDFTextObj_GetTextRenderMode(owner)
    font = raw.FPDFTextObj_GetFont(owner)
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in fonts:
        fonts[key] = _font(font) if key else ("", False)
    name, bold = fonts[key]
    return _Style(abs(size) or 1.0, angle, name, bold or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE, mode == _INVISIBLE)


def _font(font: object) -> tuple[str, bool]:
    """Name of a font without the tag of its subset, and whether it is bold."""
    buffer = ctypes.create_string_buffer(128)
    size = raw.FPDFFont_GetBaseFontName(font, buffer, 128)
    name = buffer.raw[: max(0, min(size, 128) - 1)].decode("utf-8", "replace")
    name = name[7:] if name[6:7] == "+" else name
    return name, raw.FPDFFont_GetWeight(font) >= _BOLD or "bold" in name.lower() or "heavy" in name.lower()


def _quarter(angle: float) -> int | None:
    """A right angle, None for letters that stand aslant."""
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) < 4 else None


def _turned(
    left: float, bottom: float, right: float, top: float, bounds: tuple[float, float, float, float], turned: int
) -> tuple[float, float, float, float]:
    low, down, high, up = bounds
    if turned == 90:
        return bottom - down, left - low, top - down, right - low
    if turned == 180:
        return high - right, bottom - down, high - left, top - down
    if turned == 270:
        return up - top, high - right, up - bottom, high - left
    return left - low, up - top, right - low, up - bottom


def _is_vertical(found: list[_Raw], turned: int) -> bool:
    """Whether most letters follow below each other."""
    below = beside = 0
    for before, item in pairwise(found):
        size = item.style.size
        across, down = abs(item.x - before.x), abs(item.y - before.y)
        if turned in (90, 270):
            across, down = down, across
        below += across < 0.3 * size and 0.7 * size < down < 2 * size
        beside += down < 0.3 * size
    return below > 20 and below > 2 * beside


def _upright(found: list[_Raw], page: Letters) -> Iterator[Glyph]:
    """The letters in upright coordinates, without those that a later run of the file prints again at nearly the same place."""
    places: dict[tuple[str, int], list[tuple[float, int]]] = {}
    before: _Raw | None = None
    aside = 0
    for item in found:
        style = item.style
        if _quarter(style.angle) == page.turned:
            before = None
        elif before is None or math.hypot(item.x - before.x, item.y - before.y) > 2.5 * style.size:
            before, aside = item, aside + 1
        else:
            before = item
        x0, y0, x1, y1 = page.place(item.left, item.bottom, item.right, item.top)
        if before is None and not page.vertical:
            base = page.place(item.x, item.y, item.x, item.y)[1]
            y0, y1 = base - 0.8 * style.size, base + 0.2 * style.size
        row = int(y0)
        near = 0.35 * max(x1 - x0, 0.3 * style.size)
        if any(abs(x - x0) < near and run != item.run for y in (row - 1, row, row + 1) for x, run in places.get((item.text, y), ())):
            continue
        places.setdefault((item.text, row), []).append((x0, item.run))
        yield Glyph(item.text, x0, y0, x1, y1, style.size, style.bold, style.font, item.blank, aside if before is not None else 0)
