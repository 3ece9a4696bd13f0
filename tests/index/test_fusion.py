from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.fusion import best, reciprocal_rank, scaled, standardised, weighted_sum

SCORES = arrays(np.float32, st.integers(0, 30), elements=st.integers(-100, 100).map(float))


@given(SCORES)
def test_standardising_keeps_the_order_and_bounds_the_best(scores: np.ndarray) -> None:
    found = standardised(scores)
    assert np.isfinite(found).all()
    assert found.max(initial=0) <= 10.001
    if scores.size and found.any():
        assert scores[found.argmax()] == scores.max()


@given(SCORES)
def test_scaling_stays_between_nothing_and_one(scores: np.ndarray) -> None:
    found = scaled(scores)
    assert ((found >= 0) & (found <= 1)).all()


def test_a_lone_match_is_bounded() -> None:
    scores = np.zeros(10_000, dtype=np.float32)
    scores[7] = 1
    assert standardised(scores)[7] == pytest.approx(10)


def test_weights_decide_between_signals() -> None:
    first, second = np.array([1, 0, 0], np.float32), np.array([0, 0, 1], np.float32)
    assert weighted_sum((first, second), weights=(2, 1)).argmax() == 0
    assert weighted_sum((first, second), weights=(1, 2)).argmax() == 2
    assert reciprocal_rank((first, second), weights=(1, 2)).argmax() == 2
    with pytest.raises(ValueError, match="one weight"):
        weighted_sum((first,), weights=(1, 2))


def test_the_best_come_in_order_and_ties_by_row() -> None:
    scores = np.array([1, 3, -np.inf, 3, 2], np.float32)
    assert best(scores, limit=10).tolist() == [1, 3, 4, 0]
    assert best(scores, limit=2).tolist() == [1, 3]
    assert best(scores, limit=0).tolist() == []
    assert best(np.empty(0, np.float32), limit=3).tolist() == []
