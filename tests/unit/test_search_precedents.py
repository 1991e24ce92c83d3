"""Precedents of a situation, over reports that went the whole way: read, stored, resolved, indexed and embedded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from serving import LIFT, MARKET, PRIVATE, settings_for

from corpus.errors import UsageError
from search_api.answers import body
from search_api.ingesting import ingest
from search_api.precedents import ASPECTS, situation
from search_api.search import LONGEST
from search_api.stores import Stores, opened
from search_api.sync import catch_up

SITUATION = """我们小区六层没有电梯，二单元的业主想加装电梯。一楼住户反对，担心采光受影响、房子跌价。
社区开过一次协商会，没有谈拢。老人上下楼很不方便。想知道别处是怎么谈成的。"""


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    folder = tmp_path_factory.mktemp("precedents")
    inbox = folder / "材料"
    inbox.mkdir()
    for name, text in (("加梯.txt", LIFT), ("菜场.txt", MARKET), ("停车.txt", PRIVATE)):
        (inbox / name).write_text(text, encoding="utf-8")
    with opened(settings_for(folder)) as made:
        ingest(made.catalogue, [inbox], "案例")
        catch_up(made)
        yield made


def test_the_case_with_the_same_problem_comes_first(stores: Stores) -> None:
    answer = stores.search.precedents(SITUATION)
    assert answer.hits[0].source == "加梯.txt"
    assert answer.verdict == "found"
    assert "同类问题：加装电梯" in answer.hits[0].reasons
    assert answer.total == 3


def test_each_hit_is_compared_aspect_by_aspect_with_cited_sentences(stores: Stores) -> None:
    answer = stores.search.precedents(SITUATION)
    for hit in answer.hits:
        text = stores.catalogue.reading(hit.reading).text
        assert [match.aspect for match in hit.aspects] == [aspect.key for aspect in ASPECTS]
        for match in hit.aspects:
            assert all(text[span.start : span.end] == span.text for span in match.theirs)
            assert all(sentence in SITUATION for sentence in match.mine)
    aspects = {match.aspect: match for match in answer.hits[0].aspects}
    assert any("一楼住户反对" in sentence for sentence in aspects["dispute"].mine)
    assert any("周先生反对加装电梯" in span.text for span in aspects["dispute"].theirs)
    assert aspects["method"].theirs


def test_what_is_not_told_stays_empty(stores: Stores) -> None:
    told = situation("一楼业主反对加装电梯。")
    assert told["issue"].sentences == ("一楼业主反对加装电梯。",)
    assert told["outcome"].sentences == ()


def test_k_only_cuts(stores: Stores) -> None:
    whole = stores.search.precedents(SITUATION, k=10)
    assert stores.search.precedents(SITUATION, k=1).hits == whole.hits[:1]


def test_a_pasted_account_is_answered_up_to_the_limit(stores: Stores) -> None:
    long = (SITUATION * 300)[:LONGEST]
    assert stores.search.precedents(long).hits[0].source == "加梯.txt"
    with pytest.raises(UsageError):
        stores.search.precedents(long + "多")


@pytest.mark.parametrize("text", ["。。。", "\n", "😀", "###"])
def test_nothing_to_compare_finds_nothing(stores: Stores, text: str) -> None:
    answer = stores.search.precedents(text)
    assert (answer.hits, answer.verdict) == ((), "none")


def test_a_problem_that_no_case_has_gives_none(stores: Stores) -> None:
    assert stores.search.precedents("量子计算机的低温制冷机漏氦，实验室的超导量子比特相干时间下降").verdict == "none"


def test_the_body_carries_the_aspects(stores: Stores) -> None:
    (first, *_) = body(stores.search.precedents(SITUATION, k=1))["hits"]
    assert {"aspect", "label", "mine", "theirs"} <= first["aspects"][0].keys()


def test_only_within_a_collection(stores: Stores) -> None:
    assert stores.search.precedents(SITUATION, collection="没有这个").hits == ()
