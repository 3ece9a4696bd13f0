"""BM25 as a matrix: for every term the rows it stands in, and what it scores in each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.arrays import blocks, borders, open_array, save_array, touch

if TYPE_CHECKING:
    from numpy.typing import NDArray

K1 = 1.2
B = 0.5
_BORDERS, _ROWS, _SCORES, _SIZE = "terms.npy", "rows.npy", "scores.npy", "size.npy"
_AT_ONCE = 1 << 22  # postings scored at once: a few arrays of so many numbers are in memory


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """A sparse matrix of ``size`` rows, ordered by term.

    Term ``t`` stands in ``rows[indptr[t]:indptr[t + 1]]``, ascending, with these ``scores``.
    """

    indptr: NDArray[np.int64]
    rows: NDArray[np.int32]
    scores: NDArray[np.float32]
    size: int

    @classmethod
    def build(
        cls,
        numbers: NDArray[Any],
        indptr: NDArray[np.int64],
        *,
        terms: int,
        counts: NDArray[Any] | None = None,
        k1: float = K1,
        b: float = B,
    ) -> Postings:
        """BM25 of rows of term numbers, shape (entries,) and (rows + 1,), with ``terms`` terms.

        ``counts`` tells how often each entry stands for; without it, once, and a row may name a
        term several times. The formula is Lucene's: idf * tf / (tf + k1 * (1 - b + b * length /
        mean length)), idf = ln(1 + (n - df + .5) / (df + .5)).
        """
        from scipy.sparse import csr_array  # noqa: PLC0415 - only needed when indexing

        size = len(indptr) - 1
        counted = np.ones(len(numbers), dtype=np.int32) if counts is None else counts
        by_row = csr_array((counted, numbers, indptr), shape=(size, terms))
        lengths = np.diff(indptr) if counts is None else _sums(counted, indptr)
        by_term = by_row.tocsc()  # by counting, in the order of the rows
        del by_row, counted
        by_term.sum_duplicates()
        borders = by_term.indptr.astype(np.int64)
        scores = _scored(by_term.data, by_term.indices, borders, norms=_norms(lengths, k1=k1, b=b))
        return cls(borders, by_term.indices.astype(np.int32, copy=False), scores, size)

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def of(self, term: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The rows a term stands in, ascending, and its score in each."""
        start, end = self.indptr[term], self.indptr[term + 1]
        return self.rows[start:end], self.scores[start:end]

    def warm(self) -> None:
        """Has what searches read in memory."""
        touch(self.indptr, self.rows, self.scores)

    def frequency(self, term: int) -> int:
        """In how many rows a term stands."""
        return int(self.indptr[term + 1] - self.indptr[term])

    def save(self, folder: Path) -> None:
        """Writes the matrix into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        save_array(folder / _BORDERS, self.indptr)
        save_array(folder / _ROWS, self.rows)
        save_array(folder / _SCORES, self.scores)
        save_array(folder / _SIZE, np.asarray([self.size]))

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Opens what ``save`` wrote; postings are read when they are asked for."""
        return cls(
            indptr=open_array(folder / _BORDERS),
            rows=open_array(folder / _ROWS),
            scores=open_array(folder / _SCORES),
            size=int(open_array(folder / _SIZE)[0]),
        )


def idf(frequency: int, *, size: int) -> float:
    """Lucene's inverse document frequency of a term in ``frequency`` of ``size`` rows."""
    return math.log(1.0 + (size - frequency + 0.5) / (frequency + 0.5))


def _sums(counts: NDArray[Any], indptr: NDArray[np.int64]) -> NDArray[np.int64]:
    sums = np.zeros(len(indptr) - 1, dtype=np.int64)
    for first, last in blocks(indptr, size=_AT_ONCE):
        part = counts[indptr[first] : indptr[last]].astype(np.int64)
        sums[first:last] = np.diff(borders(part)[indptr[first : last + 1] - indptr[first]])
    return sums


def _norms(lengths: NDArray[np.int64], *, k1: float, b: float) -> NDArray[np.float64]:
    """What is added to a term's count in each row, shape (rows,)."""
    mean = lengths.mean() if lengths.size and lengths.any() else 1.0
    return np.asarray(k1 * (1 - b + b * lengths / mean), dtype=np.float64)


def _scored(
    counts: NDArray[Any],
    rows: NDArray[Any],
    indptr: NDArray[np.int64],
    *,
    norms: NDArray[np.float64],
) -> NDArray[np.float32]:
    frequencies = np.diff(indptr)
    rarity = np.log(1.0 + (len(norms) - frequencies + 0.5) / (frequencies + 0.5))
    scores = np.empty(len(counts), dtype=np.float32)
    for first, last in blocks(indptr, size=_AT_ONCE):
        part = slice(indptr[first], indptr[last])
        tf = counts[part].astype(np.float64)
        tf /= tf + norms[rows[part]]
        scores[part] = tf * np.repeat(rarity[first:last], frequencies[first:last])
    return scores
