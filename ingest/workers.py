"""Reading in processes of their own: a parser that hangs, crashes or eats the memory takes its one file with it, and not the batch.

Small reports go to a process several at a time; where such a bundle fails, each of its reports is read again alone, so that the others
are read and the one is named. What such a process does about its own end is in ingest.worker.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pebble import ProcessExpired, ProcessPool

from corpus.errors import DamagedSource, JindianziError, ReaderFailed, SourceTooLarge, UnreadableSource
from corpus.model import Reading, SetAside
from ingest import scratch, worker
from ingest.draft import RawReport
from ingest.limits import Limits
from ingest.pipeline import NOTHING_KNOWN, Known, read_report
from ingest.readers.containers import Found, Mapping, expanded

Result = Reading | UnreadableSource
Reader = Callable[[str, RawReport, Limits, Known], Reading]
_BUNDLE = 60_000  # bytes that are worth a way to another process and back
_BUNDLED = 50
_WAITING = 64 * 1024 * 1024  # bytes on their way at one time
_ALONE = ("doc", "wps", "rtf", "odt")  # LibreOffice takes its time for each of them
_FRAME = re.compile(r'File "([^"\n]+)", line (\d+)')
_ROOT = Path(__file__).resolve().parent.parent
_OURS = ("corpus", "ingest")


def usual() -> int:
    """How many processes are used unless told otherwise: one a core, and not more than eight."""
    return min(8, os.cpu_count() or 1)


@dataclass(slots=True)
class _Bundle:
    items: list[RawReport]
    size: int
    results: Future[list[Result]] | None = None


class Workers:
    """A pool of reading processes, started with the first report. With `count` 0 everything is read in this process, unprotected."""

    def __init__(self, limits: Limits, count: int | None = None, *, mapping: Mapping | None = None, reader: Reader = read_report) -> None:
        self.limits = limits
        self.count = usual() if count is None else count
        self.mapping = mapping
        self._reader = reader
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()  # a server's requests share the pool

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; what they are at is given up."""
        with self._lock:
            if self._pool is not None:
                self._pool.stop()
                self._pool.join()
                self._pool = None
                scratch.sweep(scratch.folder())

    def expand(self, media: str, path: Path, key: str, folder: Path, mapping: Mapping | None = None) -> Iterable[Found]:
        """What is in a container (see ingest.readers.containers), listed by a process of the pool."""
        mapping = mapping or self.mapping
        if not self.count:
            return expanded(media, path, key, folder, self.limits, mapping)
        future = self._start().schedule(_expand, (media, path, key, folder, self.limits, mapping), timeout=self.limits.seconds)
        error = future.exception()
        return [(key, self._trouble(error, key))] if error is not None else future.result()

    def read(
        self, collection: str, found: Iterable[RawReport | SetAside], known: Known = NOTHING_KNOWN
    ) -> Iterator[tuple[RawReport, Result] | SetAside]:
        """Read what is found, in its order, with what is `known` of sites; what was set aside passes through.

        Never raises UnreadableSource: it is a result.
        """
        waiting: deque[_Bundle | SetAside] = deque()
        open_bundle: _Bundle | None = None
        under_way = 0
        for item in found:
            if isinstance(item, SetAside):
                waiting.append(item)
            elif not self.count:
                yield item, _read_one(self._reader, collection, item, self.limits, known)
                continue
            else:
                if open_bundle is not None and item.media in _ALONE:
                    self._send(collection, open_bundle, known)
                    open_bundle = None
                if open_bundle is None:
                    open_bundle = _Bundle([], 0)
                    waiting.append(open_bundle)
                open_bundle.items.append(item)
                open_bundle.size += len(item.data)
                under_way += len(item.data)
                if open_bundle.size >= _BUNDLE or len(open_bundle.items) >= _BUNDLED or item.media in _ALONE:
                    self._send(collection, open_bundle, known)
                    open_bundle = None
            while waiting and (under_way > _WAITING or len(waiting) > 4 * self.count + 1 or isinstance(waiting[0], SetAside)):
                first = waiting.popleft()
                open_bundle = None if first is open_bundle else open_bundle
                under_way -= 0 if isinstance(first, SetAside) else first.size
                yield from self._finished(collection, first, known)
        while waiting:
            yield from self._finished(collection, waiting.popleft(), known)

    def _send(self, collection: str, bundle: _Bundle, known: Known) -> None:
        given = (self._reader, collection, bundle.items, self.limits, dict(known))
        bundle.results = self._start().schedule(_read_all, given, timeout=self.limits.seconds)

    def _finished(self, collection: str, bundle: _Bundle | SetAside, known: Known) -> Iterator[tuple[RawReport, Result] | SetAside]:
        if isinstance(bundle, SetAside):
            yield bundle
            return
        if bundle.results is None:
            self._send(collection, bundle, known)
        assert bundle.results is not None
        error = bundle.results.exception()
        if error is None:
            yield from zip(bundle.items, bundle.results.result(), strict=True)
        elif len(bundle.items) == 1:
            yield bundle.items[0], self._trouble(error, bundle.items[0].where)
        else:
            for item in bundle.items:
                yield from self._finished(collection, _Bundle([item], len(item.data)), known)

    def _trouble(self, error: BaseException, where: str) -> UnreadableSource:
        if isinstance(error, UnreadableSource):
            return error
        if isinstance(error, JindianziError):
            raise error
        if isinstance(error, OutOfTime):
            seconds = self.limits.seconds
            remedy = f"确认文件没有问题后，可用 --limit seconds={2 * seconds} 放宽时间"
            return SourceTooLarge(f"读了 {seconds} 秒还没有读完，已放弃", where=where, remedy=remedy)
        if isinstance(error, MemoryError):
            memory = self.limits.memory
            remedy = f"确认文件没有问题后，可用 --limit memory={2 * memory} 调高上限"
            return SourceTooLarge(f"读取所占内存超过 {memory} MB 的上限", where=where, remedy=remedy)
        if isinstance(error, ProcessExpired):
            return DamagedSource("读取这个文件时读取程序崩溃了", where=where, remedy="文件可能已损坏，请打开后另存一份再导入")
        return ReaderFailed(f"读取程序出了意外的错（{_told(error)}）", where=where, remedy="其余文件不受影响；请把这条信息告诉维护者")

    def _start(self) -> ProcessPool:
        with self._lock:
            if self._pool is None:
                # A fresh interpreter: a fork would copy the locks of a server or of the embedding runtime as they happen to stand.
                context = multiprocessing.get_context("spawn")
                scratch.sweep()
                given = (self.limits, scratch.folder())
                self._pool = ProcessPool(self.count, initializer=worker.prepare, initargs=given, context=context)
            return self._pool


def _told(error: BaseException) -> str:
    """The kind of an error and the line of ours that it came from. Not its own words: they may quote what is in the file."""
    frames = _FRAME.findall(str(error.__cause__)) if error.__cause__ is not None else []
    for name, line in reversed(frames):
        path = Path(name)
        if path.is_relative_to(_ROOT) and path.relative_to(_ROOT).parts[0] in _OURS and path.is_file():
            return f"{type(error).__name__}，{'.'.join(path.relative_to(_ROOT).with_suffix('').parts)}:{line}"
    return type(error).__name__


def _expand(media: str, path: Path, key: str, folder: Path, limits: Limits, mapping: Mapping | None) -> list[Found]:
    with worker.task(limits):
        return list(expanded(media, path, key, folder, limits, mapping))


def _read_all(reader: Reader, collection: str, items: list[RawReport], limits: Limits, known: Known) -> list[Result]:
    with worker.task(limits):
        return [_read_one(reader, collection, item, limits, known) for item in items]


def _read_one(reader: Reader, collection: str, item: RawReport, limits: Limits, known: Known) -> Result:
    try:
        return reader(collection, item, limits, known)
    except UnreadableSource as error:
        return error
