"""One file cannot take the others with it: a reader that hangs, crashes, eats the memory or fails costs its own file and no more.

And nothing of it stays behind, no process and no copy of a file, even where what it works for is killed.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import UnreadableSource
from corpus.model import Reading, SetAside
from ingest import scratch
from ingest.draft import RawReport
from ingest.limits import DEFAULT, Limits
from ingest.pipeline import Known, read_report
from ingest.readers import programs
from ingest.workers import Workers, _Bundle

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
        limits.check("没有这一项", 0, "虚构的王某13800138000")
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
    assert "AttributeError，ingest.limits:" in str(results["出错.txt"])
    assert "没有这一项" not in str(results["出错.txt"])
    assert "--limit memory=" in str(results["内存.txt"])
    assert "--limit seconds=" in str(results["挂起.txt"])


def test_processes_read_as_this_one_does_and_keep_the_order() -> None:
    given = [*raws(*(f"{number}.txt" for number in range(120))), SetAside("案例", "坏.bin", "unknown_format", "不支持")]
    with Workers(DEFAULT, 2) as several, Workers(DEFAULT, 0) as here:
        assert list(several.read("案例", given)) == list(here.read("案例", given))


def test_what_libreoffice_reads_goes_alone_and_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[list[str]] = []
    send = Workers._send

    def noted(self: Workers, collection: str, bundle: _Bundle, known: Known) -> None:
        sent.append([raw.source for raw in bundle.items])
        send(self, collection, bundle, known)

    monkeypatch.setattr(Workers, "_send", noted)
    given = raws(*"一二三四五六")
    given[2:4] = [replace(raw, media="doc") for raw in given[2:4]]
    with Workers(DEFAULT, 1) as workers:
        assert [item[0].source for item in workers.read("案例", given) if not isinstance(item, SetAside)] == list("一二三四五六")
    assert sent == [["一", "二"], ["三"], ["四"], ["五", "六"]]


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="processes are ended in other ways there")
ALIVE = "JINDIANZI_TEST_ALIVE"  # names a pipe that stays open as long as a process lives that has opened it


def lingering(collection: str, raw: RawReport, limits: Limits, known: Known) -> Reading:
    """Starts a program that starts another, writes a file, and hangs, or is killed."""
    alive = os.environ[ALIVE]
    os.open(alive, os.O_WRONLY)
    with (
        ExitStack() as cleared,
        tempfile.TemporaryDirectory(dir=scratch.folder()) as folder,
        programs.running(["/bin/sh", "-c", f"exec 3> {alive}; sleep 600 & echo begun >&3; wait"], limits),
    ):
        cleared.callback(Path(alive).with_name("cleared").touch)
        Path(folder, "copy").write_bytes(raw.data)
        if raw.source == "崩溃.txt":
            time.sleep(1)
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(600)
    return read_report(collection, raw, limits, known)


@contextmanager
def watched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The reading end of the pipe; temporary files go to `folder`."""
    alive = folder / "alive"
    os.mkfifo(alive)
    monkeypatch.setenv(ALIVE, str(alive))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(scratch, "_made", {})
    end = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    yield end
    os.close(end)


def said(end: int, seconds: float = 60) -> bytes:
    """The next that a process says; nothing when none is left."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if select.select([end], [], [], 1)[0]:
            return os.read(end, 100)
    return b"still there"


def wait_until_empty(folder: Path) -> None:
    for _ in range(100):
        if not list(folder.glob("jindianzi-*")):
            return
        time.sleep(0.1)
    raise AssertionError([str(path) for path in folder.rglob("*")])


PARENT = """
from dataclasses import replace
from ingest.limits import DEFAULT
from ingest.workers import Workers
from test_workers import lingering, raws
if __name__ == "__main__":
    with Workers(replace(DEFAULT, memory=2000), 1, reader=lingering) as workers:
        list(workers.read("案例", raws("挂起.txt")))
"""


@POSIX
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_nothing_is_left_when_the_one_they_work_for_is_ended(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main = tmp_path / "main.py"
    main.write_text(PARENT, encoding="utf-8")
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent.parent)])
    with watched(tmp_path, monkeypatch) as end:
        with subprocess.Popen([sys.executable, str(main)], env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.DEVNULL) as parent:
            assert said(end) == b"begun\n"
            assert list(tmp_path.glob(f"jindianzi-{parent.pid}-*/jindianzi-*/*/copy"))
            parent.send_signal(getattr(signal, name))
        assert said(end) == b""
        wait_until_empty(tmp_path)


@POSIX
@pytest.mark.parametrize(("source", "code"), [("挂起.txt", "too_large"), ("崩溃.txt", "damaged")])
def test_a_reader_that_is_ended_leaves_no_program_and_no_file(
    source: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(tmp_path, monkeypatch) as end:
        with Workers(replace(LIMITS, seconds=3), 1, reader=lingering) as workers:
            (found,) = workers.read("案例", raws(source))
            assert not isinstance(found, SetAside)
            assert isinstance(found[1], UnreadableSource)
            assert found[1].code == code
            assert said(end) == b"begun\n"
            assert said(end) == b""
            assert (tmp_path / "cleared").exists() is (source == "挂起.txt")
        assert [path.name for path in scratch.folder().iterdir()] == []


@POSIX
def test_a_process_ends_itself_after_its_time_though_a_pattern_runs_wild() -> None:
    wild = (
        "import re; from ingest import worker; from ingest.limits import Limits; worker._GRACE = 0\n"
        "with worker.task(Limits(seconds=1)): re.match('(a+)+$', 'a' * 60 + 'b')"
    )
    assert subprocess.run([sys.executable, "-c", wild], check=False, timeout=60, capture_output=True).returncode == 1


@POSIX
def test_a_program_cannot_fill_the_disk_and_gives_its_own_answer(tmp_path: Path) -> None:
    for command, whole in (("head -c 60000000 /dev/zero > big", False), ("exit 3", False), ("head -c 60000 /dev/zero > small", True)):
        with programs.running(["/bin/sh", "-c", command], Limits(unpacked=1), cwd=tmp_path) as process:
            assert (process.wait(60) == 0) is whole
    assert process.returncode == 0
    assert 1_000_000 < (tmp_path / "big").stat().st_size < 20_000_000
    with programs.running(["/bin/sh", "-c", "exit 3"], Limits()) as process:
        assert process.wait(60) == 3


@POSIX
def test_only_folders_of_processes_that_are_gone_are_swept(tmp_path: Path) -> None:
    gone = subprocess.Popen(["/bin/sh", "-c", "exit 0"])
    gone.wait()
    names = [f"jindianzi-{gone.pid}-abc", f"jindianzi-{os.getppid()}-abc", "jindianzi-servers", f"other-{gone.pid}-abc"]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "copy").write_text("一", encoding="utf-8")
    (tmp_path / f"jindianzi-{gone.pid}-link").symlink_to(tmp_path / names[2])
    used = scratch._new(tmp_path)  # by a process with another number, as in another container
    used = used.rename(tmp_path / f"jindianzi-{gone.pid}-used")
    scratch.sweep(tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == sorted([*names[1:], f"jindianzi-{gone.pid}-link", used.name])
    assert (tmp_path / "jindianzi-servers" / "copy").is_file()
