"""BM25 over lists of terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.arrays import borders
from index.postings import K1, B, Postings, idf
from index.term_table import TermTable

if TYPE_CHECKING:
    from numpy.typing import NDArray


class LexicalIndex:
    """Scores of every row for weighted terms, and how rare each term is.

    Rows are numbered from 0 in the order they were given to ``build``. Several indexes may
    share one ``terms``; each knows those that stand in its own rows.
    """

    def __init__(self, *, terms: TermTable, postings: Postings) -> None:
        self.terms = terms
        self._postings = postings

    @property
    def size(self) -> int:
        """How many rows are indexed."""
        return self._postings.size

    @classmethod
    def build(cls, rows: Sequence[Sequence[str]], *, k1: float = K1, b: float = B) -> LexicalIndex:
        """An index of the rows; a row without terms is kept and never scores."""
        numbers: dict[str, int] = {}
        flat = [numbers.setdefault(term, len(numbers)) for row in rows for term in row]
        indptr = borders([len(row) for row in rows])
        ids = np.asarray(flat, dtype=np.int32)
        return cls.build_from(ids, indptr, TermTable.build(numbers), k1=k1, b=b)

    @classmethod
    def build_from(
        cls,
        ids: NDArray[Any],
        indptr: NDArray[np.int64],
        terms: TermTable,
        *,
        counts: NDArray[Any] | None = None,
        k1: float = K1,
        b: float = B,
    ) -> LexicalIndex:
        """An index of rows given as numbers of ``terms``; see ``Postings.build``."""
        made = Postings.build(ids, indptr, terms=len(terms), counts=counts, k1=k1, b=b)
        return cls(terms=terms, postings=made)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of every row, shape (size,); a term given twice counts twice."""
        return self.weighted_scores((term, 1.0) for term in terms)

    def weighted_scores(self, terms: Iterable[tuple[str, float]]) -> NDArray[np.float32]:
        """BM25 of every row for terms of differing weight, shape (size,)."""
        weights: dict[str, float] = {}
        for term, weight in terms:
            weights[term] = weights.get(term, 0.0) + weight
        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in weights.items():
            rows, scores = self.postings(term)
            total[rows] += scores if weight == 1.0 else np.float32(weight) * scores
        return total

    def postings(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The rows a term stands in, ascending, and its BM25 in each; empty where unknown."""
        number = self.terms.number(term)
        if number is None:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        return self._postings.of(number)

    def warm(self) -> None:
        """Has what searches read in memory."""
        self._postings.warm()

    def document_frequency(self, term: str) -> int:
        """In how many rows a term stands."""
        number = self.terms.number(term)
        return 0 if number is None else self._postings.frequency(number)

    def stands(self, term: str) -> bool:
        """Whether a term stands in any row."""
        return self.document_frequency(term) > 0

    def rows(self, term: str) -> NDArray[np.int64]:
        """The rows a term stands in, in order."""
        return self.postings(term)[0].astype(np.int64)

    def vocabulary(self) -> tuple[str, ...]:
        """All terms that stand in a row."""
        frequencies = np.diff(self._postings.indptr).tolist()
        return tuple(term for term, n in zip(self.terms, frequencies, strict=True) if n)

    def idf(self, term: str) -> float:
        """Lucene's inverse document frequency; highest for a term that stands nowhere."""
        return idf(self.document_frequency(term), size=self.size)

    def save(self, folder: Path, *, with_terms: bool = True) -> None:
        """Writes the index into a folder; shared terms are better written once, elsewhere."""
        self._postings.save(folder)
        if with_terms:
            self.terms.save(folder)

    @classmethod
    def load(cls, folder: Path, *, terms: TermTable | None = None) -> LexicalIndex:
        """Opens what ``save`` wrote; ``terms`` are those written elsewhere."""
        table = TermTable.load(folder) if terms is None else terms
        return cls(terms=table, postings=Postings.load(folder))


def character_bigrams(text: str) -> list[str]:
    """Character pairs within the words of a text; a word of one character is itself."""
    return [pair for word in text.lower().split() for pair in _pairs(word)]


def _pairs(word: str) -> list[str]:
    kept = "".join(character for character in word if character.isalnum())
    return [kept[i : i + 2] for i in range(len(kept) - 1)] or ([kept] if kept else [])
