"""The parts of an official document (GB/T 9704-2012) become metadata and leave the body.

Above the title 份号, 紧急程度, 发文机关标志, 发文字号 and 签发人; above the body 主送机关; below it 附件说明,
发文机关署名, 成文日期 and 附注; at the end 抄送, 印发机关和印发日期; page marks anywhere.

Parts are lines of their own at their places. A text that only speaks of a document (根据某政发〔2021〕12号文件) has none of them. What is
attached (附件1 with its text) stays.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.model import Metadata
from corpus.offsets import Edit
from ingest.draft import Draft
from ingest.repair.byline import byline
from ingest.repair.official_cover import cover, may_be_cover
from ingest.repair.official_lines import (
    ADDRESSED,
    ATTACHED,
    COPIES,
    COPY,
    DATE,
    IMPRINT,
    ITEM,
    ITEM_START,
    LABELLED,
    LONGEST,
    MASTHEAD,
    NOT_ADDRESSED,
    NOTICE,
    NUMBER,
    ONLY_BODY,
    PAGE,
    PRINTED,
    QUICK,
    RED,
    REMARK,
    SIGN_OFF,
    SIGNED,
    TO,
    URGENT,
    bulletin,
    goes_on,
    is_running,
    iso,
    issue,
    joined,
    sent,
)

STEP = "official"
_HEAD = 20  # lines above which the parts before the body stand


def official(draft: Draft) -> tuple[list[Edit], Metadata]:
    """Edits that take the parts out, and the draft's metadata with what they say (what was known before stays)."""
    text = draft.text
    if not (QUICK.search(text) or may_be_cover(text)):
        return [], draft.metadata
    page = _Page(text)
    page.cover()
    page.labels()
    page.masthead()
    page.above_the_title()
    page.addressee()
    page.attachments()
    page.sign_off()
    page.imprint()
    page.page_marks()
    return page.edits(), page.filled(draft.metadata)


