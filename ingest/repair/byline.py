"""Bylines: author, editor, source and date, each on its line or run together, become metadata and leave the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.model import Metadata
from corpus.offsets import Edit
from ingest.dates import iso_date
from ingest.draft import Draft
from ingest.repair.byline_names import is_name, joined_names, names
from ingest.repair.byline_office import contributed
from ingest.repair.byline_patterns import (
    AGO,
    ASKED,
    BEHIND_LABEL,
    BLANK_AFTER,
    BRACKETED,
    CITED,
    CLOSED,
    CLUTTER,
    DATE,
    DAY_BEHIND,
    DOUBTFUL,
    HAN_ONLY,
    HOUSE,
    LABEL,
    LABEL_BLANK,
    MINGUO,
    OFFICE,
    PLACED,
    POST,
    POSTED,
    PRESS,
    QUICK,
    REACHED,
    REPORTERS,
    ROLE,
    SIGNED,
    SPLIT,
    STAMP,
    UNIT,
    UNMARKED,
    WITHIN,
)
from ingest.repair.form_lines import labelled
from ingest.repair.official_lines import iso

STEP = "byline"
_HEAD = 25  # lines from the top, and from the bottom, in which a byline may stand
_LONGEST = 160
_MANY = 3  # labels on a line that make it a byline, whatever the names (a pen name, a surname that is not known)
_GIVEN = 3  # characters of a name without a label, which more of them may also be words
_BEFORE_MINGUO = 1911  # 民国 1 is 1912
_MARKED = ("title", "caption", "field")  # lines of which the format knows better


@dataclass(frozen=True, slots=True)
class Byline:
    """What one or more byline lines say."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    office: str | None = None  # that its authors work for


def bylines(draft: Draft) -> tuple[list[Edit], Metadata]:
    """Edits that take byline lines out of the text, and the draft's metadata with what they say (what was known before stays)."""
    lines = list(_lines(draft.text))
    found = Byline()
    edits: list[Edit] = []
    left: list[str] = []
    marked = [(mark.start, mark.end) for mark in draft.marks if mark.kind in _MARKED]
    zone = lines if len(lines) <= 2 * _HEAD else lines[:_HEAD] + lines[-_HEAD:]
    wrote = contributed([draft.text[start:end] for start, end in lines[:_HEAD]])
    under = {lines[n][0]: told for n, told in wrote.items()}
    for start, end in zone:
        line = draft.text[start:end]
        read = byline(line)
        if read is None and start in under:
            people, unit = under[start]
            read = Byline(authors=people, publisher=unit if people else None, office=unit)
        if read and not any(low < end and start < high for low, high in marked):
            found = joined(found, read)
            edits.append(Edit(start, min(end + 1, len(draft.text)), "", STEP))
        else:
            left.append(line)
    if edits and edits[-1].end == len(draft.text) and edits[-1].start:
        edits = [*edits[:-1], _with_break_before(edits)]
    known = draft.metadata
    within = () if known.authors or found.authors else _within(draft.text, zone)
    if found == Byline() and not within:
        return edits, known
    if any(item.name == "published" and item.start < item.end for line in left for item in labelled(line)):
        found = replace(found, published=None)  # a form says when it was filled in; the other dates are those of seals
    return edits, replace(
        known,
        authors=known.authors or found.authors or within,
        editors=known.editors or found.editors,
        publisher=known.publisher or found.publisher,
        published=known.published or found.published,
        applicant=known.applicant or found.office,
    )


def _within(text: str, zone: list[tuple[int, int]]) -> tuple[str, ...]:
    """The reporters that a paragraph names in brackets: it stays as it is."""
    if "记者" not in text and "通讯员" not in text:
        return ()
    for start, end in zone:
        if (match := WITHIN.search(text[start:end])) and _are_names(told := match["first"] or match["last"]):
            return tuple(name for name in names(told) if not PRESS.search(name))
    return ()


