"""Embedding models: text to vectors of unit length, on this machine, without the network.

`load` gives the model to use, `list_models` what there is, `fetch` gets the default one.
"""

from corpus.embed.base import Embedder
from corpus.embed.fetch import Attempt, Fetched, Limits, Step, fetch
from corpus.embed.registry import BGE, USE, Model, ModelStatus, default_cache, list_models, load

__all__ = [
    "BGE",
    "USE",
    "Attempt",
    "Embedder",
    "Fetched",
    "Limits",
    "Model",
    "ModelStatus",
    "Step",
    "default_cache",
    "fetch",
    "list_models",
    "load",
]
