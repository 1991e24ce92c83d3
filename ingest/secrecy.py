"""Marks of state secrecy: a file that carries one is refused before anything of it is kept or shown."""

from __future__ import annotations

from corpus.errors import ClassifiedSource
from corpus.vocabulary import boilerplate

_LINES = 12  # a mark stands in a corner of the first page
_LONGEST = 24


def refuse_classified(text: str, where: str) -> None:
    """Raise ClassifiedSource where one of the first lines is a classification mark (绝密, 机密★10年)."""
    patterns = boilerplate().patterns.get("secrecy", ())
    for line in text.lstrip().split("\n", _LINES)[:_LINES]:
        line = line.strip()
        if len(line) <= _LONGEST and any(pattern.search(line) for pattern in patterns):
            raise ClassifiedSource(
                "文件带有密级标志，已拒绝读取，未保存任何内容", where=where, remedy="本系统不得处理国家秘密，请按保密规定处置"
            )
