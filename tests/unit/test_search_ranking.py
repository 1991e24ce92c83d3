"""The parts of ranking by themselves: normalising, BM25, terms, marks, cursors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexes import indexed, passage_ids, replace_all

from corpus.errors import CursorExpired, UsageError
from search_api import cursor
from search_api.index import Index, SqliteIndex, Statistics
from search_api.ranking import lexical
from search_api.ranking.fusion import WEIGHTS, fused, normalised, weights_with
from search_api.ranking.highlight import Marker
from search_api.ranking.recognise import Recognised
from search_api.ranking.terms import COUNTED, LOOKED_UP, query_terms, rarity

SCORES = st.lists(st.floats(-1e3, 1e3, width=32), min_size=1, max_size=50)


class TestNormalising:
    @given(SCORES)
    def test_mean_and_spread(self, values: Sequence[float]) -> None:
        made = normalised(np.array(values, np.float32)).astype(np.float64)
        assert made.mean() == pytest.approx(0, abs=1e-3)
        assert made.std() == pytest.approx(1, abs=1e-3) or not made.any()

    @given(SCORES, st.floats(0.5, 50), st.floats(-100, 100))
    def test_scale_and_origin_do_not_matter(self, values: Sequence[float], scale: float, origin: float) -> None:
        one = np.array(values, np.float32)
        if one.std() > 1e-2:
            np.testing.assert_allclose(normalised(one), normalised((one * scale + origin).astype(np.float32)), atol=5e-2)

    def test_no_spread_adds_nothing(self) -> None:
        assert normalised(np.full(5, 3.7, np.float32)).tolist() == [0.0] * 5

    def test_what_has_no_score_is_ordinary(self) -> None:
        made = normalised(np.array([1, np.nan, 3], np.float32))
        assert made.tolist() == [-1.0, 0.0, 1.0]
        assert normalised(np.array([np.nan, np.nan], np.float32)).tolist() == [0.0, 0.0]

    def test_a_weaker_model_weighs_less_and_an_unknown_one_as_the_default(self) -> None:
        assert weights_with("use-multilingual-v3")["semantic"] < WEIGHTS["semantic"]
        assert weights_with("use-multilingual-v3")["lexical"] == WEIGHTS["lexical"]
        assert weights_with("another") == weights_with(None) == WEIGHTS

    def test_fused_is_the_weighted_sum(self) -> None:
        channels = {"lexical": np.array([1, 0], np.float32), "semantic": np.array([0, 1], np.float32)}
        assert fused(channels, {"lexical": 1.0, "semantic": 2.0}).tolist() == [1.0, 2.0]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = SqliteIndex(tmp_path / "i.db")
    made.apply(replace_all(indexed("a", "电梯电梯加装"), indexed("b", "加装护栏和扶手"), indexed("c", "菜场3+X模式")), 1)
    return made


class TestWords:
    def test_bm25_by_hand(self, index: Index) -> None:
        statistics = index.statistics()
        assert statistics == Statistics(3, 6 + 7 + 5, 5 + 6 + 3)
        terms = query_terms("电梯", index, statistics)
        ids = [passage_ids(indexed(name, ""))[0] for name in "ab"]
        counted = index.term_counts(ids, terms.all)
        by_character, by_bigram = lexical.scores(terms, counted, statistics)
        idf = math.log(1 + 2.5 / 1.5)
        norm = 1.2 * (0.25 + 0.75 * 6 / 6)
        assert by_character[0] == pytest.approx(2 * idf * 2 * 2.2 / (2 + norm))
        norm = 1.2 * (0.25 + 0.75 * 5 / (14 / 3))
        assert by_bigram[0] == pytest.approx(idf * 2 * 2.2 / (2 + norm))
        assert (by_character[1], by_bigram[1]) == (0, 0)

    def test_the_rarest_terms_are_looked_up(self, index: Index) -> None:
        statistics = index.statistics()
        assert query_terms("加装电梯", index, statistics).lookup == ("电梯", "加装")
        assert query_terms("梯", index, statistics).lookup == ("梯",)
        assert query_terms("飞碟", index, statistics).lookup == ()

    def test_a_query_whose_pairs_are_unknown_is_looked_up_by_character(self, index: Index) -> None:
        assert set(query_terms("梯护", index, index.statistics()).lookup) == {"梯", "护"}

    def test_a_long_query_is_cut_to_its_rarest_terms(self, tmp_path: Path) -> None:
        index = SqliteIndex(tmp_path / "long.db")
        text = "".join(chr(0x4E00 + number) for number in range(2000))
        index.apply(replace_all(indexed("a", text)), 1)
        terms = query_terms(text * 10, index, index.statistics())
        assert len(terms.lookup) == LOOKED_UP
        assert len(terms.characters.weights) == len(terms.bigrams.weights) == COUNTED
        index.close()

    def test_rarity_falls_with_frequency_and_is_never_negative(self) -> None:
        values = [rarity(100, number) for number in range(1, 101)]
        assert values == sorted(values, reverse=True)
        assert values[-1] > 0


class TestMarks:
    def test_words_whole_and_function_words_not(self) -> None:
        marker = Marker("老旧小区怎么加装电梯的")
        text = "这个小区的电梯是去年加装的，怎么样？"
        assert [text[start:end] for start, end in marker.spans(text)] == ["小区", "电梯", "加装"]

    def test_neighbours_become_one(self) -> None:
        text = "一楼业主反对加装电梯。"
        assert [text[slice(*span)] for span in Marker("加装电梯").spans(text)] == ["加装电梯"]

    def test_traditional_text_full_width_and_case(self) -> None:
        text = "欖圍大廈加裝電梯，用ＡＰＰ報名"
        assert [text[slice(*span)] for span in Marker("加装电梯 app").spans(text)] == ["加裝電梯", "ＡＰＰ"]

    def test_a_single_character_is_marked_only_when_it_is_the_query(self) -> None:
        assert Marker("电").spans("电梯停电") == ((0, 1), (3, 4))
        assert Marker("停车难").spans("难忘的车站") == ()

    def test_pairs_where_no_word_is_shared(self) -> None:
        text = "乙丙丁的院子"
        assert [text[slice(*span)] for span in Marker("甲乙丙").spans(text)] == ["乙丙"]

    def test_what_means_the_same_and_terms_of_recognised_concepts(self) -> None:
        recognised = [Recognised("housing.lift", "issue", "加装电梯", 0, 3)]
        text = "老楼加梯，住户盼了十年。"
        assert [text[slice(*span)] for span in Marker("装电梯", recognised).spans(text)] == ["老楼加梯"]

    @given(st.text(max_size=60), st.text(max_size=200))
    def test_spans_lie_in_the_text_in_order_and_apart(self, query: str, text: str) -> None:
        spans = Marker(query).spans(text)
        borders = [border for span in spans for border in span]
        assert borders == sorted(set(borders))
        assert not borders or (borders[0] >= 0 and borders[-1] <= len(text))


class TestCursors:
    def test_there_and_back(self) -> None:
        here = cursor.position("s1", "电梯", "hybrid", offset=20)
        assert cursor.read(cursor.written(here), cursor.position("s1", "电梯", "hybrid")) == 20

    def test_another_state_has_expired_and_another_query_is_wrong(self) -> None:
        written = cursor.written(cursor.position("s1", "电梯", offset=20))
        with pytest.raises(CursorExpired):
            cursor.read(written, cursor.position("s2", "电梯"))
        with pytest.raises(UsageError, match="另一个查询"):
            cursor.read(written, cursor.position("s1", "菜场"))

    @given(st.text(max_size=40))
    def test_what_is_no_cursor_is_said_to_be_none(self, text: str) -> None:
        with pytest.raises(UsageError):
            cursor.read(text, cursor.position("s1", "电梯"))
