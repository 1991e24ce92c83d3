"""Putting channels together: scores are normalised over the pool (mean 0, standard deviation 1) and added, each channel with its weight.

Normalised sums beat reciprocal rank fusion on every set tried. The pool holds arbitrary passages beside the candidates, so that mean and
spread are those of ordinary passages and a weight means the same in a small collection and in a large one. The graph's score is taken as
it is: 0 for nearly all, else a sum of rarities; the spread of so few would say how few they are and not how much they share.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from search_api.index.base import Floats

WEIGHTS: Mapping[str, float] = {"lexical": 1.0, "semantic": 2.0, "graph": 0.3}
WEAKER: Mapping[str, float] = {"use-multilingual-v3": 0.75}
"""Weight of meaning with a model that tells less of it than the default one does; with 2, words alone were better on half of the sets."""


def weights_with(model: str | None) -> Mapping[str, float]:
    """Weights of the channels with the embedding model of this name."""
    return {**WEIGHTS, "semantic": WEAKER[model]} if model is not None and model in WEAKER else WEIGHTS


def normalised(scores: Floats) -> Floats:
    """(score - mean) / standard deviation over those that have a score; 0 for the others (NaN), and for all where nothing differs."""
    known = scores[~np.isnan(scores)].astype(np.float64)
    result = np.zeros(len(scores), np.float32)
    if len(known) == 0:
        return result
    spread = float(known.std())
    if spread > 1e-9 * max(1.0, float(np.abs(known).max())):
        result = np.nan_to_num((scores - known.mean()) / spread, nan=0.0).astype(np.float32)
    return result


def fused(channels: Mapping[str, Floats], weights: Mapping[str, float] = WEIGHTS) -> Floats:
    """Weighted sum of normalised channels, all over the same pool."""
    total = sum((weights[name] * channels[name] for name in sorted(channels)), start=np.float32(0))
    return np.asarray(total, np.float32)
