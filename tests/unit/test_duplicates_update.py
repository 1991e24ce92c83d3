"""The consumer of the feed: what it keeps depends on the reports that are there and on what people said, never on what came first."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from locations import sqlite_url
from readings import incoming
from sqlalchemy import create_engine, select

import corpus
from corpus.catalogue import Catalogue, Found, Incoming
from corpus.catalogue.schema import metadata
from corpus.identity import digest, report_id
from corpus.model import Judgement, Metadata
from graph.duplicates import rebuild_duplicates, spread, state, update, update_duplicates
from ingest.draft import RawReport
from ingest.pipeline import read_report

# Invented sentences: a story of several, a slogan that all may carry, and a form's labels.
STORIES = (
    "南坪社区的老楼没有电梯，七十岁的住户每天要歇三次才能走到五楼。居委会开了四次协商会，一楼的两户要求补偿采光。最后每户出资两万元，电梯在秋天装好了。",
    "菜场门口的摊位占了半条路，早高峰时公交车要等一刻钟。街道把摊贩请进空置的厂房，头三个月不收租金。半年以后路通了，摊位一个也没有少。",
    "小区的车位只有住户的三分之一，夜里消防通道停满了车。议事会画出错时停车的线，附近的写字楼晚上开放车库。投诉从每月三十件降到两件。",
    "河边的垃圾房夏天气味很重，周围三栋楼的住户不肯让它留下。社区请他们去看了别处的垃圾房，又把清运改成一天两次。气味没有了，反对的声音也没有了。",
)
SLOGAN = "坚持党建引领基层治理创新，不断增强人民群众的获得感幸福感安全感。"
EDITS = ("", "后来又补了一段记录，说明钱是怎么分的。", "这一年的夏天特别热。")
SOURCES = tuple(f"{n}.txt" for n in range(9))


def text_of(story: int, half: bool, slogan: bool, edit: int, typo: bool) -> str:
    body = STORIES[story]
    if half:
        body = body[: body.index("。") + 1]
    if typo:
        body = body.replace("三", "叁").replace("社区", "小区")
    return f"{'申报材料' if half else '案例'}\n{SLOGAN if slogan else ''}{body}{EDITS[edit]}"


TEXTS = st.builds(text_of, st.integers(0, 3), st.booleans(), st.booleans(), st.integers(0, 2), st.booleans())
STEPS = st.lists(
    st.tuples(st.just("put"), st.sampled_from(SOURCES), TEXTS, st.sampled_from(("案例", "社区纪实", "一个很长的题目")))
    | st.tuples(st.just("withdraw"), st.sampled_from(SOURCES))
    | st.tuples(st.just("judge"), st.sampled_from(SOURCES), st.sampled_from(SOURCES), st.sampled_from(("same", "different")))
    | st.tuples(st.just("title"), st.sampled_from(SOURCES), st.sampled_from(("另一个题目", "案例之二")))
    | st.tuples(st.just("follow"), st.integers(1, 4)),
    max_size=26,
)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few reports make a phrase common, and few more are too many to compare each with each."""
    for module in (spread, state):
        for name, value in (("COMMON", 3), ("SAMPLE", 4), ("PILLARS", 2)):
            monkeypatch.setattr(module, name, value)


@pytest.fixture
def catalogue(tmp_path: Path, sqlite_template: Path) -> Iterator[Catalogue]:
    with Catalogue.open(sqlite_url(Path(shutil.copy(sqlite_template, tmp_path / "库.db")))) as opened:
        yield opened


def kept(catalogue: Catalogue) -> dict[str, list[Any]]:
    """All that the consumer wrote."""
    assert catalogue.path is not None
    engine = create_engine(sqlite_url(catalogue.path))
    with engine.connect() as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(select(table))))
            for table in metadata.sorted_tables
            if table.name.startswith("duplicate_")
        }
    engine.dispose()
    return found


def follow(catalogue: Catalogue, limit: int = 200) -> None:
    while update_duplicates(catalogue, limit):
        pass


def put(catalogue: Catalogue, source: str, text: str, title: str = "案例", **about: str) -> str:
    item = incoming(text, source=source, metadata=Metadata(title=title, **about), restore=True)  # type: ignore[arg-type]
    catalogue.put_many([item])
    return item.reading.report


def judge(catalogue: Catalogue, one: str, other: str, kind: str, when: str = "2026-01-01T00:00:00Z") -> None:
    first, second = sorted((one, other))
    catalogue.judge(Judgement(digest("judgement", "duplicate", first, second), kind, first, second, "刘敏", when))


