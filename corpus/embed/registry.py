"""The models that are known, which of them are here, and the one to use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import platformdirs

from corpus.embed.base import PREPARATION, Embedder
from corpus.embed.files import ModelFile, check
from corpus.embed.onnx import OnnxEmbedder
from corpus.embed.use import UseEmbedder
from corpus.errors import ModelCorrupt, ModelError, ModelMissing, SettingError
from corpus.identity import digest

State = Literal["present", "bundled", "missing", "corrupt"]
GET = "运行 jindianzi model get 获取"


@dataclass(frozen=True, slots=True)
class Model:
    """A model and where it can be had: `maven` is an artefact whose jar holds the files, `hub` a repository of the Hugging Face hub.

    `files` is empty for a model that comes with the installation.
    """

    name: str
    title: str
    licence: str
    dimension: int
    most_tokens: int
    files: tuple[ModelFile, ...] = ()
    maven: str = ""
    hub: str = ""
    revision: str = ""

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    def folder(self, cache: Path) -> Path:
        return cache / "models" / self.name


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """Whether a model is here. `problem` is a sentence where it is missing or corrupt; `path` is None for a bundled one."""

    model: Model
    state: State
    path: Path | None
    problem: str = ""


BGE = Model(
    name="bge-small-zh-v1.5",
    title="bge-small-zh-v1.5（int8，ONNX）",
    licence="MIT",
    dimension=512,
    most_tokens=512,
    files=(
        ModelFile(
            "model.onnx",
            24_010_842,
            "15b717c382bcb518ba457b93ea6850ede7f4f1cd8937454aa06972366cd19bcc",
            hub="onnx/model_quantized.onnx",
        ),
        ModelFile(
            "tokenizer.json",
            439_125,
            "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26",
            hub="tokenizer.json",
        ),
    ),
    maven="dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15-q:0.36.2",
    hub="Xenova/bge-small-zh-v1.5",
    revision="75c43b069aac4d136ba6bc1122f995fedcfd2781",
)
USE = Model(
    name="use-multilingual-v3",
    title="USE multilingual v3（随程序安装）",
    licence="Apache-2.0",
    dimension=512,
    most_tokens=0,
)
MODELS = (BGE, USE)
_SHORT = {"bge": BGE, "use": USE}


def default_cache() -> Path:
    """The platform's cache folder for this program; it may not exist yet."""
    return platformdirs.user_cache_path("jindianzi", appauthor=False)


def find(name: str) -> Model:
    """Return the model with this name or short name (bge, use). Raises SettingError for a name that is not known."""
    for model in MODELS:
        if name == model.name or _SHORT.get(name) is model:
            return model
    raise SettingError(
        f"没有名为 {name} 的向量模型",
        where="JINDIANZI_MODEL",
        remedy="可用：auto、" + "、".join(model.name for model in MODELS),
        en=f"there is no embedding model named {name}",
    )


def list_models(cache: Path | None = None) -> list[ModelStatus]:
    """Return every known model, the preferred one first, and whether it is here with the right content."""
    return [_status(model, cache or default_cache()) for model in MODELS]


def _status(model: Model, cache: Path) -> ModelStatus:
    if not model.files:
        return ModelStatus(model, "bundled", None)
    folder = model.folder(cache)
    try:
        verify(model, cache)
    except ModelMissing as error:
        return ModelStatus(model, "missing", folder, str(error))
    except ModelCorrupt as error:
        return ModelStatus(model, "corrupt", folder, str(error))
    return ModelStatus(model, "present", folder)


def verify(model: Model, cache: Path) -> None:
    """Check that all files of a model are in the cache with the right hash. Raises ModelMissing or ModelCorrupt, which name the file."""
    for file in model.files:
        check(file, model.folder(cache), remedy=GET)


def load(name: str = "auto", cache: Path | None = None) -> Embedder:
    """Return the model to use: the one named, or for `auto` bge where it is in `cache` and correct, else USE with a notice that says so.

    `cache` is the folder of `fetch`, by default the platform's. Weights are read at the first text. Raises ModelMissing or ModelCorrupt
    where the model named is not there or not as it should be, SettingError where no model has that name.
    """
    cache = cache or default_cache()
    if name == "auto":
        return _best(cache)
    model = find(name)
    if model is USE:
        return UseEmbedder(USE.name, f"向量模型：{USE.title}")
    verify(model, cache)
    return _onnx(model, cache)


def _best(cache: Path) -> Embedder:
    try:
        verify(BGE, cache)
    except ModelMissing:
        return UseEmbedder(USE.name, f"向量模型：{USE.title}。{BGE.name} 检索更准，{GET}。")
    except ModelError as error:
        return UseEmbedder(USE.name, f"向量模型：{USE.title}。{error}")
    return _onnx(BGE, cache)


def _onnx(model: Model, cache: Path) -> Embedder:
    folder = model.folder(cache)
    hashes = [file.sha256 for file in model.files]
    return OnnxEmbedder(
        model.name,
        folder / "model.onnx",
        folder / "tokenizer.json",
        fingerprint=digest("onnx", *hashes, "first token", "mean of equal windows", str(model.most_tokens), PREPARATION),
        dimension=model.dimension,
        most_tokens=model.most_tokens,
        notice=f"向量模型：{model.title}",
    )
