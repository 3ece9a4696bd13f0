"""Documents that a question calls by their title, and where in them the rest of it stands.

In a corpus of statutes a title is cited in hundreds of other texts, and "제9조" is in every one.
Only together they say which passage is meant, so what is left of a question beside a title is
looked for in the document of that title.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.arrays import borders
from index.best import best
from index.contents import Contents
from index.headings import LABELS, TITLE, part_starts
from index.lexical import LexicalIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Posted = tuple[NDArray[np.int32], Floats]

_NAMED = 0.8  # share of a title's weight from which a question names it
_DOCUMENTS = 3
_ROWS = 8  # of each document
_BEGUN = 2.0  # times the rarity of a number: more than any mention of it scores


class TitledDocuments:
    """The titles of an opened generation; every document with passages has one row."""

    def __init__(self, stored: Contents) -> None:
        self._stored = stored
        held = np.flatnonzero(np.diff(stored.rows))
        self._first = np.asarray(stored.rows[held])
        self._last = np.asarray(stored.rows[held + 1])
        numbers, indptr = _titles(stored, self._first)
        self._titles = LexicalIndex.build_from(numbers, indptr, stored.terms)
        self._weights = self._weighed(numbers)

    def rows(self, terms: Iterable[str]) -> tuple[int, ...]:
        """Rows of documents named in a question where the rest of its ``terms`` stands."""
        named = {term: self._titles.postings(term)[0] for term in terms}
        places = self._named(named)
        held = {term: self._held(term) for term in named} if places else {}
        found: list[int] = []
        for place in places:
            rest = [term for term, rows in named.items() if not (rows == place).any()]
            found.extend(self._within(place, {term: held[term] for term in rest}))
        return tuple(found)

    def _held(self, term: str) -> list[Posted]:
        return [part.postings(term) for part in (self._stored.heading, self._stored.body)]

    def _named(self, named: Mapping[str, NDArray[np.int32]]) -> list[int]:
        """The documents whose title is named, the longest title first."""
        met = np.zeros(len(self._weights), dtype=np.float32)
        for term, rows in named.items():
            met[rows] += self._titles.idf(term)
        whole = np.flatnonzero((met > 0) & (met >= _NAMED * self._weights))
        return [int(whole[place]) for place in best(met[whole], limit=_DOCUMENTS)]

    def _within(self, place: int, terms: Mapping[str, Sequence[Posted]]) -> list[int]:
        """The rows of a document that hold most of these terms, given with their postings."""
        first, last = int(self._first[place]), int(self._last[place])
        scores = np.zeros(last - first, dtype=np.float32)
        ends = np.array([first, last], dtype=np.int32)  # of another type postings would be copied
        for term, postings in terms.items():
            found = np.zeros_like(scores)
            for rows, score in postings:
                low, high = rows.searchsorted(ends)
                found[rows[low:high] - first] += score[low:high]
            if term.endswith(LABELS):
                found[self._begun(term, first, last)] = _BEGUN * self._stored.heading.idf(term)
            scores += found
        return [first + int(row) for row in best(scores, limit=_ROWS) if scores[row] > 0]

    def _begun(self, label: str, first: int, last: int) -> NDArray[np.int64]:
        """Which of these rows stand under a heading that begins with a number, from 0."""
        held = self._stored.heading_rows
        edges = held.indptr[first : last + 1]
        inside = slice(edges[0], edges[-1])
        starts = part_starts(edges - edges[0], self._stored.levels[inside])
        number = self._stored.terms.number(label)
        begins = starts[held.numbers[inside][starts] == number]
        return np.asarray(np.searchsorted(edges - edges[0], begins, side="right") - 1)

    def _weighed(self, numbers: NDArray[np.int32]) -> Floats:
        """The weight of each title: of its distinct terms together; infinite for none."""
        weights = np.zeros(len(self._first), dtype=np.float32)
        for number in np.unique(numbers).tolist():
            term = self._stored.terms[number]
            weights[self._titles.postings(term)[0]] += self._titles.idf(term)
        weights[weights <= 0] = np.inf
        return weights


def _titles(
    stored: Contents, first: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The terms of the titles above these rows end to end, and their borders."""
    held = stored.heading_rows
    titles = [
        held.ids(row)[stored.levels[held.indptr[row] : held.indptr[row + 1]] == TITLE]
        for row in first.tolist()
    ]
    flat = np.concatenate(titles) if titles else np.empty(0, dtype=np.int32)
    return flat, borders([len(title) for title in titles])
