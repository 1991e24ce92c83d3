"""Resolution on pairs of mentions (tests/data/pairs): `python -m tests.pairs_table [--half odd|even|all] [--wrong]`.

Each pair is two passages, of one report or of two, with a mention in each; asked is whether both mentions come to be one entity. A mention
that extraction does not read counts as joined with nothing, so recall pays for it; how many those are is printed as well.
Rules are made looking at the pairs of odd numbers only, so `--wrong` never prints one of the others.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from corpus.model import Reading
from graph.mentions import Links, links
from graph.resolve import entities
from ingest.draft import RawReport
from ingest.pipeline import read_report

PAIRS = Path(__file__).parent / "data" / "pairs" / "pairs.jsonl"


def read(name: str, text: str) -> Reading:
    return read_report("pairs", RawReport(name, json.dumps({"id": name, "text": text}, ensure_ascii=False).encode(), "json", name))


def place(text: str, words: str, count: int) -> tuple[int, int]:
    at = -len(words)
    for _ in range(count):
        at = text.index(words, at + len(words))
    return at, at + len(words)


def mention(reading: Reading, found: Links, type: str, start: int, end: int) -> str | None:
    """The key of the mention that is read at [start, end) of the source: the one that shares most of it, one of its type before
    others. An acting place is a mention of the place, too."""
    best: tuple[float, int, str] | None = None
    for fact in reading.facts:
        low, high = reading.offsets.to_source(fact.start, fact.end)
        common = min(end, high) - max(start, low)
        for key, of_type in ((found.of.get(fact.id), fact.type), (found.territories.get(fact.id), "place")):
            if key and common > 0:
                candidate = (round(common / (max(end, high) - min(start, low)), 1), int(of_type == type), key)
                best = max(best, candidate) if best else candidate
    return best[2] if best else None


def joined(pair: dict[str, Any]) -> bool | None:
    """Whether both are one entity; None where one of them was not read."""
    one, other = pair["one"], pair["other"]
    first, second = place(one["text"], one["quote"], one["n"]), place(other["text"], other["quote"], other["n"])
    if pair["report"] == "same":
        reading = read(pair["id"], f"{one['text']}\n{other['text']}")
        shift = len(one["text"]) + 1
        readings, second = [reading, reading], (second[0] + shift, second[1] + shift)
    else:
        readings = [read(pair["id"] + "a", one["text"]), read(pair["id"] + "b", other["text"])]
    found = [links(reading.report, reading) for reading in readings]
    keys = [mention(reading, own, pair["type"], *span) for reading, own, span in zip(readings, found, (first, second), strict=True)]
    if None in keys:
        return None
    everything = {item.key: item for own in found for item in own.mentions}
    return any(set(keys) <= set(entity.mentions) for entity in entities(everything.values()))


def is_odd(pair: dict[str, Any]) -> bool:
    return int(pair["id"][1:]) % 2 == 1


def main() -> None:
    parser = argparse.ArgumentParser(description="Resolution on pairs of mentions.")
    parser.add_argument("--half", choices=("odd", "even", "all"), default="all")
    parser.add_argument("--wrong", action="store_true", help="print the pairs of odd numbers that came out wrong")
    options = parser.parse_args()
    counts: Counter[tuple[bool, bool | None]] = Counter()
    kinds: Counter[tuple[str, bool]] = Counter()
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        if options.half != "all" and is_odd(pair) != (options.half == "odd"):
            continue
        said = joined(pair)
        counts[pair["same"], said] += 1
        right = bool(said) == pair["same"]
        kinds[pair["kind"], right] += 1
        if not right and options.wrong and is_odd(pair):
            print(
                pair["id"], pair["kind"], pair["type"], "same" if pair["same"] else "different", f"said {said}", pair["one"], pair["other"]
            )
    true, false = counts[True, True], counts[False, True]
    total = sum(counts[True, said] for said in (True, False, None))
    recall = true / total if total else 1
    print(f"precision {true / (true + false) if true + false else 1:.3f} ({true} of {true + false}), recall {recall:.3f} of {total}")
    print(f"not read: {counts[True, None]} of the same, {counts[False, None]} of the different")
    print(", ".join(f"{kind} {kinds[kind, True]}/{kinds[kind, True] + kinds[kind, False]}" for kind in sorted({kind for kind, _ in kinds})))


if __name__ == "__main__":
    main()
