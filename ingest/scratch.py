"""The folder for temporary files of this process, which bears its number: what a process that was killed left behind is found and removed.

What is written there is copies of people's documents.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import stat
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_NAME = re.compile(r"jindianzi-(\d+)-\w+")
_LOCK = threading.Lock()
_made: dict[int, Path] = {}  # by process: a fork does not inherit the folder


def folder() -> Path:
    """The folder of this process: made when first asked for, removed when it ends."""
    with _LOCK:
        found = _made.get(os.getpid())
        if found is None or not found.is_dir():
            found = _new(Path(tempfile.gettempdir()))
            _made[os.getpid()] = found
            atexit.register(_remove_own, os.getpid(), found)
        return found


def move_into(place: Path) -> Path:
    """Make a folder below `place` where all temporary files of this process go from now on, those of its libraries and programs too."""
    sweep(place)
    with _LOCK:
        own = _new(place)
        _made[os.getpid()] = own
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)
    return own


def sweep(place: Path | None = None) -> None:
    """Remove folders of this user's processes that there are no more from `place`, else from the system's folder for temporary files."""
    if sys.platform == "win32":
        return  # no way to ask for a process that could not end it
    for path in (place or Path(tempfile.gettempdir())).glob("jindianzi-*"):
        if (named := _NAME.fullmatch(path.name)) and _is_left(path, int(named[1])):
            shutil.rmtree(path, ignore_errors=True)


def _new(place: Path) -> Path:
    path = Path(tempfile.mkdtemp(prefix=f"jindianzi-{os.getpid()}-", dir=place))
    if sys.platform != "win32":
        # Held until the process ends: a container that shares the folder knows other numbers of processes, and cleaners of the system
        # pass over a folder that is locked.
        with suppress(OSError):  # a file system without locks: nothing there is ever swept
            fcntl.flock(os.open(path, os.O_RDONLY), fcntl.LOCK_SH)
    return path


def _remove_own(process: int, path: Path) -> None:
    if process == os.getpid():
        shutil.rmtree(path, ignore_errors=True)


if sys.platform != "win32":

    def _is_left(path: Path, process: int) -> bool:
        try:
            status = path.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or _lives(process):
                return False
            held = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return False  # another process was faster
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(held)
        return True

    def _lives(process: int) -> bool:
        if process == os.getpid():
            return False  # a lock tells our own folder from one of another that bore our number, as the first of a container does
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            return True
        return True