class _Page:
    """The lines of a text while its parts are found: `gone` are the lines to take out, `told` what they say."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.gone: set[int] = set()
        self.told: dict[str, str] = {}
        self.names: list[str] = []
        self.is_document = False
        self.size = len(text)

    def say(self, field: str, value: str | None) -> None:
        if value and field not in self.told:
            self.told[field] = value.strip(" 。；;，,")

    def cover(self) -> None:
        told, lines = cover(self.lines)
        self.gone |= lines
        for field, value in told.items():
            self.say(field, value)

    def labels(self) -> None:
        """The table above documents on web sites: 发文机关：… 发文字号：… 成文日期：…"""
        found: list[tuple[int, list[tuple[str, str]]]] = []
        for n, line in enumerate(self.lines[:_HEAD]):
            labels = list(LABELLED.finditer(line)) if len(line) <= LONGEST else []
            if labels and not line[: labels[0].start()].strip():
                ends = [*(label.start() for label in labels[1:]), len(line)]
                pairs = [(label.lastgroup or "", line[label.end() : end]) for label, end in zip(labels, ends, strict=True)]
                if all(not re.search("[。！？]", value) for _, value in pairs):
                    found.append((n, pairs))
        if not found or not any(name == "number" and re.search(r"\d\s?号", value) for _, pairs in found for name, value in pairs):
            return
        self.is_document = True
        for n, pairs in found:
            self.gone.add(n)
            for name, value in pairs:
                self.say(name, iso(value) if name in ("date", "printed") else value)

    def masthead(self) -> None:
        """The name of a bulletin is who publishes it, where no line below says who edits it; its lines stay."""
        name = bulletin(self.lines)
        editor = next((said.publisher for line in self.lines[:MASTHEAD] if (said := byline(line)) and said.publisher), None)
        if editor is None:
            self.say("publisher", name)
        if name:
            self.say("issuer", editor)
            self.say("issue", issue(self.lines))
            self.gone |= {n for n, line in enumerate(self.lines) if n >= MASTHEAD and is_running(line, name)}

    def above_the_title(self) -> None:
        """份号, 紧急程度, the red heading and the number with who signed."""
        head = range(min(_HEAD, len(self.lines)))
        number = next((n for n in head if NUMBER.fullmatch(self.lines[n].strip())), None)
        if number is not None and (match := NUMBER.fullmatch(self.lines[number].strip())):
            self.say("number", match["number"])
        red = None
        for n in range(len(head) if number is None else number):
            if (match := RED.fullmatch(self.lines[n])) and self._heads(n, match["body"]):
                red = n
                break
        if number is None and red is None:
            return
        self.is_document = True
        found = [n for n in (number, red) if n is not None]
        self.gone.update(found)
        if number is not None and red is None:
            self._letter_head(number)
        for n in range(min(found[0] + 3, len(self.lines))):
            line = self.lines[n].strip()
            if URGENT.fullmatch(line) or SIGNED.fullmatch(line) or (n < 3 and COPY.fullmatch(line)):
                self.gone.add(n)

    def _heads(self, n: int, body: str) -> bool:
        """Whether line `n` is a red heading (with those of other bodies above it), and not a title such as 关于印发文件."""
        if re.match("关于|转发|印发", body):
            return False
        bodies = [body]
        for m in range(n - 1, -1, -1):
            if not ONLY_BODY.fullmatch(self.lines[m]):
                break
            bodies.insert(0, self.lines[m])
            self.gone.add(m)
        self.say("issuer", "、".join(re.sub(r"\s", "", item) for item in bodies))
        return True

    def _letter_head(self, number: int) -> None:
        """The body alone above the number, as letters have it."""
        for n in range(number - 1, max(-1, number - 4), -1):
            line = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", self.lines[n])
            if ONLY_BODY.fullmatch(line) and len(line) <= 30:
                self.say("issuer", line)
                self.gone.add(n)
                return

    def addressee(self) -> None:
        """The line that ends in a colon, between the title of a document and its body."""
        title = None
        for n, line in enumerate(self.lines[:_HEAD]):
            if n in self.gone:
                continue
            if title is None:
                if len(line) <= 80 and NOTICE.search(line):
                    title = n
                continue
            if n > title + 6 or len(line) > LONGEST:
                return
            if (
                TO.fullmatch(line)
                and not NOT_ADDRESSED.search(line)
                and (line.startswith(("各", "市", "区", "县")) or ADDRESSED.search(line))
            ):
                self.is_document = True
                self.say("to", line.rstrip("：:"))
                self.gone.add(n)
                return
            if re.search("[。；！？]", line):
                return

    def attachments(self) -> None:
        """附件：1. … 2. …, which names what is attached; not the heading 附件1 above the attached text."""
        if not self.is_document:
            return
        for n, line in enumerate(self.lines):
            match = ATTACHED.fullmatch(line) if n > 1 and len(line) <= 90 else None
            if match is None or re.search("[。；]", line):
                continue
            first = match["name"]
            names = [ITEM_START.sub("", first)]
            last = n
            if ITEM_START.match(first):
                while last + 1 < len(self.lines) and len(self.lines[last + 1]) <= 80 and (item := ITEM.fullmatch(self.lines[last + 1])):
                    names.append(item["name"])
                    last += 1
            self.names += [name.strip(" 。；;") for name in names]
            self.gone |= set(range(n, last + 1))
            return

    def sign_off(self) -> None:
        """发文机关署名 and 成文日期 below the body (what is attached may follow), and the remark below them."""
        if not self.is_document:
            return
        for n, line in enumerate(self.lines):
            if n < 2 or n in self.gone or len(line) > 90:
                continue
            if match := SIGN_OFF.fullmatch(line):
                self.say("issuer", match["body"])
                self.say("date", iso(match["date"]))
                self.gone.add(n)
                break
            if DATE.fullmatch(line) and not line.endswith("印"):
                bodies: list[str] = []
                for m in range(n - 1, max(1, n - 6), -1):
                    if m in self.gone or not ONLY_BODY.fullmatch(self.lines[m]):
                        break
                    bodies.insert(0, self.lines[m])
                    self.gone.add(m)
                self.say("issuer", "、".join(bodies))
                self.say("date", iso(line))
                self.gone.add(n)
                break
        self.gone |= {n for n, line in enumerate(self.lines) if n > 1 and len(line) <= 60 and REMARK.fullmatch(line)}

    def imprint(self) -> None:
        """抄送 with the lines it goes on for, 印发机关和印发日期, 共印…份."""
        for n, line in enumerate(self.lines):
            if n < 2 or n in self.gone:
                continue
            copies = COPIES.fullmatch(line)
            if copies and self._is_imprint(n):
                told = copies["to"]
                self.gone.add(n)
                while not told.rstrip().endswith("。") and n + 1 < len(self.lines) and goes_on(self.lines[n + 1]):
                    n += 1
                    told += self.lines[n]
                    self.gone.add(n)
                self.say("copies", told)
        told, lines = sent(self.lines)
        self.say("copies", told)
        self.gone |= lines
        for n, line in enumerate(self.lines):
            if n > 1 and n not in self.gone and len(line) <= 80 and (match := PRINTED.fullmatch(line)):
                if re.search(r"印\s?发?$", line) and (self.is_document or self.told.get("copies")):
                    self.say("printed", iso(match["date"]))
                    self.gone.add(n)
            elif self.is_document and n > 1 and len(line) <= 70 and IMPRINT.fullmatch(line):
                self.gone.add(n)

    def _is_imprint(self, n: int) -> bool:
        """Whether a line 抄送：… is the imprint's: in a document, or followed by who printed it."""
        return self.is_document or any(re.search(r"日\s*印\s?发$", line) for line in self.lines[n + 1 : n + 6])

    def page_marks(self) -> None:
        """— 3 —, 第3页: one by itself may be anything, several are page marks."""
        marks = [n for n, line in enumerate(self.lines) if len(line) <= 16 and PAGE.fullmatch(line)]
        if len(marks) > 1 or (marks and self.is_document):
            self.gone.update(marks)

    def edits(self) -> list[Edit]:
        """Each line goes with the break behind it; those at the end of the text with the break before the first of them."""
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        last = max((n for n in range(len(self.lines)) if n not in self.gone), default=-1)
        edits = [Edit(starts[n], starts[n + 1], "", STEP) for n in sorted(self.gone) if n < last]
        if last + 1 < len(self.lines):
            edits.append(Edit(max(0, starts[last + 1] - 1), self.size, "", STEP))
        return edits

    def filled(self, known: Metadata) -> Metadata:
        told = self.told
        return replace(
            known,
            publisher=known.publisher or told.get("publisher"),
            issuer=known.issuer or told.get("issuer"),
            number=known.number or told.get("issue"),
            document_number=known.document_number or joined(told.get("number")),
            addressee=known.addressee or told.get("to"),
            attachments=known.attachments or tuple(self.names),
            copies=known.copies or told.get("copies"),
            printed=known.printed or told.get("printed"),
            published=known.published or told.get("date"),
        )
