"""The highest of many scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

_BLOCK = 64  # rows of a block
_MANY = 4  # blocks a wanted row, from which looking at the blocks first is faster


def best(scores: Floats, *, limit: int) -> Rows:
    """Row ids of the highest scores, best first; rows of -inf are left out.

    Equal scores keep the order of the rows, so that a search always answers the same.
    """
    limit = min(limit, len(scores))
    if limit <= 0:
        return np.empty(0, dtype=np.int64)
    rows = _promising(scores, limit=limit)
    rows = rows[_highest(scores[rows], limit=limit)]
    rows = rows[np.lexsort((rows, -scores[rows]))]
    return np.asarray(rows[np.isfinite(scores[rows])], dtype=np.int64)


def _promising(scores: Floats, *, limit: int) -> Rows:
    """Rows among which the highest are: all, or those of the blocks with the highest maxima."""
    blocks = len(scores) // _BLOCK
    if blocks < _MANY * limit:
        return np.arange(len(scores), dtype=np.int64)
    # Block b holds the rows b, b + blocks, ...: maxima of columns are quicker than those of rows.
    table = scores[: blocks * _BLOCK].reshape(_BLOCK, blocks)
    maxima = table.max(axis=0)
    least = np.partition(maxima, blocks - limit)[blocks - limit]
    above, equal = np.flatnonzero(maxima > least), np.flatnonzero(maxima == least)
    first = (table[:, equal] == least).argmax(axis=0) * blocks + equal
    equal = equal[np.argsort(first, kind="stable")[: limit - len(above)]]
    chosen = np.concatenate((above, equal))
    rows = np.sort((chosen + np.arange(_BLOCK)[:, None] * blocks).ravel())
    return np.concatenate((rows, np.arange(blocks * _BLOCK, len(scores), dtype=np.int64)))


def _highest(scores: Floats, *, limit: int) -> Rows:
    """Places of the highest scores, ascending; of equal ones the first."""
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    above = np.flatnonzero(scores > least)
    equal = np.flatnonzero(scores == least)[: limit - len(above)]
    return np.sort(np.concatenate((above, equal)))
