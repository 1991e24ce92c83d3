"""The `jindianzi` command. Exit status: 0 done, 1 something was set aside, 2 wrong use, 3 failed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

import click

from corpus.errors import JindianziError
from search_api.cli import answers, collection, duplicates, enrich, graph, inspect, models, quarantine, resolve, samples, upkeep
from search_api.cli import service as service
from search_api.cli.base import console, message
from search_api.cli.bilingual import Group, shared_options, tr


@click.group(cls=Group, params=shared_options(expose=True), help="金点子：基层治理案例的知识图谱与检索")
def jindianzi(**options: Any) -> None:
    """The options are read where they are needed, by `base.option`."""


for module in (answers, collection, duplicates, enrich, graph, inspect, models, quarantine, resolve, samples, service, upkeep):
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
        _tell(context, _stopped)
        return 3
    except click.ClickException as error:
        sys.stderr.write(_usage(error) + "\n")
        return 2
    except JindianziError as error:
        _tell(context, message, error)
        return error.exit_status
    except BrokenPipeError:  # whoever was to read the output has gone
        return 3
    except OSError as error:
        _tell(context, _place, error)
        return 3
    except KeyboardInterrupt:
        _tell(context, _stopped)
        return 3


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console in GBK shows ? for what it lacks instead of failing
    sys.exit(run(sys.argv[1:]))


def _stopped() -> str:
    return tr("已停下，做完的都已保存；再运行一次会接着做。")


def _place(error: OSError) -> str:
    return tr("{where}：{what}。请检查路径、权限和磁盘空间。", where=error.filename or "", what=error.strerror or error)


def _tell(context: click.Context | None, words: Callable[..., str], *given: object) -> None:
    """Print on standard error what `words` makes of `given` in the language of this call."""
    if context is None:
        sys.stderr.write(words(*given) + "\n")
        return
    with context.scope(cleanup=False):
        console(error=True).print(words(*given))


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    if context is not None and context.find_root().params.get("lang") == "en":
        return f"{error.format_message()} See: jindianzi --help."
    return f"{_said(error)}。请看 jindianzi --help。"


def _said(error: click.ClickException) -> str:
    """Click's message in Chinese."""
    param = getattr(error, "param", None)
    name = (
        param.opts[0] if isinstance(param, click.Option) else getattr(param, "human_readable_name", "") or getattr(error, "param_hint", "")
    )
    if isinstance(error, click.NoSuchOption):
        return f"没有这个选项：{error.option_name}"
    if isinstance(error, click.MissingParameter):
        return f"缺少参数：{name}"
    if isinstance(error, click.BadParameter):
        choices = f"，可选：{'、'.join(map(str, param.type.choices))}" if param is not None and isinstance(param.type, click.Choice) else ""
        return f"参数 {name} 的值不对{choices or f'：{error.message}'}"
    if unknown := re.match("No such command '(.*)'", error.message):
        return f"没有这个命令：{unknown[1]}"
    return f"用法不对：{error.message.rstrip('.')}"


__all__ = ["jindianzi", "main", "run", "tr"]
