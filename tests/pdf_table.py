"""Text of PDF files and scans against the text that was put in: `python -m tests.pdf_table [--scans] [--show KIND]`.

The samples' texts are set as PDF by three programs (reportlab, LibreOffice, Chromium) in one and two columns with running heads, page
numbers and footnotes, and read again. *F1*: 2 LCS / (read + given) over characters without white space. *Paragraphs*: share of the given
paragraphs that come out as one line each, letter for letter; *lines*: share of the lines read that are a given paragraph (a line joined
wrongly or a running head left in counts against it). *Headings*: share of the given headings that are marked. *Pages*: a second, on one
core. With --scans the same pages are rendered at several resolutions, turned and with noise, and recognised; *wrong* is the character
error rate, and below it stands how many lines of each confidence have an error, which is where the threshold for damaged lines comes from.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import LCSseq, Levenshtein

from ingest.draft import Draft, RawReport
from ingest.limits import DEFAULT
from ingest.readers import image, ocr, read
from ingest.readers.pdf import reader as pdf
from ingest.segment import find_headings

sys.path.insert(0, str(Path(__file__).parent / "unit"))
import pdf_files

Blocks = list[tuple[str, str]]
SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples" / "reports"
HEAD = "虚构市基层治理案例选编"
NOTE = "① 数字由社区居委会统计，截至当年年底。"


def samples() -> list[Blocks]:
    """The sample reports as (kind, paragraph)."""
    media = {".txt": "txt", ".docx": "docx"}
    found = []
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix not in media:
            continue
        draft = read(RawReport(path.name, path.read_bytes(), media[path.suffix], path.name), DEFAULT)
        headings = {heading.start for heading in find_headings(draft.text, 0, draft.marks) if not heading.run_in}
        blocks: Blocks = []
        at = 0
        for line in draft.text.split("\n"):
            words = " ".join(line.split())
            if len(words) > 1 and re.search("\\w", words):
                blocks.append(("title" if not blocks else "heading" if at in headings else "text", words))
            at += len(line) + 1
        found.append(blocks)
    return found


def by_reportlab(blocks: Blocks, columns: int) -> bytes:
    return pdf_files.document(blocks, columns=columns, head=HEAD, notes={1: [NOTE]})


def flush(blocks: Blocks, columns: int) -> bytes:
    """Paragraphs without indentation, told by their distance."""
    return pdf_files.document([("flush" if kind == "text" else kind, words) for kind, words in blocks], columns=columns, head=HEAD)


def by_libreoffice(blocks: Blocks, columns: int) -> bytes:
    """A Word file with running head, page number and columns, converted."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Pt

    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = HEAD
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("第 ")
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    foot.add_run(" 页")
    if columns > 1:
        shape = section._sectPr.find(qn("w:cols"))
        shape = shape if shape is not None else section._sectPr.append(OxmlElement("w:cols"))
        shape.set(qn("w:num"), str(columns))
    for kind, words in blocks:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(words)
        run.font.name = "Noto Serif CJK SC"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
        run.font.size = Pt({"title": 20, "heading": 12}.get(kind, 12))
        run.bold = kind == "heading"
        if kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if kind == "text":
            paragraph.paragraph_format.first_line_indent = Pt(24)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.space_after = Pt(0)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.docx"
        document.save(str(source))
        run_program(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/p", "--convert-to", "pdf", "--outdir", folder, str(source)]
        )
        return (Path(folder) / "a.pdf").read_bytes()


def by_chromium(blocks: Blocks, columns: int) -> bytes:
    tags = {"title": "h1", "heading": "h2", "text": "p"}
    page = "".join(f"<{tags[kind]}>{html.escape(words)}</{tags[kind]}>" for kind, words in blocks)
    columned = f"column-count:{columns}" if columns > 1 else ""
    style = f"@page{{size:A4}}body{{font:11pt 'Noto Serif CJK SC';{columned}}}h1{{column-span:all;text-align:center}}p{{margin:.5em 0}}"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.html"
        source.write_text(f"<meta charset=utf-8><style>{style}</style>{page}", encoding="utf-8")
        target = Path(folder) / "a.pdf"
        run_program(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={folder}/p",
                f"--print-to-pdf={target}",
                str(source),
            ]
        )
        return target.read_bytes()


def run_program(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=180)


KINDS: dict[str, tuple[Callable[[Blocks, int], bytes], int, str]] = {
    "reportlab": (by_reportlab, 1, ""),
    "reportlab, 2 columns": (by_reportlab, 2, ""),
    "reportlab, flush": (flush, 1, ""),
    "reportlab, flush, 2 columns": (flush, 2, ""),
    "LibreOffice": (by_libreoffice, 1, "soffice"),
    "LibreOffice, 2 columns": (by_libreoffice, 2, "soffice"),
    "Chromium": (by_chromium, 1, "chromium"),
    "Chromium, 2 columns": (by_chromium, 2, "chromium"),
}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _lines(draft: Draft) -> list[str]:
    notes = {draft.text[mark.start : mark.end] for mark in draft.marks if mark.kind == "note"}
    return [_plain(line) for line in draft.text.split("\n") if line.strip() and line not in notes]


