"""How far the work of a case has got, and the sentence that says so (people and places 虚构)."""

from __future__ import annotations

import pytest

from corpus.model import Case, Fact, Metadata, ReportKind
from ingest.extract import extract
from ingest.segment import cases, find_headings, kind, kinds, sections

BEFORE = (
    "青瓦社区位于老城东侧，共有居民1180户。小区停车难成了老大难，居民投诉不断。社区党委召集物业公司和居民代表开了五次协商会，逐户征求意见。"
)


def told(text: str, name: str = "青瓦社区停车", report_kind: ReportKind = "case") -> tuple[Case, list[Fact]]:
    parts = sections(text, 0, find_headings(text, 0))
    metadata = Metadata(title=name, kind=report_kind)
    found = kinds((Case("c", name, ((0, len(text)),)),), text, parts, metadata, stated=True)
    facts, (case,) = extract(text, parts, found, metadata)
    return case, [fact for fact in facts if fact.type == "context" and fact.aspect == "stage"]


@pytest.mark.parametrize(
    ("ending", "stage", "words"),
    [
        ("2022年5月，改造工程完工，车位投入使用。", "已实施", "投入使用"),
        ("目前，办法正在三个小区开展试点，效果还要再看。", "试点", "正在三个小区开展试点"),
        ("2023年起，这一做法在全区推广，十二个街道都用上了。", "已推广", "全区推广"),
        ("一年以后，项目因为没有钱被叫停，大家都觉得可惜。", "已停止", "被叫停"),
        ("9月12日，社区开了最后一次会，宣布中止。", "已停止", "宣布中止"),
    ],
)
def test_the_stage_is_read_with_its_sentence(ending: str, stage: str, words: str) -> None:
    case, (fact,) = told(f"{BEFORE}\n{ending}")
    assert (case.stage, fact.kind, fact.rule) == (stage, stage, "stage")
    assert words in fact.name
    assert fact.name in fact.sentence
    assert fact.sentence in ending
    assert fact.case == case.id


@pytest.mark.parametrize(
    "ending",
    [
        "2022年5月，改造工程完工，车位投入使用。街道计划明年把做法在全区推广。",
        "2022年5月，改造工程完工，车位投入使用。这一做法可复制、可推广，值得在全区推广。",
        "2022年5月，改造工程完工，车位投入使用。如果没有居民签字，项目就会被叫停。",
        "项目一度被叫停，后来重新启动。2022年5月，改造工程完工，车位投入使用。",
    ],
)
def test_what_is_planned_supposed_or_over_is_no_stage(ending: str) -> None:
    case, (fact,) = told(f"{BEFORE}\n{ending}")
    assert case.stage == "已实施"
    assert "推广" not in fact.name
    assert "叫停" not in fact.name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("青瓦社区位于老城东侧。居民坐下来商量了三次，各退一步。", "商量了三次"),
        ("今年4月，社区党委请来快递站点和物业，约定限速五公里。", "请来"),
        ("半年来，骑手上报线索864条，办结率97%。", "半年来"),
    ],
)
def test_any_deed_that_is_told_says_that_work_was_done(text: str, words: str) -> None:
    case, (fact,) = told(text)
    assert (case.stage, fact.kind) == ("已实施", "已实施")
    assert words in fact.sentence


@pytest.mark.parametrize(
    "text",
    [
        "双职工多，孩子放学没人管。请12位退休教师轮值，每天两小时，材料费由街道列支。",
        "楼道里堆着轮椅。由居委会登记各户闲置轮椅，预计可盘活20辆。",
        "青瓦社区建成于1996年，有居民1180户。",
    ],
)
def test_a_case_whose_text_tells_of_nothing_done_has_no_stage(text: str) -> None:
    case, facts = told(text)
    assert case.stage is None
    assert facts == []


def test_a_title_that_tells_of_failure() -> None:
    assert told(f"{BEFORE}大家各回各家，预交的钱退了回去。", "一部没有装成的电梯")[0].stage == "已停止"


@pytest.mark.parametrize(
    ("text", "name", "stage", "words"),
    [
        ("小区门口快递乱放。我建议在门口设立快递柜，建议由街道补贴一半。", "关于设立快递柜的建议", "设想", "建议在"),
        ("小区门口快递乱放。街道已将快递柜列入明年民生实事计划，拟于2024年3月建设。", "快递柜建设计划", "拟实施", "列入明年民生实事计划"),
    ],
)
def test_proposals(text: str, name: str, stage: str, words: str) -> None:
    case, (fact,) = told(text, name, "proposal")
    assert (case.stage, fact.kind) == (stage, stage)
    assert words in fact.name


