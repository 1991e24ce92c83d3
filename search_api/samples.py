"""The invented samples: two collections that ship with the program, and three questions asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.model import OUTCOME_UNKNOWN, Reading, Report
from search_api.answers import Answer, SearchHit
from search_api.card import Card, Cited, card, role_at
from search_api.ingesting import Ingested, Progress, ingest
from search_api.links import reading_of
from search_api.search import SearchService

REPORTS = "示例案例"
SUBMISSIONS = "示例申报"
FOLDERS = ((REPORTS, "reports"), (SUBMISSIONS, "submissions"))
QUESTIONS = (
    "一楼业主反对加装电梯，各地怎么谈成的，花了多少，有没有没谈成的？",
    "围绕农贸市场治理选三个做法不同、结果不同的案例，列出争议和讨论点",
    "本届申报中，哪些与库内已有案例做法相近，哪些成效没有数据或出处？",
)
_CANDIDATES = 20


def load(catalogue: Catalogue, progress: Progress = lambda source, count: None) -> dict[str, Ingested]:
    """Read the samples into their two collections. Raises MixedStore where the store holds one's own reports."""
    loaded = {}
    with _folder() as folder:
        for collection, name in FOLDERS:
            loaded[collection] = ingest(catalogue, [folder / name], collection, sample=True, restore=True, progress=progress)
    return loaded


def remove(catalogue: Catalogue, who: str) -> int:
    """Withdraw every sample of the store; returns how many there were."""
    samples = [report for report in catalogue.reports() if report.sample]
    for report in samples:
        catalogue.withdraw(report.id, why="移除示例", who=who)
    return len(samples)


@contextmanager
def _folder() -> Iterator[Path]:
    with resources.as_file(resources.files("corpus") / "samples") as folder:
        yield folder


@dataclass(frozen=True, slots=True)
class Contrasted:
    """A case picked because its steps and its outcome differ from those of the others picked."""

    report: Report
    card: Card
    issues: frozenset[str]


def contrasting(service: SearchService, catalogue: Catalogue, question: str, collection: str, count: int) -> list[Contrasted]:
    """Up to `count` cases on the question's issue that differ in what was done and in what came of it, best first.

    Two cases differ where neither the sentences on the steps nor the outcome are the same; a case of unknown outcome comes last.
    """
    answer = service.search(question, k=_CANDIDATES, collection=collection)
    issues = {item.id for item in answer.recognised if item.kind == "issue"}
    cards = [card_of(catalogue, hit) for hit in answer.hits if hit.case]
    found = [one for one in cards if not issues or issues & one.issues]
    picked: list[Contrasted] = []
    for told in (True, False):
        for one in found:
            known = one.card.case.outcome != OUTCOME_UNKNOWN
            if known == told and one not in picked and len(picked) < count and all(_differ(one, other) for other in picked):
                picked.append(one)
    return picked


def card_of(catalogue: Catalogue, hit: SearchHit) -> Contrasted:
    """The card of a hit that is a case."""
    report = catalogue.report(hit.report)
    reading = reading_of(catalogue, report)
    case = next(case for case in reading.cases if case.id == hit.case)
    issues = {fact.concept for fact in reading.facts if fact.case == case.id and fact.type == "issue" and fact.concept}
    return Contrasted(report, card(reading, case), frozenset(issues))


def _differ(one: Contrasted, other: Contrasted) -> bool:
    steps = {sentence.text for sentence in one.card.line("steps").sentences}
    others = {sentence.text for sentence in other.card.line("steps").sentences}
    return one.card.case.outcome != other.card.case.outcome and steps != others


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission with the reports whose situation and method are nearest, and its outcome sentences that hold no figure."""

    report: Report
    precedents: Answer
    unmeasured: tuple[Cited, ...]
    outcome_sentences: int


def submissions(service: SearchService, catalogue: Catalogue, collection: str, archive: str, k: int = 2) -> Iterator[Submission]:
    """Each submission of a collection beside the `archive`, in the order of their sources."""
    for report in catalogue.reports(collection):
        reading = reading_of(catalogue, report)
        sentences = outcome_sentences(reading)
        unmeasured = tuple(sentence for sentence in sentences if not _measured(reading, sentence))
        yield Submission(report, service.precedents(reading.text, k=k, collection=archive), unmeasured, len(sentences))


def outcome_sentences(reading: Reading) -> tuple[Cited, ...]:
    """Sentences that say what was achieved: those of outcome facts, and all that hold a fact in sections on outcomes."""
    places = {
        (fact.sentence_start, fact.sentence_end)
        for fact in reading.facts
        if fact.type == "outcome" or role_at(reading, fact.start) == "outcome"
    }
    return tuple(Cited(start, end, reading.text[start:end]) for start, end in sorted(places))


def _measured(reading: Reading, sentence: Cited) -> bool:
    return any(fact.type == "measure" and sentence.start <= fact.start < sentence.end for fact in reading.facts)
