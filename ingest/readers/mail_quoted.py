"""What a mail quotes of an earlier one, and whom it is written to."""

from __future__ import annotations

import re

from corpus.offsets import Edit
from ingest.draft import Draft
from ingest.repair.form_lines import labelled
from ingest.repair.official_lines import ADDRESSED

STEP = "mail.quoted"
_RULE = re.compile(
    r"[>\s]*[-—－_=*]{2,}\s*(?:原始?邮件|原邮件信息|回复的?原?邮件|转发的?(?:邮件|信息)|original message|forwarded message)\s*[-—－_=*]*.*",
    re.IGNORECASE,
)
_WROTE = re.compile(r"(?:在|于|on)\s?.{0,10}(?:19|20)\d\d.{4,80}(?:写道|wrote)\s?[：:]", re.IGNORECASE)
_HEADER = re.compile(r"[>\s]*(?:发件人|发送人|from)\s?[：:]\s?\S.*", re.IGNORECASE)
_MORE = re.compile(r"[>\s]*(?:发送时间|发送日期|日期|时间|收件人|抄送|主\s?题|date|sent|to|subject)\s?[：:]", re.IGNORECASE)
_QUOTED = re.compile(r"\s*>")
_TO = re.compile(r"[\u4e00-\u9fff（）()、，·]{2,40}[：:]")
_NO_OFFICE = re.compile("^(?:您好|你好|尊敬|各位|大家|附|报送|主要|联系)")
_HAN = re.compile("[\u4e00-\u9fff]")
_OWN = 20  # Chinese characters above a quoted mail, below which the quoted one is what is sent


def without_quoted(draft: Draft, forwarded: bool) -> Draft:
    """Without the earlier mail that is quoted below the text; one that is `forwarded`, quoted with next to nothing above it, or that holds
    form fields stays."""
    lines = draft.text.split("\n")
    at = None if forwarded else _quoted_from(lines)
    if at is None or len(_HAN.findall("\n".join(lines[:at]))) < _OWN:
        return draft
    if any(labelled(line) for line in lines[at:]):
        return draft  # what is private in its form fields is found and masked only where they stand in the text
    start = len("\n".join(lines[:at]))
    return draft.edit([Edit(start, len(draft.text), "", STEP)])


def addressee(text: str) -> str | None:
    """The office that the first line of a letter addresses: 区民政局基层科："""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return first[:-1] if _TO.fullmatch(first) and ADDRESSED.search(first) and not _NO_OFFICE.match(first) else None


def _quoted_from(lines: list[str]) -> int | None:
    """The line on which a quoted mail begins, by its rule, its headers, who wrote it, or signs before its lines down to the end."""
    end = len(lines)  # from here on all lines have such signs
    while end and (not lines[end - 1].strip() or _QUOTED.match(lines[end - 1])):
        end -= 1
    for n, line in enumerate(lines):
        if n == 0 or not line.strip():
            continue
        below = [other for other in lines[n + 1 : n + 6] if other.strip()]
        if _RULE.fullmatch(line) or _WROTE.fullmatch(line.strip()):
            return n
        if _HEADER.fullmatch(line) and sum(bool(_MORE.match(other)) for other in below) > 1:
            return n
        if n >= end and _QUOTED.match(line):
            return n
    return None
