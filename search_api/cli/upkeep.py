"""Commands that look after the stores: status, sync, export, backup, restore, evaluate."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.catalogue import Catalogue
from corpus.errors import UsageError
from search_api.bodies import status_body
from search_api.cli.base import print_json, progress, say, settings, stores, wants_json
from search_api.cli.bilingual import Command, Group, tr
from search_api.evaluation import extraction_table
from search_api.evaluation.extraction import evaluate_extraction
from search_api.evaluation.retrieval import evaluate_retrieval
from search_api.evaluation.retrieval_table import rows, table
from search_api.exporting import export
from search_api.graph_export import FORMATS, export_graph
from search_api.sync import catch_up, rebuild, retry


@click.command("status", cls=Command, help="案例库、图谱、索引和向量的现状")
def status_command() -> int:
    with stores() as opened:
        body = status_body(opened)
    if wants_json():
        print_json(body)
        return 0
    counts = body["counts"]
    say("案例库：{store}", store=body["store"])
    say(
        "报告 {reports}，案例 {cases}，事实 {facts}，段落 {passages}，主体与条目 {entities}",
        **{name: counts[name] for name in ("reports", "cases", "facts", "passages", "entities")},
    )
    if counts["samples"]:
        say("其中示例（虚构） {samples} 篇", samples=counts["samples"])
    say("{notice}", notice=body["model"]["notice"])
    say("已有向量 {present}/{wanted}", **body["vectors"])
    waiting = max(body["behind"].values())
    say("图谱与索引：{state}", state=tr("还差 {waiting} 处改动", waiting=waiting) if waiting else tr("已跟上"))
    for item in body["refused"]:
        say("未收入 {id}：{reason}", id=item["id"], reason=item["reason"])
    for item in body["set_aside"]:
        say("未能读取 {message}", message=item["message"])
    return 0


@click.command("sync", cls=Command, help="让图谱、索引和向量跟上案例库")
@click.option("--rebuild", "again", is_flag=True, help="另建新的图谱和索引，建好后换上")
@click.option("--retry", "once_more", is_flag=True, help="再试一次先前未收入的改动")
def sync_command(again: bool, once_more: bool) -> int:
    with stores() as opened, progress() as shown:
        if again:
            rebuild(opened, shown)
        elif once_more:
            retry(opened, shown)
        else:
            catch_up(opened, shown)
        body = status_body(opened)
    if wants_json():
        print_json(body)
    else:
        say("已跟上案例库")
    return 1 if body["refused"] else 0


@click.command("export", cls=Command, help="把报告、条目和事实写成 JSON 行文件")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--source", is_flag=True, help="连同来源文字（已遮盖个人信息）")
@click.option("--internal", is_flag=True, help="连同标有内部资料、工作秘密的报告")
@click.option("--by-model", is_flag=True, help="连同语言模型找到的事实（模型提取、待核实）")
@click.option("--graph", "form", type=click.Choice(list(FORMATS)), help="改为导出图谱，写成这种格式")
def export_command(folder: Path, source: bool, internal: bool, by_model: bool, form: str | None) -> int:
    if form is not None:
        return _export_graph(folder, form, internal=internal, others=source or by_model)
    with stores() as opened, progress() as shown:
        catch_up(opened, shown)
        written = export(opened.catalogue, folder, source=source, internal=internal, by_model=by_model)
    if wants_json():
        print_json(written)
        return 0
    for name, count in written.items():
        say("{name}：{count} 行", name=folder / name, count=count)
    return 0


def _export_graph(folder: Path, form: str, *, internal: bool, others: bool) -> int:
    if others:
        raise UsageError("图谱里没有来源文字，也没有语言模型找到的事实", where="--graph", remedy="请去掉 --source 和 --by-model")
    with stores() as opened, progress() as shown:
        catch_up(opened, shown)
        written = export_graph(opened, folder, form, internal=internal)
    if wants_json():
        print_json({"files": list(written.files), "nodes": written.nodes, "edges": written.edges})
        return 0
    say("{name}：{nodes} 个节点，{edges} 条边", name=folder / written.files[0], nodes=written.nodes, edges=written.edges)
    for name in written.files[1:]:
        say(str(folder / name))
    return 0


@click.command("backup", cls=Command, help="把案例库备份成一个文件")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="文件已存在也覆盖")
def backup_command(file: Path, force: bool) -> int:
    with Catalogue.open(settings().store) as catalogue:
        catalogue.backup(file, force=force)
    if wants_json():
        print_json({"file": str(file)})
    else:
        say("已备份到 {file}", file=file)
    return 0


@click.command("restore", cls=Command, help="用备份恢复案例库")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="库里已有报告也覆盖")
def restore_command(file: Path, force: bool) -> int:
    Catalogue.restore(file, settings().store, force=force)
    with stores() as opened, progress() as shown:
        rebuild(opened, shown)
    if wants_json():
        print_json({"file": str(file)})
    else:
        say("已从 {file} 恢复", file=file)
    return 0


@click.group("evaluate", cls=Group, help="在标注集上测量检索和抽取的效果")
def evaluate_group() -> None:
    """Holds the kinds of evaluation."""


@evaluate_group.command("retrieval", help="在 corpus.jsonl、queries.jsonl、qrels.tsv 上测量（或含多个这样文件夹的文件夹）")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def retrieval_command(folder: Path) -> int:
    with progress() as shown:
        results = evaluate_retrieval(folder, settings(), progress=shown)
    if wants_json():
        print_json({"sets": rows(results)})
    else:
        say(table(results))
    return 0


@evaluate_group.command("extraction", help="在标注好的文本（ID.txt 与 ID.jsonl）上测量抽取")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", multiple=True, metavar="ID", help="只测这些文本")
def extraction_command(folder: Path, only: tuple[str, ...]) -> int:
    measured = evaluate_extraction(folder, only)
    if wants_json():
        print_json(extraction_table.body(measured))
    else:
        say(extraction_table.table(measured))
    return 0


COMMANDS = (status_command, sync_command, export_command, backup_command, restore_command, evaluate_group)
