"""Numbers that blanks, hyphens or the end of a line cut in two: what belongs together, told from numbers that only stand side by side."""

from __future__ import annotations

import re

DIAL = "(?:电话|座机|传真|联系方式|热线|手机|致电|拨打|来电|Tel|TEL|tel|Fax|FAX|☎|📞)"
_JOINT = re.compile(r"(?<=[0-9-])[^\S\n]{0,4}\n[^\S\n]{0,8}(?=[0-9Xx-])")
_LABEL = re.compile(rf"(?:{DIAL}|身份证|公民身份|账号|帐号|账户|帐户|卡号|银行卡|存折|护照|证件)[^\d。；;]{{0,10}}\Z")
_TAIL = re.compile(r"[+(]?\d[\d ()-]*\Z")
_HEAD = re.compile(r"-?[\d -]*[\dXx]")
_ITEM = re.compile(r"\d{1,2}[.、．)）](?!\d)")
_DATE = re.compile(r"(?:19|20)\d{2}(?:年|[-./]\d|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_RUNNING = 12  # characters from which a line may be one that was broken where it was full
_HAN = re.compile("[\u4e00-\u9fff]")
_BEFORE = re.compile("[\u4e00-\u9fff，。、；：:（(“]\\Z")
_AFTER = re.compile("[，。、；：）)”！？,;]|[\u4e00-\u9fff]")
_USUAL = re.compile(r"(?:[(]?0\d{2,3}[)]?[ -]{0,2})?[2-8]\d{2,3}[ -]?\d{4}")
_GROUPS = 5  # groups of digits of a number that a label names


def rejoined(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` without the line ends inside numbers, and each as (place in the new text, characters taken out before it or there).

    A line end counts as inside a number where a label is before the number, where the line is running text that was broken there, or
    where the second half starts with 0 as no figure does; not before the number of an item or a date.
    """
    out: list[str] = []
    cuts: list[tuple[int, int]] = []
    at = gone = 0
    for match in _JOINT.finditer(text):
        low, high = match.span()
        goes_on = at > 0 and not text[at:low].strip("0123456789 -") and not (_is_item(text, low, high) or _DATE.match(text, high))
        if not goes_on and not _is_inside(text, low, high):
            continue
        out.append(text[at:low])
        gone += high - low
        cuts.append((high - gone, gone))
        at = high
    return "".join([*out, text[at:]]), cuts


def original(start: int, end: int, cuts: list[tuple[int, int]]) -> tuple[int, int]:
    """The place in the text before `rejoined` of a span of the text after it."""
    return (
        start + max((gone for place, gone in cuts if place <= start), default=0),
        end + max((gone for place, gone in cuts if place < end), default=0),
    )


def _is_inside(text: str, low: int, high: int) -> bool:
    line = text[text.rfind("\n", 0, low) + 1 : low]
    tail = _TAIL.search(line)
    head = _HEAD.match(text, high)
    if tail is None or head is None or _is_item(text, low, high):
        return False
    before = low - len(tail[0])
    if _LABEL.search(text, max(0, before - 20), before):
        return True
    if _DATE.match(text, high):
        return False
    if text[high] == "0" and not _ITEM.match(line.lstrip()):
        return True
    if head.end() == len(text) or text[head.end()] == "\n":  # a line of figures only
        return False
    return len(line) >= _RUNNING and len(_HAN.findall(line)) * 3 >= len(line) and bool(_BEFORE.match(text, before - 1, before))


def _is_item(text: str, low: int, high: int) -> bool:
    """Whether the number of an item begins at `high`; `57)` is none where a bracket is open before the line end at `low`."""
    item = _ITEM.match(text, high)
    if item is None:
        return False
    before = text[max(0, low - 40) : low]
    return item[0][-1] not in ")）" or max(before.rfind("("), before.rfind("（")) <= max(before.rfind(")"), before.rfind("）"))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether digits with blanks or hyphens at odd places are one number: no others beside them, in running text or behind a label."""
    groups = re.findall(r"\d+", text[start:end])
    if re.search(r"\d[ -]\Z", text[max(0, start - 2) : start]) or re.match(r"[ -]\d", text[end : end + 2]):
        return False
    if _LABEL.search(text, max(0, start - 20), start):
        return len(groups) <= 3 or (len(groups) <= _GROUPS and len(groups[0]) >= 3)
    if not (start and _BEFORE.match(text, start - 1, start) and _AFTER.match(text, end)) or len(groups) > 3:
        return False
    if "-" not in text[start:end]:
        return True
    # Ranges (13000-150000) and codes with a year look the same.
    return not any(len(group) == 4 and _YEAR.match(group) for group in groups) and (len(groups) > 2 or len(groups[0]) > 5)


def is_odd(text: str, start: int, end: int) -> bool:
    """Whether a telephone number `stands_alone` and has gaps where none are usual, so that a part of it would pass for a whole one."""
    return not _USUAL.fullmatch(text, start, end) and (stands_alone(text, start, end) or is_call(text, start, end))


def is_call(text: str, start: int, end: int) -> bool:
    """Whether seven or eight digits that the words before make a telephone number are neither a date nor two figures of a row."""
    return not _YEAR.match(text, start) and (end == len(text) or bool(re.match("[，。、；！）)”,;\n]", text[end])))
