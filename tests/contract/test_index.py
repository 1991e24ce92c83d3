"""What every engine under the index must do alike. An engine takes part by one more entry in `ENGINES`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexes import indexed, passage_ids, replace_all, vector, vectors

from corpus.errors import ModelMismatch, NotFound
from corpus.fold import bigrams, characters, fold
from search_api.index import Counts, Coverage, Index, IndexedReport, Remove, Replace, SqliteIndex, Statistics

LIFT = indexed("一.txt", "一楼业主反对加装电梯。", "每户分摊2万元。", title="老楼加梯记", facets={"issue": ("lift",), "year": ("2019",)})
MARKET = indexed("二.txt", "农贸市场摊贩占道经营。", title="菜场整治", facets={"issue": ("market",), "year": ("2019", "2020")})
PARKING = indexed("三.txt", "小区停车位不够，业主抢车位。", title="停车难", collection="提案", facets={"issue": ("parking",)}, sample=True)
ALL = (LIFT, MARKET, PARKING)
Opener = Callable[[], Index]


ENGINES: dict[str, Callable[[Path], Index]] = {"sqlite": lambda folder: SqliteIndex(folder / "索引.db")}


@pytest.fixture(params=sorted(ENGINES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens the same index again and again, as another process would."""
    opened: list[Index] = []

    def opener() -> Index:
        opened.append(ENGINES[request.param](tmp_path))
        return opened[-1]

    yield opener
    for index in opened:
        index.close()


@pytest.fixture
def index(store: Opener) -> Index:
    return store()


@pytest.fixture
def filled(index: Index) -> Index:
    index.apply(replace_all(*ALL), 7)
    return index


def stored(index: Index) -> dict[str, object]:
    """All that can be asked of an index without a query."""
    ids = index.background({}, 1000)
    texts = sorted((item.passage, item.title, item.text, item.case or "") for item in index.documents(ids))
    terms = sorted({term for item in index.documents(ids) for term in terms_of(f"{item.title}\n{item.text}")})
    return {
        "documents": texts,
        "statistics": index.statistics(),
        "counts": index.counts(),
        "frequencies": index.frequencies(terms),
        "units": [(unit.report, unit.case, dict(unit.facets)) for unit in index.units(ids) if unit],
    }


def terms_of(text: str) -> set[str]:
    folded = fold(text)
    return {*characters(folded), *bigrams(folded)}


def sources(index: Index, passages: list[str]) -> list[str]:
    return [item.source for item in index.documents(passages)]


