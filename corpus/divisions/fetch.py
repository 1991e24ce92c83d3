"""Fetch the divisions of China and make the index of them: `python -m corpus.divisions.fetch`. Nothing is done where it is there."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from corpus.divisions import HEADER, PACKAGE, Divisions, default_path
from corpus.errors import DamagedSource, JindianziError
from corpus.npm import opened

_FILES = ("provinces", "cities", "areas", "streets", "villages")
_PLACEHOLDERS = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])  # levels that are there in the codes only
_BODY = re.compile("(?:居民委员会|居委会|村民委员会|村委会|办事处)$")


def fetch(path: Path | None = None) -> Path:
    """Make the index unless it is there, and return its path. Raises JindianziError where the package cannot be had."""
    path = path or default_path()
    try:
        Divisions(path)
    except (OSError, ValueError):
        with opened(PACKAGE) as archive:
            write(path, {name: _rows(archive, name) for name in _FILES})
    return path


def write(path: Path, tables: Mapping[str, Iterable[tuple[str, str]]]) -> None:
    """Write the index of tables of (code, name), each named as in the package. Another process never sees half of it."""
    by_name: dict[str, list[str]] = {}
    lines: list[str] = []
    for table, rows in tables.items():
        for code, name in rows:
            if name in _PLACEHOLDERS:
                continue
            name = plain(name) if table in ("streets", "villages") else name
            by_name.setdefault(name, []).append(code)
            if table != "villages":  # nothing stands below one, so that nobody asks for the name of its code
                lines.append(f"{code}\t{name}\n")
    lines.extend(f"{name}\t{' '.join(sorted(codes))}\n" for name, codes in by_name.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(b"".join([HEADER.encode(), *sorted(line.encode() for line in lines)]))
    part.replace(path)


def plain(name: str) -> str:
    """A township or community by the name that people use: 东厂社区居委会 → 东厂社区, 和平居委会 → 和平社区, 李家村委会 → 李家村."""
    bare = _BODY.sub("", name)
    if bare == name or bare.endswith(("社区", "村", "街道", "镇", "乡", "嘎查", "屯", "寨")):
        return bare
    return bare + ("社区" if "居" in name[len(bare) :] else "村" if "村" in name[len(bare) :] else "")


def _rows(archive: tarfile.TarFile, table: str) -> Iterator[tuple[str, str]]:
    member = archive.extractfile(f"package/dist/{table}.csv")
    if member is None:
        raise DamagedSource(f"{PACKAGE} 中没有 {table}.csv")
    for row in csv.DictReader(io.TextIOWrapper(member, encoding="utf-8")):
        yield row["code"], row["name"]


def main() -> None:
    try:
        fetch()
    except (JindianziError, OSError) as error:
        print(f"{error}没有行政区划也能使用，地名按原文保留。", file=sys.stderr)


if __name__ == "__main__":
    main()
