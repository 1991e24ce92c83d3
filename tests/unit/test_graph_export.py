"""The graph as GraphML, CSV, JSON-LD and Cypher: all of it, nothing that is kept back, the same bytes from the same content.

Where NEO4J_URI (with NEO4J_USERNAME, NEO4J_PASSWORD) names an empty database and the driver is installed, the script is run there; where
NEO4J_ADMIN names the `neo4j-admin` command, the CSV is imported into a database of its own.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from graphs import incoming, related, said, told
from lxml import etree
from serving import settings_for

from corpus.errors import StoreError
from corpus.identity import report_id
from corpus.model import Reading
from corpus.vocabulary import ontology
from graph.project import update_entities, update_graph
from ingest.pipeline import PIPELINE
from search_api.graph_export import FORMATS, cypher, export_graph
from search_api.graph_export.jsonld import CONTEXT
from search_api.graph_export.shown import Shown
from search_api.stores import Stores, opened

ODD = "奇\"怪'的\\标题\\u4e00\\n,；;\n第二行\t制表\r回车`反引${x}{g}＊＊"
PLACE = "浙江省杭州市上城区"
NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


def readings() -> dict[str, Reading]:
    return {
        "甲.txt": told(
            "甲.txt",
            [
                said("actor", "采荷街道"),
                related("采荷街道", "leads", "湖滨晴雨", tail_type="platform", confidence=0.7, time="2021-03"),
                related("采荷街道", "leads", "湖滨晴雨", tail_type="platform", modality="planned"),
            ],
            place=PLACE,
            title=ODD,
        ),
        "乙.txt": told("乙.txt", [said("actor", "采荷街道"), said("policy", '《某\\某"办法》')], place=PLACE),
        "丙.txt": told("丙.txt", [said("actor", "采荷街道"), said("actor", "望江街道"), said("person", "王建国")], place=PLACE),
    }


@contextmanager
def stores_with(folder: Path, sources: list[str], *, internal: str = "") -> Iterator[Stores]:
    """Stores that hold these of `readings`, one of them marked 内部资料."""
    made = readings()
    folder.mkdir(parents=True, exist_ok=True)
    with opened(settings_for(folder)) as stores:
        for source in sources:
            reading = replace(made[source], pipeline=PIPELINE)
            if source == internal:
                reading = replace(reading, metadata=replace(reading.metadata, handling="内部资料"))
            stores.catalogue.put_many([incoming(source, reading)])
            follow(stores)
        yield stores


def follow(stores: Stores) -> None:
    while update_entities(stores.catalogue):
        pass
    while update_graph(stores.catalogue, stores.graph):
        pass


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    with stores_with(tmp_path / "库", ["甲.txt", "乙.txt", "丙.txt"]) as made:
        yield made


def nodes_and_edges(stores: Stores) -> tuple[Counter[str], Counter[str]]:
    counts = stores.graph.counts()
    return Counter(dict(counts.nodes)), Counter(dict(counts.edges))


def title_of(stores: Stores) -> str:
    (name,) = (node.name for node in stores.graph.nodes("report") if node.name.startswith("奇"))
    return name


class TestAllFormats:
    @pytest.mark.parametrize("form", FORMATS)
    def test_the_order_of_arrival_changes_no_byte(self, tmp_path: Path, form: str) -> None:
        for number, order in enumerate((["甲.txt", "乙.txt", "丙.txt"], ["丙.txt", "甲.txt", "乙.txt"])):
            with stores_with(tmp_path / f"库{number}", order) as made:
                export_graph(made, tmp_path / f"出{number}", form)
        assert content(tmp_path / "出0") == content(tmp_path / "出1") != {}

    @pytest.mark.parametrize("form", FORMATS)
    def test_pages_of_one_node_give_the_same(self, stores: Stores, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
        export_graph(stores, tmp_path / "一", form)
        monkeypatch.setattr("search_api.graph_export.shown._PAGE", 1)
        export_graph(stores, tmp_path / "二", form)
        assert content(tmp_path / "一") == content(tmp_path / "二")

    @pytest.mark.parametrize("form", FORMATS)
    def test_nothing_half_written_stays_and_what_was_there_does(
        self, stores: Stores, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = tmp_path / "出"
        export_graph(stores, out, form)
        before = content(out)
        whole = Shown.relationships

        def breaks(self: Shown) -> Iterator[Any]:
            yield next(iter(whole(self)))
            raise StoreError("断了")

        monkeypatch.setattr(Shown, "relationships", breaks)
        with pytest.raises(StoreError):
            export_graph(stores, out, form)
        assert content(out) == before
        with pytest.raises(StoreError):
            export_graph(stores, tmp_path / "新", form)
        assert list((tmp_path / "新").iterdir()) == []

    @pytest.mark.parametrize("form", FORMATS)
    def test_an_internal_report_and_what_only_it_knows_stay_in(self, tmp_path: Path, form: str) -> None:
        with stores_with(tmp_path / "全", ["甲.txt", "乙.txt", "丙.txt"], internal="丙.txt") as made:
            export_graph(made, tmp_path / "开", form)
            export_graph(made, tmp_path / "内", form, internal=True)
        with stores_with(tmp_path / "无", ["甲.txt", "乙.txt"]) as without:
            export_graph(without, tmp_path / "少", form)
        shown = b"".join(content(tmp_path / "开").values()).decode()
        assert "采荷街道" in shown
        assert all(word not in shown for word in ("王建国", "望江街道", "丙"))
        assert "王建国" in b"".join(content(tmp_path / "内").values()).decode()
        assert content(tmp_path / "开") == content(tmp_path / "少")

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_report_that_was_withdrawn_or_changed_leaves_nothing(self, tmp_path: Path, form: str) -> None:
        with stores_with(tmp_path / "先", ["甲.txt", "乙.txt", "丙.txt"]) as made:
            made.catalogue.withdraw(report_id("案例", "丙.txt"), why="撤回", who="刘敏")
            other = told("甲.txt", [said("actor", "清波街道")], place=PLACE)
            made.catalogue.put_many([incoming("甲.txt", replace(other, pipeline=PIPELINE))])
            follow(made)
            export_graph(made, tmp_path / "后", form)
        shown = b"".join(content(tmp_path / "后").values()).decode()
        assert "清波街道" in shown
        assert all(word not in shown for word in ("王建国", "望江街道", "湖滨晴雨", "奇"))

    def test_what_is_written_is_counted(self, stores: Stores, tmp_path: Path) -> None:
        nodes, edges = nodes_and_edges(stores)
        for form in FORMATS:
            written = export_graph(stores, tmp_path, form)
            assert (written.nodes, written.edges) == (nodes.total(), edges.total())
            assert all((tmp_path / name).is_file() for name in written.files)

    def test_it_is_one_state_of_the_store(self, stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A report that is withdrawn while nodes are written takes no edge's end away."""
        nodes = Shown.nodes
        monkeypatch.setattr("search_api.graph_export.shown._PAGE", 1)

        def withdrawn_meanwhile(self: Shown) -> Iterator[Any]:
            yield from nodes(self)
            with opened(stores.settings) as other:
                for report in other.catalogue.reports():
                    other.catalogue.withdraw(report.id, why="撤回", who="刘敏")
                follow(other)

        monkeypatch.setattr(Shown, "nodes", withdrawn_meanwhile)
        written = export_graph(stores, tmp_path, "graphml", internal=True)
        assert written.edges > 0
        tree = etree.parse(tmp_path / "graph.graphml")
        ids = {node.get("id") for node in tree.iter(f"{NAMESPACE}node")}
        assert {end for edge in tree.iter(f"{NAMESPACE}edge") for end in (edge.get("source"), edge.get("target"))} <= ids
        assert stores.graph.counts().reports == 0


