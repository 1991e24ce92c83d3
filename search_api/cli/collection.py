"""Commands that change the collection: ingest, delete, correct, reread."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.errors import UsageError
from ingest.pipeline import PIPELINE
from ingest.readers.mapping import load_mapping
from search_api.bodies import ingested_body
from search_api.cli.base import print_json, progress, read_text, say, stores, tell, wants_json, who
from search_api.cli.bilingual import Command, tr
from search_api.ingesting import DEFAULT_COLLECTION, Ingested, ingest, reread
from search_api.relabelling import relabel
from search_api.sites import settle
from search_api.sync import catch_up


@click.command("ingest", cls=Command, help="读入文件和文件夹（- 表示从标准输入读文件名单）")
@click.argument("paths", nargs=-1, required=True)
@click.option("--collection", default=DEFAULT_COLLECTION, help="放进哪个案例库分集")
@click.option("--no-wait", is_flag=True, help="存下就返回，不等图谱、索引和向量")
@click.option("--prune", is_flag=True, help="列出文件夹里已经没有的报告，供逐一删除")
@click.option("--restore", is_flag=True, help="已撤下的报告也重新读入")
@click.option("--limit", "limits", multiple=True, metavar="NAME=N", help="放宽一项上限，如 size=200（MB）、pages=5000；可写多次")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="表格的列对照文件（YAML：列名或列号: 字段）")
def ingest_command(
    paths: tuple[str, ...], collection: str, no_wait: bool, prune: bool, restore: bool, limits: tuple[str, ...], mapping: Path | None
) -> int:
    listed = read_text("-").splitlines() if "-" in paths else []
    named = [Path(path) for path in (*(path for path in paths if path != "-"), *(line.strip() for line in listed)) if str(path)]
    columns = load_mapping(mapping) if mapping else None
    with stores(limits) as opened, opened.reading(columns) as workers, progress() as report:
        result = ingest(
            opened.catalogue,
            named,
            collection,
            restore=restore,
            prune=prune,
            workers=workers,
            progress=lambda source, count: report("读取", count, None),
        )
        if not no_wait:
            tell("{notice}", notice=opened.embedder.notice)
            catch_up(opened, report)
    tell_result(result)
    return result.exit_status


def tell_result(result: Ingested) -> None:
    """Print what became of each source: as the API's body, or in words with the reasons of what was set aside."""
    if wants_json():
        print_json(ingested_body(result))
        return
    say(
        "新增 {new}，更新 {changed}，未变 {unchanged}，已撤下 {withdrawn}，未能读取 {set_aside}",
        new=len(result.new),
        changed=len(result.changed),
        unchanged=len(result.unchanged),
        withdrawn=len(result.withdrawn),
        set_aside=len(result.set_aside),
    )
    for item in result.set_aside:
        tell("未能读取 {message}", message=item.message)
    for source in result.missing:
        say("文件夹里已没有：{source}（要撤下请用 jindianzi delete）", source=source)


@click.command("delete", cls=Command, help="撤下一份报告，清除由它而来的一切")
@click.argument("report")
@click.option("--why", required=True, help="为什么")
def delete_command(report: str, why: str) -> int:
    name = who()
    with stores() as opened, progress() as shown:
        found = opened.catalogue.find_report(report)
        opened.catalogue.withdraw(found.id, why=why, who=name)
        catch_up(opened, shown)
        if settle(opened.catalogue, opened.workers):
            catch_up(opened, shown)
    if wants_json():
        print_json({"id": found.id, "withdrawn": True})
    else:
        say("已撤下：{source}", source=found.source)
    return 0


@click.command("correct", cls=Command, help="更正一份报告的标题、日期等（field=value，可写多个）")
@click.argument("report")
@click.argument("corrections", nargs=-1, required=True)
@click.option("--why", default="", help="为什么")
def correct_command(report: str, corrections: tuple[str, ...], why: str) -> int:
    name = who()
    pairs = []
    for correction in corrections:
        field, equals, value = correction.partition("=")
        if not equals:
            raise UsageError("更正要写成 字段=值", where=correction, remedy="例如 title=新的标题")
        pairs.append((field.strip(), value.strip()))
    with stores() as opened, progress() as shown:
        found = opened.catalogue.find_report(report)
        for field, value in pairs:
            opened.catalogue.correct(found.id, field, value, who=name, why=why)
        catch_up(opened, shown)
    if wants_json():
        print_json({"id": found.id, "corrected": sorted(field for field, _ in pairs)})
    else:
        say("已更正：{fields}", fields=tr("、").join(field for field, _ in pairs))
    return 0


@click.command("reread", cls=Command, help="用现在的程序和词表重读由旧版本读过的报告（用保存的正文或原文件）")
@click.option("--labels", is_flag=True, help="只按新的词表从保存的正文重新读出事实和归类，不读原文件")
def reread_command(labels: bool) -> int:
    with stores() as opened, progress() as shown:

        def told(source: str, count: int) -> None:
            shown("重读", count, None)

        catalogue = opened.catalogue
        result = Ingested(changed=relabel(catalogue, told)) if labels else reread(catalogue, workers=opened.workers, progress=told)
        catch_up(opened, shown)
        left = len(catalogue.stale(PIPELINE)) if labels else 0
    tell_result(result)
    if left:
        tell("还有 {count} 份要用原文件重读：jindianzi reread", count=left)
    return result.exit_status


COMMANDS = (ingest_command, delete_command, correct_command, reread_command)
