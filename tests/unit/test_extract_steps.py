"""Steps: what the text says was done, never the names of a method's parts."""

from __future__ import annotations

import pytest
from witness import Witness

from corpus.model import Metadata


def _steps(text: str) -> list[str | None]:
    return [finding.step for finding in Witness(text).steps()]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("两周里收集到居民意见43条。", "提出"),
        ("2019年2月，村里开了三次院坝会。", "商议"),
        ("10月8日，全楼进行书面表决。", "决定"),
        ("业主出资120万元，区里补助86万元。", "筹资"),
        ("2018年3月9日，改造后的市场重新开业。", "实施"),
        ("每一笔开支都张榜公示，村民选出了监督小组。", "监督"),
        ("区住建局7月组织联合验收，结论为合格。", "评价"),
    ],
)
def test_step_that_was_done(text: str, step: str) -> None:
    assert step in _steps(text)


@pytest.mark.parametrize(
    "text",
    [
        "社区推行“六步工作法”，即民提、民议、民决、民筹、民办、民评。",
        "社区按“议题征集、分楼协商、全院表决、账目上墙”四步来做。",
        "建立民情收集、分级协商、结果反馈的工作机制。",
        "如果居民表决通过，年底前动工。",
        "应当由业主共同决定并进行公示。",
        "施工单位重新报价，管线迁改要加钱。",
        "居民投诉大幅减少。",
        "第一条路，合作社贷款自己改。",
        "我国民生投资增长加快。",
        "表决没有进行。",
    ],
)
def test_names_plans_rules_and_weighed_choices_are_no_steps(text: str) -> None:
    assert _steps(text) == []


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("下一步拟组织居民表决。", "planned"),
        ("改造前没有召开过居民议事会。", "negated"),
        ("打分表已经印好，目前还没有启用。", "negated"),
        ("2021年3月组织居民表决。", "asserted"),
    ],
)
def test_what_is_planned_or_was_left_undone_says_so(text: str, modality: str) -> None:
    assert {step.modality for step in Witness(text).steps()} == {modality}


def test_what_people_did_themselves() -> None:
    text = "她召集了市场周边的居民，让他们自己提出问题，自己商议解决办法，并让居民自己表决和筹款。"
    assert _steps(text) == ["提出", "商议", "决定", "筹资"]


def test_old_building_in_the_background_is_no_implementation() -> None:
    assert Witness("市场1998年建成，有摊位142个。", role="background").steps() == []


def test_one_of_a_step_in_a_clause_with_the_clause_as_evidence() -> None:
    witness = Witness("12月，居民表决通过了方案，全体签字同意。")
    found = [finding for finding in witness.steps() if finding.step == "决定"]
    clauses = [finding.evidence[0] for finding in found]
    assert len(clauses) == len(set(clauses))
    assert all(low <= finding.start < finding.end <= high for finding in found for low, high in finding.evidence)


@pytest.mark.parametrize(
    ("text", "step", "words"),
    [
        ("2021年5月，网格员入户走访了76户，记下三条意见。", "商议", "网格员入户走访了76户"),
        ("双方谈了四轮才把价钱说定。", "商议", "双方谈了四轮才把价钱说定"),
        ("最后选定第二套图纸。", "决定", "最后选定第二套图纸"),
        ("区里补助9万元，余下的由业主分摊。", "筹资", "区里补助9万元"),
        ("施工队把旧车棚改成了活动室。", "实施", "施工队把旧车棚改成了活动室"),
        ("收支表每月贴在门厅。", "监督", "收支表每月贴在门厅"),
    ],
)
def test_a_deed_with_its_clause(text: str, step: str, words: str) -> None:
    witness = Witness(text)
    assert words in [witness.text[finding.start : finding.end] for finding in witness.steps() if finding.step == step]


@pytest.mark.parametrize(
    "text",
    [
        "街道垫付的电费数额不小。",
        "出了事由谁承担？",
        "从第一次入户摸底算起历时九个月。",
        "投诉由上年的38件降至11件。",
        "全国政协会议审议通过了报告。",
    ],
)
def test_modifiers_questions_figures_and_affairs_of_state_are_no_steps(text: str) -> None:
    assert _steps(text) == []


