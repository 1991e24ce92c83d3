"""Catching up in the background: one thread brings entities, graph, index and vectors up to the catalogue; jobs wait for it.

A job belongs to one upload. What it brought is committed before the job exists; the job is done when everything built from the catalogue
has passed the upload's place in the change feed. Jobs are kept in memory, the work itself in the feed: after a restart the work goes on
and the old job numbers are not known any more.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from corpus.errors import JindianziError, NotFound, StoreLocked
from search_api.bodies import Row, ingested_body
from search_api.ingesting import Ingested
from search_api.stores import Stores
from search_api.sync import behind, catch_up

State = Literal["queued", "running", "done", "stopped", "failed"]
_KEPT = 1000  # jobs that are remembered
_LOOK_AGAIN = 2.0  # seconds: other processes write into the catalogue too
_SOON = 0.2
_AFTER_FAILURE = 15.0
_BROKEN = "后台任务意外中断，材料已存下；重新启动服务会接着做"
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """`feed`: the change that has to be passed; `error` says why it failed."""

    id: str
    feed: int
    result: Ingested
    reports: tuple[str, ...]
    created: str
    state: State = "queued"
    finished: str | None = None
    error: str | None = None

    @property
    def open(self) -> bool:
        return self.state in ("queued", "running")


class CatchUp:
    """The thread and its jobs. `start` and `close` are called once each; the other methods from any thread."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._closing = False
        self._ended = False
        self._unclean = False
        self._seen: int | None = None  # the change at which nothing was left to do
        self._paused = False
        self._progress: Row | None = None
        self._thread = self._begun()

    def start(self) -> None:
        self._wake.set()
        self._thread.start()

    def _begun(self) -> threading.Thread:
        return threading.Thread(target=self._run, name="catch-up", daemon=True)

    def close(self) -> None:
        """Stop at the next safe place and wait for it; what is left is done after the next start."""
        self._closing = True
        self._wake.set()
        self._thread.join()

    def submit(self, result: Ingested, reports: Sequence[str]) -> Job:
        """A job for what was just committed."""
        job = Job(uuid.uuid4().hex, self._stores.catalogue.head(), result, tuple(reports), _now())
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
            self._paused = False
            if self._ended and not self._closing:  # the thread met an error that nobody had thought of
                self._ended = False
                self._thread = self._begun()
                self._thread.start()
        self._wake.set()
        return job

    def clean(self) -> None:
        """Something was taken out: follow, and go on until no bytes of it are left in the files."""
        self._unclean = True
        self._paused = False
        self._wake.set()

    def body(self, job_id: str) -> Row:
        """The job as the API shows it. Raises NotFound."""
        with self._lock:
            return self._body(self._find(job_id))

    def stop(self, job_id: str) -> Row:
        """Stop waiting; where no other job waits, the work itself stops at the next safe place and is taken up with the next change."""
        with self._lock:
            job = self._find(job_id)
            if job.open:
                self._finish(job, "stopped")
                self._paused = not any(other.open for other in self._jobs.values())
            return self._body(job)

    def _find(self, job_id: str) -> Job:
        job = self._jobs.get(job_id)
        if job is None:
            raise NotFound("没有这个任务", where=job_id, remedy="服务重新启动后不再记得先前的任务，上传的材料仍在；现状见 /readyz")
        return job

    def _body(self, job: Job) -> Row:
        return {
            "id": job.id,
            "state": job.state,
            "feed": job.feed,
            "created": job.created,
            "finished": job.finished,
            "progress": self._progress if job.state == "running" else None,
            "error": job.error,
            "reports": list(job.reports),
            "result": ingested_body(job.result),
        }

    def _run(self) -> None:
        try:
            self._follow()
        finally:  # closing, or an error that nobody had thought of, which the interpreter reports
            with self._lock:
                self._ended = True
                self._fail(_BROKEN, "running", "queued")

    def _follow(self) -> None:
        wait, told = 0.0, ""
        while not self._closing:
            self._wake.wait(wait)
            self._wake.clear()
            if self._closing or self._paused:
                continue
            try:
                wait = _SOON if self._work() else _LOOK_AGAIN
                told = ""
            except StoreLocked as error:  # another process is at it: it will be free again
                _log.info("catching up: %s", error)
                wait = _LOOK_AGAIN
            except JindianziError as error:
                if str(error) != told:
                    _log.warning("catching up: %s", error)
                told = str(error)
                with self._lock:
                    self._fail(told, "running")
                wait = _AFTER_FAILURE

    def _work(self) -> bool:
        """Catch up where there is something to do. Returns whether a job still waits."""
        with self._lock:
            waiting = any(job.open for job in self._jobs.values())
            for job in self._jobs.values():
                if job.state == "queued":
                    job.state = "running"
        head = self._stores.catalogue.head()
        if not (waiting or self._unclean or (head != self._seen and self._lagging())):
            self._seen = head
            return False
        catch_up(self._stores, self._report, self._stopped)
        if self._unclean:
            self._unclean = not self._stores.catalogue.checkpoint(self._stores.catalogue.head() - max(behind(self._stores).values()))
        return self._settle()

    def _lagging(self) -> bool:
        """Whether something is left to do that no job waits for: another process wrote, or an earlier run was stopped."""
        if any(behind(self._stores).values()):
            return True
        model = self._stores.embedder.fingerprint
        present, wanted = self._stores.catalogue.vector_counts(model)
        return present < wanted or self._stores.index.live_model() != model

    def _settle(self) -> bool:
        """Close the jobs whose change everything has passed. Returns whether others are open."""
        reached = self._stores.catalogue.head() - max(behind(self._stores).values())
        with self._lock:
            self._progress = None
            for job in self._jobs.values():
                if job.state == "running" and job.feed <= reached and not self._stopped():
                    self._finish(job, "done")
            return any(job.open for job in self._jobs.values())

    def _fail(self, why: str, *states: State) -> None:
        """Close the jobs in these states; the caller holds the lock."""
        self._progress = None
        for job in self._jobs.values():
            if job.state in states:
                job.error = why
                self._finish(job, "failed")

    @staticmethod
    def _finish(job: Job, state: State) -> None:
        job.state = state
        job.finished = _now()

    def _report(self, what: str, done: int, total: int | None) -> None:
        self._progress = {"step": what, "done": done, "total": total}

    def _stopped(self) -> bool:
        return self._closing or self._paused


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