class TestGraphML:
    def test_every_node_and_edge_with_its_data(self, stores: Stores, tmp_path: Path) -> None:
        export_graph(stores, tmp_path, "graphml")
        tree = etree.parse(tmp_path / "graph.graphml")
        keys = {key.get("id"): key for key in tree.iter(f"{NAMESPACE}key")}
        found: dict[str, Counter[str]] = {"node": Counter(), "edge": Counter()}
        names = []
        for kind, type in (("node", "type"), ("edge", "relation")):
            for element in tree.iter(f"{NAMESPACE}{kind}"):
                data = {item.get("key"): item.text or "" for item in element}
                assert all(keys[key].get("for") == kind for key in data)
                found[kind][data[f"{kind}.{type}"]] += 1
                names.append(data.get("node.name"))
        assert (found["node"], found["edge"]) == nodes_and_edges(stores)
        assert title_of(stores) in names
        leads = [
            {item.get("key").removeprefix("edge."): item.text for item in edge}
            for edge in tree.iter(f"{NAMESPACE}edge")
            if edge.find(f"{NAMESPACE}data[@key='edge.relation']").text == "leads"
        ]
        assert [(edge["count"], edge["label"], edge["modality"]) for edge in leads] == [("2", "牵头", "asserted"), ("2", "牵头", "planned")]
        assert (leads[0]["confidence"], leads[0]["time"]) == ("0.7", "2021-03")

    def test_what_xml_cannot_hold_keeps_its_place(self, tmp_path: Path) -> None:
        reading = told("丁.txt", [said("actor", "坏\x0b字\ufffe街道")], place=PLACE)
        with opened(settings_for(tmp_path)) as made:
            made.catalogue.put_many([incoming("丁.txt", replace(reading, pipeline=PIPELINE))])
            follow(made)
            export_graph(made, tmp_path, "graphml")
        sentences = {item.text for item in etree.parse(tmp_path / "graph.graphml").iter(f"{NAMESPACE}data")}
        assert "坏\ufffd字\ufffd街道的事。" in sentences


