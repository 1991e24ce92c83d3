"""The command for sources that could not be read: list them, read them again after a fix, or forget one."""

from __future__ import annotations

import click

from corpus.errors import NotFound
from corpus.model import SetAside
from corpus.vocabulary import screen
from search_api.bodies import quarantine_body
from search_api.cli.base import print_json, progress, say, stores, wants_json
from search_api.cli.bilingual import Command, tr
from search_api.cli.collection import tell_result
from search_api.ingesting import retry
from search_api.sync import catch_up


@click.command("quarantine", cls=Command, help="列出未能读取的文件和原因；改好以后用 --retry 一次重读")
@click.option("--retry", "again", is_flag=True, help="重读每一个还在原处的文件：改好的读入，没改好的留下新的原因")
@click.option("--forget", metavar="SOURCE", help="不再列出这一个")
@click.option("--collection", help="只看这个分集")
@click.option("--limit", "limits", multiple=True, metavar="NAME=N", help="放宽一项上限，如 size=200（MB）、pages=5000；可写多次")
def quarantine_command(again: bool, forget: str | None, collection: str | None, limits: tuple[str, ...]) -> int:
    with stores(limits) as opened, progress() as shown:
        catalogue = opened.catalogue
        if forget is not None:
            named = [item for item in catalogue.quarantine(collection) if item.source == forget]
            if not named:
                raise NotFound("未能读取的文件里没有这一个", where=forget, remedy="用 jindianzi quarantine 看有哪些")
            for item in named:
                catalogue.forget_set_aside(item.collection, item.source)
        if again:
            result = retry(catalogue, collection, workers=opened.workers, progress=lambda source, count: shown("重读", count, None))
            catch_up(opened, shown)
            tell_result(result)
            _tell_pathless(catalogue.quarantine(collection))
            return 1 if catalogue.quarantine(collection) else 0
        left = catalogue.quarantine(collection)
    if wants_json():
        print_json(quarantine_body(left))
    else:
        _list(left)
    return 0


def _list(items: list[SetAside]) -> None:
    if not items:
        say(screen("quarantine.empty"))
    for item in items:
        say("{source}（{collection}，{when}）", source=item.source, collection=item.collection, when=item.when[:10])
        say("  {message}", message=item.message)
        if item.path and item.path != item.source:
            say(tr("  文件：{path}", path=item.path))
    if items:
        say("改好以后运行 jindianzi quarantine --retry；不再需要的用 --forget 来源")


def _tell_pathless(items: list[SetAside]) -> None:
    """Those that came without a file of this machine cannot be read again from here."""
    for item in items:
        if not item.path and not wants_json():
            say("{source}：不是从本机文件读入的，请改好后重新上传或导入", source=item.source)


COMMANDS = (quarantine_command,)
