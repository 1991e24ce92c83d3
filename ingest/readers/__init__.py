"""Files become drafts: one module a format. A reader takes a raw report and gives the linear text with its way back to the source."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType

from corpus.errors import UnknownFormat
from ingest.draft import Draft, RawReport
from ingest.limits import DEFAULT, Limits
from ingest.readers.formats import READABLE
from ingest.readers.walk import concealed, find, find_again, set_aside

READERS = MappingProxyType(
    {
        "txt": "txt",
        "md": "md",
        "html": "html.reader",
        "mht": "mht",
        "docx": "docx.reader",
        "doc": "office",
        "wps": "office",
        "rtf": "office",
        "odt": "office",
        "pdf": "pdf.reader",
        "image": "image",
        "eml": "mail",
        "json": "jsonl",
        "row": "table.row",
        "table": "table.form",
    }
)
"""Modules of this package by the media that they read; imported when first needed, since some bring large libraries."""

__all__ = ["READERS", "concealed", "find", "find_again", "read", "set_aside"]


def read(raw: RawReport, limits: Limits = DEFAULT) -> Draft:
    """Read one raw report by its media. Raises the kinds of UnreadableSource."""
    module = READERS.get(raw.media)
    if module is None:
        raise UnknownFormat(f"没有读取“{raw.media}”的程序", where=raw.where, remedy=READABLE)
    reader: Callable[[RawReport, Limits], Draft] = import_module(f"ingest.readers.{module}").read
    return reader(raw, limits)
