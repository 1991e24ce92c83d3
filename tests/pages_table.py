"""Main text of saved web pages against other extractors: `DATA=DIR python -m tests.pages_table` (DIR holds pages/gne_pages.zip).

There is no gold text for these pages, so nobody is judged by his own opinion: with three other extractors A, B and C, the text that two
of them agree on is the yardstick for whoever is not among the two. Ours is measured by each pair, A by (B, C), and so on; in a column all
rows are measured by the same yardstick. Ours has two rows: as the reader gives it, and as the repair steps leave it.

Texts are compared without white space, digits and letters in one width, ours without the line marked as title (the others give a body).
The *agreement* of two texts is the longest common subsequence of their characters, only stretches of at least `SHORTEST` characters in
which both run together (shorter ones are chance); F1 = 2 |LCS(text, agreement)| / (|text| + |agreement|), so what only one of the two took
counts as wrong. Pages on which the two have less than `LEAST` characters in common have no yardstick and are left out for all rows;
`all` is the mean over pages, an extractor that gives nothing has 0 there.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import LCSseq

from corpus.errors import UnreadableSource
from ingest.draft import RawReport
from ingest.pipeline import repair
from ingest.readers import read
from ingest.readers.encoding import decode

SHORTEST = 8
LEAST = 100
LONGEST = 60_000  # characters of a page's text that are compared
OURS, REPAIRED = "jindianzi, as read", "jindianzi, repaired"


def ours(name: str, data: bytes, *, repaired: bool = False) -> str:
    """Main text as the reader gives it, or as the repair steps leave it; empty where the page is refused."""
    try:
        draft = read(RawReport(name, data, "html", name))
    except UnreadableSource:
        return ""
    if repaired:
        draft = repair(draft)[0]
    title = next((mark for mark in draft.marks if mark.kind == "title"), None)
    return draft.text if title is None else draft.text[: title.start] + draft.text[title.end :]


def others() -> dict[str, Callable[[str], str]]:
    """The extractors, with the options that their manuals give for an article's text. ImportError where one is not installed."""
    resiliparse = import_module("resiliparse.extract.html2text")
    trafilatura = import_module("trafilatura")
    trees = import_module("lxml.html")
    document = import_module("readability").Document
    return {
        "trafilatura": lambda page: str(trafilatura.extract(page, include_comments=False, include_tables=True) or ""),
        "readability": lambda page: str(trees.fromstring(document(page).summary()).text_content()),
        "resiliparse": lambda page: str(resiliparse.extract_plain_text(page, main_content=True, alt_texts=False)),
    }


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))[:LONGEST]


def agreement(first: str, second: str) -> str:
    """The characters that both have in the same order, in stretches of at least SHORTEST."""
    matching = LCSseq.opcodes(first, second).as_matching_blocks()
    return "".join(first[block.a : block.a + block.size] for block in matching if block.size >= SHORTEST)


def f1(text: str, wanted: str) -> float:
    both = len(text) + len(wanted)
    return 2 * LCSseq.similarity(text, wanted) / both if both else 1.0


def pages(data: Path) -> Iterator[tuple[str, str, bytes]]:
    """Name, kind (article, list) and bytes of each page."""
    rows = (data / "pages" / "gne_manifest.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = {row["file"]: str(row["kind"]) for row in map(json.loads, rows)}
    with zipfile.ZipFile(data / "pages" / "gne_pages.zip") as archive:
        for name in sorted(archive.namelist()):
            yield name, kinds.get(Path(name).name, ""), archive.read(name)


def texts(data: Path) -> dict[str, dict[str, str]]:
    """By page and extractor the plain text, for the pages that are articles."""
    extractors = others()
    found: dict[str, dict[str, str]] = {}
    for name, kind, raw in pages(data):
        if kind != "article":
            continue
        page = decode(raw, where=name)
        found[name] = {OURS: plain(ours(name, raw)), REPAIRED: plain(ours(name, raw, repaired=True))}
        for extractor, extract in extractors.items():
            try:
                found[name][extractor] = plain(extract(page))
            except (ValueError, TypeError, AttributeError, IndexError) as error:  # what they raise on pages that they cannot parse
                print(f"{extractor} {name}: {error}", file=sys.stderr)
                found[name][extractor] = ""
    return found


def table(found: dict[str, dict[str, str]]) -> tuple[list[str], list[tuple[str, str, float]]]:
    """The table in Markdown, and (pair, page, F1 of ours) from the worst."""
    names = [name for name in next(iter(found.values())) if name not in (OURS, REPAIRED)]
    pairs = list(combinations(names, 2))
    scores: dict[str, dict[str, list[float]]] = {name: {} for name in (OURS, REPAIRED, *names)}
    worst = []
    for pair in pairs:
        column = " & ".join(pair)
        for page, by in found.items():
            wanted = agreement(by[pair[0]], by[pair[1]])
            if len(wanted) < LEAST:
                continue
            for name in scores:
                if name not in pair:
                    scores[name].setdefault(column, []).append(f1(by[name], wanted))
            worst.append((column, page, scores[OURS][column][-1]))
    columns = [" & ".join(pair) for pair in pairs]
    counts = [len(scores[OURS].get(column, ())) for column in columns]
    heads = [f"{column} ({count} pages)" for column, count in zip(columns, counts, strict=True)]
    lines = ["| F1 against the agreement of | " + " | ".join(heads) + " |"]
    lines.append("|---|" + "---|" * len(columns))
    for name, by_column in scores.items():
        cells = [f"{sum(values) / len(values):.3f}" if (values := by_column.get(column)) else "" for column in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines, sorted(worst, key=lambda row: (row[2], row[1], row[0]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worst", type=int, default=0, help="list that many pages on which ours is furthest from an agreement")
    options = parser.parse_args()
    if not os.environ.get("DATA"):
        print("DATA is not set: no pages to measure on")
        return
    try:
        found = texts(Path(os.environ["DATA"]))
    except ImportError as error:
        print(f"{error}: pip install trafilatura readability-lxml resiliparse")
        return
    lines, worst = table(found)
    print("\n".join(lines))
    for column, page, score in worst[: options.worst]:
        print(f"{score:.3f} {page} ({column})")


if __name__ == "__main__":
    main()
