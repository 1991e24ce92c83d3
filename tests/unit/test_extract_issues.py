"""Issues: what is told as a problem, and nothing that only names a thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from witness import Witness

from corpus.model import Role


def _ids(text: str) -> list[str | None]:
    return [finding.concept for finding in Witness(text).issues()]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("云岭小区停车难，夜里有四十多辆车停在消防通道上。", "parking.shortage"),
        ("楼道堆物把三楼的平台堵死了。", "safety.corridor"),
        ("二楼业主反对加装电梯。", "housing.lift"),
        ("一楼的群租房里住着二十三个人。", "housing.group_rental"),
        ("农贸市场门前占道经营，居民投诉不断。", "market.wet_market"),
    ],
)
def test_problem_is_linked_to_the_vocabulary(text: str, concept: str) -> None:
    assert concept in _ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "早上她去农贸市场买菜。",
        "省里印发了《关于加装电梯的指导意见》。",
        "区垃圾分类办的老周来过两次。",
        "三户口头答应了。",
        "我国持续推进老旧小区改造。",
    ],
)
def test_what_only_names_a_thing_is_no_issue(text: str) -> None:
    assert _ids(text) == []


def test_one_fact_a_sentence_and_issue() -> None:
    witness = Witness("飞线充电屡禁不止，飞线最多的一栋有三十处飞线。第二天飞线充电又出现了。")
    assert [finding.concept for finding in witness.issues()].count("safety.flying_wire") == 2


def test_modality_of_a_problem() -> None:
    assert [f.modality for f in Witness("整治以后未再发生噪声扰民。").issues()] == ["negated"]
    assert [f.modality for f in Witness("为防止飞线充电，社区装了插座。").issues()] == ["conditional"]
    assert [f.modality for f in Witness("院子里没有物业。").issues()] == ["asserted"]


@given(st.text(alphabet="停车难飞线充电小区的，。反对加装梯“”《》\n没有"))
def test_findings_lie_in_the_text_once_a_sentence(text: str) -> None:
    witness = Witness(text)
    found = witness.issues()
    assert all(0 <= finding.start < finding.end <= len(text) for finding in found)
    keys = [(witness.scene.sentence(finding.start), finding.concept) for finding in found]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "text",
    [
        "打造15分钟生活圈，居民有问题就近解决。",
        "从“要我参与”变为“我要参与”，矛盾少了。",
        "部门协同处置，问题很快解决。",
        "孵化社会组织12家，解决了服务难题。",
        "坚持小事不出网格、矛盾不上交。",
    ],
)
def test_answers_and_slogans_are_no_issues(text: str) -> None:
    assert Witness(text).issues() == []


def test_the_same_words_about_another_matter() -> None:
    assert [finding.concept for finding in Witness("光伏企业拖欠租金2.5万元。").issues()] == []
    assert [finding.concept for finding in Witness("一楼业主说房子卖不上价。").issues()] == []
    assert [finding.concept for finding in Witness("楼盘虚假宣传，业主上门讨说法。").issues()] == ["housing.sale"]


def _words(text: str, role: Role = "problem") -> list[str]:
    return [text[finding.start : finding.end] for finding in Witness(text, role=role, case=True).issues()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("周边商户反映最多的是卸货难、灯箱太亮。", "卸货难"),
        ("争议集中在两个方面：旧账怎么还、门岗谁来站。", "门岗谁来站"),
        ("值班制度存在“白天没人、夜里没灯”等问题。", "白天没人、夜里没灯"),
        ("社区着力解决晾衣绳占绿地问题。", "晾衣绳占绿地"),
        ("去年因抢长椅引起的纠纷有九起。", "抢长椅"),
        ("孩子们放学没地方去。", "没地方去"),
        ("楼顶加层屡禁不止。", "楼顶加层"),
        ("屋顶晾晒问题未能化解。", "屋顶晾晒"),
    ],
)
def test_what_is_marked_as_a_problem_is_an_issue_in_its_own_words(text: str, words: str) -> None:
    assert any(words in told or told in words for told in _words(text))


@pytest.mark.parametrize(
    "text",
    [
        "着力解决群众急难愁盼问题。",
        "当场解决了91个问题。",
        "着力破解深层次矛盾和问题。",
        "老楼共七层48户，1991年建成，没有电梯。",
        "夜里测到的噪声约35分贝。",
        "这栋楼纳入老旧小区改造，管线全换。",
        "拆迁时写了承诺书。",
    ],
)
def test_phrases_settings_and_measurements_are_no_issues(text: str) -> None:
    assert _words(text, role="background") == []


def test_a_short_word_is_an_issue_where_it_is_said_to_stay_unsolved() -> None:
    witness = Witness("截至印发之日，占道和垃圾问题尚未解决。")
    assert {"占道", "垃圾"} <= set(witness.words(witness.issues()))


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("入秋以来三号线的司机常在桥头拒载。", "parking.travel"),
        ("厂里白天冒黑烟，下风的村子一股刺鼻气味。", "environment.fumes"),
        ("班主任把作业不齐的学生劝退了。", "children.school_conduct"),
        ("剧场还没验收就违规施工，墙上一拍就掉灰。", "facilities.construction"),
        ("导游一路强迫购物，不买不让下车。", "market.travel"),
        ("工厂强制加班到夜里十一点。", "labour.conditions"),
        ("西坡的泵坏了，镇上停水六天。", "facilities.water"),
    ],
)
def test_wrongs_and_mishaps_are_problems_by_themselves(text: str, concept: str) -> None:
    assert concept in _ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "周五下午举办了防电信诈骗知识讲座。",
        "派出所印了打击传销的传单。",
        "市场监管所加强反不正当竞争执法。",
        "她换了一台油烟机。",
        "大气污染防治由生态环境部门承担。",
        "旅行社送来一面锦旗。",
        "健身步道旁新栽了桂花。",
    ],
)
def test_campaigns_and_things_named_in_passing_are_no_problems(text: str) -> None:
    assert _ids(text) == []


def test_those_in_need_are_not_their_need() -> None:
    assert "housing" in _ids("老院里三代同住，住房困难。")
    assert "housing" not in _ids("县里为住房困难家庭建了二百套房。")


def test_what_is_ruled_out_did_not_come_up() -> None:
    assert [finding.modality for finding in Witness("专家排除了混凝土质量问题。").issues()] == ["negated"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("云岭县的公租房什么时候分？\n您好，我在县里做工十年，一直租房住。", "service.housing_fund"),
        ("咨询新生儿医保\n我家孩子上月出生，在外地办的手续。", "health.insurance"),
        ("关于体育馆开放的咨询\n请问周末体育馆几点开门？", "neighbourhood.space"),
        ("桥头公交站的事\n尊敬的领导：您好，我们每天在桥头等公交，盼增加班次。", "parking.travel"),
    ],
)
def test_what_a_letter_asks_for_is_its_issue(text: str, concept: str) -> None:
    assert concept in _ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "公租房交付\n今年交付公租房三百套，我们去看了样板间。",
        "公租房何时建成\n本报记者走进工地：公租房已经封顶。",
        "希望小学的体育馆\n我们在体育馆里开了联欢会。",
    ],
)
def test_a_report_of_the_same_things_is_no_letter(text: str) -> None:
    assert _ids(text) == []
