"""The consumers of the feed: entities in the catalogue and the graph follow every change, late or twice, as a rebuild would have it."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphs import Said, incoming, related, said, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue
from corpus.identity import report_id
from corpus.model import Entity, Judgement, Mention, Reading
from graph import project
from graph.project import rebuild_graph, retry_refused, update_entities, update_graph
from graph.resolve import entities, mentions
from graph.store import open_graph
from graph.store.base import GraphStore, Node, Remove, Replace, Subgraph

PLACE = "浙江省杭州市上城区"


@pytest.fixture
def path(tmp_path: Path, sqlite_template: Path) -> Path:
    path = tmp_path / "库.db"
    shutil.copy(sqlite_template, path)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[GraphStore]:
    store = open_graph(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def catalogue(path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{path}") as opened:
        yield opened


def put(catalogue: Catalogue, source: str, *content: Said, place: str | None = PLACE, restore: bool = False) -> Reading:
    reading = told(source, content, place=place)
    catalogue.put_many([incoming(source, reading, restore=restore)])
    return reading


def follow(catalogue: Catalogue, store: GraphStore, limit: int = 500) -> None:
    while update_entities(catalogue, limit):
        pass
    while update_graph(catalogue, store, limit):
        pass


def by_name(catalogue: Catalogue) -> dict[str, Entity]:
    return {entity.name: entity for entity in catalogue.entities()}


def mention_of(catalogue: Catalogue, source: str, name: str) -> Mention:
    return next(mention for mention in catalogue.mentions(reports=[report_id("案例", source)]) if name in mention.names)


def judge(catalogue: Catalogue, kind: str, one: Mention, other: Mention, when: str = "2025-01-01") -> None:
    catalogue.judge(Judgement(f"{one.key}{other.key}", kind, one.key, other.key, "刘敏", when))


def content_of(store: GraphStore) -> tuple[dict[str, Subgraph], list[Node]]:
    return {report: store.contribution(report) for report in store.reports()}, store.nodes(limit=1000)


def rebuilt(catalogue: Catalogue, path: Path) -> tuple[dict[str, Subgraph], list[Node]]:
    fresh = open_graph(f"sqlite:///{path.with_name('新.db')}")
    rebuild_graph(catalogue, fresh)
    content = content_of(fresh)
    fresh.close()
    return content


class TestFollowing:
    def test_new_reports_reach_entities_and_graph(self, catalogue: Catalogue, store: GraphStore) -> None:
        put(catalogue, "甲", said("actor", "采荷街道"), related("采荷街道", "leads", "湖滨晴雨", tail_type="platform"))
        put(catalogue, "乙", said("actor", "杭州市上城区采荷街道"))
        follow(catalogue, store)
        entity = by_name(catalogue)["杭州市上城区采荷街道"]
        assert len(entity.reports) == 2
        (row,) = store.neighbours(entity.id, ["leads"])
        assert (row.node.name, row.evidence[0].report) == ("湖滨晴雨", report_id("案例", "甲"))
        assert store.mark() == catalogue.head()

    def test_nothing_to_do_does_nothing(self, catalogue: Catalogue, store: GraphStore) -> None:
        put(catalogue, "甲", said("actor", "采荷街道"))
        follow(catalogue, store)
        head = catalogue.head()
        assert update_entities(catalogue) == update_graph(catalogue, store) == 0
        put(catalogue, "甲", said("actor", "采荷街道"))
        follow(catalogue, store)
        assert catalogue.head() == head

    def test_a_changed_report_changes_what_came_from_it(self, catalogue: Catalogue, store: GraphStore) -> None:
        put(catalogue, "甲", said("actor", "采荷街道"))
        put(catalogue, "乙", said("actor", "望江街道"))
        follow(catalogue, store)
        other = store.contribution(report_id("案例", "乙"))
        put(catalogue, "甲", said("actor", "清波街道"))
        follow(catalogue, store)
        assert by_name(catalogue).keys() == {"清波街道", "望江街道"}
        assert [node.name for node in store.nodes("actor")] == sorted(
            ["清波街道", "望江街道"], key=lambda name: by_name(catalogue)[name].id
        )
        assert store.contribution(report_id("案例", "乙")) == other

    def test_a_withdrawn_report_leaves_nothing(self, catalogue: Catalogue, store: GraphStore) -> None:
        put(catalogue, "甲", said("actor", "采荷街道"))
        follow(catalogue, store)
        entity = by_name(catalogue)["采荷街道"]
        gone = put(catalogue, "乙", said("actor", "采荷街道"), said("actor", "望江街道"))
        follow(catalogue, store)
        catalogue.withdraw(gone.report, why="撤回", who="刘敏")
        follow(catalogue, store)
        assert catalogue.entities() == [entity]
        assert catalogue.mentions(reports=[gone.report]) == []
        assert (store.counts().nodes, store.counts().reports) == ({"actor": 1, "case": 1, "report": 1}, 1)

    def test_a_corrected_place_moves_what_it_tells_apart(self, catalogue: Catalogue, store: GraphStore) -> None:
        put(catalogue, "甲", said("place", "和平社区"))
        other = put(catalogue, "乙", said("place", "和平社区"), place="沈阳市和平区")
        follow(catalogue, store)
        assert len(catalogue.entities()) == 2
        catalogue.correct(other.report, "place", PLACE, who="刘敏")
        follow(catalogue, store)
        assert len(catalogue.entities()) == 1

    def test_a_fact_called_wrong_is_not_in_the_graph(self, catalogue: Catalogue, store: GraphStore) -> None:
        reading = put(catalogue, "甲", said("actor", "采荷街道"), said("actor", "望江街道"))
        wrong = next(fact for fact in reading.facts if fact.name == "望江街道")
        catalogue.judge(Judgement("一", "wrong", wrong.id, "", "刘敏", "2025-01-01"))
        follow(catalogue, store)
        assert by_name(catalogue).keys() == {"采荷街道"}
        catalogue.retract("一")
        follow(catalogue, store)
        assert by_name(catalogue).keys() == {"采荷街道", "望江街道"}

    def test_an_old_id_leads_on(self, catalogue: Catalogue, store: GraphStore) -> None:
        put(catalogue, "甲", said("actor", "采荷街道"))
        put(catalogue, "乙", said("actor", "望江街道"))
        follow(catalogue, store)
        before = [entity.id for entity in catalogue.entities()]
        judge(catalogue, "same", mention_of(catalogue, "甲", "采荷街道"), mention_of(catalogue, "乙", "望江街道"))
        follow(catalogue, store)
        (entity,) = catalogue.entities()
        assert {catalogue.entity(id).id for id in before} == {entity.id}
        assert [node.id for node in store.nodes("actor")] == [entity.id]

    def test_a_graph_ahead_of_a_restored_catalogue_is_built_again(self, catalogue: Catalogue, store: GraphStore) -> None:
        put(catalogue, "甲", said("actor", "采荷街道"))
        follow(catalogue, store)
        store.apply([Replace("没有过", "读法", Subgraph())], catalogue.head() + 100)
        follow(catalogue, store)
        assert set(store.reports()) == {report_id("案例", "甲")}
        assert store.mark() == catalogue.head()

    def test_another_vocabulary_resolves_everything_again(
        self, catalogue: Catalogue, store: GraphStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(catalogue, "甲", said("actor", "采荷街道"))
        follow(catalogue, store)
        before = catalogue.entities(), content_of(store)
        head = catalogue.head()
        monkeypatch.setattr(project, "RULES", "another")
        follow(catalogue, store)
        assert catalogue.head() > head
        assert (catalogue.entities(), content_of(store)) == before
        head = catalogue.head()
        follow(catalogue, store)
        assert catalogue.head() == head

    def test_what_was_refused_is_tried_again(self, catalogue: Catalogue, store: GraphStore) -> None:
        reading = put(catalogue, "甲", said("actor", "采荷街道"))
        follow(catalogue, store)
        whole = store.contribution(reading.report)
        store.apply([Remove(reading.report), Replace(reading.report, "坏", Subgraph((), whole.edges))], store.mark())
        assert [refused.id for refused in store.refused()] == [reading.report]
        assert retry_refused(catalogue, store) == []
        assert store.contribution(reading.report) == whole

    def test_a_rebuild_follows_what_comes_meanwhile(self, catalogue: Catalogue, store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
        put(catalogue, "甲", said("actor", "采荷街道"))
        follow(catalogue, store)
        load = project.report_updates
        arrivals = iter(["乙", "丙"])

        def load_and_put(*arguments: object) -> object:
            updates = load(*arguments)  # type: ignore[arg-type]
            for source in itertools.islice(arrivals, 1):
                put(catalogue, source, said("actor", "采荷街道"))
                while update_entities(catalogue):
                    pass
            return updates

        monkeypatch.setattr(project, "report_updates", load_and_put)
        rebuild_graph(catalogue, store)
        assert set(store.reports()) == {report_id("案例", source) for source in "甲乙丙"}
        assert store.mark() == catalogue.head()


class TestAGraphThatLags:
    """An entity's edges move along when it becomes part of another. Here the graph sees that only after more has happened."""

    NAME, OTHER = "采荷街道", "望江街道"

    @pytest.fixture
    def sources(self, catalogue: Catalogue, store: GraphStore) -> list[str]:
        """Four reports and more: the first has the smallest mention key of all, the others speak of one thing, by their keys."""
        for source in "甲乙丙丁戊己":
            put(catalogue, source, said("actor", self.NAME))
        follow(catalogue, store)
        by_key = [mention.report for mention in catalogue.mentions()]
        ordered = sorted("甲乙丙丁戊己", key=lambda source: by_key.index(report_id("案例", source)))
        least = min(mention.key for mention in catalogue.mentions())
        for number in itertools.count():
            other = put(catalogue, f"另{number}", said("actor", self.OTHER))
            if mentions(other.report, other)[0].key < least:
                break
            catalogue.withdraw(other.report, why="键不够小", who="刘敏")
        follow(catalogue, store)
        return [f"另{number}", *ordered]

    def merge(self, catalogue: Catalogue, sources: list[str]) -> None:
        """A person says that the thing of the fourth report is that of the first: the one id becomes part of the other."""
        judge(catalogue, "same", mention_of(catalogue, sources[0], self.OTHER), mention_of(catalogue, sources[3], self.NAME))
        update_entities(catalogue)

    def check(self, catalogue: Catalogue, store: GraphStore, path: Path) -> None:
        follow(catalogue, store)
        assert content_of(store) == rebuilt(catalogue, path)

    def test_the_report_that_gave_the_old_id_goes(self, catalogue: Catalogue, store: GraphStore, path: Path, sources: list[str]) -> None:
        self.merge(catalogue, sources)
        catalogue.withdraw(report_id("案例", sources[1]), why="撤回", who="刘敏")
        update_entities(catalogue)
        self.check(catalogue, store, path)
        assert len(store.nodes("actor")) == 1

    def test_what_gave_the_old_id_is_split_off_again(self, catalogue: Catalogue, store: GraphStore, path: Path, sources: list[str]) -> None:
        self.merge(catalogue, sources)
        one, other = mention_of(catalogue, sources[0], self.OTHER), mention_of(catalogue, sources[1], self.NAME)
        judge(catalogue, "different", one, other, "2025-02-01")
        update_entities(catalogue)
        self.check(catalogue, store, path)
        assert len(store.nodes("actor")) == 2

    def test_the_old_id_returns_for_something_smaller(
        self, catalogue: Catalogue, store: GraphStore, path: Path, sources: list[str]
    ) -> None:
        first = report_id("案例", sources[1])
        one, other = mention_of(catalogue, sources[1], self.NAME), mention_of(catalogue, sources[2], self.NAME)
        catalogue.withdraw(first, why="撤回", who="刘敏")
        update_entities(catalogue)
        judge(catalogue, "different", other, one)
        put(catalogue, sources[1], said("actor", self.NAME), restore=True)
        update_entities(catalogue)
        self.check(catalogue, store, path)

    def test_edges_move_without_building_the_reports_again(self, catalogue: Catalogue, store: GraphStore, sources: list[str]) -> None:
        follow(catalogue, store)
        before = catalogue.head()
        self.merge(catalogue, sources)
        named = {change.id for change in catalogue.feed(before) if change.kind == "links"}
        assert named == {report_id("案例", source) for source in (sources[0], sources[3])}
        follow(catalogue, store)
        assert len(store.nodes("actor")) == 1


