"""The parts of a .docx file: a zip archive of XML, opened with limits and without trust."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from corpus.errors import DamagedSource, UnknownFormat
from ingest.limits import Limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (  # "Strict Open XML" is the same language under other names
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"
_OLE = b"\xd0\xcf\x11\xe0"
_TREE = 20  # bytes of memory that reading takes for one of XML: 5 for running text, 18 for a table of short figures (measured)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError, ValueError, KeyError, IndexError)
_REMEDY = "请用 WPS 或 Word 打开修复，或重新获取文件"


@dataclass(frozen=True, slots=True)
class Package:
    """Parsed parts; those a document may lack are None. `headers` and `footers` are those of the first pages, `title` and `pages` what the
    file says about itself (often left over from another file: weak)."""

    document: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    footnotes: etree._Element | None = None
    endnotes: etree._Element | None = None
    headers: tuple[etree._Element, ...] = ()
    footers: tuple[etree._Element, ...] = ()
    title: str = ""
    pages: int | None = None
    chunk: bytes = b""  # a page that stands for the whole document, as web systems export them
    pictures: tuple[bytes, ...] = ()  # those of a document without text
    diagrams: dict[str, etree._Element] = field(default_factory=dict)  # of SmartArt, what its shapes say; by the id of the relation


def open_package(data: bytes, where: str, limits: Limits) -> Package:
    """Raises UnknownFormat (no docx, a password), SourceTooLarge (over `limits.unpacked`, `members` or `memory`), DamagedSource."""
    if data.startswith(_OLE):
        raise UnknownFormat("这是旧版 .doc 文件或加密的文档", where=where, remedy="请用 WPS 或 Word 取消密码并另存为 .docx")
    if not data.startswith(b"PK"):
        raise UnknownFormat("不是 docx 文件（扩展名与内容不符）", where=where, remedy="请用 WPS 或 Word 打开后另存为 .docx")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _Opened(archive, where, limits).package()
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise UnknownFormat("文件已加密", where=where, remedy="请取消密码后另存为 .docx") from error
    except _BROKEN as error:
        raise DamagedSource("docx 文件不完整或已损坏", where=where, remedy=_REMEDY) from error


class _Opened:
    """An archive whose declared sizes are within the limits; zipfile reads no more of a member than is declared."""

    def __init__(self, archive: zipfile.ZipFile, where: str, limits: Limits) -> None:
        self._archive, self._where = archive, where
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in archive.infolist()}
        limits.check("members", len(self._entries), where)
        limits.check("unpacked", sum(entry.file_size for entry in self._entries.values()) / 1024 / 1024, where)
        self._memory, self._limits = 0.0, limits
        self._relations: dict[str, etree._Element | None] = {}

    def package(self) -> Package:
        main = next(iter(self._related("", "officeDocument").values()), "word/document.xml")
        document = self._part(main)
        if document is None or document.tag != f"{W}document":
            raise UnknownFormat("压缩包里没有 Word 文档", where=self._where, remedy="请确认文件确为 .docx")
        headers, footers = (self._running(document, self._related(main, kind), kind) for kind in ("header", "footer"))
        return Package(
            document,
            self._only(main, "styles"),
            self._only(main, "numbering"),
            self._only(main, "footnotes"),
            self._only(main, "endnotes"),
            headers,
            footers,
            self._said("docProps/core.xml", _TITLE),
            int(pages) if (pages := self._said("docProps/app.xml", _PAGES)).isascii() and pages.isdigit() else None,
            self._chunk(main),
            self._pictures(document, main),
            {ident: part for ident, name in self._related(main, "diagramData").items() if (part := self._part(name)) is not None},
        )

    def _chunk(self, main: str) -> bytes:
        entry = next((self._entries[name] for name in self._related(main, "aFChunk").values() if name in self._entries), None)
        return self._archive.read(entry) if entry is not None else b""

    def _pictures(self, document: etree._Element, main: str) -> tuple[bytes, ...]:
        if any((text.text or "").strip() for text in document.iter(f"{W}t")):
            return ()
        related = self._related(main, "image")
        idents = (node.get(f"{R}embed") or node.get(f"{R}id") or "" for node in document.iter(*PICTURES))
        names = dict.fromkeys(related.get(ident, "") for ident in idents)
        return tuple(self._archive.read(self._entries[name]) for name in names if name in self._entries)

    def _only(self, main: str, kind: str) -> etree._Element | None:
        related = self._related(main, kind)
        return self._part(next(iter(related.values()), posixpath.join(posixpath.dirname(main), f"{kind}.xml")))

    def _running(self, document: etree._Element, related: dict[str, str], kind: str) -> tuple[etree._Element, ...]:
        """Headers or footers of the first section, that of its first page before the others."""
        section = next(document.iter(f"{W}sectPr"), None)
        references = section.findall(f"{W}{kind}Reference") if section is not None else []
        references.sort(key=lambda item: item.get(f"{W}type") != "first")
        found = (self._part(related.get(item.get(f"{R}id") or "", "")) for item in references)
        return tuple(part for part in found if part is not None)

    def _related(self, name: str, kind: str) -> dict[str, str]:
        """Parts that a part refers to with a relation of this kind, by the id of the relation."""
        folder, base = posixpath.split(name)
        if name not in self._relations:
            self._relations[name] = self._part(posixpath.join(folder, "_rels", f"{base}.rels"))
        relations = self._relations[name]
        found: dict[str, str] = {}
        for relation in relations.iter(_RELATION) if relations is not None else ():
            if (relation.get("Type") or "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                found[relation.get("Id") or ""] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return found

    def _said(self, name: str, tag: str) -> str:
        part = self._part(name)
        return (part.findtext(tag) or "").strip() if part is not None else ""

    def _part(self, name: str) -> etree._Element | None:
        entry = self._entries.get(name)
        if entry is None:
            return None
        self._memory += entry.file_size * _TREE / 1024 / 1024
        self._limits.check("memory", self._memory, self._where)
        return _parse(self._archive.read(entry), f"{self._where} › {name}")


def _parse(data: bytes, where: str) -> etree._Element:
    """Parse without entities, DTDs or network. Raises DamagedSource."""
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = None if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096] else etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedSource(f"文档内容无法解析（{error.msg}）", where=where, remedy=_REMEDY) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:  # the second in encodings that the first cannot see
        raise DamagedSource("文档含 XML 实体定义，已拒绝读取", where=where, remedy="请用 WPS 或 Word 打开后另存为 .docx")
    return root
