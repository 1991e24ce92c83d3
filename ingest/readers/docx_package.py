"""The parts of a .docx file: a zip archive of XML, opened with limits and without trust."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from corpus.errors import DamagedSource, SourceTooLarge, UnknownFormat

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNPACKED = 200 * 1024 * 1024
_PARTS = 5_000
_RATIO = 300  # no text packs better than this; only bombs do
_SMALL = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError, ValueError, KeyError, IndexError)


@dataclass(frozen=True, slots=True)
class Package:
    """Parsed parts; those a document may lack are None."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None


def open_package(data: bytes, where: str, *, limit: int = UNPACKED) -> Package:
    """Raises UnknownFormat (no docx), SourceTooLarge (unpacks to over `limit` bytes), DamagedSource (a broken archive)."""
    if data.startswith(_OLE):
        raise UnknownFormat("这是旧版 .doc 文件或加密的文档", where=where, remedy="请用 WPS 或 Word 取消密码并另存为 .docx")
    if not data.startswith(b"PK"):
        raise UnknownFormat("不是 docx 文件（扩展名与内容不符）", where=where, remedy="请用 WPS 或 Word 打开后另存为 .docx")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check(archive, where, limit)
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise UnknownFormat("压缩包里没有 Word 文档", where=where, remedy="请确认文件确为 .docx")
            parts = {
                name: _parse(archive.read(f"word/{name}.xml"), f"{where} › word/{name}.xml")
                for name in ("document", "styles", "numbering", "footnotes")
                if f"word/{name}.xml" in names
            }
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise UnknownFormat("文件已加密", where=where, remedy="请取消密码后另存为 .docx") from error
    except _BROKEN as error:
        raise DamagedSource("docx 文件不完整或已损坏", where=where, remedy="请用 WPS 或 Word 打开修复，或重新获取文件") from error
    return Package(parts["document"], parts.get("styles"), parts.get("numbering"), parts.get("footnotes"))


def _check(archive: zipfile.ZipFile, where: str, limit: int) -> None:
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries if entry.filename.startswith("word/") and entry.filename.endswith(".xml"))
    suspicious = any(entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size) for entry in entries)
    if size > limit or suspicious or len(entries) > _PARTS:
        raise SourceTooLarge(
            f"解压后超过 {limit // 1024 // 1024} MB 或压缩比异常（疑似压缩炸弹）", where=where, remedy="如确为正常文件，请另存为 txt 后导入"
        )


def _parse(data: bytes, where: str) -> etree._Element:
    """Parse without entities, DTDs or network. Raises DamagedSource."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise DamagedSource("文档含 XML 实体定义，已拒绝读取", where=where, remedy="请用 WPS 或 Word 打开后另存为 .docx")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedSource(f"文档内容无法解析（{error.msg}）", where=where, remedy="请用 WPS 或 Word 打开修复后另存") from error
