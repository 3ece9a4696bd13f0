"""The terms of every row in reading order, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.arrays import borders, open_array, save_array, touch

if TYPE_CHECKING:
    from numpy.typing import NDArray

_IDS, _BORDERS = "ids.npy", "rows.npy"


@dataclass(frozen=True, slots=True, eq=False)
class TermRows:
    """Rows of terms: row ``i`` is ``numbers[indptr[i]:indptr[i + 1]]``, each of ``terms``.

    ``indptr`` has shape (rows + 1,), ``numbers`` one entry for every term of every row.
    """

    terms: Sequence[str]
    numbers: NDArray[np.int32]
    indptr: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def ids(self, row: int) -> NDArray[np.int32]:
        """The numbers of a row's terms in reading order."""
        return self.numbers[self.indptr[row] : self.indptr[row + 1]]

    def warm(self) -> None:
        """Has the rows in memory."""
        touch(self.numbers, self.indptr)

    @classmethod
    def build(cls, rows: Sequence[Sequence[int]], terms: Sequence[str]) -> TermRows:
        """Rows given as numbers of ``terms``."""
        flat = [number for row in rows for number in row]
        indptr = borders([len(row) for row in rows])
        return cls(terms, np.asarray(flat, dtype=np.int32), indptr)

    def save(self, folder: Path) -> None:
        """Writes the rows into a folder, without the terms."""
        folder.mkdir(parents=True, exist_ok=True)
        save_array(folder / _IDS, self.numbers)
        save_array(folder / _BORDERS, self.indptr)

    @classmethod
    def load(cls, folder: Path, terms: Sequence[str]) -> TermRows:
        """Opens what ``save`` wrote; rows are read when they are asked for."""
        return cls(terms, open_array(folder / _IDS), open_array(folder / _BORDERS))
