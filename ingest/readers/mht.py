"""Web pages saved as one file (.mht, .mhtml): the decoded main html part is the source text, read as any saved page."""

from __future__ import annotations

from dataclasses import replace
from email.message import Message

from corpus.errors import DamagedSource, EmptySource
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers.html import reader as html
from ingest.readers.mime import as_utf8, content, parse


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises DamagedSource (no page in it), SourceTooLarge, and what the html reader raises.

    A page of frames is read by its largest frame that has a text. The address the page was saved from becomes `metadata.url`
    where the page itself says none.
    """
    message = parse(raw.data, limits, raw.where)
    pages = _pages(message)
    if not pages:
        raise DamagedSource("网页存档里没有网页", where=raw.where, remedy="请在浏览器里重新保存网页")
    for number, page in enumerate(pages):
        try:
            draft = html.read(replace(raw, data=as_utf8(page, raw.where)), limits)
        except EmptySource:
            if number + 1 == len(pages):
                raise
            continue
        address = _address(message, page)
        return replace(draft, metadata=replace(draft.metadata, url=address)) if address and not draft.metadata.url else draft
    raise DamagedSource("网页存档里没有网页", where=raw.where, remedy="请在浏览器里重新保存网页")


def _pages(message: Message) -> list[Message]:
    """The html parts: the one that `start` names, or the first, before the others by size."""
    parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    root = next((part for part in parts if start and part.get("Content-ID") == start), parts[0] if parts else None)
    others = sorted((part for part in parts if part is not root), key=lambda part: -len(content(part)))
    return [root, *others] if root is not None else []


def _address(message: Message, page: Message) -> str | None:
    found = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    return found if found.startswith(("http://", "https://")) else None
