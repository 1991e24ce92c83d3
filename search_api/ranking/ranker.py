"""Ranking a query: its pool, the channels that could be used, and the order that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from corpus.catalogue import Catalogue
from corpus.embed import Embedder
from corpus.errors import ModelError, UsageError
from corpus.fold import characters, fold
from corpus.vocabulary import screen
from graph.store.base import GraphStore
from search_api.index.base import Filters, Floats, Index
from search_api.ranking.fusion import fused, weights_with
from search_api.ranking.hits import ordered
from search_api.ranking.pool import Meaning, Pool, gather
from search_api.ranking.recognise import Recognised, recognised
from search_api.ranking.related import NOTHING, Related, related
from search_api.ranking.verdict import Scale

Channel = Literal["lexical", "semantic", "graph", "hybrid"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
LONGEST = 20_000
"""Characters of a query."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """`order`: places in the pool of what was found, best first; `scores` are by place. `weights`: of the channels that were used.
    `degraded`: what could not be used, in words. `scale`: of the model's likenesses, None without them."""

    pool: Pool
    weights: Mapping[str, float]
    scores: Floats
    order: Sequence[int]
    related: Related
    recognised: tuple[Recognised, ...]
    degraded: tuple[str, ...]
    scale: Scale | None


class Ranker:
    """Without an embedder, or while the index has no vectors of it, words and graph answer alone and `degraded` says so."""

    def __init__(self, catalogue: Catalogue, index: Index, graph: GraphStore, embedder: Embedder | None) -> None:
        self.catalogue = catalogue
        self.index = index
        self.graph = graph
        self.embedder = embedder
        self._scale: tuple[str, Scale] | None = None

    def rank(self, text: str, channel: Channel, filters: Filters) -> Ranked | None:
        """Rank the pool of a query; None where the query holds nothing that can be looked for.

        Raises UsageError for a query over 20,000 characters.
        """
        if len(text) > LONGEST:
            raise UsageError(f"查询最多 {LONGEST} 字，现有 {len(text)} 字", remedy="请缩短，或分几次查")
        if not characters(fold(text)):
            return None
        degraded = [] if self.index.mark() >= self.catalogue.head() else [screen("degraded.index_building")]
        meaning = self._meaning(text, degraded) if channel in ("semantic", "hybrid") else None
        names = recognised(text, self.index, self.catalogue)
        near = related(names, self.graph) if channel in ("graph", "hybrid") else NOTHING
        pool = gather(text, meaning, near.scores, self.index, filters)
        scale = self._scale[1] if meaning and self._scale else None
        if channel == "semantic" and meaning is None:
            return Ranked(pool, {}, pool.raw["graph"], (), near, names, tuple(degraded), scale)
        every = weights_with(self.embedder.name if self.embedder else None)
        weights: Mapping[str, float] = {name: every[name] for name in pool.channels} if channel == "hybrid" else {channel: 1.0}
        scores = fused({name: pool.channels[name] for name in weights}, weights)
        return Ranked(pool, weights, scores, ordered(pool, scores, channel), near, names, tuple(degraded), scale)

    def _meaning(self, text: str, degraded: list[str]) -> Meaning | None:
        live = self.index.live_model()
        if self.embedder is None:
            degraded.append("语义检索暂不可用：选定的向量模型不在本机或已损坏，请运行 jindianzi model get；目前只按文字和图谱检索")
            return None
        if live is None:
            degraded.append("语义检索暂不可用：向量还没有算好，目前只按文字和图谱检索")
            return None
        try:
            if self.embedder.fingerprint != live:
                degraded.append("语义检索暂不可用：索引中的向量来自另一个模型，新模型的向量还没有算好")
                return None
            if self._scale is None or self._scale[0] != live:
                self._scale = (live, Scale.of(self.embedder))
            return Meaning(live, self.embedder.query(text))
        except ModelError as error:
            degraded.append(f"语义检索暂不可用：{error}")
            return None


def channel_named(name: str) -> Channel:
    """Raises UsageError for what is no channel."""
    for channel in CHANNELS:
        if channel == name:
            return channel
    raise UsageError(f"没有“{name}”这个检索通道", where="channel", remedy=f"可用的有：{'、'.join(CHANNELS)}")