class TestWriting:
    def test_what_went_in_comes_back(self, filled: Index) -> None:
        (first, second) = filled.documents(passage_ids(LIFT))
        assert (first.text, first.start, first.end, first.title) == ("一楼业主反对加装电梯。", 0, 11, "老楼加梯记")
        assert (first.case is None, second.case is None) == (False, True)
        assert (first.report, first.reading, first.collection, first.source) == (LIFT.report, LIFT.reading, "案例", "一.txt")
        assert filled.counts() == Counts(3, 3, 4)

    def test_documents_come_in_the_order_asked_without_the_unknown(self, filled: Index) -> None:
        first, second = passage_ids(LIFT)
        assert [item.passage for item in filled.documents([second, "no such passage", first])] == [second, first]

    def test_the_mark_moves_with_the_change(self, index: Index) -> None:
        assert index.mark() == 0
        index.apply(replace_all(LIFT), 3)
        assert (index.mark(), index.counts().reports) == (3, 1)

    def test_a_batch_that_fails_moves_neither_mark_nor_content(self, filled: Index) -> None:
        before = stored(filled)

        def updates() -> Iterator[Remove]:
            yield Remove(LIFT.report)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            filled.apply(updates(), 99)
        assert filled.mark() == 7
        assert stored(filled) == before

    def test_another_process_sees_mark_and_content_together(self, store: Opener) -> None:
        writer, reader = store(), store()
        for number in range(1, 4):
            writer.apply(replace_all(*ALL[:number]), number)
            assert (reader.mark(), reader.counts().reports) == (number, number)

    def test_a_replaced_report_leaves_nothing(self, filled: Index, tmp_path: Path) -> None:
        filled.apply(replace_all(indexed("一.txt", "换成了别的话。", title="新题", facets={"issue": ("other",)})), 8)
        assert filled.frequencies(sorted(terms_of("加装电梯老楼"))) == {}
        assert filled.candidates(["电梯"], {}, 10) == []
        assert filled.candidates(["别的"], {"issue": ["lift"]}, 10) == []
        assert sources(filled, filled.candidates(["别的"], {"issue": ["other"]}, 10)) == ["一.txt"]
        other = SqliteIndex(tmp_path / "other.db")
        other.apply(
            [*replace_all(MARKET, PARKING), Replace(indexed("一.txt", "换成了别的话。", title="新题", facets={"issue": ("other",)}))], 8
        )
        assert stored(other) == stored(filled)
        other.close()

    def test_removing_is_harmless_where_nothing_is(self, filled: Index) -> None:
        before = stored(filled)
        filled.apply([Remove("no such report")], 8)
        assert stored(filled) == before

    def test_after_removing_all_it_is_as_new(self, filled: Index) -> None:
        filled.apply([Remove(document.report) for document in ALL], 8)
        assert filled.statistics() == Statistics(0, 0, 0)
        assert filled.background({}, 10) == []

    def test_a_report_that_cannot_be_taken_is_set_aside_and_the_others_go_on(self, filled: Index) -> None:
        bad = indexed("四.txt", "半个字\ud800在这里")
        refused = filled.apply([Replace(bad), Remove(MARKET.report)], 8)
        assert [(item.report, item.number) for item in refused] == [(bad.report, 8)]
        assert filled.refused() == refused
        assert (filled.mark(), filled.counts().reports) == (8, 2)
        filled.apply(replace_all(indexed("四.txt", "好了")), 9)
        assert filled.refused() == []

    def test_a_passage_without_its_unit_is_refused(self, filled: Index) -> None:
        broken = IndexedReport(LIFT.report, "r", "案例", "一.txt", "题", False, (), LIFT.passages)
        before = stored(filled)
        assert len(filled.apply([Replace(broken)], 8)) == 1
        assert stored(filled) == before

    def test_equal_content_in_any_order_is_equal(self, filled: Index, tmp_path: Path) -> None:
        other = SqliteIndex(tmp_path / "other.db")
        for number, document in enumerate((PARKING, LIFT, MARKET, LIFT), 1):
            other.apply(replace_all(document), number)
        assert stored(other) == stored(filled)
        other.close()


class TestGenerations:
    def test_the_staged_one_is_not_seen_before_it_is_promoted(self, filled: Index, store: Opener) -> None:
        reader = store()
        staged = filled.stage()
        staged.apply(replace_all(MARKET), 12)
        assert (reader.mark(), reader.counts().reports) == (7, 3)
        staged.promote()
        assert (reader.mark(), reader.counts().reports) == (12, 1)
        assert (filled.mark(), filled.candidates(["电梯"], {}, 10)) == (12, [])

    def test_vectors_of_what_is_still_there_stay(self, filled: Index) -> None:
        filled.put_vectors("m", vectors(ALL, [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1]]))
        filled.set_live_model("m")
        staged = filled.stage()
        staged.apply(replace_all(MARKET), 12)
        staged.promote()
        assert filled.coverage("m") == Coverage(1, 1)
        assert sources(filled, filled.nearest("m", vector(1), {}, 10)) == ["二.txt"]
        filled.apply(replace_all(LIFT), 13)
        assert len(filled.without_vector("m", 10)) == 2

    def test_a_try_that_was_left_is_discarded(self, filled: Index) -> None:
        left = filled.stage()
        left.apply(replace_all(MARKET), 12)
        again = filled.stage()
        with pytest.raises(NotFound):
            left.mark()
        again.promote()
        assert filled.counts() == Counts(0, 0, 0)