class TestCsv:
    def test_rows_fit_their_headers(self, stores: Stores, tmp_path: Path) -> None:
        export_graph(stores, tmp_path, "csv")
        folder = tmp_path / "neo4j"
        arguments = (folder / "import.args").read_text(encoding="utf-8").split()
        assert arguments[0] == "--multiline-fields=true"
        found: dict[str, Counter[str]] = {"nodes": Counter(), "relationships": Counter()}
        ids: list[str] = []
        rows: list[dict[str, str]] = []
        for argument in arguments[1:]:
            kind, header_file, data_file = re.fullmatch(r"--(\w+)=([^,]+),([^,]+)", argument).groups()  # type: ignore[union-attr]
            header = (folder / header_file).read_text(encoding="utf-8").strip().split(",")
            with (folder / data_file).open(encoding="utf-8", newline="") as file:
                for row in csv.reader(file):
                    assert len(row) == len(header)
                    made = dict(zip(header, row, strict=True))
                    found[kind][re.sub(r"^(nodes|relationships)-|\.csv$", "", data_file)] += 1
                    rows.append(made)
                    ids += [made["id:ID"]] if kind == "nodes" else []
        assert (found["nodes"], found["relationships"]) == nodes_and_edges(stores)
        assert len(set(ids)) == len(ids)
        assert {row[end] for row in rows if ":TYPE" in row for end in (":START_ID", ":END_ID")} <= set(ids)
        assert title_of(stores) in {row.get("name:string") for row in rows}
        assert {row[":LABEL"] for row in rows if ":LABEL" in row} >= {"Thing;CaseStudy", "Thing;Report", "Thing;Actor"}
        assert {"count:long", "confidence:double", "sentence:string"} <= rows[-1].keys()

    def test_what_an_export_that_was_killed_left_behind_goes(self, stores: Stores, tmp_path: Path) -> None:
        for left_over in ("neo4j.part", "neo4j.old"):
            (tmp_path / left_over).mkdir()
            (tmp_path / left_over / "x.csv").write_text("x", encoding="utf-8")
        export_graph(stores, tmp_path, "csv")
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith("neo4j")] == ["neo4j"]
        assert not (tmp_path / "neo4j" / "x.csv").exists()


class TestJsonLd:
    def test_terms_are_known_and_statements_rest_on_reports(self, stores: Stores, tmp_path: Path) -> None:
        export_graph(stores, tmp_path, "jsonld")
        document = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
        assert document["@context"] == CONTEXT
        rows = document["@graph"]
        assert {key for row in rows for key in row} <= {*CONTEXT, "@id", "@type"}
        statements = [row for row in rows if row.get("@type") == "Statement"]
        plain = [row for row in rows if "@type" not in row]
        described = [row for row in rows if row.get("@type") not in (None, "Statement")]
        nodes, edges = nodes_and_edges(stores)
        assert (len(described), len(statements)) == (nodes.total(), edges.total())
        assert Counter(row["relation"] for row in statements) == edges
        assert {row["report"] for row in statements} <= {row["@id"] for row in described if row["@type"] == "Report"}
        assert title_of(stores) in {row.get("name") for row in described}
        (leads,) = (row for row in plain if "leads" in row)
        assert {(row["head"], row["tail"]) for row in statements if row["relation"] == "leads"} == {(leads["@id"], leads["leads"])}

    def test_what_is_only_planned_stands_as_no_triple(self, tmp_path: Path) -> None:
        reading = told("戊.txt", [related("采荷街道", "leads", "湖滨晴雨", tail_type="platform", modality="planned")], place=PLACE)
        with opened(settings_for(tmp_path)) as made:
            made.catalogue.put_many([incoming("戊.txt", replace(reading, pipeline=PIPELINE))])
            follow(made)
            export_graph(made, tmp_path, "jsonld")
        rows = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]
        assert [row["modality"] for row in rows if row.get("relation") == "leads"] == ["planned"]
        assert not [row for row in rows if "leads" in row]

    def test_every_type_and_relation_of_the_ontology_is_a_term(self) -> None:
        prefixes = {name for name, iri in CONTEXT.items() if isinstance(iri, str) and iri[-1] in "/#:"}
        for name, defined in CONTEXT.items():
            iri = defined["@id"] if isinstance(defined, dict) else defined
            if name != "@version":
                assert iri.split(":")[0] in prefixes | {"https", "http", "urn"}, name
        assert set(ontology().edges) <= CONTEXT.keys()


