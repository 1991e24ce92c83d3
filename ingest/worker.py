"""What a reading process does about itself: its share of memory, its place for temporary files, and that it ends when it should.

It ends when it is told to, and then clears away what its reader had begun; when the process that it works for is gone; and when a task is
long over its time, even where a reader does not let go of the interpreter.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from ingest import scratch
from ingest.draft import RawReport
from ingest.limits import Limits
from ingest.pipeline import read_report
from ingest.readers import programs

_FIRST = RawReport("", "社区居民议事，清理楼道。".encode(), "txt", "")
_LOOKS, _BETWEEN = 100, 0.05  # times and seconds: how long it may take until a parent that is gone is seen to be gone
_GRACE = 15  # seconds after its time in which a task is ended from outside, with a better message
_ended_before: list[Callable[[int, FrameType | None], object]] = []  # how the pool lets its process end
_at_work = threading.Event()


class _Told(SystemExit):
    """Raised in a reader when its process is to end."""


def prepare(limits: Limits, place: Path) -> None:
    """Make ready a new process whose temporary files go below `place`; ^C is for the process that it works for to act on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = limits.bytes("memory")
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
        before = signal.signal(signal.SIGTERM, _told)
        if callable(before):
            _ended_before.append(before)
    scratch.move_into(place)
    threading.Thread(target=_watch, args=(place,), name="parent", daemon=True).start()
    read_report("", _FIRST)  # loads the vocabulary, which is not to count against the time of a report


@contextmanager
def task(limits: Limits) -> Iterator[None]:
    """Around the work of one task in a process that was made ready."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        # By a thread of its own that needs no Python: a pattern that runs wild holds the interpreter.
        faulthandler.dump_traceback_later(limits.seconds + _GRACE, exit=True, file=nowhere)
        _at_work.set()
        try:
            yield
        except _Told:  # the pool would take it for the task's result
            _end()
        finally:
            _at_work.clear()
            faulthandler.cancel_dump_traceback_later()


def _told(number: int, frame: FrameType | None) -> None:
    if _at_work.is_set():
        _at_work.clear()  # once is enough: what clears away is not to be interrupted
        raise _Told
    _end()


def _end() -> None:
    for before in _ended_before:
        before(signal.SIGTERM, None)
    os._exit(1)


def _watch(place: Path) -> None:
    """End this process when the one that it works for is gone: with its programs, and with the temporary files of all who worked for it."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    programs.end_all()
    for _ in range(_LOOKS):
        if sys.platform == "win32" or os.getppid() != parent.pid:
            shutil.rmtree(place, ignore_errors=True)
            break
        time.sleep(_BETWEEN)  # a process that is killed lets go of its pipes a moment before its children are given away
    os._exit(1)
