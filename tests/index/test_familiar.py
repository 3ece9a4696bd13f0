from __future__ import annotations

import numpy as np
import pytest

from index.familiar import Familiarity
from index.semantics import unit


def familiar(own: np.ndarray, question: np.ndarray) -> float:
    """How familiar a question is to the field of these, all made to have length 1."""
    vectors = unit(own.astype(np.float32))
    return Familiarity(vectors).of(vectors @ unit(question[None].astype(np.float32))[0])


def test_questions_of_the_field_are_familiar_and_foreign_ones_are_not() -> None:
    chance = np.random.default_rng(0)
    near = np.concatenate((np.ones((50, 4)), np.zeros((50, 4))), axis=1)
    own = near + 0.1 * chance.random((50, 8))
    assert familiar(own, np.array([1] * 4 + [0] * 4)) > 0.9
    assert familiar(own, np.array([0] * 4 + [1] * 4)) == 0.0
    assert 0.0 <= familiar(own, np.array([4] * 4 + [3] * 4)) <= 1.0


def test_without_reviewed_questions_every_question_is_foreign() -> None:
    assert familiar(np.zeros((0, 3)), np.ones(3)) == 0.0


def test_one_reviewed_question_is_familiar_with_itself_only() -> None:
    assert familiar(np.eye(4)[:1], np.eye(4)[0]) == pytest.approx(1.0)
    assert familiar(np.eye(4)[:1], np.eye(4)[1]) == 0.0
