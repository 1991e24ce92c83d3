"""People and what they say."""

from __future__ import annotations

import pytest

from corpus.model import Case, Fact, Metadata
from ingest.extract import extract


def facts(text: str, kind: str) -> list[Fact]:
    found, _ = extract(text, (), (), Metadata())
    return [fact for fact in found if fact.type == kind]


def test_post_and_organisation_stand_with_the_name() -> None:
    [person] = facts("杭州市枫林区云桥街道槐荫社区主任沈若兰介绍说。", "person")
    assert (person.name, person.post, person.organisation) == ("沈若兰", "主任", "浙江省杭州市枫林区云桥街道槐荫社区")


def test_a_post_told_later_in_the_sentence() -> None:
    [person] = facts("2016年，顾晚晴来到枫林区云桥街道槐荫社区，作为社区党委书记、居委会主任，她先跑遍了楼栋。", "person")
    assert (person.post, person.organisation) == ("社区党委书记、居委会主任", "枫林区云桥街道槐荫社区")


@pytest.mark.parametrize(
    "text", ["70岁的崔奶奶住了几十年。", "一楼的李女士不同意。", "王某拒绝搬离。", "居民陆远舟找到社区。", "72岁的谢银珊把脸凑近屏幕。"]
)
def test_private_persons(text: str) -> None:
    [person] = facts(text, "person")
    assert person.kind == "个人"


@pytest.mark.parametrize(
    "text", ["高楼层住户。", "成立小组。", "居民关切的事。", "方案一说明。", "常住居民。", "和谐邻里。", "时任务繁重。", "门岗登记。"]
)
def test_words_that_begin_like_a_surname(text: str) -> None:
    assert facts(text, "person") == []


def test_a_name_is_recognised_again() -> None:
    found = facts("社区主任沈若兰召集商户。一周后，沈若兰又上门。", "person")
    assert [person.name for person in found] == ["沈若兰", "沈若兰"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("裘永年今年六十八岁，住在三楼。", ["裘永年"]),
        ("楼上的庞桂芝，今年70岁，腿脚不便。", ["庞桂芝"]),
        ("卢静是桃溪社区的书记。", ["卢静"]),
        ("一位名叫岑国栋的居民站了出来。", ["岑国栋"]),
        ("由裘永年牵头成立小组，以岑国栋为组长。", ["裘永年", "岑国栋"]),
        ("在裘永年的带动下，邻居们都签了字。", ["裘永年"]),
        ("裘永年夫妇让出车位，骆素琼等12名业主联名。", ["裘永年", "骆素琼"]),
        ("案主唐某，男，52岁，与母亲庞桂芝同住。", ["唐某", "庞桂芝"]),
        ("申请人丁女士与被申请人高某某系邻居。", ["丁女士", "高某某"]),
        ("高级社工师吕文清负责督导，菜贩骆长根第一个签字。", ["吕文清", "骆长根"]),
        ("居民岑国栋、庞桂芝和柏青松都签了字。", ["岑国栋", "庞桂芝", "柏青松"]),
        ("成员：古丽娜尔·买买提、张国栋、岑秀梅", ["古丽娜尔·买买提", "张国栋", "岑秀梅"]),
        ("社工阿依古丽•吐尔逊认为可以试试。", ["阿依古丽•吐尔逊"]),
        ("车棚漏雨。岑国栋联合三户邻居修好了顶。", ["岑国栋"]),
        ("区住建局副局长刘国中出席会议。", ["刘国中"]),
        ("社区书记李家超当晚表态。", ["李家超"]),
        ("大家要向吕文清同志学习。", ["吕文清"]),
        ("李某甲与李某乙因宅基地发生争执。", ["李某甲", "李某乙"]),
    ],
)
def test_names_that_a_role_or_what_follows_shows(text: str, found: list[str]) -> None:
    assert [person.name for person in facts(text, "person")] == found


