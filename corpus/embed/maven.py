"""A model from a jar in Maven's repositories, by Maven's own client where it is installed, with the mirrors and proxies set for it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.embed.files import ModelFile
from corpus.embed.given import copy_from
from corpus.embed.parts import writing
from corpus.embed.process import run
from corpus.embed.registry import Model
from corpus.embed.source import Limits, Report, Step
from corpus.errors import ModelCorrupt, ModelMissing

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_REASON = 300  # characters of Maven's own message that are shown


def find_maven() -> tuple[str, ...]:
    """Return the command that starts Maven, empty where there is none."""
    found = shutil.which("mvn")
    return (found,) if found else ()


@dataclass(frozen=True, slots=True)
class MavenSource:
    """`command` starts Maven; `repository` is its local repository, looked into first, since there a jar needs no Java machine."""

    command: tuple[str, ...] = field(default_factory=find_maven)
    repository: Path = field(default_factory=lambda: Path.home() / ".m2" / "repository")
    name: str = "Maven"

    def obtain(self, model: Model, wanted: Sequence[ModelFile], folder: Path, report: Report, limits: Limits) -> None:
        if not model.maven:
            raise ModelMissing("这个模型不在 Maven 仓库中", en="not in Maven's repositories")
        if self._from_repository(model, wanted, folder, report):
            return
        if not self.command:
            raise ModelMissing("没有安装 Maven（mvn）", en="Maven is not installed")
        with writing(Path(tempfile.gettempdir())):
            scratch = tempfile.TemporaryDirectory(prefix="jindianzi-", ignore_cleanup_errors=True)
        with scratch as taken:
            self._copy(model, Path(taken), report, limits)
            copy_from(Path(taken), wanted, folder)
        report(Step(self.name, "已校验", model.size, model.size))

    def _from_repository(self, model: Model, wanted: Sequence[ModelFile], folder: Path, report: Report) -> bool:
        group, artefact, version = model.maven.split(":")
        jar = self.repository.joinpath(*group.split("."), artefact, version, f"{artefact}-{version}.jar")
        if not jar.is_file():
            return False
        try:
            copy_from(jar, wanted, folder)
        except (ModelMissing, ModelCorrupt) as error:
            report(Step(self.name, f"本地仓库中的文件不能用：{error}"))
            return False
        report(Step(self.name, f"取自本地仓库 {jar}", model.size, model.size))
        return True

    def _copy(self, model: Model, taken: Path, report: Report, limits: Limits) -> None:
        """Let Maven download the jar (it resumes by its own means) and copy it into the folder `taken`."""
        arguments = ("dependency:copy", "-U", f"-Dartifact={model.maven}", f"-DoutputDirectory={taken}")
        report(Step(self.name, f"下载 {model.maven}"))

        def heard(line: str) -> None:
            if plain := _COLOURS.sub("", line).strip():
                report(Step(self.name, plain))

        try:
            outcome = run((*self.command, *arguments), taken, silence=limits.maven_silence, heard=heard)
        except OSError as error:
            raise ModelMissing(f"Maven 启动不了（{error.strerror or error}）", where=self.command[0], en="cannot start Maven") from error
        if outcome.status is None:
            raise ModelMissing(f"Maven {limits.maven_silence:.0f} 秒没有动静，已停止", en="Maven was silent and has been stopped")
        if outcome.status:
            raise ModelMissing(f"Maven 没有取到：{_reason(outcome.lines)}", en="Maven did not get it")


def _reason(lines: Sequence[str]) -> str:
    plain = [_COLOURS.sub("", line).strip() for line in lines]
    errors = [line.removeprefix("[ERROR]").strip() for line in plain if line.startswith("[ERROR]")]
    return next((line for line in errors or reversed(plain) if line), "没有说明原因")[:_REASON]
