"""What is passed over without a word, in folders and in archives: what programs leave beside the files of people."""

from __future__ import annotations

from collections.abc import Collection
from itertools import accumulate
from pathlib import PurePosixPath

_HIDDEN = ("~$", ".")  # lock files of word processors, hidden files
_JUNK = frozenset(("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"))
_PAGE_FOLDERS = ("_files", ".files", "_文件", ".fld")  # pictures and scripts that a browser or an office puts beside a page
_PAGES = (".html", ".htm", ".xhtml", ".mht")


def passed_over(name: str, beside: Collection[str], *, folder: bool = False) -> bool:
    """Whether a file or folder is no one's report; `beside` are the names of the files in the same folder."""
    if name.startswith(_HIDDEN) or name.lower() in _JUNK:
        return True
    return folder and any(name.endswith(end) and any(name.removesuffix(end) + page in beside for page in _PAGES) for end in _PAGE_FOLDERS)


def kept(names: Collection[str]) -> list[str]:
    """Those of an archive's paths that are not passed over, nor below a folder that is, in the order in which folders are read."""
    files = frozenset(names)
    beside: dict[PurePosixPath, set[str]] = {}
    for name in files:
        path = PurePosixPath(name)
        beside.setdefault(path.parent, set()).add(path.name)

    def wanted(name: str) -> bool:
        path = PurePosixPath(name)
        steps = list(accumulate(path.parts[:-1], lambda above, part: f"{above}/{part}"))
        inside = any(passed_over(PurePosixPath(step).name, beside.get(PurePosixPath(step).parent, ()), folder=True) for step in steps)
        return not inside and not passed_over(path.name, ())

    return sorted(filter(wanted, files), key=lambda name: PurePosixPath(name).parts)
