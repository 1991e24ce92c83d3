"""The `jindianzi` command. Exit status: 0 done, 1 something was set aside, 2 wrong use, 3 failed."""

from __future__ import annotations

import sys
from typing import Any

import click

from corpus.errors import JindianziError
from search_api.cli import answers, collection, models, samples, upkeep
from search_api.cli import service as service
from search_api.cli.base import message, tell
from search_api.cli.bilingual import Group, shared_options, tr


@click.group(cls=Group, params=shared_options(expose=True), help="金点子：基层治理案例的知识图谱与检索")
def jindianzi(**options: Any) -> None:
    """The options are read where they are needed, by `base.option`."""


for module in (answers, collection, models, samples, service, upkeep):
    for command in module.COMMANDS:
        jindianzi.add_command(command)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit status."""
    context = None
    try:
        with jindianzi.make_context("jindianzi", list(arguments)) as context:
            return int(jindianzi.invoke(context) or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        _tell(context, "已停下，做完的都已保存；再运行一次会接着做。")
        return 3
    except click.ClickException as error:
        sys.stderr.write(_usage(error) + "\n")
        return 2
    except JindianziError as error:
        _tell(context, message(error))
        return error.exit_status
    except KeyboardInterrupt:
        _tell(context, "已停下，做完的都已保存；再运行一次会接着做。")
        return 3


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console in GBK shows ? for what it lacks instead of failing
    sys.exit(run(sys.argv[1:]))


def _tell(context: click.Context | None, text: str) -> None:
    if context is None:
        sys.stderr.write(text + "\n")
        return
    with context.scope(cleanup=False):
        tell(text)


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    english = context is not None and context.find_root().params.get("lang") == "en"
    if english:
        return f"{error.format_message()} See: jindianzi --help."
    name = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "human_readable_name", None) or ""
    if isinstance(error, click.NoSuchOption):
        return f"没有这个选项：{name}。请看 jindianzi --help。"
    if isinstance(error, click.MissingParameter):
        return f"缺少参数：{name}。请看 jindianzi --help。"
    if isinstance(error, click.BadParameter):
        return f"参数 {name} 的值不对：{error.message}。请看 jindianzi --help。"
    return f"用法不对：{error.format_message()} 请看 jindianzi --help。"


__all__ = ["jindianzi", "main", "run", "tr"]
