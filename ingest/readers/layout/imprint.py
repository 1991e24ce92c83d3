"""Running heads and feet that say by themselves what they are, on a single page too: a page number beside a journal and its issue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.layout.lines import Line, Page

_PLAIN = r"(?!(?:19|20)\d\d)\d{1,4}"  # no year
_SIGNED = (
    r"(?:[·•∙・]\s*\d{1,4}\s*[·•∙・]|[—–―─\-]{1,2}\s*(?:第\s*)?\d{1,4}(?:\s*页)?\s*[—–―─\-]{1,2}"
    r"|第\s*\d{1,4}\s*页(?:\s*[/／,，]?\s*共\s*\d{1,4}\s*页)?)"
)
_BARRED = r"[|｜丨∣]"
_ISSUE = re.compile(
    r"(?:19|20)\d\d\s*年?\s*[,，·.．]?\s*第\s*[\d一二三四五六七八九十]{1,4}\s*[期卷辑]|(?:19|20)\d\d\s*[./／]\s*(?:0?[1-9]|1[0-2])(?!\d)"
    r"|总第?\s*\d{1,4}\s*期|第\s*[\d一二三四五六七八九十]{1,4}\s*卷\s*第?\s*[\d一二三四五六七八九十]{1,4}\s*期"
)
_JOURNAL = re.compile(r"《([^《》]{2,30})》|^\s*([\u4e00-\u9fff]{2,20})(?=[\s·|｜丨]*(?:19|20)\d\d)")
_NO_FOOT = re.compile(r"[。；;！？!?：:，\[［]")
_SIGNED_ALONE = re.compile(rf"\s*{_SIGNED}\s*")
_WITH_SIGNED = re.compile(rf"\s*{_SIGNED}\s*(?P<a>\D.*?)\s*|\s*(?P<b>.*?\D)\s*{_SIGNED}\s*")
_WITH_BAR = re.compile(rf"\s*{_PLAIN}\s*{_BARRED}\s*(?P<a>\D.*?)\s*|\s*(?P<b>.*?\D)\s*{_BARRED}\s*{_PLAIN}\s*")
_WITH_PLAIN = re.compile(rf"\s*{_PLAIN}[\s|]+(?P<a>\D.*?)\s*|\s*(?P<b>.*?\D)[\s|]+{_PLAIN}\s*")
_LONGEST = 40
_MARGIN = 0.12  # of the page's height
_APART = 0.8  # sizes of blank between the body and what stands in the margin, at least


def find_imprints(pages: Sequence[Page]) -> None:
    """Set the role of the first and the last row of pages that give a page number with a journal's issue (wherever the page's text ends),
    or stand in the margin, apart from the body, with a page number that can be nothing else.
    """
    for page in pages:
        for top in (True, False):
            row = _outer_row(page, top)
            if not row:
                continue
            text = "\t".join(line.text for line in row)
            if _SIGNED_ALONE.fullmatch(text):
                role = "number"
            elif _is_imprint(text) or (_in_margin(page, row, top) and _is_numbered(text)):
                role = "head" if top else "foot"
            else:
                continue
            for line in row:
                line.role = role


def journal(pages: Sequence[Page]) -> tuple[str, str]:
    """Name of the journal and year of the issue that heads and feet give; empty where they give none, or several."""
    found = set()
    for page in pages:
        for line in page.lines:
            if line.role in ("head", "foot") and (issue := _ISSUE.search(line.text)) and (name := _JOURNAL.search(line.text)):
                year = re.search(r"(?:19|20)\d\d", issue[0]) or re.search(r"(?:19|20)\d\d(?=\s*年)", line.text)
                found.add((name[1] or name[2], year[0] if year else ""))
    return found.pop() if len(found) == 1 else ("", "")


def _outer_row(page: Page, top: bool) -> list[Line]:
    """What stands at the height of the page's outermost line, of all its columns; nothing where a table is or all is one row."""
    lines = [line for line in page.lines if line.role in ("", "cell", "field", "label")]
    if not lines:
        return []
    first = min(lines, key=lambda line: line.y0) if top else max(lines, key=lambda line: line.y1)
    row = [line for line in lines if min(line.y1, first.y1) - max(line.y0, first.y0) > 0.5 * min(line.y1 - line.y0, first.y1 - first.y0)]
    if len(row) == len(lines) or any(line.cell for line in row):
        return []
    return sorted(row, key=lambda line: line.x0)


def _is_imprint(text: str) -> bool:
    """Whether a row is a journal's issue and a page number, and nothing else."""
    match = _WITH_SIGNED.fullmatch(text) or _WITH_BAR.fullmatch(text) or _WITH_PLAIN.fullmatch(text)
    words = (match["a"] or match["b"] or "") if match else ""
    return bool(_ISSUE.search(words)) and len(text) <= _LONGEST and not _NO_FOOT.search(words)


def _is_numbered(text: str) -> bool:
    match = _WITH_SIGNED.fullmatch(text) or _WITH_BAR.fullmatch(text)
    words = (match["a"] or match["b"] or "") if match else ""
    return len(words) >= 2 and len(text) <= _LONGEST and not _NO_FOOT.search(words)


def _in_margin(page: Page, row: Sequence[Line], top: bool) -> bool:
    low, high = min(line.y0 for line in row), max(line.y1 for line in row)
    if high > _MARGIN * page.height if top else low < (1 - _MARGIN) * page.height:
        return False
    rest = [line for line in page.lines if line.role == "" and not any(line is other for other in row)]
    if not rest:
        return False
    gap = min(line.y0 for line in rest) - high if top else low - max(line.y1 for line in rest)
    return gap > _APART * max(line.size for line in row)
