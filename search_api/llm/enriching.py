"""Asking the language model about one text after the other and keeping what holds of its answers, each as soon as it is there."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Literal

from corpus.catalogue import Catalogue
from corpus.errors import EndpointError, EndpointFailed, EndpointRefused
from ingest.annotate import SCHEMA, check, messages, read_answer
from ingest.annotate.reasons import Reason
from search_api.llm.client import Client, Pause, Reply
from search_api.llm.endpoint import Endpoint
from search_api.llm.planning import Plan, Question, work
from search_api.llm.stored import encode

Progress = Callable[[int, int], None]
"""Called with how many questions are answered, in whatever way, and of how many."""
Stopped = Literal["questions", "tokens", "cost"]
_SILENT = 3  # questions in a row without an answer after which the endpoint is given up
_GARBLED = 10  # answers in a row that cannot be read after which the model is


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may ask for and cost; None: no limit. `cost` needs a price."""

    questions: int | None = None
    tokens: int | None = None
    cost: float | None = None


@dataclass(slots=True)
class Enriched:
    """What came of a run. `answered` and `reused` count texts, `facts` facts by type, `unanswered` has an error for each text,
    `read` and `written` are tokens (`estimated`: the endpoint did not tell all of them). `stopped`: the limit that ended it; `failure`: the
    error that did."""

    answered: int = 0
    reused: int = 0
    cut: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    rejected: Counter[Reason] = field(default_factory=Counter)
    unanswered: list[EndpointError] = field(default_factory=list)
    read: int = 0
    written: int = 0
    estimated: bool = False
    stopped: Stopped | None = None
    failure: EndpointError | None = None

    @property
    def tokens(self) -> int:
        return self.read + self.written

    @property
    def rejected_share(self) -> float | None:
        """Of all facts that the model claimed, how many were thrown away; None where it claimed none."""
        rejected = sum(self.rejected.values())
        claimed = rejected + sum(self.facts.values())
        return rejected / claimed if claimed else None

    @property
    def exit_status(self) -> int:
        return 1 if self.unanswered else 0


def enrich(
    catalogue: Catalogue,
    endpoint: Endpoint,
    planned: Plan,
    *,
    internal: bool = False,
    limits: Limits | None = None,
    progress: Progress = lambda done, total: None,
    leaving: Callable[[int], None] = lambda count: None,
    pause: Pause | None = None,
) -> Enriched:
    """Ask about what is planned until it is done, a limit is reached or the endpoint is given up; then the result tells why.

    Every answer is kept when it comes, so a run that was stopped goes on from there. `pause` waits before another try (by default in a way
    that an interruption ends); `leaving` is called with how many answers are still waited for when the run is interrupted. Raises
    StoreError where the catalogue cannot be written.
    """
    with _Run(catalogue, endpoint, limits or Limits(), planned.questions, progress, leaving, pause) as run:
        return run.through(work(catalogue, endpoint.fingerprint, planned.reports, internal=internal))


