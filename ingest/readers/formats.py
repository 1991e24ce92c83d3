"""What a file is, by its ending and by its first bytes: which reader or expander takes it, or why none does."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from corpus.errors import UnknownFormat
from ingest.limits import DEFAULT, Limits
from ingest.readers.sniff import is_text, kind_of, ole_kind
from ingest.readers.zip_names import NoZip, first_bytes, names

_ENDINGS = {
    "txt": "txt text",
    "md": "md markdown",
    "html": "html htm xhtml shtml",
    "mht": "mht mhtml",
    "docx": "docx docm dotx",
    "doc": "doc dot",
    "wps": "wps wpt",
    "rtf": "rtf",
    "odt": "odt",
    "pdf": "pdf",
    "image": "png jpg jpeg bmp tif tiff webp gif jfif",
    "table": "xlsx xlsm xltx xls et ett csv tsv ods",
    "mail": "eml",
    "archive": "zip rar 7z tar tgz gz tbz2 bz2 txz xz",
    "json": "json",
    "jsonl": "jsonl ndjson",
}
MEDIA = MappingProxyType({f".{ending}": media for media, endings in _ENDINGS.items() for ending in endings.split()})
READABLE = (
    "可读取 txt、md、html、mht、doc、docx、wps、rtf、odt、pdf、图片（png、jpg、tif 等）、"
    "xlsx、xls、et、ods、csv、eml、zip、rar、7z、tar、json、jsonl"
)
_TOLD = (
    ("ofd", "OFD 版式文件", "请用 OFD 阅读器打开后另存为 PDF"),
    ("ceb cebx gw gd sep", "公文版式文件", "请用它的阅读器打开后打印或另存为 PDF"),
    ("caj kdh nh", "CAJ 文献", "请用 CAJViewer 打开后另存为 PDF"),
    ("ppt pptx pptm pps ppsx dps dpt odp key", "演示文稿", "请另存为 PDF，或把文字粘贴到 Word 文档"),
    ("pages", "Pages 文稿", "请用 Pages 导出为 Word（.docx）或 PDF"),
    ("numbers", "Numbers 表格", "请用 Numbers 导出为 Excel（.xlsx）"),
    ("xlsb", "二进制的 Excel 工作簿", "请用 WPS 或 Excel 另存为 .xlsx"),
    ("msg pst ost", "Outlook 邮件", "请在邮件程序里另存为 .eml"),
    ("epub mobi azw3", "电子书", "请转换为 PDF 或 txt"),
    ("mp3 wav m4a amr wma aac", "录音", "请先整理成文字稿"),
    ("mp4 mov avi mkv wmv flv", "录像", "请先整理成文字稿"),
    ("heic heif psd ai cdr raw", "不常用的图片格式", "请转换为 jpg 或 png"),
    ("exe msi dll bat cmd com scr vbs js jar apk sh py", "程序，不是材料", "无需导入"),
    ("db sqlite mdb accdb sql dbf", "数据库", "请导出为 xlsx 或 csv"),
    ("lnk url webloc", "快捷方式，不是文件本身", "请导入它指向的文件"),
    ("css svg ico woff woff2 ttf", "网页的附件", "无需导入"),
    ("001 z01 r00 r01", "分卷压缩包的一部分", "请把各卷放在一起解压后导入文件夹"),
    ("cab iso lzh arj z dmg", "不支持的压缩格式", "请解压后导入文件夹"),
)  # fmt: skip
_SPECIAL = {f".{ending}": (name, remedy) for endings, name, remedy in _TOLD for ending in endings.split()}
_KINDS = {
    "pdf": "pdf", "rtf": "rtf", "mht": "mht", "html": "html", "doc": "doc", "wordml": "doc", "xls": "table", "docx": "docx",
    "xlsx": "table", "odt": "odt", "ods": "table", "image": "image", "archive": "archive", "zip": "archive",
}  # fmt: skip
_AGREE = {  # media whose readers look at the bytes themselves: what they may find behind their ending
    "table": {"html", "xls", "xlsx", "ods"},
    "wps": {"doc"},
    "mail": {"mht"},
    "md": {"html"},
    "json": {"html"},
    "jsonl": {"html"},
}
_BINARY = frozenset("docx odt pdf".split())  # media whose readers take no plain text
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0")
_OLE = b"\xd0\xcf\x11\xe0"
_HEAD = 65_536
_WHOLE_PAGE = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_DOCUMENTS = (  # a member of an office file, and what the file is
    (b"word/document.xml", "docx"),
    (b"xl/workbook.xml", "xlsx"),
    (b"ppt/presentation.xml", "ppt"),
    (b"xl/workbook.bin", "xlsb"),
    (b"OFD.xml", "ofd"),
    (b"Index/Document.iwa", "pages"),
    (b"META-INF/container.xml", "epub"),
    (b"AndroidManifest.xml", "apk"),
    (b"META-INF/MANIFEST.MF", "jar"),
)
_MIMETYPE = b"mimetype"
_OFFICE = frozenset((_MIMETYPE, b"[Content_Types].xml", b"META-INF/manifest.xml"))  # parts of an office file, broken or not
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}


def media_of(key: str, path: Path, limits: Limits = DEFAULT) -> str:
    """The media of the file at `path`, which is known by `key` (its name may be another). This is done in the process that walks, outside
    of any limit, so little is held whatever the file is: its head, of a zip archive one name at a time, of an OLE file one piece.

    The ending decides where the bytes do not say otherwise beyond doubt. Raises UnknownFormat (nothing reads it; locked by a password),
    SourceTooLarge (a zip archive of more than `limits.members`), OSError.
    """
    suffix = PurePosixPath(key).suffix.lower()
    media = MEDIA.get(suffix)
    kind = _kind(path, limits, key, whole=media not in ("archive", "jsonl"))
    if kind == "encrypted":
        raise UnknownFormat("文件已加密，需要密码才能打开", where=key, remedy="请用 WPS 或 Office 打开，取消密码后另存")
    if f".{kind}" in _SPECIAL and media != "archive":
        raise _unknown(f".{kind}", key)
    if media is None and (suffix in _SPECIAL or kind not in _KINDS or (_KINDS[kind] == "archive" and suffix)):
        raise _unknown(suffix, key)
    if media in _BINARY and not kind and is_text(path):
        return "txt"
    if media is not None and (
        kind not in _KINDS or kind in _AGREE.get(media, ()) or (media == "txt" and kind == "html" and not _page(path))
    ):
        return media
    return _KINDS[kind]


def _page(path: Path) -> bool:
    """Whether a text file is a whole web page; one with a few tags is a text that needs to be cleaned."""
    with path.open("rb") as file:
        return _WHOLE_PAGE.match(file.read(_HEAD).replace(b"\0", b"")) is not None


def _unknown(suffix: str, where: str) -> UnknownFormat:
    if suffix in _SPECIAL:
        name, remedy = _SPECIAL[suffix]
        return UnknownFormat(f"这是{name}（{suffix}），不能直接读取", where=where, remedy=remedy)
    return UnknownFormat(f"不支持的格式“{suffix or '无扩展名'}”", where=where, remedy=READABLE)


def _kind(path: Path, limits: Limits, where: str, *, whole: bool) -> str:
    """As `sniff.kind_of`, with image and archive; `zip` for one that is no office file and can be opened."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_OLE):
            file.seek(0)
            return ole_kind(file) if whole else "ole"
    if head.startswith(b"PK"):
        return _zip_kind(path, limits, where)
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[:2] == b"BM" and head[6:10] == bytes(4)):
        return "image"
    if head.startswith(_PACKED) or head[257:262] == b"ustar":
        return "archive"
    return kind_of(head)


def _zip_kind(path: Path, limits: Limits, where: str) -> str:
    wanted = {name for name, _ in _DOCUMENTS} | _OFFICE
    found: dict[bytes, int] = {}
    try:
        found.update((name, at) for name, at in names(path, limits, where) if name in wanted)
        if _MIMETYPE in found and (kind := _ODF.get(first_bytes(path, found[_MIMETYPE], 100).strip())) is not None:
            return kind
    except NoZip:
        return ""  # broken: its ending says what it was
    return next((kind for name, kind in _DOCUMENTS if name in found), "" if _OFFICE & found.keys() else "zip")
