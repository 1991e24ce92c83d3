"""The text of one Word paragraph as it is shown: deletions, instructions of fields, hidden text and pinyin above characters left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx.package import PICTURES, R, W

PAGE = "\f"  # stands in collected text where a page begins; XML text cannot hold it
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_GONE = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delInstrText", "delText", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sdtPr", "rt")
)
_BREAKS = {f"{W}cr": "\n", f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
_OFF = ("0", "false", "off", "none")
_SYMBOLS = {  # the signs that forms and lists are made of, by font and position in it
    "wingdings": {
        0x52: "☼", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪",
        0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
        **{0x81 + n: chr(0x2460 + n) for n in range(10)}, **{0x8C + n: chr(0x2776 + n) for n in range(10)},
    },
    "wingdings 2": {
        0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x97: "●", 0x98: "●",
        **{0x6A + n: chr(0x2460 + n) for n in range(10)},
    },
    "symbol": {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xA3: "≤", 0xB3: "≥", 0xAE: "→", 0xA5: "∞"},
}  # fmt: skip


@dataclass(slots=True)
class Inline:
    """`text` with PAGE where a page begins; `boxes`: text boxes, to be read behind the paragraph; `notes`: tags and ids of its notes."""

    text: str = ""
    boxes: list[etree._Element | str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    picture: bool = False
    diagrams: list[str] = field(default_factory=list)  # ids of relations


def is_shown(element: etree._Element) -> bool:
    """Whether what lies below an element is part of the document as it is read."""
    return isinstance(element.tag, str) and element.tag not in _GONE and not _is_placeholder(element)


def is_on(element: etree._Element | None) -> bool:
    """A property that is there, unless it says that it is off."""
    return element is not None and (element.get(f"{W}val") or "1") not in _OFF


def shown_runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Its runs, without those of text boxes and those that are not shown."""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if not is_shown(node) or node.tag == f"{W}txbxContent":
            continue
        if node.tag == f"{W}r":
            if not _is_hidden(node):
                yield node
        elif node.tag == f"{_MC}AlternateContent":
            stack.extend(reversed(_chosen(node)))
        else:
            stack.extend(reversed(node))


def inline(paragraph: etree._Element, rendered: bool) -> Inline:
    """What a paragraph shows. `rendered`: pages begin where Word last laid them out, else where a break is written."""
    out = Inline()
    parts: list[str] = []
    phases: list[bool] = []  # of the fields that are open: whether its result has begun
    font = ""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if not is_shown(node):
            continue
        tag = node.tag
        if tag == f"{W}fldChar":
            parts.append(_turn(node, phases))
        elif not all(phases):
            stack.extend(reversed(node) if tag in (f"{W}r", f"{W}hyperlink", f"{W}ins") else ())
        elif tag == f"{W}r":
            if not _is_hidden(node):
                font = _font(node)
                stack.extend(reversed(node))
        elif tag in (f"{W}t", f"{_MATH}t"):
            parts.append(_readable(node.text or "", font))
        elif tag in _BREAKS:
            parts.append(_BREAKS[tag])
        elif tag == f"{W}br":
            parts.append(f"\n{PAGE}" if node.get(f"{W}type") == "page" and not rendered else "\n")
        elif tag == f"{W}lastRenderedPageBreak":
            parts.append(PAGE if rendered else "")
        elif tag == f"{W}sym":
            parts.append(_symbol(node.get(f"{W}font") or "", node.get(f"{W}char") or ""))
        elif tag in _NOTES:
            out.notes.append((tag, node.get(f"{W}id") or ""))
        elif tag == f"{W}txbxContent":
            out.boxes.append(node)
        elif tag == f"{_VML}textpath":
            out.boxes.append(node.get("string") or "")
        elif tag == f"{_DIAGRAM}relIds":
            out.diagrams.append(node.get(f"{R}dm") or "")
        elif tag == f"{_MC}AlternateContent":
            stack.extend(reversed(_chosen(node)))
        else:
            out.picture = out.picture or tag in PICTURES
            stack.extend(reversed(node))
    out.text = "".join(parts)
    return out


def diagram_lines(diagram: etree._Element) -> list[str]:
    """What the shapes of a SmartArt diagram say, in their order, one line a paragraph."""
    points = (point for point in diagram.iter(f"{_DIAGRAM}pt") if point.get("type") in (None, "node", "asst"))
    paragraphs = (part for point in points for part in point.iter(f"{_DRAWING}p"))
    lines = ("".join(text.text or "" for text in part.iter(f"{_DRAWING}t")).strip() for part in paragraphs)
    return [line for line in lines if line]


def _chosen(element: etree._Element) -> list[etree._Element]:
    """One of the alternatives of a drawing that are written side by side: the first that holds text, else the first."""
    choices = [*element.findall(f"{_MC}Choice"), *element.findall(f"{_MC}Fallback")]
    texts = (f"{W}t", f"{_VML}textpath", f"{W}sym")
    return [choice for choice in choices if next(choice.iter(*texts), None) is not None][:1] or choices[:1]


def _is_placeholder(element: etree._Element) -> bool:
    """A field that nobody has filled in, with its "click here"."""
    return element.tag == f"{W}sdt" and is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr"))


def _is_hidden(run: etree._Element) -> bool:
    return is_on(run.find(f"{W}rPr/{W}vanish"))


def _font(run: etree._Element) -> str:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    return (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""


def _turn(node: etree._Element, phases: list[bool]) -> str:
    """Go on in a field; returns the sign of a box to tick, or the choice of a list, which have no result of their own."""
    kind = node.get(f"{W}fldCharType")
    if kind == "separate" and phases:
        phases[-1] = True
    elif kind == "end" and phases:
        phases.pop()
    elif kind == "begin":
        phases.append(False)
        box = node.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            ticked = box.find(f"{W}checked")
            return "☑" if is_on(ticked if ticked is not None else box.find(f"{W}default")) else "☐"
        choices = [item.get(f"{W}val") or "" for item in node.iterfind(f"{W}ffData/{W}ddList/{W}listEntry")]
        result = node.find(f"{W}ffData/{W}ddList/{W}result")
        at = (result.get(f"{W}val") or "0") if result is not None else "0"
        return choices[int(at)] if at.isascii() and at.isdigit() and int(at) < len(choices) else ""
    return ""


def _symbol(font: str, code: str) -> str:
    """A character of a font of signs; nothing where it has none that everybody can show."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = _SYMBOLS.get(font.strip().lower())
    if known is not None or 0xF000 <= number <= 0xF0FF:
        return (known or {}).get(number & 0xFF, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""


def _readable(text: str, font: str) -> str:
    """Text in which the characters of a font of signs are written as everybody has them."""
    if not any("\uf000" <= character <= "\uf0ff" for character in text):
        return text
    return "".join(_symbol(font, f"{ord(item):x}") if "\uf000" <= item <= "\uf0ff" else item for item in text)
