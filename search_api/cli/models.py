"""Commands for the embedding model: list, get, use."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.embed import BGE, Step, fetch, list_models, load
from corpus.errors import ModelMissing
from search_api.bodies import model_state, models_body
from search_api.cli.base import print_json, progress, say, settings, stores, tell, wants_json
from search_api.cli.bilingual import Group, tr
from search_api.stores import CHOSEN_MODEL
from search_api.sync import catch_up

_STATES = {"present": "在本机", "bundled": "随程序安装", "missing": "没有", "corrupt": "损坏"}


@click.group("model", cls=Group, help="向量模型：查看、下载、更换")
def model_group() -> None:
    """Holds the commands below."""


@model_group.command("list", help="有哪些模型，哪些已在本机")
def list_command() -> int:
    found = list_models(settings().cache)
    if wants_json():
        print_json(models_body(found))
        return 0
    for status in found:
        say(
            "{name}：{state}（{title}，{licence}）",
            name=status.model.name,
            state=tr(_STATES.get(status.state, status.state)),
            title=status.model.title,
            licence=status.model.licence,
        )
    return 0


@model_group.command("get", help="取得模型并核对：先看缓存，再试 --from 给出的文件夹或 jar、Maven、Hugging Face")
@click.argument("name", default=BGE.name)
@click.option("--from", "given", type=click.Path(exists=True, path_type=Path), help="已有的文件夹或 jar 文件")
@click.option("--if-missing", is_flag=True, help="取不到也不算失败，用随程序安装的模型")
def get_command(name: str, given: Path | None, if_missing: bool) -> int:
    with progress() as shown:

        def report(step: Step) -> None:
            if step.total:
                shown("下载", step.done, step.total)
            elif step.what:
                tell("{source}：{text}", source=step.source, text=step.what)

        try:
            fetched = fetch(name, settings().cache, given=given, report=report)
        except ModelMissing as error:
            if not if_missing:
                raise
            tell(str(error))
            return 0
    if wants_json():
        print_json({"name": fetched.model.name, "path": str(fetched.path), "source": fetched.source})
    elif not (if_missing and fetched.source == "cache"):
        say("向量模型 {name} 已就绪：{path}", name=fetched.model.name, path=fetched.path)
    return 0


@model_group.command("use", help="这个案例库改用另一个模型：算好全部向量后换上")
@click.argument("name")
def use_command(name: str) -> int:
    load(name, cache=settings().cache)
    with stores() as opened, progress() as shown:
        opened.catalogue.set_meta(CHOSEN_MODEL, name)
        catch_up(opened, shown)
        body = model_state(opened)
    if wants_json():
        print_json(body)
    else:
        say("{notice}", notice=body["model"]["notice"])
    return 0


COMMANDS = (model_group,)
