"""Plain text: the decoded file is the source text; page numbers and running heads are no part of it."""

from __future__ import annotations

from corpus.errors import EmptySource
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers.encoding import decode
from ingest.readers.txt_pages import page_breaks


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises EmptySource, UnknownEncoding, DamagedSource."""
    text = decode(raw.data, where=raw.where)
    if not text.strip("\ufeff \t\r\n\u3000\xa0"):
        raise EmptySource("文件里没有文字", where=raw.where, remedy="请检查文件是否保存完整")
    return page_breaks(Draft.of(text))