class TestTerms:
    @pytest.mark.parametrize("term", ["3+x", "pm2.5", "电", "𠮷", "5g", "café", "c++", "12345", "第", "𠮷野", "2019-12"])
    def test_stored_whole_and_found(self, index: Index, term: str) -> None:
        text = "用3+X模式测PM2.5；电、𠮷野家、5G、CAFÉ、C++；拨打12345，第二年2019-12，第。"
        wanted = terms_of(text)
        index.apply(replace_all(indexed("a", text), indexed("b", "别的话")), 1)
        if term in wanted:
            assert index.frequencies([term]) == {term: 1}
            assert sources(index, index.candidates([term], {}, 10)) == ["a"]
        else:
            assert index.frequencies([term]) == {}

    def test_no_part_of_a_term_is_a_term(self, index: Index) -> None:
        index.apply(replace_all(indexed("a", "用3+X模式")), 1)
        assert index.frequencies(["3", "x", "+", "3+x"]) == {"3+x": 1}
        assert index.candidates(["3"], {}, 10) == []

    def test_title_and_script_and_width_are_searched_alike(self, index: Index) -> None:
        index.apply(replace_all(indexed("a", "內文", title="欖圍大廈ＡＰＰ")), 1)
        assert sources(index, index.candidates(["大厦"], {}, 10)) == ["a"]
        assert index.frequencies(["app", "榄围", "内文"]) == {"app": 1, "榄围": 1, "内文": 1}

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(texts=st.lists(st.text(st.sampled_from("电梯加装一a3+-x.中 ，。𠮷\n㎡"), max_size=30), min_size=1, max_size=4))
    def test_counts_are_those_of_the_tokens(self, tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
        index = SqliteIndex(tmp_path_factory.mktemp("counts") / "i.db")
        documents = [indexed(str(number), text) for number, text in enumerate(texts)]
        index.apply(replace_all(*documents), 1)
        tokens = [(characters(fold(text)), bigrams(fold(text))) for text in texts]
        terms = sorted({term for one, two in tokens for term in (*one, *two)})
        ids = [passage_ids(document)[0] for document in documents]
        for _ in range(2):  # from the file, then from memory
            counted = index.term_counts(ids, terms)
            for row, (one, two) in enumerate(tokens):
                expected = [one.count(term) or two.count(term) for term in terms]
                assert counted.counts[row].tolist() == expected
            assert counted.characters.tolist() == [len(one) for one, _ in tokens]
            assert counted.bigrams.tolist() == [len(two) for _, two in tokens]
            index.background({}, 10)
        assert index.frequencies(terms) == {term: sum(term in one or term in two for one, two in tokens) for term in terms}
        for term in terms:
            assert set(index.candidates([term], {}, 10)) == {
                passage for passage, (one, two) in zip(ids, tokens, strict=True) if term in one or term in two
            }
        index.close()

    def test_candidates_are_best_first(self, index: Index) -> None:
        index.apply(
            replace_all(
                indexed("once", "电梯坏了，物业说下个月修，住户等了又等，意见很大。"),
                indexed("twice", "电梯又坏，电梯难修。"),
                indexed("other", "菜场里的摊位。"),
            ),
            1,
        )
        assert sources(index, index.candidates(["电梯"], {}, 10)) == ["twice", "once"]
        assert sources(index, index.candidates(["电梯"], {}, 1)) == ["twice"]

    def test_no_terms_no_candidates(self, filled: Index) -> None:
        assert filled.candidates([], {}, 10) == []

    @pytest.mark.parametrize("term", ['"', "*", "NEAR", "a AND b", "col:x", "'; DROP TABLE", "OR"])
    def test_query_syntax_of_an_engine_means_nothing(self, filled: Index, term: str) -> None:
        assert filled.candidates([term], {}, 10) == []

    def test_passages_that_are_not_there_count_nothing(self, filled: Index) -> None:
        counted = filled.term_counts(["gone", passage_ids(LIFT)[0]], ["电梯"])
        assert counted.counts.tolist() == [[0.0], [1.0]]


class TestFilters:
    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ({}, ["一.txt", "三.txt", "二.txt"]),
            ({"issue": ["lift"]}, ["一.txt"]),
            ({"issue": ["lift", "market"]}, ["一.txt", "二.txt"]),
            ({"issue": ["lift", "market"], "year": ["2020"]}, ["二.txt"]),
            ({"collection": ["提案"]}, ["三.txt"]),
            ({"sample": ["0"]}, ["一.txt", "二.txt"]),
            ({"report": [LIFT.report]}, ["一.txt"]),
            ({"issue": ["nothing"]}, []),
            ({"issue": []}, ["一.txt", "三.txt", "二.txt"]),
        ],
    )
    def test_every_way_of_finding_heeds_them(self, filled: Index, filters: dict[str, list[str]], expected: list[str]) -> None:
        filled.put_vectors("m", vectors(ALL, [[1], [1], [1], [1]]))
        filled.set_live_model("m")
        terms = ["业主", "市场", "万元"]
        for found in (
            filled.candidates(terms, filters, 10),
            filled.nearest("m", vector(1), filters, 10),
            filled.background(filters, 10),
            filled.of_cases([unit.case or document.report for document in ALL for unit in document.units], filters, 10),
        ):
            assert sorted(set(sources(filled, found))) == sorted(expected)
        assert filled.counts(filters).reports == len(expected)

    def test_a_filter_follows_a_change(self, filled: Index) -> None:
        assert len(filled.background({"issue": ["lift"]}, 10)) == 1
        filled.apply(replace_all(indexed("四.txt", "又一部电梯", facets={"issue": ("lift",)})), 8)
        assert len(filled.background({"issue": ["lift"]}, 10)) == 2

    def test_units_tell_what_is_filtered_by(self, filled: Index) -> None:
        inside, outside, gone = filled.units([*passage_ids(LIFT), "gone"])
        assert inside is not None
        assert inside.facets == {"issue": ("lift",), "year": ("2019",), "collection": ("案例",), "sample": ("0",)}
        assert outside is not None
        assert (outside.report, outside.case) == (LIFT.report, None)
        assert gone is None

    def test_passages_of_cases(self, filled: Index) -> None:
        cases = [document.units[0].case or "" for document in (MARKET, LIFT)]
        assert filled.of_cases(cases, {}, 10) == [*passage_ids(MARKET), passage_ids(LIFT)[0]]
        assert filled.of_cases([LIFT.report, cases[0], "gone"], {}, 10) == [passage_ids(LIFT)[1], *passage_ids(MARKET)]
        assert filled.of_cases(cases, {}, 1) == passage_ids(MARKET)

    def test_values_among(self, filled: Index) -> None:
        assert filled.values_among("issue", ["parking", "lift", "no", "2019"]) == ["lift", "parking"]


