"""What a workbook prints around its cells: heads and feet of the pages, text boxes. Marks of secrecy stand there."""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterator
from typing import IO

_CHUNK = 1024 * 1024
_OVERLAP = 8192  # bytes: an element that is cut by the end of a chunk
_XLSX = re.compile(rb"<(?:\w+:)?((?:odd|even|first)(?:Header|Footer))(?:\s[^>]{0,200})?>([^<]{1,4000})</")
_BOX = re.compile(rb"<a:p>(.{0,6000}?)</a:p>", re.DOTALL)
_ODS = re.compile(rb"<style:((?:header|footer)(?:-left|-first)?)(?:\s[^>]{0,300})?(?<!/)>(.{0,6000}?)</style:\1>", re.DOTALL)
_BREAK = re.compile(rb"</(?:text:p|text:h|a:p)>|<text:line-break/>|<a:br/>")
_TAG = re.compile(rb"<[^>]{0,4000}>")
_CODE = re.compile(r"&\"[^\"]{0,100}\"|&K[0-9A-Fa-f]{6}|&[0-9]{1,3}|&[A-Za-z+-]")
_PART = re.compile("&[LCR]")
_HEADS = (0x14, 0x15)  # HEADER and FOOTER of [MS-XLS] 2.4.136 and 2.4.124


def of_sheet(window: bytes) -> Iterator[str]:
    """Of a piece of the XML of an xlsx sheet."""
    for _, words in _XLSX.findall(window):
        yield from shown(html.unescape(words.decode("utf-8", "replace")))


def of_drawing(window: bytes) -> Iterator[str]:
    """Of a piece of the XML of the shapes on an xlsx sheet."""
    yield from (words for piece in _BOX.findall(window) for words in _plain(piece))


def of_styles(window: bytes) -> Iterator[str]:
    """Of a piece of the styles of an ods."""
    yield from (words for _, piece in _ODS.findall(window) for words in _plain(piece))


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """A file piece by piece, each with the end of the one before."""
    before = b""
    while data := file.read(_CHUNK):
        yield before + data
        before = data[-_OVERLAP:]


def of_stream(data: bytes) -> Iterator[str]:
    """Of the stream of an old workbook."""
    at = 0
    wide = data[4:6] == b"\x00\x06"  # BIFF8 in its first record
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + size]
        if kind in _HEADS and len(body) > 3:
            yield from shown(_wide(body) if wide else body[1:].decode("gb18030", "replace"))
        at += 4 + size


def shown(words: str) -> Iterator[str]:
    """A head as it is written (`&L&\"宋体\"&12机密&R第&P页`) as the pieces that are printed."""
    for part in _PART.split(words):
        yield from filter(None, (line.strip() for line in _CODE.sub("", part).splitlines()))


def _wide(body: bytes) -> str:
    count, flags = struct.unpack_from("<HB", body)
    return body[3 : 3 + 2 * count].decode("utf-16-le", "replace") if flags & 1 else body[3 : 3 + count].decode("latin-1")


def _plain(piece: bytes) -> Iterator[str]:
    words = html.unescape(_TAG.sub(b"", _BREAK.sub(b"\n", piece)).decode("utf-8", "replace"))
    yield from filter(None, (line.strip() for line in words.splitlines()))
