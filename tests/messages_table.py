"""Issues read from citizens' messages against the label of the office they went to: `DATA=DIR python -m tests.messages_table [--wrong]`.

tests/data/labels/messages.yaml states which issues stand for which of the seven labels. A message's label is the one that most of its
issues stand for, of several the first; a message in which no issue is read, or only such as stand for no label, counts as missed. An
office is not an issue: what people complain of at a school may be its noise, so agreement has an upper bound that nobody has measured.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import yaml

from corpus.model import Metadata
from corpus.vocabulary import lineage
from ingest.extract import extract

MAPPING = Path(__file__).parent / "data" / "labels" / "messages.yaml"


def labels() -> dict[str, str]:
    """Issue -> label. Raises NotFound for an id that issues.yaml does not hold, ValueError for one that stands under two labels."""
    found: dict[str, str] = {}
    for label, issues in yaml.safe_load(MAPPING.read_text(encoding="utf-8")).items():
        for issue in issues:
            lineage(issue)
            if found.setdefault(issue, label) != label:
                raise ValueError(f"{issue} stands under {found[issue]} and {label}")
    return found


def label(issue: str, mapping: Mapping[str, str]) -> str | None:
    """The label of an issue, by itself or by what stands above it."""
    return next((mapping[above] for above in lineage(issue) if above in mapping), None)


def main() -> None:
    parser = argparse.ArgumentParser(description="Issues of messages against the labels of offices.")
    parser.add_argument("--wrong", action="store_true", help="print the messages that came out otherwise")
    options = parser.parse_args()
    if not os.environ.get("DATA"):
        raise SystemExit("set DATA to the folder that holds the evaluation sets: DATA=DIR python -m tests.messages_table")
    mapping = labels()
    gold: Counter[str] = Counter()
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    read = among = 0
    rows = (Path(os.environ["DATA"]) / "vocabulary" / "messages_labelled.jsonl").read_text(encoding="utf-8").splitlines()
    for line in rows:
        row = json.loads(line)
        facts, _ = extract(f"{row['title']}\n{row['text']}", (), (), Metadata(title=row["title"]))
        issues = [fact.concept for fact in facts if fact.type == "issue" and fact.concept]
        votes = Counter(name for issue in issues if (name := label(issue, mapping)) is not None)
        main_label = max(votes, key=lambda name: votes[name]) if votes else None
        gold[row["label1"]] += 1
        read += bool(issues)
        among += row["label1"] in votes
        if main_label is not None:
            said[main_label] += 1
            right[main_label] += main_label == row["label1"]
        if options.wrong and main_label != row["label1"]:
            print(row["label1"], main_label, issues, row["title"], row["text"][:80])
    print("| label | messages | said | precision | recall | F1 |\n|---|---|---|---|---|---|")
    for name in sorted(gold, key=lambda name: -gold[name]):
        print(f"| {name} | {gold[name]} | {said[name]} | {_rates(right[name], said[name], gold[name])} |")
    print(f"| all | {gold.total()} | {said.total()} | {_rates(right.total(), said.total(), gold.total())} |")
    print(f"\nan issue is read in {read}, one that stands for the label in {among} of {gold.total()}")


def _rates(right: int, said: int, gold: int) -> str:
    precision, recall = right / said if said else 0.0, right / gold
    return f"{precision:.3f} | {recall:.3f} | {2 * precision * recall / (precision + recall) if right else 0:.3f}"


if __name__ == "__main__":
    main()
