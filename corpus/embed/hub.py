"""A model from the Hugging Face hub or a mirror of it: plain HTTPS, resumed where it was cut off."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from corpus.embed.files import ModelFile
from corpus.embed.parts import claimed_part, place, verified, writing
from corpus.embed.registry import Model
from corpus.embed.source import Limits, Report, Step
from corpus.errors import ModelCorrupt, ModelMissing

HUB = "https://huggingface.co"
_TRIES = 5  # requests for one file; each must bring something, or it was the last


def endpoint() -> str:
    """Return the hub's address: HF_ENDPOINT, as all clients of the hub understand it, or the hub itself."""
    return os.environ.get("HF_ENDPOINT") or HUB


@dataclass(frozen=True, slots=True)
class HubSource:
    """`address` is that of the hub or a mirror."""

    address: str = field(default_factory=endpoint)
    name: str = "Hugging Face"

    def obtain(self, model: Model, wanted: Sequence[ModelFile], folder: Path, report: Report, limits: Limits) -> None:
        if not model.hub:
            raise ModelMissing("这个模型不在 Hugging Face 上", en="not on the hub")
        timeout = httpx.Timeout(limits.silence, connect=limits.connect)
        try:
            client = httpx.Client(timeout=timeout, follow_redirects=True, headers={"Accept-Encoding": "identity"})
        except (ValueError, ImportError) as error:  # a proxy in the environment that httpx cannot use
            raise ModelMissing(f"代理设置不能用（{error}）", where=self.address, en="unusable proxy settings") from error
        with client:
            for file in wanted:
                url = f"{self.address.rstrip('/')}/{model.hub}/resolve/{model.revision}/{file.hub}"
                with claimed_part(folder, file.name) as part:
                    _Download(client, url, file, part, self.name, report).complete()
                    place(part, folder / file.name)


@dataclass(frozen=True, slots=True)
class _Download:
    client: httpx.Client
    url: str
    file: ModelFile
    part: Path
    source: str
    report: Report

    def complete(self) -> None:
        """Fill the part, going on from what is in it, until it is the file wanted. Raises ModelMissing or ModelCorrupt."""
        fresh = self._have() == 0
        self._fill()
        if not fresh and not verified(self.part, self.file):
            self.part.unlink()  # what was there before was of another file
            self._fill()
        if not verified(self.part, self.file):
            self.part.unlink()
            raise ModelCorrupt("下载到的内容不对（SHA-256 校验不符）", where=self.url, en="download has another SHA-256")

    def _fill(self) -> None:
        for _ in range(_TRIES):
            before = self._have()
            if before >= self.file.size:
                return
            try:
                self._request(before)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                cut_off = isinstance(error, httpx.RemoteProtocolError | httpx.ReadError)
                if not cut_off or self._have() <= before:
                    raise ModelMissing(_said(error), where=self.url, en=f"no answer: {type(error).__name__}") from error
        if self._have() < self.file.size:
            raise ModelMissing("连接一再中断", where=self.url, remedy="再运行一次，会从断处继续", en="cut off again and again")

    def _request(self, start: int) -> None:
        headers = {"Range": f"bytes={start}-"} if start else {}
        with self.client.stream("GET", self.url, headers=headers) as answer:
            if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                self.part.unlink()  # the part is of another, longer file
                return
            if answer.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
                raise ModelMissing(f"服务器答复 {answer.status_code}", where=self.url, en=f"status {answer.status_code}")
            resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
            if resumed and not answer.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
                raise ModelMissing("服务器给的不是所要的一段", where=self.url, en="another range than asked for")
            with writing(self.part.parent), self.part.open("ab" if resumed else "wb") as out:
                done = start if resumed else 0
                for chunk in answer.iter_raw():  # of no fixed size: what has come is written before a break
                    out.write(chunk)
                    done += len(chunk)
                    self.report(Step(self.source, f"下载 {self.file.name}", done, self.file.size))
                    if done > self.file.size:
                        return  # not the file wanted; the hash will say so

    def _have(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0


def _said(error: Exception) -> str:
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return "连接不上"
    if isinstance(error, httpx.TimeoutException):
        return "服务器没有动静，已放弃；再运行一次会从断处继续"
    return f"连接中断（{error}）"
