"""What people set right in a report's metadata: judgements of kind `field`, applied whenever the report is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, Final, get_args

from sqlalchemy import Connection, select

from corpus.catalogue import schema
from corpus.catalogue.sql import chunks
from corpus.errors import UsageError
from corpus.model import Metadata, ReportKind, Stage

FIELD: Final = "field"
FIELDS: Final = tuple(field.name for field in fields(Metadata))
_LISTS: Final = ("authors", "editors")
_FIXED: Final[dict[str, tuple[str, ...]]] = {"kind": get_args(ReportKind), "stage": get_args(Stage)}
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_BETWEEN: Final = re.compile(r"[、，,；;\n]")


def check(field: str, value: str) -> str:
    """The judgement's value for `field=value`. An empty value takes the field away. Raises UsageError for a field or value that is none."""
    if field not in FIELDS:
        raise UsageError(f"没有字段“{field}”", remedy=f"可改的字段：{'、'.join(FIELDS)}", en="no such field")
    allowed = _FIXED.get(field)
    if allowed and value and value not in allowed:
        raise UsageError(f"{field} 不能是“{value}”", remedy=f"可用的值：{'、'.join(allowed)}", en="no such value")
    if field == "kind" and not value:
        raise UsageError("kind 不能为空", remedy=f"可用的值：{'、'.join(allowed or ())}", en="kind cannot be empty")
    if field == "title" and not value.strip():
        raise UsageError("title 不能为空", remedy="例如 title=新的标题", en="the title cannot be empty")
    if field == "published" and value and not _DATE.fullmatch(value):
        raise UsageError(f"日期“{value}”写法不对", remedy="写成 2019、2019-12 或 2019-12-27", en="not an ISO date")
    return f"{field}={value}"


def apply(metadata: Metadata, said: Iterable[str]) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata with the judgements' values (`field=value`, in the order they were given) over it, and the fields they set."""
    values: dict[str, Any] = {}
    for entry in said:
        field, _, value = entry.partition("=")
        values[field] = _value(field, value)
    return (replace(metadata, **values), tuple(sorted(values))) if values else (metadata, ())


def _value(field: str, value: str) -> Any:
    if field in _LISTS:
        return tuple(part.strip() for part in _BETWEEN.split(value) if part.strip())
    return value.strip() or None


def said(connection: Connection, reports: Sequence[str]) -> dict[str, list[str]]:
    """The values of the judgements about each report's fields, oldest first."""
    judgement = schema.judgement.c
    found: dict[str, list[str]] = {}
    for part in chunks(reports):
        rows = connection.execute(
            select(judgement.target, judgement.value).where(judgement.kind == FIELD, judgement.target.in_(part)).order_by(judgement.number)
        )
        for target, value in rows:
            found.setdefault(target, []).append(value)
    return found
