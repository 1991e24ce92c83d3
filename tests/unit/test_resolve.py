"""Which mentions are one thing: names and scopes, rules, judgements, and that order, deletion and return make no difference."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from random import Random

import pytest
from graphs import related, report_of, said, told, without_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.identity import report_id
from corpus.model import Entity, Fact, Judgement, Mention, Reading
from corpus.vocabulary import issues, methods
from graph.naming import is_private
from graph.regions import leading
from graph.resolve import Block, affected, block_of, entities, entity_id, links, mention_key, mentions

PERSON = Fact("p", "person", "王女士", 0, 3, "", 0, 0)
SHANGCHENG = "浙江省杭州市上城区"


def all_mentions(*readings: Reading) -> list[Mention]:
    return [mention for reading in readings for mention in mentions(reading.report, reading)]


def together(first: Reading, second: Reading) -> set[str]:
    """Names of the entities that both reports speak of."""
    return {entity.name for entity in entities(all_mentions(first, second)) if len(entity.reports) == 2}


def same(one: str, other: str, when: str = "2025-01-01", id: str = "") -> Judgement:
    return Judgement(id or f"{one}{other}{when}", "same", one, other, "刘敏", when)


def different(one: str, other: str, when: str = "2025-01-01", id: str = "") -> Judgement:
    return replace(same(one, other, when, id), kind="different")


class TestRegions:
    @pytest.mark.parametrize(
        ("name", "units", "rest"),
        [
            ("浙江省杭州市上城区采荷街道常青社区", ["浙江省", "杭州市", "上城区", "采荷街道", "常青社区"], ""),
            ("杭州市上城区民政局", ["杭州市", "上城区"], "民政局"),
            ("济南市市中区", ["济南市", "市中区"], ""),
            ("杭州市市场监管局", ["杭州市"], "市场监管局"),
            ("嘉兴市经济技术开发区长水街道", ["嘉兴市", "经济技术开发区", "长水街道"], ""),
            ("永辉超市", [], "永辉超市"),
            ("古荡农贸市场", [], "古荡农贸市场"),
            ("该区民政局", [], "该区民政局"),
            ("城乡居民", [], "城乡居民"),
            ("浙江大学", [], "浙江大学"),
            ("和平社区党委", ["和平社区"], "党委"),
            ("槐市街道党工委", ["槐市街道"], "党工委"),
            ("金华市义乌市佛堂镇", ["金华市", "义乌市", "佛堂镇"], ""),
            ("临江区城市管理局", ["临江区"], "城市管理局"),
            ("聊城市城市管理局", ["聊城市"], "城市管理局"),
            ("锡林郭勒盟民政局", ["锡林郭勒盟"], "民政局"),
            ("红色物业联盟", [], "红色物业联盟"),
            ("自治区人民政府", [], "自治区人民政府"),
        ],
    )
    def test_units_at_the_head_of_a_name(self, name: str, units: list[str], rest: str) -> None:
        chain, left = leading(name)
        assert [unit.name for unit in chain] == units
        assert left == rest


class TestPlacesAndLocalBodies:
    def test_a_community_of_one_name_in_two_districts_is_two(self) -> None:
        here = told("甲", [said("place", "和平社区")], place="杭州市上城区")
        there = told("乙", [said("place", "和平社区")], place="沈阳市和平区")
        assert together(here, there) == set()

    def test_a_community_told_with_more_or_fewer_units_is_one(self) -> None:
        full = told("甲", [said("place", "采荷街道常青社区")], place=SHANGCHENG)
        short = told("乙", [said("place", "常青社区")], place="杭州市")
        assert together(full, short) == {"采荷街道常青社区"}

    def test_what_fits_two_fuller_places_is_neither(self) -> None:
        one = told("甲", [said("place", "常青社区")], place="杭州市上城区")
        other = told("乙", [said("place", "常青社区")], place="杭州市西湖区")
        vague = told("丙", [said("place", "常青社区")], place="杭州市")
        assert [len(entity.reports) for entity in entities(all_mentions(one, other, vague))] == [1, 1, 1]

    def test_a_district_needs_its_city_and_a_county_does_not(self) -> None:
        assert (
            together(told("甲", [said("place", "鼓楼区")], place="南京市"), told("乙", [said("place", "鼓楼区")], place="福州市")) == set()
        )
        assert together(told("甲", [said("place", "安吉县")], place="湖州市"), told("乙", [said("place", "安吉县")])) == {"安吉县"}

    def test_a_place_of_which_nothing_is_known_stays_in_its_report(self) -> None:
        assert together(told("甲", [said("place", "常青社区")]), told("乙", [said("place", "常青社区")])) == set()

    def test_a_chain_that_the_reader_of_the_text_cut_is_taken_as_it_is(self) -> None:
        chain = ("浙江省", "嘉兴市", "桐乡市", "梧桐街道")
        cut = told("甲", [said("place", "梧桐街道", place=">".join(chain), canonical="".join(chain))])
        joined = told("乙", [said("place", "嘉兴市桐乡市梧桐街道")])
        assert together(cut, joined) == {"嘉兴市桐乡市梧桐街道"}
        estate = ("北京市", "朝阳区", "劲松街道", "半山家苑")
        body = told("丙", [said("actor", "业委会", place=">".join(estate), canonical=f"{''.join(estate)}业委会")])
        (mention,) = mentions("r", body)
        assert (mention.name, mention.scope, mention.place) == ("半山家苑业委会", "北京市/朝阳区", "北京市朝阳区劲松街道半山家苑")

    def test_bodies_are_told_apart_by_the_place_in_their_name(self) -> None:
        full = told("甲", [said("actor", "杭州市上城区民政局")])
        short = told("乙", [said("actor", "上城区民政局")], place="浙江省杭州市")
        other = told("丙", [said("actor", "西湖区民政局")], place="浙江省杭州市")
        assert together(full, short) == {"杭州市上城区民政局"}
        assert together(full, other) == set()

    def test_an_office_without_its_place_gets_that_of_the_case(self) -> None:
        relative = told("甲", [said("actor", "区民政局")], places=[SHANGCHENG])
        full = told("乙", [said("actor", "杭州市上城区民政局")])
        assert together(relative, full) == {"杭州市上城区民政局"}

    @pytest.mark.parametrize(
        "name", ["业委会", "居民", "物业公司", "该小区业委会", "社区", "街道办事处", "民政局", "志愿者", "中央有关部门"]
    )
    def test_an_actor_without_a_name_stays_in_its_case(self, name: str) -> None:
        one, other = told("甲", [said("actor", name)], place=SHANGCHENG), told("乙", [said("actor", name)], place=SHANGCHENG)
        assert len(entities(all_mentions(one, other))) == 2

    @pytest.mark.parametrize(
        "name",
        ["楼道议事会", "党员志愿服务队", "第三网格党支部", "加梯工作专班", "赛会志愿者", "物业服务有限公司", "商户联盟", "自治区人民政府"],
    )
    def test_what_many_places_have_stays_in_its_case(self, name: str) -> None:
        assert together(told("甲", [said("actor", name)], place=SHANGCHENG), told("乙", [said("actor", name)], place=SHANGCHENG)) == set()

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("上城区自然资源和规划局", "上城区规划和自然资源局"),
            ("上城区市监局", "上城区市场监督管理局"),
            ("共青团上城区委", "上城区团委"),
            ("中共上城区委社会工作部", "上城区委社工部"),
            ("中国建设银行上城支行", "建行上城支行"),
            ("商务部", "商务部"),
        ],
    )
    def test_two_ways_to_write_one_body(self, one: str, other: str) -> None:
        assert together(told("甲", [said("actor", one)], place=SHANGCHENG), told("乙", [said("actor", other)], place=SHANGCHENG))

    def test_a_ministry_has_no_city(self) -> None:
        assert together(told("甲", [said("actor", "商务部")], place="杭州市"), told("乙", [said("actor", "商务部")], place="沈阳市")) == {
            "商务部"
        }

    def test_an_acting_place_is_a_mention_of_the_place_too(self) -> None:
        chain = "杭州市>上城区>常青社区"
        both = told("甲", [said("place", "常青社区", place=chain), said("actor", "常青社区", place=chain)], place=SHANGCHENG)
        found = links(both.report, both)
        place, actor = (next(mention for mention in found.mentions if mention.type == type) for type in ("place", "actor"))
        (fact,) = (fact.id for fact in both.facts if fact.type == "actor")
        assert found.of[fact] == actor.key
        assert found.territories == {fact: place.key}
        assert fact in place.facts
        alone = told("甲", [said("actor", "常青社区", place=chain)], place=SHANGCHENG)
        assert links(alone.report, alone).territories == {}

    def test_two_cases_of_one_report_have_two_owners_committees(self) -> None:
        assert len(mentions("r", told("甲", [said("actor", "业委会")], [said("actor", "业委会")]))) == 2

    def test_national_bodies_and_registered_companies_need_no_place(self) -> None:
        for name in ("民政部", "全国人大常委会", "绿城物业服务集团有限公司"):
            assert len(entities(all_mentions(told("甲", [said("actor", name)], place="杭州市"), told("乙", [said("actor", name)])))) == 1

    def test_named_platforms_are_local(self) -> None:
        here = told("甲", [said("platform", "湖滨晴雨")], place="杭州市上城区")
        again = told("乙", [said("platform", "“湖滨晴雨”")], place="杭州市西湖区")
        there = told("丙", [said("platform", "湖滨晴雨")], place="无锡市滨湖区")
        assert together(here, again)
        assert together(here, there) == set()

    @pytest.mark.parametrize(
        ("one", "other", "joined"),
        [
            ("杭州市上城区人民检察院", "杭州市上城区检察院", True),
            ("杭州市上城区采荷街道常青社区居民委员会", "杭州市上城区采荷街道常青社区居委会", True),
            ("杭州市上城区采荷街道办事处", "杭州市上城区采荷街道办", True),
            ("中华人民共和国民政部", "民政部", True),
            ("杭州市上城区人民检察院", "杭州市上城区人民法院", False),
            ("杭州市上城区民政局", "杭州市上城区民政局机关党委", False),
            ("杭州市上城区采荷街道办事处", "杭州市上城区采荷街道综治办", False),
        ],
    )
    def test_long_and_short_words_for_one_kind_of_body(self, one: str, other: str, joined: bool) -> None:
        found = together(told("甲", [said("actor", one)]), told("乙", [said("actor", other)]))
        assert bool(found) is joined

    @pytest.mark.parametrize(
        ("one", "other", "joined"),
        [
            ("槐里花园小区", "槐里花园", True),
            ("六号楼", "6号楼", True),
            ("十六号楼", "6号楼", False),
            ("幸福小区", "幸福", False),
            ("原采荷街道", "采荷街道", True),
            ("原州区", "州区", False),
        ],
    )
    def test_places_written_otherwise(self, one: str, other: str, joined: bool) -> None:
        found = together(told("甲", [said("place", one)], place=SHANGCHENG), told("乙", [said("place", other)], place=SHANGCHENG))
        assert bool(found) is joined

    def test_another_of_the_same_name_is_not_the_same(self) -> None:
        reading = told("甲", [said("place", "中山街道"), said("place", "中山街道")], place=SHANGCHENG)
        first, second = (fact for fact in reading.facts if fact.type == "place")
        sentence = f"另一个{second.sentence}"
        second = replace(second, id="x", sentence=sentence, sentence_start=second.start - 3)
        assert len(mentions("r", replace(reading, facts=(first, second)))) == 2
        assert len(mentions("r", replace(reading, facts=(first, replace(first, id="x"))))) == 1


class TestPersons:
    @pytest.mark.parametrize("name", ["王某", "李女士", "崔奶奶", "陈书记", "老张", "小李", "张××", "刘阿姨", "欧阳大伯"])
    def test_private_persons_never_leave_their_report(self, name: str) -> None:
        assert is_private(name)
        one, other = (told(source, [said("person", name, organisation="杭州市民政局")]) for source in ("甲", "乙"))
        assert len(entities(all_mentions(one, other))) == 2

    def test_a_named_person_is_known_by_the_organisation(self) -> None:
        one, same_body, other_body, none = (
            told("甲", [said("person", "王建国", organisation="上城区民政局")], place="杭州市"),
            told("乙", [said("person", "王建国", organisation="杭州市上城区民政局")]),
            told("丙", [said("person", "王建国", organisation="西湖区民政局")], place="杭州市"),
            told("丁", [said("person", "王建国")], place="杭州市"),
        )
        assert together(one, same_body) == {"王建国"}
        assert together(one, other_body) == set()
        assert together(one, none) == set()

    def test_inside_a_report_a_name_is_one_person(self) -> None:
        reading = told("甲", [said("person", "王建国", organisation="杭州市民政局"), said("person", "王建国")])
        assert len(mentions("r", reading)) == 1

    def test_an_organisation_without_a_name_tells_nobody(self) -> None:
        one, other = (told(source, [said("person", "王建国", organisation="业委会")]) for source in ("甲", "乙"))
        assert together(one, other) == set()

    @pytest.mark.parametrize(
        ("first", "second", "persons"),
        [
            ("三楼的{}反对加梯。", "五楼的{}早就签了字。", 2),
            ("三楼的{}反对加梯。", "后来，{}签了字。", 1),
            ("申请人{}，46岁，要求维修。", "当天{}，31岁，没有到场。", 2),
            ("申请人{}，46岁，要求维修。", "{}，47岁，满意而归。", 1),
            ("居民{}上门反映。", "民警{}做了笔录。", 2),
            ("居民{}上门反映。", "与她同名的{}住在隔壁。", 2),
            ("现任书记{}主持会议。", "前任书记{}列席。", 2),
            ("社区的{}来了。", "街道的{}也来了。", 2),
        ],
    )
    def test_namesakes_that_the_text_tells_apart(self, first: str, second: str, persons: int) -> None:
        name = "王女士"
        facts = []
        for at, sentence in ((0, first), (100, second)):
            start = at + sentence.index("{}")
            text = sentence.format(name)
            facts.append(replace(PERSON, id=str(at), start=start, end=start + len(name), sentence=text, sentence_start=at))
        reading = replace(told("甲", []), facts=tuple(facts), cases=())
        assert len(mentions("r", reading)) == persons

    def test_in_a_compilation_each_case_has_its_own_private_persons(self) -> None:
        two = told("甲", [said("person", "李女士"), said("person", "李女士")], [said("person", "李女士")])
        assert len(mentions("r", two)) == 2
        named = told("甲", [said("person", "李明华", organisation="杭州市民政局")], [said("person", "李明华")])
        assert len(mentions("r", named)) == 1


class TestNamesAndConcepts:
    def test_typography_and_script_do_not_count(self) -> None:
        one = told("甲", [said("policy", "《中华人民共和国民法典》")])
        other = told("乙", [said("policy", "中華人民共和國民法典")])
        assert len(entities(all_mentions(one, other))) == 1

    def test_an_issue_is_its_concept(self) -> None:
        concept = issues()[-1]
        one = told("甲", [said("issue", "加梯", concept=concept.id)])
        other = told("乙", [said("issue", "给老楼装上电梯", concept=concept.id)])
        (entity,) = entities(all_mentions(one, other))
        assert (entity.name, entity.concept) == (concept.label, concept.id)
        assert entity.aliases == ("加梯", "给老楼装上电梯")

    def test_a_method_with_a_name_of_its_own_is_not_its_family(self) -> None:
        concept = methods()[0]
        family = told("甲", [said("method", concept.label, concept=concept.id)])
        proper = told("乙", [said("method", "三联三领三服务工作法", concept=concept.id)])
        found = {entity.name: entity for entity in entities(all_mentions(family, proper))}
        assert found.keys() == {concept.label, "三联三领三服务工作法"}
        assert {entity.concept for entity in found.values()} == {concept.id}

    def test_a_numbered_method_is_that_of_its_city(self) -> None:
        of = next(one for one in methods() if any(term.endswith("步工作法") for term in one.terms))
        name = next(term for term in of.terms if term.endswith("步工作法"))
        here, again, there = (
            told(source, [said("method", name, concept=of.id)], place=place)
            for source, place in (("甲", "南京市"), ("乙", "南京市"), ("丙", "福州市"))
        )
        assert together(here, again)
        assert together(here, there) == set()

    def test_a_concept_that_left_the_vocabulary_leaves_the_name(self) -> None:
        (mention,) = mentions("r", told("甲", [said("issue", "停车难", concept="no.longer")]))
        assert (mention.name, mention.concept) == ("停车难", None)

    def test_a_local_rule_is_not_that_of_another_report(self) -> None:
        one, other = (told(source, [said("policy", "《居民公约》")]) for source in ("甲", "乙"))
        assert together(one, other) == set()

    def test_a_short_name_that_the_report_introduces_is_the_long_one(self) -> None:
        reading = told("甲", [said("actor", "杭州市湖滨晴雨工作室", aliases=("工作室",)), said("actor", "工作室")], place=SHANGCHENG)
        (mention,) = mentions("r", reading)
        assert mention.names == ("工作室", "杭州市湖滨晴雨工作室")
        assert len(mention.facts) == 2


class TestLinks:
    def test_ends_of_a_relation_are_what_the_report_names(self) -> None:
        reading = told("甲", [said("actor", "采荷街道"), related("采荷街道", "leads", "议事坊", tail_type="platform")], place=SHANGCHENG)
        found = links("r", reading)
        named, relation = reading.facts
        assert found.heads[relation.id] == found.of[named.id]
        assert {mention.type for mention in found.mentions} == {"actor", "platform"}
        assert found.tails[relation.id] not in found.of.values()

    def test_a_holder_is_looked_for_in_the_case_and_then_in_the_report(self) -> None:
        reading = told("甲", [said("actor", "业委会")], [said("actor", "业委会"), said("actor", "采荷街道")], place=SHANGCHENG)
        found = links("r", reading)
        first, second = (case.id for case in reading.cases)
        assert found.find("业委会", first) != found.find("业委会", second)
        assert found.find("采荷街道", first) == found.find("采荷街道", second) is not None
        assert found.find("居委会", first) is None

    def test_a_report_without_cases(self) -> None:
        reading = without_cases(told("甲", [said("actor", "业委会")]))
        (mention,) = mentions(reading.report, reading)
        assert mention.scope == f"report:{report_of(reading).id}"


class TestEntities:
    def test_what_many_say_is_told_from_the_first_mentions(self) -> None:
        many = [mention for n in range(300) for mention in mentions(f"r{n}", told("甲", [said("policy", f"《民法典》{'，' * (n % 7)}")]))]
        (entity,) = entities(many)
        assert len(entity.mentions) == len(entity.reports) == 300
        assert len(entity.forwards) == 299
        assert entity.aliases

    def test_the_name_is_the_commonest_form(self) -> None:
        readings = [
            told(source, [said("actor", name)], place="杭州市")
            for source, name in zip("甲乙丙", ("采荷街道", "杭州市采荷街道", "采荷街道"), strict=True)
        ]
        (entity,) = entities(all_mentions(*readings))
        assert (entity.name, entity.aliases) == ("采荷街道", ("杭州市采荷街道",))


class TestJudgements:
    def mentions(self, *names: str) -> list[Mention]:
        return [mention for name in names for mention in mentions(name[0], told(name[0], [said("actor", name[1:])], place="杭州市上城区"))]

    def test_people_join_what_rules_keep_apart(self) -> None:
        one, other = self.mentions("甲晴雨工作室", "乙湖滨晴雨工作室")
        (entity,) = entities([one, other], [same(one.key, other.key)])
        assert entity.id == entity_id(min(one.key, other.key))
        assert entity.forwards == (entity_id(max(one.key, other.key)),)
        assert entity.aliases == ("晴雨工作室",)

    def test_people_part_what_rules_join_and_the_rest_stays_with_the_first(self) -> None:
        one, other, third = self.mentions("甲晴雨工作室", "乙晴雨工作室", "丙晴雨工作室")
        for target, value, rest in ((one, other, third), (third, one, other)):
            groups = {entity.mentions for entity in entities([one, other, third], [different(target.key, value.key)])}
            assert groups == {tuple(sorted((target.key, rest.key))), (value.key,)}

    def test_what_was_split_off_keeps_together(self) -> None:
        a, b, c, d = self.mentions("甲晴雨工作室", "乙晴雨工作室", "丙晴雨工作室", "丁晴雨工作室")
        said_apart = [different(a.key, b.key), different(a.key, c.key)]
        assert {len(entity.mentions) for entity in entities([a, b, c, d], said_apart)} == {2}

    def test_the_later_word_counts(self) -> None:
        one, other = self.mentions("甲晴雨工作室", "乙晴雨工作室")
        early, late = "2025-01-01", "2025-02-01"
        assert len(entities([one, other], [different(one.key, other.key, early), same(other.key, one.key, late)])) == 1
        assert len(entities([one, other], [different(one.key, other.key, late), same(other.key, one.key, early)])) == 2

    def test_a_chain_of_same_does_not_override_a_later_different(self) -> None:
        a, b, c = self.mentions("甲一号工作室", "乙二号工作室", "丙三号工作室")
        judgements = [same(a.key, b.key), same(b.key, c.key, "2025-01-02"), different(a.key, c.key, "2025-03-01")]
        groups = {entity.mentions for entity in entities([a, b, c], judgements)}
        assert groups == {tuple(sorted((b.key, c.key))), (a.key,)}

    def test_a_judgement_about_what_is_gone_waits(self) -> None:
        one, other = self.mentions("甲一号工作室", "乙二号工作室")
        assert len(entities([one], [same(one.key, other.key)])) == 1
        assert len(entities([one, other], [same(one.key, other.key)])) == 1


NAMES = ("晴雨工作室", "和事佬协会会馆", "常青加梯事务坊")
SCOPES = ("杭州市", "杭州市/上城区", "杭州市/西湖区", "沈阳市", "上城区", "")


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Mention], list[Judgement]]:
    """Some reports' mentions, and judgements between them."""
    drawn = draw(
        st.lists(
            st.tuples(st.sampled_from("甲乙丙丁戊"), st.sampled_from(NAMES), st.sampled_from(SCOPES)), min_size=1, max_size=12, unique=True
        )
    )
    made = [
        Mention(mention_key("actor", name, scope, report), report, "actor", name, scope, names=(name,)) for report, name, scope in drawn
    ]
    pairs = draw(st.lists(st.tuples(st.sampled_from(made), st.sampled_from(made), st.booleans(), st.integers(1, 4)), max_size=6))
    judgements = [
        (same if join else different)(one.key, other.key, f"2025-01-0{day}", f"{number}")
        for number, (one, other, join, day) in enumerate(pairs)
    ]
    return made, judgements