class TestANameThatIsOneThing:
    """Where all that has a name is one thing, what comes and goes is handled without the others; the result is that of all."""

    @pytest.fixture
    def many(self, catalogue: Catalogue) -> list[str]:
        """Sources of reports that all speak of one ministry, by their mentions' keys; two speak of a federation as well."""
        for source in "甲乙丙丁戊己":
            put(catalogue, source, said("actor", "民政部"), *([said("actor", "全国妇联")] if source in "甲乙" else []))
            self.check(catalogue)
        by_key = [mention.report for mention in catalogue.mentions() if mention.name == "民政部"]
        return sorted("甲乙丙丁戊己", key=lambda source: by_key.index(report_id("案例", source)))

    def check(self, catalogue: Catalogue) -> None:
        while update_entities(catalogue):
            pass
        everything = [mention for reading in _readings(catalogue) for mention in mentions(reading.report, reading)]
        judgements = [*catalogue.judgements("same"), *catalogue.judgements("different")]
        assert catalogue.entities() == list(entities(everything, judgements))
        for entity in catalogue.entities():
            assert all(catalogue.entity(id).id == entity.id for id in entity.forwards)

    def test_reports_go_and_return(self, catalogue: Catalogue, many: list[str]) -> None:
        for source in (many[3], many[0], many[5], many[1]):
            catalogue.withdraw(report_id("案例", source), why="撤回", who="刘敏")
            self.check(catalogue)
        for source in (many[5], many[1], many[3], many[0]):
            put(catalogue, source, said("actor", "民政部", kind="政府部门"), restore=True)
            self.check(catalogue)

    def test_a_report_says_it_differently(self, catalogue: Catalogue, many: list[str]) -> None:
        put(catalogue, many[0], said("actor", "“民政部”"), said("actor", "中国残联"))
        self.check(catalogue)
        assert by_name(catalogue)["民政部"].aliases == ("“民政部”",)
        put(catalogue, many[2], said("actor", "中国残联"))
        self.check(catalogue)

    def test_people_part_and_join_it(self, catalogue: Catalogue, many: list[str]) -> None:
        one, other = (mention_of(catalogue, source, "民政部") for source in (many[1], many[4]))
        federation = mention_of(catalogue, "甲", "全国妇联")
        judge(catalogue, "different", one, other)
        self.check(catalogue)
        judge(catalogue, "same", one, federation)
        self.check(catalogue)
        put(catalogue, "庚", said("actor", "民政部"))
        self.check(catalogue)
        catalogue.withdraw(report_id("案例", "甲"), why="撤回", who="刘敏")
        self.check(catalogue)
        put(catalogue, "甲", said("actor", "全国妇联"), restore=True)
        self.check(catalogue)
        for judgement in [one for one in catalogue.judgements() if one.kind != "withdrawn"]:
            catalogue.retract(judgement.id)
            self.check(catalogue)
        assert len(catalogue.entities()) == 2

    def test_more_or_less_exact_places_come_and_go(self, catalogue: Catalogue) -> None:
        places = {"甲": "杭州市上城区", "乙": "杭州市", "丙": "杭州市西湖区", "丁": "杭州市上城区", "戊": "杭州市"}
        for source, place in places.items():
            put(catalogue, source, said("place", "常青社区"), place=place)
            self.check(catalogue)
        assert len(catalogue.entities()) == 3
        for source in "丙甲丁乙":
            catalogue.withdraw(report_id("案例", source), why="撤回", who="刘敏")
            self.check(catalogue)
        for source in "丁丙":
            put(catalogue, source, said("place", "常青社区"), place=places[source], restore=True)
            self.check(catalogue)

    def test_what_held_two_less_exact_places_together_goes(self, catalogue: Catalogue) -> None:
        names = ("常青社区", "和平社区", "新华社区", "幸福社区", "望江社区", "清波社区")
        for source, place in {"甲": "杭州市上城区", "乙": "杭州市", "丙": "上城区"}.items():
            put(catalogue, source, *(said("place", name) for name in names), place=place)
            self.check(catalogue)
        assert len(catalogue.entities()) == len(names)
        catalogue.withdraw(report_id("案例", "甲"), why="撤回", who="刘敏")
        self.check(catalogue)
        assert len(catalogue.entities()) == 2 * len(names)

    def test_only_what_changes_is_told(self, catalogue: Catalogue, many: list[str]) -> None:
        head = catalogue.head()
        put(catalogue, "庚", said("actor", "民政部"))
        self.check(catalogue)
        told_about = {(change.kind, change.id) for change in catalogue.feed(head)}
        report = report_id("案例", "庚")
        assert {("report", report), ("links", report)} <= told_about
        assert {kind for kind, id in told_about if id != report} <= {"entity"}


