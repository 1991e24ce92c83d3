"""Mentions, entities and forwards, as the consumer that resolves them writes and finds them, on each engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from readings import incoming

from corpus.catalogue import Catalogue
from corpus.errors import NotFound
from corpus.model import Change, Entity, Judgement, Mention


def mention(key: str, report: str, name: str = "居委会", **more: str) -> Mention:
    return Mention(key, report, "actor", name, more.get("scope", "云溪区"), kind="居（村）委会", names=(name, "居委"), facts=("f1", "f2"))


def entity(id: str, mentions: Sequence[str], **more: object) -> Entity:
    made = Entity(id, "actor", "云溪居委会", kind="居（村）委会", aliases=("居委",), place="云溪区", mentions=tuple(mentions))
    return replace(made, **more)  # type: ignore[arg-type]


ONE, TWO, THREE = mention("m1", "r1"), mention("m2", "r2"), mention("m3", "r2", "街道办")


def fill(catalogue: Catalogue) -> None:
    written = catalogue.put_entities(
        [entity("e1", ["m1", "m2"], forwards=("old2",)), entity("e3", ["m3"], name="街道办事处", aliases=(), type="programme")],
        mentions=[ONE, TWO, THREE],
        links=["r1", "r2"],
        after=0,
        mark=5,
    )
    assert written


def test_come_back_with_members_reports_and_forwards(catalogue: Catalogue) -> None:
    fill(catalogue)
    first = entity("e1", ["m1", "m2"], reports=("r1", "r2"), forwards=("old2",))
    assert catalogue.entity("e1") == first
    assert catalogue.entities() == [first, catalogue.entity("e3")]
    assert catalogue.mentions() == [ONE, TWO, THREE]
    assert catalogue.membership() == {"m1": "e1", "m2": "e1", "m3": "e3"}
    assert catalogue.entity_of("m3") == "e3"
    assert catalogue.entity_of("m4") is None
    assert (catalogue.counts()["entities"], catalogue.counts()["mentions"]) == (2, 3)


def test_an_old_id_leads_to_the_entity(catalogue: Catalogue) -> None:
    fill(catalogue)
    assert catalogue.entity("old2").id == "e1"
    with pytest.raises(NotFound):
        catalogue.entity("old2", follow=False)
    with pytest.raises(NotFound):
        catalogue.entity("e9")


def test_mentions_are_found_by_what_a_resolver_asks_for(catalogue: Catalogue) -> None:
    fill(catalogue)
    assert catalogue.mentions(keys=["m2", "m9"]) == [TWO]
    assert catalogue.mentions(reports=["r2"]) == [TWO, THREE]
    assert catalogue.mentions(names=[("actor", "街道办"), ("place", "居委会")]) == [THREE]
    assert catalogue.mentions(entities=["e1"]) == [ONE, TWO]
    assert catalogue.mentions(keys=[]) == []
    assert catalogue.membership(reports=["r2"]) == {"m2": "e1", "m3": "e3"}
    assert catalogue.membership(keys=["m1"], reports=["r2"]) == {"m1": "e1", "m2": "e1", "m3": "e3"}


def test_the_feed_names_entities_and_reports_whose_links_changed(catalogue: Catalogue) -> None:
    fill(catalogue)
    assert [(c.kind, c.id, c.gone) for c in catalogue.feed(0)] == [
        ("entity", "e1", False),
        ("entity", "e3", False),
        ("links", "r1", False),
        ("links", "r2", False),
    ]


def test_a_split_and_a_removal(catalogue: Catalogue) -> None:
    fill(catalogue)
    head = catalogue.head()
    catalogue.put_entities([entity("e1", ["m1"]), entity("old2", ["m2"])], gone=["e3"], gone_mentions=["m3"], links=["r2"], after=5, mark=6)
    assert catalogue.entity("old2") == entity("old2", ["m2"], reports=("r2",))
    assert catalogue.entity("e1").forwards == ()
    assert catalogue.membership() == {"m1": "e1", "m2": "old2"}
    with pytest.raises(NotFound):
        catalogue.entity("e3")
    assert Change(head + 3, "entity", "e3", gone=True) in catalogue.feed(head)


def test_a_merger_moves_members_and_forwards(catalogue: Catalogue) -> None:
    fill(catalogue)
    catalogue.put_entities([entity("e1", ["m1", "m2", "m3"], forwards=("e3", "old2"))], gone=["e3"], after=5, mark=6)
    assert catalogue.entity("e3").id == "e1"
    assert catalogue.entity("e1").mentions == ("m1", "m2", "m3")


def test_a_mention_read_again_stays_where_it_belongs(catalogue: Catalogue) -> None:
    fill(catalogue)
    again = replace(ONE, facts=("f9",))
    catalogue.put_entities(mentions=[again], after=5, mark=6)
    assert catalogue.mentions(keys=["m1"]) == [again]
    assert catalogue.entity_of("m1") == "e1"


def test_a_consumer_that_was_overtaken_writes_nothing(catalogue: Catalogue) -> None:
    fill(catalogue)
    head = catalogue.head()
    assert not catalogue.put_entities([entity("e9", ["m1"])], gone=["e1"], links=["r1"], after=4, mark=9)
    assert (catalogue.mark(), catalogue.head()) == (5, head)
    assert catalogue.entity_of("m1") == "e1"


def test_names_are_found_by_a_part_in_either_script(catalogue: Catalogue) -> None:
    fill(catalogue)
    assert [found.id for found in catalogue.entities(query="溪居")] == ["e1"]
    assert [found.id for found in catalogue.entities(query="雲溪")] == ["e1"]
    assert [found.id for found in catalogue.entities(query="居委")] == ["e1"]
    assert catalogue.entities(query="%") == []
    assert [found.id for found in catalogue.entities("programme")] == ["e3"]
    assert [found.id for found in catalogue.entities(after="e1")] == ["e3"]
    assert [found.id for found in catalogue.entities(limit=1)] == ["e1"]
    assert [found.id for found in catalogue.entities(ids=["e3", "e9"])] == ["e3"]


def test_reset_forgets_all_and_starts_again(catalogue: Catalogue) -> None:
    fill(catalogue)
    catalogue.reset_entities()
    assert (catalogue.mark(), catalogue.entities(), catalogue.mentions()) == (0, [], [])
    with pytest.raises(NotFound):
        catalogue.entity("old2")


def test_marks_of_consumers_are_apart(catalogue: Catalogue) -> None:
    assert catalogue.put_entities(after=0, mark=7, consumer="另一个")
    assert (catalogue.mark(), catalogue.mark("另一个")) == (0, 7)


def test_a_judgement_between_mentions_names_both_reports(catalogue: Catalogue) -> None:
    fill(catalogue)
    head = catalogue.head()
    catalogue.judge(Judgement("j", "same", "m1", "m3", "编辑", "2024-05-01T00:00:00Z"))
    assert [(change.kind, change.id) for change in catalogue.feed(head)] == [("report", "r1"), ("report", "r2")]


def test_mentions_outlive_a_withdrawal_until_the_consumer_has_seen_it(catalogue: Catalogue) -> None:
    item = incoming("题\n内容。")
    report = item.reading.report
    catalogue.put_many([item])
    catalogue.put_entities([entity("e", ["m"])], mentions=[mention("m", report)], after=0, mark=catalogue.head())
    catalogue.withdraw(report, why="", who="")
    assert [found.key for found in catalogue.mentions(reports=[report])] == ["m"]
    catalogue.put_entities(gone=["e"], gone_mentions=["m"], after=1, mark=catalogue.head())
    assert catalogue.mentions(reports=[report]) == []


def test_mentions_are_found_by_the_first_digits_of_their_keys(catalogue: Catalogue) -> None:
    fill(catalogue)
    assert catalogue.mentions_beginning("m") == ["m1", "m2", "m3"]
    assert catalogue.mentions_beginning("m", 2) == ["m1", "m2"]
    assert catalogue.mentions_beginning("m2") == ["m2"]
    assert catalogue.mentions_beginning("%") == catalogue.mentions_beginning("_") == []


def test_what_is_said_in_one_breath_has_one_moment_later_than_any(catalogue: Catalogue) -> None:
    fill(catalogue)
    catalogue.judge(Judgement("以后", "same", "m1", "m2", "编辑", "2999-01-01T00:00:00Z"))
    catalogue.judge(Judgement("甲", "different", "m1", "m2", "编辑", ""), Judgement("乙", "same", "m1", "m3", "编辑", ""))
    catalogue.judge(Judgement("丙", "same", "m1", "m2", "编辑", ""))
    when = {one.id: one.when for one in catalogue.judgements()}
    assert when["甲"] == when["乙"] == "2999-01-01T00:00:01Z" < when["丙"]


def test_a_moment_that_is_no_time_is_no_hindrance(catalogue: Catalogue) -> None:
    catalogue.judge(Judgement("坏", "same", "m1", "m2", "编辑", "某天"))
    catalogue.judge(Judgement("甲", "same", "m1", "m3", "编辑", ""))
    assert catalogue.judgements()[1].when[:2] == "20"
