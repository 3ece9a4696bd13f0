"""Gathers the terms of candidates, and of the sections they stand in, for their features."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.arrays import borders
from index.contents import Contents
from index.features import Ragged, Texts
from index.headings import LABELS, Above
from index.rows import TermRows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

_LEAD = 12  # terms that open a section: its heading, or the line that names the matter
_AROUND = 4  # passages of the section on each side; a section may be a whole book
_LONGEST = 512  # terms of a passage; a table set in one line may have thousands


class TextSource:
    """The terms of passages and sections of an opened generation."""

    def __init__(self, stored: Contents) -> None:
        self._stored = stored
        lengths = np.diff(stored.body_rows.indptr)[~stored.singles]
        sections = len(np.unique(stored.sections[~stored.singles]))
        self._labels = stored.terms.ending(LABELS)  # of every term whether it is a number
        self._mean = float(lengths.sum() / max(sections, 1))

    def of(self, rows: Rows) -> Texts:
        """What the features need of these rows."""
        stored = self._stored
        first = np.searchsorted(stored.sections, stored.sections[rows])
        return Texts(
            passages=_ragged(
                [(stored.heading_rows, rows), (stored.body_rows, rows)], longest=_LONGEST
            ),
            sections=self._around(rows, first),
            leads=_ragged([(stored.body_rows, first)], longest=_LEAD),
            mean_section=self._mean,
            bare=stored.bare[rows],
            above=self._above(rows),
        )

    def _above(self, rows: Rows) -> Above:
        held = self._stored.heading_rows
        terms = _ragged([(held, rows)], longest=_LONGEST)
        starts = held.indptr[rows]
        ends = starts + terms.lengths
        parts = [self._stored.levels[a:b] for a, b in zip(starts, ends, strict=True)]
        levels = np.concatenate(parts) if parts else np.empty(0, dtype=np.uint8)
        return Above(
            terms,
            levels,
            self._labels[terms.flat],
            documents=np.searchsorted(self._stored.rows, rows, side="right"),
            sections=self._stored.sections[rows].astype(np.int64),
        )

    def terms_of(self, rows: Rows) -> list[str]:
        """The terms above some rows of one section, and of their text, in reading order."""
        stored = self._stored
        if not len(rows):
            return []
        texts = [int(row) for row in rows if not stored.singles[row]] or [int(rows[0])]
        above = stored.heading_rows.ids(texts[0])
        parts = [above, *(stored.body_rows.ids(row) for row in texts)]
        return [stored.terms[int(number)] for part in parts for number in part]

    def _around(self, rows: Rows, first: Rows) -> Ragged:
        """The body terms of each row and its neighbours; a table's single rows stand in them."""
        stored = self._stored
        last = np.searchsorted(stored.sections, stored.sections[rows], side="right")
        low, high = np.maximum(first, rows - _AROUND), np.minimum(last, rows + _AROUND + 1)
        parts: list[NDArray[np.int32]] = []
        lengths: list[int] = []
        for row, start, end in zip(rows, low, high, strict=True):
            near = [n for n in range(start, end) if not stored.singles[n]] or [int(row)]
            found = [stored.body_rows.ids(n)[:_LONGEST] for n in near]
            parts.extend(found)
            lengths.append(sum(map(len, found)))
        return Ragged(_flat(parts), borders(lengths))


def _ragged(sources: list[tuple[TermRows, Rows]], *, longest: int) -> Ragged:
    """For each row its terms of all sources, one after another."""
    parts = [
        part.ids(int(row))[:longest]
        for places in zip(*(rows for _, rows in sources), strict=True)
        for (part, _), row in zip(sources, places, strict=True)
    ]
    count = len(sources)
    lengths = [sum(map(len, parts[n : n + count])) for n in range(0, len(parts), count)]
    return Ragged(_flat(parts), borders(lengths))


def _flat(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
