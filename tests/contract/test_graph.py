"""What every graph store must do alike. A back end is one parameter of `graph_store`."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readings import incoming

from corpus.catalogue import Catalogue
from corpus.connections import Connections
from corpus.errors import SettingError, StoreDamaged, StoreError, StoreFull, StoreLocked, StoreReadOnly
from corpus.model import Modality
from graph.store import open_graph
from graph.store.base import Edge, Evidence, GraphStore, Node, NodeType, Refresh, Remove, Rename, Replace, Subgraph
from graph.store.sqlite import SqliteGraph


@pytest.fixture(params=["a file of its own", "the catalogue's file"])
def graph_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "图.db"
    if request.param == "the catalogue's file":
        Catalogue.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def graph_store(graph_path: Path) -> Iterator[GraphStore]:
    store = open_graph(f"sqlite:///{graph_path}")
    yield store
    store.close()


def proof(report: str, at: int = 0, *, sentence: str = "", modality: Modality = "asserted", confidence: float = 1.0) -> Evidence:
    words = sentence or f"{report}第{at}句。"
    return Evidence(report, f"{report}的读法", at, at + 2, words, at, f"{report}事实{at}", f"{report}例", "2019", confidence, modality)


def contribution(report: str, *triples: tuple[str, str, str], types: dict[str, NodeType] | None = None) -> Replace:
    """A report with one case, which speaks of the ends of the triples, and says the triples; entities are actors unless `types` says."""
    case = f"{report}例"
    ends = sorted({end for head, _, tail in triples for end in (head, tail)})
    nodes = [Node(report, "report", report, report=report), Node(case, "case", case, report=report, state="已解决", time="2018")]
    nodes += [Node(end, (types or {}).get(end, "actor"), f"{end}名") for end in ends]
    edges = [Edge(report, "has_case", case, proof(report))]
    edges += [Edge(case, "mentions", end, proof(report, 10 + at)) for at, end in enumerate(ends)]
    edges += [Edge(head, relation, tail, proof(report, 100 + at)) for at, (head, relation, tail) in enumerate(triples)]
    return Replace(report, f"{report}的读法", Subgraph(tuple(sorted(nodes, key=lambda node: node.id)), tuple(edges)))


def in_order(subgraph: Subgraph) -> Subgraph:
    return Subgraph(subgraph.nodes, tuple(sorted(subgraph.edges, key=lambda edge: (edge.head, edge.type, edge.tail, edge.evidence.start))))


LEADS = ("街道", "leads", "议事坊")
ASSISTS = ("社工站", "assists", "街道")


class TestContributions:
    def test_come_back_as_they_went_in(self, graph_store: GraphStore) -> None:
        made = contribution("甲", LEADS, ASSISTS)
        assert graph_store.apply([made], 7) == []
        assert graph_store.contribution("甲") == in_order(made.subgraph)
        assert graph_store.mark() == 7
        assert graph_store.reports() == {"甲": "甲的读法"}
        assert graph_store.node("甲例") == Node("甲例", "case", "甲例", report="甲", state="已解决", time="2018")

    def test_twice_is_once(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS)], 1)
        before = graph_store.counts()
        graph_store.apply([contribution("甲", LEADS)], 2)
        assert graph_store.counts() == before

    def test_a_new_one_takes_the_place_of_the_old(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS), contribution("乙", ASSISTS)], 1)
        new = contribution("甲", ASSISTS)
        graph_store.apply([new], 2)
        assert graph_store.contribution("甲") == in_order(new.subgraph)
        assert graph_store.node("议事坊") is None
        assert graph_store.contribution("乙") == in_order(contribution("乙", ASSISTS).subgraph)

    def test_removing_leaves_what_others_contribute_and_nothing_else(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("乙", ASSISTS)], 1)
        alone = graph_store.counts()
        graph_store.apply([contribution("甲", LEADS)], 2)
        graph_store.apply([Remove("甲"), Remove("没有过")], 3)
        assert graph_store.counts() == alone
        assert graph_store.node("甲") is graph_store.node("甲例") is graph_store.node("议事坊") is None
        graph_store.apply([Remove("乙")], 4)
        assert (graph_store.counts().nodes, graph_store.counts().edges, graph_store.counts().reports) == ({}, {}, 0)

    def test_nothing_of_it_stays_in_the_file(self, graph_store: GraphStore, graph_path: Path) -> None:
        draw = Random(1)

        def some(word: str) -> Replace:
            triples = [(f"{word}{draw.random()}", "leads", f"{word}{draw.randrange(99)}") for _ in range(draw.randrange(1, 12))]
            return contribution(f"{word}{draw.random()}{'长' * draw.randrange(60)}", *triples)

        pairs = [(some("留下"), some("陌生")) for _ in range(200)]
        for at in range(0, 200, 20):  # pages fill and split, which leaves copies that deleting does not reach
            graph_store.apply([update for pair in pairs[at : at + 20] for update in pair], 1)
        graph_store.apply([Remove(gone.report) for _, gone in pairs], 2)
        graph_store.checkpoint()
        with closing(sqlite3.connect(graph_path)) as connection:
            shared = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'report'").fetchone()
        if shared:
            with Catalogue.open(f"sqlite:///{graph_path}") as catalogue:
                item = incoming("将要撤回")
                catalogue.put_many([item])
                catalogue.withdraw(item.reading.report, why="撤回", who="刘敏")
                assert catalogue.checkpoint()
        files = b"".join(path.read_bytes() for path in graph_path.parent.iterdir())
        assert "留下".encode() in files
        assert "陌生".encode() not in files

    def test_characters_outside_the_basic_plane(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("𠮷报", ("𠮷野家😀", "assists", "街道"))], 1)
        assert graph_store.contribution("𠮷报") == in_order(contribution("𠮷报", ("𠮷野家😀", "assists", "街道")).subgraph)

    def test_names_are_data(self, graph_store: GraphStore) -> None:
        odd = "'); DROP TABLE graph_node_1; --"
        graph_store.apply([contribution("甲", (odd, "assists", '"{g}"'))], 1)
        assert [row.node.id for row in graph_store.neighbours(odd, ["assists"])] == ['"{g}"']


class TestRefusals:
    def test_one_is_set_aside_and_the_others_go_on(self, graph_store: GraphStore) -> None:
        good = contribution("甲", LEADS)
        dangling = replace(good, report="乙", subgraph=Subgraph((), good.subgraph.edges))
        loose = replace(good, report="丙", subgraph=Subgraph((Node("孤", "actor", "孤"),), ()))
        broken = contribution("丁", ("\ud800", "assists", "街道"))
        refused = graph_store.apply([dangling, contribution("戊", LEADS), loose, broken, good], 5)
        assert [one.id for one in refused] == ["乙", "丙", "丁"]
        assert [one.id for one in graph_store.refused()] == ["丁", "丙", "乙"]
        assert {one.number for one in refused} == {5}
        assert all(one.reason for one in refused)
        assert set(graph_store.reports()) == {"甲", "戊"}
        assert graph_store.mark() == 5

    def test_what_was_there_stays_and_a_later_good_one_clears_it(self, graph_store: GraphStore) -> None:
        good = contribution("甲", LEADS)
        graph_store.apply([good], 1)
        graph_store.apply([replace(good, subgraph=Subgraph((), good.subgraph.edges))], 2)
        assert graph_store.contribution("甲") == in_order(good.subgraph)
        graph_store.apply([contribution("甲", ASSISTS)], 3)
        assert graph_store.refused() == []

    def test_a_batch_that_breaks_changes_nothing(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS)], 1)

        def updates() -> Iterator[Remove]:
            yield Remove("甲")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            graph_store.apply(updates(), 2)
        assert set(graph_store.reports()) == {"甲"}
        assert graph_store.mark() == 1


class TestNodes:
    def test_by_type_name_and_page(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS, ASSISTS, types={"议事坊": "platform"})], 1)
        assert [node.id for node in graph_store.nodes("actor")] == ["社工站", "街道"]
        assert [node.id for node in graph_store.nodes(query="站名")] == ["社工站"]
        assert [node.id for node in graph_store.nodes(query="%")] == []
        everything = graph_store.nodes()
        assert [node.id for node in everything] == sorted(node.id for node in everything)
        assert graph_store.nodes(after=everything[1].id, limit=2) == everything[2:4]

    def test_refreshing_describes_what_is_there(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS)], 1)
        renamed = Node("街道", "actor", "采荷街道办事处", kind="agency", place="杭州市", concept=None)
        graph_store.apply([Refresh(renamed), Refresh(Node("没有过", "actor", "无"))], 2)
        assert graph_store.node("街道") == renamed
        assert graph_store.node("没有过") is None

    def test_renaming_keeps_the_edges(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS, ASSISTS)], 1)
        graph_store.apply([Rename("街道", Node("办事处", "actor", "办事处")), Rename("没有过", Node("无", "actor", "无"))], 2)
        assert graph_store.node("街道") is graph_store.node("无") is None
        assert {(row.relation, row.node.id) for row in graph_store.neighbours("办事处")} == {
            ("leads", "议事坊"),
            ("assists", "社工站"),
            ("mentions", "甲例"),
        }

    def test_renaming_to_what_is_there_joins_the_two(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS), contribution("乙", ("办事处", "leads", "议事坊"))], 1)
        update = Rename("街道", Node("办事处", "actor", "新名"))
        for mark in (2, 3):
            graph_store.apply([update], mark)
            (row,) = graph_store.neighbours("办事处", ["leads"])
            assert (row.node.id, row.count, row.reports) == ("议事坊", 2, 2)
        assert graph_store.node("办事处") == update.new
        graph_store.apply([Remove("乙"), Remove("甲")], 4)
        assert graph_store.counts().nodes == {}

    def test_reports_that_speak_of_it(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS), contribution("乙", ASSISTS), contribution("丙", ("一", "leads", "二"))], 1)
        assert graph_store.contributors("街道") == ["乙", "甲"]
        assert graph_store.contributors("没有过") == []


class TestNeighbours:
    def test_a_row_adds_up_what_reports_say(self, graph_store: GraphStore) -> None:
        planned = contribution("乙", LEADS)
        edges = tuple(
            replace(edge, evidence=replace(edge.evidence, modality="planned")) if edge.type == "leads" else edge
            for edge in planned.subgraph.edges
        )
        graph_store.apply([contribution("甲", LEADS, LEADS), replace(planned, subgraph=replace(planned.subgraph, edges=edges))], 1)
        (row,) = graph_store.neighbours("街道", ["leads"])
        assert (row.node.id, row.source, row.relation, row.direction, row.depth) == ("议事坊", "街道", "leads", "out", 1)
        assert (row.count, row.reports, row.asserted) == (3, 2, 2)
        assert [(one.report, one.start) for one in row.evidence] == [("甲", 100), ("甲", 101), ("乙", 100)]
        (back,) = graph_store.neighbours("议事坊", ["leads"])
        assert (back.node.id, back.direction, back.evidence) == ("街道", "in", row.evidence)

    def test_evidence_comes_asserted_first_then_surest(self, graph_store: GraphStore) -> None:
        def with_proof(report: str, modality: Modality, confidence: float) -> Replace:
            made = contribution(report, LEADS)
            edges = tuple(replace(e, evidence=replace(e.evidence, modality=modality, confidence=confidence)) for e in made.subgraph.edges)
            return replace(made, subgraph=replace(made.subgraph, edges=edges))

        graph_store.apply([with_proof("甲", "planned", 1), with_proof("乙", "asserted", 0.5), with_proof("丙", "asserted", 0.9)], 1)
        (row,) = graph_store.neighbours("街道", ["leads"], evidence=2)
        assert [one.report for one in row.evidence] == ["丙", "乙"]
        assert graph_store.neighbours("街道", ["leads"], evidence=0)[0].evidence == ()

    def test_depth_reaches_on_and_rows_say_from_where(self, graph_store: GraphStore) -> None:
        graph_store.apply(
            [contribution("甲", ("一", "leads", "二"), ("二", "leads", "三"), ("三", "leads", "四"), ("一", "leads", "三"))], 1
        )
        one = {(row.source, row.node.id) for row in graph_store.neighbours("一", ["leads"])}
        two = {(row.source, row.node.id, row.depth) for row in graph_store.neighbours("一", ["leads"], depth=2)}
        assert one == {("一", "二"), ("一", "三")}
        assert two == {("一", "二", 1), ("一", "三", 1), ("二", "三", 2), ("三", "四", 2)}

    def test_the_limit_keeps_the_nodes_most_spoken_of(self, graph_store: GraphStore) -> None:
        wanted = [contribution(f"报{n}", *(("中心", "assists", f"点{m}") for m in range(n, 6))) for n in range(6)]
        graph_store.apply(wanted, 1)
        assert [row.node.id for row in graph_store.neighbours("中心", ["assists"], limit=3)] == ["点5", "点4", "点3"]
        assert {row.node.id for row in graph_store.neighbours("中心", ["assists"], depth=3, limit=3)} == {"点5", "点4", "点3"}

    def test_the_limit_does_not_change_the_order(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution(f"报{n}", *(("中心", "assists", f"点{m}") for m in range(0, 9, n))) for n in range(1, 5)], 1)
        everything = [row.node.id for row in graph_store.neighbours("中心", ["assists"])]
        assert [[row.node.id for row in graph_store.neighbours("中心", ["assists"], limit=n)] for n in range(10)] == [
            everything[:n] for n in range(10)
        ]

    def test_nobody_is_alone_and_an_unknown_has_none(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", ("自", "part_of", "自"))], 1)
        assert [row.node.id for row in graph_store.neighbours("自")] == ["甲例"]
        assert graph_store.neighbours("没有过") == []


class TestCasesAndConcepts:
    @pytest.fixture
    def store(self, graph_store: GraphStore) -> GraphStore:
        def about(report: str, *issues: tuple[str, int]) -> Replace:
            nodes = [Node(report, "report", report, report=report), Node(f"{report}例", "case", report, report=report)]
            edges = [Edge(report, "has_case", f"{report}例", proof(report))]
            for issue, times in issues:
                nodes.append(Node(issue, "issue", issue, concept=f"词.{issue[0]}"))
                edges += [Edge(f"{report}例", "about_issue", issue, proof(report, 10 * n)) for n in range(times)]
            return Replace(report, report, Subgraph(tuple(nodes), tuple(edges)))

        graph_store.apply([about("甲", ("停车难", 3), ("加梯", 1)), about("乙", ("停车位不足", 1)), about("丙", ("停车难", 1))], 1)
        return graph_store

    def test_by_entity_and_by_concept(self, store: GraphStore) -> None:
        assert store.cases_of(["停车难"]) == {"甲例": {"停车难": 3 / 4}, "丙例": {"停车难": 1 / 2}}
        assert store.cases_of(["词.停"]) == {"甲例": {"词.停": 3 / 4}, "乙例": {"词.停": 1 / 2}, "丙例": {"词.停": 1 / 2}}
        assert store.cases_of(["没有过"]) == {}

    def test_the_best_come_first_and_rare_things_count_more(self, store: GraphStore) -> None:
        assert list(store.cases_of(["加梯", "停车难", "停车位不足"], limit=2)) == ["甲例", "乙例"]

    def test_only_what_is_asserted_counts(self, graph_store: GraphStore) -> None:
        made = contribution("甲", LEADS)
        edges = tuple(replace(edge, evidence=replace(edge.evidence, modality="negated")) for edge in made.subgraph.edges)
        graph_store.apply([replace(made, subgraph=replace(made.subgraph, edges=edges))], 1)
        assert graph_store.cases_of(["街道"]) == {}

    def test_concepts_of_cases_and_how_far_they_spread(self, store: GraphStore) -> None:
        assert store.concepts_of(["甲例", "乙例"]) == {"甲例": {"词.停": 3 / 4, "词.加": 1 / 2}, "乙例": {"词.停": 1 / 2}}
        assert store.spread(["词.停", "停车难", "加梯", "没有过"]) == {"停车难": 2, "加梯": 1, "词.停": 3}


class TestNeighboursByType:
    @pytest.fixture
    def store(self, graph_store: GraphStore) -> GraphStore:
        types: dict[str, NodeType] = {"停车难": "issue", "积分制": "method", "议事坊": "platform"}
        graph_store.apply(
            [
                contribution("甲", ("街道", "leads", "议事坊"), ("社区", "leads", "停车难"), types=types),
                contribution("乙", ("街道", "leads", "积分制"), ("街道", "leads", "停车难"), types=types),
            ],
            1,
        )
        return graph_store

    def test_only_nodes_of_the_types_are_reached(self, store: GraphStore) -> None:
        rows = store.neighbours("街道", types=["platform", "method"])
        assert [(row.node.id, row.depth) for row in rows] == [("积分制", 1), ("议事坊", 1)]
        assert store.neighbours("街道", types=["award"]) == []

    def test_the_way_may_go_over_others_which_are_shown(self, store: GraphStore) -> None:
        rows = store.neighbours("停车难", ["leads", "mentions"], depth=2, types=["method"])
        assert {row.node.id for row in rows if row.node.type == "method"} == {"积分制"}
        reached = {row.node.id for row in rows}
        assert {row.source for row in rows} - {"停车难"} <= reached
        assert "社区" not in reached, "nothing of the type lies behind it"

    def test_the_limit_counts_those_of_the_types(self, store: GraphStore) -> None:
        rows = store.neighbours("街道", depth=2, limit=1, types=["issue", "method"])
        assert len({row.node.id for row in rows if row.node.type in ("issue", "method")}) == 1


class TestCases:
    @staticmethod
    def about(report: str, *edges: tuple[str, str, NodeType, Modality], place: str | None = None) -> Replace:
        """A report with one case at `place` that speaks of these: (relation, node, its type, modality); `词` of a node is its concept."""
        case = f"{report}例"
        nodes = {report: Node(report, "report", report, report=report), case: Node(case, "case", case, place=place, report=report)}
        made = [Edge(report, "has_case", case, proof(report))]
        for at, (relation, node, type, modality) in enumerate(edges):
            nodes[node] = Node(node, type, node, concept=f"词.{node[0]}" if node.endswith("+") else None)
            made.append(Edge(case, relation, node, proof(report, 10 + at, modality=modality)))
        return Replace(report, f"{report}的读法", Subgraph(tuple(nodes.values()), tuple(made)))

    def test_labels_are_concepts_or_entities_and_asserted(self, graph_store: GraphStore) -> None:
        graph_store.apply(
            [
                self.about("甲", ("about_issue", "停+", "issue", "asserted"), ("about_issue", "停车位+", "issue", "asserted")),
                self.about("乙", ("about_issue", "漏水", "issue", "asserted"), ("about_issue", "停+", "issue", "negated")),
                self.about("丙", ("uses_method", "积分制", "method", "asserted"), ("about_issue", "停+", "issue", "planned")),
            ],
            1,
        )
        assert graph_store.labels("issue") == {"甲例": {"词.停": 2}, "乙例": {"漏水": 1}}
        assert graph_store.labels("issue", ["乙例", "丙例", "没有过"]) == {"乙例": {"漏水": 1}}
        assert graph_store.labels("method") == {"丙例": {"积分制": 1}}

    def test_proofs_lead_from_each_case_to_what_it_speaks_of(self, graph_store: GraphStore) -> None:
        graph_store.apply(
            [
                self.about("甲", ("about_issue", "停+", "issue", "asserted"), ("uses_method", "积分制", "method", "asserted")),
                self.about("乙", ("about_issue", "停车位+", "issue", "asserted")),
            ],
            1,
        )
        found = graph_store.proofs(["甲例", "乙例"], ["词.停"])
        assert {case: [row.node.id for row in rows] for case, rows in found.items()} == {"甲例": ["停+"], "乙例": ["停车位+"]}
        assert found["甲例"][0].evidence == (proof("甲", 10),)
        assert [row.relation for row in graph_store.proofs(["甲例"], ["积分制"])["甲例"]] == ["uses_method"]
        assert graph_store.proofs(["乙例"], ["积分制"]) == {}

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("上城区", "甲丙"), ("杭州市", "甲乙丙"), ("上城", "甲丙"), ("浙江省>杭州市>上城区", "甲丙"), ("杭州市上城区", "甲丙"),
            ("浙江杭州市", "甲乙丙"), ("馒头山", "丙"), ("杭州市江干区", ""), ("上", ""), ("城区", ""), ("鼓楼区", "丁戊"),
            ("南京市鼓楼区", "丁"),
        ],
    )  # fmt: skip
    def test_cases_in_a_place_and_below_it(self, graph_store: GraphStore, asked: str, found: str) -> None:
        places = {
            "甲": "浙江省>杭州市>上城区", "乙": "浙江省>杭州市>西湖区", "丙": "浙江省>杭州市>上城区>馒头山", "丁": "江苏省>南京市>鼓楼区",
            "戊": "河南省>开封市>鼓楼区", "己": None,
        }  # fmt: skip
        graph_store.apply([self.about(report, place=place) for report, place in places.items()], 1)
        assert graph_store.cases_in(asked) == {f"{report}例": places[report] for report in sorted(found)}


class TestPartners:
    def test_joined_by_a_sentence_or_by_parts_in_one_case(self, graph_store: GraphStore) -> None:
        types: dict[str, NodeType] = {"议事坊": "platform", "积分制": "method", "王建国": "person"}
        graph_store.apply(
            [
                contribution("甲", ("街道", "cooperates_with", "社工站"), ("王建国", "assists", "街道"), types=types),
                contribution("乙", ("街道", "assists", "社工站"), types=types),
                contribution("丙", ("街道", "leads", "议事坊"), ("物业", "takes_part_in", "积分制"), types=types),
            ],
            1,
        )
        total, pairs = graph_store.partners()
        assert (total, [({pair.first.id, pair.second.id}, pair.cases) for pair in pairs]) == (
            2,
            [({"街道", "社工站"}, 2), ({"街道", "物业"}, 1)],
        )
        assert {(tie.relation, tie.head, tie.tail, tie.case) for tie in pairs[0].ties} == {
            ("cooperates_with", "街道", "社工站", "甲例"),
            ("assists", "街道", "社工站", "乙例"),
        }
        assert all(tie.evidence[0].case == tie.case for tie in pairs[0].ties)
        (apart,) = pairs[1].ties
        assert (apart.relation, apart.case) == (None, "丙例")
        assert [one.start for one in apart.evidence] == [100, 101] if apart.head == "街道" else [101, 100]

    def test_in_some_cases_with_one_actor_and_bounded(self, graph_store: GraphStore) -> None:
        graph_store.apply(
            [
                contribution("甲", ("街道", "assists", "社工站"), ("物业", "assists", "业委会")),
                contribution("乙", ("街道", "assists", "物业")),
            ],
            1,
        )
        assert graph_store.partners(["甲例"])[0] == 2
        assert graph_store.partners(["乙例", "没有过"])[0] == 1
        assert graph_store.partners([]) == (0, [])
        assert {frozenset((pair.first.id, pair.second.id)) for pair in graph_store.partners(actor="物业")[1]} == {
            frozenset(("物业", "业委会")),
            frozenset(("物业", "街道")),
        }
        whole = graph_store.partners()[1]
        assert [graph_store.partners(limit=n) for n in range(4)] == [(3, whole[:n]) for n in range(4)]

    def test_what_is_planned_or_denied_ties_nobody(self, graph_store: GraphStore) -> None:
        made = contribution("甲", ("街道", "assists", "社工站"))
        edges = tuple(replace(edge, evidence=replace(edge.evidence, modality="planned")) for edge in made.subgraph.edges)
        graph_store.apply([replace(made, subgraph=replace(made.subgraph, edges=edges))], 1)
        assert graph_store.partners() == (0, [])


class TestReadingAll:
    def test_edges_that_start_at_some_nodes(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("乙", LEADS), contribution("甲", LEADS, ASSISTS)], 1)
        found = graph_store.edges(["街道", "社工站", "没有过"])
        assert [(edge.head, edge.type, edge.evidence.report) for edge in found] == [
            ("社工站", "assists", "甲"),
            ("街道", "leads", "乙"),
            ("街道", "leads", "甲"),
        ]
        everything = graph_store.edges([node.id for node in graph_store.nodes()])
        assert Counter(edge.type for edge in everything) == Counter(dict(graph_store.counts().edges))

    def test_a_snapshot_sees_one_state(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS)], 1)
        with graph_store.snapshot():
            before = graph_store.counts()
            other = threading.Thread(target=lambda: graph_store.apply([Remove("甲"), contribution("乙", ASSISTS)], 2))
            other.start()
            other.join()
            assert graph_store.counts() == before
            assert graph_store.node("甲") is not None
        assert graph_store.node("甲") is None
        assert graph_store.mark() == 2


class TestWays:
    def test_shared_neighbours(self, graph_store: GraphStore) -> None:
        graph_store.apply(
            [
                contribution("甲", ("一", "leads", "三"), ("二", "assists", "三"), ("一", "leads", "四")),
                contribution("乙", ("二", "leads", "五")),
            ],
            1,
        )
        shared = graph_store.shared("一", "二")
        assert [one.node.id for one in shared] == ["三", "甲例"]
        assert [(row.relation, row.direction) for row in shared[0].first + shared[0].second] == [("leads", "out"), ("assists", "out")]
        assert shared[0].first[0].evidence[0].report == "甲"
        assert [one.node.id for one in graph_store.shared("一", "二", limit=1)] == ["三"]

    def test_shortest_ways_with_evidence(self, graph_store: GraphStore) -> None:
        chain = [contribution(f"报{n}", (f"点{n}", "assists", f"点{n + 1}")) for n in range(4)]
        graph_store.apply([*chain, contribution("捷径", ("点3", "leads", "点1"))], 1)
        (path,) = graph_store.paths("点0", "点4", max_length=3)
        assert path.start.id == "点0"
        assert [(step.source, step.relation, step.direction, step.node.id) for step in path.steps if step.relation != "mentions"] == [
            ("点0", "assists", "out", "点1"),
            ("点1", "leads", "in", "点3"),
            ("点3", "assists", "out", "点4"),
        ]
        assert [step.depth for step in path.steps] == [1, 2, 3]
        assert all(step.evidence for step in path.steps)

    def test_none_longer_than_asked_and_none_to_what_is_not_there(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", ("一", "leads", "二")), contribution("乙", ("二", "leads", "三"))], 1)
        assert graph_store.paths("一", "三", max_length=1) == []
        assert len(graph_store.paths("一", "三", max_length=2)) == 1
        assert graph_store.paths("一", "没有过") == graph_store.paths("一", "一") == []

    def test_several_ways_strongest_first(self, graph_store: GraphStore) -> None:
        graph_store.apply(
            [
                contribution("甲", ("一", "leads", "二"), ("二", "leads", "三")),
                contribution("乙", ("一", "leads", "四"), ("四", "leads", "三")),
                contribution("丙", ("一", "leads", "四")),
            ],
            1,
        )
        middle = [path.steps[0].node.id for path in graph_store.paths("一", "三")]
        assert middle[0] == "四"
        assert set(middle) == {"二", "四", "甲例", "乙例"}
        assert len(graph_store.paths("一", "三", limit=2)) == 2


class TestGenerations:
    def test_the_live_one_answers_until_the_new_one_is_promoted(self, graph_store: GraphStore) -> None:
        graph_store.apply([contribution("甲", LEADS)], 5)
        staged = graph_store.stage()
        assert (staged.mark(), staged.reports()) == (0, {})
        staged.apply([contribution("乙", ASSISTS)], 9)
        graph_store.apply([contribution("丙", LEADS)], 6)
        assert (graph_store.mark(), set(graph_store.reports())) == (6, {"甲", "丙"})
        staged.promote()
        assert (graph_store.mark(), set(graph_store.reports())) == (9, {"乙"})
        graph_store.apply([Remove("乙")], 10)
        assert graph_store.counts().nodes == {}

    def test_an_earlier_try_is_discarded(self, graph_store: GraphStore) -> None:
        left_over = graph_store.stage()
        left_over.apply([contribution("甲", LEADS)], 1)
        assert graph_store.stage().reports() == {}
        with pytest.raises(StoreError):
            left_over.promote()
        assert graph_store.mark() == 0


class TestAgainstAModel:
    """Random changes give what adding up the contributions by hand gives."""

    triples = st.lists(
        st.tuples(st.sampled_from("一二三四五六"), st.sampled_from(("leads", "assists")), st.sampled_from("一二三四五六")), max_size=5
    )

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
    @given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.none() | triples), min_size=1, max_size=8))
    def test_sums(self, graph_store: GraphStore, changes: list[tuple[str, list[tuple[str, str, str]] | None]]) -> None:
        graph_store.apply([Remove(report) for report in graph_store.reports()], 0)
        present: dict[str, Subgraph] = {}
        for number, (report, triples) in enumerate(changes, 1):
            if triples is None:
                present.pop(report, None)
                graph_store.apply([Remove(report)], number)
            else:
                update = contribution(report, *triples)
                present[report] = update.subgraph
                graph_store.apply([update], number)
        edges = [edge for subgraph in present.values() for edge in subgraph.edges]
        nodes = {node.id: node for subgraph in present.values() for node in subgraph.nodes}
        counts = graph_store.counts()
        assert counts.nodes == dict(sorted(Counter(node.type for node in nodes.values()).items()))
        assert counts.edges == dict(sorted(Counter(edge.type for edge in edges).items()))
        assert [node.id for node in graph_store.nodes()] == sorted(nodes)
        sums: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for edge in edges:
            sums[edge.head, edge.type, edge.tail].append(edge.evidence.report)
        for id in nodes:
            expected = {
                (head if tail == id else tail, relation, "out" if head == id else "in", len(reports), len(set(reports)))
                for (head, relation, tail), reports in sums.items()
                if id in (head, tail) and head != tail
            }
            found = graph_store.neighbours(id)
            assert {(row.node.id, row.relation, row.direction, row.count, row.reports) for row in found} == expected
            assert len(found) == len(expected)


class TestSqlite:
    """What is the embedded store's own: versions, failures, threads."""

    def test_a_graph_of_another_version_is_emptied(self, graph_path: Path) -> None:
        with closing(SqliteGraph(graph_path)) as store:
            store.apply([contribution("甲", LEADS)], 5)
        with closing(sqlite3.connect(graph_path)) as connection, connection:
            connection.execute("UPDATE graph_schema SET version = version + 1")
            tables = set(connection.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'graph%'").fetchall())
        with closing(SqliteGraph(graph_path)) as store:
            assert (store.mark(), store.reports()) == (0, {})
        with closing(sqlite3.connect(graph_path)) as connection:
            assert set(connection.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'graph%'").fetchall()) == tables

    def test_opening_again_finds_what_was_there(self, graph_path: Path) -> None:
        with closing(SqliteGraph(graph_path)) as store:
            store.apply([contribution("甲", LEADS)], 5)
        with closing(SqliteGraph(graph_path)) as store:
            assert (store.mark(), set(store.reports())) == (5, {"甲"})

    def test_two_processes_see_each_other_s_work_and_swap(self, graph_path: Path) -> None:
        with closing(SqliteGraph(graph_path)) as one, closing(SqliteGraph(graph_path)) as other:
            staged = one.stage()
            staged.apply([contribution("甲", LEADS)], 3)
            staged.promote()
            assert (other.mark(), set(other.reports())) == (3, {"甲"})

    def test_many_threads_read_while_one_writes(self, graph_path: Path) -> None:
        with closing(SqliteGraph(graph_path)) as store:
            store.apply([contribution("甲", LEADS)], 1)
            wrong: list[object] = []

            def read() -> None:
                for _ in range(50):
                    rows = store.neighbours("街道", ["leads"])
                    if [row.node.id for row in rows] != ["议事坊"]:
                        wrong.append(rows)

            threads = [threading.Thread(target=read) for _ in range(4)]
            for thread in threads:
                thread.start()
            for number in range(20):
                store.apply([contribution(f"报{number}", LEADS)], number)
            for thread in threads:
                thread.join()
            assert wrong == []

    def test_a_writer_that_holds_the_file_for_too_long(self, graph_path: Path) -> None:
        with closing(SqliteGraph(graph_path, connections=Connections(graph_path, wait=0.05))) as store:
            with closing(sqlite3.connect(graph_path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(StoreLocked, match=r"图\.db"):
                    store.apply([contribution("甲", LEADS)], 1)
            assert store.mark() == 0
            store.apply([contribution("甲", LEADS)], 1)

    def test_a_store_that_cannot_be_written(self, graph_path: Path) -> None:
        connections = Connections(graph_path)
        with closing(SqliteGraph(graph_path, connections=connections)) as store:
            connections.get().execute("PRAGMA query_only = ON")
            with pytest.raises(StoreReadOnly):
                store.apply([contribution("甲", LEADS)], 1)
            assert store.mark() == 0

    def test_a_full_disk_loses_nothing(self, graph_path: Path) -> None:
        connections = Connections(graph_path)
        with closing(SqliteGraph(graph_path, connections=connections)) as store:
            store.apply([contribution("甲", LEADS)], 1)
            (pages,) = connections.get().execute("PRAGMA page_count").fetchone()
            connections.get().execute(f"PRAGMA max_page_count = {pages + 4}")
            with pytest.raises(StoreFull):
                store.apply([contribution(f"报{n}", *((f"{n}头{m}", "leads", f"尾{m}") for m in range(50))) for n in range(20)], 2)
            assert (store.mark(), set(store.reports())) == (1, {"甲"})
            connections.get().execute("PRAGMA max_page_count = 1000000")
            store.apply([contribution("乙", LEADS)], 2)

    def test_what_is_no_database(self, tmp_path: Path) -> None:
        path = tmp_path / "不是库.db"
        path.write_text("这不是数据库。" * 300, encoding="utf-8")
        with pytest.raises(StoreDamaged, match=r"不是库\.db"):
            SqliteGraph(path)
        with pytest.raises(StoreReadOnly):
            SqliteGraph(tmp_path / "没有的文件夹" / "库.db")

    def test_other_engines_are_refused(self) -> None:
        with pytest.raises(SettingError, match="JINDIANZI_GRAPH"):
            open_graph("bolt://localhost")
