"""An inspection as one HTML file that needs nothing beside it: no script, no address to load from, its style allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from corpus.vocabulary import screen
from search_api.inspect_files import Entry
from search_api.inspect_lines import Folded, Shown, label
from search_api.inspecting import PAGES, Inspection, gone, reason
from search_api.sidebyside import Bit, Change
from search_api.web.render import environment

_COLOURS = 8  # that the style sheet has
_BLANK_LINES = re.compile(r"\n\s*\n")
_HEAD = 100  # characters of it that are shown
_MOST = 400  # characters of one stretch that was left out, before it is folded


class Mark(NamedTuple):
    """How a step is drawn: its class, and the number of its box in the legend."""

    number: int
    colour: int


def inspection_page(found: Inspection) -> str:
    """The page of one report."""
    marks = {step.step: Mark(number, number % _COLOURS) for number, step in enumerate(found.steps)}
    sheet = _sheet(len(marks))
    drawn = _Drawing(marks)
    values: dict[str, object] = {
        "found": found,
        "reading": found.reading,
        "marks": marks,
        "draw": drawn,
        "is_folded": _is_folded,
        "label": label,
    }
    values |= {"gone": gone, "is_page": found.media in PAGES}
    return _page("inspect.html", sheet, values)


def listing_page(name: str, entries: Sequence[Entry]) -> str:
    """The page of what is inside a file."""
    return _page("inspect_list.html", _sheet(0), {"name": name, "entries": entries, "refused": sum(bool(item.code) for item in entries)})


def _page(template: str, sheet: str, values: dict[str, object]) -> str:
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return environment().get_template(template).render(values | {"sheet": Markup(sheet), "policy": policy, "screen": screen})


def _sheet(steps: int) -> str:
    return environment().get_template("inspect.css").render(steps=range(steps))


def _is_folded(item: Shown | Folded) -> bool:
    return isinstance(item, Folded)


class _Drawing:
    """Bits as HTML; every character of a text is escaped."""

    def __init__(self, marks: dict[str, Mark]) -> None:
        self._marks = marks

    def before(self, bits: Iterable[Bit]) -> Markup:
        return self._bits(bits, "del")

    def after(self, bits: Iterable[Bit]) -> Markup:
        return self._bits(bits, "ins")

    def classes(self, steps: Iterable[str]) -> str:
        """`c` and the colour, `s` and the number of each step."""
        found = [self._marks[step] for step in steps if step in self._marks]
        return " ".join(dict.fromkeys((*(f"c{mark.colour}" for mark in found[:1]), *(f"s{mark.number}" for mark in found))))

    def _bits(self, bits: Iterable[Bit], tag: str) -> Markup:
        return Markup("").join(self._bit(bit, tag) for bit in bits)

    def _bit(self, bit: Bit, tag: str) -> Markup:
        text = self._noted(bit)
        if bit.change is None:
            return text
        if bit.change.slight:
            return Markup("") if "\n" in bit.text else Markup('<span class="slight">{}</span>').format(text)
        if len(bit.text) > _MOST:
            summary = Markup("<summary>{}…… <span>{}</span></summary>").format(
                bit.text[:_HEAD].strip(), f"共 {len(bit.text):,} 字，点开看全部"
            )
            text = Markup("<details>{}<p>{}</p></details>").format(summary, text)
        swapped = " swap" if bit.change.before.strip() and bit.change.after.strip() else ""
        classes, title = escape(self.classes(bit.change.steps) + swapped), escape(_told(bit.change))
        return Markup(f'<{tag} class="{classes}" title="{title}">{text}</{tag}>')

    def _noted(self, bit: Bit) -> Markup:
        text = escape(_BLANK_LINES.sub("\n", bit.text).strip("\n"))
        if not bit.note:
            return text
        kind, _, what = bit.note.partition(".")
        title = label("personal", what) if kind == "masked" else label("inspect", kind)
        return Markup('<span class="{}" title="{}">{}</span>').format(kind, title, text)


def _told(change: Change) -> str:
    """What the pointer is told on a change: its reason, and what became of what."""
    before, after = (_short(side) for side in (change.before, change.after))
    if before and after:
        return f"{reason(change)}：“{before}”→“{after}”"
    return f"{reason(change)}：{'删去' if before else '添上'}“{before or after}”"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 30 else f"{words[:30]}…"
