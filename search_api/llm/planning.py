"""Which stretches of which reports a language model is to be asked about, and what of them has been answered already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.catalogue import Catalogue
from corpus.errors import UsageError
from corpus.model import Report
from corpus.stretches import stretches
from ingest.annotate import messages
from ingest.masking import hidden
from ingest.pipeline import PIPELINE
from search_api.llm.client import tokens_in

_PAGE = 50


@dataclass(slots=True)
class Question:
    """A text to ask about; `targets` are the reports it stands in, each with its reading. `text` is masked."""

    hash: str
    text: str
    targets: dict[str, str]

    @property
    def tokens(self) -> int:
        """About what it costs, rather too much: a token for each character sent, and for the answer half as many as the text has."""
        return tokens_in(messages(self.text)) + len(self.text) // 2


@dataclass(slots=True)
class Plan:
    """`reports` are the ids of those to be asked about, `internal` the sources of those left out because of their mark. `questions` counts
    different texts that nobody has answered yet, `characters` and `tokens` what they come to."""

    reports: list[str] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)
    questions: int = 0
    characters: int = 0
    tokens: int = 0


def plan(catalogue: Catalogue, model: str, keys: Sequence[str] = (), *, collection: str | None = None, internal: bool = False) -> Plan:
    """What is to be asked of `model` (a fingerprint) about the reports named, or all of a collection, or all.

    Reports marked 内部资料 or 工作秘密 are left out unless `internal`. Raises NotFound for a report that is not there, UsageError where an
    earlier version has read some of them: what is personal or secret in those is not known.
    """
    chosen = [catalogue.find_report(key) for key in keys] if keys else catalogue.reports(collection)
    chosen = [report for report in chosen if collection is None or report.collection == collection]
    stale = {report.id for report in chosen} & set(catalogue.stale(PIPELINE))
    if stale:
        raise UsageError(
            f"有 {len(stale)} 份报告是旧版本读的，其中该遮盖、不该外发的还不知道",
            where="enrich",
            remedy="请先运行 jindianzi reread",
            en=f"{len(stale)} reports were read by an earlier version; run jindianzi reread first",
        )
    planned = Plan()
    for report in chosen:
        if _is_open(report, internal):
            planned.reports.append(report.id)
        else:
            planned.internal.append(report.source)
    seen: set[str] = set()
    for question, answered in work(catalogue, model, planned.reports, internal=internal):
        if answered is None and question.hash not in seen:
            seen.add(question.hash)
            planned.questions += 1
            planned.characters += len(question.text)
            planned.tokens += question.tokens
    return planned


def _is_open(report: Report, internal: bool) -> bool:
    return internal or report.metadata.handling is None


def work(catalogue: Catalogue, model: str, reports: Sequence[str], *, internal: bool) -> Iterator[tuple[Question, str | None]]:
    """Questions that the reports still have, a page of reports at a time, with the answer where an equal text has one in any report.

    A text that stands in several pages comes once with each. What a report is now counts: marked since, it is left out.
    """
    for at in range(0, len(reports), _PAGE):
        page = reports[at : at + _PAGE]
        open_ones = {report.id for report in catalogue.reports(ids=page) if _is_open(report, internal)}
        readings = catalogue.readings(page)
        done = {(annotation.report, annotation.hash) for annotation in catalogue.annotations(page, model)}
        questions: dict[str, Question] = {}
        for id in page:
            reading = readings.get(id)
            if reading is None or id not in open_ones:
                continue
            for stretch in stretches(reading.text, reading.passages):
                if (id, stretch.hash) not in done:
                    question = questions.setdefault(stretch.hash, Question(stretch.hash, hidden(stretch.text), {}))
                    question.targets[id] = reading.id
        known = catalogue.annotations_of_texts(questions, model)
        yield from ((question, known.get(question.hash)) for question in questions.values())
