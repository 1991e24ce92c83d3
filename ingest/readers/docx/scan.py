"""Word files that hold no text but pictures of it: scans that somebody pasted in, read as the pages of a scan."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from corpus.errors import DamagedSource
from ingest.draft import Draft, RawReport
from ingest.limits import Limits

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, struct.error, zlib.error)
_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"II*\0", b"MM\0*", b"GIF8")
_SMALLEST = 300  # pixels of the longer side: below it a picture is a logo or a stamp


def read_pictures(pictures: Sequence[bytes], raw: RawReport, limits: Limits) -> Draft | None:
    """The draft of what is recognised in the pictures, each a page; None where none of them can be a page.

    The source text is that of the picture reader. Raises what it raises (UnknownFormat where the extra `ocr` is missing).
    """
    from PIL import Image  # a large library that few Word files need

    from ingest.readers import image

    found = [data for data in pictures if data.startswith(_SIGNS)]
    limits.check("pages", len(found), raw.where)
    frames: list[Image.Image] = []
    for number, data in enumerate(found, 1):
        where = f"{raw.where} 第 {number} 张图片"
        try:
            with Image.open(BytesIO(data)) as picture:
                limits.check("pixels", picture.width * picture.height / 1e6, where)
                if max(picture.size) >= _SMALLEST:
                    frames.append(picture.convert("RGB"))
        except _BROKEN as error:
            raise DamagedSource("文档里的图片已损坏，无法读取", where=where, remedy="请用 WPS 或 Word 打开看看是否完整") from error
    if not frames:
        return None
    file = BytesIO()
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:], compression="tiff_adobe_deflate")
    return image.read(replace(raw, data=file.getvalue()), limits)
