"""Word vectors averaged over the terms of many rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.arrays import borders
from index.rows import TermRows
from index.semantics import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Averages:
    """Means of the vectors of rows of numbered terms.

    ``terms`` are the terms by number, ``places`` tells which of ``vectors`` a term has, if any.
    """

    def __init__(
        self, terms: Sequence[str], *, places: Mapping[str, int], vectors: Vectors
    ) -> None:
        self._places = np.fromiter((places.get(term, -1) for term in terms), dtype=np.int64)
        self._vectors = vectors

    def of(self, parts: Sequence[TermRows], rows: NDArray[np.int64]) -> Vectors:
        """Unit vectors of rows, shape (len(rows), d), each over its terms in all ``parts``.

        A row without a known term gets the zero vector.
        """
        from scipy.sparse import csr_array  # noqa: PLC0415 - only needed when indexing

        sums = np.zeros((len(rows), self._vectors.shape[1]), dtype=np.float32)
        counts = np.zeros(len(rows), dtype=np.float32)
        for part in parts:
            places, indptr = self._known(part, rows)
            ones = np.ones(len(places), dtype=np.float32)
            shape = (len(rows), len(self._vectors))
            sums += csr_array((ones, places, indptr), shape=shape) @ self._vectors
            counts += np.diff(indptr)
        sums /= np.maximum(counts, 1)[:, None]
        return unit(sums)

    def _known(
        self, part: TermRows, rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The places of the terms of rows that have one, and where each row begins."""
        starts, ends = part.indptr[rows], part.indptr[rows + 1]
        indptr = borders(ends - starts)
        entries = np.arange(indptr[-1]) + np.repeat(starts - indptr[:-1], ends - starts)
        places = self._places[part.numbers[entries]]
        known = places >= 0
        return places[known], borders(known)[indptr]
