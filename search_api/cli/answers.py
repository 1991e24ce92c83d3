"""Commands that ask: search, precedents, show, facts, neighbours, path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import get_args

import click

from corpus.errors import UnreadableSource, UsageError
from corpus.model import FactType, SetAside
from corpus.vocabulary import ontology
from graph.store.base import NodeType
from ingest.pipeline import repair
from ingest.readers import find, read
from search_api.batch import run_lines
from search_api.bodies import answer_body, facts_body, neighbourhood_body, paths_body, report_body
from search_api.cli.base import print_json, read_text, say, stores, wants_json
from search_api.cli.bilingual import Command
from search_api.cli.rendering import show_answer, show_neighbours, show_paths, show_report
from search_api.export import written_whole
from search_api.links import entity_links, reading_of
from search_api.llm import model_facts
from search_api.neighbourhood import neighbourhood, paths

_PLAIN = ("", ".txt", ".text", ".md")
_CHANNELS = ("hybrid", "lexical", "semantic", "graph")


@click.command("search", cls=Command, help="检索案例；--batch 与 --run 成批检索并写出 TREC 结果")
@click.argument("query", required=False)
@click.option("-k", default=10, type=click.IntRange(1, 200), help="给出多少条")
@click.option("--channel", default="hybrid", type=click.Choice(_CHANNELS), help="用哪一路：文字、语义、图谱或合用")
@click.option("--collection", help="只查这一个分集")
@click.option("--explain", is_flag=True, help="给出每条的计算过程")
@click.option("--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="一行一个 {id, text} 的文件")
@click.option("--run", "out", type=click.Path(dir_okay=False, path_type=Path), help="结果写到哪个文件")
def search_command(
    query: str | None, k: int, channel: str, collection: str | None, explain: bool, batch: Path | None, out: Path | None
) -> int:
    if (batch is None) != (out is None) or (query is None) == (batch is None):
        raise UsageError("要么给出一句检索，要么同时给出 --batch 和 --run", where="search", remedy="见 jindianzi search --help")
    with stores() as opened:
        if batch is not None and out is not None:
            queries = list(_queries(batch))
            count = 0
            with written_whole(out) as file:
                for line in run_lines(opened.search, queries, k, channel, collection):
                    file.write(line + "\n")
                    count += 1
            say("{queries} 条检索，{count} 行结果写到 {out}", queries=len(queries), count=count, out=out)
            return 0
        answer = opened.search.search(query or "", k=k, channel=channel, collection=collection, explain=explain)
    if wants_json():
        print_json(answer_body(answer))
    else:
        show_answer(answer)
    return 0


def _queries(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(read_text(str(path)).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row["id"]), str(row["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"第 {number} 行不是 {{id, text}}（{error}）", where=str(path), remedy="每行写一个 JSON 对象，含 id 和 text"
            ) from error


@click.command("precedents", cls=Command, help="为一段情况或一个文件（- 表示标准输入）找同类案例")
@click.argument("source")
@click.option("-k", default=10, type=click.IntRange(1, 200), help="给出多少条")
@click.option("--collection", help="只查这一个分集")
def precedents_command(source: str, k: int, collection: str | None) -> int:
    text = _situation(source)
    with stores() as opened:
        answer = opened.search.precedents(text, k=k, collection=collection)
    if wants_json():
        print_json(answer_body(answer))
    else:
        show_answer(answer)
    return 0


def _situation(source: str) -> str:
    """The text of a situation: a text file as it is, of any other file the report in it without what stands around it."""
    path = Path(source)
    if source == "-" or path.suffix.lower() in _PLAIN:
        return read_text(source).strip()
    found = list(islice(find([path], collection=""), 2))
    if len(found) != 1:
        raise UsageError("里面不止一份材料" if found else "里面没有材料", where=source, remedy="请只给出一份材料的文件，或把情况粘贴成文字")
    only = found[0]
    if isinstance(only, SetAside):
        raise UsageError(only.message.rstrip("。"), where="", remedy="请改正后再试")
    try:
        draft, _ = repair(read(only))
    except UnreadableSource as error:
        raise UsageError(error.what, where=error.where, remedy=error.remedy) from error
    return draft.text.strip()


@click.command("show", cls=Command, help="看一份报告：案例卡、章节和正文（编号、编号开头几位或来源路径）")
@click.argument("report")
@click.option("--text", "whole", is_flag=True, help="连同全文")
def show_command(report: str, whole: bool) -> int:
    with stores() as opened:
        found = opened.catalogue.find_report(report)
        reading = reading_of(opened.catalogue, found)
        body = report_body(found, reading, entity_links(opened.catalogue, found.id, reading))
    if wants_json():
        print_json(body)
    else:
        show_report(found, reading, whole=whole)
    return 0


@click.command("facts", cls=Command, help="列出一份报告（或全库）读出的事实，各带原句")
@click.argument("report", required=False)
@click.option("--type", "kind", type=click.Choice(get_args(FactType)), help="只看这一类")
@click.option("--by-model", is_flag=True, help="只看语言模型找到、规则没有读出的（模型提取、待核实）")
def facts_command(report: str | None, kind: FactType | None, by_model: bool) -> int:
    with stores() as opened:
        catalogue = opened.catalogue
        reports = [catalogue.find_report(report)] if report else catalogue.reports()
        rows = []
        for found in reports:
            reading = reading_of(catalogue, found)
            facts = [fact for fact in (model_facts(catalogue, reading) if by_model else reading.facts) if kind is None or fact.type == kind]
            rows += facts_body(found, reading, facts, {} if by_model else entity_links(catalogue, found.id, reading))
    if wants_json():
        print_json({"facts": rows})
        return 0
    for row in rows:
        name = row["name"] if row["type"] != "relation" else f"{row['head']} —{row['relation']}→ {row['tail']}"
        mark = "".join(f"  【{row[name]}】" for name in ("unverified", "notice") if name in row)
        say("[{type}] {name}｜{sentence}", type=row["type"], name=name, sentence=row["sentence"] + mark)
    return 0


@click.command("neighbours", cls=Command, help="一个主体或条目（编号或名称）在图谱中的邻居，各带原句")
@click.argument("entity")
@click.option("--depth", default=1, type=click.IntRange(1, 3), help="走几步")
@click.option("--relation", "relations", multiple=True, type=click.Choice(list(ontology().edges)), help="只走这种关系（可写多个）")
@click.option("--type", "types", multiple=True, type=click.Choice(list(ontology().nodes)), help="只列这一类（可写多个）")
@click.option("-k", "limit", default=50, type=click.IntRange(1, 150), help="最多多少行")
def neighbours_command(entity: str, depth: int, relations: tuple[str, ...], types: tuple[NodeType, ...], limit: int) -> int:
    with stores() as opened:
        node, rows, reports = neighbourhood(opened, entity, relations=relations or None, types=types or None, depth=depth, limit=limit)
    if wants_json():
        print_json(neighbourhood_body(node, rows, reports))
    else:
        show_neighbours(node, rows, reports)
    return 0


@click.command("path", cls=Command, help="两个主体或条目（编号或名称）在图谱中怎样相连，每一步各带原句")
@click.argument("start")
@click.argument("end")
@click.option("--max-length", default=4, type=click.IntRange(1, 6), help="最多几步")
@click.option("-k", "limit", default=5, type=click.IntRange(1, 20), help="最多几条路径")
def path_command(start: str, end: str, max_length: int, limit: int) -> int:
    with stores() as opened:
        found = paths(opened, start, end, max_length=max_length, limit=limit)
    if wants_json():
        print_json(paths_body(*found))
    else:
        show_paths(*found)
    return 0


COMMANDS = (search_command, precedents_command, show_command, facts_command, neighbours_command, path_command)
