"""One settings object, read once at start and passed down.

A command-line option wins over the environment, the environment over `jindianzi.toml` in the working folder, that over the default. The
names are those of docs/formats.md; where `JINDIANZI_STORE`, `JINDIANZI_GRAPH` or `JINDIANZI_INDEX` is unset, the names that servers are
usually announced by (`DATABASE_URL`, `NEO4J_URI`, `ELASTICSEARCH_URL`) are used.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_dir

from corpus.errors import SettingError
from ingest.limits import DEFAULT, Limits, with_limits
from ingest.workers import usual

SETTINGS_FILE = "jindianzi.toml"
DEFAULT_STORE = "sqlite:///var/jindianzi.db"
DEFAULT_PROJECTIONS = "sqlite:///var/projections.db"
_SQLITE = "sqlite:///"
_POSTGRES = "postgresql+psycopg://"


@dataclass(frozen=True, slots=True)
class Settings:
    """`store`, `graph` and `index` are URLs; `cache` is where models lie; `user` is who signs deletions and corrections; `limits` are what
    one file may cost and `workers` how many processes read (0: this one, unprotected). What begins with `llm_` is about the optional
    language model, as it was given (search_api.llm.endpoint reads it); the key is in no representation of the settings.
    """

    store: str
    graph: str
    index: str
    model: str
    cache: Path
    host: str
    port: int
    user: str | None
    limits: Limits = DEFAULT
    workers: int = field(default_factory=usual)
    llm_url: str | None = None
    llm_model: str | None = None
    llm_key: str | None = field(default=None, repr=False)
    llm_price: str | None = None
    llm_timeout: str | None = None
    llm_parallel: str | None = None


def load(options: Mapping[str, str | None] | None = None, environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Read the settings. `options` are command-line values by lower-case setting name (None: not given).

    Raises SettingError for a settings file that is not TOML, an unknown name in it, a port that is no number, and a URL of an engine that
    this version does not speak to.
    """
    folder = folder or Path.cwd()
    environ = os.environ if environ is None else environ
    from_file = _settings_file(folder / SETTINGS_FILE)
    options = options or {}

    def value(name: str, variable: str, *fallbacks: str) -> str | None:
        given = options.get(name) or environ.get(variable) or from_file.get(name)
        if given:
            return given
        return next((environ[other] for other in fallbacks if environ.get(other)), None)

    store = _store_url(value("store", "JINDIANZI_STORE", "DATABASE_URL") or DEFAULT_STORE)
    projections = store if store.startswith(_SQLITE) else DEFAULT_PROJECTIONS
    graph = value("graph", "JINDIANZI_GRAPH", "NEO4J_URI") or projections
    index = value("index", "JINDIANZI_INDEX", "ELASTICSEARCH_URL") or projections
    for name, url in (("JINDIANZI_GRAPH", graph), ("JINDIANZI_INDEX", index)):
        if not url.startswith(_SQLITE):
            raise SettingError(
                f"这一版只支持内置的图谱与索引，不支持 {_without_password(url)}",
                where=name,
                remedy="请改为 sqlite:///文件路径，或去掉这项设置",
                en=f"This version has embedded graph and index only; set {name} to sqlite:///PATH or unset it.",
            )
    return Settings(
        store=store,
        graph=graph,
        index=index,
        model=value("model", "JINDIANZI_MODEL") or "auto",
        cache=Path(value("cache", "JINDIANZI_CACHE") or user_cache_dir("jindianzi", appauthor=False)),
        host=value("host", "JINDIANZI_HOST") or "127.0.0.1",
        port=_port(value("port", "PORT") or "8000"),
        user=value("user", "JINDIANZI_USER"),
        limits=with_limits(DEFAULT, [item for item in re.split("[,，;；\\s]+", value("limits", "JINDIANZI_LIMITS") or "") if item]),
        workers=_count(value("workers", "JINDIANZI_WORKERS")),
        llm_url=value("llm_url", "JINDIANZI_LLM_URL"),
        llm_model=value("llm_model", "JINDIANZI_LLM_MODEL"),
        llm_key=value("llm_key", "JINDIANZI_LLM_KEY"),
        llm_price=value("llm_price", "JINDIANZI_LLM_PRICE"),
        llm_timeout=value("llm_timeout", "JINDIANZI_LLM_TIMEOUT"),
        llm_parallel=value("llm_parallel", "JINDIANZI_LLM_PARALLEL"),
    )


def sqlite_path(url: str) -> Path:
    """The file a `sqlite:///` URL names; a relative one counts from the working folder."""
    return Path(url.removeprefix(_SQLITE))


def _settings_file(path: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"不是正确的 TOML：{error}", where=str(path), remedy="请改正或删去这个文件") from error
    known = set(Settings.__dataclass_fields__)
    unknown = sorted(set(content) - known)
    if unknown:
        raise SettingError(f"不认识的设置：{'、'.join(unknown)}", where=str(path), remedy=f"可用的有：{'、'.join(sorted(known))}")
    return {name: str(content[name]) for name in content}


def _store_url(url: str) -> str:
    for short in ("postgresql://", "postgres://"):
        if url.startswith(short):
            url = _POSTGRES + url.removeprefix(short)
    if not url.startswith((_SQLITE, _POSTGRES)) or url == _SQLITE:
        raise SettingError(
            f"不支持的案例库地址 {_without_password(url)}",
            where="JINDIANZI_STORE",
            remedy="请用 sqlite:///文件路径 或 postgresql+psycopg://用户:口令@主机/库名",
        )
    return url


def _without_password(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def _count(text: str | None) -> int:
    if text is None:
        return usual()
    if text.isascii() and text.isdigit() and int(text) <= 64:
        return int(text)
    raise SettingError(f"进程数应为 0 到 64 的整数，现为 {text!r}", where="JINDIANZI_WORKERS", remedy="例如 JINDIANZI_WORKERS=2")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise SettingError(f"端口应为 1 到 65535 的整数，现为 {text!r}", where="PORT", remedy="例如 PORT=8000")
