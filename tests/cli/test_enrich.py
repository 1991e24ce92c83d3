"""The command of the optional language model: off by default, sends nothing unasked, and what it adds stays apart and can be removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from chatting import KEY, Chat, Said, chat, facts, failure
from commands import Call, Done
from starlette.testclient import TestClient

from search_api.app import create_app
from search_api.settings import load

TEXT = """竹溪社区楼道议事纪实

一、背景
竹溪社区共有住户420户，是1996年建的老旧小区。电动车停放引起争吵，楼道里挤得转不开身。

二、做法
2023年5月，竹溪社区党委牵头成立楼道议事会，先后召开四次议事会。区民政局拨付8万元。
"""
GOOD = {"type": "issue", "quote": "楼道里挤得转不开身"}
LIE = {"type": "actor", "quote": "区财政局拨付80万元", "name": "区财政局"}
MARK = "模型提取、待核实"


@pytest.fixture
def reports(tmp_path: Path, call: Call) -> Path:
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "公开.txt").write_text(TEXT, encoding="utf-8")
    (folder / "内部.txt").write_text("内部资料 注意保管\n" + TEXT.replace("竹溪", "松岭"), encoding="utf-8")
    assert call("ingest", folder, "--no-wait").status == 0
    return folder


@pytest.fixture
def answers() -> list[Said]:
    """What the server says, to be changed by a test."""
    return [facts(GOOD, LIE)]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, answers: list[Said]) -> Iterator[Chat]:
    with chat(lambda text: answers[0]) as serving:
        monkeypatch.setenv("JINDIANZI_LLM_URL", serving.url)
        monkeypatch.setenv("JINDIANZI_LLM_MODEL", "stub")
        monkeypatch.setenv("JINDIANZI_LLM_KEY", KEY)
        yield serving


def exported(call: Call, folder: Path, *options: str) -> dict[str, bytes]:
    assert call("export", folder, *options).status == 0
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_it_is_off_unless_it_is_set_up(call: Call, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = call("enrich")
    assert done.status == 2
    assert "JINDIANZI_LLM_URL" in done.err
    monkeypatch.setenv("JINDIANZI_LLM_URL", "http://127.0.0.1:1/v1")
    assert "JINDIANZI_LLM_MODEL" in call("enrich").err


def test_what_leaves_is_said_before_it_does_and_nothing_leaves_unasked(call: Call, reports: Path, served: Chat) -> None:
    plan = call("enrich", "--dry-run")
    assert plan.status == 0
    refused = call("enrich")
    assert refused.status == 2
    for said in (plan.out, refused.err):
        assert served.url in said
        assert "stub" in said
        assert "人名、单位名、地名没有遮盖" in said
        assert "1 份不发" in said
    assert "--yes" in refused.err
    assert served.questions == []
    assert call("enrich", "--yes").status == 0
    assert len(served.questions) == 1
    (reports / "再.txt").write_text(TEXT.replace("竹溪", "梅坞"), encoding="utf-8")
    assert call("ingest", reports, "--no-wait").status == 0
    later = call("enrich")  # agreed to once
    assert later.status == 0
    assert "人名" not in later.err
    assert len(served.questions) == 2
    assert call("enrich", "--internal").status == 2  # that is another question
    assert len(served.questions) == 2


def test_the_result_tells_kept_rejected_tokens_and_cost(call: Call, reports: Path, served: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINDIANZI_LLM_PRICE", "0.5/2 元")
    body = call("enrich", "--yes", "--json").body
    assert body["facts"] == {"issue": 1}
    assert body["rejected"] == {"quote": 1}
    assert body["rejected_share"] == 0.5
    assert body["tokens"] == {"read": 100, "written": 20, "estimated": False}
    assert (body["cost"], body["currency"]) == (0.09, "元")
    assert body["internal"] == ["内部.txt"]
    assert (body["answered"], body["unanswered"], body["stopped"]) == (1, {}, None)
    assert call("enrich", "--remove").status == 0
    said = call("enrich").out
    assert "留下事实 1 条" in said
    assert "引文在文中找不到：1" in said
    assert "50%" in said
    assert "120 个词元" in said
    assert "0.09 元" in said
    english = call("enrich", "--remove", "--lang", "en")
    assert "1 stretches" in english.out
    assert "quotation not found in the text: 1" in call("enrich", "--lang", "en").out


def test_what_it_finds_is_marked_and_asked_for(call: Call, reports: Path, served: Chat) -> None:
    before = call("facts", "公开.txt", "--json").body
    assert call("enrich", "--yes").status == 0
    assert call("facts", "公开.txt", "--json").body == before
    assert MARK not in call("facts", "公开.txt").out
    (row,) = call("facts", "公开.txt", "--by-model", "--json").body["facts"]
    assert (row["unverified"], row["name"], row["confidence"]) == (MARK, "楼道里挤得转不开身", 0.5)
    assert row["rule"].startswith("model:stub@")
    assert MARK in call("facts", "--by-model").out
    assert call("facts", "--by-model", "--type", "actor", "--json").body["facts"] == []


def test_the_export_is_the_same_bytes_unless_it_is_asked_for(call: Call, reports: Path, served: Chat, tmp_path: Path) -> None:
    before = exported(call, tmp_path / "前", "--source")
    assert call("enrich", "--yes").status == 0
    assert exported(call, tmp_path / "后", "--source") == before
    with_them = exported(call, tmp_path / "连", "--source", "--by-model")
    assert {name for name in before if before[name] != with_them[name]} == {"facts.jsonl"}
    rows = [json.loads(line) for line in with_them["facts.jsonl"].splitlines()]
    added = [row for row in rows if "unverified" in row]
    assert [row["name"] for row in added] == ["楼道里挤得转不开身"]
    keys = [(row["report"], row["start"], row["end"], row["type"], row["id"]) for row in rows]
    assert keys == sorted(keys)
    assert [row for row in rows if "unverified" not in row] == [json.loads(line) for line in before["facts.jsonl"].splitlines()]
    source = {row["report"]: row["text"] for row in map(json.loads, with_them["sources.jsonl"].splitlines())}
    assert source[added[0]["report"]][added[0]["source_start"] : added[0]["source_end"]] == added[0]["name"]


def test_search_and_graph_do_not_know_of_it(call: Call, reports: Path, served: Chat) -> None:
    assert call("sync").status == 0
    before = call("search", "楼道里挤得转不开身", "--explain", "--json").body
    assert call("enrich", "--yes").status == 0
    assert call("sync", "--rebuild").status == 0
    assert call("search", "楼道里挤得转不开身", "--explain", "--json").body == before
    assert call("show", "公开.txt", "--json").status == 0
    assert MARK not in call("show", "公开.txt", "--text").out


def test_it_can_be_removed(call: Call, reports: Path, served: Chat) -> None:
    assert call("enrich", "--yes").status == 0
    assert call("enrich", "内部.txt", "--remove", "--json").body == {"removed": 0}
    assert call("enrich", "--collection", "别处", "--remove", "--json").body == {"removed": 0}
    assert len(call("facts", "--by-model", "--json").body["facts"]) == 1
    assert call("enrich", "公开.txt", "--remove", "--json").body == {"removed": 1}
    assert call("facts", "--by-model", "--json").body["facts"] == []
    assert len(served.questions) == 1


def test_a_limit_ends_it_with_a_message_and_what_to_do(call: Call, reports: Path, served: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = call("enrich", "--yes", "--max-tokens", "50")
    assert stopped.status == 0
    assert "上限，还有 1 段没有问" in stopped.out
    assert served.questions == []
    unpriced = call("enrich", "--max-cost", "1")
    assert unpriced.status == 2
    assert "JINDIANZI_LLM_PRICE" in unpriced.err
    monkeypatch.setenv("JINDIANZI_LLM_PRICE", "0.001")
    assert call("enrich", "--max-cost", "1", "--json").body["stopped"] is None


def shown(*done: Done) -> str:
    return "".join(one.out + one.err for one in done)


def test_the_key_is_shown_nowhere(call: Call, reports: Path, served: Chat, answers: list[Said], tmp_path: Path) -> None:
    said = [call("enrich", "--dry-run"), call("enrich"), call("enrich", "--dry-run", "--json")]
    answers[0] = failure(401, KEY)
    refused = call("enrich", "--yes")
    assert refused.status == 3
    assert "JINDIANZI_LLM_KEY" in refused.err
    answers[0] = facts({"type": "issue", "quote": KEY}, GOOD)
    said += [refused, call("enrich"), call("status", "--json"), call("facts", "--by-model", "--json")]
    assert KEY not in shown(*said)
    assert all(KEY.encode() not in content for content in exported(call, tmp_path / "出", "--by-model", "--internal", "--source").values())
    assert all(KEY.encode() not in path.read_bytes() for path in tmp_path.glob("store.db*"))
    assert served.headers[-1]["Authorization"] == f"Bearer {KEY}"  # and yet it was sent


def test_a_settings_file_may_hold_it(call: Call, reports: Path, served: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "MODEL", "KEY"):
        monkeypatch.delenv(f"JINDIANZI_LLM_{name}")
    Path("jindianzi.toml").write_text(f'llm_url = "{served.url}"\nllm_model = "stub"\nllm_key = "{KEY}"\nllm_timeout = 20\n')
    assert call("enrich", "--yes").status == 0
    assert served.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_the_page_and_the_api_show_them_apart(call: Call, reports: Path, served: Chat, tmp_path: Path) -> None:
    assert call("enrich", "--yes").status == 0
    with TestClient(create_app(load()), base_url="http://127.0.0.1") as client:
        (report,) = [one for one in client.get("/v1/reports").json()["reports"] if one["source"].endswith("公开.txt")]
        plain = client.get(f"/v1/reports/{report['id']}").json()
        asked = client.get(f"/v1/reports/{report['id']}", params={"by_model": "1"}).json()
        page = client.get(f"/reports/{report['id']}").text
    assert "facts_by_model" not in plain
    assert plain["facts"] == asked["facts"]
    assert [(one["name"], one["unverified"]) for one in asked["facts_by_model"]] == [(GOOD["quote"], MARK)]
    shown = page[page.index('id="by-model"') :]
    assert "待核实" in shown
    assert GOOD["quote"] in shown
    assert "区财政局拨付80万元" not in page
