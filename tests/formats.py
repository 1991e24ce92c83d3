"""A real file of every format that is read, made by the format's own library or program from one invented text.

Formats that need a program or an extra that this machine lacks (doc, rtf, odt: LibreOffice; 7z; pictures: OCR and a font) are left out.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.charset import QP, Charset
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import docx
import openpyxl
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

TITLE = "青禾社区加装电梯案例"
LINES = (
    "一、背景",
    "青禾社区是建于1998年的老旧小区，共有居民320户。一楼业主担心采光和噪声，反对加装电梯，居民多次向社区居委会反映。",
    "二、做法",
    "2021年5月，青禾社区党委召开居民议事会三次，投入资金36万元。社区居委会主任林某说：“方案改了又改，大家才点头。”",
    "有事请打13800138000，统一社会信用代码91330100799655058B，文号青政发〔2021〕8号。",
    "三、成效",
    "方案表决同意率为86%，投诉由32件降至3件，问题得到解决。",
)
TEXT = "\n".join((TITLE, "", *LINES)) + "\n"
_OFFICE = ("doc", "rtf", "odt")


@dataclass(frozen=True)
class Seed:
    """A good file: `name` with its ending, its bytes. `slow`: reading it takes seconds (a program is started, or a picture recognised)."""

    name: str
    data: bytes
    slow: bool = False

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2]


@cache
def seeds() -> dict[str, Seed]:
    """Seeds by a name for the format: those that this machine can make."""
    made = {name: Seed(*_named(name), slow=name in (*_OFFICE, "png", "scan")) for name in _MAKERS}
    return {name: seed for name, seed in made.items() if seed.data}


def _named(name: str) -> tuple[str, bytes]:
    ending, make = _MAKERS[name]
    return f"{name}.{ending}", make()


def _html() -> str:
    paragraphs = "\n".join(f"<h2>{line}</h2>" if line[1] == "、" else f"<p>{line}</p>" for line in LINES)
    return (
        f'<!doctype html>\n<html><head><meta charset="utf-8"><title>{TITLE}_某某网</title>\n<style>p {{ margin: 0 }}</style></head><body>\n'
        '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/news">新闻</a></li></ul></div>\n'
        f'<div id="main"><h1>{TITLE}</h1><p class="info">来源：某某日报 2021-08-01</p>\n{paragraphs}\n</div>\n'
        '<div class="related"><h3>相关阅读</h3><a href="/1">别处的一则新闻</a></div><script>var n = 1 < 2;</script></body></html>\n'
    )


def _wechat() -> str:
    paragraphs = "\n".join(f'<p style="text-indent: 2em;"><span>{line}</span></p>' for line in LINES)
    return (
        f'<!doctype html>\n<html><head><meta charset="utf-8"><meta property="og:title" content="{TITLE}"><title></title></head><body>\n'
        f'<div id="js_article"><h1 class="rich_media_title" id="activity-name">{TITLE}</h1>\n'
        '<div id="meta_content"><a id="js_name">青禾发布</a><em id="publish_time">2021-08-01 09:30</em></div>\n'
        f'<div class="rich_media_content" id="js_content">{paragraphs}<p>往期推荐</p><p><a href="#">别处的一篇</a></p>'
        "<p>点赞</p><p>在看</p></div></div></body></html>\n"
    )


def _mht() -> bytes:
    message = MIMEMultipart("related", "----=_boundary")
    message["Subject"] = TITLE
    message["Snapshot-Content-Location"] = "https://example.invalid/a.html"
    charset = Charset("utf-8")
    charset.body_encoding = QP
    page = MIMEText(_html(), "html", charset)  # type: ignore[arg-type]  # typeshed names strings only
    page["Content-Location"] = "https://example.invalid/a.html"
    message.attach(page)
    return message.as_bytes()


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for line in LINES:
        if line[1] == "、":
            document.add_heading(line, 1)
        else:
            document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("申报单位", "青禾社区", "联系人", "林某某"), strict=True):
        cell.text = text
    return _undated(_saved(document.save))


def _undated(package: bytes) -> bytes:
    """An office file without the time of its making, so that it is the same at every time."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = {item.filename: archive.read(item) for item in archive.infolist()}
    return _packed({name: re.sub(rb"(W3CDTF\">)[^<]+", rb"\g<1>2021-08-01T00:00:00Z", data) for name, data in members.items()})


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def _office(ending: str) -> bytes:
    """The docx turned into another format by LibreOffice; nothing where there is none."""
    program = shutil.which("soffice")
    if program is None:
        return b""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.docx")
        path.write_bytes(_docx())
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", ending, "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return path.with_suffix(f".{ending}").read_bytes()


