"""A file that an archive or a mail holds, unpacked into a temporary folder, to be walked on like any other file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Inside:
    """`key`: the source key it shall have (key of what holds it, `/`, its own path or name); `path`: where it lies now."""

    key: str
    path: Path