def test_each_case_of_a_report_has_a_kind_and_a_stage_of_its_own() -> None:
    text = "\n".join(
        (
            "案例一 青瓦社区的停车难",
            BEFORE,
            "2022年5月，改造工程完工，车位投入使用，投诉量下降了八成。",
            "案例二 关于设立快递柜的建议",
            "小区门口快递乱放，老人容易绊倒。我建议在门口设立快递柜。建议由街道补贴一半。建议物业每天清理一次。",
            "案例三 石桥头社区的早市",
            "石桥头社区的早市占道多年，投诉不断。社区联合城管划出六十个摊位，错时开放。",
            "2023年，这一做法在全区推广，投诉降到了个位数。",
        )
    )
    headings = find_headings(text, 0)
    parts = sections(text, 0, headings)
    metadata = Metadata(title="三个案例")
    metadata = Metadata(title="三个案例", kind=kind(text, metadata, parts, stated=False))
    found = kinds(cases("r", text, "三个案例", 0, parts, headings), text, parts, metadata, stated=False)
    facts, enriched = extract(text, parts, found, metadata)
    assert [(case.kind, case.stage) for case in enriched] == [("case", "已实施"), ("proposal", "设想"), ("case", "已推广")]
    stages = [fact for fact in facts if fact.aspect == "stage"]
    assert [fact.case for fact in stages] == [case.id for case in enriched]


def test_when_it_was_carried_out_is_not_when_it_was_published() -> None:
    text = f"{BEFORE}\n2021年3月，社区启动改造。2021年9月，车位投入使用。"
    parts = sections(text, 0, [])
    metadata = Metadata(title="青瓦社区停车", kind="case", published="2023-06-01")
    found = kinds((Case("c", "青瓦社区停车", ((0, len(text)),)),), text, parts, metadata, stated=True)
    (case,) = extract(text, parts, found, metadata)[1]
    assert case.implemented == "2021-03"


@pytest.mark.parametrize(
    ("text", "name", "stage", "words"),
    [
        ("2022年6月，村里办起积分超市。2023年，镇里另外五个村照着办了起来。", "积分超市", "已推广", "照着"),
        ("2022年6月，社区开了早餐棚，已有八个小区参照设棚。", "一顿早餐", "已推广", "参照"),
        ("7月1日起，在两栋楼先试，灯由住户轮流关。年底看电费决定是否延长。灯已经安装完成。", "楼道灯", "试点", "先试"),
        ("2021年5月，街道在广场设立旧物小站。2022年9月，街道决定撤销旧物小站，屋子还给物业。", "旧物小站记", "已停止", "撤销旧物小站"),
        ("2021年5月，社区办起夜校。2022年4月，居民代表表决停办，余款退回。", "一所夜校", "已停止", "停办"),
    ],
)
def test_spread_open_trials_and_what_was_given_up(text: str, name: str, stage: str, words: str) -> None:
    case, (fact,) = told(f"{BEFORE}\n{text}", name)
    assert (case.stage, fact.kind) == (stage, stage)
    assert words in fact.name


def test_taking_away_what_the_trouble_was_is_no_stop() -> None:
    assert told(f"{BEFORE}\n2022年5月，街道决定拆除违建雨棚，改造工程完工。", "违建雨棚拆除记")[0].stage == "已实施"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("建议在巷口装凸面镜。街道回复：已列入今年微改造计划，拟10月开工。", "拟实施"),
        ("建议在巷口装凸面镜，希望列入明年的计划。", "设想"),
        ("从5月6日起我在两个巷口各放一面镜子试两个月。两个月后看数据决定增不增点。", "试点"),
        ("建议选两条巷子先试半年，再看要不要推广。", "设想"),
    ],
)
def test_how_far_a_proposal_has_got(text: str, stage: str) -> None:
    assert told(text, "巷口的镜子", "proposal")[0].stage == stage


def test_work_that_came_to_its_end_is_done() -> None:
    assert told(f"{BEFORE}\n居民自己商议、筹款，用了近七个月，终于将菜场翻新工程结束。", "菜场翻新记")[0].stage == "已实施"
