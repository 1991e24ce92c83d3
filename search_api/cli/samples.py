"""Commands for the invented samples: load, ask, remove."""

from __future__ import annotations

import click

from search_api import samples
from search_api.bodies import ingested_body
from search_api.cli.base import option, print_json, progress, say, stores, tell, wants_json
from search_api.cli.bilingual import Group
from search_api.cli.rendering import show_answer, show_card, show_lines, source_line
from search_api.sync import catch_up

_HITS = 4
_CASES = 3
_COST_AND_REST = ("input", "unresolved")


@click.group("samples", cls=Group, help="虚构的示例：装入、提问、移除")
def samples_group() -> None:
    """Holds the commands below."""


@samples_group.command("load", help="把示例报告和示例申报件装入案例库（不与自己的材料混放）")
def load_command() -> int:
    with stores() as opened, progress() as shown:
        loaded = samples.load(opened.catalogue, lambda source, count: shown("读取", count, None))
        catch_up(opened, shown)
    if wants_json():
        print_json({collection: ingested_body(result) for collection, result in loaded.items()})
        return max(result.exit_status for result in loaded.values())
    for collection, result in loaded.items():
        say("{collection}：新增 {new}，未变 {unchanged}", collection=collection, new=len(result.new), unchanged=len(result.unchanged))
        for item in result.set_aside:
            tell("未能读取 {message}", message=item.message)
    return max(result.exit_status for result in loaded.values())


@samples_group.command("remove", help="移除示例")
def remove_command() -> int:
    with stores() as opened, progress() as shown:
        count = samples.remove(opened.catalogue, str(option("user") or "samples"))
        catch_up(opened, shown)
    if wants_json():
        print_json({"removed": count})
    else:
        say("已移除 {count} 篇示例", count=count)
    return 0


@samples_group.command("ask", help="向示例提三个问题：官员、教员、评委各一个")
def ask_command() -> int:
    first, second, third = samples.QUESTIONS
    with stores() as opened:
        service, catalogue = opened.search, opened.catalogue
        say("示例（虚构）：以下材料为试用而编写。{notice}", notice=opened.embedder.notice)
        say()
        say("【一】{question}", question=first)
        answer = service.precedents(first, k=_HITS, collection=samples.REPORTS)
        show_answer(answer, lambda hit: show_lines(samples.card_of(catalogue, hit).card, _COST_AND_REST))
        say()
        say("【二】{question}", question=second)
        for one in samples.contrasting(service, catalogue, second, samples.REPORTS, _CASES):
            show_card(one.card)
            say("出处：{source}", source=source_line(one.report))
        say()
        say("【三】{question}", question=third)
        for item in samples.submissions(service, catalogue, samples.SUBMISSIONS, samples.REPORTS):
            say()
            say("◆ 申报件 {title}  [{source}]", title=item.report.metadata.title, source=item.report.source)
            show_answer(item.precedents)
            say("  成效句 {all}，其中没有数据的 {bare}：", all=item.outcome_sentences, bare=len(item.unmeasured))
            for sentence in item.unmeasured:
                say("  · {text}", text=" ".join(sentence.text.split()))
    return 0


COMMANDS = (samples_group,)
