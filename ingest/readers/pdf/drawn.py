"""What is drawn on a PDF page besides its letters: the rules of tables, and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.layout.table import Rule
from ingest.readers.pdf.glyphs import Letters

_DEEPEST = 6
_MOST = 20_000  # objects of a page that are looked at: drawings have hundreds of thousands, tables do not
_THIN = 3.0  # points: a filled box as thin as this is a rule
_SHORTEST = 6.0  # points

type_of = raw.FPDFPageObj_GetType
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """`rules` and `pictures` (x0, y0, x1, y1) in the upright coordinates of the page's letters."""

    rules: list[Rule] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)


def drawn(page: pdfium.PdfPage, letters: Letters) -> Drawn:
    """Rules and pictures of a page, those inside of forms too."""
    found = Drawn()
    for handle, kind, matrix in _objects(page):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            if box := _bounds(handle, matrix):
                found.pictures.append(letters.place(*box))
        else:
            found.rules += [rule for edge in _path(handle, matrix) if (rule := _rule(letters.place(*edge)))]
    return found


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[object, int, _Matrix]]:
    stack: list[tuple[object, bool, _Matrix, int]] = [(page.raw, False, _SAME, 0)]
    left = _MOST
    while stack:
        owner, is_form, matrix, depth = stack.pop()
        count = raw.FPDFFormObj_CountObjects(owner) if is_form else raw.FPDFPage_CountObjects(owner)
        get = raw.FPDFFormObj_GetObject if is_form else raw.FPDFPage_GetObject
        for at in range(min(count, left)):
            left -= 1
            handle = get(owner, at)
            kind = type_of(handle) if handle else raw.FPDF_PAGEOBJ_UNKNOWN
            if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH):
                yield handle, kind, matrix
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                stack.append((handle, True, _product(_matrix(handle), matrix), depth + 1))


def _matrix(handle: object) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix)):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(handle: object, matrix: _Matrix) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(handle, *(ctypes.byref(edge) for edge in (left, bottom, right, top))):
        return None
    return _box(_at(left.value, bottom.value, matrix), _at(right.value, top.value, matrix))


def _box(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _path(handle: object, matrix: _Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The straight edges of a path as boxes without width; a thin box is one edge."""
    count = raw.FPDFPath_CountSegments(handle)
    if not 2 <= count <= 200:
        return
    bounds = _bounds(handle, matrix)
    if bounds is None:
        return
    x0, y0, x1, y1 = bounds
    if min(x1 - x0, y1 - y0) <= _THIN:
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        yield (x0, middle[1], x1, middle[1]) if x1 - x0 > y1 - y0 else (middle[0], y0, middle[0], y1)
        return
    whole = _product(_matrix(handle), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, at)
        if not segment or not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            return
        point = _at(x.value, y.value, whole)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield _box(last, point)
        elif kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            yield _box(point, start)
        last = point


def _rule(edge: tuple[float, float, float, float]) -> Rule | None:
    x0, y0, x1, y1 = edge
    if x1 - x0 <= 0.5 and y1 - y0 >= _SHORTEST:
        return Rule((x0 + x1) / 2, y0, y1, False)
    if y1 - y0 <= 0.5 and x1 - x0 >= _SHORTEST:
        return Rule((y0 + y1) / 2, x0, x1, True)
    return None
