"""Terms by number, rows of numbers, arrays in files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.arrays import blocks, borders, open_bytes
from index.rows import TermRows
from index.term_table import TermTable


@given(st.lists(st.text(max_size=6), unique=True, max_size=40), st.text(max_size=6))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_terms_keep_their_numbers_in_a_file(tmp_path: Path, terms: list[str], other: str) -> None:
    TermTable.build(terms).save(tmp_path)
    table = TermTable.load(tmp_path)
    assert list(table) == [table[number] for number in range(len(table))] == terms
    assert [table.number(term) for term in terms] == list(range(len(terms)))
    assert (other in table) == (other in terms)
    assert table[1:3] == tuple(terms[1:3])


def test_a_number_beyond_the_terms_is_refused() -> None:
    with pytest.raises(IndexError):
        TermTable.build(["신청/NN"])[1]


def test_rows_keep_the_order_of_their_terms(tmp_path: Path) -> None:
    table = TermTable.build(["가/NN", "나/NN", "다/NN"])
    TermRows.build([[2, 0, 2], [], [1]], table).save(tmp_path)
    rows = TermRows.load(tmp_path, table)
    assert len(rows) == 3
    assert [rows.ids(row).tolist() for row in range(3)] == [[2, 0, 2], [], [1]]
    assert rows.terms[int(rows.ids(2)[0])] == "나/NN"


def test_an_empty_file_opens_as_no_bytes(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert bytes(open_bytes(tmp_path / "empty")) == b""


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 12))
def test_blocks_part_all_rows_in_order(lengths: list[int], size: int) -> None:
    indptr = borders(lengths)
    found = list(blocks(indptr, size=size))
    assert [row for first, last in found for row in range(first, last)] == list(range(len(lengths)))
    for first, last in found:
        assert last - first == 1 or indptr[last] - indptr[first] <= size


def test_a_mapped_file_cannot_be_written(tmp_path: Path) -> None:
    TermRows.build([[0]], ["가/NN"]).save(tmp_path)
    with pytest.raises(ValueError, match="read-only"):
        TermRows.load(tmp_path, ["가/NN"]).numbers[0] = 1
    assert isinstance(TermRows.load(tmp_path, ["가/NN"]).numbers, np.ndarray)
