"""MIME messages (mails, web pages saved as one file): parsed with limits, and their names and texts decoded as Chinese programs write them.

The standard library's newer policies replace bytes that are not ASCII in a header; Chinese programs put GBK there, so headers are kept raw.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32

from corpus.errors import DamagedSource, SourceTooLarge
from ingest.limits import Limits
from ingest.readers.encoding import decode

_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=")
_ENCODING = re.compile(r"(?:utf-?8|utf-?16|gb18030|big5hkscs|iso-?8859-?|windows-|cp|euc-|koi8-|shift_)[a-z0-9]{0,12}")
_DEEPEST = 40  # parts inside parts: five are many
_HEADER = 10_000
_BOM = b"\xef\xbb\xbf"


class _Raw(Compat32):
    """Header values as they stand in the file, bytes that are not ASCII as surrogates; none longer than a person could have meant."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value[:_HEADER]


_POLICY = _Raw()


def parse(data: bytes, limits: Limits, where: str) -> Message:
    """Raises SourceTooLarge where a message has more parts than `limits.members` or parts nested to no purpose, DamagedSource where it
    is none."""
    limits.check("members", len(_PART.findall(data)), where)
    try:
        message = BytesParser(policy=_POLICY).parsebytes(data)
    except RecursionError as error:
        raise _too_deep(where) from error
    for depth, _ in parts(message):
        if depth > _DEEPEST:
            raise _too_deep(where)
    if not message.keys():
        raise DamagedSource("邮件或网页存档没有信头", where=where, remedy="请重新导出或保存")
    return message


def _too_deep(where: str) -> SourceTooLarge:
    return SourceTooLarge("邮件各部分嵌套过深（疑似恶意文件）", where=where, remedy="请把需要的附件另存后再导入")


def parts(message: Message) -> Iterator[tuple[int, Message]]:
    """Every part with its depth, in order, without recursion."""
    stack = [(0, message)]
    while stack:
        depth, part = stack.pop()
        yield depth, part
        payload = part.get_payload() if part.is_multipart() else None
        if isinstance(payload, list):
            stack.extend((depth + 1, item) for item in reversed(payload) if isinstance(item, Message))


def content(part: Message) -> bytes:
    """The bytes of a part that is no multipart, its transfer encoding undone as far as it goes."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def charset(part: Message) -> str | None:
    found = part.get_param("charset")
    return found.strip().strip("\"'") if isinstance(found, str) else None


def as_utf8(part: Message, where: str) -> bytes:
    """The text of a part, where its header names an encoding, as UTF-8 with a byte order mark, so that a reader need not guess; else as it
    is.

    Raises UnknownEncoding, UnknownFormat.
    """
    data, declared = content(part), charset(part)
    return _BOM + decode(data, where=where, declared=declared).encode("utf-8") if declared and data else data


def header(message: Message, name: str) -> str:
    """A header as people read it: encoded words decoded (also where a character is cut by the border of two), folds undone."""
    value = re.sub(r"\r?\n[ \t]+|[\r\n]+", " ", str(message.get(name) or ""))
    out: list[str] = []
    at = 0
    held: tuple[str, bytes] = ("", b"")
    for word in _WORD.finditer(value):
        between, found = value[at : word.start()], _unpacked(word)
        if held[0] and not between.strip() and word[1].lower() == held[0]:
            held = (held[0], held[1] + found)
        else:
            out.append(text_of(held[1], held[0]))
            out.append(between if between.strip() or not held[0] else "")
            held = (word[1].lower(), found)
        at = word.end()
    out += (text_of(held[1], held[0]), value[at:])
    joined = "".join(out)
    raw = joined.encode("utf-8", "surrogateescape")
    return (text_of(raw, None) if not _is_utf8(joined) else joined).strip()


def _is_utf8(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _unpacked(word: re.Match[str]) -> bytes:
    packed = word[3].encode("ascii", "ignore")
    if word[2] in "qQ":
        return quopri.decodestring(packed, header=True)
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4))
    except binascii.Error:
        return packed


def text_of(data: bytes, declared: str | None) -> str:
    """A few words in the encoding they are said to be in, in UTF-8 or GB18030 where that is not known or not true."""
    name = (declared or "").split("*")[0].lower()
    wider = "gb18030" if name.startswith(("gb", "cp936", "hz")) else "big5hkscs" if name.startswith("big5") else name
    for encoding in (wider if _ENCODING.fullmatch(wider) else "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("gb18030", "replace")


def filename(part: Message) -> str:
    """The name of an attachment, empty where it has none: by RFC 2231, by encoded words, or by raw bytes."""
    for parameter, place in (("filename", "content-disposition"), ("name", "content-type")):
        found = part.get_param(parameter, header=place)
        if isinstance(found, tuple):
            return text_of(found[2].encode("latin-1", "surrogateescape"), found[0])
        if found:
            message: Message = Message(_POLICY)
            message["x"] = found
            return header(message, "x")
    return ""
