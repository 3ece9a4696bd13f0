from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.best import best, best_of


def plainly(scores: np.ndarray, limit: int) -> list[int]:
    order = sorted(range(len(scores)), key=lambda row: (-scores[row], row))
    return [row for row in order[: max(limit, 0)] if np.isfinite(scores[row])]


@given(
    st.lists(st.sampled_from([-np.inf, 0.0, 0.5, 0.5, 1.0, 2.0]), max_size=40),
    st.integers(-1, 50),
)
def test_the_highest_come_first_and_equal_ones_in_their_order(
    scores: list[float], limit: int
) -> None:
    given_scores = np.array(scores, dtype=np.float32)
    assert best(given_scores, limit=limit).tolist() == plainly(given_scores, limit)


@given(st.integers(0, 10_000), st.integers(-1, 12), st.integers(1, 40))
def test_the_best_of_rows_are_the_same_in_whatever_order_they_come(
    seed: int, limit: int, different: int
) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.integers(0, different, size=chance.integers(0, 300)).astype(np.float32)
    rows = chance.permutation(len(scores))
    found = best_of(rows, scores[rows], limit=limit)
    assert sorted(found.tolist()) == sorted(plainly(scores, limit))
