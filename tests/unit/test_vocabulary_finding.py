"""What the vocabulary finds in sentences, and what it must not."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import vocabulary
from corpus.fold import fold
from corpus.vocabulary import Cue, Finder
from corpus.vocabulary.entry import clause_pattern


def found(cues: tuple[Cue, ...], text: str) -> set[str]:
    """Ids of the cues found in `text`, each looked for by itself."""
    return {cue.id for _, _, cue in Finder(cues, kind=lambda cue: cue.id).find(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三单元六户人家想给老楼装电梯，一楼两户说什么也不同意", {"housing.lift"}),
        ("电梯到底要不要加装，楼里吵了两年", {"housing.lift"}),
        ("电梯加装智能阻车系统后，电动车再也推不进电梯", {"safety.ebike_upstairs"}),
        ("菜场门口污水横流，摊贩占道", {"market.wet_market", "environment.sewage", "market.vendors"}),
        ("从六楼窗户拉下来一根插线板给电瓶车充电", {"safety.flying_wire"}),
        ("物业公司一夜之间撤走了", {"property.exit"}),
        ("回家没地方停车，邻居为车位红了脸", {"parking.shortage"}),
        ("晚上跳广场舞的音响吵得孩子写不了作业", {"noise.square_dance"}),
        ("遛狗不牵绳，草坪里都是狗粪", {"neighbourhood.dogs"}),
        ("工地包工头拖欠二十多名农民工工资", {"labour.wages"}),
        ("社区工作者整天填表报数，台账多、迎检多", {"burden.forms"}),
        ("干部干、群众看，居民不愿参与", {"participation.low"}),
        ("几个部门互相推诿，谁都不牵头", {"coordination.buck_passing"}),
        ("小区的业委会难产，筹备组解散了两回", {"owners.formation"}),
        ("一件信访积案拖了十一年", {"petition.backlog"}),
        ("既有多層住宅加裝電梯", {"housing.lift"}),
    ],
)
def test_issues_are_found_in_daily_and_official_words(text: str, expected: set[str]) -> None:
    assert expected <= {issue.id for _, _, issue in vocabulary.issue_finder().find(text)}


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("电梯加装智能阻车系统", "housing.lift"),
        ("乘电梯到三楼参加议事会", "housing.lift"),
        ("社区举办广场舞大赛", "noise.square_dance"),
        ("为每户建立台账", "burden.forms"),
        ("停车场边上的党群服务中心", "parking.shortage"),
        ("冬日暖气氛浓", "facilities.heating"),
        ("新业委会与物业签了合同", "owners.formation"),
    ],
)
def test_words_that_only_look_like_an_issue_are_none(text: str, issue: str) -> None:
    assert issue not in {item.id for _, _, item in vocabulary.issue_finder().find(text)}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("拖了三年的漏水问题终于解决了", "已解决"),
        ("停车矛盾有所缓解，仍有少数车主乱停", "部分解决"),
        ("协商未果，电梯至今没有装成", "未解决"),
        ("整治过后不到两个月，摊贩又回来了", "反弹"),
        ("施工被叫停，项目搁置", "中止"),
    ],
)
def test_outcome_states(text: str, state: str) -> None:
    assert state in found(vocabulary.outcomes().states, text)


@pytest.mark.parametrize(
    ("text", "state"),
    [("健全机制，防止反弹", "反弹"), ("问题一直没有得到解决", "已解决"), ("做法值得推广", "已推广"), ("化解历史遗留问题", "部分解决")],
)
def test_denied_or_wished_states_do_not_count(text: str, state: str) -> None:
    assert state not in found((*vocabulary.outcomes().states, *vocabulary.outcomes().stages), text)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("十几户居民联名提出装一部电梯", {"proposal"}),
        ("社区召集业主代表开了四次协商会", {"deliberation"}),
        ("二十三户投票表决，二十一户签字同意", {"decision"}),
        ("居民每户出资三千元，街道补贴五万元", {"funding"}),
        ("工程历时八个月完工，新市场投入使用", {"implementation"}),
        ("居民推选三名质量监督员，账目每周张榜", {"supervision"}),
        ("年底组织居民打分，满意度达到九成", {"evaluation"}),
        ("让摊主自己商议，自己表决", {"deliberation", "decision"}),
    ],
)
def test_steps_that_were_done(text: str, steps: set[str]) -> None:
    assert steps <= found(vocabulary.steps(), text)


def test_the_name_of_a_step_is_no_evidence_for_it() -> None:
    for step in vocabulary.steps():
        for name in step.names:
            assert found(vocabulary.steps(), name) == set(), name
    sentence = "通过民事民提、民事民议、民事民决、民事民筹、民事民办、民事民评六步工作法，让居民当家作主"
    assert found(vocabulary.steps(), sentence) == set()


def test_steps_come_in_order_and_schemes_map_onto_them() -> None:
    assert [step.label for step in vocabulary.steps()] == ["提出", "商议", "决定", "筹资", "实施", "监督", "评价"]
    assert [step.order for step in vocabulary.steps()] == [1, 2, 3, 4, 5, 6, 7]
    schemes = {scheme.id: [step for _, step in scheme.parts] for scheme in vocabulary.step_schemes()}
    assert schemes["six_steps"] == ["proposal", "deliberation", "decision", "funding", "implementation", "evaluation"]
    assert schemes["four_discussions"] == ["proposal", "deliberation", "deliberation", "decision", "decision", "supervision"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("六楼的老人要求装电梯", "demand"),
        ("一楼业主坚决不同意", "objection"),
        ("大家担心电梯挡了采光", "concern"),
        ("高层住户愿意补偿一楼两万元", "offer"),
        ("施工队调整了井道位置，老张终于松口", "concession"),
        ("有人提议把菜场搬到河边", "option"),
        ("90%以上的业主同意", "vote"),
    ],
)
def test_stances(text: str, stance: str) -> None:
    assert stance in found(vocabulary.stances().stances, text)


def test_objections_that_were_dropped_are_none() -> None:
    assert "objection" not in found(vocabulary.stances().stances, "公示期满无异议，再没人反对，也不再反对")
    assert "concern" not in found(vocabulary.stances().stances, "打消顾虑，解除后顾之忧")


@pytest.mark.parametrize(
    ("text", "aspect", "value"),
    [
        ("小区建于1987年，共有12幢楼", "community_type", "老旧小区"),
        ("这里是厂里的职工宿舍", "community_type", "房改房/单位大院"),
        ("前期物业已经撤场", "property_service", "无物业"),
        ("至今没有成立业委会", "owners_committee", "无业委会"),
        ("每户分摊八百元，其余由街道财政补", "funding", "居民自筹"),
    ],
)
def test_context_values(text: str, aspect: str, value: str) -> None:
    values = next(item.values for item in vocabulary.contexts() if item.id == aspect)
    assert value in found(values, text)


def test_numbers_of_a_context_are_a_group_of_the_pattern() -> None:
    households = next(aspect for aspect in vocabulary.contexts() if aspect.id == "households").values[0]
    match = next(match for pattern in households.patterns if (match := pattern.search("小区共有居民1260余户")))
    assert (match["value"], match["scale"]) == ("1260", None)


@given(st.text("电梯加装划定著，,。 A", max_size=24))
def test_a_pattern_matches_a_text_and_its_folded_form_alike(text: str) -> None:
    pattern = clause_pattern("(电梯…加装|划定|a著，)")
    assert [match.span() for match in pattern.finditer(text)] == [match.span() for match in pattern.finditer(fold(text))]


def test_gaps_of_a_pattern_stay_in_the_clause() -> None:
    pattern = clause_pattern("电梯…加装……成")
    assert pattern.search("电梯要不要加装，最后没成") is None
    assert pattern.search("电梯要不要加装最后谈了半年还是没成")
    assert pattern.search("电梯到底什么时候才能够加装成") is None
    assert clause_pattern(r"\d+…[划，]\.").search("12条规画.")


def test_patterns_do_not_hide_other_cues_and_excludes_bar_them() -> None:
    cues = (Cue("a", "甲", ("充电",), (re.compile("停车.{0,6}难"),), ("停车不难",)), Cue("b", "乙", ("充电难",)))
    finder = Finder(cues)
    assert [(start, end, cue.id) for start, end, cue in finder.find("停车和充电难")] == [(0, 6, "a"), (3, 6, "b")]
    assert finder.find("停车不难") == []


def test_patterns_count_where_no_term_or_exclusion_is() -> None:
    cue = Cue("a", "甲", terms=("停车",), patterns=(re.compile("车.位"), re.compile("没.{0,2}位")), excludes=("车满位",))
    finder = Finder((cue,))
    text = "停车无位，车满位，没车位，没座位，车空位"
    assert [text[start:end] for start, end, _ in finder.find(text)] == ["停车", "没车位", "没座位", "车空位"]


def test_finding_takes_time_in_proportion_to_the_text() -> None:
    cue = Cue("a", "甲", terms=("停车",), patterns=(re.compile("难题"),))
    text = "停车难题" * 40_000
    started = time.monotonic()
    assert len(Finder((cue,)).find(text)) == 80_000
    assert time.monotonic() - started < 20