class _Run:
    def __init__(
        self,
        catalogue: Catalogue,
        endpoint: Endpoint,
        limits: Limits,
        total: int,
        progress: Progress,
        leaving: Callable[[int], None],
        pause: Pause | None,
    ) -> None:
        self._catalogue = catalogue
        self._endpoint = endpoint
        self._limits = limits
        self._total = total
        self._progress = progress
        self._leaving = leaving
        self._halt = threading.Event()
        self._client = Client(endpoint, SCHEMA, pause=pause or self._pause)
        self._pending: dict[Future[Reply], Question] = {}
        self._asked: dict[str, Question] = {}  # by hash, all of this run
        self._silent = self._garbled = 0
        self.result = Enriched()

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._client.close()

    def _pause(self, seconds: float) -> None:
        if self._halt.wait(seconds):
            raise EndpointFailed("已停下", where=self._endpoint.shown, en="stopped")

    def through(self, questions: Iterator[tuple[Question, str | None]]) -> Enriched:
        with ThreadPoolExecutor(self._endpoint.parallel) as pool:
            try:
                for question, answer in questions:
                    if self._answered_before(question, answer):
                        continue
                    while len(self._pending) >= self._endpoint.parallel:
                        self._settle()
                    if self._at_end(question):
                        break
                    self._asked[question.hash] = question
                    self._pending[pool.submit(self._client.ask, messages(question.text))] = question
                while self._pending:
                    self._settle()
            except BaseException:
                self._halt.set()
                if self._pending:
                    self._leaving(len(self._pending))
                while self._pending:  # what was asked is paid for: its answers are waited for, and kept
                    self._collect()
                raise
        return self.result

    def _answered_before(self, question: Question, answer: str | None) -> bool:
        """Whether nothing is to be asked: an equal text has an answer, or is being asked about, or was, in vain, in this run."""
        asked = self._asked.get(question.hash)
        if answer is not None:
            self._keep(question, answer)
            self.result.reused += 1
            return True
        if asked is None:
            return False
        asked.targets.update(question.targets)
        if asked not in self._pending.values():  # answered since the list was made
            known = self._catalogue.annotations_of_texts([question.hash], self._endpoint.fingerprint).get(question.hash)
            if known is not None:
                self._keep(question, known)
        return True

    def _at_end(self, question: Question) -> bool:
        """Whether to ask no more: given up, or one more would pass a limit, once those under way have told what they cost."""
        while True:
            if self.result.failure is not None:
                return True
            self.result.stopped = self._passed(question)
            if self.result.stopped is None or not self._pending:
                return self.result.stopped is not None
            self._settle()

    def _passed(self, question: Question) -> Stopped | None:
        limits, price = self._limits, self._endpoint.price
        waiting = [*self._pending.values(), question]
        if limits.questions is not None and len(self._asked) >= limits.questions:
            return "questions"
        if limits.tokens is not None and self.result.tokens + sum(item.tokens for item in waiting) > limits.tokens:
            return "tokens"
        if limits.cost is not None and price is not None:
            answers = sum(len(item.text) // 2 for item in waiting)
            coming = price.of(sum(item.tokens for item in waiting) - answers, answers)
            if price.of(self.result.read, self.result.written) + coming > limits.cost:
                return "cost"
        return None

    def _settle(self) -> None:
        self._collect()
        self._progress(len(self._asked) - len(self._pending), self._total)

    def _collect(self) -> None:
        """Take in the answers that have come, at least one."""
        done, _ = wait(self._pending, return_when=FIRST_COMPLETED)
        for future in done:
            self._take(self._pending.pop(future), future)

    def _take(self, question: Question, future: Future[Reply]) -> None:
        result = self.result
        try:
            reply = future.result()
        except EndpointRefused as refused:
            result.failure = result.failure or refused
            result.unanswered.append(refused)
            return
        except EndpointFailed as failed:
            result.unanswered.append(failed)
            self._silent += 1
            if self._silent >= _SILENT:
                result.failure = result.failure or failed
            return
        self._silent = 0
        result.read += reply.read
        result.written += reply.written
        result.estimated = result.estimated or reply.estimated
        answer = read_answer(reply.content)
        if answer is None:
            result.unanswered.append(
                EndpointFailed("答复不是所要的 JSON", where=self._endpoint.shown, en="an answer that is not the JSON wanted")
            )
            self._garbled += 1
            if self._garbled >= _GARBLED and result.failure is None:
                result.failure = EndpointFailed(
                    f"一连 {_GARBLED} 次答复都不是所要的 JSON",
                    where=self._endpoint.model,
                    remedy="请换一个模型（JINDIANZI_LLM_MODEL）",
                    en="no answer can be read",
                )
            return
        self._garbled = 0
        checked = check(question.text, answer)
        self._keep(question, encode(checked, reply.read, reply.written))
        result.answered += 1
        result.cut += answer.cut or reply.cut
        result.facts.update(fact.type for fact in checked.facts)
        result.rejected.update(checked.rejected)

    def _keep(self, question: Question, data: str) -> None:
        self._catalogue.put_annotations(
            self._endpoint.fingerprint, dict.fromkeys(((report, question.hash) for report in question.targets), data), question.targets
        )
