"""Reviewed questions beside the rows of an opened generation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.contents import Contents
from index.embedding import Embedder
from index.familiar import Familiarity
from index.reviewed import Reviewed, ReviewedIndex, Section, question_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

_NEAREST = 12  # sections whose reviewed questions are most like the one asked


@dataclass(frozen=True, slots=True, eq=False)
class AskedBefore:
    """What reviewed questions say of a new one.

    ``rows`` are passages of the sections they name, ``likeness`` by section number; ``familiar``
    tells in 0..1 how far the question is of their field.
    """

    rows: tuple[int, ...]
    likeness: dict[int, Floats]
    familiar: float

    def features(self, sections: NDArray[np.int32]) -> Floats:
        """One row for each of these section numbers, zeros where nothing was reviewed."""
        nothing = np.zeros(3, dtype=np.float32)
        found = [self.likeness.get(int(section), nothing) for section in sections]
        return np.stack(found) if found else np.zeros((0, 3), dtype=np.float32)


class ReviewedField:
    """The reviewed questions, those of sections that the generation still holds beside them."""

    def __init__(
        self, stored: Contents, reviewed: Sequence[Reviewed], *, embedder: Embedder
    ) -> None:
        named = tuple(dict.fromkeys(one.section for one in reviewed))
        rows = dict(zip(named, section_rows(stored, named), strict=True))
        self._held = [n for n, one in enumerate(reviewed) if len(rows[one.section])]
        self._vectors = question_vectors(reviewed, embedder)
        self._field = Familiarity(self._vectors)
        self._index = ReviewedIndex([reviewed[n] for n in self._held]) if self._held else None
        self._first = [int(rows[section][0]) for section in self._sections()]
        self._numbers = [int(stored.sections[row]) for row in self._first]

    def of(self, terms: Sequence[str], vector: Floats) -> AskedBefore:
        """What was reviewed for questions like this one."""
        cosines = self._vectors @ vector
        familiar = self._field.of(cosines)
        if self._index is None or not terms:
            return AskedBefore((), {}, familiar)
        likeness = self._index.likeness(terms, cosines[self._held])
        nearest = np.argsort(-likeness.sum(axis=1), kind="stable")[:_NEAREST]
        rows = tuple(self._first[place] for place in nearest if likeness[place, 1] > 0)
        return AskedBefore(rows, dict(zip(self._numbers, likeness, strict=True)), familiar)

    def familiar(self, vector: Floats) -> float:
        """How far a question is of the field, in 0..1."""
        return self._field.of(self._vectors @ vector)

    def _sections(self) -> tuple[Section, ...]:
        return self._index.sections if self._index is not None else ()


def section_rows(stored: Contents, sections: Sequence[Section]) -> list[Rows]:
    """The rows of each section, first those of its text; empty where the index lacks it."""
    of_documents: dict[str, dict[str, list[int]]] = {}
    for name, _ in sections:
        if name in stored.documents.places and name not in of_documents:
            place = stored.documents.places[name]
            found: dict[str, list[int]] = {}
            for row in range(int(stored.rows[place]), int(stored.rows[place + 1])):
                found.setdefault(stored.passages[row].section_id, []).append(row)
            of_documents[name] = found
    return [
        np.asarray(of_documents.get(name, {}).get(section, []), dtype=np.int64)
        for name, section in sections
    ]
