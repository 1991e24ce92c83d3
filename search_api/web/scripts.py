"""Fetch the scripts that the pages use, pinned by version and SHA-512, with npm's client: `python -m search_api.web.scripts`.

They land in `static/vendor`, which is not in the repository and is packed into the wheel when it is built. The pages work without them.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DamagedSource, JindianziError
from corpus.npm import Package, opened

VENDOR = Path(__file__).parent / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Script:
    package: Package
    member: str
    name: str


SCRIPTS = (
    Script(
        Package(
            "htmx.org",
            "2.0.8",
            "7e6dbdee2aeed225ac349941ae3bed37b57dce36b177eebd3aa8e1e05fd5abd5b08b69058ac2dcacb0a2bf9a015f428b7ce5ffcc6f00528f5138c5395d4078e1",
        ),
        "package/dist/htmx.min.js",
        "htmx.min.js",
    ),
)


def fetch() -> list[Path]:
    """Fetch what is missing and return where the scripts lie. Raises JindianziError without npm, DamagedSource for another hash."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    paths = [VENDOR / script.name for script in SCRIPTS]
    for script, path in zip(SCRIPTS, paths, strict=True):
        stamp = path.with_suffix(".sha512")
        if not (path.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == script.package.sha512):
            _fetch_one(script, path)
            stamp.write_text(script.package.sha512, encoding="ascii")
    return paths


def _fetch_one(script: Script, path: Path) -> None:
    with opened(script.package) as archive:
        member = archive.extractfile(script.member)
        if member is None:
            raise DamagedSource(f"{script.package} 中没有 {script.member}")
        part = path.with_suffix(".part")
        part.write_bytes(member.read())
    part.replace(path)


def main() -> None:
    try:
        fetch()
    except JindianziError as error:
        print(f"{error}页面没有脚本也能使用。", file=sys.stderr)


if __name__ == "__main__":
    main()
