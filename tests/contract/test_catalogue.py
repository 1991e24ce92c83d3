"""What every engine under the catalogue must do alike: reports, readings, corrections, withdrawals, judgements, quarantine, vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from readings import incoming, masked, reading
from sqlalchemy import create_engine, select, text

from corpus.catalogue import Catalogue
from corpus.catalogue.schema import metadata
from corpus.errors import DamagedSource, NotFound, UsageError
from corpus.identity import passage_hash, report_id
from corpus.model import Change, Comparison, Fact, Judgement, Metadata, Section, SetAside, with_ids

LIFT = "老楼加梯记\n一楼反对加装电梯。居委会开了三次会。每户分摊两万元。\n电梯装上了。高层住户满意。"
MARKET = "菜场整治记\n摊贩占道经营。街道办劝导。\n市场变整洁了。"


def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in metadata.sorted_tables}
    engine.dispose()
    return found


def holders(url: str, needle: str) -> set[str]:
    """Tables with a row that has `needle` in one of its plain columns."""
    return {name for name, rows in contents(url).items() if any(needle in str(value) for row in rows for value in row)}


class TestReading:
    def test_comes_back_as_it_went_in(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        assert catalogue.put_many([item]) == ["new"]
        assert catalogue.reading(item.reading.id) == item.reading
        assert catalogue.readings([item.reading.report]) == {item.reading.report: item.reading}
        assert catalogue.revision_bytes(item.reading.report) == (LIFT.encode(), "txt")

    def test_every_field_of_every_fact_comes_back(self, catalogue: Catalogue) -> None:
        made = reading(LIFT)
        full = Fact(
            id="", type="measure", name="两万元", start=24, end=27, sentence="不是原句", sentence_start=20, sentence_end=27, case="c",
            canonical="a", aliases=("甲", "乙"), kind="k", post="主任", organisation="居委会", concept="x", evidence=((0, 2), (5, 9)),
            modality="planned", speaker="s", time="2024", place="p", confidence=0.25, rule="r", aspect="a", holder="h", stance="vote",
            step="提出", state="s", told_by="自述", value=20000.0, value_max="2015-10", unit="元", qualifier="约", subject="每户", per="户",
            comparison=Comparison("increase", start=1.0, to=2.5, by=1.5, by_unit="%"), relation="funds", head="h", tail="t",
            head_type="actor", tail_type="place",
        )  # fmt: skip
        unset = [field.name for field in fields(Fact) if field.name != "id" and getattr(full, field.name) == field.default]
        assert not unset
        made = replace(made, facts=with_ids(made.report, [*made.facts, full]))
        catalogue.put(made, collection="案例", source="一.txt", data=LIFT.encode(), media="txt")
        assert catalogue.reading(made.id) == made
        assert [stored.fact for stored in catalogue.facts(report=made.report)] == list(made.facts)

    def test_of_a_report_and_not_of_others(self, catalogue: Catalogue) -> None:
        one, two = incoming(LIFT), incoming(MARKET, source="二.txt")
        catalogue.put_many([one, two])
        assert set(catalogue.readings([two.reading.report, "0" * 32])) == {two.reading.report}
        with pytest.raises(NotFound):
            catalogue.reading("0" * 32)

    def test_gives_no_originals_of_what_was_masked(self, catalogue: Catalogue, store_url: str) -> None:
        item = masked("来信\n电话13800001111请回。🀄好。", "13800001111")
        catalogue.put_many([item])
        loaded = catalogue.reading(item.reading.id)
        assert loaded == replace(item.reading, personal=tuple(replace(p, original="") for p in item.reading.personal))
        assert catalogue.personal(item.reading.id) == item.reading.personal
        assert holders(store_url, "13800001111") == {"personal"}

    @pytest.mark.parametrize("bad", ["空\x00字", "半个\ud83d"])
    def test_that_no_database_can_keep_is_refused_and_the_batch_with_it(self, catalogue: Catalogue, bad: str) -> None:
        made = replace(reading("好的正文。", source="坏.txt"), text=bad)
        broken = replace(incoming("好的正文。", source="坏.txt"), reading=made)
        with pytest.raises(DamagedSource):
            catalogue.put_many([incoming(LIFT), broken])
        assert catalogue.counts()["reports"] == 0
        assert catalogue.head() == 0

    @pytest.mark.parametrize("name", ["名\udcff.txt", "名\x00.txt"])
    def test_of_a_name_that_no_database_can_keep_is_refused_and_can_be_set_aside(self, catalogue: Catalogue, name: str) -> None:
        with pytest.raises(DamagedSource) as caught:
            catalogue.put_many([incoming(LIFT), incoming(LIFT, source=name)])
        assert catalogue.head() == 0
        catalogue.set_aside([SetAside("案例", name, "damaged", f"{name}：{caught.value}")])
        assert "txt" in catalogue.quarantine()[0].source
        with pytest.raises(NotFound):
            catalogue.find_report(name)
        assert catalogue.entities(query=name) == []

    def test_of_metadata_that_no_database_can_keep_is_refused(self, catalogue: Catalogue) -> None:
        with pytest.raises(DamagedSource):
            catalogue.put_many([incoming(LIFT, metadata=Metadata(title="题\ud83d"))])

    def test_must_belong_to_the_source_and_the_bytes(self) -> None:
        item = incoming(LIFT)
        with pytest.raises(ValueError, match="another report"):
            replace(item, source="别的.txt")
        with pytest.raises(ValueError, match="other bytes"):
            replace(item, data=b"x")


class TestPut:
    def test_of_the_same_writes_nothing(self, catalogue: Catalogue, store_url: str) -> None:
        items = [incoming(LIFT), incoming(MARKET, source="二.txt")]
        catalogue.put_many(items)
        before = contents(store_url)
        assert catalogue.put_many(items) == ["unchanged", "unchanged"]
        assert contents(store_url) == before

    def test_of_changed_bytes_is_a_new_revision_and_changes_only_that_report(self, catalogue: Catalogue) -> None:
        other = incoming(MARKET, source="二.txt")
        catalogue.put_many([incoming(LIFT), other])
        changed = incoming(LIFT + "后来又坏了。")
        head = catalogue.head()
        assert catalogue.put_many([other, changed]) == ["unchanged", "changed"]
        report = catalogue.report(changed.reading.report)
        assert (report.number, report.revision, report.reading) == (2, changed.reading.revision, changed.reading.id)
        assert catalogue.revision_bytes(report.id) == (changed.data, "txt")
        assert catalogue.revision_bytes(report.id, 1) == (LIFT.encode(), "txt")
        assert catalogue.reading(changed.reading.id) == changed.reading
        assert catalogue.reading(other.reading.id) == other.reading
        assert catalogue.feed(head) == [Change(head + 1, "report", report.id)]

    def test_by_another_pipeline_is_a_new_reading_of_the_same_revision(self, catalogue: Catalogue) -> None:
        first, second = incoming(LIFT), incoming(LIFT, pipeline="2")
        catalogue.put_many([first])
        assert catalogue.stale("2") == [first.reading.report]
        assert catalogue.put_many([second]) == ["changed"]
        assert catalogue.report(first.reading.report).number == 1
        assert catalogue.stale("2") == []
        with pytest.raises(NotFound):
            catalogue.reading(first.reading.id)

    def test_going_back_to_earlier_bytes_is_a_third_revision(self, catalogue: Catalogue, store_url: str) -> None:
        first, second = incoming(LIFT), incoming(MARKET)
        for item in (first, second, first):
            catalogue.put_many([item])
        assert catalogue.report(first.reading.report).number == 3
        assert catalogue.reading(first.reading.id) == first.reading
        assert len(contents(store_url)["content"]) == 2

    def test_of_one_report_twice_in_a_batch(self, catalogue: Catalogue) -> None:
        first, second = incoming(LIFT), incoming(MARKET)
        assert catalogue.put_many([first, second, second]) == ["new", "changed", "unchanged"]
        assert catalogue.reading(catalogue.report(first.reading.report).reading) == second.reading

    def test_of_nothing(self, catalogue: Catalogue) -> None:
        assert catalogue.put_many([]) == []

    def test_of_an_empty_text(self, catalogue: Catalogue) -> None:
        item = incoming("")
        catalogue.put_many([item])
        assert catalogue.reading(item.reading.id) == item.reading

    def test_of_more_reports_than_a_statement_takes_names(self, catalogue: Catalogue) -> None:
        items = [incoming(f"题{n}\n内容{n}。", source=f"{n:04d}.txt") for n in range(1100)]
        assert set(catalogue.put_many(items)) == {"new"}
        assert len(catalogue.known_many([item.reading.report for item in items])) == 1100
        assert catalogue.put_many(items) == ["unchanged"] * 1100
        assert len(catalogue.readings([item.reading.report for item in items])) == 1100

    def test_is_known_afterwards(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        assert catalogue.known(item.reading.report) is None
        catalogue.put_many([item])
        known = catalogue.known(item.reading.report)
        assert known is not None
        assert (known.revision, known.pipeline, known.reading, known.withdrawn) == (item.reading.revision, "1", item.reading.id, False)


class TestOlderReading:
    """An older reading goes, unless somebody judged about it."""

    def judge(self, catalogue: Catalogue, target: str) -> None:
        catalogue.judge(Judgement("j", "wrong", target, "", "评审", "2024-05-01T00:00:00Z"))

    def test_goes(self, catalogue: Catalogue, store_url: str) -> None:
        catalogue.put_many([incoming(LIFT)])
        catalogue.put_many([incoming(MARKET)])
        assert holders(store_url, "一楼反对") == set()

    def test_stays_with_all_it_had_where_it_was_judged(self, catalogue: Catalogue) -> None:
        first = incoming(LIFT)
        catalogue.put_many([first])
        self.judge(catalogue, first.reading.id)
        for text_ in (MARKET, MARKET + "又。", MARKET):
            catalogue.put_many([incoming(text_)])
        assert catalogue.reading(first.reading.id) == first.reading
        assert {stored.reading for stored in catalogue.facts()} == {catalogue.report(first.reading.report).reading}

    def test_stays_where_a_fact_was_judged_that_the_newer_one_lacks(self, catalogue: Catalogue) -> None:
        first = incoming(LIFT)
        catalogue.put_many([first])
        self.judge(catalogue, first.reading.facts[0].id)
        second = incoming(LIFT + "多一句话。")
        catalogue.put_many([second])
        with pytest.raises(NotFound):  # the fact is read in the newer one too
            catalogue.reading(first.reading.id)
        catalogue.put_many([incoming(MARKET)])
        assert catalogue.reading(second.reading.id) == second.reading
        catalogue.retract("j")
        catalogue.put_many([incoming(MARKET + "再改。")])
        with pytest.raises(NotFound):
            catalogue.reading(second.reading.id)

    def test_becomes_current_again(self, catalogue: Catalogue) -> None:
        first = incoming(LIFT)
        catalogue.put_many([first])
        self.judge(catalogue, first.reading.id)
        catalogue.put_many([incoming(MARKET)])
        catalogue.put_many([first])
        assert catalogue.reading(first.reading.id) == first.reading
        assert [stored.fact for stored in catalogue.facts()] == list(first.reading.facts)

    def test_goes_with_its_report(self, catalogue: Catalogue, store_url: str) -> None:
        first = incoming(LIFT)
        catalogue.put_many([first])
        self.judge(catalogue, first.reading.id)
        catalogue.put_many([incoming(MARKET)])
        catalogue.withdraw(first.reading.report, why="", who="")
        assert contents(store_url)["reading"] == []


class TestWithdraw:
    def test_leaves_a_tombstone_and_nothing_else(self, catalogue: Catalogue, store_url: str) -> None:
        item = masked("来信\n电话13800001111请回。", "13800001111", source="来信/甲.txt")
        report = item.reading.report
        catalogue.put_many([item])
        catalogue.put_vectors("m", {hash: np.ones(4) for hash, _ in catalogue.passages_without_vector("m", 10)})
        catalogue.correct(report, "title", "甲的来信", who="编辑")
        catalogue.set_aside([SetAside("案例", "来信/甲.txt", "damaged", "来信/甲.txt：读不了")])
        assert catalogue.withdraw(report, why="本人要求", who="管理员")
        rows = {name: found for name, found in contents(store_url).items() if found}
        assert set(rows) == {"judgement", "feed", "meta"}
        [(number, id, kind, target, value, who, when, why)] = rows["judgement"]
        assert (kind, target, value, who, why) == ("withdrawn", report, "", "管理员", "本人要求")
        assert (id, len(when)) == (catalogue.judgements("withdrawn")[0].id, 20)
        assert number > 0
        assert catalogue.feed(catalogue.head() - 1) == [Change(catalogue.head(), "report", report, gone=True)]

    def test_lasts_when_the_folder_is_read_again(self, catalogue: Catalogue, store_url: str) -> None:
        item = incoming(LIFT)
        catalogue.put_many([item])
        catalogue.withdraw(item.reading.report, why="", who="")
        before = contents(store_url)
        assert catalogue.put_many([item, incoming(LIFT + "改了。")]) == ["withdrawn", "withdrawn"]
        catalogue.set_aside([SetAside(item.collection, item.source, "empty", "空")])
        assert contents(store_url) == before
        known = catalogue.known(item.reading.report)
        assert known is not None
        assert known.withdrawn

    def test_is_undone_by_restore(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        catalogue.put_many([item])
        catalogue.withdraw(item.reading.report, why="", who="")
        assert catalogue.put_many([replace(item, restore=True)]) == ["new"]
        assert catalogue.reading(item.reading.id) == item.reading
        assert catalogue.report(item.reading.report).number == 1
        assert catalogue.judgements("withdrawn") == []
        assert catalogue.put_many([replace(item, restore=True)]) == ["unchanged"]

    def test_twice_keeps_the_first_reason(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        catalogue.put_many([item])
        assert catalogue.withdraw(item.reading.report, why="一", who="甲")
        head = catalogue.head()
        assert not catalogue.withdraw(item.reading.report, why="二", who="乙")
        assert catalogue.judgements("withdrawn")[0].why == "一"
        assert catalogue.head() == head

    def test_of_an_unknown_report(self, catalogue: Catalogue) -> None:
        with pytest.raises(NotFound):
            catalogue.withdraw("0" * 32, why="", who="")

    def test_keeps_what_another_report_shares(self, catalogue: Catalogue) -> None:
        one, two = incoming(LIFT), incoming(LIFT, source="二.txt")
        catalogue.put_many([one, two])
        hashes = [hash for hash, _ in catalogue.passages_without_vector("m", 10)]
        catalogue.put_vectors("m", {hash: np.ones(4) for hash in hashes})
        catalogue.withdraw(one.reading.report, why="", who="")
        assert catalogue.revision_bytes(two.reading.report) == (two.data, "txt")
        assert set(catalogue.vectors("m", hashes)) == set(hashes)
        assert catalogue.reading(two.reading.id) == two.reading


class TestCorrections:
    def test_lie_over_what_is_read_now_and_later(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        report = item.reading.report
        catalogue.put_many([item])
        head = catalogue.head()
        catalogue.correct(report, "title", "一部电梯的来历", who="编辑", why="原题不对")
        catalogue.correct(report, "authors", "林晓、王一, 赵二", who="编辑")
        catalogue.correct(report, "published", "", who="编辑")
        assert [change.id for change in catalogue.feed(head)] == [report] * 3
        catalogue.put_many([incoming(LIFT + "改。")])
        found = catalogue.report(report)
        assert found.metadata == Metadata(title="一部电梯的来历", kind="case", authors=("林晓", "王一", "赵二"))
        assert found.corrected == ("authors", "published", "title")
        assert catalogue.reading(found.reading).metadata.title == "老楼加梯记"

    def test_of_one_field_the_latest_counts(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        catalogue.put_many([item])
        for title in ("甲=乙", "丙"):
            catalogue.correct(item.reading.report, "title", title, who="编辑")
        assert catalogue.report(item.reading.report).metadata.title == "丙"
        catalogue.retract(catalogue.judgements("field")[0].id)
        assert catalogue.report(item.reading.report).metadata.title == "老楼加梯记"

    @pytest.mark.parametrize(
        ("field", "value"),
        [("标题", "x"), ("kind", "故事"), ("kind", ""), ("title", " "), ("stage", "完成"), ("published", "去年"), ("published", "2024-13")],
    )
    def test_that_make_no_sense_are_refused(self, catalogue: Catalogue, field: str, value: str) -> None:
        item = incoming(LIFT)
        catalogue.put_many([item])
        with pytest.raises(UsageError):
            catalogue.correct(item.reading.report, field, value, who="编辑")
        assert catalogue.judgements() == []

    def test_of_an_unknown_report(self, catalogue: Catalogue) -> None:
        with pytest.raises(NotFound):
            catalogue.correct("0" * 32, "title", "x", who="编辑")


class TestLookingUp:
    def test_reports_come_by_collection_and_source_in_code_point_order(self, catalogue: Catalogue) -> None:
        places = [("申报", "b"), ("案例", "二"), ("案例", "B"), ("案例", "a"), ("案例", "一")]
        catalogue.put_many([incoming(LIFT, collection=collection, source=source) for collection, source in places])
        found = [(report.collection, report.source) for report in catalogue.reports()]
        assert found == sorted(places)
        paged: list[tuple[str, str]] = []
        while page := catalogue.reports(after=paged[-1] if paged else None, limit=2):
            paged += [(report.collection, report.source) for report in page]
        assert paged == found
        assert [report.source for report in catalogue.reports("申报")] == ["b"]
        assert catalogue.collections() == {"案例": 4, "申报": 1}
        wanted = [report_id("案例", "二"), report_id("申报", "b"), "0" * 32]
        assert [report.source for report in catalogue.reports(ids=wanted)] == ["二", "b"]

    def test_a_report_by_id_beginning_or_source(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT, source="文件夹/100%_真.txt")
        catalogue.put_many([item, incoming(MARKET, source="二.txt")])
        id = item.reading.report
        for key in (id, id[:8], "文件夹/100%_真.txt"):
            assert catalogue.find_report(key).id == id
        for key in ("没有", id[:3], "文件夹/%"):
            with pytest.raises(NotFound):
                catalogue.find_report(key)
        catalogue.withdraw(id, why="", who="")
        with pytest.raises(NotFound, match="撤回"):
            catalogue.find_report(id[:8])

    def test_one_source_in_two_collections_is_told(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT), incoming(LIFT, collection="申报")])
        with pytest.raises(UsageError, match="不止一份"):
            catalogue.find_report("一.txt")

    def test_facts_come_in_the_order_of_the_export(self, catalogue: Catalogue) -> None:
        items = [incoming(LIFT, source=f"{n}.txt") for n in range(5)]
        catalogue.put_many(items)
        expected = sorted((item.reading.report, fact.start, fact.end, fact.type, fact.id) for item in items for fact in item.reading.facts)
        assert [stored.key for stored in catalogue.facts()] == expected
        paged: list[Any] = []
        while page := catalogue.facts(after=paged[-1].key if paged else None, limit=4):
            paged += page
        assert [stored.key for stored in paged] == expected
        assert {stored.fact.type for stored in catalogue.facts(type="method")} == {"method"}
        ids = [expected[3][4], expected[0][4], "0" * 32]
        assert [stored.key for stored in catalogue.facts(ids=ids)] == [expected[0], expected[3]]

    def test_passages_by_id(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        catalogue.put_many([item])
        found = catalogue.passages([item.reading.passages[1].id, "0" * 32])
        [stored] = found.values()
        assert (stored.report, stored.reading, stored.passage) == (item.reading.report, item.reading.id, item.reading.passages[1])

    def test_counts(self, catalogue: Catalogue) -> None:
        one, two = incoming(LIFT, sample=True), incoming(MARKET, source="二.txt")
        catalogue.put_many([one, two])
        counts = catalogue.counts()
        assert counts == counts | {
            "reports": 2,
            "samples": 1,
            "cases": 2,
            "facts": len(one.reading.facts) + len(two.reading.facts),
            "passages": len(one.reading.passages) + len(two.reading.passages),
        }
        assert catalogue.report(one.reading.report).sample
        assert not catalogue.report(two.reading.report).sample

    @pytest.mark.parametrize(("sample", "said"), [(True, "1"), (False, "0")])
    def test_the_store_knows_whether_it_began_with_samples(self, catalogue: Catalogue, sample: bool, said: str) -> None:
        assert catalogue.meta("samples") is None
        catalogue.put_many([incoming(LIFT, sample=sample)])
        catalogue.put_many([incoming(LIFT, source="二.txt", sample=not sample)])
        assert catalogue.meta("samples") == said

    def test_meta(self, catalogue: Catalogue) -> None:
        assert catalogue.meta("颜色") is None
        catalogue.set_meta("颜色", "红")
        catalogue.set_meta("颜色", "绿")
        assert catalogue.meta("颜色") == "绿"


class TestFeed:
    def test_holds_no_text(self, catalogue: Catalogue, store_url: str) -> None:
        item = incoming(LIFT, source="路径.txt")
        catalogue.put_many([item])
        assert contents(store_url)["feed"] == [(1, "report", item.reading.report, False)]

    def test_never_uses_a_number_twice(self, catalogue: Catalogue, store_url: str) -> None:
        catalogue.put_many([incoming(LIFT)])
        head = catalogue.head()
        engine = create_engine(store_url)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM feed"))
        engine.dispose()
        catalogue.put_many([incoming(MARKET)])
        assert [change.number > head for change in catalogue.feed(0)] == [True]

    def test_names_a_thing_once_a_transaction(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT), incoming(MARKET)])
        assert len(catalogue.feed(0)) == 1

    def test_is_read_in_pages(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT, source=f"{n}.txt") for n in range(7)])
        numbers: list[int] = []
        while page := catalogue.feed(numbers[-1] if numbers else 0, 3):
            numbers += [change.number for change in page]
        assert numbers == sorted(numbers)
        assert (len(numbers), numbers[-1]) == (7, catalogue.head())

    def test_tells_of_the_model_that_answers(self, catalogue: Catalogue) -> None:
        catalogue.use_model("m1")
        catalogue.use_model("m2")
        assert [(change.kind, change.id) for change in catalogue.feed(0)] == [("model", "m1"), ("model", "m2")]
        assert catalogue.meta("model") == "m2"


class TestJudgements:
    def judgement(self, id: str, kind: str, target: str, value: str = "") -> Judgement:
        return Judgement(id, kind, target, value, "评审", "2024-05-01T00:00:00Z", "看过")

    def test_are_kept_in_the_order_they_were_given(self, catalogue: Catalogue) -> None:
        given = [self.judgement(id, kind, "x", id) for id, kind in (("b", "same"), ("a", "different"), ("c", "same"))]
        for judgement in given:
            catalogue.judge(judgement)
        assert catalogue.judgements() == given
        assert catalogue.judgements("same") == [given[0], given[2]]
        assert catalogue.judgements(targets=["x"]) == given
        again = replace(given[0], value="改主意")
        catalogue.judge(again)
        assert catalogue.judgements("same") == [given[2], again]

    def test_name_the_reports_they_are_about_to_the_feed(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        catalogue.put_many([item])
        head = catalogue.head()
        catalogue.judge(self.judgement("a", "wrong", item.reading.facts[0].id))
        catalogue.judge(self.judgement("b", "relevant", "查询", "别的"))
        assert [(change.kind, change.id) for change in catalogue.feed(head)] == [("report", item.reading.report)]
        catalogue.retract("a")
        assert len(catalogue.feed(head)) == 2

    def test_whose_target_is_gone_are_kept_and_listed(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        catalogue.put_many([item])
        judgement = self.judgement("a", "wrong", item.reading.facts[0].id)
        catalogue.judge(judgement)
        assert catalogue.judgements(orphaned=True) == []
        catalogue.withdraw(item.reading.report, why="", who="")
        assert catalogue.judgements(orphaned=True) == [judgement]

    @pytest.mark.parametrize("kind", ["withdrawn", "field"])
    def test_of_two_kinds_have_a_method_of_their_own(self, catalogue: Catalogue, kind: str) -> None:
        with pytest.raises(ValueError):
            catalogue.judge(self.judgement("a", kind, "x"))

    def test_that_are_not_there_cannot_be_retracted(self, catalogue: Catalogue) -> None:
        item = incoming(LIFT)
        catalogue.put_many([item])
        catalogue.withdraw(item.reading.report, why="", who="")
        for id in ("x", catalogue.judgements()[0].id):
            with pytest.raises(NotFound):
                catalogue.retract(id)


class TestQuarantine:
    one = SetAside("案例", "一.txt", "damaged", "一.txt：第 57 行不是 JSON", "2024-05-01T00:00:00Z")

    def test_keeps_the_reason_until_the_source_is_read_well(self, catalogue: Catalogue) -> None:
        other = SetAside("申报", "二.txt", "empty", "空", "2024-05-01T00:00:00Z")
        catalogue.set_aside([other, self.one])
        newer = replace(self.one, code="empty", message="空")
        catalogue.set_aside([newer, newer])
        assert catalogue.quarantine() == sorted([newer, other], key=lambda item: (item.collection, item.source))
        assert catalogue.quarantine("申报") == [other]
        catalogue.put_many([incoming(LIFT)])
        assert catalogue.quarantine() == [other]

    def test_is_cleared_when_an_unchanged_file_comes_back(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT)])
        head = catalogue.head()
        catalogue.set_aside([self.one])
        assert catalogue.put_many([incoming(LIFT)]) == ["unchanged"]
        assert catalogue.quarantine() == []
        assert catalogue.head() == head

    def test_can_be_forgotten(self, catalogue: Catalogue) -> None:
        catalogue.set_aside([replace(self.one, when="")])
        assert len(catalogue.quarantine()[0].when) == 20
        catalogue.forget_set_aside("案例", "一.txt")
        assert catalogue.quarantine() == []


class TestVectors:
    def fill(self, catalogue: Catalogue, model: str, make: Callable[[int], Any]) -> list[str]:
        work = catalogue.passages_without_vector(model, 100)
        catalogue.put_vectors(model, {hash: make(n) for n, (hash, _) in enumerate(work)})
        return [hash for hash, _ in work]

    def test_the_work_list_names_equal_texts_once(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT), incoming(LIFT, source="二.txt"), incoming(MARKET, source="三.txt")])
        texts = {line for whole in (LIFT, MARKET) for line in whole.split("\n")}
        work = catalogue.passages_without_vector("m", 100)
        assert work == sorted((passage_hash(line), line) for line in texts)
        assert catalogue.passages_without_vector("m", 2) == work[:2]
        assert catalogue.passages_without_vector("m", 100, after=work[1][0]) == work[2:]
        assert catalogue.vector_counts("m") == (0, len(texts))
        catalogue.put_vectors("m", {hash: np.zeros(3) for hash, _ in work[:2]})
        assert catalogue.passages_without_vector("m", 100) == work[2:]
        assert catalogue.passages_without_vector("n", 100) == work

    def test_a_passage_with_words_of_its_own(self, catalogue: Catalogue) -> None:
        made = reading(LIFT)
        other = replace(made.passages[0], text="题：老楼", hash=passage_hash("题：老楼"))
        made = replace(made, passages=(other, *made.passages[1:]), sections=(Section("other", "题", 0, 3),))
        catalogue.put(made, collection="案例", source="一.txt", data=LIFT.encode(), media="txt")
        assert (other.hash, "题：老楼") in catalogue.passages_without_vector("m", 9)
        assert catalogue.reading(made.id) == made

    def test_come_back_as_float16(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT)])
        hashes = self.fill(catalogue, "m", lambda n: np.array([n, 0.5, -1.25], dtype=np.float32))
        found = catalogue.vectors("m", [*hashes, "0" * 32])
        assert {hash: vector.tolist() for hash, vector in found.items()} == {hash: [n, 0.5, -1.25] for n, hash in enumerate(hashes)}
        assert all(vector.dtype == np.float16 for vector in found.values())
        assert catalogue.vectors("n", hashes) == {}

    def test_come_in_pages(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT), incoming(MARKET, source="二.txt")])
        hashes = self.fill(catalogue, "m", lambda n: np.full(5, n))
        first, matrix = catalogue.vector_page("m", limit=4)
        assert (first, matrix.shape, matrix[:, 0].tolist()) == (hashes[:4], (4, 5), [0, 1, 2, 3])
        rest, matrix = catalogue.vector_page("m", after=first[-1], limit=100)
        assert (rest, matrix.shape) == (hashes[4:], (len(hashes) - 4, 5))
        assert catalogue.vector_page("m", after=hashes[-1])[0] == []

    def test_that_are_there_stay_and_those_of_no_text_are_dropped(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT)])
        hashes = self.fill(catalogue, "m", lambda n: np.full(2, n))
        assert catalogue.put_vectors("m", {hashes[1]: np.full(2, 7), "0" * 32: np.full(2, 7)}) == 1
        assert catalogue.vectors("m", [hashes[1], "0" * 32])[hashes[1]].tolist() == [1, 1]
        assert catalogue.vector_models() == {"m": len(hashes)}
        assert catalogue.put_vectors("m", {}) == 0

    def test_go_with_the_last_passage_of_their_text(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT)])
        self.fill(catalogue, "m", lambda n: np.full(2, n))
        catalogue.put_many([incoming(LIFT.replace("电梯装上了", "电梯没装"))])
        assert catalogue.vector_counts("m") == (2, 3)
        assert catalogue.vector_models() == {"m": 2}

    def test_are_dropped_by_model(self, catalogue: Catalogue) -> None:
        catalogue.put_many([incoming(LIFT)])
        for model in ("m", "n"):
            self.fill(catalogue, model, lambda n: np.full(2, n))
        catalogue.drop_vectors("m")
        assert set(catalogue.vector_models()) == {"n"}

    def test_of_two_lengths_are_refused(self, catalogue: Catalogue) -> None:
        with pytest.raises(ValueError):
            catalogue.put_vectors("m", {"a": np.ones(2), "b": np.ones(3)})
