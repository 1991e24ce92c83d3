"""Running heads, running feet and page numbers: what stands at the same place on many pages, outside the body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.layout.imprint import find_imprints
from ingest.readers.layout.lines import Line, Page

_ZONE = 0.16  # of the page's height, at the top and at the bottom
_DIGITS = "零〇一二三四五六七八九"
_NUMBER = re.compile(
    r"[—–\-―─·•~\s|/]*(?:第\s*)?(?:page|p\.?|pg\.?)?\s*(?P<n>\d{1,4}|[ivxlc]{1,7}|[一二三四五六七八九十百〇零]{1,5})\s*页?"
    r"(?:\s*(?:[/／|]|of|共|[（(，,]\s*共)\s*\d{1,4}\s*页?\s*[)）]?)?[—–\-―─·•~\s|]*",
    re.IGNORECASE,
)
_AT_END = re.compile(
    r"^[\s|·•—–\-]*\d{1,4}(?:\s*[/／]\s*\d{1,4})?[\s|·•—–\-]+(?=\D)|[\s|·•—–\-]+(?:第\s*)?\d{1,4}\s*页?(?:\s*[/／]\s*\d{1,4})?[\s|·•—–\-]*$"
)
_PRINTED_ABOVE = re.compile(r"\d{1,4}/\d{1,2}/\d{1,4},?\s+(?:[上下]午)?\d{1,2}:\d\d")
_PRINTED_BELOW = re.compile(r"(?:file|https?)://\S+(?:\s+\d{1,4}/\d{1,4})?$")
_STOPS = ("。", "！", "？", "；")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def find_furniture(pages: Sequence[Page]) -> None:
    """Set the role of lines that are running heads (head), running feet (foot), page numbers (number) or watermarks (watermark)."""
    body = _body_size(pages)
    for top in (True, False):
        zone = {page.number: _zone(page, top) for page in pages}
        _numbers(zone, len(pages))
        _repeated(pages, zone, top, body)
        _printed(zone, top)
    find_imprints(pages)
    _watermarks(pages)


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _zone(page: Page, top: bool) -> list[Line]:
    """Lines at the top or the bottom edge of a page, the outermost first; cells of tables are none."""
    lines = sorted((line for line in page.lines if not line.cell and line.role == ""), key=lambda line: line.y0 if top else -line.y1)
    edge = page.height * _ZONE
    return [line for line in lines if (line.y1 <= edge if top else line.y0 >= page.height - edge)][:6]


def _numbers(zone: dict[int, list[Line]], count: int) -> None:
    """Page numbers: at most one a page and edge, of a kind that goes up with the pages, or written so that it can be nothing else."""
    found: dict[int, list[tuple[Line, int]]] = {}
    for number, lines in zone.items():
        found[number] = [(line, value) for line in lines[:3] if (value := _value(line.text)) is not None]
    steps = Counter(value - number for number, here in found.items() for _, value in here)
    sure = {step for step, times in steps.items() if times >= 2 and times * 5 >= count}
    for number, here in found.items():
        for line, value in here:
            outermost = any(line is other for other in zone[number][:2])
            few = count < 3 and value == number and line is zone[number][0]
            if (value - number in sure and outermost) or few or _certain(line.text):
                line.role = "number"
                break


def _value(text: str) -> int | None:
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return None
    written = match["n"].lower()
    if written.isdigit():
        return int(written)
    if written[0] in _ROMAN:
        numbers = [_ROMAN[sign] for sign in written]
        return sum(-n if n < max(numbers[at:]) else n for at, n in enumerate(numbers))
    return _chinese(written)


def _chinese(written: str) -> int:
    if "十" not in written and "百" not in written:
        return int("".join(str(_DIGITS.index(sign) - 1 if sign != "零" else 0) for sign in written))
    total = unit = 0
    for sign in written:
        if sign == "百":
            total, unit = total + 100 * (unit or 1), 0
        elif sign == "十":
            total, unit = total + 10 * (unit or 1), 0
        else:
            unit = 0 if sign in "零〇" else _DIGITS.index(sign) - 1
    return total + unit


def _certain(text: str) -> bool:
    """Whether a line alone says that it is a page number: 第 3 页, — 3 —, 3/12."""
    text = text.strip()
    return bool(
        re.fullmatch(
            r"第\s*\S{1,5}\s*页.*|[—–\-―─]{1,2}\s*\d{1,4}\s*[—–\-―─]{1,2}|\d{1,4}\s*[/／]\s*\d{1,4}|page\s*\d.*", text, re.IGNORECASE
        )
    )


def _key(line: Line) -> str:
    return re.sub(r"\s+", "", _AT_END.sub("", line.text)) or "#"


def _repeated(pages: Sequence[Page], zone: dict[int, list[Line]], top: bool, body: float) -> None:
    """Lines of one text at one height on many pages, where no page has other text at that height."""
    where: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, lines in zone.items():
        for line in lines:
            if line.role == "":
                where[_key(line)].append((number, line))
    heads = [(key, found) for key, found in where.items() if key != "#" and _often(found, len(pages))]
    heads.sort(key=lambda pair: median(line.y0 for _, line in pair[1]), reverse=not top)
    heights = [
        (number, line.y0, line.y1) for number, lines in zone.items() for line in lines if line.role == "" and not _is_in(line, heads)
    ]
    for _, found in heads:
        middle = median((line.y0 + line.y1) / 2 for _, line in found)
        size = median(line.size for _, line in found)
        level = [(number, line) for number, line in found if abs((line.y0 + line.y1) / 2 - middle) <= size]
        crossed = {number for number, y0, y1 in heights if (y0 < middle + size / 2 if top else y1 > middle - size / 2)}
        if len(level) * 5 < len(found) * 4 or len(crossed) * 8 > max(len(pages), 8) or size > 1.3 * body:
            continue
        for _, line in level:
            line.role = "head" if top else "foot"


def _printed(zone: dict[int, list[Line]], top: bool) -> None:
    """What browsers print at the edges: time and title above, address and page below."""
    for lines in zone.values():
        for line in lines[:2]:
            if line.role == "" and (_PRINTED_ABOVE if top else _PRINTED_BELOW).match(line.text):
                line.role = "head" if top else "foot"


def _is_in(line: Line, heads: list[tuple[str, list[tuple[int, Line]]]]) -> bool:
    return any(line is other for _, found in heads for _, other in found)


def _often(found: list[tuple[int, Line]], count: int) -> bool:
    """On three pages that follow each other (or every other one), or on both of two; twice only at one place, and no end of a sentence."""
    numbers = sorted({number for number, _ in found})
    if len(numbers) < 2 or (count > 3 and len(numbers) < 3):
        return False
    if len(numbers) < 3:
        lines = [line for _, line in found]
        places = ([line.x0 for line in lines], [line.x1 for line in lines])
        if all(max(edges) - min(edges) > lines[0].size for edges in places) or all(line.text.rstrip().endswith(_STOPS) for line in lines):
            return False
    span = numbers[-1] - numbers[0] + 1
    return len(numbers) * 5 >= span * 2 or _longest_run(numbers) >= 4


def _longest_run(numbers: list[int]) -> int:
    best = run = 1
    for before, number in pairwise(numbers):
        run = run + 1 if number - before <= 2 else 1
        best = max(best, run)
    return best


def _watermarks(pages: Sequence[Page]) -> None:
    """What stands aslant, with the same words on several pages or again and again on one."""
    aslant = [line for page in pages for line in page.lines if line.role == "aslant"]
    counts = Counter(_key(line) for line in aslant)
    for line in aslant:
        line.role = "watermark" if counts[_key(line)] >= 2 or len(pages) == 1 else ""
