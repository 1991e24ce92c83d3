"""Volume: all news items of the evaluation sets, stopped half-way and taken up again; `make volume DATA=DIR`.

Prints how long a report takes and how large the store is per report around the first, the fifth and the last thousand, without vectors
(whose cost per passage does not depend on how many there are), then what a kill in the middle left and what the second run did with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from search_api.ingesting import ingest_found
from search_api.settings import load
from search_api.stores import Stores, opened
from search_api.sync import follow
from tests.bench import news, raw

MEASURED = (0, 2, 4)
LAST = 1000


def grow(texts: Sequence[str], folder: Path) -> None:
    url = f"sqlite:///{folder / 'grow.db'}"
    items = list(raw(texts))
    print("| reports | reading and keeping, ms a report | entities, graph, index, duplicates, ms a report | store, KB a report |")
    print("|---|---|---|---|")
    with opened(replace(load(), store=url, graph=url, index=url)) as stores:
        end = len(items)
        for number, (low, high) in enumerate(((0, 1000), (1000, 4000), (4000, 5000), (5000, end - LAST), (end - LAST, end))):
            part = items[low:high]
            begun = time.perf_counter()
            ingest_found(stores.catalogue, part, "news", workers=stores.workers)
            read = time.perf_counter() - begun
            begun = time.perf_counter()
            follow(stores)
            followed = time.perf_counter() - begun
            if number in MEASURED:
                print(
                    f"| {high} | {1000 * read / len(part):.1f} | {1000 * followed / len(part):.1f} | {size(stores, folder):.1f} |",
                    flush=True,
                )


def size(stores: Stores, folder: Path) -> float:
    stores.catalogue.checkpoint()
    return (folder / "grow.db").stat().st_size / 1024 / stores.catalogue.counts()["reports"]


def stopped(texts: Sequence[str], folder: Path) -> None:
    file = folder / "news.jsonl"
    file.write_bytes(b"".join(item.data + b"\n" for item in raw(texts)))
    url = f"sqlite:///{folder / 'stopped.db'}"
    command = [sys.executable, "-m", "search_api.cli", "--store", url, "ingest", str(file), "--no-wait"]
    begun = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while count(url) < len(texts) // 2 and begun.poll() is None:
        time.sleep(0.5)
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    print(f"killed with {count(url)} of {len(texts)} reports kept")
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    print(done.stdout.splitlines()[0])
    print(f"then {count(url)} reports are kept")


def count(url: str) -> int:
    if not Path(url.removeprefix("sqlite:///")).exists():
        return 0
    with opened(replace(load(), store=url, graph=url, index=url)) as stores:
        return stores.catalogue.counts()["reports"]


def main() -> None:
    if not os.environ.get("DATA"):
        raise SystemExit("set DATA to the folder that holds the evaluation sets: make volume DATA=DIR")
    texts = list(news(Path(os.environ["DATA"])))
    print(f"{len(texts)} news items, {sum(map(len, texts))} characters")
    with tempfile.TemporaryDirectory() as folder:
        grow(texts, Path(folder))
        stopped(texts, Path(folder))


if __name__ == "__main__":
    main()
