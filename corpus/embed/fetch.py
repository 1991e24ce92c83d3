"""Getting a model: the first source that has it with the right hash, and why the ones before it did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.embed.files import check, present
from corpus.embed.given import GivenSource
from corpus.embed.maven import MavenSource
from corpus.embed.registry import BGE, Model, default_cache, find
from corpus.embed.source import Limits, Report, Source, Step
from corpus.errors import ModelCorrupt, ModelMissing

__all__ = ["Attempt", "Fetched", "Limits", "Report", "Source", "Step", "default_sources", "fetch"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A source that was asked in vain, and why (Chinese)."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where the model now is, which source it came from (`cache` where it was there already), and what was tried before."""

    model: Model
    path: Path
    source: str
    attempts: tuple[Attempt, ...] = ()


def default_sources(given: Path | None = None) -> tuple[Source, ...]:
    """Return the sources in the order they are asked: what the person gives, Maven, the hub."""
    from corpus.embed.hub import HubSource  # brings httpx, which takes longer to import than all the rest and is seldom needed

    asked: tuple[Source, ...] = (MavenSource(), HubSource())
    return asked if given is None else (GivenSource(given), *asked)


def fetch(
    model: str | Model = BGE,
    cache: Path | None = None,
    *,
    given: Path | None = None,
    sources: Sequence[Source] | None = None,
    report: Report | None = None,
    limits: Limits | None = None,
) -> Fetched:
    """Make sure that a model is in `cache` (by default the platform's folder), asking the sources in turn, and return where it is.

    `given` is a folder, jar or file of the person's; `sources` replaces the usual ones. `report` is called with every step. Raises
    ModelMissing with the reason of every source where none has it, ModelError where the cache cannot be written, SettingError for an
    unknown name. Files that one source delivered stay for the next; a broken-off download is resumed by the next call.
    """
    model = find(model) if isinstance(model, str) else model
    folder = model.folder(cache or default_cache())
    tell = report or _nobody
    attempts = _spoilt(model, folder)
    for source in default_sources(given) if sources is None else sources:
        wanted = [file for file in model.files if not present(file, folder)]
        if not wanted:
            break
        try:
            source.obtain(model, wanted, folder, tell, limits or Limits())
        except (ModelMissing, ModelCorrupt) as error:
            attempts.append(Attempt(source.name, str(error)))
            tell(Step(source.name, f"没有取到：{error}"))
        else:
            return Fetched(model, folder, source.name, tuple(attempts))
    if all(present(file, folder) for file in model.files):
        return Fetched(model, folder, "cache", tuple(attempts))
    reasons = "；".join(f"{attempt.source}：{attempt.reason.rstrip('。')}" for attempt in attempts)
    raise ModelMissing(
        f"没有取到向量模型 {model.name}（{reasons}）",
        where=str(folder),
        remedy="目前用随程序安装的模型检索；联网或设置镜像 HF_ENDPOINT 后再运行 jindianzi model get，或用 --from 给出文件夹或 jar 文件",
        en=f"no source has the embedding model {model.name}",
    )


def _spoilt(model: Model, folder: Path) -> list[Attempt]:
    """Say which files in the cache are not as they should be; missing ones are no news."""
    spoilt = []
    for file in model.files:
        try:
            check(file, folder, remedy="")
        except ModelMissing:
            continue
        except ModelCorrupt as error:
            spoilt.append(Attempt("缓存", str(error)))
    return spoilt


def _nobody(step: Step) -> None:
    """Where nobody wants to know."""
