"""Readings made by hand, for tests that need something in a catalogue and no pipeline."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

from corpus.catalogue import Incoming
from corpus.identity import digest, passage_hash, report_id
from corpus.model import Case, Fact, FactType, Metadata, Passage, Personal, Reading, Section, case_id, reading_id, with_ids
from corpus.offsets import Edit, OffsetMap, apply_edits

TYPES: tuple[FactType, ...] = ("actor", "method", "issue", "outcome")


def reading(
    text: str, *, collection: str = "案例", source: str = "一.txt", pipeline: str = "1", metadata: Metadata | None = None
) -> Reading:
    """What a pipeline might make of `text`: the first line its title, one case that holds all, a passage a line, a fact a sentence."""
    report = report_id(collection, source)
    facts: list[Fact] = []
    passages: list[Passage] = []
    at = 0
    case = case_id(report, text.split("\n", 1)[0], 0)
    for line in text.split("\n"):
        if line:
            passages.append(Passage(digest("p", report, str(at)), case, at, at + len(line), line, passage_hash(line), "做法", "approach"))
        start = at
        for sentence in line.split("。"):
            if len(sentence) > 1:
                name = sentence[:2]
                end = start + len(sentence)
                facts.append(Fact("", TYPES[len(facts) % 4], name, start, start + 2, sentence, start, end, case, aliases=(name[0],)))
            start += len(sentence) + 1
        at += len(line) + 1
    return Reading(
        id=reading_id(report, hashlib.sha256(text.encode()).hexdigest(), pipeline, text),
        report=report,
        revision=hashlib.sha256(text.encode()).hexdigest(),
        pipeline=pipeline,
        text=text,
        source=text,
        offsets=OffsetMap.identity(len(text)),
        metadata=metadata or Metadata(title=text.split("\n", 1)[0], kind="case", authors=("林晓", "何川"), published="2024-05"),
        sections=(Section("approach", "", 0, len(text), 0.5),) if text else (),
        cases=(Case(case, "", ((0, len(text)),), place="云溪区"),) if text else (),
        passages=tuple(passages),
        facts=with_ids(report, facts),
    )


def incoming(
    text: str,
    *,
    collection: str = "案例",
    source: str = "一.txt",
    pipeline: str = "1",
    sample: bool = False,
    restore: bool = False,
    metadata: Metadata | None = None,
) -> Incoming:
    made = reading(text, collection=collection, source=source, pipeline=pipeline, metadata=metadata)
    return Incoming(made, collection, source, text.encode(), "txt", sample, restore)


def masked(text: str, secret: str, **options: str) -> Incoming:
    """As `incoming`, with `secret` masked in the cleaned text and in the source, and kept as personal data."""
    start = text.index(secret)
    end = start + len(secret)
    clean, offsets = apply_edits(text, [Edit(start, end, "＊" * len(secret), "personal")])
    item = incoming(text, **options)  # type: ignore[arg-type]
    made = reading(clean, collection=item.collection, source=item.source, pipeline=item.reading.pipeline)
    id = reading_id(made.report, item.reading.revision, made.pipeline, clean)
    personal = (Personal(start, end, start, end, "phone", secret),)
    return replace(item, reading=replace(made, id=id, revision=item.reading.revision, source=clean, offsets=offsets, personal=personal))


@cache
def batch(number: int, size: int = 20) -> list[Incoming]:
    """Reports of a size that takes a moment to write, the same ones whenever they are asked for."""
    body = "\n".join("一楼反对加装电梯。居委会开了三次会。每户分摊两万元。" for _ in range(6))
    return [incoming(f"第{number}批第{n}份\n{body}", source=f"{number:03d}-{n:03d}.txt") for n in range(size)]
