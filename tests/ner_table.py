"""Names of organisations, posts, places and people against labelled sentences: `DATA=DIR python -m tests.ner_table [--wrong LABEL]`.

Labels are mapped: organization, government, company and ORG are actors; position and TITLE the post of a person; address and LOC places;
name and NAME people. Scenes, games, books, films, schools attended, nationalities and races have no counterpart and are left out, as are
words for groups (居民, 企业) that we read and the labels do not name. A post is counted where it stands beside its person; one without a
person is read only where it speaks or acts. Places that we read inside the name of a body are not counted, as the labels have none there.
The sentences are news of sport, games and finance, and careers of managers: none was used for the rules.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.model import Fact, Metadata
from ingest.extract import extract
from tests.spans import Counts, Span

SETS = ("cluener.train", "resume.dev")
LABELS = {
    "organization": "actor",
    "government": "actor",
    "company": "actor",
    "ORG": "actor",
    "position": "post",
    "TITLE": "post",
    "address": "place",
    "LOC": "place",
    "name": "person",
    "NAME": "person",
}
OURS = ("actor", "post", "place", "person")
_ALSO = re.compile("[、，,兼]")


def spans(text: str, facts: Sequence[Fact]) -> Iterator[tuple[str, Span]]:
    """Our facts as the labels have them: names, and posts beside a person or alone."""
    bodies = [(fact.start, fact.end) for fact in facts if fact.type == "actor"]
    for fact in facts:
        if fact.type == "place" and any(start <= fact.start and fact.end <= end for start, end in bodies):
            continue
        if fact.type in ("place", "person", "actor") and fact.rule not in ("actor.generic", "person.office", "place.pointing"):
            yield fact.type, (fact.start, fact.end)
        if fact.type == "person" and fact.post:
            start = text.rfind(fact.post, max(0, fact.start - 40), fact.end)
            start = text.find(fact.post, fact.end, fact.end + 60) if start < 0 else start
            position = start
            for part in _ALSO.split(fact.post) if start >= 0 else ():
                if part:
                    yield "post", (position, position + len(part))
                position += len(part) + 1


def main() -> None:
    parser = argparse.ArgumentParser(description="Names against labelled sentences.")
    parser.add_argument("--wrong", choices=OURS, help="print fifty of the missed and of the false ones of a label")
    options = parser.parse_args()
    if not os.environ.get("DATA"):
        raise SystemExit("set DATA to the folder that holds the evaluation sets: DATA=DIR python -m tests.ner_table")
    for name in SETS:
        counts = Counts()
        wrong: dict[str, list[str]] = {"missed": [], "false": []}
        for line in (Path(os.environ["DATA"]) / "ner" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["text"]
            found = list(spans(text, extract(text, (), (), Metadata())[0]))
            for label in OURS:
                gold = [(entity["start"], entity["end"]) for entity in row["entities"] if LABELS.get(entity["label"]) == label]
                missed, false = counts.add(label, gold, [span for kind, span in found if kind == label])
                if label == options.wrong:
                    wrong["missed"] += [f"{text[:start]}【{text[start:end]}】{text[end:]}" for start, end in missed]
                    wrong["false"] += [f"{text[:start]}【{text[start:end]}】{text[end:]}" for start, end in false]
        print(f"{name}\n\n{counts.table(OURS)}\n")
        for what, rows in wrong.items():
            for row in random.Random(1).sample(rows, min(50, len(rows))):
                print(what, row)


if __name__ == "__main__":
    main()
