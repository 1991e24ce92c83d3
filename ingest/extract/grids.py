"""Grids by their number: 第二网格, 3号网格. What a community has of them (三个网格) and the way of working (网格化) are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GRID = re.compile("(?:第(?:[一二三四五六七八九十]{1,3}|[0-9]{1,3})|(?<![0-9.])[0-9]{1,2}号)(?:微|专属)?网格(?!化|制|体系|管理|服务|工作)")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where a grid is named; linear in the text, as each begins with its number."""
    for match in _GRID.finditer(text):
        yield match.span()
