from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex

VECTORS = np.eye(8, dtype=np.float32)


@pytest.mark.parametrize("exact_up_to", [100, 0])
def test_the_nearest_comes_first(exact_up_to: int) -> None:
    index = DenseIndex.build(VECTORS, exact_up_to=exact_up_to)
    ids, scores = index.search(VECTORS[3] + VECTORS[5] / 2, 2)
    assert ids.tolist() == [3, 5]
    assert scores.tolist() == [1.0, 0.5]


@pytest.mark.parametrize("exact_up_to", [100, 0])
def test_only_allowed_rows_are_found(exact_up_to: int) -> None:
    index = DenseIndex.build(VECTORS, exact_up_to=exact_up_to)
    ids, _ = index.search(VECTORS[3], 5, np.array([1, 6], dtype=np.int64))
    assert sorted(ids.tolist()) == [1, 6]


def test_nothing_allowed_finds_nothing() -> None:
    ids, scores = DenseIndex.build(VECTORS).search(VECTORS[0], 3, np.empty(0, dtype=np.int64))
    assert ids.size == scores.size == 0


@pytest.mark.parametrize("exact_up_to", [100, 0])
def test_an_index_opens_as_it_was_saved(tmp_path: Path, exact_up_to: int) -> None:
    DenseIndex.build(VECTORS, exact_up_to=exact_up_to).save(tmp_path / "dense.faiss")
    loaded = DenseIndex.load(tmp_path / "dense.faiss")
    assert (loaded.size, loaded.dimension) == (8, 8)
    assert np.array_equal(loaded.vectors(), VECTORS)
    assert loaded.search(VECTORS[7], 1)[0].tolist() == [7]
