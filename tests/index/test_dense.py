from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import WANTED_RECALL, Before, DenseIndex

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


def _texts(count: int) -> np.ndarray:
    """Vectors in clusters, as texts about some subjects have them."""
    random = np.random.default_rng(7)
    subjects = random.normal(size=(20, 16))
    found = subjects[random.integers(20, size=count)] + random.normal(size=(count, 16)) * 0.6
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def test_lists_find_what_an_exact_search_finds(tmp_path: Path) -> None:
    vectors, questions = _texts(12_000), _texts(300)[200:]
    built = DenseIndex.build(vectors, exact_up_to=1000, questions=lambda: questions)
    assert built.recall is not None
    assert min(built.recall.own, built.recall.questions) >= WANTED_RECALL
    assert built.recall.lists == 20
    assert built.recall.probes < 20
    built.save(tmp_path / "dense.faiss")
    opened = DenseIndex.load(tmp_path / "dense.faiss")
    assert opened.recall == built.recall
    assert np.array_equal(opened.vectors(), vectors)
    tenth = np.sort(questions @ vectors.T, axis=1)[:, -10]
    shares = [
        (opened.search(question, 10)[1] >= least - 1e-5).mean()
        for question, least in zip(questions, tenth, strict=True)
    ]
    assert np.mean(shares) == pytest.approx(built.recall.questions, abs=1e-6)


def test_lists_of_an_index_before_are_kept_for_nearly_the_same_vectors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.dense._MOST", 1)  # of so few lists many are searched
    vectors = _texts(12_000)
    built = DenseIndex.build(vectors, exact_up_to=0)
    changed = np.concatenate((vectors[:100:-1], _texts(350)[:50]))
    rows = np.concatenate((np.arange(12_000)[:100:-1], np.full(50, -1)))
    again = DenseIndex.build(changed, exact_up_to=0, before=Before(built, rows))
    assert np.array_equal(again.vectors(), changed)
    assert again.recall is not None
    assert again.recall.own >= WANTED_RECALL
    assert np.array_equal(_centres(again), _centres(built))
    rows[:6000] = -1
    other = DenseIndex.build(changed[::2], exact_up_to=0, before=Before(built, rows[::2]))
    assert _centres(other).shape != _centres(built).shape


def _centres(index: DenseIndex) -> np.ndarray:
    found: np.ndarray = index.engine.quantizer.reconstruct_n(0, index.engine.nlist)
    return found


def test_allowed_rows_are_found_in_any_list() -> None:
    vectors = _texts(4000)
    built = DenseIndex.build(vectors, exact_up_to=0)
    farthest = np.argsort(vectors @ vectors[0])[:5]
    assert sorted(built.search(vectors[0], 5, farthest)[0].tolist()) == sorted(farthest.tolist())


def test_a_few_vectors_need_no_lists() -> None:
    assert DenseIndex.build(VECTORS).recall is None
