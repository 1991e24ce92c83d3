"""Commands about reports with text in common: list them, show two side by side, say what they are; and all that people said."""

from __future__ import annotations

from collections.abc import Sequence

import click

from corpus.catalogue import Catalogue, Pair
from corpus.model import Judgement, Reading, Report
from graph.duplicates.comparing import Compared, compare
from search_api import duplicates_bodies as bodies
from search_api.cli.base import print_json, progress, say, stores, wants_json, who
from search_api.cli.bilingual import Command, Group, language, shared_options, tr
from search_api.cli.rendering import mention_names
from search_api.duplicates import LABELS, GroupOf, Verdict, groups, judge, passages, said_about
from search_api.links import reading_of
from search_api.resolution import NAME
from search_api.sync import follow

_MOST = 100_000
_SHOWN = 160


@click.group(
    "duplicates",
    cls=Group,
    invoke_without_command=True,
    params=shared_options(expose=False),
    help="文字重合的材料：列出各组，逐句对照，由人确认或拆开（不合并，也不删除）",
)
@click.option("--collection", help="只看这个分集的材料所在的组")
@click.option("--passages", "parts", is_flag=True, help="改为列出只有部分段落相同的材料，两两一对")
@click.option("-k", "limit", default=50, type=click.IntRange(1, _MOST), help="最多多少组或多少对")
@click.pass_context
def duplicates_group(context: click.Context, collection: str | None, parts: bool, limit: int) -> int:
    if context.invoked_subcommand is not None:
        return 0
    with stores() as opened:
        found = [] if parts else groups(opened.catalogue, collection, limit=limit)
        pairs = passages(opened.catalogue, limit=limit) if parts else []
    if wants_json():
        print_json(bodies.passages_body(pairs, None) if parts else bodies.groups_body(found, None))
    elif parts:
        _tell_passages(pairs)
    else:
        _tell_groups(found)
    return 0


def _tell_groups(found: Sequence[GroupOf]) -> None:
    if not found:
        say("没有文字大部分相同的材料")
    for number, group in enumerate(found, 1):
        say("第 {number} 组，{count} 份", number=number, count=len(group.reports))
        for report in group.reports:
            _tell_report(report)
        for pair in group.pairs:
            _tell_pair(pair)
        for one in group.said:
            _tell_said(one)


def _tell_passages(found: Sequence[tuple[Pair, Report, Report]]) -> None:
    if not found:
        say("没有部分段落相同的材料")
    for pair, *reports in found:
        for report in reports:
            _tell_report(report)
        _tell_pair(pair)


def _tell_report(report: Report) -> None:
    meta = report.metadata
    about = "，".join(item for item in (meta.publisher, meta.applicant, meta.published, report.source) if item)
    say("  [{id}] {title}（{about}）", id=report.id[:12], title=meta.title, about=about)


def _tell_pair(pair: Pair) -> None:
    say(
        "    {one} 与 {other}：{label}，重合 {letters} 字；占前者 {share_one}、后者 {share_other}（不计套话 {own_one}、{own_other}）",
        one=pair.one[:12],
        other=pair.other[:12],
        label=_label(pair.kind),
        letters=pair.letters,
        **{name: _percent(getattr(pair, name)) for name in ("share_one", "share_other", "own_one", "own_other")},
    )


def _tell_said(said: Judgement) -> None:
    say(
        "    {who} {when} 判断 {one} 与 {other} {verdict}：{why}",
        who=said.who,
        when=said.when[:10],
        one=said.target[:12],
        other=said.value[:12],
        verdict=tr("是同一材料") if said.kind == "same" else tr("不是同一材料"),
        why=said.why,
    )


def _label(kind: str) -> str:
    return kind if language() == "en" else LABELS[kind]


def _percent(share: float) -> str:
    return f"{share:.1%}"


