"""Which language model is asked, where, with what key and at what price, as the settings say."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from corpus.errors import SettingError
from ingest.annotate import fingerprint
from search_api.settings import Settings

_COMPLETIONS = "/chat/completions"
_PRICE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:\s*/\s*([0-9]+(?:\.[0-9]+)?))?\s*([^\s0-9./]{1,10})?")
_MODEL = re.compile(r"[\x21-\x7e\u4e00-\u9fff]{1,200}")
_KEY = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Price:
    """What 1,000 tokens cost, read and written."""

    read: float
    written: float
    currency: str

    def of(self, read: int, written: int) -> float:
        return (read * self.read + written * self.written) / 1000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`url` is the address that is called. `timeout` in seconds, for one whole answer; at most `parallel` requests are under way."""

    url: str
    model: str
    key: str | None = field(repr=False)
    price: Price | None = None
    timeout: float = 60.0
    parallel: int = 2

    @property
    def fingerprint(self) -> str:
        """The model's name and the version of what it is asked: facts by another are other facts."""
        return fingerprint(self.model)

    @property
    def shown(self) -> str:
        """The address as people may see it: without user, password and query."""
        parts = urlsplit(self.url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.removesuffix(_COMPLETIONS), "", ""))

    @property
    def is_local(self) -> bool:
        """Whether what is sent stays on this machine."""
        host = urlsplit(self.url).hostname or ""
        if host == "localhost":
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    @property
    def is_encrypted(self) -> bool:
        return self.url.startswith("https://")


def endpoint_of(settings: Settings) -> Endpoint:
    """The endpoint that the settings name. Raises SettingError where none is set up, and for a setting that cannot be used."""
    if not settings.llm_url or not settings.llm_model:
        raise SettingError(
            "没有设置语言模型，默认不用",
            where="JINDIANZI_LLM_URL" if not settings.llm_url else "JINDIANZI_LLM_MODEL",
            remedy="要用时设置 JINDIANZI_LLM_URL（OpenAI 兼容接口的地址，如 http://127.0.0.1:11434/v1）和 JINDIANZI_LLM_MODEL（模型名）",
            en="no language model is set up; set JINDIANZI_LLM_URL and JINDIANZI_LLM_MODEL",
        )
    if not _MODEL.fullmatch(settings.llm_model):
        raise SettingError("模型名里有空白或控制字符，或太长", where="JINDIANZI_LLM_MODEL", remedy="请照接口的说明填写")
    if settings.llm_key and not _KEY.fullmatch(settings.llm_key):
        raise SettingError("密钥里有空白或不能发送的字符", where="JINDIANZI_LLM_KEY", remedy="请重新复制密钥，不带空格和换行")
    return Endpoint(
        url=_address(settings.llm_url),
        model=settings.llm_model,
        key=settings.llm_key or None,
        price=_price(settings.llm_price),
        timeout=_number(settings.llm_timeout, "JINDIANZI_LLM_TIMEOUT", 60, 1, 3600),
        parallel=int(_number(settings.llm_parallel, "JINDIANZI_LLM_PARALLEL", 2, 1, 16)),
    )


def _address(given: str) -> str:
    """The address to call: `/v1` where the base has no path, `/chat/completions` behind it."""
    try:
        parts = urlsplit(given.strip())
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or "@" in parts.netloc or re.search(r"\s", given.strip()):
        # a user and a password in the address would be shown with it: the key has a setting of its own
        raise SettingError(
            "不是可用的接口地址",
            where="JINDIANZI_LLM_URL",
            remedy="写成 https://主机/v1 或 http://127.0.0.1:端口/v1；密钥写在 JINDIANZI_LLM_KEY，不写在地址里",
            en="not a usable base URL",
        )
    path = parts.path.rstrip("/").removesuffix(_COMPLETIONS) or "/v1"
    return urlunsplit((parts.scheme, parts.netloc, path + _COMPLETIONS, parts.query, ""))


def _price(given: str | None) -> Price | None:
    if not given:
        return None
    match = _PRICE.fullmatch(given.strip())
    if match is None:
        raise SettingError(
            f"不是价格：{given!r}",
            where="JINDIANZI_LLM_PRICE",
            remedy="写成每千个词元的价格：输入/输出 货币，如 0.0008/0.002 元",
            en="not a price per 1,000 tokens",
        )
    return Price(float(match[1]), float(match[2] or match[1]), match[3] or "元")


def _number(given: str | None, name: str, default: float, low: float, high: float) -> float:
    if not given:
        return default
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", given) or not low <= float(given) <= high:
        raise SettingError(f"应为 {low:g} 到 {high:g} 的数，现为 {given!r}", where=name, remedy="请改正，或去掉这项设置")
    return float(given)
