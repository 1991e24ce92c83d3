"""Organisations and groups: extent, kind, whole names of short forms."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract


def actors(text: str) -> list[Fact]:
    facts, _ = extract(text, (), (), Metadata())
    return [fact for fact in facts if fact.type == "actor"]


def names(text: str) -> list[str]:
    return [fact.name for fact in actors(text)]


def test_a_section_belongs_to_its_bureau_with_the_whole_chain() -> None:
    [fact] = actors("杭州市枫林区民政局基层政权与社区治理科科长陆远解释说。")
    assert fact.name == "杭州市枫林区民政局基层政权与社区治理科"
    assert fact.canonical == "浙江省杭州市枫林区民政局基层政权与社区治理科"
    assert fact.kind == "政府部门"
    assert fact.place == "浙江省>杭州市>枫林区"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("枫林区住建局出具意见。", "枫林区住建局", "政府部门"),
        ("云桥街道党工委牵头。", "云桥街道党工委", "党组织"),
        ("槐荫社区党委组织走访。", "槐荫社区党委", "党组织"),
        ("岚泽市夕照物业有限公司撤场。", "岚泽市夕照物业有限公司", "企业"),
        ("“老娘舅”调解室介入。", "“老娘舅”调解室", "社会组织"),
        ("由物业公司负责。", "物业公司", "企业"),
        ("发动居民骨干参与。", "居民骨干", "居民群体"),
        ("邀请两代表一委员到场。", "两代表一委员", "人大政协"),
        ("业委会换届。", "业委会", "业主组织"),
        ("民政部要求。", "民政部", "政府部门"),
    ],
)
def test_extent_and_kind(text: str, name: str, kind: str) -> None:
    first = actors(text)[0]
    assert (first.name, first.kind) == (name, kind)


def test_verbs_before_a_generic_word_are_not_taken_for_its_name() -> None:
    assert names("培育孵化社会组织，动员组织党员干部，支持民营企业。") == ["社会组织", "党员干部", "民营企业"]


@pytest.mark.parametrize(
    "text",
    [
        "形成新格局。",
        "破解僵局。",
        "推进居民自治。",
        "居民楼外墙脱落。",
        "企业文化活动。",
        "《枫林区人民政府关于印发方案的通知》",
        "两队战成平局。",
    ],
)
def test_what_only_ends_like_an_actor(text: str) -> None:
    assert actors(text) == []


def test_short_forms_get_the_whole_name_of_the_place_spoken_of() -> None:
    found = {
        fact.name: fact.canonical
        for fact in actors("苏州市枫林区云桥街道槐荫社区启动加梯。区住建局派员指导，街道党工委、办事处协调，社区党委召集业主。")
    }
    whole = "江苏省苏州市枫林区"
    assert found["区住建局"] == whole + "住建局"
    assert found["街道党工委"] == whole + "云桥街道党工委"
    assert found["办事处"] == whole + "云桥街道办事处"
    assert found["社区党委"] == whole + "云桥街道槐荫社区党委"


def test_no_whole_name_where_every_community_is_meant() -> None:
    found = [fact for fact in actors("枫林区云桥街道槐荫社区先试。全区推广后，每个社区居委会都设了议事点。") if fact.name == "社区居委会"]
    assert [fact.canonical for fact in found] == [None]


def test_two_bodies_in_a_row_stay_two() -> None:
    assert names("连续三年被湖北省委省政府通报表扬。") == ["湖北省委", "省政府"]


def test_a_place_acts_where_a_verb_of_action_follows() -> None:
    acting = [fact for fact in actors("枫林区整合12个部门力量，构建联动平台。他住在枫林区。") if fact.name == "枫林区"]
    assert len(acting) == 1
    assert acting[0].start == 0


def test_respectively_gives_each_body_its_level() -> None:
    found = {fact.name: fact.organisation for fact in actors("在街道和社区层面，分别成立邻里发展联合会和邻里发展协会。")}
    assert found == {"邻里发展联合会": "街道", "邻里发展协会": "社区"}


def test_bodies_written_together_or_with_a_number() -> None:
    assert {"浙江省委", "省政府"} <= set(names("浙江省委省政府高度重视。"))
    assert "交警三大队" in names("街道会同交警三大队上门。")
    assert {"区消防救援大队", "街道综合行政执法队"} <= set(names("区消防救援大队会同街道综合行政执法队检查。"))
    assert "区市场监管局" in names("区商务局、区市场监管局到场。")
    assert "住房和城乡建设部" not in names("会同住房和城乡建设部门整治。")


def test_a_street_that_acts_is_an_actor_and_one_that_is_described_is_none() -> None:
    assert "街道" in names("2022年9月，街道把一家企业请进社区。")
    assert "社区" not in names("社区是老厂的宿舍，有1200户。")


def test_words_for_anybody_are_doubtful() -> None:
    text = "居民和企业都来了。"
    found, _ = extract(text, (), (), Metadata())
    assert {fact.confidence for fact in found if fact.type == "actor"} == {0.6}


def test_who_is_sent_somewhere_is_no_part_of_the_name() -> None:
    assert names("社区组织居民参观博物馆。") == ["社区"]
    assert "岚江合作组织媒体智库" in names("岚江合作组织媒体智库峰会开幕。")  # no body that sends


@pytest.mark.parametrize("text", ["租户代表在会上说：“行。”", "租户代表、居民代表和主办方共45人参加。", "租户代表在座谈会上表示同意。"])
def test_delegates_of_a_group_act(text: str) -> None:
    assert "租户代表" in names(text)


def test_delegates_that_nothing_is_told_of_are_none() -> None:
    assert "租户代表" not in names("表上有租户代表一栏。")


def test_a_body_in_quotation_marks_that_was_set_up_is_an_actor_each_time() -> None:
    found = actors("三十九户签字，成立“楼务会”，每户交20块。“楼务会”请来店主，楼务会定了规矩。")
    assert [fact.kind for fact in found if fact.name == "楼务会"] == ["居民群体"] * 3
    assert "民情座谈会" not in names("社区成立“民情座谈会”。")  # a meeting
    assert "联谊会" not in names("社区组建“联谊会”平台。")


def test_brackets_inside_the_name_of_a_firm() -> None:
    assert names("岚江松涛物业（集团）有限公司进场。") == ["岚江松涛物业（集团）有限公司"]


def test_an_estate_run_by_trust_is_no_body() -> None:
    assert names("翠苑实行“信托制物业”两年。") == []


def test_ministries_and_papers_are_names() -> None:
    rules = {fact.name: fact.rule for fact in actors("住房和城乡建设部印发通知。新华网报道了此事。居民说好。")}
    assert rules == {"住房和城乡建设部": "actor.named", "新华网": "actor.named", "居民": "actor.generic"}


def test_a_place_that_a_statement_comes_from_acts() -> None:
    assert "云岗区" in names("据云岗区统计，三个月增长两成。云岗区共有三个街道。")
    assert names("云岗区统计年鉴记着。云岗区共有三个街道。") == []