@duplicates_group.command("show", help="两份材料文字重合的句子，逐句对照")
@click.argument("one")
@click.argument("other")
def show_command(one: str, other: str) -> int:
    with stores() as opened:
        catalogue = opened.catalogue
        reports = catalogue.find_report(one), catalogue.find_report(other)
        readings = reading_of(catalogue, reports[0]), reading_of(catalogue, reports[1])
        found = compare(catalogue, *reports)
        said = said_about(catalogue, *reports)
    if wants_json():
        print_json(bodies.compared_body(reports, readings, found, said))
        return 0
    for report in reports:
        _tell_report(report)
    _tell_compared(readings, found)
    if said:
        _tell_said(said)
    return 0


def _tell_compared(readings: tuple[Reading, Reading], found: Compared) -> None:
    if not found.common:
        say("没有重合的句子")
        return
    for name, side in ((tr("前者"), found.one), (tr("后者"), found.other)):
        say(
            "{name}：{common}/{letters} 字文字重合，占 {share}；不计套话 {own_common}/{own} 字，占 {own_share}",
            name=name,
            common=side.common,
            letters=side.letters,
            share=_percent(side.share),
            own_common=side.own_common,
            own=side.own,
            own_share=_percent(side.own_share),
        )
    say("文字重合的句子：")
    for number, item in enumerate(found.common, 1):
        texts = [_line(reading.text[start:end]) for reading, (start, end) in zip(readings, (item.one, item.other), strict=True)]
        say("{number}. {text}", number=number, text=texts[0] + (tr("（套话）") if item.phrase else ""))
        say("   {text}", text=tr("（相同）") if texts[0] == texts[1] else texts[1])


def _line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


@duplicates_group.command("confirm", help="确认两份材料是同一材料（不同来源、版本或格式），归在一组")
@click.argument("one")
@click.argument("other")
@click.option("--why", required=True, help="为什么")
def confirm_command(one: str, other: str, why: str) -> int:
    return _judge(one, other, "same", why)


@duplicates_group.command("split", help="认定两份材料不是同一材料：不再归在一组，其余的各随重合更多的一份")
@click.argument("one")
@click.argument("other")
@click.option("--why", required=True, help="为什么")
def split_command(one: str, other: str, why: str) -> int:
    return _judge(one, other, "different", why)


def _judge(one: str, other: str, verdict: Verdict, why: str) -> int:
    name = who()
    with stores() as opened, progress() as shown:
        catalogue = opened.catalogue
        said = judge(catalogue, catalogue.find_report(one), catalogue.find_report(other), verdict, who=name, why=why)
        follow(opened, shown)
    if wants_json():
        print_json(bodies.judgement_body(said))
    else:
        say("已记下：{one} 与 {other} {verdict}", one=said.target[:12], other=said.value[:12], verdict=_verdict(verdict))
    return 0


def _verdict(verdict: Verdict) -> str:
    return tr("是同一材料") if verdict == "same" else tr("不是同一材料")


@click.command("judgements", cls=Command, help="人作过的判断：谁、何时、说了什么、为什么")
@click.option("--kind", help="只看这一类：withdrawn、field、same、different、name、wrong、label、relevant")
@click.option("--orphaned", is_flag=True, help="只看对象已不在库里的（判断仍保留，对象回来时照旧生效）")
def judgements_command(kind: str | None, orphaned: bool) -> int:
    with stores() as opened:
        found = opened.catalogue.judgements(kind, orphaned=orphaned)
        names = _names(opened.catalogue, found)
    if wants_json():
        print_json(bodies.judgements_body(found))
        return 0
    if not found:
        say("没有这样的判断")
    for one in found:
        ends = (one.target,) if one.kind == NAME else (one.target, one.value)
        about = "，".join(names.get(end, end[:12]) for end in ends if end)
        about = about if one.kind != NAME else f"{about} → {one.value}"
        said = {"id": one.id[:12], "when": one.when[:10], "who": one.who, "kind": one.kind, "about": about, "why": one.why}
        say("[{id}] {when} {who} [{kind}] {about}：{why}", **said)
    return 0


def _names(catalogue: Catalogue, said: Sequence[Judgement]) -> dict[str, str]:
    ends = sorted({end for one in said for end in (one.target, one.value)})
    return {report.id: report.source for report in catalogue.reports(ids=ends)} | mention_names(catalogue, ends)


COMMANDS = (duplicates_group, judgements_command)