CONTENT = {
    "甲": (
        said("actor", "采荷街道"),
        said("actor", "民政部"),
        said("platform", "湖滨晴雨"),
        related("采荷街道", "leads", "湖滨晴雨", tail_type="platform"),
    ),
    "乙": (
        said("actor", "杭州市上城区采荷街道"),
        said("actor", "民政部", kind="政府"),
        said("actor", "业委会"),
        said("platform", "晴雨平台"),
    ),
    "丙": (
        said("actor", "采荷街道"),
        said("actor", "民政部"),
        said("policy", "《民法典》"),
        said("actor", "采荷街道办"),
        related("采荷街道办", "assists", "采荷街道"),
    ),
    "丁": (
        said("actor", "采荷街道办"),
        said("actor", "民政部"),
        said("policy", "民法典"),
        said("platform", "湖滨晴雨"),
        said("platform", "晴雨平台"),
    ),
}
NAMED = [
    ("甲", "采荷街道"),
    ("甲", "民政部"),
    ("乙", "杭州市上城区采荷街道"),
    ("乙", "民政部"),
    ("丙", "采荷街道"),
    ("丙", "采荷街道办"),
    ("丙", "民政部"),
    ("丁", "采荷街道办"),
    ("丁", "晴雨平台"),
    ("丁", "民政部"),
]
STEPS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from("甲乙丙丁"), st.sampled_from((PLACE, "杭州市", "沈阳市和平区"))),
    st.tuples(st.just("withdraw"), st.sampled_from("甲乙丙丁"), st.none()),
    st.tuples(st.sampled_from(("same", "different")), st.sampled_from(NAMED), st.sampled_from(NAMED)),
    st.tuples(st.just("retract"), st.integers(0, 5), st.none()),
    st.tuples(st.just("entities"), st.integers(1, 6), st.none()),
    st.tuples(st.just("graph"), st.integers(1, 6), st.none()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(STEPS, min_size=3, max_size=25))
