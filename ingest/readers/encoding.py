"""Bytes to text: byte order mark, UTF-8, GB18030, Big5, told apart by what decodes and by how usual the characters are."""

from __future__ import annotations

import codecs
import re

from corpus.errors import UnknownEncoding, UnknownFormat
from ingest.characters import plausibility

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs")
_SAMPLE = 20_000  # bytes weighed: enough to tell encodings apart
_LOST = 0.02  # share of characters that may be undecodable in a file with a few broken bytes
_HOPELESS = 0.1  # share in the sample above which an encoding is out
_FLOOR = -11.5  # mean weight below which a text is nothing we know
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_NAME = re.compile(r"(?:utf|iso|windows|cp|euc|latin|koi8|shift|x-mac|us)-?[a-z0-9-]{1,16}|ascii|sjis|johab|uhc|mac[a-z]{3,12}")
_HAN = re.compile("[\u4e00-\u9fff]")
_REMEDY = "请另存为 UTF-8 编码的文本文件后重试"


def decode(data: bytes, *, where: str, declared: str | None = None) -> str:
    """Return the text of `data` without its byte order mark.

    `declared` is the encoding a html page claims: it wins where it decodes and nothing fits clearly better. A few broken
    bytes become U+FFFD.
    Raises UnknownEncoding where no encoding gives plausible text, UnknownFormat where the bytes are no text at all.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict_or_patched(data[len(mark) :], encoding, where)
    if b"\x00" in data[:_SAMPLE]:
        return _wide(data, where)
    sample = data[:_SAMPLE]
    if (len(sample) - len(sample.translate(None, _CONTROL))) * 50 > len(sample):
        raise UnknownFormat("这不是文本文件（含大量控制字符）", where=where, remedy="请确认文件的真实格式，改正扩展名后重试")
    if data.isascii():
        return data.decode("ascii")
    whole = _decoded(data, "utf-8")
    if whole is not None and _HAN.search(whole):
        return whole
    encoding = _best(data, where, declared)
    return _strict_or_patched(data, encoding, where)


def _best(data: bytes, where: str, declared: str | None) -> str:
    ranked = []
    names = list(_CANDIDATES)
    known = _lookup(declared)
    if known and known not in names:
        names.append(known)
    start = next((at for at, byte in enumerate(data) if byte > 0x7F), 0)
    sample = data[max(0, start - 200) : start + _SAMPLE]
    for name in names:
        text = sample.decode(name, "replace")
        if len(data) > len(sample):
            text = text.rstrip("\ufffd")
        lost = text.count("\ufffd") / max(1, sum(character > "\x7f" for character in text))
        if lost > _HOPELESS:
            continue
        ranked.append((plausibility(text.replace("\ufffd", "")) - 12 * lost + (0.4 if name == known else 0), name))
    ranked.sort(reverse=True)
    if not ranked or ranked[0][0] < _FLOOR:
        raise UnknownEncoding("无法识别文字编码（不是 UTF-8、GB18030、Big5 或 UTF-16）", where=where, remedy=_REMEDY)
    return ranked[0][1]


def _lookup(declared: str | None) -> str | None:
    """The codec for a declared name; the Chinese ones widened to their supersets. None for an unknown one or one that decodes anything."""
    if not declared:
        return None
    name = declared.strip().lower().replace("_", "-")
    if name in ("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "hz-gb-2312"):
        return "gb18030"
    if name in ("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cp950"):
        return "big5hkscs"
    if not _NAME.fullmatch(name):  # Python has codecs that are no encodings of text (hex, idna, undefined)
        return None
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return None if found in ("iso8859-1", "cp1252", "ascii", "utf-7") or found.startswith("utf-16") else found


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strict_or_patched(data: bytes, encoding: str, where: str) -> str:
    text = _decoded(data, encoding)
    if text is None:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") > max(1, len(text)) * _LOST + 1:
            raise UnknownEncoding(f"按 {encoding} 解码时有大量无效字节", where=where, remedy=_REMEDY)
    return text


def _wide(data: bytes, where: str) -> str:
    """UTF-16 without a mark, told by which half of the ASCII pairs is zero; any other NUL means a binary file."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for encoding, zeros, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        text = _decoded(data, encoding) if zeros > 4 * other and len(data) % 2 == 0 else None
        if text is not None and "\x00" not in text and plausibility(text[: _SAMPLE // 2]) > _FLOOR:
            return text
    raise UnknownFormat("这不是文本文件（含空字节，像是二进制文件）", where=where, remedy="请确认文件的真实格式，改正扩展名后重试")
