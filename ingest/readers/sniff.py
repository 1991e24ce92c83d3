"""What a file really is, told by its bytes: endings lie (web pages named .doc, .docx files that are old .doc files)."""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path
from typing import IO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_WORD_MAGIC = b"\xec\xa5"  # first bytes of the Word stream's header [MS-DOC 2.5.1]; bit 8 of the flags at offset 10 says encrypted
_SHEET = tuple(name.encode("utf-16-le") for name in ("Workbook\0", "Book\0"))
_SECTOR = 512
_PIECE = 2048 * _SECTOR
_HEAD = 4096
_MIME = re.compile(
    rb"^(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){0,40}?Content-Type:\s*multipart/related", re.IGNORECASE
)
_WORDML = re.compile(rb"^\s*<\?xml[^>]*\?>\s*<\?mso-application\s+progid=[\"']Word\.Document[\"']\s*\?>")
_HTML = re.compile(  # a comment goes to its first end: were that left open, a row of comments could be cut in more ways than can be tried
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|div|table|p)\b",
    re.I | re.S,
)
_ZIPPED = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"))
_MIMETYPE = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet)")
_TEXT = 65_536
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HAN = re.compile("[\u4e00-\u9fff]")
_PRIVATE = re.compile("[\x00-\x08\x0e-\x1f\x80-\x9f\ue000-\uf8ff\ufffd]")
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, IndexError)


def kind_of(data: bytes) -> str:
    """One of docx, xlsx, pptx, odt, ods, ofd, zip; doc, xls, ole (another file of that container), encrypted (an office file with a
    password); pdf, rtf, mht, html, wordml (the XML of Word 2003); empty where it is none of these (plain text, or something unknown)."""
    if data.startswith(_OLE):
        return ole_kind(BytesIO(data))
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if _MIME.match(head.lstrip()):
        return "mht"
    if _WORDML.match(_narrow(head)):
        return "wordml"
    return "html" if _HTML.match(_narrow(head)) else ""


def _zipped(data: bytes) -> str:
    """What is zipped, by the names of the members; a broken archive is just one."""
    if found := _MIMETYPE.search(data[:200]):
        return "odt" if found[1] == b"text" else "ods"
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except _BROKEN:
        return "zip"
    return next((kind for sign, kind in _ZIPPED if any(name.replace("\\", "/").startswith(sign) for name in names)), "zip")


def ole_kind(file: IO[bytes]) -> str:
    """As `kind_of`, of a file that begins as an OLE container does, read from its start piece by piece: little of it is held."""
    word = sheet = locked = False
    before = b""
    while piece := file.read(_PIECE):
        window = before + piece
        if _ENCRYPTED in window:
            return "encrypted"
        word = word or _WORD in window
        sheet = sheet or any(name in window for name in _SHEET)
        headers = (at for at in range(0, len(piece) - 12, _SECTOR) if piece[at : at + 2] == _WORD_MAGIC)
        locked = locked or any(piece[at + 11] & 1 for at in headers)
        before = window[-_SECTOR:]
    if word:
        return "encrypted" if locked else "doc"
    return "xls" if sheet else "ole"


def is_text(path: Path) -> bool:
    """Whether a file is plainly Chinese text, whatever its ending says: its head decodes, without a control character."""
    with path.open("rb") as file:
        head = file.read(_TEXT)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _is_chinese(head[: len(head) // 2 * 2], "utf-16")
    if _CONTROL.search(head):
        return False
    return any(_is_chinese(head[: len(head) - cut], name) for name in ("utf-8", "gb18030") for cut in range(min(4, len(head))))


def _is_chinese(head: bytes, name: str) -> bool:
    try:
        text = head.decode(name)
    except UnicodeDecodeError:
        return False
    return len(_HAN.findall(text)) * 4 >= len(text) > 0 and not _PRIVATE.search(text)


def _narrow(head: bytes) -> bytes:
    """The head of a UTF-16 page with its ASCII characters as bytes."""
    return head[2:].replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