class TestBackground:
    def test_the_same_each_time_and_spread(self, index: Index) -> None:
        documents = [indexed(str(number), f"第{number}篇") for number in range(30)]
        index.apply(replace_all(*documents), 1)
        smallest = sorted(passage for document in documents for passage in passage_ids(document))
        assert index.background({}, 10) == smallest[:10]
        assert index.background({}, 100) == smallest

    def test_follows_a_change_of_text(self, filled: Index) -> None:
        ids = filled.background({}, 10)
        assert filled.term_counts(ids, ["电梯"]).counts.sum() == 1
        filled.apply(replace_all(indexed("一.txt", "电梯电梯", "没有", title="")), 8)
        assert filled.background({}, 10) == ids
        assert filled.term_counts(ids, ["电梯"]).counts.sum() == 2


class TestVectors:
    def test_best_first_and_exact(self, filled: Index) -> None:
        filled.put_vectors("m", vectors(ALL, [[1, 0.2], [0, 1], [1, 1], [1]]))
        filled.set_live_model("m")
        ids = [passage for document in ALL for passage in passage_ids(document)]
        scores = filled.vector_scores("m", vector(1), ids)
        np.testing.assert_allclose(scores, [1 / np.sqrt(1.04), 0, np.sqrt(0.5), 1], atol=1e-3)
        assert filled.nearest("m", vector(1), {}, 10) == [ids[3], ids[0], ids[2], ids[1]]
        assert filled.nearest("m", vector(1), {}, 2) == [ids[3], ids[0]]

    def test_a_missing_one_has_no_score_and_is_not_found(self, filled: Index) -> None:
        first = LIFT.passages[0]
        filled.put_vectors("m", {first.hash: vector(1), "no passage has this": vector(0, 1)})
        filled.set_live_model("m")
        scores = filled.vector_scores("m", vector(1), [first.id, passage_ids(MARKET)[0], "gone"])
        assert scores[0] == pytest.approx(1, abs=1e-3)
        assert np.isnan(scores[1:]).all()
        assert filled.nearest("m", vector(1), {}, 10) == [first.id]
        assert filled.coverage("m") == Coverage(1, 4)
        assert filled.without_vector("m", 10) == sorted({item.hash for document in ALL for item in document.passages} - {first.hash})
        assert len(filled.without_vector("m", 2)) == 2

    def test_added_passages_and_vectors_are_taken_up(self, filled: Index, store: Opener) -> None:
        reader = store()
        filled.put_vectors("m", vectors(ALL, [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1]]))
        filled.set_live_model("m")
        assert len(reader.nearest("m", vector(1), {}, 10)) == 4
        new = indexed("四.txt", "又来一篇")
        filled.apply(replace_all(new), 8)
        assert len(reader.nearest("m", vector(1), {}, 10)) == 4
        filled.put_vectors("m", vectors([new], [[1]]))
        assert set(reader.nearest("m", vector(1), {}, 2)) == {passage_ids(new)[0], passage_ids(LIFT)[0]}
        twin = indexed("五.txt", "又来一篇")
        filled.apply(replace_all(twin), 9)
        assert len(reader.nearest("m", vector(1), {}, 3)) == 3
        assert reader.vector_scores("m", vector(1), passage_ids(twin))[0] == pytest.approx(1, abs=1e-3)

    def test_those_of_a_removed_report_are_gone(self, filled: Index) -> None:
        twin = indexed("五.txt", MARKET.passages[0].text)
        filled.apply(replace_all(twin), 8)
        filled.put_vectors("m", vectors(ALL, [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1]]))
        filled.set_live_model("m")
        filled.apply([Remove(LIFT.report), Remove(MARKET.report)], 9)
        assert set(sources(filled, filled.nearest("m", vector(1), {}, 10))) == {"三.txt", "五.txt"}
        assert filled.coverage("m") == Coverage(2, 2)
        filled.apply(replace_all(LIFT), 10)
        assert len(filled.without_vector("m", 10)) == 2

    def test_a_new_model_is_filled_beside_the_old_one_and_swapped(self, filled: Index, store: Opener) -> None:
        reader = store()
        filled.put_vectors("old", vectors(ALL, [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1]]))
        filled.set_live_model("old")
        filled.put_vectors("new", {key: np.ones(6, np.float32) for key in vectors(ALL, [[1]] * 4)})
        assert reader.live_model() == "old"
        assert len(reader.nearest("old", vector(1), {}, 10)) == 4
        with pytest.raises(ModelMismatch):
            reader.nearest("new", np.ones(6, np.float32), {}, 10)
        filled.set_live_model("new")
        assert reader.live_model() == "new"
        assert filled.coverage("old").present == 0
        assert len(reader.nearest("new", np.ones(6, np.float32), {}, 10)) == 4
        with pytest.raises(ModelMismatch):
            reader.nearest("old", vector(1), {}, 10)
        with pytest.raises(ModelMismatch):
            reader.vector_scores("new", vector(1), passage_ids(LIFT))

    def test_another_dimension_is_refused(self, filled: Index) -> None:
        made = vectors(ALL, [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1]])
        filled.put_vectors("m", made)
        with pytest.raises(ModelMismatch):
            filled.put_vectors("m", {LIFT.passages[0].hash: np.ones(3, np.float32)})

    def test_before_a_model_goes_live_none_is_searched(self, filled: Index) -> None:
        assert filled.live_model() is None
        with pytest.raises(ModelMismatch):
            filled.nearest("m", vector(1), {}, 10)

    def test_an_empty_index_may_have_a_live_model(self, index: Index) -> None:
        index.set_live_model("m")
        assert index.live_model() == "m"
        assert index.nearest("m", vector(1), {}, 10) == []
        index.apply(replace_all(LIFT), 1)
        index.put_vectors("m", vectors([LIFT], [[1], [0, 1]]))
        assert len(index.nearest("m", vector(1), {}, 10)) == 2


