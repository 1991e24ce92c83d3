"""Set up and run the project with nothing but Python: `python dev.py run|test|setup|check|quality|bench|volume|soak`.

Run it with the Python of a virtual environment (the Makefile makes `.venv`). Everything is installed into that environment; the second
time nothing is done that was done already.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SAMPLES_STORE = "sqlite:///var/samples.db"


def call(*command: str, **environment: str) -> None:
    """Run a command in the project's folder; end with its exit status where it fails."""
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def python(*arguments: str, **environment: str) -> None:
    call(sys.executable, *arguments, **environment)


def jindianzi(*arguments: str, **environment: str) -> None:
    python("-m", "search_api.cli", *arguments, **environment)


def install(extra: str) -> None:
    """Install the project and its dependencies, unless exactly this was installed before."""
    if sys.prefix == sys.base_prefix:
        raise SystemExit("请先建立虚拟环境 / make a virtual environment first: python -m venv .venv")
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + (ROOT / "constraints.txt").read_bytes() + extra.encode()).hexdigest()
    stamp = Path(sys.prefix) / f"jindianzi-{extra or 'base'}.stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print("正在安装依赖……", file=sys.stderr, flush=True)
    target = f".[{extra}]" if extra else "."
    python("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", "constraints.txt", "-e", target)
    stamp.write_text(wanted, encoding="utf-8")


def fetch(extra: str = "") -> None:
    """Install, then fetch what is pinned by hash and is not in the repository: the pages' scripts, the divisions of
    China and the embedding model."""
    install(extra)
    python("-m", "search_api.web.scripts")
    python("-m", "corpus.divisions.fetch")
    jindianzi("model", "get", "--if-missing")


def browser() -> None:
    """Make sure that a browser is there for the browser tests: the machine's own, Debian's package, or Playwright's download."""
    names = ("chromium", "chromium-browser", "google-chrome", "msedge")
    if os.environ.get("JINDIANZI_BROWSER") or any(shutil.which(name) for name in names):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        call("apt-get", "update", "-qq")
        call("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk", DEBIAN_FRONTEND="noninteractive")
        return
    python("-m", "playwright", "install", "chromium")


def run() -> None:
    fetch("ocr")  # a scan is among the samples
    store = {} if os.environ.get("JINDIANZI_STORE") else {"JINDIANZI_STORE": SAMPLES_STORE}
    jindianzi("samples", "load", **store)
    jindianzi("samples", "ask", **store)
    jindianzi("serve", **store)


def test() -> None:
    fetch("test")
    browser()
    python("-m", "pytest", "-q", "-m", "not soak", *sys.argv[2:])


def check() -> None:
    install("test")
    python("-m", "ruff", "check", ".")
    python("-m", "ruff", "format", "--check", ".")
    python("-m", "mypy")
    call(str(Path(sys.executable).parent / "lint-imports"))


def quality() -> None:
    fetch("test")
    python("-m", "tests.quality", *sys.argv[2:])


def bench() -> None:
    fetch("test")
    python("-m", "tests.bench", *sys.argv[2:])


def volume() -> None:
    fetch("test")
    python("-m", "tests.volume", *sys.argv[2:])


def soak() -> None:
    fetch("test")
    python("-m", "pytest", "-q", "-m", "soak or hypothesis", *sys.argv[2:], JINDIANZI_EXAMPLES="new")


COMMANDS = {"run": run, "test": test, "setup": fetch, "check": check, "quality": quality, "bench": bench, "volume": volume, "soak": soak}


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command not in COMMANDS:
        raise SystemExit(__doc__)
    try:
        COMMANDS[command]()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
