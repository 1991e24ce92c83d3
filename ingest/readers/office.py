"""Office files: .docx is read here, .doc, .wps, .rtf and .odt are first turned into .docx by LibreOffice where it is installed.

What a file is goes by its bytes: a web page or a .docx that is called .doc is read as what it is. Macros never run: LibreOffice gets a
user profile of its own (so that several conversions do not meet) in which macros, links and updates are forbidden.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpus.errors import DamagedSource, SourceTooLarge, UnknownFormat
from ingest import scratch
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers import mht, programs, txt
from ingest.readers.docx import reader as docx
from ingest.readers.html import reader as html
from ingest.readers.sniff import kind_of

REMEDY_DOCX = "请用 WPS 或 Word 打开后另存为 .docx"
REMEDY_OFD = "请用 OFD 阅读器打开后另存为 PDF"
REMEDY_PDF = "请把扩展名改为 .pdf 后重新导入"
REMEDY_PASSWORD = "请用 WPS 或 Word 打开，取消密码后另存为 .docx"
_NAMES = ("soffice", "libreoffice")
_FOLDERS = ("/Applications/LibreOffice.app/Contents/MacOS", "/opt/libreoffice/program", "/usr/lib/libreoffice/program")
_UNNAMED = (("ole", ".wps"), ("zip", ".odt"))  # what only the ending tells
_SHARE = 0.8  # of the time of a file: who reads it is ended when all is used up, and the message would not say that it was LibreOffice
_FILTERS = {  # without one, LibreOffice takes a damaged file for plain text
    ".doc": "MS Word 97",
    ".rtf": "Rich Text Format",
    ".odt": "writer8",
    ".xml": "MS Word 2003 XML",
    ".xls": "MS Excel 97",
    ".et": "MS Excel 97",
    ".ods": "calc8",
}
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>\n',
    '<item oor:path="/{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>',
)


def read(raw: RawReport, limits: Limits) -> Draft:
    """Read any text file of an office by what its bytes say it is. The source text is that of the format it is read as.

    Raises UnknownFormat (another kind of file, a password, LibreOffice needed and missing), and what the docx and html readers raise.
    """
    kind = kind_of(raw.data)
    suffix = PurePosixPath(raw.source).suffix.lower()
    if kind == "docx" or (kind == "zip" and suffix != ".odt"):
        return docx.read(raw, limits)
    if kind == "html":
        return html.read(raw, limits)
    if kind == "mht":
        return mht.read(raw, limits)
    if kind in ("doc", "rtf", "odt") or (kind, suffix) in _UNNAMED:
        converted = convert(raw.data, suffix if (kind, suffix) in _UNNAMED else f".{kind}", "docx", limits, raw.where)
        return docx.read(replace(raw, data=converted), limits)
    if kind == "wordml":
        return docx.read(replace(raw, data=convert(raw.data, ".xml", "docx", limits, raw.where)), limits)
    if kind == "" and suffix != ".docx":
        return txt.read(raw, limits)
    raise _refusal(kind, suffix, raw.where)


def _refusal(kind: str, suffix: str, where: str) -> UnknownFormat:
    if kind == "encrypted":
        return UnknownFormat("文档已加密，需要密码才能打开", where=where, remedy=REMEDY_PASSWORD)
    if kind == "pdf":
        return UnknownFormat(f"扩展名是“{suffix}”，内容却是 PDF", where=where, remedy=REMEDY_PDF)
    if kind == "ofd":
        return UnknownFormat("这是 OFD 版式文件", where=where, remedy=REMEDY_OFD)
    if kind in ("xlsx", "xls", "ods"):
        return UnknownFormat("这是电子表格，不是文字文档", where=where, remedy="请把扩展名改为 .xlsx 后重新导入")
    return UnknownFormat(
        "不是文字文档（扩展名与内容不符）", where=where, remedy=f"请确认文件的真实格式，或{REMEDY_DOCX.removeprefix('请')}"
    )


def find_program() -> Path | None:
    """LibreOffice's program, from PATH or from where it is usually installed; None where there is none."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    windows = [Path(os.environ[name]) / "LibreOffice" / "program" for name in ("ProgramFiles", "ProgramFiles(x86)") if name in os.environ]
    candidates = [folder / name for folder in (*windows, *map(Path, _FOLDERS)) for name in ("soffice.exe", "soffice")]
    return next((path for path in candidates if path.is_file()), None)


def convert(data: bytes, suffix: str, to: str, limits: Limits, where: str) -> bytes:
    """`data` as a file of the format `to` (docx, xlsx, pdf), made by LibreOffice; `suffix` (.doc, .et) says what it is.

    Raises UnknownFormat where LibreOffice is not installed, DamagedSource where it cannot open the file, SourceTooLarge where it takes
    over `limits.seconds` or the result is over `limits.unpacked`.
    """
    program = find_program()
    if program is None:
        raise UnknownFormat(
            f"读取 {suffix} 文件需要 LibreOffice，本机没有安装",
            where=where,
            remedy=f"请用 WPS 或 Word 打开后另存为 .{to}，或安装 LibreOffice 后重试",
        )
    with tempfile.TemporaryDirectory(dir=scratch.folder(), ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _write_profile(folder / "profile")
        file, made = folder / f"file{suffix}", folder / "out" / f"file.{to}"
        file.write_bytes(data)
        command = [
            str(program), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            *([f"--infilter={_FILTERS[suffix]}"] if suffix in _FILTERS else []),
            "--convert-to", to, "--outdir", str(made.parent), str(file),
        ]  # fmt: skip
        if not _run(command, limits):
            raise SourceTooLarge(
                f"LibreOffice 在 {_SHARE * limits.seconds:.0f} 秒内没有转换完",
                where=where,
                remedy=f"可用 --limit seconds={2 * limits.seconds} 调高上限，或{REMEDY_DOCX.removeprefix('请')}",
            )
        if not made.is_file():
            raise DamagedSource("LibreOffice 打不开这个文件（不完整、已损坏或有密码）", where=where, remedy=REMEDY_DOCX)
        limits.check("unpacked", made.stat().st_size / 1024 / 1024, where)
        return made.read_bytes()


def _write_profile(folder: Path) -> None:
    items = "".join(_PROFILE[1].format(*setting) for setting in _SETTINGS)
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE[0].format(items), encoding="utf-8")


def _run(command: list[str], limits: Limits) -> bool:
    """Run to the end; False where it took too long and was ended with all that it had started (soffice is a script around a program)."""
    with programs.running(command, limits) as process:
        try:
            process.wait(_SHARE * limits.seconds)
        except subprocess.TimeoutExpired:
            return False
    return True