class Store:
    """Entities kept up to date by blocks, as the consumer of the feed does it."""

    def __init__(self) -> None:
        self.mentions: dict[str, Mention] = {}
        self.entities: dict[str, Entity] = {}

    def change(self, report: str, new: Iterable[Mention], judgements: Iterable[Judgement]) -> None:
        old = {key: mention for key, mention in self.mentions.items() if mention.report == report}
        arriving = {mention.key: mention for mention in new}
        touched = affected([*old.values(), *arriving.values()], judgements, self.of_blocks, self.of_keys)
        self.mentions = {key: mention for key, mention in self.mentions.items() if key not in old} | arriving
        now = {key: mention for key, mention in touched.items() if key not in old} | arriving
        self.entities = {id: entity for id, entity in self.entities.items() if not set(entity.mentions) & (touched.keys() | old.keys())} | {
            entity.id: entity for entity in entities(now.values(), judgements)
        }

    def of_blocks(self, blocks: Collection[Block]) -> list[Mention]:
        return [mention for mention in self.mentions.values() if block_of(mention) in blocks]

    def of_keys(self, keys: Collection[str]) -> list[Mention]:
        return [self.mentions[key] for key in keys if key in self.mentions]


class TestOrderMakesNoDifference:
    @given(worlds(), st.randoms(use_true_random=False))
    def test_any_order_of_mentions_and_judgements(self, world: tuple[list[Mention], list[Judgement]], random: Random) -> None:
        made, judgements = world
        expected = entities(made, judgements)
        random.shuffle(made)
        random.shuffle(judgements)
        assert entities(made, judgements) == expected

    @given(worlds())
    def test_each_mention_belongs_to_one_entity_that_its_own_id_leads_to(self, world: tuple[list[Mention], list[Judgement]]) -> None:
        made, judgements = world
        found = entities(made, judgements)
        assert sorted(key for entity in found for key in entity.mentions) == sorted(mention.key for mention in made)
        leads = {id: entity for entity in found for id in (entity.id, *entity.forwards)}
        assert all(mention.key in leads[entity_id(mention.key)].mentions for mention in made)
        assert len(leads) == len(made)

    @given(worlds())
    def test_what_the_latest_judgement_parted_is_apart(self, world: tuple[list[Mention], list[Judgement]]) -> None:
        made, judgements = world
        if not judgements:
            return
        last = max(judgements, key=lambda one: (one.when, one.id))
        owner = {key: entity.id for entity in entities(made, judgements) for key in entity.mentions}
        if last.target != last.value:
            assert (owner[last.target] == owner[last.value]) == (last.kind == "same")

    @settings(max_examples=200)
    @given(worlds(), st.lists(st.sampled_from("甲乙丙丁戊"), max_size=12), st.permutations("甲乙丙丁戊"))
    def test_arrival_deletion_and_return_by_blocks_give_what_a_rebuild_gives(
        self, world: tuple[list[Mention], list[Judgement]], coming_and_going: list[str], last: list[str]
    ) -> None:
        made, judgements = world
        of: Mapping[str, list[Mention]] = {report: [mention for mention in made if mention.report == report] for report in "甲乙丙丁戊"}
        store = Store()
        present: set[str] = set()
        for report in coming_and_going:
            present ^= {report}
            store.change(report, of[report] if report in present else (), judgements)
            expected = entities([mention for mention in made if mention.report in present], judgements)
            assert tuple(store.entities[id] for id in sorted(store.entities)) == expected
        for report in last:
            store.change(report, of[report], judgements)
        assert tuple(store.entities[id] for id in sorted(store.entities)) == entities(made, judgements)


def test_report_ids_are_those_of_the_corpus() -> None:
    reading = told("甲", [said("actor", "采荷街道")], place=SHANGCHENG)
    (mention,) = mentions(reading.report, reading)
    assert mention.report == report_id("案例", "甲")
    assert mention.place == "浙江省杭州市上城区采荷街道"