def step(catalogue: Catalogue, action: tuple[Any, ...], number: int) -> None:
    kind, *of = action
    there = {report.source for report in catalogue.reports()}
    if kind == "put":
        put(catalogue, *of)
    elif kind == "withdraw" and of[0] in there:
        catalogue.withdraw(report_id("案例", of[0]), why="", who="编辑")
    elif kind == "judge" and of[0] != of[1]:
        judge(catalogue, report_id("案例", of[0]), report_id("案例", of[1]), of[2], f"2026-01-01T00:00:{number:02}Z")
    elif kind == "title" and of[0] in there:
        catalogue.correct(report_id("案例", of[0]), "title", of[1], who="编辑")
    elif kind == "follow":
        update_duplicates(catalogue, of[0])


@pytest.mark.usefixtures("small")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_order_of_arrival_deletion_and_return_gives_what_a_rebuild_gives(sqlite_template: Path, steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(sqlite_template, Path(folder) / "库.db"))
        with Catalogue.open(sqlite_url(path)) as catalogue:
            for number, action in enumerate(steps):
                step(catalogue, action, number)
            follow(catalogue, 2)
            followed = kept(catalogue)
            rebuild_duplicates(catalogue)
            assert kept(catalogue) == followed
            catalogue.reset_duplicates()
            follow(catalogue, 1)
            assert kept(catalogue) == followed


SAMPLE = (Path(corpus.__path__[0]) / "samples" / "reports" / "shanghewan_xiulu_2015.txt").read_text(encoding="utf-8")
ANOTHER = (Path(corpus.__path__[0]) / "samples" / "reports" / "时间银行两年试验2018.txt").read_text(encoding="utf-8")


def read(catalogue: Catalogue, source: str, data: bytes, media: str) -> str:
    raw = RawReport(source, data, media, source)
    reading = read_report("案例", raw)
    catalogue.put_many([Incoming(reading, "案例", source, data, media, False, False)])
    return reading.report


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def kinds(catalogue: Catalogue, *reports: str) -> set[str]:
    return {pair.kind for pair in catalogue.duplicate_pairs(sorted(reports), among=True)}


