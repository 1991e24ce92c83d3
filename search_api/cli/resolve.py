"""Commands about what mentions are taken to be: an entity with its mentions and what looks like it; people join, part and name them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import get_args

import click

from corpus.catalogue import Catalogue
from corpus.model import Entity, EntityType, Judgement
from corpus.vocabulary import ontology
from search_api import resolution
from search_api.cli.base import print_json, progress, say, stores, wants_json, who
from search_api.cli.bilingual import Group, language, shared_options, tr
from search_api.cli.rendering import mention_names
from search_api.duplicates_bodies import judgement_body
from search_api.likeness import LABELS, Candidate, candidates, pairs
from search_api.members import Member, Membership, membership
from search_api.resolution_bodies import entity_detail_body, judged_body, pairs_body
from search_api.sync import follow

_SHOWN = 120
Judging = Callable[[Catalogue], list[Judgement]]


class _Group(Group):
    """`resolve ENTITY` is short for `resolve show ENTITY`."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        known = not args or args[0] in self.commands
        return super().resolve_command(ctx, args if known else ["show", *args])


@click.group(
    "resolve",
    cls=_Group,
    params=shared_options(expose=False),
    help="各处提及是不是同一个：查看（resolve 编号或名称）、确认、否定、拆分、改名",
)
def resolve_group() -> None:
    """Holds the kinds of judgements."""


@resolve_group.command("list", help="看着相像而没有归并的条目，两两一对，由人判断")
@click.option("--type", "type", type=click.Choice(get_args(EntityType)), help="只看这一类")
@click.option("--after", default="", help="从上一页末尾的编号接着列")
@click.option("-k", "limit", default=20, type=click.IntRange(1, 100), help="大约列出多少对")
def list_command(type: EntityType | None, after: str, limit: int) -> int:
    with stores() as opened:
        found, last = pairs(opened.catalogue, type, after, limit)
        while not found and last:  # a stretch in which nothing looks alike
            found, last = pairs(opened.catalogue, type, last, limit)
        invented = _invented(opened.catalogue)
    if wants_json():
        print_json(pairs_body(found, last, invented))
        return 0
    if not found:
        say("没有看着相像而没有归并的条目")
    for one, other in found:
        say("{label}：", label=_likeness(other))
        for entity in (one, other.entity):
            say("{line}", line=f"  {_line(entity)}")
    if last:
        say("后面还有：加 --after {last}", last=last)
    return 0


@resolve_group.command("show", help="一个主体或条目的各处提及，各带原句，以及看着相像而没有归并的条目")
@click.argument("entity")
def show_command(entity: str) -> int:
    with stores() as opened:
        catalogue = opened.catalogue
        found = resolution.thing(catalogue, entity).entity
        held, alike = membership(catalogue, found), candidates(catalogue, found)
        standing = {one.id for one in resolution.in_force(catalogue, held.said)}
        names = mention_names(catalogue, _ends(held.said))
        invented = _invented(catalogue)
    if wants_json():
        print_json(entity_detail_body(found, held, alike, invented))
        return 0
    say("{line}", line=_line(found))
    if found.aliases:
        say("又作：{names}", names=tr("、").join(found.aliases))
    _tell_members(held)
    for one in held.said:
        _tell_said(one, names, one.kind == resolution.NAME or one.id in standing)
    if alike:
        say("看着相像而没有归并的：")
    for candidate in alike:
        say("{line}", line=f"  {_line(candidate.entity)}  {_likeness(candidate)}")
    return 0


def _tell_members(held: Membership) -> None:
    say("{count} 处提及：", count=held.count)
    for member in held.members:
        _tell_member(member)
    if held.count > len(held.members):
        say("  另有 {count} 处", count=held.count - len(held.members))


def _tell_member(member: Member) -> None:
    mention = member.mention
    names = tr("、").join(mention.names or (mention.name,))
    say("  [{key}] {names}（{source}）", key=mention.key[:12], names=names, source=member.report.source)
    if member.cited is not None:
        say("{text}", text=f"    “{_short(member.cited.fact.sentence)}”")
    for reason in member.reasons:
        label = reason.id if language() == "en" else reason.label
        forms = f"：{tr('、').join(reason.forms)}" if reason.forms else ""
        say("{text}", text=f"    · {label} {reason.confidence:.0%}{forms}")


def _tell_said(one: Judgement, names: dict[str, str], standing: bool) -> None:
    about = "，".join(names[end] for end in (one.target, one.value) if end in names)
    verdict = tr("名称改为“{name}”", name=one.value) if one.kind == resolution.NAME else _verdict(one.kind)
    rest = "" if standing else tr("（与后来的判断相抵，不起作用）")
    say(
        "  判断 [{id}] {when} {who}：{about} {verdict}：{why}{rest}",
        id=one.id[:12], when=one.when[:10], who=one.who, about=about, verdict=verdict, why=one.why, rest=rest,
    )  # fmt: skip


