"""Short forms inside one report: the full name they stand for, and nothing where there is a choice."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract
from ingest.extract.shortnames import is_shorter, parts


def wholes(type: str, text: str) -> dict[str, str | None]:
    """Each mention of a type with its full name; the last of several alike."""
    facts: list[Fact] = extract(text, (), (), Metadata())[0]
    return {fact.name: fact.canonical for fact in facts if fact.type == type}


@pytest.mark.parametrize(
    ("name", "full", "shorter"),
    [
        ("恒瑞公司", "恒瑞物业有限公司", True),
        ("恒瑞物业", "恒瑞物业有限公司", True),
        ("恒瑞物业", "恒远物业有限公司", False),
        ("区信访局", "区信访工作局", True),
        ("区民政局", "市民政局", False),
        ("妇联", "梧桐街道妇女联合会", False),  # too short a word for one body
        ("第三网格党支部", "银湖区梧桐社区第三网格党支部", True),
        ("东海大学", "东海师范大学", False),
        ("红十字会", "红十字会柳岸分会", False),
        ("志愿者", "银湖区志愿者", False),
        ("社区服务中心", "社区服务管理中心", False),
    ],
)
def test_a_shorter_form(name: str, full: str, shorter: bool) -> None:
    assert is_shorter(parts(name, None), parts(full, None)) is shorter


def test_a_company_by_its_short_name() -> None:
    found = wholes("actor", "恒瑞物业有限公司进驻小区。半年后，恒瑞公司要求提价。")
    assert found["恒瑞公司"] == "恒瑞物业有限公司"


def test_a_short_name_that_fits_two_companies_is_neither() -> None:
    found = wholes("actor", "恒瑞物业有限公司先来，恒瑞环境有限公司后到。半年后，恒瑞公司要求提价。")
    assert found.get("恒瑞公司") in (None, "恒瑞公司")


def test_the_office_spoken_of_before() -> None:
    found = wholes("actor", "汐榕区审计局抽查了十个社区。该局把问题写成一本手册。")
    assert found["该局"] == "汐榕区审计局"


def test_that_office_behind_two_of_them_is_nobody() -> None:
    found = wholes("actor", "汐榕区审计局、汐榕区财政局一起抽查了十个社区。该局把问题写成一本手册。")
    assert found.get("该局") in (None, "该局")


def test_our_office_is_the_only_one() -> None:
    assert wholes("actor", "汐榕区民政局：我局把社工站交给社会组织运营。")["我局"] == "汐榕区民政局"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("社区书记陈立秋上门。陈书记说，先修水管。", "陈立秋"),
        ("社区书记陈立秋上门，街道书记陈大为督办。陈书记说，先修水管。", "陈书记"),
        ("居民代表陈立秋上门。陈书记说，先修水管。", "陈书记"),
    ],
)
def test_a_post_behind_a_surname(text: str, whole: str) -> None:
    assert wholes("person", text)["陈书记"] == whole


def test_somebody_introduced_anew_is_not_the_one_of_that_surname() -> None:
    found = wholes("person", "业委会主任陈立秋主张先换物业。街道的老陈直摇头。老陈说，没人愿意接盘。")
    assert "陈立秋" in found
    assert found.get("老陈") != "陈立秋"


def test_a_name_that_is_hidden_is_nobody_else() -> None:
    found = wholes("person", "业委会主任周立秋住在三楼。周立秋的儿子周某牵头征求意见。")
    assert found.get("周某") != "周立秋"


def test_a_short_name_that_the_text_introduces() -> None:
    found = wholes("actor", "恒瑞物业有限公司（以下简称“恒瑞”）进驻小区。半年后，恒瑞要求提价。")
    assert found["恒瑞"] == "恒瑞物业有限公司"


def test_a_document_by_its_number() -> None:
    found = wholes(
        "policy", "《汐榕区加装电梯补助办法》（汐政办发〔2022〕15号）规定每台补助二十万元。老人只记得15号文能领二十万。16号文没人提。"
    )
    assert found["15号文"] == "汐榕区加装电梯补助办法"
    assert "16号文" not in found


def test_a_branch_is_not_its_body() -> None:
    found = wholes("actor", "汐榕区慈善会统一采购。汐榕区慈善会柳岸分会负责发放。")
    assert found["汐榕区慈善会柳岸分会"] == "汐榕区慈善会柳岸分会"
    assert found["汐榕区慈善会"] == "汐榕区慈善会"
    assert "汐榕区慈善会成立柳岸分会" not in wholes("actor", "汐榕区慈善会成立柳岸分会。")


def test_editions_of_a_programme_are_two() -> None:
    facts = extract("第五届公益创投投了36个项目。第六届公益创投只投了18个项目。本届公益创投更看重实效。", (), (), Metadata())[0]
    found = [fact.canonical for fact in facts if fact.type == "programme"]
    assert found == ["第五届公益创投", "第六届公益创投", "第六届公益创投"]


def test_that_district_behind_one_that_was_not_read() -> None:
    facts = extract("汐榕区不藏私。同一座城市的嘉荫区晚了十年，该区是看了账本才学的。", (), (), Metadata())[0]
    assert not any(fact.name == "该区" and fact.canonical == "汐榕区" for fact in facts)


@pytest.mark.parametrize(
    ("name", "full", "shorter"),
    [
        ("执法局", "银湖区综合行政执法局", True),
        ("区市监局", "银湖区市场监督管理局", True),
        ("供电公司", "国网银湖供电公司", True),
        ("团区委", "共青团银湖区委", True),
        ("公安分局", "市公安局银湖分局", True),
        ("社区服务中心", "柳岸街道社区服务中心", True),
        ("物业公司", "恒瑞物业公司", False),  # one of many
        ("志愿服务队", "银湖党员志愿服务队", False),
        ("人民政协", "征程人民政协", False),
        ("财政部", "民政部财政部", False),
        ("科学技术部", "重新组建科学技术部", False),
    ],
)
def test_the_last_words_of_a_name(name: str, full: str, shorter: bool) -> None:
    assert is_shorter(parts(name, None), parts(full, None)) is shorter


def test_the_last_words_stand_for_a_name_only_behind_it() -> None:
    assert wholes("actor", "汐榕区综合行政执法局夜里巡查。执法局开了罚单。")["执法局"] == "汐榕区综合行政执法局"
    assert wholes("actor", "执法局开了罚单。汐榕区综合行政执法局夜里巡查。").get("执法局") in (None, "执法局")


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("汐榕区劳动监察大队赶到现场。大队查了考勤记录。", "大队", "汐榕区劳动监察大队"),
        ("柳岸街道社会工作站去年挂牌。社工站只做一件事：陪他买菜。", "社工站", "柳岸街道社会工作站"),
        ("汐榕区劳动监察大队赶到现场，消防救援大队随后。大队查了考勤记录。", "大队", None),
        ("汐榕区劳动监察大队、柳岸街道查了考勤记录，大队长没有说话。", "大队", None),
        ("阳光物业服务有限公司接管小区。阳光物业提价。", "阳光物业", "阳光物业服务有限公司"),
        ("业委会委托一家物业服务有限公司接管小区。", "一家物业服务有限公司", None),
    ],
)
def test_what_a_text_calls_a_body_once_it_is_named(text: str, name: str, whole: str | None) -> None:
    assert wholes("actor", text).get(name) == whole


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("楼长裘永年敲开对门。第二天，老裘叫来三轮车。", "老裘", "裘永年"),
        ("楼长裘永年敲开对门。第二天，裘楼长叫来三轮车。", "裘楼长", "裘永年"),
        ("退休教师裘永年敲开对门。第二天，裘老师叫来三轮车。", "裘老师", "裘永年"),
        ("楼长裘永年和居民裘大海敲开对门。第二天，老裘叫来三轮车。", "老裘", None),
        ("民警裘永年带徒弟，老裘带小裘，警务室里又多了新人。", "小裘", None),
    ],
)
def test_a_person_by_surname(text: str, name: str, whole: str | None) -> None:
    found = wholes("person", text).get(name)
    assert found == whole or (whole is None and found == name)


@pytest.mark.parametrize("again", ["云帆平台", "“云帆”平台", "“云帆”"])
def test_a_quoted_name_with_and_without_marks_and_head(again: str) -> None:
    facts = extract(f"去年，街道上线“云帆”平台，居民可以报修。如今，{again}每月接到诉求三百多件。", (), (), Metadata())[0]
    assert {fact.canonical for fact in facts if fact.type == "platform"} == {"云帆"}
    assert len([fact for fact in facts if fact.type == "platform"]) == 2


class TestPlaces:
    def test_a_district_that_acts_is_the_last_one_named(self) -> None:
        found = wholes("actor", "临江区柳岸街道住着两千户。在临江区，老旧院落占了四成。近三年，该区改造院落412个。")
        assert found["该区"] == "临江区"

    def test_an_estate_with_and_without_its_last_word(self) -> None:
        found = wholes("place", "汐榕区柳岸街道槐安里小区住着三百户。槐安里小区没有物业。居民说，槐安里的车位不够。")
        assert found.get("槐安里", found["槐安里小区"]) == found["槐安里小区"]

    def test_phases_of_an_estate_are_two(self) -> None:
        found = wholes("place", "云水苑小区一期住着三百户。云水苑小区二期去年交付。云水苑小区一期改造后，车位多了。")
        assert {"云水苑小区一期", "云水苑小区二期"} <= set(found)

    def test_the_market_of_a_road_in_daily_words(self) -> None:
        found = wholes("place", "临江区云麓路农贸市场建于1993年，摊位218个。重新开张那天，云麓路菜场挤满了人。云麓路没有堵车。")
        assert found["云麓路菜场"] == found["临江区云麓路农贸市场"]
        assert found.get("云麓路") != found["临江区云麓路农贸市场"]


def test_the_client_of_a_case_by_a_masked_name() -> None:
    found = wholes("person", "案主唐某，男，68岁，独居。第五次探访时，唐伯主动打开门，指着阳台说花该浇了。")
    assert found.get("唐伯") == "唐某"
    assert wholes("person", "邻居唐某拒绝开门。第五次探访时，唐伯主动打开门，说花该浇了。").get("唐伯") in (None, "唐伯")


def test_an_office_by_its_field() -> None:
    found = wholes("actor", "临江区住房和城乡建设局、临江区城市管理局联合检查。城管部门清走杂物，住建部门复查。")
    assert found["城管部门"] == "临江区城市管理局"
    assert found["住建部门"] == "临江区住房和城乡建设局"


def test_a_street_that_acts_is_the_office_that_the_text_names() -> None:
    assert wholes("actor", "柳岸街道办事处牵头成立专班。街道派人回访。")["街道"] == "柳岸街道办事处"
    assert wholes("actor", "柳岸街道派人回访。街道牵头成立专班。")["街道"] != "柳岸街道办事处"
