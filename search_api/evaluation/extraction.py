"""Measuring extraction on a gold set (search_api/evaluation/gold.py): spans, labels, attributes, relations and cases.

Facts and rows are compared in the text as it stands in the file, by way of the reading's map, so a repair does not count as an error.
Each fact is matched with one row at most, the one that it shares most characters with.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.model import Fact, Reading
from ingest.draft import RawReport
from ingest.pipeline import read_report
from search_api.evaluation.gold import GoldText, Row, load

NAMES = ("actor", "person", "place", "method", "platform", "programme", "policy", "award")
TYPES = (*NAMES, "measure", "date", "quote", "context", "issue", "position", "step", "outcome", "relation")
LABELS = {"context": "aspect", "position": "stance", "step": "step"}
"""Attributes that a match needs, too: another aspect, stance or step is another fact."""
ASPECTS = frozenset("社区类型 户数 人口 物业 业委会 维修资金 产权 城乡 资金来源".split())
"""Those that the guideline has; the reading tells of more (stage)."""
_GENERIC = "居民群体"
_CHECKED = {
    "actor": ("kind",),
    "person": ("post", "organisation"),
    "measure": ("value", "unit", "subject", "qualifier"),
    "date": ("value",),
    "quote": ("speaker",),
    "position": ("holder",),
    "outcome": ("state", "told_by"),
}


@dataclass(slots=True)
class Counted:
    """How many rows there are, how many facts, and how many of them agree."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    overlapping: int = 0

    def add(self, other: Counted) -> None:
        self.gold += other.gold
        self.found += other.found
        self.exact += other.exact
        self.overlapping += other.overlapping

    def f1(self, right: int) -> float:
        return 2 * right / (self.gold + self.found) if self.gold + self.found else 0.0


@dataclass(slots=True)
class Extraction:
    """`types`: counts by type of fact. `attributes`: (right, compared) by type and attribute, of facts and rows that agree; an attribute is
    compared where the row has it. `cases`: (right, compared)."""

    texts: int = 0
    types: dict[str, Counted] = field(default_factory=lambda: {name: Counted() for name in TYPES})
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)
    cases: tuple[int, int] = (0, 0)
    wrong: list[Difference] = field(default_factory=list)

    @property
    def names(self) -> Counted:
        total = Counted()
        for name in NAMES:
            total.add(self.types[name])
        return total


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that was missed, or a fact that no row bears out (`what`: missed, false); `label`: aspect, stance, step or relation."""

    what: str
    text: str
    type: str
    label: str
    words: str
    start: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A fact with its place in the source."""

    fact: Fact
    start: int
    end: int
    reach: tuple[int, int]  # of a relation: all that it rests on


def evaluate_extraction(folder: Path, only: Iterable[str] = ()) -> Extraction:
    """Measure on all texts of a gold set, or `only` those with these ids. Raises as `gold.load`."""
    wanted = set(only)
    result = Extraction()
    for gold in load(folder):
        if not wanted or gold.id in wanted:
            _measure(gold, result)
    return result


def _measure(gold: GoldText, result: Extraction) -> None:
    reading = read(gold)
    facts = [_placed(fact, reading) for fact in reading.facts]
    result.texts += 1
    agreed: list[tuple[Row, _Found]] = []
    for name in TYPES:
        rows = [row for row in gold.rows if row.type == name]
        found = [item for item in facts if item.fact.type == name]
        if name == "context":
            found = [item for item in found if item.fact.aspect in ASPECTS]
        if name in NAMES:
            found = [item for item in found if not _inside_another(item, name, gold.rows)]
        if name == "actor":
            found = _without_repeats(rows, found, gold.text)
        if name in ("issue", "context"):
            found = _first_wordings(rows, found)
        if name == "relation":
            found = [item for item in found if not (item.fact.relation == "part_of" and item.fact.head_type == "person")]
        pairs = match(rows, found, _agrees(name))
        exact = sum((row.start, row.end) == (item.start, item.end) for row, item in pairs)
        result.types[name].add(Counted(len(rows), len(found), exact, len(pairs)))
        agreed += pairs
        _differ(gold, name, rows, found, pairs, result)
    for row, item in agreed:
        for name in _CHECKED.get(row.type, ()):
            if name in row.told:
                right, of = result.attributes.get(f"{row.type}.{name}", (0, 0))
                result.attributes[f"{row.type}.{name}"] = right + _same(row.told[name], getattr(item.fact, name)), of + 1
    right, of = _cases(agreed)
    result.cases = result.cases[0] + right, result.cases[1] + of


def read(gold: GoldText) -> Reading:
    """The reading of a gold text, with the title and date that are known of it."""
    row = {"id": gold.id, "text": gold.text, **{name: gold.about[name] for name in ("title", "published") if name in gold.about}}
    return read_report("gold", RawReport(gold.id, json.dumps(row, ensure_ascii=False).encode(), "json", gold.id))


def _placed(fact: Fact, reading: Reading) -> _Found:
    start, end = reading.offsets.to_source(fact.start, fact.end)
    spans = [(fact.start, fact.end), *fact.evidence]
    low, high = reading.offsets.to_source(min(low for low, _ in spans), max(high for _, high in spans))
    return _Found(fact, start, end, (low, high))


