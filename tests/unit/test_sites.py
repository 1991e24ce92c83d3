"""Lines that recur on the pages of a site are taken out once enough pages show them, whatever the order in which they come and go."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from ingest.draft import RawReport
from ingest.limits import DEFAULT
from ingest.workers import Workers
from search_api.ingesting import ingest_found
from search_api.sites import settle

HEADER = "青禾区社会治理专刊网络版每周二出版"
PLACES = ("枫桥", "白鹭", "云栖", "石门", "柳浪", "江湾", "松岭", "梅园")


def page(number: int) -> RawReport:
    place = PLACES[number % len(PLACES)]
    body = (
        f"{place}社区第{number}网格的楼道里堆满了旧家具，居民在议事会上提了{number + 3}次，社区党委书记把物业和业主请到一起商量。\n"
        f"{place}的做法是先清后管：志愿者用了{number + 2}天清出{number * 7 + 11}处杂物，又和住户签了公约，谁再堆放就由楼长上门劝说。\n"
        f"半年以后回访，{place}只有{number + 1}处又堆了东西，居民说比过去好多了，走路也不用侧着身子。"
    )
    return RawReport(f"专刊/{place}{number}.txt", f"{place}楼道清理记\n{HEADER}\n{body}\n".encode(), "txt", place)


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a.db'}"


def texts(catalogue: Catalogue) -> dict[str, str]:
    reports = catalogue.reports()
    readings = catalogue.readings([report.id for report in reports])
    return {report.source: readings[report.id].text for report in reports}


def test_a_line_of_the_site_goes_once_enough_pages_show_it(store: str) -> None:
    with Catalogue.open(store) as catalogue:
        ingest_found(catalogue, [page(0), page(1)], "网页")
        assert all(HEADER in text for text in texts(catalogue).values())
        ingest_found(catalogue, [page(n) for n in range(2, 8)], "网页")
        assert len(texts(catalogue)) == 8
        assert not any(HEADER in text for text in texts(catalogue).values())
        ingest_found(catalogue, [page(8)], "网页")
        assert HEADER not in texts(catalogue)["专刊/枫桥8.txt"]
        assert ingest_found(catalogue, [page(8)], "网页").unchanged == ["专刊/枫桥8.txt"]


def test_it_comes_back_when_too_few_pages_are_left(store: str) -> None:
    with Catalogue.open(store) as catalogue, Workers(DEFAULT, 0) as workers:
        ingest_found(catalogue, [page(n) for n in range(5)], "网页")
        for report in catalogue.reports()[:3]:
            catalogue.withdraw(report.id, why="试", who="试")
        assert settle(catalogue, workers) == 2
        assert all(HEADER in text for text in texts(catalogue).values())
        assert settle(catalogue, workers) == 0


@pytest.mark.parametrize("seed", range(4))
def test_any_order_gives_the_same_readings(tmp_path: Path, seed: int) -> None:
    given = [page(n) for n in range(7)]
    shuffled = random.Random(seed).sample(given, len(given))
    found = []
    for name, items, cut in (("a", given, len(given)), ("b", shuffled, seed + 1)):
        with Catalogue.open(f"sqlite:///{tmp_path / name}.db") as catalogue:
            ingest_found(catalogue, items[:cut], "网页")
            ingest_found(catalogue, items[cut:], "网页")
            found.append({report.source: report.reading for report in catalogue.reports()})
    assert found[0] == found[1]
