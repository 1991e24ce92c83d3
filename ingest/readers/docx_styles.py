"""How a Word paragraph looks: the level of a heading by style or outline, bold, font and size, and the number that Word puts before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx_package import Package, W

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|标题|文档标题|大标题)$", re.IGNORECASE)
_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    )
)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Look:
    """`level`: 0 for the title, 1 to 9 for headings, None for text. `size` in half points, None where not set."""

    level: int | None = None
    bold: bool = False
    centred: bool = False
    size: int | None = None
    font: str = ""
    number: tuple[str, int] | None = None  # id of a list and level in it


@dataclass(slots=True)
class Styles:
    """Styles by id, each with what it inherits; `plain` is the look of a paragraph without a style."""

    looks: dict[str, Look] = field(default_factory=dict)
    plain: Look = field(default_factory=Look)

    def of(self, paragraph: etree._Element) -> Look:
        """The look of a paragraph: its style, then its own properties, then what all its runs share."""
        properties = paragraph.find(f"{W}pPr")
        style = _value(properties, "pStyle")
        look = _with(self.looks.get(style or "", self.plain), properties, None)
        runs = [run for run in paragraph.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
        if not runs:
            return look
        shown = [_with(look, None, run.find(f"{W}rPr")) for run in runs]
        sizes = {item.size for item in shown}
        fonts = {item.font for item in shown}
        return Look(
            look.level,
            all(item.bold for item in shown),
            look.centred,
            sizes.pop() if len(sizes) == 1 else None,
            fonts.pop() if len(fonts) == 1 else "",
            look.number,
        )


def read_styles(package: Package) -> Styles:
    """Resolve styles.xml; an empty set where there is none."""
    styles = Styles()
    if package.styles is None:
        return styles
    elements = {style.get(f"{W}styleId") or "": style for style in package.styles.iter(f"{W}style")}
    defaults = package.styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    base = _with(Look(), None, defaults)
    for name, element in elements.items():
        look = base
        for ancestor in reversed(list(_lineage(name, elements))):
            look = _with(look, ancestor.find(f"{W}pPr"), ancestor.find(f"{W}rPr"))
            look = _named(look, _value(ancestor, "name") or "")
        styles.looks[name] = look
        if element.get(f"{W}default") == "1" and element.get(f"{W}type") == "paragraph":
            styles.plain = look
    return styles


def _lineage(name: str, elements: dict[str, etree._Element]) -> Iterator[etree._Element]:
    for _ in range(_DEEPEST):
        element = elements.get(name)
        if element is None:
            return
        yield element
        name = _value(element, "basedOn") or ""


def _named(look: Look, name: str) -> Look:
    heading = _HEADING.match(name.strip())
    level = int(heading[1]) if heading else 0 if _TITLE.match(name.strip()) else look.level
    return Look(level, look.bold, look.centred, look.size, look.font, look.number)


def _with(look: Look, paragraph: etree._Element | None, run: etree._Element | None) -> Look:
    """`look` changed by paragraph and run properties."""
    level, number, centred = look.level, look.number, look.centred
    if paragraph is not None:
        outline = _value(paragraph, "outlineLvl")
        if outline and outline.isdigit():
            level = int(outline) + 1 if int(outline) < 9 else look.level
        listed = paragraph.find(f"{W}numPr")
        if listed is not None:
            ident = _value(listed, "numId")
            number = (ident, int(_value(listed, "ilvl") or 0)) if ident and ident != "0" else None
        centred = (_value(paragraph, "jc") or ("center" if centred else "")) == "center"
    bold, size, font = look.bold, look.size, look.font
    if run is not None:
        strong = run.find(f"{W}b")
        if strong is not None:
            bold = strong.get(f"{W}val") not in ("0", "false", "none")
        text = _value(run, "sz")
        size = int(text) if text and text.isdigit() else size
        fonts = run.find(f"{W}rFonts")
        font = (fonts.get(f"{W}eastAsia") or font) if fonts is not None else font
    return Look(level, bold, centred, size, font, number)


def _value(element: etree._Element | None, tag: str) -> str | None:
    found = element.find(f"{W}{tag}") if element is not None else None
    return found.get(f"{W}val") if found is not None else None


class Numbers:
    """Counts the automatic numbers of lists as Word shows them (一、（一）1.)."""

    def __init__(self, package: Package) -> None:
        self._formats: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._lists: dict[str, str] = {}
        self._legal: set[tuple[str, int]] = set()  # levels whose numbers are all shown as digits
        if package.numbering is None:
            return
        for abstract in package.numbering.iter(f"{W}abstractNum"):
            ident = abstract.get(f"{W}abstractNumId") or ""
            for level in abstract.iter(f"{W}lvl"):
                at = int(level.get(f"{W}ilvl") or 0)
                start = _value(level, "start") or "1"
                if level.find(f"{W}isLgl") is not None:
                    self._legal.add((ident, at))
                self._formats[ident, at] = (
                    _value(level, "numFmt") or "",
                    _value(level, "lvlText") or "",
                    int(start) if start.isdigit() else 1,
                )
        for number in package.numbering.iter(f"{W}num"):
            self._lists[number.get(f"{W}numId") or ""] = _value(number, "abstractNumId") or ""

    def next(self, number: tuple[str, int] | None) -> str:
        """The number of the next paragraph of a list, empty for bullets and plain paragraphs."""
        if number is None:
            return ""
        ident, level = self._lists.get(number[0], ""), number[1]
        form = self._formats.get((ident, level))
        if form is None or form[0] in ("bullet", "none"):
            return ""
        self._counts[ident, level] = self._counts.get((ident, level), form[2] - 1) + 1
        for deeper in range(level + 1, 9):
            self._counts.pop((ident, deeper), None)
        text = form[1]
        for at in range(level + 1):
            used = self._formats.get((ident, at), ("decimal", "", 1))
            form_used = "" if (ident, level) in self._legal else used[0]
            text = text.replace(f"%{at + 1}", _written(self._counts.get((ident, at), used[2]), form_used))
        return text


def _written(number: int, form: str) -> str:
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")
    if form == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((65 if form == "upperLetter" else 97) + number - 1)
    return str(number)
