"""One file cannot take the others with it: a reader that hangs, crashes, eats the memory or fails costs its own file and no more."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace

import pytest

from corpus.errors import UnreadableSource
from corpus.model import Reading, SetAside
from ingest.draft import RawReport
from ingest.limits import DEFAULT, Limits
from ingest.pipeline import Known, read_report
from ingest.workers import Workers

TEXT = "案例背景\n青禾社区楼道里堆满杂物，居民多次投诉。\n主要做法\n社区党委组织居民议事，定下公约，清理楼道。\n"
LIMITS = replace(DEFAULT, seconds=5, memory=2000)


def reader(collection: str, raw: RawReport, limits: Limits, known: Known) -> Reading:
    """Reads like the real one, but for files that are named after what they do to it."""
    if raw.source == "挂起.txt":
        while True:
            pass
    if raw.source == "崩溃.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    if raw.source == "内存.txt":
        bytearray(limits.bytes("memory") * 2)
    if raw.source == "出错.txt":
        raise ZeroDivisionError("1/0")
    return read_report(collection, raw, limits, known)


def raws(*names: str) -> list[RawReport]:
    return [RawReport(name, f"{name}\n{TEXT}".encode(), "txt", name) for name in names]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL and no memory limit there")
def test_a_bad_file_takes_only_itself() -> None:
    names = ["一.txt", "崩溃.txt", "二.txt", "出错.txt", "三.txt", "内存.txt", "四.txt", "挂起.txt", "五.txt"]
    with Workers(LIMITS, 2, reader=reader) as workers:
        found = list(workers.read("案例", raws(*names)))
    assert [raw.source for raw, _ in (item for item in found if not isinstance(item, SetAside))] == names
    results = {item[0].source: item[1] for item in found if not isinstance(item, SetAside)}
    assert {name for name, result in results.items() if isinstance(result, Reading)} == {"一.txt", "二.txt", "三.txt", "四.txt", "五.txt"}
    codes = {name: result.code for name, result in results.items() if isinstance(result, UnreadableSource)}
    assert codes == {"崩溃.txt": "damaged", "出错.txt": "reader_failed", "内存.txt": "too_large", "挂起.txt": "too_large"}
    assert "--limit memory=" in str(results["内存.txt"])
    assert "--limit seconds=" in str(results["挂起.txt"])


def test_processes_read_as_this_one_does_and_keep_the_order() -> None:
    given = [*raws(*(f"{number}.txt" for number in range(120))), SetAside("案例", "坏.bin", "unknown_format", "不支持")]
    with Workers(DEFAULT, 2) as several, Workers(DEFAULT, 0) as here:
        assert list(several.read("案例", given)) == list(here.read("案例", given))
