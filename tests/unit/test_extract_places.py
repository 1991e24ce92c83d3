"""Places: chains, completion from the text, and phrases that only end like a place."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract


def places(text: str, place: str | None = None) -> list[Fact]:
    facts, _ = extract(text, (), (), Metadata(place=place))
    return [fact for fact in facts if fact.type == "place"]


def chains(text: str, place: str | None = None) -> list[tuple[str, str | None]]:
    return [(fact.name, fact.place) for fact in places(text, place)]


def test_a_chain_as_written_gets_the_province_that_its_city_lies_in() -> None:
    assert chains("杭州市枫林区云桥街道槐荫社区位于老城东侧。") == [
        ("杭州市枫林区云桥街道槐荫社区", "浙江省>杭州市>枫林区>云桥街道>槐荫社区")
    ]


def test_unknown_cities_are_read_by_their_place_in_the_chain() -> None:
    [fact] = places("湖北省岚泽市汐榕区柳岸街道开展走访。")
    assert fact.place == "湖北省>岚泽市>汐榕区>柳岸街道"
    assert fact.canonical == "湖北省岚泽市汐榕区柳岸街道"


def test_a_later_short_mention_takes_the_chain() -> None:
    found = chains("苏州市枫林区云桥街道槐荫社区启动整治。半年后，槐荫社区有了新面貌。")
    assert found[1] == ("槐荫社区", "江苏省>苏州市>枫林区>云桥街道>槐荫社区")


def test_homonyms_in_different_streets_keep_their_own_chains() -> None:
    found = dict(chains("枫林区云桥街道永宁社区先行试点。石湖区柳岸街道永宁社区随后跟进。"))
    assert found["枫林区云桥街道永宁社区"] == "枫林区>云桥街道>永宁社区"
    assert found["石湖区柳岸街道永宁社区"] == "石湖区>柳岸街道>永宁社区"


def test_the_stated_place_of_the_report_completes_the_chain() -> None:
    assert ("柳岸街道", "浙江省>杭州市>枫林区>柳岸街道") in chains("在柳岸街道，居民说事成了习惯。", "杭州市枫林区")


def test_pointing_words_mean_the_place_spoken_of() -> None:
    found = chains("枫林区云桥街道槐荫社区建于1996年。该社区没有物业。")
    assert found[-1] == ("该社区", "枫林区>云桥街道>槐荫社区")


def test_a_community_named_after_a_street() -> None:
    assert chains("杭州市枫林区云桥街道青羊市街社区")[0][1] == "浙江省>杭州市>枫林区>云桥街道>青羊市街社区"


@pytest.mark.parametrize(
    "text",
    [
        "推进智慧社区建设。",
        "改造老旧小区26个。",
        "每个社区配备一名社工。",
        "走进社区听取意见。",
        "逛完超市去了夜市。",
        "农村社区治理。",
        "建设美丽乡村。",
        "这片辖区属于老城区。",
        "全区各街道全面推开。",
        "干部下沉到村。",
        "村民住进城里。",
        "打造共同家园。",
        "上了马路。",
        "让社区参与进来。",
    ],
)
def test_common_nouns_are_no_places(text: str) -> None:
    assert places(text) == []


def test_levels_are_told() -> None:
    assert [fact.kind for fact in places("江苏省扬州市枫林区云桥街道槐荫社区。")] == ["community"]
    assert places("在云桥街道，云桥街道办事处牵头。")[0].kind == "township"


def test_numerals_inside_names_are_no_measures() -> None:
    facts, _ = extract("枫林区云桥街道五台桥社区走访90户。", (), (), Metadata())
    assert [fact.value for fact in facts if fact.type == "measure"] == [90]


def test_a_city_below_a_city() -> None:
    assert chains("金华市石塘市柳岸街道开展走访。") == [("金华市石塘市柳岸街道", "浙江省>金华市>石塘市>柳岸街道")]


def test_a_community_named_after_an_estate() -> None:
    assert chains("枫林区云桥街道长宁花园社区走访商户。")[0] == ("枫林区云桥街道长宁花园社区", "枫林区>云桥街道>长宁花园社区")