def _pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for page in range(2):
        canvas.setFont("STSong-Light", 18)
        canvas.drawString(72, 760, TITLE)
        canvas.setFont("STSong-Light", 12)
        at = 720
        for line in LINES:
            for start in range(0, len(line), 34):
                canvas.drawString(72, at, line[start : start + 34])
                at -= 20
        canvas.drawCentredString(297, 40, f"— {page + 1} —")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _picture() -> Image.Image | None:
    """The first lines of the text as a scan shows them; None where the machine has no Chinese font, or nothing that recognises text."""
    if find_spec("rapidocr") is None:
        return None
    fonts = [Path(name) for name in ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "C:/Windows/Fonts/msyh.ttc")]
    found = next((font for font in fonts if font.exists()), None)
    if found is None:
        return None
    picture = Image.new("L", (900, 260), 255)
    font = ImageFont.truetype(str(found), 30)
    for number, line in enumerate((TITLE, LINES[0], LINES[1][:26], LINES[1][26:52])):
        ImageDraw.Draw(picture).text((30, 20 + 55 * number), line, fill=0, font=font)
    return picture


def _png() -> bytes:
    picture = _picture()
    return _saved(lambda out: picture.save(out, "PNG")) if picture else b""


def _scan() -> bytes:
    picture = _picture()
    return _saved(lambda out: picture.save(out, "PDF")) if picture else b""


def _table() -> list[list[str]]:
    head = ["申报编号", "案例名称", "申报单位", "联系人", "联系电话", "正文"]
    body = "\n".join(LINES)
    return [head, *([f"JDZ-{number:03}", f"{TITLE}之{number}", "青禾社区", "林某某", "13800138000", body] for number in range(1, 4))]


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in _table():
        book.active.append(row)
    return _undated(_saved(book.save))


def _csv() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(_table())
    return out.getvalue().encode("gb18030")


def _jsonl() -> bytes:
    rows = [{"id": f"r{number}", "title": TITLE, "text": TEXT, "published": "2021-08-01", "author": ["林某"]} for number in range(3)]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def _members() -> dict[str, bytes]:
    return {
        "材料/一.txt": TEXT.encode(),
        "材料/二.docx": _docx(),
        "材料/三.html": _html().encode(),
        "内层.zip": _packed({"四.txt": TEXT.encode()}),
    }


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _seven() -> bytes:
    program = shutil.which("7z") or shutil.which("7zz")
    if program is None:
        return b""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in _members().items():
            path = Path(folder, "in", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            os.utime(path, (1_627_776_000, 1_627_776_000))
        out = Path(folder, "out.7z")
        subprocess.run([program, "a", str(out), "."], cwd=Path(folder, "in"), check=True, capture_output=True, timeout=60)
        return out.read_bytes()


def _eml() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.invalid", "b@example.invalid", f"报送{TITLE}"
    message["Date"] = "Sun, 01 Aug 2021 09:30:00 +0800"
    message.set_content(TEXT)
    message.add_attachment(_docx(), maintype="application", subtype="octet-stream", filename="案例.docx")
    message.set_boundary("----=_boundary")
    return message.as_bytes()


_MAKERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "utf8": ("txt", TEXT.encode),
    "gbk": ("txt", lambda: TEXT.encode("gb18030")),
    "utf16": ("txt", lambda: TEXT.encode("utf-16")),
    "md": (
        "md",
        lambda: f"# {TITLE}\n\n{TEXT.replace('一、', '## 一、')}\n- 甲\n- 乙\n\n| 户数 | 金额 |\n|---|---|\n| 320 | 36 |\n".encode(),
    ),
    "html": ("html", lambda: _html().encode()),
    "html_gbk": ("htm", lambda: _html().replace("utf-8", "gb2312").encode("gb18030")),
    "wechat": ("html", lambda: _wechat().encode()),
    "mht": ("mht", _mht),
    "docx": ("docx", _docx),
    "doc": ("doc", lambda: _office("doc")),
    "rtf": ("rtf", lambda: _office("rtf")),
    "odt": ("odt", lambda: _office("odt")),
    "pdf": ("pdf", _pdf),
    "scan": ("pdf", _scan),
    "png": ("png", _png),
    "xlsx": ("xlsx", _xlsx),
    "csv": ("csv", _csv),
    "zip": ("zip", lambda: _packed(_members())),
    "7z": ("7z", _seven),
    "eml": ("eml", _eml),
    "jsonl": ("jsonl", _jsonl),
    "json": ("json", lambda: json.dumps({"id": "一", "title": TITLE, "text": TEXT}, ensure_ascii=False).encode()),
}
NAMES = tuple(_MAKERS)
