"""The gold set is what the guideline (docs/annotation.md) asks for: every row has known labels, and relations join annotated words."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import DamagedSource, NotFound
from corpus.vocabulary import ontology
from search_api.evaluation.extraction import ASPECTS, TYPES, evaluate_extraction
from search_api.evaluation.extraction_table import table
from search_api.evaluation.gold import GoldText, load

GOLD = Path(__file__).parents[1] / "data" / "gold"
STANCES = frozenset("demand objection concern offer concession option vote".split())
STEPS = frozenset("提出 商议 决定 筹资 实施 监督 评价".split())
STATES = frozenset("已解决 部分解决 未解决 反弹 中止 未记载".split())
TEXT = "柳桥街道出资3万元。"
ROWS = """{"type":"actor","quote":"柳桥街道","n":1,"case":1,"kind":"派出机关"}
{"type":"measure","quote":"3万元","n":1,"case":1,"value":30000,"unit":"元"}
"""


@pytest.fixture(scope="module", params=["open", "kept"])
def half(request: pytest.FixtureRequest) -> list[GoldText]:
    return load(GOLD / request.param)


def test_there_are_25_texts_and_each_has_many_kinds_of_rows(half: list[GoldText]) -> None:
    assert len(half) == 25
    for text in half:
        assert len({row.type for row in text.rows}) >= 8


def test_types_and_labels_are_known(half: list[GoldText]) -> None:
    for text in half:
        for row in text.rows:
            assert row.type in TYPES
            assert text.text[row.start : row.end] == row.told["quote"]
            assert row.told.get("aspect", "户数") in ASPECTS
            assert row.told.get("stance", "vote") in STANCES
            assert row.told.get("step", "提出") in STEPS
            assert row.told.get("state", "反弹") in STATES
            assert row.told.get("relation", "leads") in ontology().edges


def test_no_row_stands_twice_and_relations_join_words_of_the_text(half: list[GoldText]) -> None:
    for text in half:
        seen = [
            (
                row.type,
                row.start,
                row.end,
                *(str(row.told.get(name)) for name in ("aspect", "stance", "step", "relation", "head", "tail", "modality")),
            )
            for row in text.rows
        ]
        assert len(seen) == len(set(seen))
        assert all(row.told["head"] in text.text and row.told["tail"] in text.text for row in text.rows if row.type == "relation")


def test_a_case_has_one_state_at_most(half: list[GoldText]) -> None:
    for text in half:
        cases = [row.case for row in text.rows if "state" in row.told]
        assert len(cases) == len(set(cases))


def test_a_set_is_measured(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(ROWS, encoding="utf-8")
    measured = evaluate_extraction(tmp_path)
    assert (measured.types["measure"].gold, measured.types["measure"].found, measured.types["measure"].exact) == (1, 1, 1)
    assert measured.attributes["measure.value"] == (1, 1)
    assert "| measure | 1 | 1 | 1.000 | 1.000 |" in table(measured)


def test_wrong_rows_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for wrong, words in ((ROWS.replace("3万元", "5万元"), "没有第 1 处"), ("{", "JSON"), ("[]", "对象"), ('{"quote": "街"}', "type")):
        (tmp_path / "a.jsonl").write_text(wrong, encoding="utf-8")
        with pytest.raises(DamagedSource, match=words):
            load(tmp_path)
