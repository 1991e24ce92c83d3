"""Help and messages in Chinese, or in English with `--lang en`: strings are Chinese in the code, `english.yaml` translates them."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import click
import yaml


@cache
def _english() -> dict[str, str]:
    text = (resources.files("search_api.cli") / "english.yaml").read_text(encoding="utf-8")
    return {str(chinese): str(english) for chinese, english in yaml.safe_load(text).items()}


def language() -> str:
    context = click.get_current_context(silent=True)
    return str(context.find_root().params.get("lang") or "zh") if context else "zh"


def tr(text: str, /, **values: object) -> str:
    """The text in the language of this call, with `values` put in. Text without a translation stays as it is."""
    translated = _english().get(text, text) if language() == "en" else text
    return translated.format(**values) if values else translated


class _Translated(click.Command):
    def get_short_help_str(self, limit: int = 80) -> str:
        return tr((self.help or "").split("\n")[0])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(tr(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [record for param in self.get_params(ctx) if (record := _record(param, ctx))]
        if rows:
            with formatter.section(tr("选项")):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这段说明"
        return option


def _record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    record = param.get_help_record(ctx)
    if record is None or not isinstance(param, click.Option):
        return record
    names, text = record
    return names, text.replace(param.help or "\0", tr(param.help or ""), 1)


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Options that stand behind a command count as if they stood before it."""
    if value is not None and value is not False and param.name is not None:
        ctx.find_root().params[param.name] = value


def shared_options(*, expose: bool) -> list[click.Parameter]:
    """Options that may stand before or behind any command."""

    def one(names: list[str], text: str, **kinds: Any) -> click.Option:
        return click.Option(names, help=text, expose_value=expose, callback=None if expose else _keep, is_eager=True, **kinds)

    return [
        one(["--json"], "输出 JSON，与接口返回的内容相同", is_flag=True),
        one(["--lang"], "说明与消息的语言", type=click.Choice(["zh", "en"]), default="zh" if expose else None),
        one(["--store"], "案例库地址（JINDIANZI_STORE）"),
        one(["--model"], "向量模型（JINDIANZI_MODEL）"),
        one(["--as", "user"], "谁做的（JINDIANZI_USER）"),
    ]


class Command(_Translated):
    """A command that takes the shared options, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = {param.name for param in self.params}
        self.params += [param for param in shared_options(expose=False) if param.name not in taken]


class Group(_Translated, click.Group):
    command_class = Command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(tr("命令")):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in sorted(self.commands.items())])

    def group(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("cls", Group)
        return super().group(*args, **kwargs)
