from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.arrays import borders
from index.lexical import LexicalIndex, character_bigrams
from index.postings import K1, B, Postings
from index.term_table import TermTable

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


TERMS = [f"말{n}/NN" for n in range(12)]
SOME_ROWS = st.lists(st.lists(st.sampled_from(TERMS), max_size=15), min_size=1, max_size=12)


@given(SOME_ROWS.filter(any))
@settings(deadline=None, max_examples=60)
def test_scores_are_those_of_bm25s(rows: list[list[str]]) -> None:
    numbers = {term: number for number, term in enumerate(TERMS)}
    peer = bm25s.BM25(method="lucene", k1=K1, b=B, backend="numpy")
    peer.index(([[numbers[term] for term in row] for row in rows], numbers), show_progress=False)
    index = LexicalIndex.build(rows)
    for term in {term for row in rows for term in row}:
        wanted = peer.get_scores_from_ids([numbers[term]])
        assert index.scores([term]) == pytest.approx(wanted, abs=1e-5)
        held = np.flatnonzero([term in row for row in rows])
        assert np.array_equal(index.postings(term)[0], held)
        assert index.document_frequency(term) == len(held)
    assert set(index.vocabulary()) == {term for row in rows for term in row}


@given(SOME_ROWS)
@settings(deadline=None, max_examples=60)
def test_counted_rows_score_as_rows_that_repeat(rows: list[list[str]]) -> None:
    table = TermTable.build(TERMS)
    distinct = [sorted({TERMS.index(term) for term in row}) for row in rows]
    flat = np.asarray([number for row in distinct for number in row], dtype=np.int32)
    counts = [row.count(TERMS[n]) for row, own in zip(rows, distinct, strict=True) for n in own]
    counted = LexicalIndex.build_from(
        flat,
        borders([len(row) for row in distinct]),
        table,
        counts=np.asarray(counts, dtype=np.uint16),
    )
    repeated = LexicalIndex.build(rows)
    assert counted.scores(TERMS) == pytest.approx(repeated.scores(TERMS), abs=1e-6)


def test_scoring_in_blocks_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = LexicalIndex.build(ROWS).scores(["신청/NN", "요건/NN"])
    monkeypatch.setattr("index.postings._AT_ONCE", 1)
    assert np.array_equal(LexicalIndex.build(ROWS).scores(["신청/NN", "요건/NN"]), whole)


def test_an_index_may_share_its_terms_with_another(tmp_path: Path) -> None:
    table = TermTable.build(["신청/NN", "예산/NN"])
    made = LexicalIndex.build_from(np.array([0, 0]), np.array([0, 1, 2]), table)
    made.save(tmp_path, with_terms=False)
    opened = LexicalIndex.load(tmp_path, terms=table)
    assert opened.vocabulary() == ("신청/NN",)
    assert opened.scores(["신청/NN"]) == pytest.approx(made.scores(["신청/NN"]))


def test_a_matrix_of_nothing_is_saved_too(tmp_path: Path) -> None:
    Postings.build(np.empty(0, dtype=np.int32), np.zeros(4, dtype=np.int64), terms=0).save(tmp_path)
    assert Postings.load(tmp_path).size == 3
