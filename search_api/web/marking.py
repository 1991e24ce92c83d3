"""A text with marks as HTML: ranges that nest, meet or cross become elements that are properly nested, and every character is escaped.

Ranges of a lower layer stand outside those of a higher one; within a layer the one that ends later stands outside. A range that crosses
another, or the end of a line, is split; only its first piece carries its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Range:
    """`start` to `end` of the text, shown as `<tag class="classes" id="id">`. Text whose innermost range has a `link` leads there; `title`
    says what the link is about. A range with a `link` none of whose text is its own gets a link at its end, which shows `badge` and is
    no part of the text."""

    start: int
    end: int
    tag: str = "span"
    classes: str = ""
    id: str = ""
    layer: int = 0
    link: str = ""
    title: str = ""
    badge: str = ""


def marked(text: str, ranges: Iterable[Range], start: int = 0, end: int | None = None) -> Markup:
    """`text[start:end]` with the parts of the ranges that lie in it."""
    return Marking(text, ranges).piece(start, len(text) if end is None else end)


class Marking:
    """A text with its ranges, given out piece by piece in order: ids and badges are given once."""

    def __init__(self, text: str, ranges: Iterable[Range]) -> None:
        self._text = text
        self._ranges = sorted((item for item in ranges if item.start < item.end), key=_rank)
        self._given: set[Range] = set()
        self._linked: set[Range] = set()
        self._next = 0
        self._open: list[Range] = []  # those that a piece before has begun and a later one may go on with

    def piece(self, start: int, end: int) -> Markup:
        """The text from `start` to `end`, which must not be before the end of the piece before."""
        here = self._within(start, end)
        out: list[str] = []
        stack: list[Range] = []
        borders = sorted({start, end, *(item.start for item in here if item.start > start), *(item.end for item in here if item.end < end)})
        begins: dict[int, list[Range]] = {}
        for item in here:
            begins.setdefault(max(item.start, start), []).append(item)
        for at, until in pairwise(borders):
            self._change(at, begins.get(at, []), stack, out)
            self._write(self._text[at:until], stack, out)
        self._change(end, [], stack, out)
        out.extend(f"</{item.tag}>" for item in reversed(stack))
        return Markup("".join(out))

    def _within(self, start: int, end: int) -> list[Range]:
        while self._next < len(self._ranges) and self._ranges[self._next].start < end:
            self._open.append(self._ranges[self._next])
            self._next += 1
        here = [item for item in self._open if item.end > start]
        self._open = [item for item in here if item.end > end]
        return here

    def _change(self, at: int, beginning: Sequence[Range], stack: list[Range], out: list[str]) -> None:
        """Close what ends at `at`, open what begins there; whatever stands inside of one or has to stand inside of the other is split."""
        keep = next((depth for depth, item in enumerate(stack) if item.end <= at), len(stack))
        if beginning:
            outermost = min(item.layer for item in beginning)
            keep = min(keep, next((depth for depth, item in enumerate(stack) if item.layer > outermost), len(stack)))
        popped = stack[keep:]
        for item in reversed(popped):
            if item.end <= at:
                self._badge(item, out)
            out.append(f"</{item.tag}>")
        del stack[keep:]
        again = [item for item in popped if item.end > at]
        for item in sorted((*again, *beginning), key=lambda item: (item.layer, -item.end, item.start, item.id)):
            out.append(self._opening(item))
            stack.append(item)

    def _opening(self, item: Range) -> str:
        attributes = f' class="{escape(item.classes)}"' if item.classes else ""
        if item.id and item not in self._given:
            attributes += f' id="{escape(item.id)}"'
        self._given.add(item)
        return f"<{item.tag}{attributes}>"

    def _write(self, text: str, stack: Sequence[Range], out: list[str]) -> None:
        inner = next((item for item in reversed(stack) if item.link), None)
        if inner is None or not text.strip():
            out.append(str(escape(text)))
            return
        self._linked.add(inner)
        out.append(f'<a href="{escape(inner.link)}" title="{escape(inner.title)}">{escape(text)}</a>')

    def _badge(self, item: Range, out: list[str]) -> None:
        if item.link and item.badge and item not in self._linked:
            self._linked.add(item)
            told = f'title="{escape(item.title)}" aria-label="{escape(item.title)}"'
            out.append(f'<a class="badge" href="{escape(item.link)}" {told} data-badge="{escape(item.badge)}"></a>')


def _rank(item: Range) -> tuple[int, int, int, str]:
    return (item.start, item.layer, -item.end, item.id)
