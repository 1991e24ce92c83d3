"""How Chinese says who did what: topic chains, 把 and 由, pairs in order, phrases under which something is done."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from corpus.vocabulary import ontology
from ingest.extract import extract

Triple = tuple[str | None, str | None, str | None]


def relations(text: str) -> list[Fact]:
    found, _ = extract(text, (), (), Metadata())
    return [fact for fact in found if fact.type == "relation"]


def triples(text: str) -> list[Triple]:
    return [(fact.head, fact.relation, fact.tail) for fact in relations(text)]


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("枫林区民政局会同区财政局，在云桥、松涛两个街道推行“七步工作法”。", ("枫林区民政局", "carries_out", "七步工作法")),
        ("云桥街道把一处旧车棚改成“邻里议事亭”。", ("云桥街道", "carries_out", "邻里议事亭")),
        ("云桥街道将检查结果录入“云桥通”平台。", ("云桥街道", "uses", "云桥通")),
        ("社区党委书记何某搬来五张圆桌，推行“七步工作法”。", ("何某", "carries_out", "七步工作法")),
        ("在云桥街道的指导下，槐荫社区居委会推行“七步工作法”。", ("云桥街道", "assists", "槐荫社区居委会")),
        ("社区通过“湖畔夜话”平台收集意见。", ("社区", "uses", "湖畔夜话")),
        ("社区以“邻里食堂”为抓手，做好养老服务。", ("社区", "uses", "邻里食堂")),
        ("位于枫林区的“湖畔夜话”议事厅开门了。", ("湖畔夜话", "located_in", "枫林区")),
        ("云桥街道、松涛街道共同启动“清爽楼道”行动。", ("云桥街道", "cooperates_with", "松涛街道")),
        ("拟把“时间银行”纳入“暖巢”计划。", ("时间银行", "part_of", "暖巢")),
        ("社区在区司法局的指导下推行“七步工作法”。", ("社区", "carries_out", "七步工作法")),
        ("社区党委每月召集物业公司开会。建立“三方联席会议”制度。", ("社区党委", "carries_out", "三方联席会议")),
        ("社区党委成立“红色物业联盟”，吸纳物业公司、业委会为成员单位。", ("业委会", "part_of", "红色物业联盟")),
        ("县法院、县司法局联合调解了这起土地纠纷。", ("县司法局", "mediates", "土地纠纷")),
        ("社区投入20万元，用于改造“邻里中心”。", ("社区", "funds", "邻里中心")),
        ("依据《社区工作者管理办法》，街道制定了《社区减负清单》。", ("社区减负清单", "based_on", "社区工作者管理办法")),
        ("市人大代表周洁建议修订《市物业管理条例》。", ("周洁", "proposes", "市物业管理条例")),
        ("云桥街道党工委书记何某带队走访企业，现场协调解决停车难。", ("何某", "addresses", "停车难")),
    ],
)
def test_syntax(text: str, triple: Triple) -> None:
    assert triple in triples(text)


def test_an_officer_acts_and_not_his_body() -> None:
    heads = [head for head, relation, _ in triples("社区党委书记何某搬来五张圆桌，推行“七步工作法”。") if relation == "carries_out"]
    assert "社区党委" not in heads


def test_pairs_in_order() -> None:
    found = triples("云桥街道、松涛街道分别启动“清爽楼道”行动、“暖巢”行动。")
    done = [(head, tail) for head, relation, tail in found if relation == "carries_out"]
    assert sorted((head, "暖巢" in (tail or "")) for head, tail in done) == [("云桥街道", False), ("松涛街道", True)]


def test_unequal_numbers_make_no_pairs() -> None:
    found = triples("云桥街道、松涛街道、槐荫街道分别启动“清爽楼道”行动、“暖巢”行动。")
    assert [triple for triple in found if triple[1] == "carries_out"] == []


@pytest.mark.parametrize(
    "text",
    [
        "枫林区民政局指导、云桥街道和松涛街道共同主办的“邻里节”开幕。",  # those behind 、 are not whom it guides
        "枫林区监管局组织干部组成的走访队。",
        "社区党委领导班子成员走访居民。",
    ],
)
def test_what_stands_behind_a_pause_or_in_a_noun_is_no_object(text: str) -> None:
    assert [triple for triple in triples(text) if triple[1] in ("assists", "leads")] == []


def test_a_clause_of_another_subject_ends_the_chain() -> None:
    text = "云桥街道召开会议，业主代表情绪激动，要求物业公司退费。"
    assert [head for head, relation, _ in triples(text) if relation == "demands" and head == "云桥街道"] == []


def test_means_named_in_the_clause_before_solve_the_issue() -> None:
    heads = [
        head for head, relation, tail in triples("社区上线“共享车位”平台，有效解决停车难。") if (relation, tail) == ("addresses", "停车难")
    ]
    assert any("共享车位" in (head or "") for head in heads)


def test_the_means_of_passing_an_inspection_are_none() -> None:
    assert [triple for triple in triples("枫林区通过“平安小区”行动验收。") if triple[1] == "uses"] == []


def test_what_a_method_brought_about_is_the_sentence_that_tells_it() -> None:
    [fact] = [fact for fact in relations("“积分超市”让投放准确率升到95%。") if fact.relation == "results_in"]
    assert (fact.head, fact.tail_type) == ("积分超市", None)
    assert "升到95%" in (fact.tail or "")


def test_who_offers_several_plans() -> None:
    text = "云桥街道拿出两个方案。第一个是整体搬迁，要花钱；第二个是原地改造，大家同意。"
    offered = [tail for head, relation, tail in triples(text) if (head, relation) == ("云桥街道", "proposes")]
    assert offered == ["整体搬迁", "原地改造"]
    assert "proposes" not in [relation for _, relation, _ in triples(text.replace("拿出两个方案", "开会"))]


def test_those_who_join_a_group_take_part_in_it() -> None:
    found = triples("云桥街道成立工作专班，区住建局、供电公司参加。")
    assert ("供电公司", "takes_part_in", "工作专班") in found
    assert ("云桥街道", "takes_part_in", "工作专班") not in found
    assert ontology().edges["takes_part_in"].allows("actor", "actor")
    assert [triple for triple in triples("区民政局邀请物业公司上门。") if triple[1] == "takes_part_in"] == []


@pytest.mark.parametrize(
    "text",
    [
        "枫林区住建局将依法巡查，联合区城管局开展整治。",
        "枫林区住建局将督促物业公司与业主沟通。",
        "区城管局也会联合云桥街道办事处巡查。",
        "要加强领导，各司其职，枫林区住建局联合云桥街道办事处整改。",
        "希望枫林区住建局联合云桥街道办事处整改。",
        "枫林区将持续推进养老服务，由区民政局牵头，推行“七步工作法”。",
    ],
)
def test_what_is_to_come_or_asked_for_is_not_asserted(text: str) -> None:
    told = [fact.modality for fact in relations(text) if fact.relation not in ("demands", "part_of")]
    assert told
    assert "asserted" not in told


def test_what_was_done_after_a_plan_is_asserted() -> None:
    facts = relations("云桥街道计划整治群租房，已联合区城管局上门。")
    assert [fact.modality for fact in facts if fact.relation == "cooperates_with"] == ["asserted"]


def test_a_condition_reaches_over_the_next_clause() -> None:
    facts = relations("如再次发生，云桥街道办事处联合区城管局上门。")
    assert [fact.modality for fact in facts if fact.relation == "cooperates_with"] == ["conditional"]


def test_an_example_is_no_condition() -> None:
    facts = relations("云桥街道联合多个部门，如区城管局，上门。云桥街道联合区城管局上门。")
    assert "conditional" not in [fact.modality for fact in facts]


@pytest.mark.parametrize(
    "text",
    [
        "岗位责任由云桥街道承担，“邻里食堂”按期开张。",  # duties, not money
        "“邻里食堂”由云桥街道负责日常管理。",
    ],
)
def test_duties_are_no_payments(text: str) -> None:
    assert [triple for triple in triples(text) if triple[1] == "funds"] == []


def test_the_law_before_a_vote() -> None:
    [fact] = [fact for fact in relations("按照《民法典》第二百七十八条，表决过了三分之二。") if fact.relation == "based_on"]
    assert (fact.tail, fact.head) == ("民法典", "表决过了三分之二")


def test_a_rule_is_no_vote() -> None:
    text = "按照《民法典》第二百七十八条，应当经参与表决的业主过半数同意。"
    assert [fact for fact in relations(text) if fact.relation == "based_on"] == []


def test_bodies_that_order_are_not_those_they_order() -> None:
    found = triples("区城管局责令物业公司整改并要求公开账目。")
    assert [head for head, relation, _ in found if relation == "demands" and head == "物业公司"] == []


def test_a_refusal_says_of_what() -> None:
    told = {tail for head, relation, tail in triples("搬，摊主不答应。摊主不答应。") if relation == "objects_to"}
    assert told == {"搬，摊主不答应"}


def test_places_in_a_list_of_bodies_act() -> None:
    assert ("云桥街道", "assists", "槐荫社区居委会") not in triples("云桥街道风景优美，槐荫社区居委会推行“七步工作法”。")
    assert [tail for _, relation, tail in triples("枫林区住建局服务云桥街道居民。") if relation == "assists"] == []


def test_a_step_that_is_denied_is_no_fact() -> None:
    facts = relations("枫林区住建局没有督促物业公司整改。")
    assert [fact.modality for fact in facts if fact.relation == "supervises"] == ["negated"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("社区曾计划推行“七步工作法”。", "planned"),
        ("社区未推行“七步工作法”。", "negated"),
        ("社区推行“七步工作法”，未发生纠纷。", "asserted"),
        ("社区已推行“七步工作法”。", "asserted"),
    ],
)
def test_a_plan_or_denial_right_before_the_verb(text: str, modality: str) -> None:
    assert [fact.modality for fact in relations(text) if fact.relation == "carries_out"] == [modality]


@pytest.mark.parametrize(
    "text",
    [
        "社区党委召集会议，业主情绪激动。建立“三方联席会议”制度。",  # somebody else comes between
        "社区党委召集会议。\n建立“三方联席会议”制度。",  # another paragraph
    ],
)
def test_the_subject_of_another_sentence_needs_to_be_the_only_one(text: str) -> None:
    assert [triple for triple in triples(text) if triple[1] == "carries_out"] == []


def test_the_theme_of_a_meeting_is_carried_out_by_nobody() -> None:
    text = "论坛以“邻里共治模式”为主题，由枫林区民政局主办。"
    assert [triple for triple in triples(text) if triple[1] == "carries_out"] == []


def test_only_quarrels_are_mediated() -> None:
    found = triples("云桥街道办事处化解停车难。云桥街道办事处化解邻里纠纷。")
    assert ("云桥街道办事处", "addresses", "停车难") in found
    assert ("云桥街道办事处", "mediates", "邻里纠纷") in found
    assert ("云桥街道办事处", "mediates", "停车难") not in found


def test_who_is_asked_to_arrange_something_is_no_party_to_a_quarrel() -> None:
    assert [triple for triple in triples("枫林区住建局协调物业公司安排人手。") if triple[1] == "mediates"] == []


@pytest.mark.parametrize("text", ["枫林区医保局梳理群众信访等反映集中的停车难。", "枫林区监委要求查处停车难领域的问题。"])
def test_complaints_that_are_counted_and_beginnings_of_nouns_are_not_demanded(text: str) -> None:
    assert [triple for triple in triples(text) if triple[1] == "demands" and triple[2] == "停车难"] == []


def test_what_is_asked_is_not_asserted() -> None:
    asked = relations("枫林区住建局能否联合区城管局上门？")
    assert [fact.modality for fact in asked if fact.relation == "cooperates_with"] == ["conditional"]
    told = relations("枫林区住建局联合区城管局上门。效果如何？")
    assert [fact.modality for fact in told if fact.relation == "cooperates_with"] == ["asserted"]


def test_words_in_marks_are_their_speakers() -> None:
    facts = relations("社区主任李某说：“枫林区住建局联合区城管局上门。”")
    assert [fact.speaker for fact in facts if fact.relation == "cooperates_with"] == ["李某"]


def test_a_sum_in_words_is_no_condition() -> None:
    facts, _ = extract("区民政局拨付五万一千元，云桥街道牵头成立楼道议事会。", (), (), Metadata())
    assert "conditional" not in {fact.modality for fact in facts}
    facts, _ = extract("万一谈不拢，云桥街道牵头成立楼道议事会。", (), (), Metadata())
    assert "conditional" in {fact.modality for fact in facts}
