"""Form fields (申报单位：…) at the head or the end of a submission become metadata and leave the body; names of contacts are hidden.

A field is a known label with a colon, in brackets, alone above its value, or in a row of cells; of boxes (☑ 党建引领 □ 民生服务) those that
are ticked are its value. The hints of the form (填表说明) and its blanks for seals and signatures leave the body, too. Where several forms
stand in one text, their fields are those of its cases and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import get_args

from corpus.model import Metadata, Stage
from corpus.offsets import Edit
from ingest.dates import iso_date
from ingest.draft import Draft
from ingest.repair.form_lines import (
    ANNEX,
    AWARD,
    BOX,
    BOXES,
    DATED,
    FORM,
    HINT_ITEM,
    HINTS,
    NAME,
    NOTE,
    TICK,
    VALUE,
    Field,
    alone,
    attached,
    cells,
    is_blank,
    labelled,
    ticked,
)
from ingest.repair.labels import field_of, is_label
from ingest.repair.personal import MASK
from ingest.scan import sought

STEP = "form"
_QUICK = sought(r"：:】\]申推登报征参", r"[：:】\]]|(?:申报|推荐|登记|报名|征集|参评)[表书]")
_PERSON = re.compile(r"(?<![\u4e00-\u9fff·])[\u4e00-\u9fff](?:[\u4e00-\u9fff·]{1,3}| [\u4e00-\u9fff])(?![\u4e00-\u9fff·])")
_CONTACT_NAME = re.compile("[\u4e00-\u9fff·]{2,4}")
_HEAD = 30
_FORMS = 2  # titles or applicants that differ from which a text holds several forms


def fields(draft: Draft) -> tuple[list[Edit], Metadata, list[tuple[int, int]]]:
    """Edits that take field lines out, the metadata with what they say, and the spans (before the edits) of what must not be shown.

    A field line is a known label, a colon and a short value; single ones that might be text (`背景：`) stay.
    """
    if not _QUICK.search(draft.text):
        return [], draft.metadata, []
    form = _Form(draft)
    form.read()
    return form.result(draft.metadata)


class _Form:
    def __init__(self, draft: Draft) -> None:
        self.text = draft.text
        self.lines = list(_lines(draft.text))
        self.words = [draft.text[start:end] for start, end in self.lines]
        count = len(self.lines)
        marked = {mark.start for mark in draft.marks if mark.kind in ("field", "cell")}
        self.zone = [n for n, (start, _) in enumerate(self.lines) if n < _HEAD or n >= count - _HEAD or start in marked]
        self.gone: set[int] = set()
        self.cut: dict[int, int] = {}  # of a line of which only the label goes
        self.told: dict[str, str] = {}
        self.titles: list[str] = []
        self.hidden: list[tuple[int, int]] = []
        self.contacts: list[tuple[int, int]] = []
        self.attached: tuple[str, ...] = ()

    def read(self) -> None:
        for n in self.zone:
            if n in self.gone:
                continue
            line = self.words[n]
            if len(line) <= VALUE and (award := AWARD.fullmatch(line)):
                self.told.setdefault("award", award[1])
                self.gone.add(n)
            elif found := labelled(line):
                self._take(n, found)
        if len(self.told) > 1 or any(name not in ("title", "place", "category") for name in self.told):
            self._loose()
            self._annex()

    def _annex(self) -> None:
        """附件2 above the name of the form, with nothing above it."""
        shown = [n for n, line in enumerate(self.words[:_HEAD]) if line.strip()][:2]
        if len(shown) == 2 and ANNEX.fullmatch(self.words[shown[0]].strip()) and FORM.fullmatch(self.words[shown[1]].strip()):
            self.gone.add(shown[0])

    def _loose(self) -> None:
        """What counts only in a form: cells without colons, labels above their value, rows of boxes, blanks for seals, the hints."""
        for n in self.zone:
            if n in self.gone:
                continue
            line = self.words[n]
            if hints := HINTS.fullmatch(line):
                self._hints(n, hints["rest"])
            elif is_blank(line) or NOTE.fullmatch(line):
                self.gone.add(n)
            elif listed := attached(line):
                self.attached += listed
                self.gone.add(n)
            elif DATED.fullmatch(line) and n and self._was_blank(n - 1):
                self.told.setdefault("published", line)
                self.gone.add(n)
            elif found := cells(line):
                self._take(n, found)
            elif BOXES.fullmatch(line):
                self.told.setdefault("category", line)
                self.gone.add(n)
            elif (name := alone(line)) and n + 1 < len(self.words) and self._is_value(n + 1):
                self._below(n, name)

    def _take(self, n: int, found: list[Field]) -> None:
        start = self.lines[n][0]
        line = self.words[n]
        for item in found:
            value = line[item.start : item.end]
            if item.name == "title" and value:
                self.titles.append(value)
            if value or item.name == "category":
                self.told.setdefault(item.name, value or self._boxes_below(n))
            elif item is found[-1] and n + 1 < len(self.words) and self._is_value(n + 1):
                self._below(n, item.name)
            if item.name in ("contact", "private") and item.start < item.end:
                self.hidden.append((start + item.start, start + item.end))
            if item.name == "contact":
                self.contacts.append((start + item.start, start + item.end))
            if item.name == "opinion":
                self._opinion(n)
        if found[0].name == "title" and len(found) == 1 and found[0].start < found[0].end:
            self.cut[n] = found[0].start
        else:
            self.gone.add(n)

    def _below(self, n: int, name: str) -> None:
        """The value of the label on line `n` is the next line."""
        low, high = self.lines[n + 1]
        value = self.words[n + 1]
        if name == "title":
            self.titles.append(value)
            self.told.setdefault(name, value)
            self.gone.add(n)
            return
        self.told.setdefault(name, value)
        if name in ("contact", "private"):
            self.hidden.append((low, high))
        if name == "contact":
            self.contacts.append((low, high))
        self.gone |= {n, n + 1}

    def _is_value(self, n: int) -> bool:
        """Whether a line may be the value of the label above it: short, no label, no sentence, no heading."""
        line = self.words[n]
        return (
            2 <= len(line) <= NAME
            and not re.search("[。！；：:]", line)
            and not re.match(r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]|\d{1,2}[.．、]", line)
            and not is_label(line)
        )

    def _boxes_below(self, n: int) -> str:
        """The rows of boxes under a label that has nothing beside it."""
        found = []
        for m in range(n + 1, min(n + 8, len(self.words))):
            if not re.match(rf"[{BOX}{TICK}]", self.words[m]):
                break
            found.append(self.words[m])
            self.gone.add(m)
        return " ".join(found)

    def _opinion(self, n: int) -> None:
        """What the office says below its label, up to its seal and date."""
        below = range(n + 1, min(n + 6, len(self.words)))
        stop = next((m for m in below if is_blank(self.words[m]) or DATED.fullmatch(self.words[m])), None)
        if stop is not None and all(len(self.words[m]) <= VALUE and not labelled(self.words[m]) for m in range(n + 1, stop)):
            self.gone |= set(range(n + 1, stop + 1))

    def _hints(self, n: int, rest: str) -> None:
        self.gone.add(n)
        for m in range(n + 1, len(self.words)):
            if not HINT_ITEM.fullmatch(self.words[m]) or (not rest and labelled(self.words[m])):
                break
            self.gone.add(m)

    def _was_blank(self, n: int) -> bool:
        return n in self.gone and is_blank(self.words[n])

    def result(self, known: Metadata) -> tuple[list[Edit], Metadata, list[tuple[int, int]]]:
        if not self.told or self._are_several():
            return [], known, sorted(self.hidden)
        names = self._names()
        self._hide(names)
        last = max((n for n in range(len(self.lines)) if n not in self.gone), default=-1)
        edits = [
            Edit(start, start + self.cut[n], "", STEP) for n, (start, _) in enumerate(self.lines) if n in self.cut and n not in self.gone
        ]
        edits += [Edit(self.lines[n][0], self.lines[n + 1][0], "", STEP) for n in self.gone if n < last]
        if last + 1 < len(self.lines):  # the lines at the end go with the break before the first of them
            edits.append(Edit(max(0, self.lines[last + 1][0] - 1), len(self.text), "", STEP))
        edits.sort(key=lambda edit: edit.start)
        return edits, _nameless(_filled(known, self.told, self.attached), names), sorted(set(self.hidden))

    def _names(self) -> list[str]:
        """The names of persons that stand in the fields of contacts."""
        said = " ".join(self.text[start:end] for start, end in self.contacts)
        return sorted({re.sub(r"\s", "", match[0]) for match in _PERSON.finditer(said)}, key=lambda name: (-len(name), name))

    def _hide(self, names: Sequence[str]) -> None:
        """Hide these names in the other fields, too (申报单位：退休药师 罗敏); in what is text they stay."""
        for n in self.gone:
            start = self.lines[n][0]
            for name in names:
                self.hidden += [(start + match.start(), start + match.end()) for match in re.finditer(_spaced(name), self.words[n])]

    def _are_several(self) -> bool:
        """Whether the text holds several forms: under one label titles or applicants that differ."""
        values: dict[str, set[str]] = {"": {_bare(title) for title in self.titles}}
        for line in self.words:
            for item in labelled(line):
                if item.name in ("title", "applicant") and item.start < item.end:
                    values.setdefault(item.label, set()).add(_bare(line[item.start : item.end]))
        return any(len(found) >= _FORMS for found in values.values())


def _spaced(name: str) -> str:
    """A pattern for a name that stands by itself, with or without blanks between its characters."""
    return r"\s?".join(map(re.escape, name))


def _nameless(known: Metadata, names: Sequence[str]) -> Metadata:
    """Metadata without these names, but for the title and the authors, which are published."""

    def masked(value: str | None) -> str | None:
        for name in names if value else ():
            value = re.sub(_spaced(name), lambda match: MASK * len(match[0]), value or "")
        return value

    return replace(
        known,
        applicant=masked(known.applicant),
        category=masked(known.category),
        place=masked(known.place),
        award=masked(known.award),
        number=masked(known.number),
        publisher=masked(known.publisher),
        attachments=tuple(masked(item) or "" for item in known.attachments),
    )


def _bare(value: str) -> str:
    return re.sub(r"\s", "", value)


def _filled(known: Metadata, told: dict[str, str], attached: tuple[str, ...]) -> Metadata:
    authors = tuple(_CONTACT_NAME.findall(told.get("authors", "")))
    return replace(
        known,
        title=known.title or told.get("title", ""),
        number=known.number or told.get("number") or None,
        applicant=known.applicant or ticked(told.get("applicant", "")),
        category=known.category or ticked(told.get("category", "")),
        place=known.place or ticked(told.get("place", "")),
        award=known.award or told.get("award") or None,
        authors=known.authors or authors,
        published=known.published or iso_date(told.get("published", "")),
        attachments=known.attachments or attached,
        stage=known.stage or _stage(told.get("status", "")),
    )


def _stage(status: str) -> Stage | None:
    """What is ticked, or the only word: 已实施, 设想 …"""
    words = ticked(status) or ""
    if re.search("建议|设想|未实施|构思", words):
        return "设想"
    if re.search("^(?:否|未)", words):
        return None
    return next((stage for stage in get_args(Stage) if stage in words), None)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


__all__ = ["STEP", "field_of", "fields", "is_label"]