class TestState:
    def test_changes_when_what_can_be_found_changes(self, index: Index) -> None:
        seen = [index.state()]
        index.apply(replace_all(LIFT), 1)
        seen.append(index.state())
        index.put_vectors("m", vectors([LIFT], [[1], [0, 1]]))
        index.set_live_model("m")
        seen.append(index.state())
        index.apply([Remove(LIFT.report)], 2)
        seen.append(index.state())
        assert len(set(seen)) == len(seen)
        assert index.state() == seen[-1]

    def test_threads_share_one_object(self, filled: Index) -> None:
        filled.put_vectors("m", vectors(ALL, [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1]]))
        filled.set_live_model("m")
        wrong: list[object] = []

        def ask() -> None:
            for _ in range(30):
                first = filled.nearest("m", vector(1), {}, 1)
                if first != passage_ids(LIFT)[:1] or not filled.candidates(["业主"], {}, 10):
                    wrong.append(first)

        def write() -> None:
            for number in range(30):
                new = indexed(f"{number}.txt", f"第{number}篇，业主。")
                filled.apply(replace_all(new), 8 + number)
                filled.put_vectors("m", vectors([new], [[0, 0, 0, 1]]))

        threads = [threading.Thread(target=ask) for _ in range(4)] + [threading.Thread(target=write)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert filled.counts().reports == 33
