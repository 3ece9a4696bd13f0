"""BM25 over lists of terms: the only user of bm25s."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

K1 = 1.2
B = 0.5


class LexicalIndex:
    """Scores of every row for weighted terms, and how rare each term is.

    Rows are numbered from 0 in the order they were given to ``build``.
    """

    def __init__(self, *, engine: Any, size: int) -> None:
        self._engine = engine
        self.size = size

    @classmethod
    def build(cls, rows: Sequence[Sequence[str]], *, k1: float = K1, b: float = B) -> LexicalIndex:
        """An index of the rows; a row without terms is kept and never scores."""
        import bm25s  # noqa: PLC0415 - heavy, and only needed when indexing

        engine = bm25s.BM25(method="lucene", k1=k1, b=b, backend="numpy")
        vocabulary = {term: number for number, term in enumerate(_distinct(rows))}
        numbers = [[vocabulary[term] for term in row] for row in rows]
        if not vocabulary:  # bm25s divides by the mean length, so one row gets an empty term
            vocabulary, numbers = {"": 0}, [[0], *numbers[1:]]
        engine.index((numbers, vocabulary), show_progress=False)
        return cls(engine=engine, size=len(rows))

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of every row, shape (size,); a term given twice counts twice."""
        numbers = [number for term in terms if (number := self._number(term)) is not None]
        if not numbers:
            return np.zeros(self.size, dtype=np.float32)
        found = self._engine.get_scores_from_ids(numbers)
        return np.asarray(found, dtype=np.float32)

    def weighted_scores(self, terms: Iterable[tuple[str, float]]) -> NDArray[np.float32]:
        """BM25 of every row for terms of differing weight, shape (size,)."""
        groups: dict[float, list[str]] = {}
        for term, weight in terms:
            groups.setdefault(weight, []).append(term)
        total = np.zeros(self.size, dtype=np.float32)
        for weight, group in groups.items():
            total += np.float32(weight) * self.scores(group)
        return total

    def document_frequency(self, term: str) -> int:
        """In how many rows a term stands."""
        number = self._number(term)
        if number is None:
            return 0
        pointers = self._engine.scores["indptr"]
        return int(pointers[number + 1] - pointers[number])

    def rows(self, term: str) -> NDArray[np.int64]:
        """The rows a term stands in, in order."""
        number = self._number(term)
        if number is None:
            return np.empty(0, dtype=np.int64)
        start, end = self._engine.scores["indptr"][number : number + 2]
        return np.sort(np.asarray(self._engine.scores["indices"][start:end], dtype=np.int64))

    def vocabulary(self) -> tuple[str, ...]:
        """All terms of the index."""
        return tuple(self._engine.vocab_dict)

    def idf(self, term: str) -> float:
        """Lucene's inverse document frequency; highest for a term that stands nowhere."""
        frequency = self.document_frequency(term)
        return math.log(1.0 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def save(self, folder: Path) -> None:
        """Writes the index into a new folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._engine.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Opens what ``save`` wrote."""
        import bm25s  # noqa: PLC0415 - see build

        engine = bm25s.BM25.load(str(folder), load_corpus=False)
        return cls(engine=engine, size=int(engine.scores["num_docs"]))

    def _number(self, term: str) -> int | None:
        return self._engine.vocab_dict.get(term) if term else None


def _distinct(rows: Sequence[Sequence[str]]) -> dict[str, None]:
    return {term: None for row in rows for term in row}


def character_bigrams(text: str) -> list[str]:
    """Character pairs within the words of a text; a word of one character is itself."""
    return [pair for word in text.lower().split() for pair in _pairs(word)]


def _pairs(word: str) -> list[str]:
    kept = "".join(character for character in word if character.isalnum())
    return [kept[i : i + 2] for i in range(len(kept) - 1)] or ([kept] if kept else [])
