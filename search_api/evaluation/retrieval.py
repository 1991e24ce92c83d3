"""Measuring retrieval on a set of one's own: corpus, questions and which document answers which.

A set is a folder with corpus.jsonl ({id, text, title?}), queries.jsonl ({id, text, kind?}) and qrels.tsv (query, document, grade; tabs, no
header). Its texts go the way of every report: ingestion, feed, index, vectors; in a store of its own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import DamagedSource, NotFound
from ingest.draft import RawReport
from ingest.repair.script import simplify
from search_api.answers import Verdict
from search_api.ingesting import ingest_found
from search_api.ranking.ranker import CHANNELS
from search_api.search import SearchService
from search_api.settings import Settings
from search_api.stores import opened
from search_api.sync import Progress, catch_up

DEPTH = 10
_FILES = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")


def _silent(what: str, done: int, total: int | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the questions, of the first ten: `ndcg` with the grade as gain, `recall`, `mrr`, and `hit` (the first one answers)."""

    questions: int
    ndcg: float
    recall: float
    mrr: float
    hit: float


@dataclass(frozen=True, slots=True)
class Measured:
    """`channels`: scores by channel. `simplified`: with the questions in Simplified characters, where that changes any. `kinds`: hybrid, by
    kind of question. `none_right`, `none_wrong`: share of questions answered `none` with their documents left out, and with them there."""

    name: str
    documents: int
    set_aside: int
    passages: int
    model: str
    channels: Mapping[str, Scores]
    simplified: Mapping[str, Scores] = field(default_factory=dict)
    kinds: Mapping[str, Scores] = field(default_factory=dict)
    none_right: float = 0.0
    none_wrong: float = 0.0


def evaluate_retrieval(folder: Path, settings: Settings, work: Path | None = None, progress: Progress = _silent) -> list[Measured]:
    """Measure the set in `folder`, or each set in a folder of sets.

    `settings` names model and cache. `work`: a folder in which stores are kept, so that a second run makes no vector again; without it they
    are thrown away. Raises NotFound where there is no set, DamagedSource for a file that cannot be read, and the errors of ingestion.
    """
    measured = []
    for found in sets(folder):
        if work is not None:
            measured.append(_measure(found, settings, work / found.name, progress))
        else:
            with TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
                measured.append(_measure(found, settings, Path(temporary), progress))
    return measured


def sets(folder: Path) -> list[Path]:
    """The sets in `folder`: itself, or those of its folders that are one, by name. Raises NotFound where there is none."""
    if all((folder / name).is_file() for name in _FILES):
        return [folder]
    inside = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    found = [path for path in inside if all((path / name).is_file() for name in _FILES)]
    if not found:
        raise NotFound("没有可评测的数据集", where=str(folder), remedy=f"文件夹里应有 {'、'.join(_FILES)}")
    return found


def _measure(folder: Path, settings: Settings, work: Path, progress: Progress) -> Measured:
    questions = [Question(str(row["id"]), str(row["text"]), str(row.get("kind") or "")) for _, row in _rows(folder / "queries.jsonl")]
    answers = _answers(folder / "qrels.tsv")
    questions = [question for question in questions if answers.get(question.id)]
    url = f"sqlite:///{(work / 'store.db').as_posix()}"
    work.mkdir(parents=True, exist_ok=True)
    with opened(replace(settings, store=url, graph=url, index=url)) as stores:
        ingested = ingest_found(stores.catalogue, _reports(folder / "corpus.jsonl"), folder.name)
        catch_up(stores, progress)
        simple = [replace(question, text=simplify(question.text)) for question in questions]
        channels: Mapping[str, Scores] = {name: _scores(stores.search, questions, answers, name) for name in CHANNELS}
        changed = any(one.text != other.text for one, other in zip(questions, simple, strict=True))
        kinds = sorted({question.kind for question in questions if question.kind})
        verdicts = [stores.search.verdicts(question.text, answers[question.id]) for question in questions]
        return Measured(
            name=folder.name,
            documents=stores.index.counts().reports,
            set_aside=len(ingested.set_aside),
            passages=stores.index.counts().passages,
            model=stores.embedder.name,
            channels=channels,
            simplified={name: _scores(stores.search, simple, answers, name) for name in ("lexical", "hybrid")} if changed else {},
            kinds={kind: _scores(stores.search, [one for one in questions if one.kind == kind], answers, "hybrid") for kind in kinds},
            none_right=_share(verdicts, 1),
            none_wrong=_share(verdicts, 0),
        )


def _scores(service: SearchService, questions: Sequence[Question], answers: Mapping[str, Mapping[str, int]], channel: str) -> Scores:
    each = []
    for question in questions:
        ranked = [source for source, _, _ in service.ranked_reports(question.text, DEPTH, channel)]
        each.append(score(ranked, answers[question.id]))
    return (
        Scores(len(each), *(math.fsum(column) / max(len(each), 1) for column in zip(*each, strict=True))) if each else Scores(0, 0, 0, 0, 0)
    )


def score(ranked: Sequence[str], grades: Mapping[str, int]) -> tuple[float, float, float, float]:
    """nDCG, recall, reciprocal rank and hit of the first ten of `ranked`. `grades`: those above 0 answer the question."""
    gains = [grades.get(source, 0) for source in ranked[:DEPTH]]
    ideal = sorted(grades.values(), reverse=True)[:DEPTH]
    wanted = sum(grade > 0 for grade in grades.values())
    first = next((place for place, gain in enumerate(gains, 1) if gain > 0), 0)
    best = _discounted(ideal)
    return (
        _discounted(gains) / best if best else 0.0,
        sum(gain > 0 for gain in gains) / wanted if wanted else 0.0,
        1 / first if first else 0.0,
        float(first == 1),
    )


def _discounted(gains: Sequence[int]) -> float:
    return math.fsum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


def _share(verdicts: Sequence[tuple[Verdict, Verdict]], which: int) -> float:
    """Share of `none` among the verdicts as they are (0) or as if the answering documents were not there (1)."""
    return sum(pair[which] == "none" for pair in verdicts) / max(len(verdicts), 1)


def _reports(path: Path) -> Iterator[RawReport]:
    for number, row in _rows(path):
        data = json.dumps(row, ensure_ascii=False, sort_keys=True).encode("utf-8")
        yield RawReport(str(row["id"]), data, "json", f"{path}:{number}")


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise DamagedSource("不是有效的 JSON", where=f"{path} 第 {number} 行", remedy="请更正这一行") from error
                if not isinstance(row, dict) or not {"id", "text"} <= row.keys():
                    raise DamagedSource("缺少 id 或 text", where=f"{path} 第 {number} 行", remedy="每行应为含 id 与 text 的一个对象")
                yield number, row


def _answers(path: Path) -> dict[str, dict[str, int]]:
    answers: dict[str, dict[str, int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        parts = line.split("\t")
        if not line.strip():
            continue
        if len(parts) != 3 or not parts[2].strip().isdigit():
            raise DamagedSource("应为 问题、文档、等级 三列，以制表符分隔", where=f"{path} 第 {number} 行", remedy="请更正这一行")
        answers.setdefault(parts[0], {})[parts[1]] = int(parts[2])
    return answers
