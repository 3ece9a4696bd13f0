"""Ways to make one ranking of several score arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

_RANK_OFFSET = 60
_FARTHEST = 10.0


def standardised(scores: Scores) -> Scores:
    """Scores in standard deviations from their mean, 10 at most; zeros where they do not differ.

    Without that bound, the one passage holding a common verb of an otherwise unknown question
    would stand as far out as the corpus is large.
    """
    if not scores.size:
        return np.zeros(scores.shape, dtype=np.float32)
    spread = max(float(scores.std()), float(scores.max() - scores.mean()) / _FARTHEST)
    if spread < 1e-9:
        return np.zeros(scores.shape, dtype=np.float32)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float32)


def scaled(scores: Scores) -> Scores:
    """Scores moved to 0..1; zeros where they do not differ."""
    low, high = (float(scores.min()), float(scores.max())) if scores.size else (0.0, 0.0)
    if high - low < 1e-9:
        return np.zeros(scores.shape, dtype=np.float32)
    return np.asarray((scores - low) / (high - low), dtype=np.float32)


def weighted_sum(arrays: Sequence[Scores], *, weights: Sequence[float]) -> Scores:
    """The sum of standardised arrays of one shape, each with its weight."""
    if len(arrays) != len(weights):
        raise ValueError("one weight is needed for each array of scores")
    pairs = zip(arrays, weights, strict=True)
    parts = [np.float32(weight) * standardised(array) for array, weight in pairs]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float32)


def reciprocal_rank(
    arrays: Sequence[Scores], *, weights: Sequence[float], offset: int = _RANK_OFFSET
) -> Scores:
    """Reciprocal-rank fusion: the sum over arrays of weight / (offset + rank)."""
    total: Scores = np.zeros(arrays[0].shape, dtype=np.float32)
    for array, weight in zip(arrays, weights, strict=True):
        order = np.argsort(-array, kind="stable")
        ranks = np.empty(order.shape, dtype=np.float32)
        ranks[order] = np.arange(1, len(order) + 1, dtype=np.float32)
        total += np.float32(weight) / (np.float32(offset) + ranks)
    return total


def best(scores: Scores, *, limit: int) -> NDArray[np.int64]:
    """Row ids of the highest scores, best first; rows of -inf are left out."""
    limit = min(limit, len(scores))
    if limit <= 0:
        return np.empty(0, dtype=np.int64)
    top = np.argpartition(-scores, limit - 1)[:limit]
    # Equal scores keep the order of the rows, so that a search always answers the same.
    top = top[np.lexsort((top, -scores[top]))]
    return top[np.isfinite(scores[top])].astype(np.int64)
