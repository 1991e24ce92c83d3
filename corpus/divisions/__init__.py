"""The administrative divisions of China from the province to the village, by name and by code: an index in the cache, made at set-up
(`corpus.divisions.fetch`) from npm's china-division (MIT) and never needed.

A division's code begins with those of the divisions above it: 2 digits a province, 4 a prefecture, 6 a county, 9 a township, 12 a community
or village. The index is a text of sorted lines (key, tab, value), mapped into memory and searched by halving, so that opening it costs
nothing and processes share it. A name's value are its codes, a code's value its name. Names of communities are kept without 居委会.
"""

from __future__ import annotations

import mmap
import os
from functools import cache, lru_cache
from pathlib import Path

import platformdirs

from corpus.identity import digest
from corpus.npm import Package

PACKAGE = Package(
    "china-division",
    "2.7.0",
    "e2e50f013fb559fa838798f2b6aee899d0a61cd9378fe93beb3106ff622a68671807dd1cd92c1c8b1b6d732a5db19dd3ffdb4dd534e9043a1e667f98c3fa8110",
)
_FORMAT = "1"  # to be raised with any change of what is kept of the package
HEADER = f"# {PACKAGE} {_FORMAT} {PACKAGE.sha512}\n"
LENGTHS = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "community": 12}
"""Digits of a code by the level of the division."""
_REMEMBERED = 4096


def default_path() -> Path:
    """Where the index lies: in the folder that JINDIANZI_CACHE names, else in the platform's cache."""
    folder = os.environ.get("JINDIANZI_CACHE") or platformdirs.user_cache_path("jindianzi", appauthor=False)
    return Path(folder) / "divisions" / f"{PACKAGE.name}-{PACKAGE.version}-{_FORMAT}.txt"


class Divisions:
    """The index in a file. Raises OSError or ValueError where there is none or another one."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._lines = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        header = HEADER.encode()
        if self._lines[: len(header)] != header:
            raise ValueError(f"{path} is no index of {PACKAGE}")
        self._first = len(header)
        self._value = lru_cache(_REMEMBERED)(self._search)

    def codes(self, name: str, level: str) -> tuple[str, ...]:
        """Codes of the divisions of a level that have this full name (上城区), in order."""
        length = LENGTHS[level]
        return tuple(code for code in self._value(name).split(" ") if len(code) == length)

    def chain(self, code: str) -> tuple[str, ...]:
        """The names from the province down to the division with this code; a level that is there in the code only (市辖区) is left out."""
        above = [self._value(code[:length]) for length in LENGTHS.values() if length <= len(code)]
        return tuple(name for name in above if name)

    def _search(self, key: str) -> str:
        wanted = key.encode() + b"\t"
        low, high = self._first, len(self._lines)
        while low < high:
            start = self._lines.rfind(b"\n", 0, (low + high) // 2) + 1
            start = max(start, low)
            end = self._lines.find(b"\n", start)
            line = self._lines[start:end]
            if line.startswith(wanted):
                return line[len(wanted) :].decode()
            if line < wanted:
                low = end + 1
            else:
                high = start
        return ""


@cache
def divisions() -> Divisions | None:
    """The index of this machine, None where set-up could not fetch it."""
    try:
        return Divisions(default_path())
    except (OSError, ValueError):
        return None


def fingerprint() -> str:
    """What readings depend on: the hash of the index that is there, empty where there is none."""
    return digest(HEADER) if divisions() is not None else ""
