"""Lines that recur on many pages of one site, which a single page cannot show to be no part of its text: headers, footers, columns.

What a page may have in common with others is kept as hashes of its lines (`page_lines`), so that nothing of the page itself is; `recurring`
decides over the pages of one `site`, `recurring_lines` takes the lines out of a page. A reading made with known lines depends on them, so
`fingerprint` belongs into its pipeline version.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from urllib.parse import urlsplit

from corpus.identity import digest
from corpus.model import PageLines
from corpus.offsets import Edit
from corpus.vocabulary import headings
from ingest.draft import Draft
from ingest.repair.boilerplate_lines import is_closing, is_itemised, is_prose
from ingest.repair.boilerplate_tables import cell_lines, is_data, table_lines
from ingest.repair.form import is_label

STEP = "recurring"
LEAST = 3  # pages that a line must stand on
SHARE = 0.3  # of the site's pages
FOLDER_SHARE = 0.5  # where all that is known of a site is the folder
_EDGE = 8  # lines at the head and at the tail of a page among which prose counts too (a disclaimer)
_LONGEST = 300
_DIGITS = re.compile(r"\d+")
_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(r"^[\W\d一二三四五六七八九十]+(?=\D)|\W+$")
_OWN = ("title", "heading", "field", "caption")
_SHARED = ("mp.weixin.qq.com",)  # addresses of many publishers
_SUFFIX = frozenset("com net org gov edu ac mil co".split())  # of a registered name before its country


def site(url: str | None, publisher: str | None, source: str) -> str:
    """What pages are counted together: the host of the address, else the publisher, else the folder of the source key; "" for none.

    `www.` and the like before the registered name do not count, nor does the port.
    """
    host = _host(url) or (_host(source) if "://" in source else "")
    if host and not (host in _SHARED and publisher):
        labels = host.split(".")
        keep = 3 if len(labels) > 2 and labels[-2] in _SUFFIX else 2
        return "host:" + ".".join(labels[-keep:] if not host.replace(".", "").isdigit() else labels)
    if publisher and publisher.strip():
        return f"publisher:{publisher.strip()}"
    folder = source.rpartition("/")[0]
    return f"folder:{folder}" if folder else ""


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:  # brackets that hold no address
        return ""


def line_key(line: str) -> str:
    """Hash of a line as it is counted: without white space, all figures alike (counters, dates, page numbers)."""
    return digest("line", _DIGITS.sub("0", _BLANK.sub("", line)))[:16]


def page_lines(draft: Draft, name: str) -> PageLines:
    """The lines of a page of the site `name` that may belong to the site: those before its first and after its last prose, and prose at
    its very edges.

    What reports have in common without being pages of one site stays out: section headings, numbered lines, form labels, signatures and
    other lines that close a text, and what the format marks as the page's own (title, headings). To be taken before `boilerplate` and
    `recurring_lines` take lines out.
    """
    text = draft.text
    found = list(_candidates(text, _own(draft)))
    shared = {(start, end) for start, end, _ in found}
    body, at = "", 0
    for line in text.split("\n"):
        if (at, at + len(line)) not in shared and len(line) > len(body):
            body = line
        at += len(line) + 1
    return PageLines(name, line_key(body), tuple(sorted({key for _, _, key in found})))


def _own(draft: Draft) -> list[tuple[int, int]]:
    """What the format marks as the page's own, cells, and rows of tables: their figures, which differ, would all count as the same."""
    lines = draft.text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    rows = table_lines(lines)[0] | cell_lines(draft, starts, len(lines))
    marked = [(mark.start, mark.end) for mark in draft.marks if mark.kind in _OWN]
    return [*marked, *((starts[n], starts[n] + len(lines[n])) for n in rows)]


def _candidates(text: str, own: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    spans = sorted(own)
    lines = text.split("\n")
    full = [n for n, line in enumerate(lines) if line.strip()]
    edge = {*full[:_EDGE], *full[-_EDGE:]}
    prose = [n for n in full if is_prose(lines[n])]
    outer = {n for n in [*prose[: len(prose) // 3], *prose[len(prose) - len(prose) // 3 :]] if n in edge}
    core = [n for n in prose if n not in outer]
    low, high = (core[0], core[-1]) if core else (len(lines), -1)
    at = mark = 0
    for n, line in enumerate(lines):
        end = at + len(line)
        while mark < len(spans) and spans[mark][1] <= at:
            mark += 1
        free = mark == len(spans) or spans[mark][0] >= end
        if free and not low <= n <= high and line.strip() and len(line) <= _LONGEST and not _is_own(line.strip()):
            yield at, end, line_key(line)
        at = end + 1


def _is_own(line: str) -> bool:
    """Whether a line is of a kind that each report has for itself, though in the same words."""
    if is_closing(line) or is_itemised(line) or is_data(line) or is_label(re.split("[：:]", line, maxsplit=1)[0]):
        return True
    bare = _NUMBER.sub("", line)
    known = headings()
    return bare in known.words or any(pattern.search(bare) for pattern, _ in known.patterns if len(bare) <= 20)


def share_of(name: str) -> float:
    """The share of a site's pages that a line must stand on: more where all that is known of the site is a folder."""
    return FOLDER_SHARE if name.startswith("folder:") else SHARE


def recurring(pages: Iterable[PageLines], share: float = SHARE) -> frozenset[str]:
    """The lines that stand on at least LEAST pages of a site and on `share` of them; copies of one article count as one page.

    Any order of the pages gives the same. Memory: a counter over the different lines, some 50 bytes each.
    """
    counts: Counter[str] = Counter()
    bodies: dict[str, frozenset[str]] = {}
    for page in pages:
        lines = frozenset(page.lines)
        bodies[page.body] = bodies.get(page.body, lines) & lines
    for lines in bodies.values():
        counts.update(lines)
    least = max(LEAST, len(bodies) * share)
    return frozenset(line for line, count in counts.items() if count >= least)


def fingerprint(known: frozenset[str]) -> str:
    """What the known lines add to a pipeline version: 8 hexadecimal digits, "" where there are none."""
    return digest("recurring", *sorted(known))[:8] if known else ""


def recurring_lines(draft: Draft, known: frozenset[str]) -> list[Edit]:
    """Edits that take the known lines out, each with its break; titles, headings, captions and fields of the format stay.

    Nothing is taken out where that would leave less than a third of the text: then the page is one of the site's own, not an article.
    """
    if not known:
        return []
    text = draft.text
    gone = [(start, end) for start, end, key in _candidates(text, _own(draft)) if key in known]
    if not gone or 3 * sum(end - start for start, end in gone) > 2 * sum(map(len, text.split())):
        return []
    edits = [Edit(start, min(end + 1, len(text)), "", STEP) for start, end in gone]
    if edits[-1].end == len(text) and text[-1] != "\n" and edits[-1].start:  # the end of the text goes with the break before it
        first = len(edits) - 1
        while first and edits[first - 1].end == edits[first].start:
            first -= 1
        start = max(0, edits[first].start - 1)
        edits = [*edits[:first], Edit(start, len(text), "", STEP)]
    return edits
