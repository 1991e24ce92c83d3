"""Recognition: scans and pictures, turned and skewed; without the engine, without a network, and with bad files."""

from __future__ import annotations

import contextlib
import io
import random
import socket
import struct
import warnings
import zlib
from pathlib import Path
from types import SimpleNamespace

import pdf_files
import pytest
from damage import PROSE

from corpus.errors import DamagedSource, EmptySource, SourceTooLarge, UnknownFormat, UnreadableSource
from ingest.draft import Draft, RawReport
from ingest.limits import DEFAULT, Limits
from ingest.readers import image, ocr
from ingest.readers.layout import draft
from ingest.readers.layout.draft import DAMAGED_BELOW
from ingest.readers.layout.lines import Fragment, Page, in_order
from ingest.readers.pdf import reader as pdf

Image = pytest.importorskip("PIL.Image", reason="Pillow comes with the extra ocr")
engine = pytest.mark.skipif(not ocr.available(), reason='rapidocr is not installed: pip install "jindianzi[ocr]"')
SCAN = Path(__file__).parents[2] / "corpus" / "samples" / "reports" / "扫描件_平安简报第9期.jpg"
FEW = [("heading", "停车难在哪里"), ("text", PROSE[3])]


def read_image(data: bytes, limits: Limits = DEFAULT) -> Draft:
    return image.read(RawReport("甲.png", data, "image", "甲.png"), limits)


def read_pdf(data: bytes, limits: Limits = DEFAULT) -> Draft:
    return pdf.read(RawReport("甲.pdf", data, "pdf", "甲.pdf"), limits)


