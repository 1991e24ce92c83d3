"""Searching a small collection: order, paging, filters, what is said when something is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from graphs import incoming, said, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexes import BagOfCharacters, embed_all, indexed, replace_all
from numpy.typing import NDArray

import graph.store.base as graphs
from corpus.catalogue import Catalogue
from corpus.errors import CursorExpired, ModelMissing, UsageError
from graph.project import update_entities, update_graph
from graph.store.base import GraphStore
from graph.store.sqlite import SqliteGraph
from search_api.answers import body
from search_api.index import Index, IndexedPassage, IndexedReport, IndexedUnit, Remove, SqliteIndex
from search_api.ranking import pool
from search_api.search import MOST_HITS, SearchService

LIFT = indexed(
    "lift.txt",
    "一楼业主反对加装电梯，担心采光。社区议事会谈了四次，每户分摊2万元。",
    "附：本文由街道供稿。",
    title="老楼加梯记",
    facets={"issue": ("housing", "housing.lift"), "year": ("2019",)},
    place="浙江省",
    year=2019,
)
STALLED = indexed(
    "stalled.txt", "加装电梯没有谈成，一楼住户不签字，钱也没有凑齐。", title="没装成的电梯", facets={"issue": ("housing", "housing.lift")}
)
MARKET = indexed(
    "market.txt", "农贸市场摊贩占道经营，圆桌会议定下错时摆卖。", title="菜场整治", facets={"issue": ("market",)}, collection="提案"
)
PARKING = indexed("parking.txt", "小区车位不够，夜里抢车位，业委会划线编号。", title="停车难", facets={"issue": ("no concept",)})
NUMBER = indexed("number.txt", "依据杭政办〔2017〕85号文，电话热线12345受理PM2.5投诉。", title="热线办理")
HOUSES = [indexed(f"house{number}.txt", f"{number}号楼的住户开会，说的是{thing}。") for number, thing in enumerate("灯门窗水树墙锁")]
ALL: tuple[IndexedReport, ...] = (LIFT, STALLED, MARKET, PARKING, NUMBER, *HOUSES)


@dataclass
class Collection:
    catalogue: Catalogue
    index: Index
    graph: GraphStore
    embedder: BagOfCharacters

    def service(self) -> SearchService:
        return SearchService(self.catalogue, self.index, self.graph, self.embedder)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """For tests that write nothing."""
    yield from made(tmp_path_factory.mktemp("search"))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Collection]:
    yield from made(tmp_path)


def made(folder: Path) -> Iterator[Collection]:
    embedder = BagOfCharacters()
    with Catalogue.open(f"sqlite:///{folder / 'c.db'}") as catalogue:
        index, graph = SqliteIndex(folder / "i.db"), SqliteGraph(folder / "g.db")
        index.apply(replace_all(*ALL), 1)
        embed_all(index, ALL, embedder)
        yield Collection(catalogue, index, graph, embedder)
        index.close()
        graph.close()


def sources(service: SearchService, query: str, **options: object) -> list[str]:
    return [hit.source for hit in service.search(query, **options).hits]  # type: ignore[arg-type]


QUERIES = st.one_of(
    st.sampled_from(["加装电梯", "一楼业主不同意", "车位", "梯", "12345", "3号楼", "农贸市场整治", "不存在的词语"]),
    st.text(st.sampled_from("加装电梯业主车位号楼市场灯12345 ，。"), min_size=1, max_size=20),
)


class TestOrder:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(query=QUERIES, k=st.integers(1, 8), channel=st.sampled_from(["hybrid", "lexical", "semantic", "graph"]))
    def test_how_many_are_asked_for_changes_nothing(self, shared: Collection, query: str, k: int, channel: str) -> None:
        service = shared.service()
        whole = service.search(query, k=MOST_HITS, channel=channel)
        part = service.search(query, k=k, channel=channel)
        assert part.hits == whole.hits[:k]
        assert (part.facets, part.verdict, part.total) == (whole.facets, whole.verdict, whole.total)
        scores = [hit.score for hit in whole.hits]
        assert scores == sorted(scores, reverse=True)

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(query=QUERIES)
    def test_nor_does_it_where_the_pool_is_a_part(self, shared: Collection, query: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pool, "WHOLE", 3)
            patch.setattr(pool, "BACKGROUND", 4)
            patch.setattr(pool, "BEST", 5)
            service = shared.service()
            whole = service.search(query, k=MOST_HITS)
            assert service.search(query, k=2).hits == whole.hits[:2]
            assert len(whole.hits) <= 10

    def test_pages_put_together_are_the_whole(self, shared: Collection) -> None:
        service = shared.service()
        whole = sources(service, "小区电梯", k=MOST_HITS)
        pages, cursor = [], None
        while True:
            answer = service.search("小区电梯", k=5, cursor=cursor)
            pages += [hit.source for hit in answer.hits]
            cursor = answer.next
            if cursor is None:
                break
        assert pages == whole
        assert len(pages) == answer.total == len(ALL)

    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("加装电梯 一楼业主反对", "lift.txt"),
            ("电梯没谈成", "stalled.txt"),
            ("杭政办〔2017〕85号", "number.txt"),
            ("12345", "number.txt"),
            ("pm2.5", "number.txt"),
            ("ＰＭ２．５", "number.txt"),
            ("農貿市場", "market.txt"),
            ("锁", "house6.txt"),
        ],
    )
    def test_words_names_and_numbers_come_first(self, shared: Collection, query: str, first: str) -> None:
        service = shared.service()
        assert sources(service, query)[0] == first
        assert sources(service, query, channel="lexical")[0] == first

    def test_a_channel_finds_only_what_it_has_something_for(self, shared: Collection) -> None:
        service = shared.service()
        assert set(sources(service, "梯", channel="lexical")) == {"lift.txt", "stalled.txt"}
        assert sources(service, "电梯", channel="graph") == []
        assert len(sources(service, "电梯", channel="semantic", k=50)) == len(ALL)

    def test_one_hit_a_case_with_what_stands_beside_it(self, shared: Collection) -> None:
        (hit,) = [hit for hit in shared.service().search("街道供稿 加装电梯", k=50).hits if hit.source == "lift.txt"]
        assert hit.case == LIFT.units[0].case
        assert {passage.text for passage in hit.passages} == {passage.text for passage in LIFT.passages}
        assert (hit.title, hit.place, hit.year, hit.sample) == ("老楼加梯记", "浙江省", 2019, False)

    def test_a_run_has_one_line_a_report(self, shared: Collection) -> None:
        ranked = shared.service().ranked_reports("加装电梯", 100)
        assert len(ranked) == len({source for source, _, _ in ranked}) == len(ALL)
        assert [score for _, _, score in ranked] == sorted((score for _, _, score in ranked), reverse=True)
        assert shared.service().ranked_reports("加装电梯", 3) == ranked[:3]


class TestShown:
    def test_marks_stand_on_the_querys_words(self, shared: Collection) -> None:
        hit = shared.service().search("加装电梯").hits[0]
        passage = hit.passages[0]
        assert [passage.text[slice(*span)] for span in passage.highlights] == ["加装电梯"]
        assert passage.text == passage.text[0 : passage.end - passage.start]

    def test_the_reason_is_in_words(self, shared: Collection) -> None:
        reasons = shared.service().search("加装电梯要每户分摊").hits[0].reasons
        assert any("加装电梯" in reason for reason in reasons)

    @pytest.mark.parametrize("channel", ["hybrid", "lexical", "semantic"])
    def test_the_arithmetic_adds_up(self, shared: Collection, channel: str) -> None:
        for hit in shared.service().search("一楼业主加装电梯", channel=channel, explain=True).hits:
            explained = hit.explanation
            assert explained is not None
            assert sum(part.share for part in explained.channels) == pytest.approx(hit.score, abs=1e-4)
            for part in explained.channels:
                assert part.share == pytest.approx(part.weight * part.normalised)
                for measure, kind in (("characters", "character"), ("bigrams", "bigram")):
                    if measure in part.raw:
                        added = sum(term.added for term in explained.terms if term.kind == kind)
                        assert added == pytest.approx(part.raw[measure], rel=1e-4, abs=1e-4)

    def test_the_body_holds_what_the_format_promises(self, shared: Collection) -> None:
        row = body(shared.service().search("加装电梯", explain=True))
        assert {"hits", "facets", "filters", "next", "degraded", "verdict"} <= row.keys()
        assert {"report", "source", "case", "title", "score", "place", "year", "passages", "reasons", "sample"} <= row["hits"][0].keys()
        assert {"start", "end", "text", "highlights"} <= row["hits"][0]["passages"][0].keys()


class TestFilters:
    def test_they_narrow_hits_and_facets(self, shared: Collection) -> None:
        answer = shared.service().search("业主", filters={"issue": ["housing.lift"]})
        assert {hit.source for hit in answer.hits} == {"lift.txt", "stalled.txt"}
        assert answer.filters == {"issue": ("housing.lift",)}
        assert {(item.value, item.count) for item in answer.facets["issue"]} == {("housing.lift", 2), ("housing", 2)}
        assert shared.service().search("业主", collection="提案").total == 1

    def test_labels_are_the_vocabularys(self, shared: Collection) -> None:
        labels = {item.value: item.label for item in shared.service().search("电梯").facets["issue"]}
        assert (labels["housing.lift"], labels["no concept"]) == ("加装电梯", "no concept")

    def test_one_that_excludes_everything_gives_an_empty_answer(self, shared: Collection) -> None:
        answer = shared.service().search("电梯", filters={"issue": ["nothing"]})
        assert (answer.hits, answer.total, answer.verdict, answer.next) == ((), 0, "none", None)

    def test_an_unknown_one_is_refused_with_the_known_ones(self, shared: Collection) -> None:
        with pytest.raises(UsageError, match="colour") as caught:
            shared.service().search("电梯", filters={"colour": ["red"]})
        assert "issue" in str(caught.value)


class TestWrongUse:
    @pytest.mark.parametrize("query", ["", "   ", "，。！？", "😀😀", "\x00\x01", "\ud800"])
    def test_nothing_to_look_for_finds_nothing(self, shared: Collection, query: str) -> None:
        answer = shared.service().search(query)
        assert (answer.hits, answer.verdict, answer.next) == ((), "none", None)
        assert shared.service().ranked_reports(query, 10) == []

    @pytest.mark.parametrize(
        "query", ["' OR 1=1 --", "title:电梯 AND (x OR y)~2", "MATCH (n) DETACH DELETE n", '电梯*?^"', "<script>电梯</script>"]
    )
    def test_syntax_of_engines_is_text(self, shared: Collection, query: str) -> None:
        shared.service().search(query)
        assert shared.index.counts().reports == len(ALL)

    def test_a_long_query_is_answered_up_to_the_limit(self, shared: Collection) -> None:
        text = ("一楼业主反对加装电梯，担心采光和噪声。" * 1100)[:20_000]
        assert sources(shared.service(), text)[0] == "lift.txt"
        with pytest.raises(UsageError, match="20001"):
            shared.service().search(text + "多")

    @pytest.mark.parametrize("options", [{"channel": "magic"}, {"k": 0}, {"k": MOST_HITS + 1}, {"cursor": "nonsense"}])
    def test_options_that_make_no_sense(self, shared: Collection, options: dict[str, object]) -> None:
        with pytest.raises(UsageError):
            sources(shared.service(), "电梯", **options)

    def test_an_older_cursor_has_expired(self, own: Collection) -> None:
        service = own.service()
        cursor = service.search("电梯", k=2).next
        own.index.apply([Remove(PARKING.report)], 2)
        with pytest.raises(CursorExpired):
            service.search("电梯", k=2, cursor=cursor)


class NoModel(BagOfCharacters):
    def query(self, text: str) -> NDArray[np.float32]:
        raise ModelMissing("模型文件不见了", remedy="运行 jindianzi model get")


class TestDegraded:
    def test_without_vectors_words_answer_and_it_is_said(self, own: Collection) -> None:
        for service in (
            SearchService(own.catalogue, own.index, own.graph, None),
            SearchService(own.catalogue, own.index, own.graph, BagOfCharacters("another")),
            SearchService(own.catalogue, own.index, own.graph, NoModel()),
        ):
            answer = service.search("加装电梯")
            assert answer.hits[0].source in ("lift.txt", "stalled.txt")
            assert len(answer.degraded) == 1
            assert answer.verdict == "found"
            semantic = service.search("加装电梯", channel="semantic")
            assert (semantic.hits, len(semantic.degraded)) == ((), 1)
        assert own.service().search("加装电梯").degraded == ()

    def test_a_passage_without_its_vector_yet_is_found_by_its_words(self, own: Collection) -> None:
        own.index.apply(replace_all(indexed("new.txt", "露台上养鸽子扰民")), 2)
        assert sources(own.service(), "养鸽子扰民")[0] == "new.txt"

    def test_an_empty_collection(self, tmp_path: Path) -> None:
        with Catalogue.open(f"sqlite:///{tmp_path / 'c.db'}") as catalogue:
            index, graph = SqliteIndex(tmp_path / "i.db"), SqliteGraph(tmp_path / "g.db")
            index.set_live_model("bag-1")
            answer = SearchService(catalogue, index, graph, BagOfCharacters()).search("电梯")
            assert (answer.hits, answer.verdict, answer.facets) == ((), "none", {})
            index.close()
            graph.close()


class TestVerdict:
    def test_the_same_problem_is_found_and_another_world_is_not(self, shared: Collection) -> None:
        service = shared.service()
        assert service.search("一楼业主反对加装电梯，担心采光").verdict == "found"
        assert service.search("火星探测器着陆发动机推力曲线").verdict == "none"

    def test_as_if_its_report_were_not_there(self, shared: Collection) -> None:
        service = shared.service()
        query = "依据杭政办〔2017〕85号文受理PM2.5投诉"
        assert service.verdicts(query, ["number.txt"]) == ("found", "none")
        assert service.verdicts(query, []) == ("found", "found")


class TestGraph:
    def test_a_shared_issue_lifts_a_case_and_is_its_reason(self, own: Collection) -> None:
        case = PARKING.units[0].case or ""
        evidence = graphs.Evidence(PARKING.report, PARKING.reading, 0, 2, "一句", 0, "fact", case)
        nodes = (
            graphs.Node(PARKING.report, "report", "停车难", report=PARKING.report),
            graphs.Node(case, "case", "停车难", report=PARKING.report),
            graphs.Node("issue-lift", "issue", "加装电梯", concept="housing.lift"),
        )
        edges = (graphs.Edge(PARKING.report, "has_case", case, evidence), graphs.Edge(case, "about_issue", "issue-lift", evidence))
        before = sources(own.service(), "加装电梯", k=50).index("parking.txt")
        own.graph.apply([graphs.Replace(PARKING.report, PARKING.reading, graphs.Subgraph(nodes, edges))], 1)
        answer = own.service().search("加装电梯", k=50)
        (hit,) = [hit for hit in answer.hits if hit.source == "parking.txt"]
        assert answer.hits.index(hit) <= before
        assert "同类问题：加装电梯" in hit.reasons
        assert [(item.kind, item.label) for item in answer.recognised][:1] == [("issue", "加装电梯")]
        assert sources(own.service(), "加装电梯", channel="graph") == ["parking.txt"]
        assert sources(own.service(), "物理课本", channel="graph") == []

    def test_a_name_that_a_report_speaks_of_is_recognised(self, own: Collection) -> None:
        reading = told("named.txt", [said("actor", "杭州市上城区民政局", kind="government")])
        own.catalogue.put_many([incoming("named.txt", reading)])
        update_entities(own.catalogue)
        update_graph(own.catalogue, own.graph)
        case = reading.cases[0].id
        unit = IndexedUnit(case, "案例1", facets={"named": ("上城区民政局",)})
        passage = IndexedPassage("p", case, 0, 0, 5, "另一件事。", "案例1", "h")
        own.index.apply(replace_all(IndexedReport(reading.report, reading.id, "案例", "named.txt", "题", False, (unit,), (passage,))), 2)
        answer = own.service().search("杭州市上城区民政局做过什么", k=50)
        assert [(item.kind, item.label, item.start, item.end) for item in answer.recognised] == [("actor", "上城区民政局", 3, 9)]
        (hit,) = [hit for hit in answer.hits if hit.source == "named.txt"]
        assert "同一主体：上城区民政局" in hit.reasons
        assert sources(own.service(), "杭州市上城区民政局做过什么", channel="graph") == ["named.txt"]
