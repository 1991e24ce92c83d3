"""Folding keeps positions, makes the two scripts one, and its terms survive the tokenizers of the engines."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fold import bigrams, characters, decode, encode, encode_line, fingerprint, fold

# Texts as they come: ideographs of both scripts, letters, digits, symbols, and the rest of Unicode now and then.
mixed = st.text(st.one_of(st.sampled_from("加装電梯臺湾着著計畫3+xX/.-ＡＢ３％，。 “”㎡①㈠İßé\u200b𠮷\n"), st.characters()), max_size=60)


@given(mixed)
def test_fold_keeps_every_position(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded == "".join(fold(character) for character in text)


@given(mixed)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("３＋Ｘ", "3+x"),
        ("PM2.5", "pm2.5"),
        ("臺灣、颱風、台阶", "台湾、台风、台阶"),
        ("①⒈㈠⑴⒜", "11一1a"),
        ("⼀⽼", "一老"),  # Kangxi radicals, as PDF files have them
        ("\uf901新", "更新"),  # compatibility ideograph
        ("㎡½…", "㎡½…"),  # longer when decomposed: they stay
        ("İ", "İ"),
        ("𠮷𝐀", "𠮷a"),
        ("\ud800加", "\ud800加"),
        ("", ""),
    ],
)
def test_fold_examples(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("計畫藉由座談瞭解居民意見並回覆", "计划借由座谈了解居民意见并回复"),
        ("看著老舊社區復甦", "看着老旧社区复苏"),
        ("裡面的髮廊與後巷的麵館", "里面的发廊与后巷的面馆"),
        ("乾淨、幹部、干涉", "干净、干部、干涉"),
        ("臺北市衛生局", "台北市卫生局"),
        ("爲羣衆說話", "为群众说话"),
        ("纔有鐘錶店", "才有钟表店"),
    ],
)
def test_both_scripts_fold_to_the_same(traditional: str, simplified: str) -> None:
    assert fold(traditional) == fold(simplified) == fold(opencc.OpenCC("t2s").convert(traditional))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加装电梯", ["加", "装", "电", "梯"]),
        ("“３＋Ｘ”协商", ["3+x", "协", "商"]),
        ("PM2.5超标", ["pm2.5", "超", "标"]),
        ("GB/T 50378", ["gb/t", "gb", "t", "50378"]),
        ("2019-12-27", ["2019-12-27", "2019", "12", "27"]),
        ("党建+网格", ["党", "建", "网", "格"]),
        ("二〇一九", ["二", "〇", "一", "九"]),
        ("𠮷", ["𠮷"]),
        ("加\u200b装", ["加", "装"]),
        ("，。+-", []),
        ("", []),
    ],
)
def test_characters(text: str, expected: list[str]) -> None:
    assert characters(fold(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加装电梯", ["加装", "装电", "电梯"]),
        ("电梯，一楼", ["电梯", "一楼"]),
        ("3+x协商", ["3+x", "协商"]),
        ("第3个", ["第", "3", "个"]),
        ("梯", ["梯"]),
        ("加\u200b装", ["加装"]),
        ("小区\n改造", ["小区", "改造"]),
        ("", []),
    ],
)
def test_bigrams(text: str, expected: list[str]) -> None:
    assert bigrams(fold(text)) == expected


@given(mixed)
def test_every_letter_and_digit_is_in_some_term(text: str) -> None:
    folded = fold(text)
    letters = {character for character in folded if character.isalnum()}
    for terms in (characters(folded), bigrams(folded)):
        assert letters <= set("".join(terms))
        assert all(term and not term.isspace() and " " not in term for term in terms)


def test_a_word_of_any_length_gives_terms_that_engines_take() -> None:
    for word in ("a" * 5000, "é" * 500, "/".join("я" * 90 for _ in range(9)), "-".join(["𝼀" * 40] * 8), "a.b/c_d@e-f" * 100):
        terms = characters(fold(word))
        assert terms
        assert max(len(encode(term)) for term in terms) <= 255


@given(mixed.filter(bool))
def test_encode_is_undone_by_decode_and_leaves_letters_and_digits(token: str) -> None:
    encoded = encode(token)
    assert decode(encoded) == token
    assert encoded.isalnum()


@given(st.lists(mixed.map(fold).map(characters), max_size=4).map(lambda lists: [term for terms in lists for term in terms]))
def test_a_line_is_its_tokens_encoded(tokens: list[str]) -> None:
    assert encode_line(tokens).split(" ") == [encode(token) for token in tokens] or not tokens


def test_the_escape_itself_is_told_apart() -> None:
    assert encode("3+x") != encode(encode("3+x"))
    assert decode(encode("ʘ2bʘ")) == "ʘ2bʘ"


def _stored(tokens: list[str]) -> set[str]:
    """The terms that SQLite's default tokenizer keeps of the encoded tokens."""
    with sqlite3.connect(":memory:") as base:
        base.execute("create virtual table t using fts5(body)")
        base.execute("create virtual table v using fts5vocab(t, 'row')")
        base.execute("insert into t values (?)", (encode_line(tokens),))
        stored = {term for (term,) in base.execute("select term from v")}
    base.close()
    return stored


@given(mixed)
def test_fts5_keeps_each_term_whole(text: str) -> None:
    folded = fold(text)
    terms = {*characters(folded), *bigrams(folded)} - {term for term in characters(folded) if any("\ud800" <= c < "\ue000" for c in term)}
    assert {decode(term) for term in _stored(sorted(terms))} == terms


def test_fts5_keeps_every_character_that_is_not_escaped() -> None:
    plain = [chr(point) for point in range(0x30000) if encode(chr(point)) == chr(point)]
    assert len(plain) > 27_000
    assert _stored(plain) == set(plain)


def test_the_fingerprint_is_the_same_in_another_process() -> None:
    code = "from corpus.fold import fingerprint; print(fingerprint())"
    again = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": "7"}
    )
    assert again.stdout.strip() == fingerprint()
