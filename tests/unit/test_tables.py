"""What the tables of names and messages count."""

from __future__ import annotations

from corpus.model import Metadata
from ingest.extract import extract
from tests.messages_table import label, labels
from tests.ner_table import spans
from tests.spans import Counts


def test_spans_count_once_exact_or_overlapping() -> None:
    counts = Counts()
    missed, false = counts.add("place", [(0, 3), (5, 8), (10, 12)], [(0, 3), (6, 9), (20, 22)])
    assert (missed, false) == ([(10, 12)], [(20, 22)])
    row = counts.table(["place"]).splitlines()[-1]
    assert row == "| place | 3 | 3 | 0.333 | 0.333 | 0.333 | 0.667 | 0.667 | 0.667 |"


def test_nothing_found_is_no_error() -> None:
    counts = Counts()
    counts.add("place", [(0, 3)], [])
    assert counts.table(["place", "person"]).count("0.000") == 12


def test_posts_are_counted_beside_their_person_and_groups_are_not() -> None:
    text = "枫林区民政局党委书记、局长沈若兰表示，居民反对。"
    found = {(kind, text[start:end]) for kind, (start, end) in spans(text, extract(text, (), (), Metadata())[0])}
    assert {("person", "沈若兰"), ("actor", "枫林区民政局党委"), ("post", "党委书记"), ("post", "局长")} <= found
    assert not {words for kind, words in found if kind == "place"}
    assert ("actor", "居民") not in found


def test_an_issue_stands_for_the_label_of_its_nearest_ancestor() -> None:
    mapping = labels()
    assert label("parking.shortage", mapping) == "城乡建设"
    assert label("parking.congestion", mapping) == mapping["parking"] == "交通运输"
    assert label("burden.forms", mapping) is None
