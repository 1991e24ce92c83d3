"""What holds other reports: archives, tables of submissions, mails. An expander gives what is in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from corpus.errors import UnreadableSource
from ingest.draft import RawReport
from ingest.limits import Limits
from ingest.readers.inside import Inside
from ingest.readers.mapping import Mapping

Found = RawReport | Inside | tuple[str, UnreadableSource]
"""A report, a file to be walked on, or (source key, why it could not be taken)."""
Expander = Callable[[str, Path, str, Path], Iterable[Found]]
"""(media, path, key, an empty folder to unpack into) -> what is in it."""

EXPANDERS = MappingProxyType({"archive": "archive.expander", "table": "table.expander", "mail": "mail"})
"""Modules of this package by the media that they expand; imported when first needed."""


def expanded(media: str, path: Path, key: str, folder: Path, limits: Limits, mapping: Mapping | None = None) -> Iterator[Found]:
    """What is in the container at `path`. `folder` is an empty folder of its own for what is unpacked.

    What cannot be taken comes as (key, error); what is wrong with the container as a whole has the container's own key.
    """
    expand: Callable[..., Iterable[Found]] = import_module(f"ingest.readers.{EXPANDERS[media]}").expand
    try:
        yield from expand(path, key, folder, limits, mapping) if media == "table" else expand(path, key, folder, limits)
    except UnreadableSource as error:
        yield key, error


__all__ = ["EXPANDERS", "Expander", "Found", "Inside", "Mapping", "expanded"]