def byline(line: str) -> Byline | None:
    """What a line says if it is a byline and nothing else; None for other text."""
    if len(line) > _LONGEST or not QUICK.search(line):
        return None
    line = REACHED.sub("", line) if "（" in line or "(" in line else line
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
    labels = list(LABEL.finditer(line)) if BEHIND_LABEL.search(line) else []
    if not labels or (len(labels) == 1 and labels[0]["other"] == "类别"):  # alone, 类别 is a form's field
        return None
    lead = CLUTTER.sub("", line[: labels[0].start()]).strip(" （([【〔|丨·")
    if len(lead) > 14 and not iso_date(lead):
        return None
    found = Byline(published=iso_date(lead) if lead else None)
    if lead and not found.published and not (len(labels) > 1 and len(lead) <= 14):
        return None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = CLUTTER.sub("", line[label.end() : following.start() if following else len(line)]).strip(" ）)]】〕|｜丨·\u3000")
        if len(value) > 60 or (len(value) > 30 and re.search("[。！？]", value)):
            return None
        if label["date"] and (not iso_date(value) or re.search("[，。；、]", value)):
            return None
        if label["staff"] and not _are_names(value):
            return None
        if (label["author"] or label["editor"]) and ASKED.search(value):
            return None
        odd = len(labels) < _MANY or not HAN_ONLY.fullmatch(value) or len(value) > _GIVEN
        if odd and label[0].strip("【[〔")[:2] in DOUBTFUL and value and not _who(value):
            return None
        found = joined(found, _value(label, value))
    if found == Byline() and not any(label["other"] or label["staff"] or label["editor"] for label in labels):
        return None
    return found


def _who(value: str) -> bool:
    return _are_names(POST.sub("", DAY_BEHIND.sub("", value)), units=True)


def _value(label: re.Match[str], value: str) -> Byline:
    date = iso_date(value)
    if label["author"]:
        bare = POST.sub("", DAY_BEHIND.sub("", value))
        if units := [part for part in SPLIT.split(bare) if UNIT.search(part) and not is_name(part)]:
            persons = [part for part in SPLIT.split(bare) if part not in units]
            house = _publisher("、".join(unit.rpartition("：")[2] for unit in units))
            return Byline(names(" ".join(persons)), (), house, date, None if PRESS.search(house or "") else house)
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
    parts = [part for part in SPLIT.split(joined_names(ROLE.sub(" ", value).strip())) if part]
    return bool(parts) and all(is_name(part) or PRESS.search(part) or (units and UNIT.search(part)) for part in parts)


def _publisher(value: str) -> str | None:
    """A source without date, brackets around it and words of the page's own (举报, 原创)."""
    text = re.sub(r"\s*(?:19|20)\d\d[-/.年].*$", "", value)
    text = re.sub(
        r"^(?:原创|发布于|来自|·|•)+\s*|\s+(?:举报|关注|原创|收藏|我要评论|\d+)$|(?:主办|编印|编|微信公众号|公众号)$|[\[【（(](?:整理|转载|综合|原创)[\]】）)]?.*$",
        "",
        text.strip(" |丨·"),
    )
    text = re.sub(r"^(?:来源|出处)\s*", "", text.strip(" （）()[]【】|丨·-—"))
    return None if re.match(rf"第\s*\d|(?:{DATE})$|.{{2,4}}(?:时间|日期)[：:]?$", text) else text or None


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
    if len(words) == 2 and is_name(words[0]) and (PRESS.search(words[1]) or UNIT.search(words[1])):
        return Byline(authors=(words[0],), publisher=words[1], published=iso_date(match["date"]))
    return joined(Byline(publisher=_publisher(publisher), published=iso_date(match["date"])), reporters or Byline())


def _reporters(line: str) -> Byline | None:
    match = REPORTERS.match(line)
    if not match or len(line) > 40 or (match["post"] != "记者" and not _are_names(joined_names(match["names"]))):
        return None
    return Byline(authors=names(match["names"]))


def _signed(line: str) -> Byline | None:
    """`鹭塘街道党工委 2022年9月`: who wrote it and when, under the title or at the end; or the date alone."""
    match = SIGNED.match(line)
    if match and OFFICE.search(match["body"].strip()) and len(line) <= 50:
        parts = match["body"].split()  # several offices, or one with blanks in its name
        several = len(parts) > 1 and all(PLACED.match(part) and OFFICE.search(part) for part in parts)
        return Byline(publisher=("、" if several else "").join(parts), published=iso(match["date"]))
    alone = CLOSED.fullmatch(line)
    return Byline(published=iso(alone["date"] or alone["handed"])) if alone else None


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


def joined(first: Byline, second: Byline) -> Byline:
    """Both together; where they differ the first counts."""
    return Byline(
        first.authors + tuple(name for name in second.authors if name not in first.authors),
        first.editors + tuple(name for name in second.editors if name not in first.editors),
        first.publisher or second.publisher,
        first.published or second.published,
        first.office or second.office,
    )
