"""The highest of many scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def best(scores: NDArray[np.float32], *, limit: int) -> NDArray[np.int64]:
    """Row ids of the highest scores, best first; rows of -inf are left out."""
    limit = min(limit, len(scores))
    if limit <= 0:
        return np.empty(0, dtype=np.int64)
    top = np.argpartition(-scores, limit - 1)[:limit]
    # Equal scores keep the order of the rows, so that a search always answers the same.
    top = top[np.lexsort((top, -scores[top]))]
    return top[np.isfinite(scores[top])].astype(np.int64)
