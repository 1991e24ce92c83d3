"""Keys and their holders as they are after a change: the catalogue's rows with the changed signatures over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from corpus.catalogue import Bucket, Catalogue, Signature, number_of
from graph.duplicates.signature import ENOUGH
from graph.duplicates.spread import COMMON, PILLARS, SAMPLE, bucket

Keys = npt.NDArray[np.int64]
NOTHING = Bucket()


@dataclass(slots=True)
class Shaken:
    """Numbers of texts that did not change themselves and have a key that did. `weaker`: it brings fewer texts together now, so their pairs
    are to be looked at again; `stronger`: it brings more together, so all they may be paired with is."""

    weaker: set[int] = field(default_factory=set)
    stronger: set[int] = field(default_factory=set)


class State:
    """`old` and `new`: signatures of the changed reports by id, as they were and as they are; one that is gone is in `old` only."""

    def __init__(self, catalogue: Catalogue, old: Mapping[str, Signature], new: Mapping[str, Signature]) -> None:
        self._catalogue = catalogue
        self._old = {number_of(report): item for report, item in old.items()}
        self._new = {number_of(report): item for report, item in new.items()}
        self._by_number: dict[int, Signature] = dict(self._new)
        self._stored: dict[int, list[int]] = {}  # holders in the catalogue of keys that have no edge
        self._known: dict[int, Bucket] = {}
        self.buckets: dict[int, Bucket | None] = {}
        """Buckets that are different now."""
        self.postings: list[tuple[int, int]] = []
        self.gone_postings: list[tuple[int, int]] = []
        self._pillars: dict[int, list[int]] = {}
        self.shaken = self._apply()

    @property
    def touched(self) -> set[int]:
        return self._old.keys() | self._new.keys()

    def bucket(self, key: int) -> Bucket:
        """Of a key that has been loaded."""
        return self._known.get(key, NOTHING)

    def common(self, keys: Keys) -> set[int]:
        """Those of the keys that are common phrases."""
        return {key for key in keys.tolist() if self.bucket(key).common}

    def know(self, keys: Iterable[int]) -> None:
        """Load what there is a word about."""
        wanted = [key for key in set(keys) if key not in self._known]
        self._known.update(dict.fromkeys(wanted, NOTHING))
        self._known.update(self._catalogue.duplicate_buckets(wanted))

    def signatures(self, numbers: Collection[int]) -> list[Signature]:
        """Those of the leading texts with these numbers that are there."""
        missing = [number for number in numbers if number not in self._by_number and number not in self._old]
        self._by_number.update((item.number, item) for item in self._catalogue.signatures(numbers=missing))
        return [self._by_number[number] for number in sorted(numbers) if number in self._by_number and self._by_number[number].leads]

    def candidates(self, numbers: Collection[int]) -> set[tuple[str, str]]:
        """Pairs of reports, the smaller id first, that have enough keys in common, for each of these and whatever other."""
        signatures = self.signatures(numbers)
        keys = {key for item in signatures for key in item.keys.tolist()}
        self.know(keys)
        self._load(key for key in keys if self.bucket(key).edge is None and not self.bucket(key).common)
        weights: dict[tuple[int, int], int] = defaultdict(int)
        for item in signatures:
            number = item.number
            for key, weight in zip(item.keys.tolist(), item.weights.tolist(), strict=True):
                for other in self._partners(key, number):
                    weights[number, other] += weight
        enough = [pair for pair, weight in weights.items() if weight >= ENOUGH]
        reports = {item.number: item.report for item in self.signatures({number for pair in enough for number in pair})}
        return {
            (min(reports[one], reports[other]), max(reports[one], reports[other]))
            for one, other in enough
            if one in reports and other in reports
        }

    def still(self, one: Signature, other: Signature) -> bool:
        """Whether two texts have enough keys in common, all of which are known."""
        _, at, _ = np.intersect1d(one.keys, other.keys, assume_unique=True, return_indices=True)
        total = 0
        for key, weight in zip(one.keys[at].tolist(), one.weights[at].tolist(), strict=True):
            found = self.bucket(key)
            if not found.common and (found.edge is None or {one.number, other.number} & set(self._first(key))):
                total += weight
        return total >= ENOUGH

    def _partners(self, key: int, number: int) -> Sequence[int]:
        found = self.bucket(key)
        if found.common:
            return ()
        if found.edge is None:
            holders = self._holders(key)
        else:
            pillars = self._first(key)
            holders = self._all(key) if number in pillars else pillars
        return [other for other in holders if other != number]

    def _first(self, key: int) -> list[int]:
        """The pillars of a key of very many texts."""
        if key not in self._pillars:
            stored = self._catalogue.duplicate_holders([key], PILLARS + len(self.touched)).get(key, [])
            self._pillars[key] = self._after(key, stored)[:PILLARS]
        return self._pillars[key]

    def _all(self, key: int) -> list[int]:
        self._load([key])
        return self._holders(key)

    def _holders(self, key: int) -> list[int]:
        return self._after(key, self._stored.get(key, []))

    def _load(self, keys: Iterable[int]) -> None:
        missing = [key for key in set(keys) if key not in self._stored]
        self._stored.update((key, []) for key in missing)
        self._stored.update(self._catalogue.duplicate_holders(missing))

    def _after(self, key: int, stored: Sequence[int]) -> list[int]:
        """Holders now, of those that the catalogue has (all of them, or the first)."""
        if key not in self._changed:
            return list(stored)
        gone, coming = self._changed[key]
        return sorted((set(stored) - gone) | coming)

    def _apply(self) -> Shaken:
        """Work out which postings come and go, and what becomes of the keys."""
        self._changed: dict[int, tuple[set[int], set[int]]] = {}
        asked = self._changes()
        self.know(asked)
        near = [key for key in asked if self._concerns(key, asked[key])]
        self._load(key for key in near if self.bucket(key).edge is None)
        most = SAMPLE + 1 + len(self.touched)
        large = [key for key in near if self.bucket(key).edge is not None]
        before = {key: self._stored[key] for key in near if key in self._stored} | self._catalogue.duplicate_holders(large, most)
        after = {key: self._after(key, before.get(key, [])) for key in near}
        sampled = {key: holders[:SAMPLE] for key, holders in after.items() if len(holders) >= COMMON}
        sketches = self._sketches({number for holders in sampled.values() for number in holders})
        shaken = Shaken()
        for key in near:
            was = self.bucket(key)
            now = NOTHING
            if key in sampled:
                now = bucket(after[key], [sketches[number] for number in sampled[key] if number in sketches])
                now = now if now.common or now.edge is not None else NOTHING
            self._known[key] = now
            if now != was:
                self.buckets[key] = None if now == NOTHING else now
            self._shake(shaken, key, was, now, before.get(key, []), after[key])
        shaken.weaker -= self.touched
        shaken.stronger -= self.touched
        return shaken

    def _concerns(self, key: int, numbers: set[int]) -> bool:
        """Whether what is known of a key may be different now: not where some come behind the sample that it is judged by."""
        edge = self.bucket(key).edge
        return edge is None or min(numbers) <= edge or bool(key in self._changed and self._changed[key][0])

    def _changes(self) -> dict[int, set[int]]:
        """Numbers that come to, leave, or look different in each key; notes the postings."""
        asked: dict[int, set[int]] = defaultdict(set)
        empty = np.zeros(0, dtype=np.int64)
        for number in self.touched:
            old, new = self._old.get(number), self._new.get(number)
            had, has = (old.keys if old else empty), (new.keys if new else empty)
            gone, coming = np.setdiff1d(had, has, assume_unique=True), np.setdiff1d(has, had, assume_unique=True)
            for key in gone.tolist():
                self._changed.setdefault(key, (set(), set()))[0].add(number)
                self.gone_postings.append((key, number))
            for key in coming.tolist():
                self._changed.setdefault(key, (set(), set()))[1].add(number)
                self.postings.append((key, number))
            looks = old is None or new is None or old.sketch != new.sketch
            for key in np.union1d(had, has).tolist() if looks else (*gone.tolist(), *coming.tolist()):
                asked[key].add(number)
        return asked

    def _sketches(self, numbers: set[int]) -> dict[int, tuple[int, int, int, int]]:
        found = {number: self._new[number].sketch for number in numbers if number in self._new}
        return found | self._catalogue.duplicate_sketches(sorted(numbers - found.keys()))

    def _shake(self, shaken: Shaken, key: int, was: Bucket, now: Bucket, before: Sequence[int], after: Sequence[int]) -> None:
        if was.common and now.common:
            return
        if was.common != now.common:
            (shaken.stronger if was.common else shaken.weaker).update(self._everybody(key, was, now, after))
        elif (was.edge is None) != (now.edge is None):
            (shaken.stronger if now.edge is None else shaken.weaker).update(self._everybody(key, was, now, after))
        elif now.edge is not None:
            lost, won = set(before[:PILLARS]) - set(after[:PILLARS]), set(after[:PILLARS]) - set(before[:PILLARS])
            shaken.weaker |= lost
            shaken.stronger |= won

    def _everybody(self, key: int, was: Bucket, now: Bucket, after: Sequence[int]) -> Collection[int]:
        return after if was.edge is None and now.edge is None else self._all(key)
