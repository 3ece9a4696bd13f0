from __future__ import annotations

import numpy as np
import pytest

from index.familiar import Familiarity
from index.reviewed import Reviewed
from tests.index.fakes import HashEmbedder


class Given(HashEmbedder):
    """An embedder that gives these vectors for questions named by their place."""

    def __init__(self, vectors: np.ndarray) -> None:
        super().__init__()
        self._given = vectors.astype(np.float32)

    def encode(self, texts: list[str]) -> np.ndarray:
        return self._given[[int(text) for text in texts]]


def field(vectors: np.ndarray) -> Familiarity:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    reviewed = [Reviewed(str(n), (), ("d", "s")) for n in range(len(unit))]
    return Familiarity(reviewed, embedder=Given(unit))


def test_questions_of_the_field_are_familiar_and_foreign_ones_are_not() -> None:
    chance = np.random.default_rng(0)
    near = np.concatenate((np.ones((50, 4)), np.zeros((50, 4))), axis=1)
    own = field(near + 0.1 * chance.random((50, 8)))
    assert own.of(np.array([0.5] * 4 + [0.0] * 4, dtype=np.float32)) > 0.9
    assert own.of(np.array([0.0] * 4 + [0.5] * 4, dtype=np.float32)) == 0.0
    between = np.array([0.4] * 4 + [0.3] * 4, dtype=np.float32)
    assert 0.0 <= own.of(between / np.linalg.norm(between)) <= 1.0


def test_without_reviewed_questions_every_question_is_foreign() -> None:
    nothing = Familiarity([], embedder=HashEmbedder())
    assert nothing.of(np.ones(nothing_size(), dtype=np.float32)) == 0.0


def test_one_reviewed_question_is_familiar_with_itself_only() -> None:
    one = field(np.eye(4)[:1])
    assert one.of(np.eye(4, dtype=np.float32)[0]) == pytest.approx(1.0)
    assert one.of(np.eye(4, dtype=np.float32)[1]) == 0.0


def nothing_size() -> int:
    return HashEmbedder().dimension
