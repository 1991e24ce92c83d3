"""Questions to the collection as a whole: what they count, what they cite, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from graphs import Said, incoming, related, said, told
from serving import settings_for

from corpus.errors import NotFound, UsageError
from corpus.identity import report_id
from corpus.model import Case, Comparison, Judgement, Outcome, Reading, Section
from corpus.vocabulary import issues, methods
from graph.project import update_entities, update_graph
from search_api.questions import bodies
from search_api.questions import timeline as timelines
from search_api.questions.contrasts import contrasts
from search_api.questions.issue_pairs import issue_pairs
from search_api.questions.partners import partners
from search_api.questions.timeline import timeline
from search_api.questions.uses import uses
from search_api.stores import Stores, opened

PLACE = "浙江省>杭州市>上城区"
ISSUES = [item for item in issues() if item.parent and item.tree == "resident"]
PARKING = ISSUES[0]
OTHER = next(item for item in ISSUES if item.parent != PARKING.parent)
METHOD = next(item for item in methods() if item.parent)


def issue(of: Any = PARKING, **fields: Any) -> Said:
    return said("issue", of.label, concept=of.id, **fields)


def method(**fields: Any) -> Said:
    return said("method", METHOD.label, concept=METHOD.id, **fields)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    with opened(settings_for(tmp_path)) as made:
        yield made


def put(
    stores: Stores, source: str, *cases: Sequence[Said], outcomes: Sequence[Outcome] = (), place: str | None = PLACE, **metadata: Any
) -> Reading:
    """Take in a report; its nth case ended in `outcomes[n]`."""
    reading = told(source, *cases, place=place, places=[place] * len(cases))
    made: list[Case] = [
        replace(case, outcome=outcomes[number] if number < len(outcomes) else "未记载") for number, case in enumerate(reading.cases)
    ]
    reading = replace(reading, cases=tuple(made), metadata=replace(reading.metadata, **metadata))
    stores.catalogue.put_many([incoming(source, reading)])
    follow(stores)
    return reading


def follow(stores: Stores) -> None:
    while update_entities(stores.catalogue):
        pass
    while update_graph(stores.catalogue, stores.graph):
        pass


class TestUses:
    def test_cases_issues_outcomes_and_results_each_with_its_sentence(self, stores: Stores) -> None:
        solved = [
            issue(),
            method(),
            said("outcome", "投诉下降问题得到解决", state="已解决", told_by="媒体"),
            said("measure", "投诉由38件降到11件", value=11.0, unit="件", comparison=Comparison("decrease", 38.0, 11.0)),
            said("measure", "共有18栋住宅楼房", value=18.0, unit="栋"),
        ]
        put(stores, "甲", solved, outcomes=["已解决"])
        put(stores, "乙", [issue(OTHER), method()])
        put(stores, "丙", [issue(), method(modality="planned")])
        for key in (METHOD.id, METHOD.label, METHOD.parent or ""):
            found = uses(stores, key)
            assert (found.total, found.states) == (2, (("已解决", 1), ("未记载", 1)))
            assert {(one.name, count) for one, count in found.issues} == {(PARKING.label, 1), (OTHER.label, 1)}
        body = bodies.uses_body(found)
        assert (body["total"], body["left_out"]) == (2, 0)
        (first,) = (use for use in body["uses"] if use["outcome"] == "已解决")
        assert [one["name"] for one in first["results"]] == ["投诉由38件降到11件"]
        assert first["results"][0]["comparison"] == {"type": "decrease", "from": 38, "to": 11}
        assert [one["sentence"] for one in first["outcomes"]] == ["投诉下降问题得到解决的事。"]
        assert first["issues"][0]["evidence"][0]["sentence"] == f"{PARKING.label}的事。"
        (second,) = (use for use in body["uses"] if use["outcome"] == "文中未记载")
        assert second["outcomes"] == second["results"] == []

    def test_figures_of_the_section_on_outcomes_are_results(self, stores: Stores) -> None:
        reading = told("甲", [method(), said("measure", "新增停车位六十个整", value=60.0, unit="个")], place=PLACE)
        sections = (Section("outcome", "", 0, len(reading.text)),)
        for number, changed in enumerate((replace(reading, sections=sections), reading)):
            changed = replace(changed, pipeline=str(number), id=f"{number}" * 32)
            stores.catalogue.put_many([incoming("甲", changed)])
            follow(stores)
            (use,) = uses(stores, METHOD.id).uses
            assert [fact.name for fact in use.told.results] == (["新增停车位六十个整"] if number == 0 else [])

    def test_what_is_not_shown_is_counted(self, stores: Stores) -> None:
        for source in "甲乙丙":
            put(stores, source, [method()])
        whole = [use.told.case.id for use in uses(stores, METHOD.id).uses]
        body = bodies.uses_body(uses(stores, METHOD.id, limit=2))
        assert ([use["case"]["id"] for use in body["uses"]], body["left_out"]) == (whole[:2], 1)

    def test_a_fact_that_people_called_wrong_is_not_cited(self, stores: Stores) -> None:
        reading = put(stores, "甲", [method(), said("outcome", "这件事情没有得到解决", state="未解决")])
        wrong = next(fact for fact in reading.facts if fact.type == "outcome")
        stores.catalogue.judge(Judgement("一", "wrong", wrong.id, "", "刘敏", "2025-01-01"))
        follow(stores)
        assert uses(stores, METHOD.id).uses[0].told.outcomes == ()

    def test_what_is_no_method_is_refused(self, stores: Stores) -> None:
        put(stores, "甲", [issue(), said("actor", "采荷街道")])
        for key in (PARKING.id, "采荷街道"):
            with pytest.raises(UsageError, match="这里要的是"):
                uses(stores, key)
        with pytest.raises(NotFound):
            uses(stores, "没有过的做法")
        assert uses(stores, METHOD.id).total == 0


class TestPartners:
    def test_in_a_place_and_elsewhere(self, stores: Stores) -> None:
        put(stores, "甲", [related("采荷街道", "cooperates_with", "上城区民政局")])
        put(stores, "乙", [related("采荷街道", "cooperates_with", "望江街道")], place="江苏省>南京市>鼓楼区")
        here = bodies.partners_body(partners(stores, place="杭州市"))
        (pair,) = here["partners"]
        assert {pair["first"]["name"], pair["second"]["name"]} == {"采荷街道", "上城区民政局"}
        assert (pair["ties"][0]["label"], pair["ties"][0]["evidence"][0]["title"]) == ("合作", "甲")
        assert [one["place"] for one in here["places"]] == [PLACE]
        assert partners(stores).total == 2
        with pytest.raises(NotFound):
            partners(stores, place="北京市")

    def test_a_withdrawn_report_ties_nobody(self, stores: Stores) -> None:
        put(stores, "甲", [related("采荷街道", "cooperates_with", "上城区民政局")])
        stores.catalogue.withdraw(report_id("案例", "甲"), why="撤回", who="刘敏")
        follow(stores)
        assert partners(stores).total == 0

    def test_parts_in_one_case_are_no_cooperation_by_name(self, stores: Stores) -> None:
        put(
            stores,
            "甲",
            [
                related("采荷街道", "leads", "议事坊", tail_type="platform"),
                related("望江街道", "takes_part_in", "议事坊", tail_type="platform"),
            ],
        )
        (pair,) = bodies.partners_body(partners(stores))["partners"]
        (tie,) = pair["ties"]
        assert (tie.get("relation"), tie["label"], len(tie["evidence"])) == (None, "参与同一案例", 2)


class TestIssuePairs:
    def test_counts_and_lift(self, stores: Stores) -> None:
        for source, content in {
            "甲": [issue(), issue(OTHER)],
            "乙": [issue(), issue(OTHER)],
            "丙": [issue()],
            "丁": [issue(ISSUES[1])],
        }.items():
            put(stores, source, content)
        body = bodies.issue_pairs_body(issue_pairs(stores))
        (pair,) = body["pairs"]
        counts = {one["name"]: one["cases"] for one in (pair["first"], pair["second"])}
        assert (counts, pair["cases"], body["cases"]) == ({PARKING.label: 3, OTHER.label: 2}, 2, 4)
        assert pair["lift"] == round(2 * 4 / (3 * 2), 2)
        assert len(pair["examples"]) == 2
        sentences = {proof["sentence"] for row in pair["examples"][0]["first"] for proof in row["evidence"]}
        assert sentences <= {f"{PARKING.label}的事。", f"{OTHER.label}的事。"}
        assert issue_pairs(stores, issue=ISSUES[1].id).total == 0
        assert issue_pairs(stores, least=3).total == 0

    def test_a_concept_is_not_paired_with_the_one_above(self, stores: Stores) -> None:
        above = next(item for item in issues() if item.id == PARKING.parent)
        for source in "甲乙":
            put(stores, source, [issue(), issue(above)])
        assert issue_pairs(stores).total == 0

    def test_by_the_upper_level(self, stores: Stores) -> None:
        siblings = [item for item in ISSUES if item.parent == PARKING.parent][:2]
        for source, one in zip("甲乙", siblings, strict=True):
            put(stores, source, [issue(one), issue(OTHER)])
        assert issue_pairs(stores).total == 0
        (pair,) = issue_pairs(stores, broad=True).pairs
        assert {pair.first.id, pair.second.id} == {PARKING.parent, OTHER.parent}
        assert all(example.first and example.second for example in pair.examples)


class TestContrasts:
    def test_same_issue_and_method_other_outcome(self, stores: Stores) -> None:
        ends: tuple[Outcome, ...] = ("已解决", "反弹", "未记载", "已解决")
        for number, end in enumerate(ends):
            put(stores, f"报{number}", [issue(), method(), said("outcome", f"这件事情后来{end}了", state=end)], outcomes=[end])
        put(stores, "别的", [issue(OTHER), method()], outcomes=["未解决"])
        for given in ({}, {"issue": PARKING.label}, {"method": METHOD.id}, {"issue": PARKING.parent, "method": METHOD.parent}):
            body = bodies.contrasts_body(contrasts(stores, cases=1, **given))
            (found,) = body["contrasts"]
            assert [(one["state"], one["total"], one["left_out"]) for one in found["outcomes"]] == [("已解决", 2, 1), ("反弹", 1, 0)]
            assert (found["untold"], body["total"]) == (1, 1)
            case = found["outcomes"][1]["cases"][0]
            assert [one["sentence"] for one in case["outcomes"]] == ["这件事情后来反弹了的事。"]
            assert case["issues"][0]["evidence"]
            assert case["methods"][0]["evidence"]
        assert contrasts(stores, issue=OTHER.id).total == 0

    def test_one_outcome_is_no_contrast_and_untold_is_no_outcome(self, stores: Stores) -> None:
        for number, end in enumerate(("已解决", "未记载", "已解决")):
            put(stores, f"报{number}", [issue(), method()], outcomes=[end])
        assert contrasts(stores).total == 0


class TestTimeline:
    def test_by_date_with_what_goes_by_it(self, stores: Stores) -> None:
        reading = put(
            stores,
            "甲",
            [
                said("date", "二〇二二年六月", value="2022-06"),
                said("outcome", "电梯已经投入使用了", state="已解决", time="2021-03-05"),
                said("date", "2019年到2020年", value="2019", value_max="2020"),
                said("date", "去年的某个时候吧", value=None),
                said("actor", "采荷街道居委会"),
            ],
        )
        for key in (reading.report, reading.cases[0].id, "甲"):
            body = bodies.timeline_body(timeline(stores, report=key))
            assert [(one["date"], one.get("until"), one["dated_by"]) for one in body["entries"]] == [
                ("2019", "2020", "text"),
                ("2021-03-05", None, "text"),
                ("2022-06", None, "text"),
            ]
        entry = body["entries"][1]
        assert [(fact["type"], fact["modality"]) for fact in entry["facts"]] == [("outcome", "asserted")]
        assert reading.text[entry["start"] : entry["end"]] == entry["sentence"]

    def test_what_only_publication_dates_is_said_so(self, stores: Stores) -> None:
        put(stores, "甲", [said("actor", "采荷街道居委会")], published="2024-05")
        put(stores, "乙", [said("actor", "望江街道居委会")], published=None)
        found = timeline(stores, place="杭州市")
        assert [(entry.date, entry.dated_by) for entry in found.entries] == [("2024-05", "publication")]
        assert (found.reports, found.undated) == (2, 1)

    def test_of_an_entity_only_sentences_that_speak_of_it(self, stores: Stores) -> None:
        content = [
            related("采荷街道", "leads", "湖滨晴雨坊", tail_type="platform", time="2018-01"),
            related("望江街道", "leads", "圆桌议事坊", tail_type="platform", time="2017-01"),
        ]
        put(stores, "甲", content)
        body = bodies.timeline_body(timeline(stores, entity="采荷街道"))
        assert [one["date"] for one in body["entries"]] == ["2018-01"]
        assert body["of"]["name"] == "采荷街道"

    def test_too_many_reports_and_entries_are_counted(self, stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(4):
            put(stores, f"报{number}", [said("date", f"公元202{number}年", value=f"202{number}")], published=f"202{number}-12")
        monkeypatch.setattr(timelines, "MOST_REPORTS", 3)
        body = bodies.timeline_body(timeline(stores, place="杭州市", limit=2))
        assert [one["date"] for one in body["entries"]] == ["2021", "2022"], "the one published first is not read"
        assert (body["reports"], body["unread"], body["total"], body["left_out"]) == (3, 1, 3, 1)

    def test_exactly_one_thing_is_asked_for(self, stores: Stores) -> None:
        reading = put(stores, "甲", [said("actor", "采荷街道")])
        for given in ({}, {"report": "甲", "place": "杭州市"}, {"entity": reading.report}):
            with pytest.raises(UsageError):
                timeline(stores, **given)
        with pytest.raises(NotFound):
            timeline(stores, report="没有过")