@pytest.mark.parametrize(
    "text",
    [
        "申请人应当提交材料，当事人都同意和解。",
        "家属安抚工作到位，残疾人康复站开放，学生平安上学。",
        "由房管所负责维修，由党支部牵头成立小组。",
        "在社区的带动下，以党员为骨干，以商户为代表。",
        "党建引领·红色物业，北京·朝阳群众，“幸福·家园”行动。",
        "三楼的管道漏水，一楼的窗、二楼的钱谈到位才装得安稳。",
        "她叫来邻居，这就是方便群众，她是党员。",
        "18岁以上居民，党员，78岁以上12名，老党员等5人。",
        "老师任教于云桥小学，律师就职于正衡律师事务所。",
        "由站长任组长，镇长包村，古镇长廊改造完成。",
        "组员：楼长、党员、志愿者",
        "温馨、和谐、平安、文明的小区，花园路、柳巷、金桥里都在辖区。",
    ],
)
def test_roles_and_signs_without_a_name(text: str) -> None:
    assert facts(text, "person") == []


def test_an_addressed_head_has_the_body_before_the_name() -> None:
    [person] = facts("投诉人很不满意，物业公司柏经理承诺一周修好。", "person")
    assert (person.name, person.post, person.organisation) == ("柏经理", "经理", "物业公司")


def test_a_name_inside_the_name_of_a_body_is_no_person() -> None:
    assert [person.name for person in facts("社区主任沈若兰说，沈若兰工作室周一开门。", "person")] == ["沈若兰"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“电梯一立，白天都要开灯。”陈师傅说。", "陈师傅"),
        ("社区主任沈若兰介绍道，“我们先入户，再开会。”", "沈若兰"),
        ("“先把账算清，再谈分摊”，沈若兰召集了楼上住户。社区主任沈若兰介绍，会开了五次。", "沈若兰"),
        ("“账要公开，钱要管住。”一位居民说。", "一位居民"),
        ("李女士担心噪声。“夜里一响，谁也睡不着。”她说。", "李女士"),
        ("陈师傅后来松了口：“窗户换了，我就没话说了。”", "陈师傅"),
    ],
)
def test_speakers(text: str, speaker: str) -> None:
    quote = facts(text, "quote")[0]
    assert quote.speaker == speaker
    assert text[quote.start - 1] == "“"
    assert text[quote.end] == "”"


def test_quotations_in_one_paragraph_share_their_speaker() -> None:
    text = "“钱从哪里来，先说清楚。”在社区主任沈若兰看来，账目是关键，“账清了，人心才齐，事情才办得成。”"
    assert [quote.speaker for quote in facts(text, "quote")] == ["沈若兰", "沈若兰"]


def test_names_in_quotation_marks_are_no_quotations() -> None:
    assert facts("打造“邻里客厅”，设置“百事窗”，从“要我参与”变“我要参与”。", "quote") == []


def test_claims_inside_a_quotation_are_the_speakers() -> None:
    text = "“全年开会36次，解决问题28件。”社区主任沈若兰说。全街道共有社工50名。"
    assert [(fact.value, fact.speaker) for fact in facts(text, "measure")] == [(36, "沈若兰"), (28, "沈若兰"), (50, None)]


def test_told_words_are_the_speakers_to_the_end_of_the_sentence() -> None:
    text = "社区主任沈若兰认为，社区拥有志愿者300名才够用。社区共有居民1200户。"
    assert [fact.speaker for fact in facts(text, "measure")] == ["沈若兰", None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("居民张伟家漏水。", "张伟"),
        ("居民张伟家里漏水。", "张伟"),
        ("社区主任张伟家上门。", "张伟家"),
        ("居民张伟家说：“好。”", "张伟家"),
    ],
)
def test_a_household_is_no_part_of_the_name(text: str, name: str) -> None:
    assert [fact.name for fact in facts(text, "person")] == [name]


def test_a_name_at_the_head_of_what_is_told_about_its_bearer() -> None:
    found = facts("司马若兰，女，汉族，1970年出生。\n童志胜，男，\n岚江，水质良好。", "person")
    assert [fact.name for fact in found] == ["司马若兰", "童志胜"]


def test_a_head_told_by_the_post_is_somebody_else_in_another_case() -> None:
    text = "甲社区办食堂。主任表示能办。主任说饭菜要软。\n乙社区修路。主任表示路窄。"
    spans = ((0, text.index("\n")), (text.index("\n") + 1, len(text)))
    cases = [Case(str(number), "食堂与路", (span,)) for number, span in enumerate(spans)]
    found, _ = extract(text, (), cases, Metadata())
    assert [fact.case for fact in found if fact.rule == "person.office"] == ["0", "1"]
