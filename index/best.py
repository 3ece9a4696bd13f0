"""The highest of many scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]


def best(scores: Floats, *, limit: int) -> Rows:
    """Row ids of the highest scores, best first; rows of -inf are left out.

    Equal scores keep the order of the rows, so that a search always answers the same.
    """
    rows = best_of(np.arange(len(scores), dtype=np.int64), scores, limit=limit)
    rows = rows[np.lexsort((rows, -scores[rows]))]
    return rows[np.isfinite(scores[rows])]


def best_of(rows: Rows, scores: Floats, *, limit: int) -> Rows:
    """Of distinct rows those with the highest scores, in any order; of equal ones the first."""
    limit = min(limit, len(rows))
    if limit <= 0:
        return np.empty(0, dtype=np.int64)
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    above = rows[scores > least]
    equal = np.sort(rows[scores == least])[: limit - len(above)]
    return np.concatenate((above, equal))
