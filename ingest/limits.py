"""What one file may cost: limits that keep a hostile or broken file from taking the machine, each of which can be raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from corpus.errors import SettingError, SourceTooLarge

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`size`: megabytes of a file; `unpacked`: megabytes of all that an archive or office file unpacks to; `members`: files in an archive;
    `depth`: archives inside archives; `pages`: of a PDF; `rows`: of a table; `pixels`: millions of an image when decoded; `seconds` and
    `memory` (megabytes): what the process that reads one file may take.
    """

    size: int = 100
    unpacked: int = 1000
    members: int = 10_000
    depth: int = 4
    pages: int = 2000
    rows: int = 100_000
    pixels: int = 100
    seconds: int = 600
    memory: int = 4000

    def bytes(self, name: str) -> int:
        """A limit that counts megabytes (`size`, `unpacked`, `memory`) in bytes."""
        return int(getattr(self, name)) * _MEGABYTE

    def check(self, name: str, found: float, where: str) -> None:
        """Raise SourceTooLarge where `found` (in the unit of the limit) is over it: the message says which limit and how to raise it."""
        limit = int(getattr(self, name))
        if found > limit:
            raise SourceTooLarge(
                f"{_NAMES[name]}为 {_number(found)} {_UNITS[name]}，超过 {limit} {_UNITS[name]}的上限".replace("  ", " "),
                where=where,
                remedy=f"确认文件没有问题后，可用 --limit {name}={_raised(found)} 调高上限",
            )


DEFAULT = Limits()
_NAMES = {
    "size": "文件大小",
    "unpacked": "解压后的大小",
    "members": "压缩包里的文件数",
    "depth": "压缩包的层数",
    "pages": "页数",
    "rows": "表格行数",
    "pixels": "图片的像素",
    "seconds": "读取时间",
    "memory": "读取所占内存",
}
_UNITS = {
    "size": "MB",
    "unpacked": "MB",
    "members": "个",
    "depth": "层",
    "pages": "页",
    "rows": "行",
    "pixels": "百万",
    "seconds": "秒",
    "memory": "MB",
}


def with_limits(limits: Limits, given: Iterable[str]) -> Limits:
    """`limits` with those that are given as `name=number`. Raises SettingError for a name that there is not, or no whole number above 0."""
    known = [field.name for field in fields(Limits)]
    for item in given:
        name, _, value = (part.strip() for part in item.partition("="))
        if name not in known or not (value.isascii() and value.isdigit() and int(value) > 0):
            raise SettingError(f"不是可用的上限：{item}", where="limit", remedy=f"写成 名称=正整数，名称可以是 {'、'.join(known)}")
        limits = replace(limits, **{name: int(value)})
    return limits


def _number(found: float) -> str:
    return f"{found:.0f}" if found >= 10 or found == int(found) else f"{found:.1f}"


def _raised(found: float) -> int:
    """A round number that would do."""
    step = int(10 ** max(0, len(str(int(found))) - 1))
    return (int(found) // step + 1) * step
