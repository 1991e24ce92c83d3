"""How a Word paragraph looks: the level of a heading by style or outline, bold, centred, font and size, the list it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from ingest.readers.docx.package import W
from ingest.readers.docx.text import is_on, shown_runs

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9一二三四五])$|^([1-5一二三四五])级标题", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|标题|[文主总大](?:档|章)?标题|公文标题)$", re.IGNORECASE)
_DIGITS = "零一二三四五"
_ROLES = (
    (re.compile(r"^(?:caption|题注|图注|表注|图题|表题|图片说明|图名|表名|图表标题)", re.IGNORECASE), "caption"),
    (re.compile(r"^(?:toc\s?(?:\d|heading)|目录)", re.IGNORECASE), "contents"),
    (re.compile(r"^(?:subtitle|副标题)$", re.IGNORECASE), "subtitle"),
)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Look:
    """`level`: 0 for the title, 1 to 9 for headings, None for text. `size` in half points, None where not set. `role` by the name of the
    style: caption, contents (a line of the contents page), subtitle. `page`: begins a new one."""

    level: int | None = None
    bold: bool = False
    centred: bool = False
    size: int | None = None
    font: str = ""
    number: tuple[str, int] | None = None  # id of a list and level in it
    role: str = ""
    page: bool = False


class Styles:
    """The styles of a document, resolved when a paragraph first uses them; none where the part is missing."""

    def __init__(self, part: etree._Element | None) -> None:
        found = part.iterfind(f"{W}style") if part is not None else ()
        self._elements = {style.get(f"{W}styleId") or "": style for style in found}
        defaults = part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if part is not None else None
        self._base = _with(Look(), None, defaults)
        self._looks: dict[str, Look] = {}
        usual = (name for name, style in self._elements.items() if style.get(f"{W}default") == "1" and _is_of(style, "paragraph"))
        self._usual = next(usual, "")

    def of(self, paragraph: etree._Element) -> Look:
        """The look of a paragraph: its style, then its own properties, then what all its runs share."""
        properties = paragraph.find(f"{W}pPr")
        style = _value(properties, "pStyle") or ""
        look = _with(self._look(style if style in self._elements else self._usual), properties, None)
        runs = [run for run in shown_runs(paragraph) if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
        if not runs:
            return look
        shown = [self._run(look, run.find(f"{W}rPr")) for run in runs]
        sizes = {item.size for item in shown}
        fonts = {item.font for item in shown}
        return replace(
            look,
            bold=all(item.bold for item in shown),
            size=sizes.pop() if len(sizes) == 1 else None,
            font=fonts.pop() if len(fonts) == 1 else "",
        )

    def _run(self, look: Look, properties: etree._Element | None) -> Look:
        style = self._elements.get(_value(properties, "rStyle") or "")
        given = style.find(f"{W}rPr") if style is not None and _is_of(style, "character") else None
        return _with(_with(look, None, given), None, properties)

    def _look(self, name: str) -> Look:
        """That of a style, with what it inherits."""
        if name not in self._looks:
            look = self._base
            for ancestor in reversed(list(_lineage(name, self._elements))):
                look = _with(look, ancestor.find(f"{W}pPr"), ancestor.find(f"{W}rPr"))
                look = _named(look, _value(ancestor, "name") or "")
            self._looks[name] = look
        return self._looks[name]


def _is_of(style: etree._Element, kind: str) -> bool:
    return style.get(f"{W}type") == kind


def _lineage(name: str, elements: dict[str, etree._Element]) -> Iterator[etree._Element]:
    for _ in range(_DEEPEST):
        element = elements.get(name)
        if element is None:
            return
        yield element
        name = _value(element, "basedOn") or ""


def _named(look: Look, name: str) -> Look:
    name = name.strip()
    heading = _HEADING.match(name)
    digit = (heading[1] or heading[2]) if heading else ""
    level = (int(digit) if digit.isascii() else _DIGITS.index(digit)) if digit else 0 if _TITLE.match(name) else look.level
    role = "" if digit else next((role for pattern, role in _ROLES if pattern.match(name)), look.role)
    return replace(look, level=None if role else level, role=role)


def _with(look: Look, paragraph: etree._Element | None, run: etree._Element | None) -> Look:
    """`look` changed by paragraph and run properties."""
    level, number, centred, page = look.level, look.number, look.centred, look.page
    if paragraph is not None:
        outline = _value(paragraph, "outlineLvl")
        if outline and outline.isascii() and outline.isdigit():
            level = int(outline) + 1 if int(outline) < 9 else look.level
        listed = paragraph.find(f"{W}numPr")
        if listed is not None:
            ident = _value(listed, "numId")
            at = _value(listed, "ilvl") or "0"
            number = (ident, int(at)) if ident and ident != "0" and at.isascii() and at.isdigit() else None
        broken = paragraph.find(f"{W}pageBreakBefore")
        page = is_on(broken) if broken is not None else page
        centred = (_value(paragraph, "jc") or ("center" if centred else "")) == "center"
    bold, size, font = look.bold, look.size, look.font
    if run is not None:
        strong = run.find(f"{W}b")
        if strong is not None:
            bold = is_on(strong)
        text = _value(run, "sz")
        size = int(text) if text and text.isascii() and text.isdigit() else size
        fonts = run.find(f"{W}rFonts")
        font = (fonts.get(f"{W}eastAsia") or font) if fonts is not None else font
    return Look(level, bold, centred, size, font, number, look.role, page)


def _value(element: etree._Element | None, tag: str) -> str | None:
    found = element.find(f"{W}{tag}") if element is not None else None
    return found.get(f"{W}val") if found is not None else None
