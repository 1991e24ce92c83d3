"""What every engine keeps of duplicates alike, the migration there and back, and where a source that is set aside came from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from alembic import command
from alembic.config import Config
from readings import incoming
from sqlalchemy import create_engine, inspect, text

from corpus.catalogue import DUPLICATES, Bucket, Catalogue, Found, Pair, Signature, number_of, versions
from corpus.identity import report_id
from corpus.model import Judgement, SetAside
from graph.duplicates import rebuild_duplicates, update_duplicates

A, B, C = sorted(report_id("案例", f"{n}.txt") for n in range(3))
PAIR = Pair(A, B, "near", 3, 120, 0.9, 0.8, 0.85, 0.75)
SHARED = Pair(B, C, "shared", 1, 300, 0.2, 0.1, 0.15, 0.05)


def signature(report: str, keys: tuple[int, ...], joined: str | None = None, *, leads: bool = True) -> Signature:
    found, weights = np.array(keys, dtype=np.int64), np.full(len(keys), 9, dtype=np.uint8)
    return Signature(report, f"text of {min(keys, default=0)}", 400, leads, (1, 2, 3, 2**47 - 1), found, weights, joined)


def fill(catalogue: Catalogue) -> None:
    keys = {A: (5, 7), B: (5, 2**47 - 1), C: (7, 11)}
    found = Found(
        signatures=[signature(report, of) for report, of in keys.items()],
        postings=[(key, number_of(report)) for report, of in keys.items() for key in of],
        buckets={5: Bucket(common=True, spread=9), 7: Bucket(edge=number_of(C))},
        pairs=[PAIR, SHARED],
        joined={A: A, B: A},
    )
    assert catalogue.put_duplicates(found, after=0, mark=4)


class TestDuplicates:
    def test_come_back_as_they_went_in(self, catalogue: Catalogue) -> None:
        fill(catalogue)
        first, second, third = catalogue.signatures(reports=[A, B, C])
        assert (first.report, first.sketch, first.leads, first.joined) == (A, (1, 2, 3, 2**47 - 1), True, A)
        assert (second.keys.tolist(), second.weights.tolist()) == ([5, 2**47 - 1], [9, 9])
        assert third.joined is None
        assert [item.report for item in catalogue.signatures(joined=[A])] == [A, B]
        assert [item.report for item in catalogue.signatures(numbers=[number_of(C)])] == [C]
        assert catalogue.duplicate_holders([5, 7, 8]) == {
            5: sorted([number_of(A), number_of(B)]),
            7: sorted([number_of(A), number_of(C)]),
        }
        assert catalogue.duplicate_holders([7], 1) == {7: [min(number_of(A), number_of(C))]}
        assert catalogue.duplicate_buckets([5, 7, 8]) == {5: Bucket(common=True, spread=9), 7: Bucket(edge=number_of(C))}
        assert catalogue.duplicate_sketches([number_of(B)]) == {number_of(B): (1, 2, 3, 2**47 - 1)}
        assert catalogue.duplicate_groups([A, C]) == {A: A}
        assert catalogue.duplicate_counts() == {"groups": 1, "reports": 2, "near": 1, "shared": 1}

    def test_pairs_are_found_from_either_side(self, catalogue: Catalogue) -> None:
        fill(catalogue)
        assert catalogue.duplicate_pairs([A]) == [PAIR]
        assert catalogue.duplicate_pairs([B]) == sorted([PAIR, SHARED], key=lambda pair: (pair.one, pair.other))
        assert catalogue.duplicate_pairs([A, C]) == sorted([PAIR, SHARED], key=lambda pair: (pair.one, pair.other))
        assert catalogue.duplicate_pairs([A, C], among=True) == []
        assert catalogue.duplicate_pairs([A, B], among=True) == [PAIR]
        assert (PAIR.beside(A), PAIR.share(B), PAIR.own(A)) == (B, 0.8, 0.85)

    def test_pages_go_on_where_the_one_before_ended(self, catalogue: Catalogue) -> None:
        fill(catalogue)
        assert catalogue.duplicate_pair_page(["near", "shared"], None, 1) == [SHARED]
        assert catalogue.duplicate_pair_page(["near", "shared"], SHARED, 1) == [PAIR]
        assert catalogue.duplicate_pair_page(["near", "shared"], PAIR, 1) == []
        assert catalogue.duplicate_group_page() == [A]
        assert catalogue.duplicate_group_page(after=A) == []
        assert catalogue.duplicate_group_page("案例") == []  # nobody has read these reports in
        catalogue.put_many([incoming("题\n内容。", source=f"{n}.txt") for n in range(3)])
        assert catalogue.duplicate_group_page("案例") == [A]

    def test_what_changes_replaces_what_was(self, catalogue: Catalogue) -> None:
        fill(catalogue)
        again = Found(
            signatures=[replace(signature(B, (), leads=False), text="another")],
            gone=[A],
            gone_postings=[(5, number_of(A)), (7, number_of(A)), (5, number_of(B))],
            buckets={5: None},
            pairs=[replace(SHARED, letters=5)],
            gone_pairs=[(A, B)],
            joined={B: None},
        )
        assert catalogue.put_duplicates(again, after=4, mark=9)
        (kept,) = catalogue.signatures(reports=[A, B])
        assert (kept.report, kept.text, kept.keys.tolist(), kept.joined) == (B, "another", [], None)
        assert catalogue.duplicate_holders([5, 7]) == {7: [number_of(C)]}
        assert catalogue.duplicate_buckets([5]) == {}
        assert [pair.letters for pair in catalogue.duplicate_pairs([A, B, C])] == [5]
        assert catalogue.mark(DUPLICATES) == 9

    def test_whoever_comes_second_writes_nothing(self, catalogue: Catalogue) -> None:
        fill(catalogue)
        assert not catalogue.put_duplicates(Found(gone=[A]), after=0, mark=9)
        assert len(catalogue.signatures(reports=[A])) == 1
        assert catalogue.mark(DUPLICATES) == 4

    def test_all_of_it_can_be_forgotten(self, catalogue: Catalogue) -> None:
        fill(catalogue)
        catalogue.reset_duplicates()
        assert catalogue.signatures(reports=[A, B, C]) == catalogue.duplicate_pairs([A, B, C]) == []
        assert (catalogue.duplicate_holders([5, 7]), catalogue.duplicate_buckets([5]), catalogue.mark(DUPLICATES)) == ({}, {}, 0)

    def test_of_more_reports_than_a_statement_takes_names(self, catalogue: Catalogue) -> None:
        reports = sorted(report_id("案例", f"{n}.txt") for n in range(1200))
        pairs = [Pair(one, other, "near", 1, 50, 1.0, 1.0, 1.0, 1.0) for one, other in zip(reports[::2], reports[1::2], strict=True)]
        catalogue.put_duplicates(Found(signatures=[signature(report, (1,)) for report in reports], pairs=pairs), after=0, mark=1)
        assert len(catalogue.signatures(reports=reports)) == 1200
        assert catalogue.duplicate_pairs(reports) == pairs
        assert catalogue.duplicate_pairs(reports, among=True) == pairs


def test_the_texts_are_those_of_the_present_readings(catalogue: Catalogue) -> None:
    first = incoming("题\n从前的内容。")
    catalogue.put_many([first, incoming("题\n别的内容。", source="二.txt")])
    now = incoming("题\n现在的内容。")
    catalogue.put_many([now])
    assert catalogue.texts([now.reading.report, "0" * 32]) == {now.reading.report: "题\n现在的内容。"}


def test_a_judgement_about_two_reports_is_orphaned_when_either_is_gone(catalogue: Catalogue) -> None:
    one, other = incoming("题\n内容。"), incoming("题\n内容。", source="二.txt")
    catalogue.put_many([one, other])
    said = Judgement("j", "same", one.reading.report, other.reading.report, "刘敏", "2026-01-01T00:00:00Z", "同一稿件")
    catalogue.judge(said)
    assert catalogue.judgements(orphaned=True) == []
    for gone in (one, other):
        catalogue.withdraw(gone.reading.report, why="", who="")
        assert catalogue.judgements(orphaned=True) == [said]
        catalogue.put_many([replace(gone, restore=True)])
        assert catalogue.judgements(orphaned=True) == []


def test_a_source_set_aside_says_where_it_came_from(catalogue: Catalogue) -> None:
    items = [
        SetAside("案例", "包.zip/内.txt", "damaged", "坏", "2026-01-01T00:00:00Z", "/data/包.zip", "包.zip"),
        SetAside("案例", "空", "empty", "空"),
    ]
    catalogue.set_aside(items)
    first, second = catalogue.quarantine()
    assert first == items[0]
    assert (second.path, second.key) == ("", "")


def test_a_store_of_the_first_version_is_brought_up_to_date_and_back(empty_url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(versions.Path(versions.__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = create_engine(empty_url)
    with Catalogue.open(empty_url) as catalogue:
        catalogue.put_many([incoming("题\n内容。")])
        catalogue.set_aside([SetAside("案例", "坏.txt", "damaged", "坏", "", "/data/坏.txt", "坏.txt")])
        fill(catalogue)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    with engine.connect() as connection:
        found = inspect(connection)
        assert not any(name.startswith("duplicate_") for name in found.get_table_names())
        assert {"path", "key"}.isdisjoint(column["name"] for column in found.get_columns("quarantine"))
        assert connection.scalar(text("SELECT count(*) FROM mark WHERE consumer = 'duplicates'")) == 0
    engine.dispose()
    with Catalogue.open(empty_url) as catalogue:
        assert catalogue.counts()["reports"] == 1
        assert [(item.source, item.path) for item in catalogue.quarantine()] == [("坏.txt", "")]
        assert catalogue.mark(DUPLICATES) == 0
        fill(catalogue)


@pytest.mark.parametrize("length", [0, 1, 300])
def test_keys_and_weights_of_any_number_come_back(catalogue: Catalogue, length: int) -> None:
    rising = tuple(range(0, length * 1_000_003, 1_000_003))[:length]
    catalogue.put_duplicates(Found(signatures=[signature(A, rising)]), after=0, mark=1)
    (found,) = catalogue.signatures(reports=[A])
    assert (tuple(found.keys.tolist()), len(found.weights)) == (rising, length)


STORY = (
    "南坪社区的老楼没有电梯，七十岁的住户每天要歇三次才能走到五楼。居委会开了四次协商会，一楼的两户要求补偿采光。"
    "最后每户出资两万五千元，电梯在秋天装好了。楼长说，钱出得明白，话说得清楚，邻居还是邻居。"
)


def test_what_is_computed_is_found_and_goes_on_each_engine(catalogue: Catalogue) -> None:
    texts = {
        "甲": STORY,
        "乙": STORY,
        "丙": STORY + "第二年隔壁两栋楼也照办了。",
        "丁": "街道的菜场搬进了空置的厂房，摊位一个也没有少。" * 2,
    }
    items = {name: incoming(f"南坪社区加梯记\n{text}", source=name) for name, text in texts.items()}
    for item in items.values():
        catalogue.put_many([item])
        while update_duplicates(catalogue, 1):
            pass
    reports = {name: item.reading.report for name, item in items.items()}
    together = {reports[name] for name in ("甲", "乙", "丙")}
    assert catalogue.duplicate_groups(list(reports.values())) == dict.fromkeys(together, min(together))
    assert [pair.kind for pair in catalogue.duplicate_pairs(sorted(together))] == ["version"]
    before = catalogue.duplicate_counts()
    rebuild_duplicates(catalogue)
    assert catalogue.duplicate_counts() == before
    for name in ("甲", "乙", "丙"):
        catalogue.withdraw(reports[name], why="", who="编辑")
    while update_duplicates(catalogue):
        pass
    assert catalogue.duplicate_counts() == {"groups": 0, "reports": 0}
    assert [item.report for item in catalogue.signatures(reports=list(reports.values()))] == [reports["丁"]]
