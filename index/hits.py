"""What a search finds: candidates with what is known of them, and passages in their order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.first_stage import Candidates
from index.passages import Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

RANKED = 48  # candidates whose features are computed, about 3 ms


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: its score, its share of the best BM25 there could be, and its cosine.

    Scores compare hits of one search; they mean nothing across searches.
    """

    passage: Passage
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """The candidates of a question: rows and their features, shape (rows, len(FEATURES)).

    ``first`` holds the signals and scores of these and of all further candidates; ``familiar``
    tells in 0..1 how far the question is like those that the ranking was fitted to.
    """

    rows: Rows
    features: Floats
    first: Candidates
    familiar: float


def ahead(first: Candidates, certain: Collection[int]) -> Candidates:
    """The candidates in their order, those that must be ranked moved among the first."""
    chosen = np.isin(first.rows, list(certain))
    places = np.arange(len(first.rows))
    free = max(RANKED - int(chosen.sum()), 0)
    before = np.sort(np.concatenate((places[chosen], places[~chosen][:free])))
    kept = np.concatenate((before, places[~chosen][free:]))
    return Candidates(first.rows[kept], first.signals[kept], first.scores[kept])


def hits_of(
    observed: Observed, scores: Floats, *, passages: Sequence[Passage], limit: int
) -> tuple[Hit, ...]:
    """The best candidates by their scores, then the rest in the order they came."""
    first = observed.first
    order = np.argsort(-scores, kind="stable")
    places = [*order.tolist(), *range(len(scores), len(first.rows))]
    rest = first.scores[len(scores) :]
    # The rest keep their order and distances below the last one ranked.
    below = scores.min(initial=np.inf) + rest - rest.max(initial=-np.inf)
    every = np.concatenate((scores, below))
    return tuple(
        Hit(
            passages[int(first.rows[place])],
            float(every[place]),
            float(first.signals[place, :2].sum()),
            float(first.signals[place, 3]),
        )
        for place in places[: max(limit, 0)]
    )
