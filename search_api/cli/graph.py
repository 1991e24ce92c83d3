"""Questions to the graph as a whole: method, partners, issues, contrast, timeline."""

from __future__ import annotations

import click

from search_api.cli import graph_rendering as show
from search_api.cli.base import print_json, stores, wants_json
from search_api.cli.bilingual import Group
from search_api.questions import bodies
from search_api.questions.contrasts import contrasts
from search_api.questions.issue_pairs import issue_pairs
from search_api.questions.partners import partners
from search_api.questions.timeline import timeline
from search_api.questions.uses import uses

_MOST = 100


@click.group("graph", cls=Group, help="向全库的图谱提问：做法用在何处、谁与谁合作、问题同现、同题异果、时间线")
def graph_group() -> None:
    """Holds the questions."""


@graph_group.command("method", help="一种做法（词表里的名称，或工作法、平台、项目的名称或编号）用在哪些案例、针对什么问题、结果怎样")
@click.argument("method")
@click.option("-k", "limit", default=20, type=click.IntRange(1, _MOST), help="最多多少个案例")
def method_command(method: str, limit: int) -> int:
    with stores() as opened:
        found = uses(opened, method, limit=limit)
        if wants_json():
            print_json(bodies.uses_body(found))
        else:
            show.uses(found)
    return 0


@graph_group.command("partners", help="一地（不写则全库）谁与谁合作、协助，或参与同一案例，各带原句")
@click.argument("place", required=False)
@click.option("--actor", help="只看与这一主体有关的")
@click.option("-k", "limit", default=50, type=click.IntRange(1, _MOST), help="最多多少对")
def partners_command(place: str | None, actor: str | None, limit: int) -> int:
    with stores() as opened:
        found = partners(opened, place=place, actor=actor, limit=limit)
        if wants_json():
            print_json(bodies.partners_body(found))
        else:
            show.partners(found)
    return 0


@graph_group.command("issues", help="哪些问题常在同一案例中写到：只计数，不说明因果")
@click.argument("issue", required=False)
@click.option("--place", help="只看这个地方的案例")
@click.option("--broad", is_flag=True, help="按词表的上一级计数")
@click.option("--least", default=2, type=click.IntRange(1, 1000), help="至少在多少个案例中同现")
@click.option("-k", "limit", default=50, type=click.IntRange(1, _MOST), help="最多多少对")
def issues_command(issue: str | None, place: str | None, broad: bool, least: int, limit: int) -> int:
    with stores() as opened:
        found = issue_pairs(opened, issue=issue, place=place, broad=broad, least=least, limit=limit)
        if wants_json():
            print_json(bodies.issue_pairs_body(found))
        else:
            show.issue_pairs(found)
    return 0


@graph_group.command("contrast", help="问题相同、做法相同而结果不同的案例")
@click.option("--issue", help="只看这个问题")
@click.option("--method", help="只看这种做法")
@click.option("-k", "limit", default=20, type=click.IntRange(1, _MOST), help="最多多少组")
@click.option("--cases", default=3, type=click.IntRange(1, 20), help="每种结果最多几个案例")
def contrast_command(issue: str | None, method: str | None, limit: int, cases: int) -> int:
    with stores() as opened:
        found = contrasts(opened, issue=issue, method=method, limit=limit, cases=cases)
        if wants_json():
            print_json(bodies.contrasts_body(found))
        else:
            show.contrasts(found)
    return 0


@graph_group.command("timeline", help="一份报告（或案例）、一个主体或一个地方的时间线，按日期先后，各带原句")
@click.argument("report", required=False)
@click.option("--entity", help="主体或条目（编号或名称）")
@click.option("--place", help="地名，或写全的上下级地名")
@click.option("-k", "limit", default=200, type=click.IntRange(1, 1000), help="最多多少条")
def timeline_command(report: str | None, entity: str | None, place: str | None, limit: int) -> int:
    with stores() as opened:
        found = timeline(opened, report=report, entity=entity, place=place, limit=limit)
        if wants_json():
            print_json(bodies.timeline_body(found))
        else:
            show.timeline(found)
    return 0


COMMANDS = (graph_group,)