def _measure(draft: Draft, blocks: Blocks) -> tuple[float, float, float, float]:
    given, got = [_plain(words) for _, words in blocks], _lines(draft)
    a, b = "".join(given), "".join(got)
    common = LCSseq.similarity(a, b)
    marked = {_plain(draft.text[mark.start : mark.end]) for mark in draft.marks if mark.kind in ("heading", "title")}
    headings = [_plain(words) for kind, words in blocks if kind != "text"]
    return (
        2 * common / (len(a) + len(b)),
        sum(words in set(got) for words in given) / len(given),
        sum(line in set(given) for line in got) / len(got),
        sum(words in marked for words in headings) / len(headings),
    )


def texts(show: str) -> None:
    print(f"{'':28} {'F1':>6} {'paragraphs':>10} {'lines':>6} {'headings':>8} {'pages/s':>8}")
    for name, (make, columns, program) in KINDS.items():
        if program and shutil.which(program) is None:
            print(f"{name:28} not measured: {program} is not installed")
            continue
        rows = []
        pages, seconds = 0, 0.0
        for blocks in samples():
            data = make(blocks, columns)
            began = time.process_time()
            draft = pdf.read(RawReport("a.pdf", data, "pdf", "a.pdf"), DEFAULT)
            seconds += time.process_time() - began
            pages += max(int(item.value) for item in draft.locations if item.kind == "page")
            rows.append(_measure(draft, blocks))
            if show == name:
                _show(draft, blocks)
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(f"{name:28} {means[0]:6.4f} {means[1]:10.3f} {means[2]:6.3f} {means[3]:8.3f} {pages / seconds:8.0f}")


def _show(draft: Draft, blocks: Blocks) -> None:
    given, got = {_plain(words) for _, words in blocks}, _lines(draft)
    for line in got:
        if line not in given:
            print("  read: ", line[:120])
    for words in given - set(got):
        print("  given:", words[:120])


def scans(count: int) -> None:
    if not ocr.available():
        print("scans not measured: the extra ocr is not installed")
        return
    print(f"\n{'scan':34} {'wrong':>7} {'paragraphs':>10} {'s/page':>7}")
    sure: list[tuple[float, bool]] = []
    for dpi, turn, noise in (
        (300, 0.0, 0.0),
        (200, 0.0, 0.0),
        (150, 0.0, 0.0),
        (100, 0.0, 0.0),
        (72, 0.0, 0.0),
        (200, 0.7, 12.0),
        (150, -1.2, 25.0),
    ):
        errors = length = whole = lines = pages = 0
        seconds = 0.0
        for blocks in samples()[:count]:
            pictures = pdf_files.scan_of(pdf_files.document(blocks, head=HEAD), dpi=dpi, turn=turn, noise=noise)[:1]
            file = io.BytesIO()
            pictures[0].save(file, "PNG")
            began = time.process_time()
            draft = image.read(RawReport("a.png", file.getvalue(), "image", "a.png"), DEFAULT)
            seconds += time.process_time() - began
            pages += 1
            given = [_plain(words) for _, words in blocks]
            got = _lines(draft)
            got = [line for line in got if line != HEAD]
            read = "".join(got)
            text = _nearest(read, "".join([*given]))
            errors += Levenshtein.distance(read, text)
            length += len(text)
            whole += sum(line in set(given) for line in got)
            lines += len(got)
            every = "".join([HEAD, *given])
            for item in draft.locations:
                if item.kind == "box":
                    line = _plain(draft.source[item.start : item.end])
                    sure.append((item.confidence, line in every))
        name = f"{dpi} dpi, turned {turn}°, noise {noise:.0f}"
        print(f"{name:34} {errors / length:7.4f} {whole / lines:10.3f} {seconds / pages:7.1f}")
    print("\nconfidence      lines  with an error")
    borders = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 1.01)
    for low, high in pairwise(borders):
        found = [right for value, right in sure if low <= value < high]
        if found:
            print(f"{low:.2f} to {min(high, 1):.2f}  {len(found):7} {1 - sum(found) / len(found):13.2f}")


def _nearest(read: str, given: str) -> str:
    """The beginning of the given text that is nearest to what was read on the first page."""
    ends = range(max(0, len(read) - 60), min(len(given), len(read) + 60) + 1)
    return min((given[:end] for end in ends), key=lambda text: Levenshtein.distance(read, text), default=given)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scans", type=int, default=0, metavar="N", help="recognise the first page of N samples too")
    parser.add_argument("--show", default="", metavar="KIND", help="print the lines that differ")
    parser.add_argument("--only-scans", action="store_true")
    given = parser.parse_args()
    if not given.only_scans:
        texts(given.show)
    if given.scans:
        scans(given.scans)


if __name__ == "__main__":
    main()