class TestFound:
    def test_a_copy_in_another_format_is_the_same_text(self, catalogue: Catalogue) -> None:
        text = read(catalogue, "甲.txt", SAMPLE.encode(), "txt")
        wide = SAMPLE.replace(",", "，").replace("\n", "\r\n\r\n").encode("gb18030", "replace")
        others = [read(catalogue, "乙.docx", as_docx(SAMPLE), "docx"), read(catalogue, "丙.txt", wide, "txt")]
        read(catalogue, "丁.txt", ANOTHER.encode(), "txt")
        follow(catalogue)
        assert len({item.text for item in catalogue.signatures(reports=[text, *others])}) == 1
        assert catalogue.duplicate_groups([text, *others]) == dict.fromkeys([text, *others], min(text, *others))
        assert catalogue.duplicate_counts() == {"groups": 1, "reports": 3}
        assert sum(item.leads for item in catalogue.signatures(reports=[text, *others])) == 1

    def test_reprints_are_found_and_the_article_does_not_become_a_common_phrase(self, catalogue: Catalogue) -> None:
        reports = [
            put(catalogue, f"{n}.txt", f"第{n}家网站编者按语\n{SAMPLE}\n责任编辑第{n}号", "修路记", publisher=f"第{n}网") for n in range(12)
        ]
        follow(catalogue)
        assert set(catalogue.duplicate_groups(reports)) == set(reports)
        assert kinds(catalogue, *reports) == {"reprint"}
        common = catalogue.duplicate_buckets([key for item in catalogue.signatures(reports=reports) for key in item.keys.tolist()])
        assert not any(bucket.common for bucket in common.values())

    def test_labels_of_a_form_are_no_duplicates_of_one_another(self, catalogue: Catalogue) -> None:
        form = (
            "申报单位基本情况说明：{}。案例主要做法和创新之处：{}。"
            "经审核，同意推荐参加本届金点子案例征集活动评选。本单位对所报材料的真实性负责，如有不实之处愿意承担相应责任。"
            "联系人应为熟悉情况的工作人员，评选期间请保持联系畅通。"
        )
        bodies = [story[: len(story) // 2] for story in (*STORIES, SAMPLE, ANOTHER)]
        reports = [
            put(catalogue, f"{n}.txt", form.format(body, f"做法{n}"), body[:9], applicant=f"单位{n}") for n, body in enumerate(bodies)
        ]
        follow(catalogue)
        assert catalogue.duplicate_pairs(reports) == []
        catalogue.withdraw(reports[0], why="", who="编辑")
        catalogue.withdraw(reports[1], why="", who="编辑")
        follow(catalogue)
        assert kinds(catalogue, *reports) == {"shared"}  # of four nobody can tell that it is a form

    def test_a_digest_inside_a_compilation_tells_both_shares(self, catalogue: Catalogue) -> None:
        digest_ = put(catalogue, "摘要.txt", SAMPLE[: len(SAMPLE) // 4], "修路记摘要")
        whole = put(catalogue, "汇编.txt", ANOTHER + SAMPLE + "".join(STORIES), "案例汇编")
        follow(catalogue)
        (found,) = catalogue.duplicate_pairs([whole])
        assert found.kind == "part"
        assert found.own(digest_) > 0.9
        assert found.own(whole) < 0.3
        assert catalogue.duplicate_groups([digest_, whole]) == {}

    def test_a_badly_recognised_text_is_found(self, catalogue: Catalogue) -> None:
        wrong = SAMPLE.translate(str.maketrans("的人村一大不", "旳入忖十太木"))
        assert sum(one != other for one, other in zip(SAMPLE, wrong, strict=True)) > len(SAMPLE) // 20
        reports = [put(catalogue, "甲.txt", SAMPLE, "修路记"), put(catalogue, "乙.txt", wrong, "路怎么修")]
        follow(catalogue)
        assert catalogue.duplicate_groups(reports).keys() == set(reports)

    def test_a_withdrawn_report_leaves_nothing(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲.txt", SAMPLE)
        follow(catalogue)
        before = kept(catalogue)
        gone = [put(catalogue, "乙.txt", SAMPLE + "又及，补充一句。"), put(catalogue, "丙.txt", SAMPLE)]
        follow(catalogue)
        assert len(catalogue.duplicate_groups(gone)) == 2
        for report in gone:
            catalogue.withdraw(report, why="本人要求", who="编辑")
        follow(catalogue)
        assert kept(catalogue) == before

    def test_what_people_said_lasts_over_a_rebuild_and_a_return(self, catalogue: Catalogue) -> None:
        one, other, third = put(catalogue, "甲.txt", SAMPLE), put(catalogue, "乙.txt", SAMPLE + "又及。"), put(catalogue, "丙.txt", ANOTHER)
        judge(catalogue, one, other, "different")
        judge(catalogue, one, third, "same")
        follow(catalogue)
        expected = {one: min(one, third), third: min(one, third)}
        assert catalogue.duplicate_groups([one, other, third]) == expected
        rebuild_duplicates(catalogue)
        assert catalogue.duplicate_groups([one, other, third]) == expected
        catalogue.withdraw(third, why="", who="编辑")
        follow(catalogue)
        assert catalogue.duplicate_groups([one, other]) == {}
        assert [judgement.kind for judgement in catalogue.judgements(orphaned=True)] == ["same"]
        put(catalogue, "丙.txt", ANOTHER)
        follow(catalogue)
        assert catalogue.duplicate_groups([one, other, third]) == expected

    def test_a_correction_of_the_publisher_makes_a_reprint_of_a_version(self, catalogue: Catalogue) -> None:
        reports = [put(catalogue, f"{n}.txt", SAMPLE + "又及。" * n, "上河湾修路记", publisher="云溪日报") for n in range(2)]
        follow(catalogue)
        assert kinds(catalogue, *reports) == {"version"}
        catalogue.correct(reports[1], "publisher", "青禾新闻网", who="编辑")
        follow(catalogue)
        assert kinds(catalogue, *reports) == {"reprint"}

    def test_other_rules_compute_all_again(self, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
        put(catalogue, "甲.txt", SAMPLE)
        follow(catalogue)
        before = kept(catalogue)
        catalogue.reset_duplicates()
        catalogue.put_duplicates(Found(), after=0, mark=catalogue.head())
        assert update_duplicates(catalogue) == 0
        monkeypatch.setattr(update, "RULES", "next")
        follow(catalogue)
        assert kept(catalogue) == before

    def test_two_that_follow_at_once_agree(self, catalogue: Catalogue) -> None:
        put(catalogue, "甲.txt", SAMPLE)
        found = update.changed(catalogue, [report_id("案例", "甲.txt")])
        follow(catalogue)
        assert not catalogue.put_duplicates(found, after=0, mark=1)
        assert len(kept(catalogue)["duplicate_text"]) == 1
