"""A person's word on the columns of odd tables: which field a column is, by its header or its letter.

    案例主题: title
    情况说明: text
    经办电话: private
    K: ignore

A header wins over a letter. Fields may be written in English or as in `NAMES`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.errors import SettingError
from ingest.readers.columns import FIELDS, plain

NAMES = {
    "标题": "title", "正文": "text", "栏目": "section", "编号": "number", "序号": "ordinal", "申报单位": "applicant", "联系人": "contact",
    "隐私": "private", "作者": "authors", "类别": "category", "地点": "place", "奖项": "award", "日期": "published", "状态": "status",
    "时间": "period", "网址": "url", "忽略": "ignore",
}  # fmt: skip
_LETTERS = re.compile("[A-Z]{1,3}")
_MOST = 1000
_REMEDY = "每行写成“列名: 字段”，字段可以是 " + "、".join(NAMES)


@dataclass(frozen=True, slots=True)
class Mapping:
    """`headers`: header words (as `columns.plain` gives them) to fields; `letters`: column letters to fields."""

    headers: tuple[tuple[str, str], ...] = ()
    letters: tuple[tuple[str, str], ...] = ()

    def field(self, header: str, letter: str) -> str | None:
        """The field that a person gave to a column, None where none was given."""
        return dict(self.headers).get(plain(header)) or dict(self.letters).get(letter)

    def written(self) -> str:
        """The mapping as text, which `remembered` reads."""
        return json.dumps([self.headers, self.letters], ensure_ascii=False)


def remembered(text: str) -> Mapping:
    """A mapping as `Mapping.written` gave it."""
    headers, letters = json.loads(text)
    return Mapping(tuple((header, field) for header, field in headers), tuple((letter, field) for letter, field in letters))


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file (YAML). Raises SettingError for a file that is none."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise SettingError("列对照文件无法读取", where=str(path), remedy=f"请确认是 UTF-8 编码的 YAML 文件；{_REMEDY}") from error
    if not isinstance(given, dict) or not 0 < len(given) <= _MOST:
        raise SettingError("列对照文件里没有“列名: 字段”的对照", where=str(path), remedy=_REMEDY)
    headers, letters = [], []
    for column, name in given.items():
        field = NAMES.get(str(name).strip(), str(name).strip().lower())
        if field not in FIELDS:
            raise SettingError(f"没有“{name}”这个字段（列“{column}”）", where=str(path), remedy=_REMEDY)
        letter = str(column).strip().upper()
        if _LETTERS.fullmatch(letter):
            letters.append((letter, field))
        else:
            headers.append((plain(str(column)), field))
    return Mapping(tuple(headers), tuple(letters))
