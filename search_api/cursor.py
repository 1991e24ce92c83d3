"""Paging cursors: where the next page begins, of which query, over which state of the index."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from corpus.errors import CursorExpired, UsageError
from corpus.identity import digest


@dataclass(frozen=True, slots=True)
class Position:
    """`query` identifies the query with all that decides its order; `state` is that of the index."""

    state: str
    query: str
    offset: int


def position(state: str, *query: str, offset: int = 0) -> Position:
    return Position(state, digest("cursor", *query), offset)


def written(at: Position) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.state, at.query, at.offset]).encode()).decode().rstrip("=")


def read(cursor: str, now: Position) -> int:
    """The offset in `cursor`, which must be of the query and state of `now`.

    Raises CursorExpired where the index has changed since, UsageError for what is no cursor or one of another query.
    """
    try:
        state, query, offset = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise UsageError("翻页标记无效", where="cursor", remedy="请去掉 cursor，从第一页开始") from error
    if query != now.query or not isinstance(offset, int) or offset < 0:
        raise UsageError("翻页标记属于另一个查询", where="cursor", remedy="请去掉 cursor，从第一页开始")
    if state != now.state:
        raise CursorExpired("案例库在这期间有了变化，这个翻页标记已过期", where="cursor", remedy="请去掉 cursor，从第一页重新查起")
    return offset