def _verdict(kind: str) -> str:
    return tr("是同一个") if kind == "same" else tr("不是同一个")


@resolve_group.command("confirm", help="确认两个条目（编号、提及编号或名称）是同一个")
@click.argument("one")
@click.argument("other")
@click.option("--why", required=True, help="为什么")
def confirm_command(one: str, other: str, why: str) -> int:
    name = who()

    def new(catalogue: Catalogue) -> list[Judgement]:
        return resolution.confirmed(catalogue, resolution.thing(catalogue, one), resolution.thing(catalogue, other), who=name, why=why)

    return _judge(new)


@resolve_group.command("reject", help="认定两个条目（编号、提及编号或名称）不是同一个；已归并的拆开，后一个离开")
@click.argument("one")
@click.argument("other")
@click.option("--why", required=True, help="为什么")
def reject_command(one: str, other: str, why: str) -> int:
    name = who()

    def new(catalogue: Catalogue) -> list[Judgement]:
        return resolution.rejected(catalogue, resolution.thing(catalogue, one), resolution.thing(catalogue, other), who=name, why=why)

    return _judge(new)


@resolve_group.command("split", help="把一个条目的若干处提及拆出来，认定它们合起来是另一个")
@click.argument("entity")
@click.argument("mentions", nargs=-1, required=True)
@click.option("--why", required=True, help="为什么")
def split_command(entity: str, mentions: tuple[str, ...], why: str) -> int:
    name = who()

    def new(catalogue: Catalogue) -> list[Judgement]:
        return resolution.split(catalogue, resolution.thing(catalogue, entity).entity, mentions, who=name, why=why)

    return _judge(new)


@resolve_group.command("rename", help="给一个主体或条目定一个名称，各处都这样显示；原来的写法仍可检索")
@click.argument("entity")
@click.argument("name")
@click.option("--why", required=True, help="为什么")
def rename_command(entity: str, name: str, why: str) -> int:
    by = who()
    return _judge(lambda catalogue: resolution.renamed(resolution.thing(catalogue, entity), name, who=by, why=why))


@resolve_group.command("undo", help="收回判断（编号见 resolve 或 judgements），回到没有说过的样子")
@click.argument("judgement", nargs=-1, required=True)
def undo_command(judgement: tuple[str, ...]) -> int:
    with stores() as opened, progress() as shown:
        found = [resolution.undone(opened.catalogue, key) for key in dict.fromkeys(judgement)]
        for one in found:
            opened.catalogue.retract(one.id)
        follow(opened, shown)
    if wants_json():
        print_json({"judgements": [judgement_body(one) for one in found]})
    else:
        for one in found:
            say("已收回：{id}（{who}：{why}）", id=one.id[:12], who=one.who, why=one.why)
    return 0


def _judge(new: Judging) -> int:
    """Keep what `new` makes of what there is, bring entities and graph up to it, and tell what came of it."""
    with stores() as opened, progress() as shown:
        follow(opened, shown)  # what is judged about is what there is now
        kept = resolution.keep(opened.catalogue, new(opened.catalogue), lambda: follow(opened, shown))
        names = mention_names(opened.catalogue, _ends(kept.overruled))
        invented = _invented(opened.catalogue)
    if wants_json():
        print_json(judged_body(kept, invented))
        return 0
    say("已记下：{ids}", ids=tr("、").join(one.id[:12] for one in kept.said))
    for entity in kept.entities:
        say("{line}", line=f"  {_line(entity)}")
    if kept.overruled:
        say("与较早的判断相抵，以后说的为准；下列判断不再起作用：")
    for one in kept.overruled:
        _tell_said(one, names, standing=True)
    return 0


def _line(entity: Entity) -> str:
    kind = ontology().nodes.get(entity.type)
    about = [kind.zh if kind and language() != "en" else entity.type, (entity.place or "").replace(">", "")]
    counted = tr("{reports} 份材料，{mentions} 处提及", reports=len(entity.reports), mentions=len(entity.mentions))
    return f"{entity.name}（{'，'.join([item for item in about if item] + [counted])}）[{entity.id[:12]}]"


def _likeness(candidate: Candidate) -> str:
    return candidate.likeness if language() == "en" else LABELS[candidate.likeness]


def _ends(said: Iterable[Judgement]) -> list[str]:
    return sorted({end for one in said for end in (one.target, one.value)})


def _invented(catalogue: Catalogue) -> bool:
    return catalogue.counts()["samples"] > 0


def _short(sentence: str) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


COMMANDS = (resolve_group,)
