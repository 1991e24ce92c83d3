"""Bylines: author, editor, source and date, each on its line or run together, become metadata and leave the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.model import Metadata
from corpus.offsets import Edit
from corpus.vocabulary import surnames
from ingest.dates import iso_date
from ingest.draft import Draft
from ingest.repair.byline_patterns import (
    AGO,
    ASKED,
    BLANK_AFTER,
    BRACKETED,
    CITED,
    CLUTTER,
    DATE,
    DAY_BEHIND,
    DOUBTFUL,
    HAN_ONLY,
    HOUSE,
    LABEL,
    LABEL_BLANK,
    MINGUO,
    NOBODY,
    OFFICE,
    PLACED,
    POSTED,
    PRESS,
    QUICK,
    REPORTERS,
    ROLE,
    SIGNED,
    SPLIT,
    STAMP,
    UNIT,
    UNMARKED,
    WITHIN,
)

STEP = "byline"
_HEAD = 25  # lines from the top, and from the bottom, in which a byline may stand
_LONGEST = 160
_GIVEN = 3  # characters of a name without a label, which more of them may also be words
_UNDER = 3  # lines under the title in which an office and names without a label are who wrote it
_BEFORE_MINGUO = 1911  # 民国 1 is 1912
_MARKED = ("title", "caption", "field")  # lines of which the format knows better


@dataclass(frozen=True, slots=True)
class Byline:
    """What one or more byline lines say."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None


def bylines(draft: Draft) -> tuple[list[Edit], Metadata]:
    """Edits that take byline lines out of the text, and the draft's metadata with what they say (what was known before stays)."""
    lines = list(_lines(draft.text))
    found = Byline()
    edits = []
    marked = [(mark.start, mark.end) for mark in draft.marks if mark.kind in _MARKED]
    zone = lines if len(lines) <= 2 * _HEAD else lines[:_HEAD] + lines[-_HEAD:]
    under = _under_title(draft.text, lines)
    for start, end in zone:
        line = draft.text[start:end]
        if (read := byline(line) or (_from_office(line) if start in under else None)) and not any(
            low < end and start < high for low, high in marked
        ):
            found = joined(found, read)
            edits.append(Edit(start, min(end + 1, len(draft.text)), "", STEP))
    if edits and edits[-1].end == len(draft.text) and edits[-1].start:
        edits = [*edits[:-1], _with_break_before(edits)]
    known = draft.metadata
    return edits, replace(
        known,
        authors=known.authors or found.authors or _within(draft.text, zone),
        editors=known.editors or found.editors,
        publisher=known.publisher or found.publisher,
        published=known.published or found.published,
    )


def _under_title(text: str, lines: list[tuple[int, int]]) -> set[int]:
    """Where the lines start that stand next under the first one of a text, unless they are several of one kind: rows of a table."""
    filled = [(start, text[start:end]) for start, end in lines[:_HEAD] if text[start:end].strip()][1 : _UNDER + 2]
    found = [start for start, line in filled if _from_office(line)]
    return set(found) if len(found) == 1 and found[0] != filled[-1][0] else set()


def _from_office(line: str) -> Byline | None:
    """`枫桥街道平安办  王小明  李 红`: an office and names of persons side by side, as they stand under a title."""
    words = _joined_names(line.strip(" （）()\u3000")).split()
    if len(line) > 40 or not 2 <= len(words) <= 6:
        return None
    office = words[0] if len(words[0]) >= 4 and (UNIT.search(words[0]) or words[0].endswith("办")) else ""
    if not office or not all(
        _is_name(word) and len(word) <= _GIVEN and not UNIT.search(word) and not NOBODY.search(word) for word in words[1:]
    ):
        return None
    return Byline(authors=tuple(dict.fromkeys(words[1:])), publisher=office)


def _within(text: str, zone: list[tuple[int, int]]) -> tuple[str, ...]:
    """The reporters that a paragraph names in brackets: it stays as it is."""
    for start, end in zone:
        if (match := WITHIN.search(text[start:end])) and _are_names(told := match["first"] or match["last"]):
            return tuple(name for name in names(told) if not PRESS.search(name))
    return ()


