"""People join, part and name things: their word holds whatever was said before, and through re-reading, deletion and rebuild."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from graphs import incoming, said, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue
from corpus.errors import NotFound, UsageError
from corpus.identity import report_id
from corpus.model import Entity, Judgement, Mention
from corpus.vocabulary import issues
from graph.project import update_entities
from graph.resolve import entities, entity_id, mention_key
from search_api import resolution
from search_api.likeness import candidates, pairs
from search_api.members import membership
from search_api.resolution import Judged, Thing, thing

PLACE = "浙江省杭州市上城区"
WHO = {"who": "刘敏", "why": "看过原文"}


@pytest.fixture
def path(tmp_path: Path, sqlite_template: Path) -> Path:
    path = tmp_path / "库.db"
    shutil.copy(sqlite_template, path)
    return path


@pytest.fixture
def catalogue(path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{path}") as opened:
        yield opened


def put(catalogue: Catalogue, source: str, *names: str, type: str = "platform", place: str | None = PLACE, restore: bool = False) -> None:
    reading = told(source, [said(type, name) for name in names], place=place)
    catalogue.put_many([incoming(source, reading, restore=restore)])
    follow(catalogue)


def follow(catalogue: Catalogue) -> None:
    while update_entities(catalogue):
        pass


def mention(catalogue: Catalogue, source: str, name: str) -> Mention:
    return next(found for found in catalogue.mentions(reports=[report_id("案例", source)]) if name in found.names)


def of(catalogue: Catalogue, source: str, name: str) -> Thing:
    return thing(catalogue, mention(catalogue, source, name).key)


def keep(catalogue: Catalogue, new: Sequence[Judgement]) -> Judged:
    return resolution.keep(catalogue, new, lambda: follow(catalogue))


def groups(catalogue: Catalogue) -> set[frozenset[str]]:
    """The entities, each as the sources and names of its mentions."""
    sources = {report.id: report.source for report in catalogue.reports()}
    by_key = {one.key: f"{sources[one.report]}{one.name}" for one in catalogue.mentions()}
    return {frozenset(by_key[key] for key in entity.mentions) for entity in catalogue.entities()}


def sets(*written: str) -> set[frozenset[str]]:
    return {frozenset(one.split()) for one in written}


class TestFinding:
    def test_by_id_key_beginning_and_name(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲", "晴雨茶馆")
        put(catalogue, "乙", "和事长廊")
        found = of(catalogue, "甲", "晴雨茶馆")
        for key in (found.entity.id, found.mention.key, found.entity.id[:10], found.mention.key[:10], "晴雨茶馆"):
            assert thing(catalogue, key) == found
        for key in ("没有的", "", "0" * 32, "%"):
            with pytest.raises(NotFound):
                thing(catalogue, key)

    def test_a_name_of_two_is_none(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲", "晴雨茶馆")
        put(catalogue, "乙", "晴雨茶馆", place="无锡市")
        with pytest.raises(UsageError, match="2 个"):
            thing(catalogue, "晴雨茶馆")

    def test_an_old_id_stands_for_the_mention_that_had_it(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲", "晴雨茶馆")
        put(catalogue, "乙", "晴雨长廊")
        before = {name: of(catalogue, source, name) for source, name in (("甲", "晴雨茶馆"), ("乙", "晴雨长廊"))}
        keep(catalogue, resolution.confirmed(catalogue, *before.values(), **WHO))
        for was in before.values():
            now = thing(catalogue, was.entity.id)
            assert (now.mention.key, len(now.entity.mentions)) == (was.mention.key, 2)


class TestJudging:
    @pytest.fixture
    def filled(self, catalogue: Catalogue) -> Catalogue:
        put(catalogue, "甲", "晴雨茶馆")
        put(catalogue, "乙", "晴雨茶馆", "湖滨晴雨茶馆")
        put(catalogue, "丙", "湖滨晴雨茶馆")
        put(catalogue, "丁", "湖滨晴雨茶馆")
        assert groups(catalogue) == sets("甲晴雨茶馆 乙晴雨茶馆", "乙湖滨晴雨茶馆 丙湖滨晴雨茶馆 丁湖滨晴雨茶馆")
        return catalogue

    ALL = "甲晴雨茶馆 乙晴雨茶馆 乙湖滨晴雨茶馆 丙湖滨晴雨茶馆 丁湖滨晴雨茶馆"

    def join(self, catalogue: Catalogue) -> Judged:
        one, other = of(catalogue, "甲", "晴雨茶馆"), of(catalogue, "丙", "湖滨晴雨茶馆")
        return keep(catalogue, resolution.confirmed(catalogue, one, other, **WHO))

    def test_confirmed_entities_are_one(self, filled: Catalogue) -> None:
        done = self.join(filled)
        assert groups(filled) == sets(self.ALL)
        assert [one.kind for one in done.said] == ["same"]
        assert (done.overruled, len(done.entities)) == ((), 1)

    def test_rejected_ones_that_were_confirmed_are_two_again(self, filled: Catalogue) -> None:
        before = groups(filled)
        self.join(filled)
        done = keep(filled, resolution.rejected(filled, of(filled, "乙", "晴雨茶馆"), of(filled, "丁", "湖滨晴雨茶馆"), **WHO))
        assert groups(filled) == before
        assert {one.kind for one in done.said} == {"different"}
        self.join(filled)
        assert groups(filled) == sets(self.ALL)

    def test_of_one_name_and_place_the_second_leaves_alone(self, filled: Catalogue) -> None:
        keep(filled, resolution.rejected(filled, of(filled, "丙", "湖滨晴雨茶馆"), of(filled, "丁", "湖滨晴雨茶馆"), **WHO))
        assert groups(filled) == sets("甲晴雨茶馆 乙晴雨茶馆", "乙湖滨晴雨茶馆 丙湖滨晴雨茶馆", "丁湖滨晴雨茶馆")

    def test_a_split_takes_what_was_named_and_leaves_the_rest_together(self, filled: Catalogue) -> None:
        self.join(filled)
        entity = of(filled, "甲", "晴雨茶馆").entity
        leaving = [mention(filled, "甲", "晴雨茶馆").key, mention(filled, "丙", "湖滨晴雨茶馆").key[:12]]
        done = keep(filled, resolution.split(filled, entity, leaving, **WHO))
        assert groups(filled) == sets("甲晴雨茶馆 丙湖滨晴雨茶馆", "乙晴雨茶馆 乙湖滨晴雨茶馆 丁湖滨晴雨茶馆")
        assert len(done.entities) == 2

    def test_what_was_split_is_confirmed_whole(self, filled: Catalogue) -> None:
        entity = of(filled, "丙", "湖滨晴雨茶馆").entity
        leaving = [mention(filled, source, "湖滨晴雨茶馆").key for source in "丙丁"]
        keep(filled, resolution.split(filled, entity, leaving, **WHO))
        assert groups(filled) == sets("甲晴雨茶馆 乙晴雨茶馆", "乙湖滨晴雨茶馆", "丙湖滨晴雨茶馆 丁湖滨晴雨茶馆")
        again = resolution.confirmed(filled, of(filled, "乙", "湖滨晴雨茶馆"), of(filled, "丁", "湖滨晴雨茶馆"), **WHO)
        keep(filled, again)
        assert groups(filled) == sets("甲晴雨茶馆 乙晴雨茶馆", "乙湖滨晴雨茶馆 丙湖滨晴雨茶馆 丁湖滨晴雨茶馆")

    def test_the_later_word_counts_and_says_what_it_overrules(self, filled: Catalogue) -> None:
        put(filled, "戊", "望湖长廊")
        self.join(filled)
        one, third = of(filled, "丙", "湖滨晴雨茶馆"), of(filled, "戊", "望湖长廊")
        chain = keep(filled, resolution.confirmed(filled, one, third, **WHO)).said[0]
        first = of(filled, "甲", "晴雨茶馆").mention.key
        new = Judgement("后来", "different", first, third.mention.key, "何川", "", "不是一回事")
        done = keep(filled, [new])
        assert [one.id for one in done.overruled] in ([chain.id], [self_id(filled, first)])
        assert all(first not in group.mentions or third.mention.key not in group.mentions for group in filled.entities())
        assert {one.id for one in resolution.in_force(filled)} == {one.id for one in filled.judgements()} - {done.overruled[0].id}

    def test_two_words_within_a_second_have_an_order(self, filled: Catalogue) -> None:
        times = []
        for _ in range(3):
            times.append(self.join(filled).said[0].when)
            new = resolution.rejected(filled, of(filled, "甲", "晴雨茶馆"), of(filled, "丙", "湖滨晴雨茶馆"), **WHO)
            times.append(keep(filled, new).said[0].when)
        assert times == sorted(set(times))

    def test_undoing_leaves_what_it_was_before(self, filled: Catalogue) -> None:
        before = groups(filled)
        for one in self.join(filled).said:
            filled.retract(resolution.undone(filled, one.id[:8]).id)
        follow(filled)
        assert groups(filled) == before
        with pytest.raises(NotFound):
            resolution.undone(filled, "abcd")
        filled.correct(filled.reports()[0].id, "title", "别的", who="刘敏")
        with pytest.raises(UsageError):
            resolution.undone(filled, filled.judgements("field")[0].id)

    def test_what_is_no_judgement_is_refused(self, filled: Catalogue) -> None:
        put(filled, "己", "采荷街道", type="place")
        one, other, place = of(filled, "甲", "晴雨茶馆"), of(filled, "丙", "湖滨晴雨茶馆"), of(filled, "己", "采荷街道")
        for call in (
            lambda: resolution.confirmed(filled, one, one, **WHO),
            lambda: resolution.confirmed(filled, one, place, **WHO),
            lambda: resolution.rejected(filled, one, other, who=" ", why="看过"),
            lambda: resolution.split(filled, one.entity, [], **WHO),
            lambda: resolution.split(filled, one.entity, one.entity.mentions, **WHO),
            lambda: resolution.split(filled, one.entity, [other.mention.key], **WHO),
            lambda: resolution.renamed(one, "  ", **WHO),
            lambda: resolution.renamed(one, "两\n行", **WHO),
        ):
            with pytest.raises(UsageError):
                call()
        assert filled.judgements() == []

    def test_judgements_last_through_reading_again_deletion_and_rebuild(self, filled: Catalogue) -> None:
        self.join(filled)
        leaving = [mention(filled, "丁", "湖滨晴雨茶馆").key]
        keep(filled, resolution.split(filled, of(filled, "甲", "晴雨茶馆").entity, leaving, **WHO))
        expected = groups(filled)
        for source in "甲乙丙丁":
            report = report_id("案例", source)
            reading = filled.readings([report])[report]
            again = replace(reading, pipeline="2", id=f"{reading.id[:31]}x")
            filled.put_many([replace(incoming(source, again), again=True)])
            follow(filled)
            assert groups(filled) == expected
        for source in "丙甲":
            filled.withdraw(report_id("案例", source), why="撤回", who="刘敏")
            follow(filled)
        assert filled.judgements(orphaned=True)
        put(filled, "甲", "晴雨茶馆", restore=True)
        put(filled, "丙", "湖滨晴雨茶馆", restore=True)
        assert (groups(filled), filled.judgements(orphaned=True)) == (expected, [])
        filled.reset_entities()
        follow(filled)
        assert groups(filled) == expected


def self_id(catalogue: Catalogue, key: str) -> str:
    return next(one.id for one in catalogue.judgements("same") if key in (one.target, one.value))


class TestAlike:
    def found(self, catalogue: Catalogue, source: str, name: str) -> dict[str, str]:
        return {one.entity.name: one.likeness for one in candidates(catalogue, of(catalogue, source, name).entity)}

    def test_names_elsewhere_short_names_and_a_changed_letter(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲", "湖滨晴雨工作室")
        put(catalogue, "乙", "湖滨晴雨工作室", place="无锡市")
        put(catalogue, "丙", "晴雨工作室")
        put(catalogue, "丁", "湖滨晴雨")
        put(catalogue, "戊", "湖滨晴宇工作室")
        put(catalogue, "己", "望江议事厅", "湖滨晴雨工作室三分点")
        assert self.found(catalogue, "甲", "湖滨晴雨工作室") == {
            "湖滨晴雨工作室": "name",
            "晴雨工作室": "short",
            "湖滨晴雨": "short",
            "湖滨晴宇工作室": "letter",
            "湖滨晴雨工作室三分点": "short",
        }
        assert self.found(catalogue, "丙", "晴雨工作室")["湖滨晴雨工作室"] == "short"
        assert self.found(catalogue, "己", "望江议事厅") == {}

    def test_a_number_tells_two_apart_and_a_part_is_no_short_name(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲", "采荷街道常青三社区", "望江街道", type="place")
        put(catalogue, "乙", "采荷街道常青四社区", type="place")
        put(catalogue, "丙", "望江街道近江社区", type="place")
        assert self.found(catalogue, "甲", "采荷街道常青三社区") == {}
        assert self.found(catalogue, "甲", "望江街道") == {}

    def test_what_everybody_has_is_like_nothing(self, catalogue: Catalogue) -> None:
        for source in "甲乙":
            put(catalogue, source, "业委会", type="actor")
            put(catalogue, source + "人", "李女士", type="person")
        assert self.found(catalogue, "甲", "业委会") == {}
        assert self.found(catalogue, "甲人", "李女士") == {}

    def test_what_people_kept_apart_is_asked_no_more(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲", "晴雨工作室")
        put(catalogue, "乙", "晴雨工作室", place="无锡市")
        assert [(one.name, other.likeness) for one, other in pairs(catalogue)[0]] == [("晴雨工作室", "name")]
        one, other = of(catalogue, "甲", "晴雨工作室"), of(catalogue, "乙", "晴雨工作室")
        keep(catalogue, resolution.rejected(catalogue, one, other, **WHO))
        assert candidates(catalogue, one.entity) == []
        assert pairs(catalogue) == ([], None)

    def test_pairs_come_page_by_page_each_once(self, catalogue: Catalogue) -> None:
        for number, name in enumerate(("晴雨工作室", "和事茶馆", "近江长廊")):
            put(catalogue, f"甲{number}", name)
            put(catalogue, f"乙{number}", name, place="无锡市")
        seen: list[tuple[str, str]] = []
        after: str | None = ""
        while after is not None:
            page, after = pairs(catalogue, after=after, limit=1, most=2)
            seen += [(one.id, other.entity.id) for one, other in page]
        assert len(seen) == len(set(seen)) == 3


class TestMembers:
    def test_each_mention_with_its_sentence(self, catalogue: Catalogue) -> None:
        for source in "甲乙丙":
            put(catalogue, source, "晴雨茶馆")
        entity = of(catalogue, "甲", "晴雨茶馆").entity
        held = membership(catalogue, entity, limit=2)
        assert (len(held.members), held.count) == (2, 3)
        for member in held.members:
            assert member.cited is not None
            assert member.cited.fact.sentence == "晴雨茶馆的事。"
            assert member.mention.report == member.report.id == member.cited.report

    def test_a_mention_whose_facts_are_all_wrong_is_none(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲", "晴雨茶馆")
        put(catalogue, "乙", "晴雨茶馆")
        entity = of(catalogue, "甲", "晴雨茶馆").entity
        (fact,) = catalogue.facts(report=report_id("案例", "甲"))
        catalogue.judge(Judgement("错", "wrong", fact.fact.id, "", "刘敏", "", "误读"))
        follow(catalogue)
        held = membership(catalogue, catalogue.entity(entity.id))
        assert [member.report.source for member in held.members] == ["乙"]


class TestNaming:
    def rename(self, catalogue: Catalogue, source: str, name: str, new: str) -> Judged:
        return keep(catalogue, resolution.renamed(of(catalogue, source, name), new, **WHO))

    def test_a_name_is_shown_and_the_old_one_still_found(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲", "晴雨茶馆")
        put(catalogue, "乙", "晴雨茶馆")
        done = self.rename(catalogue, "甲", "晴雨茶馆", " 湖滨晴雨茶馆 ")
        (entity,) = done.entities
        assert (entity.name, entity.aliases, len(entity.mentions)) == ("湖滨晴雨茶馆", ("晴雨茶馆",), 2)
        for name in ("湖滨晴雨茶馆", "晴雨茶馆"):
            assert thing(catalogue, name).entity == entity
        put(catalogue, "丙", "晴雨茶馆")
        assert [one.name for one in catalogue.entities()] == ["湖滨晴雨茶馆"]

    def test_the_later_name_counts_and_undoing_leads_back(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲", "晴雨茶馆")
        put(catalogue, "乙", "晴雨茶馆")
        self.rename(catalogue, "甲", "晴雨茶馆", "第一个名")
        second = self.rename(catalogue, "乙", "晴雨茶馆", "第二个名").said[0]
        assert [one.name for one in catalogue.entities()] == ["第二个名"]
        catalogue.retract(second.id)
        follow(catalogue)
        assert [one.name for one in catalogue.entities()] == ["第一个名"]
        for one in catalogue.judgements("name"):
            catalogue.retract(one.id)
        follow(catalogue)
        assert [(one.name, one.aliases) for one in catalogue.entities()] == [("晴雨茶馆", ())]

    def test_a_concept_can_be_renamed_and_keeps_its_label(self, catalogue: Catalogue) -> None:
        of_lift = next(one for one in issues() if one.label == "加装电梯")
        reading = told("甲", [said("issue", "装电梯", concept=of_lift.id)], place=PLACE)
        catalogue.put_many([incoming("甲", reading)])
        follow(catalogue)
        self.rename(catalogue, "甲", "装电梯", "电梯加装难")
        (entity,) = catalogue.entities()
        assert (entity.name, entity.aliases, entity.concept) == ("电梯加装难", ("加装电梯", "装电梯"), of_lift.id)

    def test_a_name_lasts_and_goes_with_its_mention(self, catalogue: Catalogue) -> None:
        for source in "甲乙丙":
            put(catalogue, source, "晴雨茶馆")
        self.rename(catalogue, "乙", "晴雨茶馆", "新名")
        for source in "乙甲":
            report = report_id("案例", source)
            reading = catalogue.readings([report])[report]
            catalogue.put_many([replace(incoming(source, replace(reading, pipeline="2", id=f"{reading.id[:31]}x")), again=True)])
            follow(catalogue)
        catalogue.reset_entities()
        follow(catalogue)
        assert [one.name for one in catalogue.entities()] == ["新名"]
        entity = of(catalogue, "甲", "晴雨茶馆").entity
        keep(catalogue, resolution.split(catalogue, entity, [mention(catalogue, "乙", "晴雨茶馆").key], **WHO))
        assert sorted(one.name for one in catalogue.entities()) == ["新名", "晴雨茶馆"]
        catalogue.withdraw(report_id("案例", "乙"), why="撤回", who="刘敏")
        follow(catalogue)
        assert [one.name for one in catalogue.entities()] == ["晴雨茶馆"]
        assert [one.value for one in catalogue.judgements("name", orphaned=True)] == ["新名"]
        put(catalogue, "乙", "晴雨茶馆", restore=True)
        assert sorted(one.name for one in catalogue.entities()) == ["新名", "晴雨茶馆"]


@given(st.permutations(range(6)), st.lists(st.tuples(st.integers(0, 3), st.sampled_from("一二三"), st.integers(1, 3)), max_size=6))
def test_any_order_of_names_gives_the_same(order: list[int], given_names: list[tuple[int, str, int]]) -> None:
    made = [Mention(mention_key("platform", "茶馆", "", str(n)), str(n), "platform", "茶馆", "", names=("茶馆",)) for n in range(4)]
    named = [Judgement(f"{at}", "name", made[n].key, name, "刘敏", f"2025-01-0{day}") for at, (n, name, day) in enumerate(given_names)]
    (expected,) = entities(made, named)
    shuffled = [named[at] for at in order if at < len(named)]
    assert entities(reversed(made), shuffled) == (expected,)
    latest = max(named, key=lambda one: (one.when, one.id), default=None)
    assert expected.name == (latest.value if latest else "茶馆")


NAMES = ("晴雨茶馆", "湖滨晴雨茶馆")
PLACES = {"甲": PLACE, "乙": "杭州市", "丙": "无锡市", "丁": "杭州市"}
WORDS = st.one_of(
    st.tuples(st.just("confirm"), st.integers(0, 7), st.integers(0, 7)),
    st.tuples(st.just("reject"), st.integers(0, 7), st.integers(0, 7)),
    st.tuples(st.just("split"), st.integers(0, 7), st.sets(st.integers(0, 7), min_size=1, max_size=4)),
    st.tuples(st.just("withdraw"), st.sampled_from("甲乙丙丁"), st.none()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_the_last_word_holds_whatever_was_said_before(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, words: list[tuple[str, object, object]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "库.db"
    shutil.copy(sqlite_template, path)
    with Catalogue.open(f"sqlite:///{path}") as catalogue:
        for source, place in PLACES.items():
            put(catalogue, source, *NAMES, place=place)
        keys = [one.key for one in catalogue.mentions()]
        for action, what, how in words:
            _said(catalogue, keys, action, what, how)
        for source in "丁丙乙甲":
            put(catalogue, source, *NAMES, place=PLACES[source], restore=True)
        end = catalogue.entities()
        catalogue.reset_entities()
        follow(catalogue)
        assert catalogue.entities() == end


def _said(catalogue: Catalogue, keys: list[str], action: str, what: object, how: object) -> None:
    """Say one word, and look whether it holds."""
    if action == "withdraw":
        if any(report.source == what for report in catalogue.reports()):
            catalogue.withdraw(report_id("案例", str(what)), why="撤回", who="刘敏")
            follow(catalogue)
        return
    one = resolution.thing_by_id(catalogue, keys[what]) if isinstance(what, int) else None
    if one is None:
        return
    if action == "split":
        assert isinstance(how, set)
        leaving = {keys[at] for at in how} & set(one.entity.mentions)
        if leaving and leaving != set(one.entity.mentions):
            keep(catalogue, resolution.split(catalogue, one.entity, leaving, **WHO))
            rest = set(one.entity.mentions) - leaving
            parts = holding(catalogue, leaving), holding(catalogue, rest)
            assert leaving <= parts[0]  # and what was only kept from the others by a word about one that is here
            assert rest <= parts[1]
            assert not parts[0] & parts[1]
        return
    other = resolution.thing_by_id(catalogue, keys[how]) if isinstance(how, int) else None
    if other is None or one.mention.key == other.mention.key:
        return
    if action == "confirm":
        keep(catalogue, resolution.confirmed(catalogue, one, other, **WHO))
        both = {*one.entity.mentions, *other.entity.mentions}
        assert holding(catalogue, both) >= both
    else:
        keep(catalogue, resolution.rejected(catalogue, one, other, **WHO))
        owner = catalogue.membership(keys=[one.mention.key, other.mention.key])
        assert len(set(owner.values())) == 2


def holding(catalogue: Catalogue, keys: set[str]) -> set[str]:
    """The mentions of the one entity that these belong to; empty where they belong to several."""
    owners = set(catalogue.membership(keys=sorted(keys)).values())
    found: Entity | None = catalogue.entity(owners.pop()) if len(owners) == 1 else None
    return set(found.mentions) if found else set()


def test_an_entity_is_named_by_the_id_of_its_first_mention(catalogue: Catalogue) -> None:
    put(catalogue, "甲", "晴雨茶馆")
    put(catalogue, "乙", "晴雨茶馆")
    (entity,) = catalogue.entities()
    assert thing(catalogue, entity.id).mention.key == entity.mentions[0]
    assert entity.id == entity_id(entity.mentions[0])
