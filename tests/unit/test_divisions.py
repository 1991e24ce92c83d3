"""The index of administrative divisions, and chains of places completed from it. All divisions are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.divisions import HEADER, Divisions, default_path, divisions, fetch, fingerprint
from corpus.model import Metadata
from ingest.extract import extract
from ingest.pipeline import pipeline_version

TABLES = {
    "provinces": [("91", "岚江省"), ("92", "浙江省")],
    "cities": [("9101", "市辖区"), ("9201", "临溪市"), ("9202", "岚泽市"), ("9203", "云溪市"), ("9290", "省直辖县级行政区划")],
    "areas": [("910101", "汐榕区"), ("920101", "禾川区"), ("920102", "鹊桥区"), ("920201", "鹊桥区"), ("929001", "枫渡市")],
    "streets": [("920101001", "棠里街道办事处"), ("920102001", "云桥街道"), ("920201001", "云桥街道"), ("920201002", "柳岸街道")],
    "villages": [
        ("920101001001", "桐花里社区居委会"), ("920101001002", "槐荫居委会"), ("920102001001", "桐花里社区居委会"),
        ("920201002001", "汐口村民委员会"),
    ],
}  # fmt: skip


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The index of the invented divisions in the place where this machine's is looked for."""
    monkeypatch.setenv("JINDIANZI_CACHE", str(tmp_path))
    fetch.write(default_path(), TABLES)
    divisions.cache_clear()
    yield default_path()
    monkeypatch.undo()
    divisions.cache_clear()


def chains(text: str, **metadata: str) -> dict[str, str | None]:
    facts, _ = extract(text, (), (), Metadata(**metadata))
    return {fact.name: fact.place for fact in facts if fact.type == "place"}


def test_every_name_and_code_is_found_and_nothing_else(index: Path) -> None:
    found = Divisions(index)
    for table, level in (("provinces", "province"), ("cities", "prefecture"), ("areas", "county"), ("streets", "township")):
        for code, name in TABLES[table]:
            if name not in ("市辖区", "省直辖县级行政区划"):
                assert code in found.codes(fetch.plain(name), level)
    assert found.codes("鹊桥区", "county") == ("920102", "920201")
    assert found.codes("鹊桥区", "township") == found.codes("鹊", "county") == found.codes("", "county") == ()
    assert found.chain("920101001") == ("浙江省", "临溪市", "禾川区", "棠里街道")
    assert found.chain("910101") == ("岚江省", "汐榕区")  # no level that is there in the codes only
    assert found.chain("929001") == ("浙江省", "枫渡市")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("桐花里社区居委会", "桐花里社区"), ("槐荫居委会", "槐荫社区"), ("汐口村民委员会", "汐口村"), ("汐口村村民委员会", "汐口村"),
        ("棠里街道办事处", "棠里街道"), ("棠里镇", "棠里镇"),
    ],
)  # fmt: skip
def test_names_without_their_bodies(name: str, plain: str) -> None:
    assert fetch.plain(name) == plain


def test_a_district_without_a_namesake_is_completed_by_itself(index: Path) -> None:
    assert chains("会议在禾川区召开。禾川区共有三个街道。")["禾川区"] == "浙江省>临溪市>禾川区"


def test_one_of_several_namesakes_is_told_by_what_the_text_names(index: Path) -> None:
    text = "鹊桥区和云桥街道都很热闹。鹊桥区有两个市场，云桥街道有一个。"
    assert chains(text)["鹊桥区"] == "鹊桥区"  # two have the name
    assert chains(f"岚泽市出台办法。{text}")["鹊桥区"] == "浙江省>岚泽市>鹊桥区"
    assert chains(f"岚泽市出台办法。{text}")["云桥街道"] == "浙江省>岚泽市>鹊桥区>云桥街道"
    assert chains(text, publisher="临溪市民政局")["云桥街道"] == "浙江省>临溪市>鹊桥区>云桥街道"
    assert chains(text, place="浙江省岚泽市")["鹊桥区"] == "浙江省>岚泽市>鹊桥区"


def test_a_township_needs_a_place_around_it_even_without_a_namesake(index: Path) -> None:
    text = "柳岸街道有五个社区。柳岸街道召开会议。"
    assert chains(text)["柳岸街道"] == "柳岸街道"
    assert chains(f"岚泽市出台办法。{text}")["柳岸街道"] == "浙江省>岚泽市>鹊桥区>柳岸街道"
    assert chains(f"禾川区派人学习。禾川区又去。{text}")["柳岸街道"] != "浙江省>岚泽市>鹊桥区>柳岸街道"


def test_a_township_among_the_divisions_is_a_place_at_its_only_mention(index: Path) -> None:
    text = "湖畔的柳岸街道办了食堂。"
    assert list(chains(text)) == ["柳岸街道"]
    index.unlink()
    divisions.cache_clear()
    assert not chains(text)


def test_a_level_that_a_chain_skips_is_filled_in(index: Path) -> None:
    assert chains("岚泽市出资。岚泽市开会。岚泽市柳岸街道开会。")["岚泽市柳岸街道"] == "浙江省>岚泽市>鹊桥区>柳岸街道"
    assert "鹊桥区" not in str(chains("云溪市出资。云溪市开会。云溪市柳岸街道开会。"))  # none there has the name


def test_a_district_of_another_city_is_not_put_into_the_one_that_is_named(index: Path) -> None:
    around = "云溪市出台办法。云溪市派人学习。"
    assert chains(f"{around}禾川区共有三个街道。禾川区很大。")["禾川区"] == "浙江省>临溪市>禾川区"
    assert chains(f"{around}鹊桥区共有三个街道。鹊桥区很大。")["鹊桥区"] == "鹊桥区"
    assert chains(f"{around}枫林区共有三个街道。枫林区很大。")["枫林区"] == "浙江省>云溪市>枫林区"  # no division


def test_without_an_index_places_keep_the_names_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINDIANZI_CACHE", str(tmp_path))
    divisions.cache_clear()
    assert divisions() is None
    assert fingerprint() == ""
    assert chains("会议在禾川区召开。禾川区共有三个街道。")["禾川区"] == "禾川区"
    monkeypatch.undo()
    divisions.cache_clear()


def test_an_index_of_another_version_is_not_used(index: Path) -> None:
    index.write_bytes(index.read_bytes().replace(HEADER.encode(), b"# another\n"))
    divisions.cache_clear()
    assert divisions() is None


def test_readings_with_and_without_it_are_of_different_versions(index: Path) -> None:
    with_it = pipeline_version()
    index.unlink()
    divisions.cache_clear()
    assert pipeline_version() != with_it


def test_a_community_is_not_put_beside_the_district_or_street_that_the_text_names(index: Path) -> None:
    text = "临溪市望桥区槐市街道把台账从41本砍到6本，桐花里社区最先试点。"
    assert "棠里街道" not in str(chains(text))
    assert "云桥街道" not in str(chains(text))
    assert chains("临溪市禾川区把台账从41本砍到6本，桐花里社区最先试点。")["桐花里社区"] == "浙江省>临溪市>禾川区>棠里街道>桐花里社区"
