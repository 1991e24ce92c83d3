"""Whether the collection has a case with the same problem at all.

Decided on what the best hit has in common with the query, apart from how it stands out among the others (a store with twenty lift cases
would make each of them ordinary): its likeness in meaning, the part of the query's weight that its words carry, and whether it speaks of
the issue that the query speaks of. The weights are those of a logistic regression on half of the questions of a set of real case digests,
each asked with its own case in the collection and with it taken away; the limit loses a tenth of the true precedents of that half. What
it does on the other half is in docs/quality.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from corpus.embed import Embedder
from search_api.answers import Verdict
from search_api.ranking.lexical import SATURATION
from search_api.ranking.pool import Pool
from search_api.ranking.recognise import Recognised

MEANING, WORDS, OTHER_ISSUE = 0.58, 18.0, -0.3
LIMIT = 2.7
WORDS_ONLY = 0.05  # least share of the query's weight where there are no vectors
_UNRELATED = (
    "今天海边风很大，浪花拍打着礁石，孩子们在沙滩上捡贝壳。",
    "这道菜先用小火把洋葱炒软，再加入番茄和牛肉炖两个小时。",
    "手机屏幕的刷新率越高，滑动时看起来就越流畅，也更费电。",
    "恐龙在白垩纪末期灭绝，多数学者认为与小行星撞击有关。",
    "球队在加时赛最后一分钟投进三分球，以一分之差赢下比赛。",
    "小提琴的音色取决于木材、琴弦和演奏者运弓的力度。",
    "股票价格连续三天下跌，分析师认为市场在等待利率决议。",
    "她把护照和机票放进背包，准备第二天一早飞往冰岛。",
    "编译器先把源代码变成语法树，再生成目标机器的指令。",
    "宋代的青瓷釉色温润，出土时还带着细密的冰裂纹。",
    "感冒期间要多喝水，发烧超过三天应当去医院检查血常规。",
    "牛顿第二定律说明，物体的加速度与所受的合力成正比。",
)


@dataclass(frozen=True, slots=True)
class Scale:
    """What likeness two texts have, by a model, that have nothing to do with each other: mean and standard deviation of inner products."""

    mean: float
    spread: float

    @classmethod
    def of(cls, embedder: Embedder) -> Scale:
        vectors = embedder.passages(_UNRELATED)
        products = [float(one @ other) for one, other in combinations(vectors, 2)]
        return cls(float(np.mean(products)), max(float(np.std(products)), 1e-6))


def verdict(pool: Pool, order: Sequence[int], recognised: Sequence[Recognised], scale: Scale | None) -> Verdict:
    """`none` where nothing was found, or the best hit is not near enough. `scale` is None without vectors."""
    if not order:
        return "none"
    best = order[0]
    words = _words(pool, best)
    unit = pool.units[best]
    asked = {item.id for item in recognised if item.kind == "issue"}
    shared = bool(unit and asked & set(unit.facets.get("issue", ())))
    likeness = float(pool.raw["semantic"][best]) if "semantic" in pool.raw else math.nan
    if scale is None or math.isnan(likeness):
        return "found" if shared or words >= WORDS_ONLY else "none"
    score = MEANING * (likeness - scale.mean) / scale.spread + WORDS * words + (OTHER_ISSUE if asked and not shared else 0.0)
    return "found" if score >= LIMIT else "none"


def _words(pool: Pool, at: int) -> float:
    """Share of the most that a passage could score by the query's characters and pairs, 0 to 1."""
    shares = [
        float(pool.raw[name][at]) / (weighed.most * (SATURATION + 1)) if weighed.most else 0.0
        for name, weighed in (("characters", pool.terms.characters), ("bigrams", pool.terms.bigrams))
    ]
    return sum(shares) / len(shares)