class TestCypher:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("街道", "'街道'"), ("a'b", r"'a\'b'"), ("a\\", r"'a\\'"), ("\\u4e00", r"'\\u4e00'"), ("一\n二\r\t", r"'一\n二\r\t'"),
            ("一\x1f二", r"'一\u001f二'"),
        ],
    )  # fmt: skip
    def test_literals(self, value: str, written: str) -> None:
        assert cypher.literal(value) == written

    def test_a_statement_is_full_or_the_last_of_its_type(self, stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        export_graph(stores, tmp_path, "cypher")
        whole = (tmp_path / "graph.cypher").read_text(encoding="utf-8")
        monkeypatch.setattr(cypher, "_BATCH", 1)
        export_graph(stores, tmp_path, "cypher")
        single = (tmp_path / "graph.cypher").read_text(encoding="utf-8")
        nodes, edges = nodes_and_edges(stores)
        assert single.count("UNWIND [") == nodes.total() + edges.total() > whole.count("UNWIND [") == len(nodes) + len(edges)
        assert whole.index("CREATE CONSTRAINT") < whole.index("UNWIND") < whole.index("MATCH (h:Thing")
        assert ":Case " not in whole


NO_NEO4J = "Neo4j not tried: set NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD to an empty database and install the driver (pip install neo4j)"


@pytest.fixture
def neo4j_session() -> Iterator[Any]:
    """A session on an empty database, which is emptied again."""
    if not os.environ.get("NEO4J_URI"):
        pytest.skip(NO_NEO4J)
    driver_of = pytest.importorskip("neo4j", reason=NO_NEO4J).GraphDatabase.driver
    account = (os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
    with driver_of(os.environ["NEO4J_URI"], auth=account) as driver, driver.session() as session:
        if session.run("MATCH (n) RETURN count(n) AS n").single()["n"]:
            pytest.skip("Neo4j not tried: the database is not empty")
        yield session
        session.run("MATCH (n) DETACH DELETE n").consume()
        session.run("DROP CONSTRAINT jindianzi_thing_id IF EXISTS").consume()


def statements(script: str) -> list[str]:
    """The statements of the script: none of its strings holds a line break."""
    return [part for part in re.split(r";\n", script) if part.strip()]


def test_neo4j_holds_what_the_script_says(stores: Stores, tmp_path: Path, neo4j_session: Any) -> None:
    export_graph(stores, tmp_path, "cypher")
    nodes, edges = nodes_and_edges(stores)
    for _ in range(2):  # a second run changes nothing
        for statement in statements((tmp_path / "graph.cypher").read_text(encoding="utf-8")):
            neo4j_session.run(statement).consume()
        assert neo4j_session.run("MATCH (n:Thing) RETURN count(n) AS n").single()["n"] == nodes.total()
        found = {row["type"]: row["n"] for row in neo4j_session.run("MATCH ()-[r]->() RETURN type(r) AS type, count(r) AS n")}
        assert found == {type.upper(): count for type, count in edges.items()}
    shown = Shown(stores.catalogue, stores.graph, frozenset())
    kept = {row["n"]["id"]: dict(row["n"]) for row in neo4j_session.run("MATCH (n:Thing) RETURN n")}
    assert kept == {node.id: {"id": node.id, **shown.node_values(node)} for node in shown.nodes()}
    rows = neo4j_session.run("MATCH ()-[r]->() RETURN properties(r) AS r")
    assert {row["r"]["id"]: row["r"] for row in rows} == {edge.id: shown.edge_values(edge) for edge in shown.relationships()}
    assert title_of(stores) in {node["name"] for node in kept.values()}


def test_neo4j_admin_takes_the_csv(stores: Stores) -> None:
    command = os.environ.get("NEO4J_ADMIN")
    if not command:
        pytest.skip("CSV import not tried: set NEO4J_ADMIN to the neo4j-admin command")
    with TemporaryDirectory() as made:  # not tmp_path: the command may run as another user, who cannot pass through pytest's folders
        folder = Path(made)
        export_graph(stores, folder, "csv")
        for path in (folder, folder / "neo4j"):
            path.chmod(0o777)
        done = subprocess.run(
            [*shlex.split(command), "database", "import", "full", "--overwrite-destination", "jindianzitest", "@import.args"],
            cwd=folder / "neo4j",
            capture_output=True,
            text=True,
            check=False,
        )
    nodes, edges = nodes_and_edges(stores)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{nodes.total()} nodes" in done.stdout
    assert f"{edges.total()} relationships" in done.stdout
