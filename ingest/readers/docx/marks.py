"""Title, headings, captions and fields among the lines of a Word file, by style and by look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.docx.lines import Line
from ingest.repair.official_lines import is_masthead, is_red

_SENTENCE = re.compile(r"[。！；，、]$|[。！？；]")
_ENDS = ("：", ":")
_HEADING = 40
_TITLE = 60
_ZONE = 8
_DISPLAY_FONT = re.compile("黑体|小标宋|标宋|大标宋|楷体|雅黑|SimHei|KaiTi|Heiti|YaHei", re.IGNORECASE)
_NUMBERED = (
    (1, re.compile(r"第[一二三四五六七八九十百\d]{1,3}(?:部分|章|篇|节)|[一二三四五六七八九十]{1,3}[、.．]")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (3, re.compile(r"\d{1,2}\s?[、.．]\s?(?!\d)|[（(]\d{1,2}[）)]|[①-⑳]")),
)
_CAPTION = re.compile(
    r"(?:图|表|图片|照片|附图|插图)\s?[\d一二三四五六七八九十]{1,3}(?:\s?[-—–.．]\s?\d{1,2})?(?:\s*[：:.．、\s]\s*|(?=[\u4e00-\u9fff]))|图(?:为|[：:])"
)
_TOLD = re.compile("[显表]?示|可[以见]|所示|中可|[，,].{10,}[，,]")  # a sentence about the figure, not its name
_NO_HEADING = re.compile(r"^[（(].*[）)]$|^(?:—|--)|^(?:附件|附表)\s?\d{0,2}[：:]?$|^(?:19|20)\d\d年\d{1,2}月|^[^\u4e00-\u9fffA-Za-z]*$")
_CONTENTS_LINE = re.compile(r"(?:[.…·]{3,}|\t)\s*\d{1,4}$")


@dataclass(frozen=True, slots=True)
class _Body:
    """How the running text looks, so that what differs stands out."""

    size: int | None
    font: str
    bold: bool
    centred: bool


def kinds(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """For every line the kind and value of its mark: title, heading, caption, field, item; two empty strings for plain text."""
    body = _body(lines)
    levels = _levels_by_look(lines, body)
    found: list[tuple[str, str]] = []
    words = [line.words for line in lines[: 2 * _ZONE]]
    titled = False
    seen = 0
    for number, line in enumerate(lines):
        seen += not line.kind
        if line.kind in ("field", "note"):
            found.append((line.kind, line.value))
        elif line.kind:
            found.append(("", ""))
        elif _is_caption(line):
            found.append(("caption", ""))
        elif (
            not titled
            and seen <= _ZONE
            and (line.look.level == 0 or (seen <= 6 and _is_title(line, body)))
            and not _is_above(words, number)
        ):
            found.append(("title", ""))
            titled = True
        elif line.item is not None:
            found.append(("item", str(line.item)))
        elif level := _level(lines, number, body, levels):
            found.append(("heading", str(level)))
        else:
            found.append(("", ""))
    return found


def _is_above(words: Sequence[str], number: int) -> bool:
    """Whether a line is what stands above a title and is set like one: a red heading, the name of a bulletin."""
    return number < len(words) and (is_red(words[number]) or is_masthead(words, number))


def _is_title(line: Line, body: _Body) -> bool:
    """Centred, and larger, bold or in another font than the text."""
    larger = bool(line.look.size and body.size and line.look.size > body.size + 3)
    short = 4 <= len(line.words) <= _TITLE and not re.search("[。；]$", line.words) and not _NO_HEADING.match(line.words)
    return short and line.look.centred and not line.look.role and (larger or (line.look.bold and not body.bold) or _is_display(line, body))


def _body(lines: Sequence[Line]) -> _Body:
    """The look of most of what stands in long lines."""
    weights: Counter[_Body] = Counter()
    for line in lines:
        if len(line.words) > _HEADING:
            weights[_Body(line.look.size, line.look.font, line.look.bold, line.look.centred)] += len(line.words)
    return max(weights, key=lambda look: (weights[look], str(look)), default=_Body(None, "", False, False))


def _is_display(line: Line, body: _Body) -> bool:
    return bool(_DISPLAY_FONT.search(line.look.font)) and line.look.font != body.font


def _is_caption(line: Line) -> bool:
    """By its style, by `图1 …`, or a short centred line right under a picture."""
    words = line.words
    if line.look.role == "caption":
        return True
    if len(words) > _TITLE or _SENTENCE.search(words.rstrip("。")):
        return False
    if (match := _CAPTION.match(words)) and line.look.level is None:
        return not _TOLD.search(words[match.end() :])
    below = line.picture and line.look.centred and not line.look.bold and line.look.level is None
    return below and not words.endswith("。") and _number_level(words) is None


def _stands_out(line: Line, body: _Body) -> bool:
    larger = bool(line.look.size and body.size and line.look.size > body.size)
    return larger or (line.look.bold and not body.bold) or _is_display(line, body)


def _may_be_heading(line: Line) -> bool:
    words = line.words
    return (
        2 <= len(words) <= _HEADING
        and not line.kind
        and not line.look.role
        and not _SENTENCE.search(words)
        and not words.endswith(_ENDS)
        and not _NO_HEADING.match(words)
        and not _CONTENTS_LINE.search(words)
        and not _is_caption(line)
    )


def _number_level(words: str) -> int | None:
    return next((level for level, pattern in _NUMBERED if pattern.match(words)), None)


def _levels_by_look(lines: Sequence[Line], body: _Body) -> dict[tuple[int, str, bool], int]:
    """The level of headings without a number, by their size, font and weight: that of numbered ones that look alike; where none is
    numbered, by their size."""
    looks: dict[tuple[int, str, bool], int] = {}
    rest: set[tuple[int, str, bool]] = set()
    for line in lines:
        if line.look.level is None and _may_be_heading(line) and _stands_out(line, body):
            if level := _number_level(line.words):
                looks.setdefault(_key(line), level)
            else:
                rest.add(_key(line))
    if looks:
        return looks
    sizes = sorted({size for size, _, _ in rest}, reverse=True)
    return {key: min(3, 1 + sizes.index(key[0])) for key in rest}


def _key(line: Line) -> tuple[int, str, bool]:
    return line.look.size or 0, line.look.font, line.look.bold


def _level(lines: Sequence[Line], number: int, body: _Body, levels: dict[tuple[int, str, bool], int]) -> int | None:
    """Level of a heading by style, else by look: short, no sentence, and bold, larger or in another font, or centred over text."""
    line = lines[number]
    if line.look.level:
        return line.look.level if len(line.words) <= 2 * _HEADING and not _CONTENTS_LINE.search(line.words) else None
    if not _may_be_heading(line):
        return None
    centred = line.look.centred and not body.centred and _before_prose(lines, number)
    if not (_stands_out(line, body) or centred):
        return None
    return _number_level(line.words) or levels.get(_key(line), 3 if levels else 1)


def _before_prose(lines: Sequence[Line], number: int) -> bool:
    following = lines[number + 1] if number + 1 < len(lines) else None
    return number > 0 and following is not None and len(following.words) > _HEADING and bool(_SENTENCE.search(following.words))
