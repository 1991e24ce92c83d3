"""Marked text as HTML: what comes out parses to the same characters, is nested properly and carries every range."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search_api.web.marking import Marking, Range, marked

TEXTS = st.text(alphabet="甲乙<>&\"'a \U00020000", min_size=1, max_size=40)


class Checked(HTMLParser):
    """The text of the fragment, the range ids over each character, and where each link leads; fails on bad nesting."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.over: list[frozenset[str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self._stack: list[tuple[str, str, str]] = []
        self.feed(str.__str__(fragment))
        self.close()
        assert not self._stack

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._stack.append((tag, values.get("class", ""), values.get("href", "")))
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            assert all(opened != "a" for opened, _, _ in self._stack[:-1]), "a link in a link"
            self.links.append(values["href"])

    def handle_endtag(self, tag: str) -> None:
        assert self._stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        self.over += [frozenset(name for _, name, _ in self._stack if name)] * len(data)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Range]]:
    text = draw(TEXTS)
    ranges = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        layer = draw(st.integers(0, 2))
        ranges.append(Range(start, end, classes=f"r{number}", id=f"r{number}", layer=layer, link=f"#{number}", title="<甲>", badge="甲"))
    return text, ranges


@given(marked_texts())
def test_marks_keep_the_text_and_cover_their_ranges(case: tuple[str, list[Range]]) -> None:
    text, ranges = case
    seen = Checked(marked(text, ranges))
    assert seen.text == text
    for at in range(len(text)):
        assert seen.over[at] == {item.classes for item in ranges if item.start <= at < item.end}


@given(marked_texts())
def test_each_range_has_its_id_once_and_is_led_to(case: tuple[str, list[Range]]) -> None:
    text, ranges = case
    seen = Checked(marked(text, ranges))
    assert sorted(seen.ids) == sorted(item.id for item in ranges)
    assert set(seen.links) == {item.link for item in ranges}


@given(marked_texts(), st.data())
def test_pieces_give_what_the_whole_gives(case: tuple[str, list[Range]], data: st.DataObject) -> None:
    text, ranges = case
    borders = [0, *sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4))), len(text)]
    marking = Marking(text, ranges)
    seen = [Checked(marking.piece(start, end)) for start, end in pairwise(borders)]
    assert "".join(piece.text for piece in seen) == text
    over = [names for piece in seen for names in piece.over]
    assert all(over[at] == {item.classes for item in ranges if item.start <= at < item.end} for at in range(len(text)))
    assert sorted(name for piece in seen for name in piece.ids) == sorted(item.id for item in ranges)


def test_a_lower_layer_stands_outside_though_it_begins_later() -> None:
    fragment = marked("甲乙丙丁", [Range(0, 3, classes="fact", layer=2), Range(1, 4, classes="sentence", layer=1)])
    assert fragment == ('<span class="fact">甲</span><span class="sentence"><span class="fact">乙丙</span>丁</span>')


def test_a_range_hidden_under_others_gets_a_badge() -> None:
    whole = Range(0, 2, classes="step", id="step", layer=0, link="#step", badge="步")
    fragment = marked("甲乙", [whole, Range(0, 2, classes="name", id="name", layer=1, link="#name", badge="名")])
    assert '<a class="badge" href="#step" title="" aria-label="" data-badge="步"></a>' in fragment
    assert 'href="#name" title="">甲乙</a>' in fragment
