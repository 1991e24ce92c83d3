"""Programs that a reader starts: they end, with all that they started themselves, when the reading ends, be it that its process is killed.

Where the system has process groups, a program is started by a small launcher that holds one end of a pipe. The other end is held by the
reading process alone: when that is gone, for whatever reason, the pipe closes and the launcher ends the group.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ingest.limits import Limits

_MORE = 16 * 1024 * 1024  # bytes, for what a program writes for itself
_LAUNCHER = """
import os, resource, select, signal, sys
most, hard = int(sys.argv[1]), resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
ended, wake = os.pipe()
os.set_blocking(wake, False)
signal.set_wakeup_fd(wake)
signal.signal(signal.SIGCHLD, lambda *_: None)
program = os.fork()
if not program:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        os.execv(sys.argv[2], sys.argv[2:])
    except OSError:
        os._exit(127)
while True:
    ready = select.select([0, ended], [], [])[0]
    if ended in ready:
        os.read(ended, 64)
        done, status = os.waitpid(program, os.WNOHANG)
        if done:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.killpg(0, signal.SIGTERM)
            os._exit(os.waitstatus_to_exitcode(status) & 255)
    elif os.read(0, 1) == b"":
        os.killpg(0, signal.SIGKILL)
"""
_running: set[subprocess.Popen[bytes]] = set()


@contextmanager
def running(
    command: Sequence[str],
    limits: Limits,
    *,
    stdout: int = subprocess.DEVNULL,
    stderr: int | IO[bytes] = subprocess.DEVNULL,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program, whose first word is its full path, with nothing to read. It is ended with the block, with all that it has started.

    No file that it writes can be much over `limits.unpacked` (POSIX).
    """
    posix = os.name != "nt"
    with subprocess.Popen(
        [*_launcher(limits), *command] if posix else command,
        stdin=subprocess.PIPE if posix else subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        env=env,
        cwd=cwd,
        start_new_session=posix,
    ) as process:
        _running.add(process)
        try:
            yield process
        finally:
            _running.discard(process)
            _end(process)


def end_all() -> None:
    """End all programs that are running now."""
    for process in tuple(_running):
        _end(process)


def _launcher(limits: Limits) -> list[str]:
    # Somewhat more than is allowed: so who looks at the size of what was written sees that it is too much.
    return [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(limits.bytes("unpacked") + _MORE)]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return  # its group is empty, and the number may be that of others by now
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        with suppress(ProcessLookupError, PermissionError):  # nobody is left
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
