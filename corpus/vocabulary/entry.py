"""Reading the vocabulary's YAML with checks: every complaint names the file, the line and the entry.

Scalars stay strings (a date is not turned into an object, `12345` not into a number), a key may stand only once, and an entry may only hold
the keys that its reader asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import NoReturn

import yaml

from corpus.errors import SettingError
from corpus.fold import fold

_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_CLAUSE = "[^,，。;；!！?？:：\\n]"
_GAPS = {"…": f"{_CLAUSE}{{0,8}}", "……": f"{_CLAUSE}{{0,20}}"}
_PIECE = re.compile(r"……|…|\\.|\[(?:\\.|[^\]\\])*\]|[^\x00-\x7f]")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def source(name: str) -> bytes:
    """Bytes of the vocabulary file `name`, from a folder or from inside a wheel."""
    return resources.files("corpus.vocabulary").joinpath(name).read_bytes()


def names() -> list[str]:
    """Names of all vocabulary files, sorted."""
    return sorted(item.name for item in resources.files("corpus.vocabulary").iterdir() if item.name.endswith(".yaml"))


def clause_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a vocabulary pattern, to be searched in a text as it is or folded (`corpus.fold.fold`): both forms of a character match.

    `…` stands for up to eight, `……` for up to twenty characters of the same clause; case does not count. Raises re.error where it is no
    regular expression.
    """
    return re.compile(_PIECE.sub(_both_forms, pattern), re.IGNORECASE)


def _both_forms(match: re.Match[str]) -> str:
    piece = match.group()
    if piece in _GAPS:
        return _GAPS[piece]
    if piece[0] == "\\":
        return piece
    if piece[0] == "[":
        return piece[:-1] + "".join(re.escape(fold(character)) for character in piece if fold(character) != character.lower()) + "]"
    return piece if fold(piece) == piece else f"[{piece}{re.escape(fold(piece))}]"


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a file, with the place it stands at (`where`) for messages."""

    where: str
    values: dict[str, yaml.Node]

    def fail(self, what: str) -> NoReturn:
        raise SettingError(what, where=self.where, remedy="请更正词表文件")

    def only(self, *keys: str) -> None:
        """Raise SettingError where the entry holds a key not among `keys`."""
        for key in self.values:
            if key not in keys:
                self.fail(f"不认识的字段“{key}”")

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        """The string under `key`; SettingError where it is missing (unless there is a default), empty, or no string."""
        node = self.values.get(key)
        if node is None:
            if default is None:
                self.fail(f"缺少字段“{key}”")
            return default
        return self._string(key, node)

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of different strings under `key`, empty where there is none."""
        found = tuple(self._string(key, item) for item in self._items(key))
        if len(set(found)) != len(found):
            self.fail(f"“{key}”中有重复：{next(text for text in found if found.count(text) > 1)}")
        return found

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        compiled = []
        for text in self.texts(key):
            try:
                pattern = clause_pattern(text)
            except re.error as error:
                self.fail(f"“{key}”中的正则表达式“{text}”有误（{error}）")
            if pattern.search(""):
                self.fail(f"“{key}”中的正则表达式“{text}”与空文字相符")
            compiled.append(pattern)
        return tuple(compiled)

    def number(self, key: str, default: float | None = None) -> float:
        text = self.text(key, None if default is None else str(default))
        try:
            return float(text)
        except ValueError:
            self.fail(f"“{key}”应为数字，而不是“{text}”")

    def date(self, key: str) -> str | None:
        """An ISO date as precise as it is known (2023, 2023-03, 2023-03-16), or None where it is not given."""
        if key not in self.values:
            return None
        text = self.text(key)
        if not _DATE.fullmatch(text):
            self.fail(f"“{key}”应为 2021、2021-01 或 2021-01-01 形式的日期，而不是“{text}”")
        return text

    def dates(self, key: str) -> tuple[str, ...]:
        """The list of dates under `key`, as `date` reads them, in rising order."""
        found = self.texts(key)
        if any(not _DATE.fullmatch(text) for text in found) or list(found) != sorted(found):
            self.fail(f"“{key}”应为按先后排列的日期")
        return found

    def entry(self, key: str) -> Entry:
        """The mapping under `key`."""
        node = self.values.get(key)
        if not isinstance(node, yaml.MappingNode):
            self.fail(f"“{key}”应为一组字段")
        return self._entry(key, node)

    def entries(self, key: str) -> list[Entry]:
        """The list of mappings under `key`, empty where there is none."""
        found = []
        for number, node in enumerate(self._items(key), 1):
            if not isinstance(node, yaml.MappingNode):
                self.fail(f"“{key}”的第 {number} 项应为一组字段")
            found.append(self._entry(f"{key}[{number}]", node))
        return found

    def is_entry(self, key: str) -> bool:
        return isinstance(self.values.get(key), yaml.MappingNode)

    def _items(self, key: str) -> list[yaml.Node]:
        node = self.values.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fail(f"“{key}”应为列表")
        return list(node.value)

    def _string(self, key: str, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.fail(f"“{key}”应为文字")
        text = str(node.value)
        if not text or text != text.strip():
            self.fail(f"“{key}”的值为空或两端有空白")
        return text

    def _entry(self, key: str, node: yaml.MappingNode) -> Entry:
        file = self.where.split(" ")[0]
        named = next((str(value.value) for name, value in node.value if name.value in ("id", "title", "label", "name")), key)
        return _mapping(f"{file} 第 {node.start_mark.line + 1} 行 {named}", node)


def load(name: str) -> Entry:
    """The top mapping of the vocabulary file `name`. Raises SettingError where it is no YAML or no mapping."""
    return parse(name, source(name).decode("utf-8"))


def parse(name: str, text: str) -> Entry:
    """As `load`, from `text`."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise SettingError(f"不是有效的 YAML（{error}）", where=name, remedy="请更正词表文件") from error
    if not isinstance(node, yaml.MappingNode):
        raise SettingError("文件最外层应为一组字段", where=name, remedy="请更正词表文件")
    return _mapping(name, node)


def _mapping(where: str, node: yaml.MappingNode) -> Entry:
    values: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in values:
            raise SettingError(f"字段“{name}”出现两次", where=where, remedy="请更正词表文件")
        values[name] = value
    return Entry(where, values)
