"""Pictures of text (png, jpg, tif with its pages, bmp, webp) by recognition."""

from __future__ import annotations

import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import numpy as np

from corpus.errors import DamagedSource, EmptySource, UnknownFormat
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers import ocr
from ingest.readers.layout.draft import draft_of
from ingest.readers.layout.lines import Page, in_order

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
_SEVERAL = ("TIFF",)  # formats whose frames are pages and no animation
_BROKEN = "请用看图程序打开看看是否完整，或重新扫描、下载一次"
_LOCK = threading.Lock()


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises UnknownFormat (no picture, or the extra `ocr` is missing), DamagedSource, SourceTooLarge, EmptySource."""
    limits.check("size", len(raw.data) / 1024 / 1024, raw.where)
    if not ocr.available():
        raise ocr.missing(raw.where, 0)
    pages = []
    for number, image in enumerate(_frames(raw, limits), 1):
        fragments, turned = ocr.recognise(image)
        for item in fragments:
            item.box = f"{number}:{item.box}"
        height, width = image.shape[1::-1] if turned % 2 else image.shape[:2]
        lines = in_order(fragments)
        for line in lines:
            line.page = number
        pages.append(Page(number, float(width), float(height), lines, scan=True))
    if not any(page.lines for page in pages):
        raise EmptySource("图片里没有认出文字", where=raw.where, remedy="请检查图片是否清楚，或换一张分辨率更高的")
    return draft_of(pages, "ocr", {})


def _frames(raw: RawReport, limits: Limits) -> Iterator[np.ndarray]:
    """The pages of a picture as arrays (height, width, 3; blue, green, red). Size is checked before anything is decoded."""
    from PIL import Image, UnidentifiedImageError

    with _errors(raw):
        try:
            picture = Image.open(BytesIO(raw.data), formats=_FORMATS)
        except UnidentifiedImageError as error:
            raise UnknownFormat(
                "不是可读取的图片（扩展名与内容不符，或已损坏）", where=raw.where, remedy="可读取 png、jpg、tif、bmp、webp"
            ) from error
    with picture:
        with _errors(raw):
            count = getattr(picture, "n_frames", 1) if picture.format in _SEVERAL else 1
        limits.check("pages", count, raw.where)
        for at in range(count):
            where = raw.where if count == 1 else f"{raw.where} 第 {at + 1} 页"
            with _errors(raw):
                picture.seek(at)
                limits.check("pixels", picture.width * picture.height / 1e6, where)
                image = _decoded(picture)
            yield image


def _decoded(picture: object) -> np.ndarray:
    """A frame upright as its camera says, on white where it is transparent."""
    from PIL import Image, ImageOps

    assert isinstance(picture, Image.Image)
    frame = ImageOps.exif_transpose(picture)
    if frame.mode.startswith("I") or frame.mode == "F":
        values = np.asarray(frame, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        frame = Image.fromarray(((values - low) * (255.0 / ((high - low) or 1.0))).astype(np.uint8))
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        frame = frame.convert("RGBA")
        paper = Image.new("RGBA", frame.size, "white")
        frame = Image.alpha_composite(paper, frame)
    return np.ascontiguousarray(np.asarray(frame.convert("RGB"))[:, :, ::-1])


@contextmanager
def _errors(raw: RawReport) -> Iterator[None]:
    """What Pillow raises for broken files as our own error; its limit of pixels gives way to ours, its warnings to nothing."""
    from PIL import Image

    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            yield
        except (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, struct.error, zlib.error) as error:
            raise DamagedSource("图片已损坏，无法读取", where=raw.where, remedy=_BROKEN) from error
        finally:
            Image.MAX_IMAGE_PIXELS = before
