"""Measuring retrieval: the arithmetic by hand, and a small set that goes the whole way."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import settings_for

from corpus.errors import DamagedSource, NotFound
from search_api.evaluation.retrieval import evaluate_retrieval, score, sets

CORPUS = {
    "电梯": "老楼加装电梯，一楼业主担心采光，协商三次后由高层住户补偿，电梯装成。",
    "菜场": "农贸市场摊贩占道经营，街道与摊主商议划线错时摆卖，投诉下降。",
    "停车": "老旧小区停车位不足，夜间抢车位，业委会与沿街单位谈成错时停车。",
    "群租": "群租房隔断间消防隐患大，社区联合派出所清理，租客得到安置。",
    "垃圾": "垃圾分类积分兑换，志愿者桶边督导，正确投放的居民多了。",
}
QUESTIONS = {"q1": ("一楼不同意装電梯", "电梯"), "q2": ("菜场门口摊贩占道", "菜场"), "q3": ("晚上没地方停车", "停车")}


def made_set(folder: Path) -> Path:
    folder.mkdir(parents=True)
    rows = [{"id": key, "text": text, "title": f"{key}案例"} for key, text in CORPUS.items()]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    asked = [{"id": key, "text": text, "kind": "问题"} for key, (text, _) in QUESTIONS.items()]
    (folder / "queries.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in asked), encoding="utf-8")
    (folder / "qrels.tsv").write_text("".join(f"{key}\t{of}\t1\n" for key, (_, of) in QUESTIONS.items()), encoding="utf-8")
    return folder


def test_by_hand() -> None:
    assert score(["x", "a"], {"a": 1}) == pytest.approx((1 / math.log2(3), 1, 0.5, 0))
    assert score(["a", "b"], {"a": 1, "b": 2}) == pytest.approx(((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)), 1, 1, 1))
    assert score(["x"], {"a": 1}) == (0, 0, 0, 0)
    assert score(["x"] * 10 + ["a"], {"a": 1}) == (0, 0, 0, 0)


@given(st.permutations("abcdefghijkl"), st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(0, 3), min_size=1))
def test_bounds_and_the_best_order(ranked: list[str], grades: dict[str, int]) -> None:
    values = score(ranked, grades)
    assert all(0 <= value <= 1 + 1e-9 for value in values)
    best = sorted(ranked, key=lambda item: -grades.get(item, 0))
    assert score(best, grades)[0] == pytest.approx(1 if any(grades.values()) else 0)
    assert values[0] <= score(best, grades)[0] + 1e-9


def test_a_set_goes_the_whole_way(tmp_path: Path) -> None:
    folder = made_set(tmp_path / "sets" / "small")
    (measured,) = evaluate_retrieval(tmp_path / "sets", settings_for(tmp_path))
    assert (measured.name, measured.documents, measured.set_aside) == (folder.name, len(CORPUS), 0)
    assert set(measured.channels) == {"lexical", "semantic", "graph", "hybrid"}
    assert measured.channels["hybrid"].questions == len(QUESTIONS)
    assert measured.channels["hybrid"].hit == 1
    assert measured.channels["lexical"].recall == 1
    assert set(measured.simplified) == {"lexical", "hybrid"}
    assert measured.kinds["问题"] == measured.channels["hybrid"]
    assert 0 <= measured.none_wrong <= measured.none_right <= 1
    assert not list(tmp_path.glob("store.db*"))


def test_a_kept_store_gives_the_same_again(tmp_path: Path) -> None:
    folder = made_set(tmp_path / "small")
    first = evaluate_retrieval(folder, settings_for(tmp_path), tmp_path / "work")
    assert evaluate_retrieval(folder, settings_for(tmp_path), tmp_path / "work") == first


def test_where_there_is_no_set(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(NotFound, match=r"corpus\.jsonl"):
            sets(folder)


@pytest.mark.parametrize(
    ("name", "line", "where"),
    [("qrels.tsv", "q1 电梯 1\n", "第 1 行"), ("queries.jsonl", "{no json\n", "第 1 行"), ("queries.jsonl", '{"id": "q"}\n', "第 1 行")],
)
def test_a_damaged_file_is_named_with_its_line(tmp_path: Path, name: str, line: str, where: str) -> None:
    folder = made_set(tmp_path / "small")
    (folder / name).write_text(line, encoding="utf-8")
    with pytest.raises(DamagedSource, match=where) as caught:
        evaluate_retrieval(folder, settings_for(tmp_path))
    assert name in str(caught.value)