def _without_repeats(rows: Sequence[Row], found: Sequence[_Found], text: str) -> list[_Found]:
    """Without further mentions of 居民, 党员 and the like: the guideline has each annotated once, and finding them again is no error."""
    places = {(row.start, row.end) for row in rows}
    generic = {text[row.start : row.end] for row in rows if row.told.get("kind") == _GENERIC}
    return [
        item
        for item in found
        if item.fact.name not in generic or any(item.start < high and low < item.end for low, high in places) or item.fact.kind != _GENERIC
    ]


def _first_wordings(rows: Sequence[Row], found: Sequence[_Found]) -> list[_Found]:
    """Without later mentions in the words of an earlier one of its case: the guideline has each wording once, where it first stands."""
    seen: set[tuple[str | None, str | None, str]] = set()
    kept = []
    for item in found:
        key = (item.fact.case, item.fact.aspect, item.fact.name)
        if key not in seen or any(row.start < item.end and item.start < row.end for row in rows):
            kept.append(item)
        seen.add(key)
    return kept


def _inside_another(item: _Found, name: str, rows: Sequence[Row]) -> bool:
    """Whether it is a part of a name of another type: the guideline annotates nothing inside a name, the reading gives its place, too."""
    return any(
        row.type in NAMES
        and row.type != name
        and row.start <= item.start
        and item.end <= row.end
        and (row.start, row.end) != (item.start, item.end)
        for row in rows
    )


def _agrees(name: str) -> Callable[[Row, _Found], bool]:
    label = LABELS.get(name)
    if name == "relation":
        return _same_relation
    if label:
        return lambda row, item: row.told.get(label) == getattr(item.fact, label)
    return lambda row, item: True


def _same_relation(row: Row, item: _Found) -> bool:
    return (
        row.told.get("relation") == item.fact.relation
        and _alike(str(row.told.get("head")), item.fact.head or "")
        and _alike(str(row.told.get("tail")), item.fact.tail or "")
    )


def _alike(one: str, other: str) -> bool:
    """One is part of the other: the ends of a relation may be named by more or less of a name."""
    return bool(one and other) and (one in other or other in one)


def match(rows: Sequence[Row], found: Sequence[_Found], agrees: Callable[[Row, _Found], bool]) -> list[tuple[Row, _Found]]:
    """Rows and facts that agree and overlap, one to one, those that share most characters first; relations by all that they rest on."""
    shared = []
    for at, row in enumerate(rows):
        for number, item in enumerate(found):
            low, high = item.reach if row.type == "relation" else (item.start, item.end)
            common = min(row.end, high) - max(row.start, low)
            if common > 0 and agrees(row, item):
                whole = max(row.end, high) - min(row.start, low)
                shared.append((common / whole, -at, -number))
    rows_left, found_left = set(range(len(rows))), set(range(len(found)))
    pairs = []
    for _, at, number in sorted(shared, reverse=True):
        if -at in rows_left and -number in found_left:
            rows_left.remove(-at)
            found_left.remove(-number)
            pairs.append((rows[-at], found[-number]))
    return pairs


def _differ(
    gold: GoldText, name: str, rows: Sequence[Row], found: Sequence[_Found], pairs: Sequence[tuple[Row, _Found]], result: Extraction
) -> None:
    """Note what was missed and what was false."""
    right_rows = {id(row) for row, _ in pairs}
    right_facts = {id(item) for _, item in pairs}
    for row in rows:
        if id(row) not in right_rows:
            label = str(row.told.get(LABELS.get(name, "relation"), ""))
            words = f"{row.told['head']} → {row.told['tail']}" if name == "relation" else gold.text[row.start : row.end]
            result.wrong.append(Difference("missed", gold.id, name, label, words, row.start))
    for item in found:
        if id(item) not in right_facts:
            fact = item.fact
            label = (getattr(fact, LABELS.get(name, "relation")) or "") if name in LABELS or name == "relation" else ""
            words = f"{fact.head} → {fact.tail}" if name == "relation" else fact.name
            result.wrong.append(Difference("false", gold.id, name, label, words, item.start, fact.rule))


def _same(row: object, fact: object) -> bool:
    if isinstance(row, int | float) and isinstance(fact, int | float):
        return abs(row - fact) <= 0.01 * max(1.0, abs(row))
    if isinstance(row, str) and isinstance(fact, str) and row and fact:
        return row == fact or row in fact or fact in row
    return row == fact


def _cases(agreed: Sequence[tuple[Row, _Found]]) -> tuple[int, int]:
    """How many facts lie in the case of their row; which case of the reading is which of the gold's is decided by most of them."""
    votes: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for row, item in agreed:
        if item.fact.case is not None:
            votes[item.fact.case][row.case] += 1
    meant = {case: counts.most_common(1)[0][0] for case, counts in votes.items()}
    right = sum((meant[item.fact.case] if item.fact.case is not None else 0) == row.case for row, item in agreed)
    return right, len(agreed)
