"""Several writers and readers of one store at once, on each engine: threads with a catalogue of their own, and processes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from readings import incoming

from corpus.catalogue import Catalogue

ROOT = Path(__file__).parents[2]


def test_a_reader_that_follows_the_feed_misses_nothing(store_url: str) -> None:
    """Four writers of one report a transaction; whoever reads "above the last number I saw" must see each number exactly once."""
    per_writer, writers = 15, 4
    done = threading.Event()

    def write(writer: int) -> None:
        with Catalogue.open(store_url) as catalogue:
            for n in range(per_writer):
                catalogue.put_many([incoming(f"题{n}\n内容{n}。", source=f"{writer}-{n}.txt")])

    def follow() -> list[str]:
        seen: list[str] = []
        last = 0
        with Catalogue.open(store_url) as catalogue:
            while True:
                over = done.is_set()
                changes = catalogue.feed(last)
                assert all(change.number > last for change in changes)
                seen += [change.id for change in changes]
                last = changes[-1].number if changes else last
                if over and not changes:
                    return seen
                time.sleep(0.001)  # else this thread has the interpreter to itself

    with ThreadPoolExecutor(writers + 1) as pool:
        follower = pool.submit(follow)
        for work in [pool.submit(write, writer) for writer in range(writers)]:
            work.result()
        done.set()
        seen = follower.result()
    assert len(seen) == len(set(seen)) == per_writer * writers


def test_writers_of_the_same_reports_agree(store_url: str) -> None:
    """The same batch from several threads at once is new to exactly one of them."""
    items = [incoming(f"题{n}\n内容{n}。", source=f"{n}.txt") for n in range(20)]
    with Catalogue.open(store_url) as catalogue:
        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(lambda shift: catalogue.put_many(items[shift:] + items[:shift]), range(0, 20, 5)))
        assert sum(outcome.count("new") for outcome in outcomes) == 20
        assert sum(outcome.count("unchanged") for outcome in outcomes) == 60
        assert catalogue.counts()["reports"] == 20
        assert len(catalogue.feed(0)) == 20


def test_vectors_made_while_reports_go_leave_no_orphans(store_url: str) -> None:
    items = [incoming(f"题{n}\n内容{n}。", source=f"{n}.txt") for n in range(20)]
    with Catalogue.open(store_url) as catalogue:
        catalogue.put_many(items)
        work = catalogue.passages_without_vector("m", 100)

        def embed() -> None:
            for hash, _ in work:
                catalogue.put_vectors("m", {hash: np.ones(4)})

        def remove() -> None:
            for item in items[::2]:
                catalogue.withdraw(item.reading.report, why="", who="")

        with ThreadPoolExecutor(3) as pool:
            for task in [pool.submit(embed), pool.submit(remove), pool.submit(embed)]:
                task.result()
        done, texts = catalogue.vector_counts("m")
        assert done == texts == 20


def test_a_reader_is_not_held_up_by_a_writer_and_sees_one_state(store_url: str) -> None:
    with Catalogue.open(store_url) as writer, Catalogue.open(store_url) as reader:
        writer.put_many([incoming("一\n旧的。")])
        with writer._store.writing() as connection:  # a transaction that is still open
            connection.exec_driver_sql("DELETE FROM report")
            assert reader.counts()["reports"] == 1
        assert reader.counts()["reports"] == 0


def test_processes_that_open_an_empty_place_at_once_all_succeed(empty_url: str) -> None:
    program = (
        "import sys; from corpus.catalogue import Catalogue\n"
        "sys.stdin.readline()\n"
        "with Catalogue.open(sys.argv[1]) as c: print(c.meta('identity'))\n"
    )
    command = [sys.executable, "-W", "error", "-c", program, empty_url]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(4)]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0].strip() for process in started]
    assert [process.returncode for process in started] == [0] * 4
    assert len(set(said)) == 1
    assert len(said[0]) == 32


def test_threads_that_open_new_stores_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda n: Catalogue.open(f"sqlite:///{tmp_path / str(n)}.db"), range(4)))
    for catalogue in opened:
        assert catalogue.counts()["reports"] == 0
        catalogue.close()