def test_whatever_happens_in_whatever_order_the_end_is_that_of_a_rebuild(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, steps: list[tuple[str, object, object]]
) -> None:
    """Reports come, change, go and return, people judge, and both consumers lag by different amounts."""
    path = tmp_path_factory.mktemp("any") / "库.db"
    shutil.copy(sqlite_template, path)
    store = open_graph(f"sqlite:///{path}")
    with Catalogue.open(f"sqlite:///{path}") as catalogue:
        for number, (action, what, how) in enumerate(steps):
            _step(catalogue, store, number, action, what, how)
        follow(catalogue, store)
        everything = [mention for reading in _readings(catalogue) for mention in mentions(reading.report, reading)]
        judgements = [*catalogue.judgements("same"), *catalogue.judgements("different")]
        assert catalogue.entities() == list(entities(everything, judgements))
        assert catalogue.mentions() == sorted(everything, key=lambda mention: mention.key)
        assert content_of(store) == rebuilt(catalogue, path)
    store.close()


def _readings(catalogue: Catalogue) -> list[Reading]:
    return list(catalogue.readings([report.id for report in catalogue.reports()]).values())


def _step(catalogue: Catalogue, store: GraphStore, number: int, action: str, what: object, how: object) -> None:
    match action, what, how:
        case "put", str(source), str(place):
            put(catalogue, source, *CONTENT[source], place=place, restore=True)
        case "withdraw", str(source), None:
            if any(report.source == source for report in catalogue.reports()):
                catalogue.withdraw(report_id("案例", source), why="撤回", who="刘敏")
        case ("same" | "different") as kind, (str(one), str(name)), (str(other), str(other_name)):
            found = [
                next((mention for mention in catalogue.mentions(reports=[report_id("案例", source)]) if form in mention.names), None)
                for source, form in ((one, name), (other, other_name))
            ]
            if found[0] and found[1] and found[0] != found[1]:
                judge(catalogue, kind, found[0], found[1], f"2025-01-{number + 1:02}")
        case "retract", int(position), None:
            judgements = [judgement for judgement in catalogue.judgements() if judgement.kind in ("same", "different")]
            if position < len(judgements):
                catalogue.retract(judgements[position].id)
        case "entities", int(limit), None:
            update_entities(catalogue, limit)
        case "graph", int(limit), None:
            update_graph(catalogue, store, limit)
