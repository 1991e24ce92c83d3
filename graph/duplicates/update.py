"""The consumer of the change feed that keeps signatures, pairs and groups of duplicates in the catalogue.

What is kept is a function of the reports that are there and of what people said, so any order of arrival, deletion and return gives the
same, and so does computing it again from nothing. A change touches what shares a key with the changed texts, and those whose common phrases
it makes or unmakes; the work does not grow with the collection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.catalogue import DUPLICATES, Catalogue, Found, Pair, Signature, number_of
from corpus.model import Change, Judgement, Metadata
from graph.duplicates.align import align
from graph.duplicates.groups import JUDGED, closure, groups
from graph.duplicates.kinds import GROUPING, pair_of, phrase_mask
from graph.duplicates.letters import Letters
from graph.duplicates.signature import LEAST, sign
from graph.duplicates.state import State

RULES = "1"
"""Version of what is computed, by thresholds or hashes: another one computes all again."""

_META = "duplicates_by"
_PAGE = 5000  # rows of the feed asked for at once
_Key = tuple[str, str]


def update_duplicates(catalogue: Catalogue, limit: int = 200) -> int:
    """Follow the feed until `limit` reports changed; after a change of rules, from its start.

    Returns the number of rows taken; 0 when there is nothing to do.
    """
    if catalogue.meta(_META) != RULES:
        catalogue.reset_duplicates()
        catalogue.set_meta(_META, RULES)
    while True:
        after = catalogue.mark(DUPLICATES)
        changes = _changes(catalogue, after, limit)
        if not changes:
            return 0
        found = changed(catalogue, sorted({change.id for change in changes if change.kind == "report"}))
        if catalogue.put_duplicates(found, after=after, mark=changes[-1].number):
            return len(changes)


def rebuild_duplicates(catalogue: Catalogue) -> None:
    """Compute all again from the feed's start."""
    catalogue.reset_duplicates()
    while update_duplicates(catalogue):
        pass


def _changes(catalogue: Catalogue, after: int, limit: int) -> list[Change]:
    """The feed from `after` on, until it has named `limit` reports, or its end."""
    changes: list[Change] = []
    named: set[str] = set()
    while page := catalogue.feed(after, _PAGE):
        for change in page:
            changes.append(change)
            if change.kind == "report":
                named.add(change.id)
                if len(named) == limit:
                    return changes
        after = page[-1].number
    return changes


def changed(catalogue: Catalogue, ids: Sequence[str]) -> Found:
    """What changes now that these reports are as they are."""
    texts = _Texts(catalogue)
    old, new = _signed(catalogue, texts, ids)
    state = State(catalogue, old, new)
    again = {number_of(report) for report in new} | state.shaken.stronger
    candidates = state.candidates(again)
    looked_at = state.signatures(state.shaken.weaker | state.shaken.stronger)
    stored = {(pair.one, pair.other): pair for pair in catalogue.duplicate_pairs(sorted({*old, *(item.report for item in looked_at)}))}
    kept = {pair for pair in stored if not {number_of(report) for report in pair} & (again | state.touched)}
    now = _pairs(state, texts, candidates, kept)
    pairs = [now[key] for key in sorted(now) if stored.get(key) != now[key]]
    gone = sorted(stored.keys() - now.keys())
    return Found(
        signatures=[new[report] for report in sorted(new) if not _same(old.get(report), new[report])],
        gone=sorted(old.keys() - new.keys()),
        postings=state.postings,
        gone_postings=state.gone_postings,
        buckets=state.buckets,
        pairs=pairs,
        gone_pairs=gone,
        joined=_joined(catalogue, old, new, {(pair.one, pair.other): pair for pair in pairs}, gone, ids),
    )


