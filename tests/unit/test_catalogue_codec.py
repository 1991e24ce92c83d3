"""Values to JSON and back."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st
from readings import reading

from corpus.catalogue import codec
from corpus.model import Case, Comparison, Entity, Fact, Mention, Metadata, Passage, Reading, Section, reading_id
from corpus.offsets import Edit, OffsetMap, apply_edits

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
OPTIONAL = st.none() | TEXTS
SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99))
LISTS = st.lists(TEXTS, max_size=3).map(tuple)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, OffsetMap]:
    """A source, what edits made of it, and the map back."""
    source = draw(st.text("甲乙丙🀄a", max_size=40))
    borders = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    pairs = zip(borders[::2], borders[1::2], strict=False)
    steps = st.sampled_from(["annotation", "script", ""])
    edits = [Edit(start, end, draw(st.text("丁戊", max_size=3)), draw(steps)) for start, end in pairs]
    return source, *apply_edits(source, edits)


@given(edited())
def test_a_reading_with_any_offsets(given_: tuple[str, str, OffsetMap]) -> None:
    source, clean, offsets = given_
    body = codec.decode_body(codec.encode_body(_with(source, clean, offsets)), clean)
    assert (body.source, body.offsets) == (source, offsets)


def _with(source: str, clean: str, offsets: OffsetMap) -> Reading:
    return replace(reading(clean), id=reading_id("r", "v", "1", clean), source=source, offsets=offsets)


@given(st.builds(Metadata, title=TEXTS, authors=LISTS, editors=LISTS, publisher=OPTIONAL, published=OPTIONAL, url=OPTIONAL))
def test_metadata(metadata: Metadata) -> None:
    assert codec.decode_metadata(codec.encode_metadata(metadata)) == metadata


NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
FACTS = st.builds(
    Fact, id=TEXTS, type=st.just("measure"), name=TEXTS, start=st.integers(0, 9), end=st.integers(0, 9), sentence=TEXTS,
    sentence_start=st.integers(0, 20), sentence_end=st.integers(0, 20), case=OPTIONAL, aliases=LISTS, evidence=st.lists(SPANS).map(tuple),
    confidence=st.floats(0, 1), value=NUMBERS, value_max=NUMBERS, speaker=OPTIONAL, relation=OPTIONAL, head_type=st.just("actor"),
    comparison=st.none() | st.builds(Comparison, type=TEXTS, start=st.none() | st.floats(-9, 9), by_unit=OPTIONAL),
)  # fmt: skip


@given(FACTS, st.text("甲乙丙丁", max_size=25))
def test_facts_with_or_without_their_sentence_in_the_text(fact: Fact, text: str) -> None:
    data = codec.encode_fact(fact, text)
    assert codec.decode_fact(data, text, id=fact.id, type=fact.type, name=fact.name, start=fact.start, end=fact.end, case=fact.case) == fact


def test_a_sentence_that_stands_in_the_text_is_not_kept_twice() -> None:
    made = reading("题\n一楼反对加装电梯的理由很多。")
    assert all("一楼" not in codec.encode_fact(fact, made.text) for fact in made.facts if fact.name != "一楼")
    assert all("理由" not in codec.encode_fact(fact, made.text) for fact in made.facts)


@given(st.lists(FACTS, max_size=3), st.lists(st.builds(Passage, TEXTS, OPTIONAL, st.just(0), st.just(2), TEXTS, TEXTS), max_size=3))
def test_an_archive(facts: list[Fact], passages: list[Passage]) -> None:
    assert codec.decode_archive(codec.encode_archive(facts, passages)) == (tuple(facts), tuple(passages))


@given(st.builds(Mention, TEXTS, TEXTS, st.just("actor"), TEXTS, TEXTS, kind=OPTIONAL, place=OPTIONAL, names=LISTS, facts=LISTS))
def test_mentions(mention: Mention) -> None:
    data = codec.encode_mention(mention)
    again = codec.decode_mention(data, key=mention.key, report=mention.report, type=mention.type, name=mention.name, scope=mention.scope)
    assert again == mention


@given(st.builds(Entity, TEXTS, st.just("actor"), TEXTS, kind=OPTIONAL, aliases=LISTS, place=OPTIONAL, concept=OPTIONAL))
def test_entities(entity: Entity) -> None:
    assert codec.decode_entity(codec.encode_entity(entity), id=entity.id, type=entity.type, name=entity.name) == entity


def test_every_field_of_sections_and_cases_comes_back() -> None:
    section = Section("dispute", "争议", 1, 3, 0.5)
    case = Case("c", "题", ((0, 1), (2, 4)), "地", "proposal", "试点", "2024", "社区", "部分解决")
    for value in (section, case):
        kind = type(value)
        assert not [f.name for f in fields(kind) if getattr(value, f.name) == f.default]
    body = codec.decode_body(codec.encode_body(replace(reading("甲乙丙丁"), sections=(section,), cases=(case,))), "甲乙丙丁")
    assert (body.sections, body.cases) == ((section,), (case,))
