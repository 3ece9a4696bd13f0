"""Gathers the terms of candidates, and of the sections they stand in, for their features."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.arrays import borders
from index.contents import Contents
from index.features import Texts
from index.headings import LABELS, Above
from index.ragged import Ragged, spread
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
        above, levels = self._above(rows)
        bodies = _gathered(stored.body_rows, rows, longest=_LONGEST)
        whole = borders(above.lengths + bodies.lengths)
        flat = np.empty(int(whole[-1]), dtype=np.int32)
        headed = spread(whole[:-1], above.lengths)
        flat[headed] = above.flat
        flat[spread(whole[:-1] + above.lengths, bodies.lengths)] = bodies.flat
        return Texts(
            passages=Ragged(flat, whole),
            sections=self._around(rows, first),
            leads=_gathered(stored.body_rows, first, longest=_LEAD),
            mean_section=self._mean,
            bare=stored.bare[rows],
            above=Above(
                above,
                levels,
                self._labels[above.flat],
                documents=np.searchsorted(stored.rows, rows, side="right"),
                sections=stored.sections[rows].astype(np.int64),
            ),
            headed=headed,
        )

    def _above(self, rows: Rows) -> tuple[Ragged, NDArray[np.uint8]]:
        """The terms above these rows, and the level of each."""
        held = self._stored.heading_rows
        places, lengths = _places(held, rows, longest=_LONGEST)
        return Ragged(held.numbers[places], borders(lengths)), self._stored.levels[places]

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
        near = Ragged(spread(low, high - low).astype(np.int32), borders(high - low))
        owners = near.owners
        kept = ~stored.singles[near.flat]
        alone = np.bincount(owners[kept], minlength=len(rows)) == 0
        kept |= alone[owners] & (near.flat == rows[owners])
        found = _gathered(stored.body_rows, near.flat[kept].astype(np.int64), longest=_LONGEST)
        lengths = np.bincount(owners[kept], weights=found.lengths, minlength=len(rows))
        return Ragged(found.flat, borders(lengths))


def _gathered(source: TermRows, rows: Rows, *, longest: int) -> Ragged:
    """The first ``longest`` terms of each of these rows."""
    places, lengths = _places(source, rows, longest=longest)
    return Ragged(source.numbers[places], borders(lengths))


def _places(source: TermRows, rows: Rows, *, longest: int) -> tuple[Rows, Rows]:
    """Where the first ``longest`` terms of these rows stand, and how many each has of them."""
    starts = source.indptr[rows]
    lengths = np.minimum(source.indptr[rows + 1] - starts, longest)
    return spread(starts, lengths), lengths
