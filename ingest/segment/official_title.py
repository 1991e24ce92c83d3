"""The title of an official document on several lines: who issues it, 关于 what, and the kind of document, broken anywhere between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.repair.official_lines import BODY, ONLY_BODY
from ingest.segment.numbering import numbered

_LINES = 5
_LINE = 60
_LONGEST = 110  # characters of all lines together
_KIND = (
    "报告|汇报|通知|通报|请示|批复|复函|函|意见|决定|决议|公告|通告|公报|纪要|议案|总结|方案|办法|规定|细则|要点|建议|提案|情况|说明|案例"
)
_BEGUN = re.compile(rf"(?:(?:{BODY}|[\u4e00-\u9fff]{{2,20}}(?:街道|[镇乡村站所队]|社区))[ \u3000]?){{0,4}}关于")
_SEAT = re.compile(r"[\u4e00-\u9fff]{2,20}(?:街道|[镇乡村站所队]|社区)")
_CLOSED = re.compile(rf"的(?:{_KIND})(?:[（(].{{1,12}}[）)])?$")
_ENDED = re.compile(rf"(?:{_KIND})(?:[（(].{{1,12}}[）)])?$")
_OTHER = re.compile(r"[。！；？…]|[：:，]$|^(?:——|--|—|[（(](?:19|20)\d\d|(?:19|20)\d\d年\d{1,2}月)|^附件?[\d一二三四五六七八九]?[：:]?$")


def official_title(lines: Sequence[str], first: int) -> tuple[str, int]:
    """The title that begins with line `first`, and the number of its lines; ("", 0) where no official title begins there.

    A title ends with the line on which …的报告 (or another kind of document) is complete; 关于印发方案 / 的通知 goes on to its second line.
    """
    if not _may_begin(lines, first):
        return "", 0
    found = ("", 0)
    name = ""
    for n in range(first, min(first + _LINES, len(lines))):
        line = lines[n].strip()
        if len(line) > _LINE or _OTHER.search(line) or (n > first and numbered(line).style):
            break
        between = " " if n > first and ONLY_BODY.fullmatch(lines[n - 1].strip()) and ONLY_BODY.fullmatch(line) else ""
        name += between + line
        if len(name) > _LONGEST:
            break
        if _BEGUN.match(name):
            if _CLOSED.search(name):
                return name, n - first + 1
            if _ENDED.search(name) and not found[1]:
                found = name, n - first + 1
    return found


def _may_begin(lines: Sequence[str], first: int) -> bool:
    """Whether a line belongs to the title that goes on behind it: it has 关于 itself, is a body, or the words go on in the next line."""
    line = lines[first].strip()
    if "关于" in line or ONLY_BODY.fullmatch(line):
        return True
    following = lines[first + 1].strip() if first + 1 < len(lines) else ""
    if following.startswith("关于"):
        return _SEAT.fullmatch(line) is not None
    return "关于" in following and (line.endswith(("和", "与", "及", "、")) or not _BEGUN.match(following))
