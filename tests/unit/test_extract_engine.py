"""What holds for every text: spans, order, identity, purity, time."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fold import fold
from corpus.model import Case, Metadata, Section, with_ids
from corpus.vocabulary import Finder, issues, methods, outcomes, stances, steps
from ingest.extract import extract
from ingest.extract.scene import Scene
from ingest.extract.triggers import Triggers, required

PIECES = st.sampled_from(
    [
        "枫林区云桥街道槐荫社区",
        "居民陈师傅",
        "“先谈清楚，再动工。”",
        "社区主任沈若兰",
        "2021年3月至10月",
        "近八个月",
        "300多户",
        "加装电梯",
        "反对",
        "将",
        "没有",
        "如果",
        "推行“七步工作法”",
        "由",
        "牵头",
        "位列全省第三",
        "，",
        "。",
        "\n",
        "、",
        "《中华人民共和国民法典》",
        "‘",
        "’",
        "“",
        "”",
        "由38件降至11件",
        "一",
        "分别",
        "𠮷",
        "①",
        "区住建局",
        "同意率92.3%",
        "表决通过",
        "得到解决",
        "(",
        "）",
        "3+X",
        " ",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_fact_points_at_the_words_it_was_read_from(text: str) -> None:
    facts, _ = extract(text, (), (), Metadata(published="2022-05-01"))
    for fact in facts:
        assert 0 <= fact.start < fact.end <= len(text)
        assert text[fact.start : fact.end] == fact.name
        assert text[fact.sentence_start : fact.sentence_end] == fact.sentence
        assert 0 < fact.confidence <= 1
        assert fact.rule
        assert all(0 <= start < end <= len(text) for start, end in fact.evidence)
    assert [(fact.start, fact.end) for fact in facts] == sorted((fact.start, fact.end) for fact in facts)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_facts_have_ids_of_their_own_and_the_same_each_time(text: str) -> None:
    first = with_ids("report", extract(text, (), (), Metadata())[0])
    again = with_ids("report", extract(text, (), (), Metadata())[0])
    assert first == again
    assert len({fact.id for fact in first}) == len(first)


def test_facts_belong_to_the_case_that_holds_them() -> None:
    text = "枫林区云桥街道槐荫社区走访120户。\n全区情况如下：共有社工50名。\n石湖区柳岸街道汀兰社区走访90户。"
    first, second = text.index("全区"), text.index("石湖区")
    cases = (Case("a", "甲", ((0, first),)), Case("b", "乙", ((second, len(text)),)))
    facts, told = extract(text, (), cases, Metadata())
    assert {fact.value: fact.case for fact in facts if fact.type == "measure"} == {120: "a", 50: None, 90: "b"}
    assert [case.place for case in told] == ["枫林区>云桥街道>槐荫社区", "石湖区>柳岸街道>汀兰社区"]
    assert [case.community for case in told] == ["槐荫社区", "汀兰社区"]


def test_a_case_gets_outcome_stage_and_date_from_its_text() -> None:
    text = "槐荫社区加装电梯。\n2021年3月，社区启动改造，8月工程竣工，两部电梯投入使用，老人出行难得到解决。"
    sections = (Section("outcome", "", 10, len(text)),)
    _, [case] = extract(text, sections, (Case("a", "加梯", ((0, len(text)),)),), Metadata())
    assert (case.outcome, case.stage, case.implemented) == ("已解决", "已实施", "2021-03")


def test_a_proposal_stays_one() -> None:
    text = "建议在槐荫社区设立共享车位。目前尚无先例，问题得到解决有待时日。"
    _, [case] = extract(text, (), (Case("a", "车位", ((0, len(text)),), kind="proposal"),), Metadata(kind="proposal"))
    assert (case.outcome, case.stage, case.implemented) == ("未记载", "设想", None)


def test_an_empty_text_has_no_facts() -> None:
    assert extract(" \n", (), (), Metadata()) == ([], ())


def test_time_grows_with_the_text_and_not_faster() -> None:
    unit = "2021年3月，枫林区云桥街道槐荫社区主任沈若兰介绍，“先入户，再开会，走访300多户。”居民反对加装电梯，社区推行“七步工作法”。"
    extract(unit, (), (), Metadata())

    def seconds(times: int) -> float:
        started = time.process_time()
        extract(unit * times, (), (), Metadata())
        return time.process_time() - started

    small, large = min(seconds(100) for _ in range(3)), seconds(1000)
    assert large < 30 * small, f"{small=} {large=}"


def test_triggers_find_what_searching_everything_finds() -> None:
    cues = [*issues(), *methods(), *steps(), *outcomes().states, *stances().stances]
    kinds = [f"{type(cue).__name__}{getattr(cue, 'tree', '')}" for cue in cues]
    text = fold(
        "居民提出加装电梯，业主们坚决不同意，怕影响采光。社区召集了三次协商会，26户参与表决，24户同意，同意率达到92.3%，每户出资2.6万元。"
        "整治三个月后又出现占道，物业公司撤走了。工程历时近八个月竣工，满意率达95%。没有物业，也没有业委会，小区建于1996年，共有900户，2800人。"
    )
    family = Triggers(cues, kinds=kinds)
    scene = Scene(text, (), (), Metadata())
    number = {id(cue): index for index, cue in enumerate(cues)}
    expected = Finder(cues, kind=lambda cue: kinds[number[id(cue)]]).find(text)
    assert [(start, end, cue.id) for start, end, cue in family.find(text, scene.hits)] == [
        (start, end, cue.id) for start, end, cue in expected
    ]


def test_required_words() -> None:
    assert required("(居民|业主).{0,8}(召开|举行)(了)?") == frozenset({"召开", "举行"})
    assert required("(居民)?[甲乙]组") == frozenset({"组"})
    assert required("(?:a|b)?") is None
    assert required("[^，]{0,8}") is None