def byline(line: str) -> Byline | None:
    """What a line says if it is a byline and nothing else; None for other text."""
    if len(line) > _LONGEST or not QUICK.search(line):
        return None
    line = MINGUO.sub(lambda match: str(int(match[1]) + _BEFORE_MINGUO), line)
    if posted := POSTED.match(line):
        return Byline(published=iso_date(posted["date"]))
    return _reporters(line) or _labelled(line) or _stamped(line) or _signed(line) or _cited(line)


def _lines(text: str) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _with_break_before(edits: list[Edit]) -> Edit:
    """The last line goes with the break before it, unless the line before has taken that one along."""
    last = edits[-1]
    taken = len(edits) > 1 and edits[-2].end == last.start
    return last if taken else Edit(last.start - 1, last.end, "", STEP)


def _labelled(line: str) -> Byline | None:
    """A line of `label：value` pairs with next to nothing outside of them."""
    labels = list(LABEL.finditer(line))
    if not labels or (len(labels) == 1 and labels[0]["other"] == "类别"):  # alone, 类别 is a form's field
        return None
    lead = CLUTTER.sub("", line[: labels[0].start()]).strip(" （([【〔|丨·")
    if len(lead) > 14 and not iso_date(lead):
        return None
    found = Byline(published=iso_date(lead) if lead else None)
    if lead and not found.published and not (len(labels) > 1 and len(lead) <= 14):
        return None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = CLUTTER.sub("", line[label.end() : following.start() if following else len(line)]).strip(" ）)]】〕|丨·\u3000")
        if len(value) > 60 or (len(value) > 30 and re.search("[。！？]", value)):
            return None
        if label["date"] and (not iso_date(value) or re.search("[，。；、]", value)):
            return None
        if label["staff"] and not _are_names(value):
            return None
        if (label["author"] or label["editor"]) and ASKED.search(value):
            return None
        if label[0].strip("【[〔")[:2] in DOUBTFUL and value and not _are_names(DAY_BEHIND.sub("", value), units=True):
            return None
        found = joined(found, _value(label, value))
    if found == Byline() and not any(label["other"] or label["staff"] or label["editor"] for label in labels):
        return None
    return found


def _value(label: re.Match[str], value: str) -> Byline:
    date = iso_date(value)
    if label["author"]:
        bare = DAY_BEHIND.sub("", value)
        if units := [part for part in SPLIT.split(bare) if UNIT.search(part) and not _is_name(part)]:
            persons = [part for part in SPLIT.split(bare) if part not in units]
            return Byline(names(" ".join(persons)), (), _publisher("、".join(unit.rpartition("：")[2] for unit in units)), date)
        return Byline(authors=names(value), published=date)
    if label["editor"]:
        return Byline(editors=names(value), published=date)
    if label["source"]:
        return Byline(publisher=_publisher(value), published=date)
    if label["date"]:
        return Byline(published=date)
    return Byline()


def _are_names(value: str, *, units: bool = False) -> bool:
    """Whether a value is nothing but names of persons (or of the bureau they work for), or, with `units`, of offices."""
    parts = [part for part in SPLIT.split(_joined_names(ROLE.sub(" ", value).strip())) if part]
    return bool(parts) and all(_is_name(part) or PRESS.search(part) or (units and UNIT.search(part)) for part in parts)


def _is_name(word: str) -> bool:
    known = surnames()
    return 2 <= len(word) <= 4 and bool(HAN_ONLY.fullmatch(word)) and (word[0] in known.single or word[:2] in known.compound)


def _publisher(value: str) -> str | None:
    """A source without date, brackets around it and words of the page's own (举报, 原创)."""
    text = re.sub(r"\s*(?:19|20)\d\d[-/.年].*$", "", value)
    text = re.sub(
        r"^(?:原创|发布于|来自|·|•)+\s*|\s+(?:举报|关注|原创|收藏|我要评论|\d+)$|(?:主办|编印|编|微信公众号|公众号)$|[\[【（(](?:整理|转载|综合|原创)[\]】）)]?.*$",
        "",
        text.strip(" |丨·"),
    )
    text = re.sub(r"^(?:来源|出处)\s*", "", text.strip(" （）()[]【】|丨·-—"))
    return None if re.match(rf"第\s*\d|(?:{DATE})$", text) else text or None


