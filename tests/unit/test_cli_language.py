"""Every text that the command line shows has an English translation with the same placeholders, and no translation is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import click
import yaml

from search_api import cli
from search_api.cli import jindianzi

FOLDER = Path(cli.__file__).parent
ENGLISH: dict[str, str] = yaml.safe_load((resources.files("search_api.cli") / "english.yaml").read_text(encoding="utf-8"))
CHINESE = re.compile("[\u4e00-\u9fff]")
FUNCTIONS = {"say": 0, "tell": 0, "tr": 0, "shown": 0, "_tell": 1}


def helps(command: click.Command) -> Iterator[str]:
    yield command.help or ""
    for param in command.params:
        yield getattr(param, "help", None) or ""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from helps(inner)


def messages() -> Iterator[str]:
    """What is handed to the functions that print, where it is a plain string."""
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS):
                continue
            at = FUNCTIONS[node.func.id]
            if len(node.args) > at and isinstance(text := node.args[at], ast.Constant):
                yield str(text.value)


def progress_words() -> Iterator[str]:
    """What `sync` says it is doing."""
    source = (FOLDER.parent / "sync.py").read_text(encoding="utf-8")
    yield from re.findall(r'progress\("([^"]+)"', source)


def shown() -> set[str]:
    return {text for text in (*helps(jindianzi), *messages(), *progress_words()) if not text.isascii()}


def test_every_text_is_translated() -> None:
    assert sorted(shown() - ENGLISH.keys()) == []


def test_no_translation_is_left_over() -> None:
    states = {"{notice}", "{name}：{count} 行", "{source}：{text}", "在本机", "随程序安装", "没有", "损坏", "选项", "命令", "显示这段说明"}
    assert sorted(ENGLISH.keys() - shown() - states) == []


def test_translations_keep_the_placeholders() -> None:
    placeholder = re.compile(r"{(\w+)}")
    for chinese, english in ENGLISH.items():
        assert sorted(placeholder.findall(chinese)) == sorted(placeholder.findall(english)), chinese
        assert not CHINESE.search(english), english
