"""Running another program that may hang: watched line by line, stopped with its children when it is silent for too long."""

from __future__ import annotations

import codecs
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_READ = 4096
_LINE = re.compile(r"[\r\n]+")
_GRACE = 5.0  # seconds a program has to end after it was asked to


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status` is the exit status, None where the program was stopped for its silence; `lines` is what it wrote on both streams."""

    status: int | None
    lines: tuple[str, ...]


def run(command: Sequence[str], folder: Path, *, silence: float, heard: Callable[[str], None]) -> Outcome:
    """Run `command` in `folder` without input, calling `heard` with each line, until it ends or writes nothing for `silence` seconds.

    Raises OSError where it cannot be started. Whatever else is raised meanwhile (Ctrl+C), the program does not outlive the call.
    """
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    assert process.stdout is not None
    chunks: queue.Queue[bytes] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process.stdout, chunks), daemon=True)
    reader.start()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    lines: list[str] = []
    rest = ""
    silent = False
    try:
        while True:
            try:
                chunk = chunks.get(timeout=silence)
            except queue.Empty:
                silent = process.poll() is None
                break
            if not chunk:
                break
            *whole, rest = _LINE.split(rest + decoder.decode(chunk))
            for line in whole:
                lines.append(line)
                heard(line)
        if rest:
            lines.append(rest)
            heard(rest)
        status = None if silent else process.wait(silence)
    finally:
        _stop(process)
        reader.join(_GRACE)
        process.stdout.close()
    return Outcome(status, tuple(lines))


def _read(stream: IO[bytes], chunks: queue.Queue[bytes]) -> None:
    while chunk := os.read(stream.fileno(), _READ):
        chunks.put(chunk)
    chunks.put(b"")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started: `mvn` is a script, the work is done by the Java machine below it."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
