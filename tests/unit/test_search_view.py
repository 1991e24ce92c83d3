"""Parts of the search page that need no store: addresses, excerpts, chips."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search_api.web.report_view import place_of
from search_api.web.search_view import Address, excerpt

TEXTS = st.text(alphabet="甲乙丙。！\n ", min_size=1, max_size=700)


@st.composite
def highlighted(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, [(low, high) for low, high in zip(cuts[::2], cuts[1::2], strict=False)]


@given(highlighted())
def test_an_excerpt_is_whole_sentences_and_short_unless_one_is_long(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, highlights = case
    start, end = excerpt(text, highlights)
    assert 0 <= start < end <= len(text)
    assert start == 0 or text[start - 1] in "。！\n"
    assert end == len(text) or text[end - 1] in "。！\n"
    if end - start > 220 and text.strip():
        assert not any(sign in text[start:end].rstrip("。！\n ") for sign in "。！\n")


@given(highlighted())
def test_an_excerpt_holds_something_highlighted_where_there_is_any(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, highlights = case
    start, end = excerpt(text, highlights)
    shown = [(low, high) for low, high in highlights if text[low:high].strip("。！\n ")]
    if shown:
        assert any(low < end and high > start for low, high in shown)


def test_addresses_keep_what_was_asked_and_go_back_to_the_first_page() -> None:
    here = Address((("q", "电梯 & 市场"), ("year", "2020"), ("year", "2021"), ("cursor", "c")))
    assert str(here.drop("year", "2020")) == "/?q=%E7%94%B5%E6%A2%AF+%26+%E5%B8%82%E5%9C%BA&year=2021"
    assert str(here.put("year", "2019")).endswith("&year=2019")
    assert "cursor" not in str(here.add("place", "南桥"))
    assert str(here.page("d")).endswith("&year=2021&cursor=d")
    assert "cursor" not in str(here.page(None))
    assert str(here.only("q")) == "/?q=%E7%94%B5%E6%A2%AF+%26+%E5%B8%82%E5%9C%BA"
    assert str(Address(())) == "/"


def test_a_place_in_an_address_is_a_range_of_the_text_or_nothing() -> None:
    assert place_of("3-8", 100) == (3, 8)
    assert place_of("3-800", 100) == (3, 100)
    for wrong in (None, "", "8-3", "3-3", "200-300", "-1-3", "a-b", "3-8-9", "٣-٨", "1" * 30 + "-2"):
        assert place_of(wrong, 100) is None
