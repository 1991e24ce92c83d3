"""What the body of a Word file comes to before it is one text: lines that know how they look and what they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.readers.docx.styles import Look
from ingest.readers.docx.text import PAGE

BLANKS = " \t\n\u3000\xa0"  # what may be stripped: PAGE must stay


@dataclass(slots=True)
class Line:
    """One line; `text` may hold PAGE where a page begins.

    `kind`: empty for a paragraph, field (`value` its label), row (of a table), note (`value` its number), header or footer.
    `place`: the cell or row of a table it comes from. `gone`: spans that are part of the source and not of the text, with the step.
    """

    text: str
    look: Look = field(default_factory=Look)
    kind: str = ""
    value: str = ""
    place: str = ""
    gone: tuple[tuple[int, int, str], ...] = ()
    picture: bool = False  # a picture stands in it or right before it
    item: int | None = None  # of a list with bullets, its level from 1

    @property
    def words(self) -> str:
        return self.text.replace(PAGE, "").strip()
