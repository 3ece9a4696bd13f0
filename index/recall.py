"""How many of the nearest vectors a search of some lists finds, measured against all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_AMONG = 10  # neighbours that recall is measured of
_BLOCK = 65_536
_SAME = 1e-5  # what rounding may part equal products by


@dataclass(frozen=True, slots=True)
class Recall:
    """Which share of the ten nearest vectors a search of ``probes`` of ``lists`` lists finds.

    Of the index's own vectors, and of such as questions have.
    """

    lists: int
    probes: int
    own: float
    questions: float


def tenth_best(vectors: Vectors, sample: Vectors) -> NDArray[np.float32]:
    """The product of each sample with its tenth nearest vector, by looking at them all."""
    among = min(_AMONG, len(vectors))
    best = np.empty((len(sample), 0), dtype=np.float32)
    for start in range(0, len(vectors), _BLOCK):
        found = np.concatenate((best, sample @ vectors[start : start + _BLOCK].T), axis=1)
        kept = min(among, found.shape[1])
        best = np.partition(found, found.shape[1] - kept, axis=1)[:, -kept:]
    return best.min(axis=1) if len(sample) else best[:, 0:0].reshape(0)


def found_share(engine: Any, sample: Vectors, tenth: NDArray[np.float32]) -> float:
    """The share of nearest vectors found; of vectors equally near, any is right."""
    if not len(sample):
        return 1.0
    among = min(_AMONG, int(engine.ntotal))
    scores, _ = engine.search(sample, among)
    return float((scores >= tenth[:, None] - _SAME).mean())
