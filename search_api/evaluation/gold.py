"""A gold set for extraction: texts and what careful readers found in them (the guideline is docs/annotation.md).

A folder holds `ID.txt` and `ID.jsonl` for each text, one row a fact: `type`, `quote` (the exact words), `n` (which occurrence of them, from
1), `case` (from 1; 0 for none or all) and attributes. `about.jsonl`, where there is one, holds {id, title?, published?} for texts whose
title or date stands outside of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DamagedSource, NotFound


@dataclass(frozen=True, slots=True)
class Row:
    """One annotated fact; `start` and `end` count in the text."""

    type: str
    start: int
    end: int
    case: int
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldText:
    id: str
    text: str
    about: Mapping[str, Any]
    rows: tuple[Row, ...]


def load(folder: Path) -> list[GoldText]:
    """Raises NotFound where there is no text with rows, DamagedSource for a row that is none or whose words are not in the text."""
    about = {str(row["id"]): row for row in _json(folder / "about.jsonl")} if (folder / "about.jsonl").exists() else {}
    found = []
    for file in sorted(folder.glob("*.txt")):
        rows = file.with_suffix(".jsonl")
        if rows.exists():
            text = file.read_text(encoding="utf-8")
            read = tuple(_row(row, text, f"{rows.name} 第 {number} 行") for number, row in enumerate(_json(rows), 1))
            found.append(GoldText(file.stem, text, about.get(file.stem, {}), read))
    if not found:
        raise NotFound("没有标注好的文本", where=str(folder), remedy="文件夹里应有 ID.txt 和 ID.jsonl，格式见 docs/annotation.md")
    return found


def _json(file: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise _wrong(f"{file.name} 第 {number} 行", "不是有效的 JSON") from error
        if not isinstance(row, dict):
            raise _wrong(f"{file.name} 第 {number} 行", "不是 JSON 对象")
        rows.append(row)
    return rows


def _row(row: dict[str, Any], text: str, where: str) -> Row:
    words, count = row.get("quote"), row.get("n", 1)
    if not isinstance(words, str) or not words or not isinstance(count, int) or not isinstance(row.get("type"), str):
        raise _wrong(where, "应有 type、quote 和 n")
    at = -len(words)
    for _ in range(count):
        at = text.find(words, at + len(words))
        if at < 0:
            raise _wrong(where, f"文中没有第 {count} 处“{words}”")
    return Row(row["type"], at, at + len(words), int(row.get("case", 0)), row)


def _wrong(where: str, what: str) -> DamagedSource:
    return DamagedSource(what, where=where, remedy="请更正这一行，格式见 docs/annotation.md")
