from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.arrays import borders
from index.ragged import Ragged, spread


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 6)), max_size=12))
def test_stretches_are_laid_end_to_end(stretches: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in stretches], dtype=np.int64)
    lengths = np.array([length for _, length in stretches], dtype=np.int64)
    plainly = [n for start, length in stretches for n in range(start, start + length)]
    assert spread(starts, lengths).tolist() == plainly


def test_every_entry_has_the_row_it_stands_in() -> None:
    rows = Ragged(np.array([7, 8, 9], dtype=np.int32), borders([2, 0, 1]))
    assert rows.owners.tolist() == [0, 0, 2]
    assert rows.lengths.tolist() == [2, 0, 1]
