"""What a language model writes, read with patience: as asked for, in a fence, with talk around it, cut off, or something else."""

from __future__ import annotations

import json

import pytest

from ingest.annotate import fingerprint, messages, read_answer
from ingest.annotate.answer import MOST
from ingest.annotate.locating import Locator

FACT = {"type": "actor", "quote": "社区党委开会", "name": "社区党委"}
WHOLE = json.dumps({"facts": [FACT]}, ensure_ascii=False)


@pytest.mark.parametrize(
    "content",
    [
        WHOLE,
        f"\n {WHOLE} \n",
        f"```json\n{WHOLE}\n```",
        f"好的，以下是结果：\n```\n{WHOLE}\n```\n希望有帮助。",
        f"我找到 {{1}} 条事实。{WHOLE} 完毕。",
        f'<think>先看 {{"facts": []}} 行不行……</think>{WHOLE}',
        json.dumps([FACT], ensure_ascii=False),
        json.dumps(FACT, ensure_ascii=False),
        json.dumps({"facts": [FACT], "note": "多余的字段"}, ensure_ascii=False),
    ],
)
def test_facts_are_found_in_any_wrapping(content: str) -> None:
    answer = read_answer(content)
    assert answer is not None
    assert answer.claims == (FACT,)
    assert not answer.cut


@pytest.mark.parametrize("content", ['{"facts": []}', '没有找到。\n{"facts": []}', "[]"])
def test_no_facts_are_an_answer(content: str) -> None:
    answer = read_answer(content)
    assert answer is not None
    assert answer.claims == ()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "我不能回答这个问题。",
        "<html><body>502 Bad Gateway</body></html>",
        '{"answer": "no"}',
        '{"facts": {"actor": "社区党委"}}',
        '{"facts": "社区党委"}',
        "[1, 2, 3]",
        '{"facts": [{"type": "actor", "quo',
        "[" * 100_000,
        "3",
    ],
)
def test_what_holds_no_list_of_facts_is_no_answer(content: str) -> None:
    assert read_answer(content) is None


def test_of_an_answer_that_breaks_off_the_facts_written_in_full_count() -> None:
    content = WHOLE.removesuffix("]}") + ', {"type": "person", "quote": "王某说'
    answer = read_answer(content)
    assert answer is not None
    assert answer.claims == (FACT,)
    assert answer.cut


def test_facts_beyond_measure_are_counted_and_not_looked_at() -> None:
    answer = read_answer(json.dumps({"facts": [FACT] * (MOST + 7)}))
    assert answer is not None
    assert (len(answer.claims), answer.surplus) == (MOST, 7)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("“议事会”开了3次", "“议事会”开了３次"),
        ('"议事会"开了3次', "“议事会”开了３次"),
        ("「议事会」开了３次", "“议事会”开了３次"),
        (" 同意率90%。 ", "同意率90％。"),
    ],
)
def test_quotations_are_found_whatever_their_width_and_marks(words: str, found: str) -> None:
    text = "社区“议事会”开了３次，同意率90％。"
    span = Locator(text).find(words)
    assert span is not None
    assert text[slice(*span)] == found


@pytest.mark.parametrize("words", ["议事会开了3次", "议事會", "议事会……3次", "", "   ", "社区议事会"])
def test_other_words_are_not(words: str) -> None:
    assert Locator("社区“议事会”开了３次，同意率90％。").find(words) is None


def test_what_is_asked_names_the_vocabulary_and_holds_the_text_as_material() -> None:
    system, user = messages("某某社区开会。")
    for word in ("takes_part_in", "objection", "筹资", "已解决", "社区类型", "quote"):
        assert word in system["content"]
    assert "has_case" not in system["content"]
    assert user["content"].count("某某社区开会。") == 1


def test_a_fingerprint_names_the_model_and_what_it_was_asked() -> None:
    assert fingerprint("a").startswith("a@")
    assert fingerprint("a") != fingerprint("b")
    assert fingerprint("a") == fingerprint("a")
