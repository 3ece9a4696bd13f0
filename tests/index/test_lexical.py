from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex, character_bigrams

ROWS = [["신청/NN", "기간/NN"], ["신청/NN", "요건/NN", "요건/NN"], [], ["예산/NN"]]


def test_rows_score_for_their_own_terms() -> None:
    scores = LexicalIndex.build(ROWS).scores(["요건/NN"])
    assert scores.shape == (4,)
    assert np.flatnonzero(scores).tolist() == [1]


def test_weights_scale_scores() -> None:
    index = LexicalIndex.build(ROWS)
    weighted = index.weighted_scores([("신청/NN", 1.0), ("예산/NN", 0.5)])
    assert weighted == pytest.approx(index.scores(["신청/NN"]) + index.scores(["예산/NN"]) / 2)


def test_rare_terms_have_high_idf() -> None:
    index = LexicalIndex.build(ROWS)
    assert index.document_frequency("신청/NN") == 2
    assert index.document_frequency("없음/NN") == index.document_frequency("") == 0
    assert index.idf("없음/NN") > index.idf("예산/NN") > index.idf("신청/NN") > 0


def test_the_rows_of_a_term(tmp_path: Path) -> None:
    built = LexicalIndex.build(ROWS)
    built.save(tmp_path / "body")
    for index in (built, LexicalIndex.load(tmp_path / "body")):
        assert index.rows("신청/NN").tolist() == [0, 1]
        assert index.rows("예산/NN").tolist() == [3]
        assert index.rows("없음/NN").tolist() == index.rows("").tolist() == []


def test_unknown_terms_score_nothing() -> None:
    index = LexicalIndex.build(ROWS)
    assert not index.scores(["없음/NN", ""]).any()
    assert not index.scores([]).any()


def test_an_index_opens_as_it_was_saved(tmp_path: Path) -> None:
    built = LexicalIndex.build(ROWS)
    built.save(tmp_path / "body")
    loaded = LexicalIndex.load(tmp_path / "body")
    assert loaded.size == 4
    assert loaded.scores(["신청/NN"]) == pytest.approx(built.scores(["신청/NN"]))
    assert loaded.idf("요건/NN") == built.idf("요건/NN")


def test_rows_without_any_term_are_an_index_too(tmp_path: Path) -> None:
    LexicalIndex.build([[], []]).save(tmp_path)
    assert LexicalIndex.load(tmp_path).scores(["신청/NN"]).tolist() == [0, 0]


def test_bigrams_stay_within_words() -> None:
    assert character_bigrams("지원 금, R&D") == ["지원", "금", "rd"]
    assert character_bigrams(" ※ ") == []
