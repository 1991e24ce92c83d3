"""Speed, as ratios against something that runs beside it: `make bench DATA=DIR` (the folder that holds the evaluation sets).

Ingestion (reading, extraction, catalogue, graph, index), with and without embeddings, beside plain `jieba.cut` over the same text in the
same run; search on the first 50,000 passages of at most 200 characters cut from the news set, whose vectors are made once and kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import jieba

from ingest.draft import RawReport
from ingest.limits import DEFAULT
from ingest.pipeline import segmented
from ingest.segment import sentences
from ingest.workers import Workers, usual
from search_api.ingesting import ingest_found
from search_api.settings import Settings, load
from search_api.stores import opened
from search_api.sync import catch_up, embed, follow

PASSAGES = 50_000
LONGEST = 200  # characters of a passage
FILLED = 0.99  # share of the passages with which a store that was kept is taken as filled: a few are set aside
CHARACTERS = 1_000_000  # of text that is ingested
EMBEDDED = 60_000


def news(data: Path) -> Iterator[str]:
    with gzip.open(data / "news" / "xwlb.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield str(json.loads(line)["text"])


def enough(texts: Iterator[str], characters: int) -> list[str]:
    taken, length = [], 0
    for text in texts:
        if length >= characters:
            break
        taken.append(text)
        length += len(text)
    return taken


def raw(texts: Sequence[str]) -> Iterator[RawReport]:
    for number, text in enumerate(texts):
        data = json.dumps({"id": f"{number:06}", "text": text}, ensure_ascii=False).encode()
        yield RawReport(f"{number:06}", data, "json", f"row {number}")


def rate(characters: int, seconds: float) -> str:
    return f"{characters / seconds / 1000:.0f}k characters/s"


def cut(texts: Sequence[str]) -> float:
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    begun = time.perf_counter()
    for text in texts:
        for _ in jieba.cut(text):
            pass
    return time.perf_counter() - begun


def segmentation(texts: Sequence[str], count: int) -> float:
    """Seconds for reading without facts, in this process (0) or in `count` that have been started before."""
    with Workers(DEFAULT, count, reader=segmented) as workers:
        list(workers.read("bench", list(raw(texts[:50])) * 2 * max(1, count)))
        begun = time.perf_counter()
        list(workers.read("bench", raw(texts)))
        return time.perf_counter() - begun


def ingestion(data: Path, settings: Settings, folder: Path) -> None:
    texts = enough(news(data), CHARACTERS)
    characters = sum(map(len, texts))
    plain = cut(texts)
    print(f"text: {len(texts)} news items, {characters} characters")
    print(f"jieba.cut: {rate(characters, plain)}")
    for count in (0, usual()):
        seconds = segmentation(texts, count)
        where = f"{count} processes" if count else "one process"
        print(f"reading, repair, segmentation, {where}: {rate(characters, seconds)}, {plain / seconds:.2f} of jieba.cut")
    url = f"sqlite:///{folder / 'ingest.db'}"
    with opened(replace(settings, store=url, graph=url, index=url)) as stores:
        begun = time.perf_counter()
        ingest_found(stores.catalogue, raw(texts), "bench", workers=stores.workers)
        read = time.perf_counter() - begun
        begun = time.perf_counter()
        follow(stores)
        followed = time.perf_counter() - begun
    print(f"read and kept: {rate(characters, read)}, {plain / read:.2f} of jieba.cut")
    print(f"entities, graph, index: {rate(characters, followed)}")
    whole = read + followed
    print(f"ingestion without embeddings: {rate(characters, whole)}, {plain / whole:.2f} of jieba.cut")
    few = enough(iter(texts), EMBEDDED)
    url = f"sqlite:///{folder / 'embedded.db'}"
    with opened(replace(settings, store=url, graph=url, index=url)) as stores:
        stores.embedder.query("预热")
        begun = time.perf_counter()
        ingest_found(stores.catalogue, raw(few), "bench")
        catch_up(stores)
        seconds = time.perf_counter() - begun
        passages = stores.catalogue.counts()["passages"]
    print(f"with embeddings: {rate(sum(map(len, few)), seconds)}, {passages / seconds:.0f} passages/s, {stores.embedder.name}")


def passages(data: Path) -> list[str]:
    """The first `PASSAGES` stretches of whole sentences of at most `LONGEST` characters (a longer sentence is cut)."""
    found: list[str] = []
    for text in news(data):
        part = ""
        for start, end in sentences(text, 0, len(text)):
            sentence = text[start:end].strip()
            if part and len(part) + len(sentence) > LONGEST:
                found.append(part)
                part = ""
            part += sentence
            while len(part) > LONGEST:
                found.append(part[:LONGEST])
                part = part[LONGEST:]
        if part:
            found.append(part)
        if len(found) >= PASSAGES:
            return found[:PASSAGES]
    return found


def searching(data: Path, settings: Settings, folder: Path) -> None:
    url = f"sqlite:///{folder / 'search.db'}"
    texts = passages(data)
    with opened(replace(settings, store=url, graph=url, index=url)) as stores:
        if stores.catalogue.counts()["reports"] < len(texts) * FILLED:
            print(f"filling {folder / 'search.db'} once with {len(texts)} passages", file=sys.stderr)
            ingest_found(stores.catalogue, raw(texts), "bench")
        follow(stores)
        embed(stores.catalogue, stores.index, stores.embedder, lambda what, done, total: print(f"{what} {done}/{total}", file=sys.stderr))
        queries = [
            str(json.loads(line)["text"])
            for name in ("gov_cases", "tipdm_reply")
            for line in (data / "retrieval" / name / "queries.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        begun = time.perf_counter()
        stores.search.search(queries[0], k=10)
        print(f"first search after opening: {time.perf_counter() - begun:.2f} s")
        for channel in ("lexical", "semantic", "hybrid"):
            times = []
            for query in queries[:400]:
                begun = time.perf_counter()
                stores.search.search(query, k=10, channel=channel)
                times.append((time.perf_counter() - begun) * 1000)
            ranks = statistics.quantiles(times, n=100)
            print(f"search, {channel}, {len(times)} queries on {len(texts)} passages: p50 {ranks[49]:.1f} ms, p95 {ranks[94]:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=("ingestion", "search"))
    chosen = parser.parse_args()
    if not os.environ.get("DATA"):
        raise SystemExit("set DATA to the folder that holds the evaluation sets: make bench DATA=DIR")
    data, settings = Path(os.environ["DATA"]), load()
    kept = settings.cache / "bench"
    kept.mkdir(parents=True, exist_ok=True)
    if chosen.part != "search":
        with tempfile.TemporaryDirectory() as folder:
            ingestion(data, settings, Path(folder))
    if chosen.part != "ingestion":
        searching(data, settings, kept)


if __name__ == "__main__":
    main()
