"""Measure what is measured and write it into docs/quality.md: `make quality DATA=DIR` (the folder that holds the evaluation sets).

Only the stretches between `<!-- NAME -->` and `<!-- /NAME -->` are written anew.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path

from search_api.evaluation.retrieval import evaluate_retrieval
from search_api.evaluation.retrieval_table import table
from search_api.settings import Settings, load

PAGE = Path(__file__).parents[1] / "docs" / "quality.md"


def progress(what: str, done: int, total: int | None) -> None:
    if total and done == total:
        print(f"{what} {done}", file=sys.stderr)


def retrieval(data: Path, settings: Settings, model: str) -> str:
    """The table for one model; stores are kept in the cache, so that a second run makes no vector again."""
    work = settings.cache / "quality" / model
    return table(evaluate_retrieval(data / "retrieval", replace(settings, model=model), work, progress))


def written(page: str, name: str, content: str) -> str:
    block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not block.search(page):
        raise SystemExit(f"{PAGE.name} has no place for {name}")
    return block.sub(lambda found: f"{found[1]}{content}\n{found[2]}", page)


def main() -> None:
    if not os.environ.get("DATA"):
        raise SystemExit("set DATA to the folder that holds the evaluation sets: make quality DATA=DIR")
    data, settings = Path(os.environ["DATA"]), load()
    page = PAGE.read_text(encoding="utf-8")
    for model in ("bge", "use"):
        page = written(page, f"retrieval-{model}", retrieval(data, settings, model))
    PAGE.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
