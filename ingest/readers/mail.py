"""Mails (.eml): the body is a report of its own, attachments are files to be read on.

The text of the body is the source text: of the html part the decoded page, else the decoded plain part.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import replace
from email.header import Header
from email.message import Message
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path, PurePosixPath

from corpus.errors import EmptySource, SourceVanished, UnreadableSource
from corpus.model import Metadata
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers import txt
from ingest.readers.html import reader as html
from ingest.readers.inside import Inside, writing
from ingest.readers.mail_quoted import addressee, without_quoted
from ingest.readers.mime import as_utf8, content, filename, header, parse, parts, text_of
from ingest.secrecy import concealed_name, refuse_classified

_KEPT = ("from", "date", "subject")
_REPLY = re.compile(r"^(?:\s*(?:re|fwd?|答复|回复|转发|自动回复)\s*[:：])+\s*", re.IGNORECASE)
_FORWARD = re.compile(r"\s*(?:fwd?|转发)\s*[:：]", re.IGNORECASE)
_ATTACHED = "X-Attached"  # of the body as it is kept: the names of the files that came with it, with "/" between them
_NOTE = 40  # Chinese characters: a body below it only says that something is attached
_HAN = re.compile("[\u4e00-\u9fff]")
_TAGS = re.compile(r"<(style|script|head)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_LINES = re.compile(r"(?<=>)\s*\n|<(?:br|/?(?:p|div|h[1-6]|li|tr|table))\b[^>]*>", re.IGNORECASE)
_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
_PERSON = re.compile("[\u4e00-\u9fff·]{2,4}")
_ADDRESS = re.compile(r"\s*<[^<>]*>\s*$|^[^\s@]+@[^\s@]+$")
_OFFICE = re.compile("[局委部厅办处院会所站校]$|街道|社区|中心|公司|镇|乡|村")
_LONGEST = 100


def expand(path: Path, key: str, folder: Path, limits: Limits) -> Iterator[RawReport | Inside | tuple[str, UnreadableSource]]:
    """The body of a mail as a raw report (media `eml`, its data the body with the headers From, Date and Subject) and its attachments as
    files in `folder`. A body of a few words beside attachments is left out; pictures that the body shows are no attachments.

    Raises SourceTooLarge where the mail is over `limits.size`, its attachments over `limits.unpacked` or more than `limits.members`;
    ClassifiedSource where its subject or its body carries a mark of secrecy, which is one of its attachments too.
    """
    try:
        limits.check("size", path.stat().st_size / 1024 / 1024, key)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceVanished("文件不存在（可能在列出之后被移走）", where=key, remedy="请检查路径后重试") from error
    message = parse(data, limits, key)
    body = _body(message)
    _refuse_classified(message, body, key)
    shown = _words(body) if body is not None else ""
    attached = [part for part in _leaves(message) if part is not body and _is_attachment(part) and not _is_picture_of(part, shown)]
    if body is not None:
        try:
            text = as_utf8(body, key).decode("utf-8", "replace")
            if not attached or len(_HAN.findall(_TAGS.sub("", text))) >= _NOTE:
                yield RawReport(
                    key,
                    _slim(
                        message,
                        body,
                        [_UNFIT.sub("_", filename(part)) for part in attached if concealed_name(filename(part)) == filename(part)],
                    ),
                    "eml",
                    key,
                )
        except UnreadableSource as error:
            yield key, error
    elif not attached:
        yield key, EmptySource("邮件里没有正文和附件", where=key, remedy="请检查邮件是否导出完整")
    size = 0.0
    taken: set[str] = set()
    for number, part in enumerate(attached, 1):
        inner = _bytes(part)
        size += len(inner) / 1024 / 1024
        limits.check("unpacked", size, key)
        name = _free(_name(part, number), taken)
        if not inner:
            yield f"{key}/{name}", EmptySource("附件是空的", where=f"{key}/{name}", remedy="请检查邮件是否导出完整")
            continue
        file = folder / f"{number}{PurePosixPath(name).suffix}"
        with writing(folder):
            file.write_bytes(inner)
        yield Inside(f"{key}/{name}", file)


def read(raw: RawReport, limits: Limits) -> Draft:
    """The body of a mail: html read as a page, plain text as it stands; subject, date and sender as metadata.

    A sender that is an office is the publisher, one that is a person the author; addresses are not kept.
    Raises EmptySource, DamagedSource, SourceTooLarge, UnknownEncoding.
    """
    message = parse(raw.data, limits, raw.where)
    body = _body(message)
    if body is None or not content(body).strip():
        raise EmptySource("邮件里没有正文", where=raw.where, remedy="请检查邮件是否导出完整")
    inner = replace(raw, data=as_utf8(body, raw.where))
    draft = html.read(inner, limits) if body.get_content_type() == "text/html" else txt.read(inner, limits)
    draft = without_quoted(draft, bool(_FORWARD.match(header(message, "subject"))))
    return replace(draft, metadata=_metadata(message, draft.metadata, draft.text))


def _refuse_classified(message: Message, body: Message | None, key: str) -> None:
    text = ""
    if body is not None:
        try:
            text = as_utf8(body, key).decode("utf-8")
        except (UnreadableSource, UnicodeDecodeError):
            text = text_of(content(body), None)
        if body.get_content_type() == "text/html":
            text = unescape(_TAGS.sub("", _LINES.sub("\n", text)))
    refuse_classified(text, key, title=_subject(message))


def _subject(message: Message) -> str:
    return _REPLY.sub("", header(message, "subject"))


def _metadata(message: Message, known: Metadata, text: str) -> Metadata:
    sender = _ADDRESS.sub("", header(message, "from")).strip(" \"'")
    office = sender if sender and _OFFICE.search(sender) and _HAN.search(sender) else None
    return replace(
        known,
        title=_subject(message) or known.title,
        published=known.published or _date(message),
        authors=known.authors or ((sender,) if not office and _PERSON.fullmatch(sender) else ()),
        publisher=known.publisher or office,
        addressee=known.addressee or addressee(text),
        attachments=known.attachments or tuple(name for name in header(message, _ATTACHED).split("/") if name),
    )


def _date(message: Message) -> str | None:
    """The day on which the mail was sent, by its sender's clock."""
    try:
        return parsedate_to_datetime(header(message, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that are no multipart; a mail inside the mail is one, as a whole."""
    inside = 0
    for depth, part in parts(message):
        if inside and depth > inside:
            continue
        inside = 0
        if part.get_content_type() == "message/rfc822" and depth:
            inside = depth
            yield part
        elif not part.is_multipart():
            yield part


def _body(message: Message) -> Message | None:
    """The first html part, else the first plain part, that is no attachment and not empty."""
    texts = [part for part in _leaves(message) if part.get_content_maintype() == "text" and not _is_attachment(part)]
    filled = [part for part in texts if content(part).strip()]
    for kind in ("text/html", "text/plain"):
        if found := next((part for part in filled if part.get_content_type() == kind), None):
            return found
    return None


def _is_attachment(part: Message) -> bool:
    disposition = str(part.get("content-disposition") or "").strip().lower()
    if disposition.startswith("attachment") or part.get_content_type() == "message/rfc822":
        return True
    return bool(filename(part)) or part.get_content_maintype() not in ("text", "multipart", "message")


def _bytes(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return next((inner.as_bytes() for depth, inner in parts(part) if depth == 1), b"")
    return content(part)


def _name(part: Message, number: int) -> str:
    """A file name that any system takes; by its place and type where the mail gives none."""
    found = filename(part)
    if not found and part.get_content_type() == "message/rfc822":
        inner = next((item for depth, item in parts(part) if depth == 1), part)
        found = f"{header(inner, 'subject') or f'附件{number}'}.eml"
    found = _UNFIT.sub("_", found).strip(" .")
    if not found:
        found = f"附件{number}{mimetypes.guess_extension(part.get_content_type()) or '.bin'}"
    stem, suffix = PurePosixPath(found).stem, PurePosixPath(found).suffix
    return f"{stem[:_LONGEST]}{suffix[:12]}"


def _free(name: str, taken: set[str]) -> str:
    path, number, free = PurePosixPath(name), 1, name
    while free in taken:
        number += 1
        free = f"{path.stem} ({number}){path.suffix}"
    taken.add(free)
    return free


def _words(body: Message) -> str:
    """The html of a body as far as its ASCII characters go, to see which pictures it shows."""
    return content(body).decode("ascii", "ignore") if body.get_content_type() == "text/html" else ""


def _is_picture_of(part: Message, shown: str) -> bool:
    """A picture that the body shows (a signature, a logo) is part of it."""
    ident = str(part.get("content-id") or "").strip().strip("<>")
    return part.get_content_maintype() == "image" and bool(ident) and f"cid:{ident}" in shown


def _slim(message: Message, body: Message, attached: list[str]) -> bytes:
    """The mail without its attachments but for their names: a message of the body alone, headers as they were written, the body's
    transfer encoding undone."""
    lines = [f"{name}: {value}" for name, value in message.raw_items() if name.lower() in _KEPT]
    lines += [f"{name}: {value}" for name, value in body.raw_items() if name.lower() == "content-type"]
    if names := "/".join(name for name in attached if name):
        lines.append(f"{_ATTACHED}: {Header(names, 'utf-8').encode(linesep=chr(13) + chr(10))}")
    head = "\r\n".join([*lines, "Content-Transfer-Encoding: 8bit", "", ""])
    return head.encode("utf-8", "surrogateescape") + content(body)