def test_one_row_for_a_step_in_a_sentence() -> None:
    witness = Witness("8月，施工队铺了管道，装上了路灯，物业验收合格。")
    found = [(finding.step, witness.text[finding.start : finding.end]) for finding in witness.steps()]
    assert [step for step, _ in found].count("实施") == 1
    assert ("评价", "物业验收合格") in found


def test_what_only_brings_in_another_step_is_none() -> None:
    assert _steps("2020年6月，街道组织开展了满意度测评，86户表示满意。") == ["评价"]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("2021年5月，住户来找社区，说楼道漏水。", "提出"),
        ("街道反映，表格仍由社区填。", "提出"),
        ("群众报警以后，街道连夜开会。", "提出"),
        ("2021年5月，居民围坐在院子里谈补偿。", "商议"),
        ("业委会问了一圈，没有人愿意牵头。", "商议"),
        ("议事会前后开了四次。", "商议"),
        ("目前仍在协商。", "商议"),
        ("法院去年判店家停业。", "决定"),
        ("三条意见写成六条约定，全楼认了。", "决定"),
        ("会上选了第二种方案。", "决定"),
        ("各方通过《柳荫里停车约定》。", "决定"),
        ("剩下的九万元是摊主凑的。", "筹资"),
        ("社区聘了两名保洁员。", "实施"),
        ("在院子东头设立了便民疏导点。", "实施"),
        ("每季度公布各部门要表的数目。", "监督"),
    ],
)
def test_more_ways_to_tell_a_deed(text: str, step: str) -> None:
    assert step in _steps(text)


@pytest.mark.parametrize(
    "text",
    [
        "去年是协会成立75周年。",
        "她结合老旧小区改造谈了自己的感受。",
        "从设计安装到售后服务都有人管。",
        "这里的老楼没有安装电梯。",
        "社区重点打造三个示范点。",
        "商户按照社区要求摆放。",
        "在公司上班的小周决定回乡创业。",
        "全省新建托育点三百个。",
        "除夕那天，各族群众围坐在一起过年。",
        "小区停车位改造列入了首批工作清单。",
    ],
)
def test_what_is_spoken_of_owed_or_lacking_is_no_deed_of_the_case(text: str) -> None:
    assert not {"实施", "提出", "商议"} & set(_steps(text))


def test_money_that_is_not_there_is_denied() -> None:
    (step,) = [found for found in Witness("大修的资金尚未落实。").steps() if found.step == "筹资"]
    assert step.modality == "negated"


def test_what_is_about_to_come_is_planned() -> None:
    assert {step.modality for step in Witness("明年街道将为每栋楼安装扶手。").steps()} == {"planned"}


def test_only_what_the_text_is_about_opens_as_a_deed() -> None:
    told = "柳荫社区的居民多次商量老市场怎么改。" * 12
    assert "实施" not in [step.step for step in Witness(f"{told}门口的超市开业那天，居民又来了。").steps()]
    assert "实施" in [step.step for step in Witness(f"{told}2021年5月1日，市场开业。").steps()]


@pytest.mark.parametrize(
    "text",
    [
        "新华社电。北京、天津、河北、山西等地推进建设。各地组织施工，建成了一批项目。" * 12,
        "海关推出便利措施，班列开行了三百列，签订了合同。" * 20,
    ],
)
def test_news_of_the_country_tells_no_case(text: str) -> None:
    assert Witness(text).steps() == []


_MET = "2021年5月，柳荫社区召开居民议事会，社区把旧车棚改成了活动室。"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("市委书记到柳荫街道调研", False),
        ("全市社区工作会议今天召开", False),
        ("各地推进社区建设", False),
        ("关于社区食堂运营情况的调研", True),
        ("业主大会召开难怎么破", True),
        ("柳荫社区的旧车棚", True),
    ],
)
def test_news_of_a_visit_or_a_meeting_is_no_case(title: str, told: bool) -> None:
    found = Witness(_MET * 3, metadata=Metadata(kind="news", title=title)).steps()
    assert bool(found) == told