class _Texts:
    """Texts and metadata of reports, loaded once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.letters: dict[str, Letters] = {}
        self.about: dict[str, Metadata] = {}

    def load(self, reports: Iterable[str]) -> None:
        missing = sorted({report for report in reports if report not in self.letters})
        texts = self._catalogue.texts(missing)
        for report in self._catalogue.reports(ids=sorted(texts)):
            self.letters[report.id] = Letters.of(texts[report.id])
            self.about[report.id] = report.metadata

    def signature(self, report: str) -> Signature:
        signed = sign(self.letters[report], self.about[report].title)
        a, b, c, d = signed.sketch
        return Signature(report, signed.text, signed.letters, True, (a, b, c, d), signed.keys, signed.weights)


def _signed(catalogue: Catalogue, texts: _Texts, ids: Sequence[str]) -> tuple[dict[str, Signature], dict[str, Signature]]:
    """Signatures as they were and as they are, of these reports and of those that begin or cease to lead because of them."""
    old = {item.report: item for item in catalogue.signatures(reports=ids)}
    texts.load(ids)
    new = {report: texts.signature(report) for report in ids if report in texts.letters}
    concerned = sorted({item.text for item in (*old.values(), *new.values())})
    others = {item.report: item for item in catalogue.signatures(texts=concerned) if item.report not in old and item.report not in new}
    classes: dict[str, list[str]] = defaultdict(list)
    for item in (*new.values(), *others.values()):
        classes[item.text].append(item.report)
    for members in classes.values():
        for report in members:
            leads = report == min(members)
            if report in others and leads != others[report].leads:
                texts.load([report])
                if report not in texts.letters:  # gone meanwhile: the feed will tell, and then another leads
                    continue
                old[report] = others[report]
                new[report] = replace(texts.signature(report), text=others[report].text) if leads else others[report]
            if report in new:
                new[report] = _placed(new[report], leads, old.get(report))
    return old, new


def _placed(item: Signature, leads: bool, before: Signature | None) -> Signature:
    """With its group as it was; with keys only where it leads and there is enough of it."""
    none = replace(item, leads=leads, joined=before.joined if before else None)
    return none if leads else replace(none, keys=np.zeros(0, dtype=np.int64), weights=np.zeros(0, dtype=np.uint8))


def _same(one: Signature | None, other: Signature) -> bool:
    return (
        one is not None
        and (one.text, one.letters, one.leads, one.sketch) == (other.text, other.letters, other.leads, other.sketch)
        and np.array_equal(one.keys, other.keys)
        and np.array_equal(one.weights, other.weights)
    )


def _pairs(state: State, texts: _Texts, candidates: set[_Key], kept: set[_Key]) -> dict[_Key, Pair]:
    """The pairs that these turn out to be; of `kept` those that are still candidates."""
    numbers = {number_of(report) for pair in (*candidates, *kept) for report in pair}
    by_id = {item.report: item for item in state.signatures(numbers)}
    state.know(key for item in by_id.values() for key in item.keys.tolist())
    still = {pair for pair in kept if all(report in by_id for report in pair) and state.still(by_id[pair[0]], by_id[pair[1]])}
    wanted = sorted(pair for pair in candidates | still if all(report in by_id for report in pair))
    texts.load({report for pair in wanted for report in pair})
    masks = {
        report: phrase_mask(texts.letters[report], state.common(by_id[report].keys))
        for report in {report for pair in wanted for report in pair}
        if report in texts.letters
    }
    found: dict[_Key, Pair] = {}
    for one, other in wanted:
        if one in masks and other in masks:
            aligned = align(texts.letters[one], texts.letters[other])
            pair = pair_of((one, other), (texts.about[one], texts.about[other]), aligned, (masks[one], masks[other]))
            if pair is not None:
                found[one, other] = pair
    return found


def _joined(
    catalogue: Catalogue,
    old: Mapping[str, Signature],
    new: Mapping[str, Signature],
    put: Mapping[_Key, Pair],
    gone: Sequence[_Key],
    ids: Sequence[str],
) -> dict[str, str | None]:
    """The group of every report that is in another one than before."""
    said = [one for kind in JUDGED for one in catalogue.judgements(kind)]
    start = {*ids, *old, *new, *(report for pair in (*put, *gone) for report in pair)}
    start |= {item.report for item in catalogue.signatures(texts=sorted({item.text for item in (*old.values(), *new.values())}))}
    start |= {report for one in said if {one.target, one.value} & start for report in (one.target, one.value)}
    ties = _Ties(catalogue, old, new, put, set(gone), said)
    reports = closure(start, ties.beside)
    found = groups(ties.present(reports), ties.equal(reports), ties.pairs(reports), said)
    return {
        report: found.get(report) for report, item in sorted(ties.known.items()) if report in reports and item.joined != found.get(report)
    }


@dataclass
class _Ties:
    """What ties reports together after the change."""

    catalogue: Catalogue
    old: Mapping[str, Signature]
    new: Mapping[str, Signature]
    put: Mapping[_Key, Pair]
    gone: set[_Key]
    said: Sequence[Judgement]

    def __post_init__(self) -> None:
        self.known: dict[str, Signature] = dict(self.new)
        self._pairs: dict[_Key, Pair] = dict(self.put)
        self._same: dict[str, set[str]] = defaultdict(set)
        for one in self.said:
            if one.kind == "same":
                self._same[one.target].add(one.value)
                self._same[one.value].add(one.target)
        self._by_text: dict[str, list[str]] = defaultdict(list)
        for report, item in self.new.items():
            self._by_text[item.text].append(report)
        self._of: dict[str, set[_Key]] = defaultdict(set)
        for pair in self.put:
            self._note(pair)

    def _note(self, pair: _Key) -> None:
        for report in pair:
            self._of[report].add(pair)

    def beside(self, reports: Sequence[str]) -> dict[str, set[str]]:
        self._load(reports)
        found: dict[str, set[str]] = {}
        for report in reports:
            tied = {other for pair in self._of[report] for other in pair if self._pairs[pair].kind in GROUPING}
            if report in self.known and self.known[report].letters >= LEAST:
                tied.update(self._by_text[self.known[report].text])
            found[report] = (tied | self._same[report]) - {report}
        return found

    def _load(self, reports: Sequence[str]) -> None:
        missing = [report for report in reports if report not in self.known and report not in self.old]
        self.known.update((item.report, item) for item in self.catalogue.signatures(reports=missing))
        texts = sorted({self.known[report].text for report in reports if report in self.known})
        for item in self.catalogue.signatures(texts=texts):
            if item.report not in self.old and item.report not in self.new:
                self.known[item.report] = item
                if item.report not in self._by_text[item.text]:
                    self._by_text[item.text].append(item.report)
        for pair in self.catalogue.duplicate_pairs(reports):
            key = (pair.one, pair.other)
            if key not in self.gone and key not in self._pairs:
                self._pairs[key] = pair
                self._note(key)

    def present(self, reports: Iterable[str]) -> list[str]:
        return sorted(report for report in reports if report in self.known)

    def equal(self, reports: Iterable[str]) -> list[list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for report in self.present(reports):
            if self.known[report].letters >= LEAST:
                found[self.known[report].text].append(report)
        return [members for _, members in sorted(found.items()) if len(members) > 1]

    def pairs(self, reports: set[str]) -> list[Pair]:
        return [pair for key, pair in sorted(self._pairs.items()) if key[0] in reports and key[1] in reports]