def _stamped(line: str) -> Byline | None:
    """`浙江日报 2020-05-06 08:10`, with or without reporters behind."""
    match = STAMP.match(line)
    if not match or len(line) > 80 or re.search("[。！？，；]", line):
        return None
    after = CLUTTER.sub("", match["after"] or "").strip()
    reporters = _reporters(after) if after else None
    if after and not reporters and (house := HOUSE.match(after)) and (reporters := _reporters(house["reporters"])):
        reporters = replace(reporters, publisher=house["house"])
    if after and not reporters and len(after) > 14:
        return None
    publisher = match["before"] if (match["before"] or "").strip(" |丨·（）()") else after if after and not reporters else ""
    words = (publisher or "").split()
    if len(words) == 2 and _is_name(words[0]) and (PRESS.search(words[1]) or UNIT.search(words[1])):
        return Byline(authors=(words[0],), publisher=words[1], published=iso_date(match["date"]))
    return joined(Byline(publisher=_publisher(publisher), published=iso_date(match["date"])), reporters or Byline())


def _reporters(line: str) -> Byline | None:
    match = REPORTERS.match(line)
    if not match or len(line) > 40 or (match["post"] != "记者" and not _are_names(_joined_names(match["names"]))):
        return None
    return Byline(authors=names(match["names"]))


def _signed(line: str) -> Byline | None:
    """`鹭塘街道党工委 2022年9月`: who wrote it and when, under the title or at the end; or the date alone."""
    match = SIGNED.match(line)
    if match and OFFICE.search(match["body"].strip()) and len(line) <= 50:
        parts = match["body"].split()  # several offices, or one with blanks in its name
        several = len(parts) > 1 and all(PLACED.match(part) and OFFICE.search(part) for part in parts)
        return Byline(publisher=("、" if several else "").join(parts), published=iso_date(match["date"]))
    alone = re.fullmatch(r"[（(]?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[）)]?", line)
    return Byline(published=iso_date(line)) if alone else None


def _cited(line: str) -> Byline | None:
    """`《江州日报》（2023年5月6日 03版）`, `2小时前 江州日报`, `（编辑 李红）`."""
    if (match := CITED.match(line)) and PRESS.search(match["source"]):
        return Byline(publisher=match["source"], published=iso_date(match["date"]))
    if (match := AGO.match(line)) and PRESS.search(match["source"]):
        return Byline(publisher=match["source"])
    if len(line) <= 60 and line.count(" ") >= 2 and BLANK_AFTER.search(line) and UNMARKED.match(line):
        return _labelled(LABEL_BLANK.sub(r"\1：", line))
    if (match := BRACKETED.match(line)) and _are_names(match["names"]):
        found = names(match["names"])
        return Byline(editors=found) if match["editor"] else Byline(authors=found)
    return None


def _joined_names(value: str) -> str:
    """Names of two characters that are set apart, 王 红, without the blank."""
    return re.sub(r"(?:(?<=^)|(?<=[\s、，,]))([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?=$|[\s、，,])", r"\1\2", value)


def names(value: str) -> tuple[str, ...]:
    """Names in a byline value without posts: `本刊记者 安 蔚` is (安蔚)."""
    text = ROLE.sub(" ", value).strip()
    text = _joined_names(text)
    parts = (part.strip(" （）()[]【】·") for part in SPLIT.split(text))
    return tuple(dict.fromkeys(part for part in parts if len(part) > 1 and not NOBODY.search(part)))


def joined(first: Byline, second: Byline) -> Byline:
    """Both together; where they differ the first counts."""
    return Byline(
        first.authors + tuple(name for name in second.authors if name not in first.authors),
        first.editors + tuple(name for name in second.editors if name not in first.editors),
        first.publisher or second.publisher,
        first.published or second.published,
    )