def page_of(blocks: list[tuple[str, str]], **options: float) -> Image.Image:
    """The upper quarter of a page of text as a grey picture at 110 dpi."""
    picture = pdf_files.scan_of(pdf_files.document(blocks, number=""), dpi=110, **options)[0]  # type: ignore[arg-type]
    return picture.crop((0, 0, picture.width, picture.height // 4))


def saved(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def plain(text: str) -> str:
    return "".join(text.split())


def wrong(read: str, given: str) -> float:
    """Share of characters that differ (edit distance)."""
    a, b = plain(read), plain(given)
    row = list(range(len(b) + 1))
    for n, sign in enumerate(a, 1):
        before, row[0] = row[0], n
        for m, other in enumerate(b, 1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (sign != other))
    return row[-1] / max(len(b), 1)


@engine
def test_a_scan_gives_paragraphs_places_and_confidence() -> None:
    draft = read_image(saved(page_of(FEW)))
    assert draft.text.split("\n") == [words for _, words in FEW]
    boxes = [item for item in draft.locations if item.kind == "box"]
    assert draft.source[boxes[0].start : boxes[0].end] == "停车难在哪里"
    page, _, edges = boxes[0].value.partition(":")
    x0, y0, x1, y1 = map(int, edges.split(","))
    assert page == "1"
    assert 0 < x0 < x1 < 910
    assert 100 < y0 < y1 < 200
    assert all(0.9 < item.confidence <= 1 for item in boxes)
    assert [item.value for item in draft.locations if item.kind == "page"] == ["1"]


@engine
def test_a_slanted_noisy_scan_is_read() -> None:
    draft = read_image(saved(page_of(FEW, turn=1.2, noise=15.0)))
    assert wrong(draft.text, "".join(words for _, words in FEW)) < 0.02


@engine
@pytest.mark.parametrize("turned", [90, 180])
def test_a_picture_that_lies_on_its_side_is_turned(turned: int) -> None:
    picture = page_of(FEW).rotate(turned, expand=True)
    draft = read_image(saved(picture))
    assert wrong(draft.text, "".join(words for _, words in FEW)) < 0.02
    first = next(item for item in draft.locations if item.kind == "box")
    x0, y0, x1, y1 = map(int, first.value.partition(":")[2].split(","))
    assert 0 <= x0 < x1 <= picture.width
    assert 0 <= y0 < y1 <= picture.height
    assert (x1 - x0 > y1 - y0) == (turned == 180)


@engine
def test_pages_of_a_scanned_pdf_are_recognised_and_keep_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("recognition must not need a network")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    ocr._engine.cache_clear()
    scan = page_of(FEW)

    def page(canvas: pdf_files.Canvas, number: int) -> None:
        if number == 2:
            canvas.drawInlineImage(scan, 0, 0, 595, 210)
        else:
            canvas.drawString(72, 150, "第一页有文字，居民自己商量办法，大家先定规矩再谈费用。")

    draft = read_pdf(pdf_files.drawn(page, pages=2, size=(595, 210)))
    assert "第一页有文字" in draft.text
    assert wrong(draft.text.split("\n", 1)[1], "".join(words for _, words in FEW)) < 0.03
    assert {item.value.partition(":")[0] for item in draft.locations if item.kind == "box"} == {"2"}


@engine
def test_a_scan_below_text_on_one_page_is_read_too() -> None:
    scan = page_of([("text", PROSE[1])])

    def page(canvas: pdf_files.Canvas, _: int) -> None:
        canvas.drawString(72, 760, "上半页是文字，居民自己商量办法，大家先定规矩再谈费用。")
        canvas.drawInlineImage(scan, 0, 200, 595, 210)

    text = read_pdf(pdf_files.drawn(page)).text
    assert text.startswith("上半页是文字")
    assert wrong(text.split("\n", 1)[1], PROSE[1]) < 0.05


@engine
def test_the_scanned_sample_keeps_the_gap_between_names_and_its_last_line() -> None:
    """Its paper is turned, and the engine sees no blank between the two names, whose gap is as wide as a letter."""
    lines = read_image(SCAN.read_bytes()).text.split("\n")
    assert lines[-2].endswith("陈俊山 核稿:高岚)")
    assert lines[-3].endswith("西头还是绕着走。”")


@pytest.mark.parametrize(("last", "height", "joined"), [("走。”", 48.5, True), ("走开了", 48.5, False), ("走。”", 80.0, False)])
def test_the_loose_box_of_a_few_last_letters_does_not_part_them(last: str, height: float, joined: bool) -> None:
    words = ["住户刘大爷说：“现在敢从", "楼下走了，院子里不再有人扔", "东西，只有西头的人还是绕着"]
    places = [(160.0, words[0], 32.0), (96.0, words[1], 32.0), (96.0, words[2], 32.0), (94.0, last, height)]
    lines = in_order(
        Fragment(text, x, 150.0 + 56 * n - size / 2, 510.0 if n < 3 else 200.0, 150.0 + 56 * n + size / 2, size)
        for n, (x, text, size) in enumerate(places)
    )
    for line in lines:
        line.page = 1
    text = draft.draft_of([Page(1, 600, 900, lines, scan=True)], "ocr", {}).text
    assert text.endswith(f"绕着{last}" if joined else f"绕着\n{last}")


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("陈俊山核稿高岚", [4, 9, 14, 24, 29, 34, 39], "陈俊山 核稿高岚"),
        ("没有伤人。家长要求", [4, 9, 14, 19, 23, 30, 35, 40, 45], "没有伤人。家长要求"),
        ("居 民说了算", [4, 14, 19, 24, 29], "居 民说了算"),
        ("通知", [4, 20], "通知"),
        ("通知公告栏", [4, 14, 24, 34, 44], "通知公告栏"),
    ],
)
def test_gaps_are_measured_in_letters(text: str, columns: list[int], shown: str) -> None:
    assert ocr._with_gaps(text, SimpleNamespace(word_cols=[columns])) == shown


@engine
def test_low_confidence_is_kept_and_marked() -> None:
    picture = page_of([("text", PROSE[2])])
    small = picture.resize((picture.width // 4, picture.height // 4)).resize(picture.size)
    draft = read_image(saved(small))
    low = [item for item in draft.locations if item.kind == "box" and item.confidence < DAMAGED_BELOW]
    assert low
    assert any(mark.kind == "damaged" for mark in draft.marks)


@engine
def test_pages_of_a_tif_follow_each_other() -> None:
    first, second = page_of(FEW[:1]), page_of(FEW[1:2])
    draft = read_image(saved(first, "TIFF", save_all=True, append_images=[second], compression="tiff_lzw"))
    assert draft.text.split("\n") == ["停车难在哪里", PROSE[3]]
    assert [item.value for item in draft.locations if item.kind == "page"] == ["1", "2"]
    with pytest.raises(SourceTooLarge, match="页数"):
        read_image(saved(first, "TIFF", save_all=True, append_images=[second]), Limits(pages=1))


@engine
@pytest.mark.parametrize("form", ["JPEG", "BMP", "WEBP"])
def test_other_formats(form: str) -> None:
    assert "停车难在哪里" in read_image(saved(page_of(FEW[:1]), form)).text


@engine
def test_transparent_pictures_stand_on_white() -> None:
    picture = page_of(FEW[:1])
    clear = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    clear.putalpha(picture.point(lambda value: 255 - value))
    assert "停车难在哪里" in read_image(saved(clear)).text


def bomb(width: int, height: int) -> bytes:
    """A png that says it is very large, with next to nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + chunk(b"IEND", b"")


@engine
def test_too_many_pixels_are_refused_before_decoding() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(SourceTooLarge, match="--limit pixels="):
            read_image(bomb(30_000, 30_000))
    scan = pdf_files.scanned([Image.new("L", (200, 200), 255)], dpi=1)
    with pytest.raises(SourceTooLarge, match="像素"):
        read_pdf(scan)


@engine
@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"GIF89a no picture", UnknownFormat),
        (b"", UnknownFormat),
        (saved(Image.effect_noise((300, 300), 60))[:4000], DamagedSource),
        (saved(Image.new("L", (400, 300), 255)), EmptySource),
    ],
    ids=["other", "empty", "cut", "blank"],
)
def test_what_cannot_be_read_says_why(data: bytes, error: type[UnreadableSource]) -> None:
    with pytest.raises(error) as caught:
        read_image(data)
    assert caught.value.remedy


def test_without_the_engine_a_picture_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(UnknownFormat) as caught:
        read_image(saved(Image.new("L", (40, 30), 255)))
    assert "jindianzi[ocr]" in caught.value.remedy


@engine
def test_changed_bytes_raise_only_our_own_errors() -> None:
    data = saved(Image.new("L", (120, 60), 255))
    for seed in range(20):
        chance = random.Random(seed)
        out = bytearray(data)
        for _ in range(chance.randrange(1, 10)):
            out[chance.randrange(len(out))] = chance.randrange(256)
        broken = bytes(out[: chance.randrange(len(out))]) if seed % 4 == 0 else bytes(out)
        with contextlib.suppress(UnreadableSource):
            read_image(broken)
