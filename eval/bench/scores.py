"""Scores of one ranked list against graded relevance, as BEIR defines them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Relevance = Mapping[str, int]


def recall_at(ranked: Sequence[str], relevant: Relevance, k: int) -> float:
    """The share of relevant texts within the first ``k``."""
    return sum(name in relevant for name in ranked[:k]) / len(relevant)


def reciprocal_rank_at(ranked: Sequence[str], relevant: Relevance, k: int) -> float:
    """1/rank of the first relevant text within ``k``, else 0."""
    ranks = (rank for rank, name in enumerate(ranked[:k], 1) if name in relevant)
    return 1.0 / next(ranks, math.inf)


def ndcg_at(ranked: Sequence[str], relevant: Relevance, k: int) -> float:
    """Discounted gain within ``k`` as a share of the best possible."""
    gained = _discounted([relevant.get(name, 0) for name in ranked[:k]])
    best = _discounted(sorted(relevant.values(), reverse=True)[:k])
    return gained / best if best else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
