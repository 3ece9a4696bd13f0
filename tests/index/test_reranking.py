"""Ordering hits by a cross-encoder, with a tiny one in place of a published one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder

from index.errors import RerankerUnavailable
from index.hits import Hit
from index.opening import open_index
from index.reranking import CrossEncoderReranker, Reranker, Reranking
from index.search import SearchIndex
from tests.index.tiny_models import save_cross_encoder, save_embedding, spoil

QUESTION = "신청 요건과 기간은 무엇인가요?"
Open = Callable[[Reranker, int], SearchIndex]


class Shortest:
    """Puts short texts first; ``asked`` is what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append((question, tuple(texts)))
        return np.array([-len(text) for text in texts], dtype=np.float32)


class Broken:
    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        raise ZeroDivisionError("out of order")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("models") / "judge")


@pytest.fixture(scope="module")
def judge(folder: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker(str(folder))


@pytest.fixture
def reopened(opened: SearchIndex) -> Open:
    """The same generation with a reranker."""
    data = opened.generation.path.parents[1]

    def call(reranker: Reranker, top: int) -> SearchIndex:
        return open_index(
            data,
            segmenter=opened.segmenter,
            embedder=opened.embedder,
            reranking=Reranking(reranker, top=top),
        )

    return call


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.passage_id for hit in hits]


def test_the_first_hits_are_ordered_anew_and_the_rest_follow(
    opened: SearchIndex, reopened: Open
) -> None:
    plain = opened.search(query=QUESTION)
    reranker = Shortest()
    hits = reopened(reranker, 3).search(query=QUESTION)
    by_length = sorted(plain[:3], key=lambda hit: len(hit.passage.searched))
    assert ids(by_length) != ids(plain[:3])
    assert ids(hits) == ids(by_length) + ids(plain[3:])
    assert reranker.asked == [(QUESTION, tuple(hit.passage.searched for hit in plain[:3]))]


def test_scores_still_fall_and_signals_stay_with_their_passage(
    opened: SearchIndex, reopened: Open
) -> None:
    plain = opened.search(query=QUESTION)
    hits = reopened(Shortest(), 30).search(query=QUESTION)
    assert [hit.score for hit in hits] == [hit.score for hit in plain]
    signals = {hit.passage.passage_id: (hit.lexical, hit.dense) for hit in plain}
    assert {hit.passage.passage_id: (hit.lexical, hit.dense) for hit in hits} == signals


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_a_passage_beyond_the_limit_may_come_first(
    opened: SearchIndex, reopened: Open, limit: int
) -> None:
    whole = reopened(Shortest(), 30).search(query=QUESTION)
    assert ids(reopened(Shortest(), 30).search(query=QUESTION, limit=limit)) == ids(whole[:limit])
    assert ids(whole[:1]) != ids(opened.search(query=QUESTION, limit=1))


def test_equal_scores_keep_the_order(opened: SearchIndex, reopened: Open) -> None:
    class Same:
        def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.zeros(len(texts), dtype=np.float32)

    assert reopened(Same(), 30).search(query=QUESTION) == opened.search(query=QUESTION)


def test_nothing_found_is_nothing_to_order(reopened: Open) -> None:
    assert reopened(Shortest(), 30).search(query=" ") == ()


def test_a_failing_reranker_is_told_once_a_minute(
    opened: SearchIndex, caplog: pytest.LogCaptureFixture
) -> None:
    times = iter((0.0, 59.0, 61.0, 62.0))
    reranking = Reranking(Broken(), clock=lambda: next(times))
    hits = opened.search(query=QUESTION)
    with caplog.at_level(logging.ERROR):
        for _ in range(4):
            assert reranking.ordered(QUESTION, hits) == hits
    assert [record.message for record in caplog.records] == [
        "searching without the reranker, which failed: out of order"
    ] * 2


def test_a_search_goes_on_without_its_reranker(opened: SearchIndex, reopened: Open) -> None:
    assert reopened(Broken(), 30).search(query=QUESTION) == opened.search(query=QUESTION)


def test_wrong_numbers_of_scores_are_a_failure(opened: SearchIndex, reopened: Open) -> None:
    class Short:
        def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.zeros(1, dtype=np.float32)

    assert reopened(Short(), 30).search(query=QUESTION) == opened.search(query=QUESTION)


def test_a_cross_encoder_orders_hits_as_it_scores_pairs(
    judge: CrossEncoderReranker, folder: Path, opened: SearchIndex, reopened: Open
) -> None:
    hits = reopened(judge, 30).search(query=QUESTION)
    model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    scores = model.predict([(QUESTION, hit.passage.searched) for hit in hits])
    assert len(set(scores.round(4))) > 1
    assert list(scores) == pytest.approx(sorted(scores, reverse=True), abs=1e-5)
    assert sorted(ids(hits)) == sorted(ids(opened.search(query=QUESTION)))


def test_long_and_empty_texts_have_scores(judge: CrossEncoderReranker) -> None:
    scores = judge.scores(QUESTION, ["", "가" * 5000, "신청 기간"])
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()
    assert judge.scores(QUESTION, []).shape == (0,)


def test_threads_share_a_model(judge: CrossEncoderReranker) -> None:
    texts = [["신청 기간 " * number, "예산"] for number in range(1, 9)] * 3
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda pair: judge.scores(QUESTION, pair), texts))
    assert together == [pytest.approx(judge.scores(QUESTION, pair), abs=1e-5) for pair in texts]


@pytest.mark.parametrize("wrong", ["empty", "file"])
def test_a_wrong_folder_says_what_to_do(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RerankerUnavailable, match="leave it empty"):
        CrossEncoderReranker(str(tmp_path / wrong))


def test_a_classifier_of_several_labels_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(RerankerUnavailable, match="gives one score"):
        CrossEncoderReranker(str(save_cross_encoder(tmp_path / "labels", labels=3)))


def test_an_embedding_model_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(RerankerUnavailable, match="is no reranker"):
        CrossEncoderReranker(str(save_embedding(tmp_path / "embedding")))


def test_scores_that_are_no_numbers_are_refused_at_the_start(folder: Path, tmp_path: Path) -> None:
    spoilt = Path(copytree(folder, tmp_path / "spoilt"))
    spoil(spoilt)
    with pytest.raises(RerankerUnavailable, match="no scores"):
        CrossEncoderReranker(str(spoilt))
