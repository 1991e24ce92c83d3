"""Files become drafts: one module a format. A reader takes a raw report and gives the linear text with its way back to the source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from corpus.errors import UnknownFormat
from ingest.draft import Draft, RawReport
from ingest.limits import DEFAULT, Limits
from ingest.readers import docx, html, jsonl, md, txt
from ingest.readers.walk import LIMIT, find, set_aside

READERS: Mapping[str, Callable[[RawReport, Limits], Draft]] = MappingProxyType(
    {"txt": txt.read, "md": md.read, "html": html.read, "docx": docx.read, "json": jsonl.read}
)

__all__ = ["LIMIT", "READERS", "find", "read", "set_aside"]


def read(raw: RawReport, limits: Limits = DEFAULT) -> Draft:
    """Read one raw report by its media. Raises the kinds of UnreadableSource."""
    reader = READERS.get(raw.media)
    if reader is None:
        raise UnknownFormat(f"没有读取“{raw.media}”的程序", where=raw.where, remedy="可读取 txt、md、html、docx、json、jsonl")
    return reader(raw, limits)
