"""How far a question is like those reviewed: what was learned from them counts as far as that.

A ranking fitted to one field of questions may be worse in others. It is believed for questions of
its own field and not for foreign ones; where the field ends is told by how near its own questions
are to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_SAMPLE = 400  # questions by which the border is found
_OUTLIERS = 5  # percent of the own questions that may lie outside
_STEP = 0.8  # share of the border's cosine from which a question begins to be familiar
_LEAST = 1e-6


class Familiarity:
    """Tells whether a question is of the field of those whose ``vectors`` these are."""

    def __init__(self, vectors: Floats) -> None:
        self._border = _border(vectors)

    def of(self, cosines: Floats) -> float:
        """0 for a foreign question up to 1 for one of the field, from its cosines to them all."""
        begin = _STEP * self._border
        share = (float(cosines.max(initial=0.0)) - begin) / max(self._border - begin, _LEAST)
        return float(np.clip(share, 0.0, 1.0))


def _border(vectors: Floats) -> float:
    """The cosine to the nearest other question that nearly all of them reach."""
    if len(vectors) < 2:
        return 1.0
    rows = np.linspace(0, len(vectors) - 1, min(_SAMPLE, len(vectors))).astype(np.int64)
    cosines = vectors[rows] @ vectors.T
    cosines[np.arange(len(rows)), rows] = -1.0
    return max(float(np.percentile(cosines.max(axis=1), _OUTLIERS)), _LEAST)
