"""The terms of an index by number, and the number of a term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, overload

import numpy as np

from index.arrays import borders, open_array, open_bytes, save_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REMEMBERED = 1 << 14
_TEXT, _STARTS, _ORDER = "terms.bin", "starts.npy", "order.npy"


class TermTable(Sequence[str]):
    """Distinct terms numbered from 0; opened from files, nothing is read until it is asked for.

    ``text`` holds the terms as UTF-8 end to end, ``starts`` their borders, shape (terms + 1,),
    ``order`` their numbers in the order of their bytes. ``number(term)`` is the number of a term,
    None where the table does not hold it.
    """

    def __init__(
        self, text: memoryview, starts: NDArray[np.int64], order: NDArray[np.int32]
    ) -> None:
        self._text = text
        self._starts = starts
        self._order = order
        # A question asks for the same terms again and again: of bodies, headings, rarity.
        self.number = lru_cache(maxsize=_REMEMBERED)(self._number)

    @classmethod
    def build(cls, terms: Iterable[str]) -> TermTable:
        """A table of distinct terms in the order given."""
        encoded = [term.encode("utf-8", "surrogatepass") for term in terms]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        starts = borders([len(term) for term in encoded])
        return cls(memoryview(b"".join(encoded)), starts, np.asarray(order, dtype=np.int32))

    def _number(self, term: str) -> int | None:
        """The number of a term, None where the table does not hold it."""
        wanted = term.encode("utf-8", "surrogatepass")
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(int(self._order[middle])) < wanted:
                low = middle + 1
            else:
                high = middle
        found = int(self._order[low]) if low < len(self._order) else -1
        return found if found >= 0 and self._bytes(found) == wanted else None

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[str, ...]: ...
    def __getitem__(self, number: int | slice) -> str | tuple[str, ...]:
        if isinstance(number, slice):
            return tuple(self[one] for one in range(*number.indices(len(self))))
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        return self._bytes(number % len(self)).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        whole = bytes(self._text)
        for start, end in pairwise(self._starts.tolist()):
            yield whole[start:end].decode("utf-8", "surrogatepass")

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self.number(term) is not None

    def ending(self, endings: Sequence[str]) -> NDArray[np.bool_]:
        """Which terms end with one of these texts of one length in bytes, shape (terms,)."""
        wanted = [np.frombuffer(ending.encode(), dtype=np.uint8) for ending in endings]
        size = len(wanted[0])
        ends = np.asarray(self._starts[1:])
        long = np.diff(self._starts) >= size
        text = np.frombuffer(self._text, dtype=np.uint8)
        found = np.zeros(len(self), dtype=np.bool_)
        for ending in wanted:
            same = long.copy()
            for back, byte in enumerate(ending[::-1], 1):
                same[same] = text[ends[same] - back] == byte
            found |= same
        return found

    def save(self, folder: Path) -> None:
        """Writes the table into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _TEXT).write_bytes(self._text)
        save_array(folder / _STARTS, self._starts)
        save_array(folder / _ORDER, self._order)

    @classmethod
    def load(cls, folder: Path) -> TermTable:
        """Opens what ``save`` wrote."""
        text = open_bytes(folder / _TEXT)
        return cls(text, open_array(folder / _STARTS), open_array(folder / _ORDER))

    def _bytes(self, number: int) -> bytes:
        return bytes(self._text[int(self._starts[number]) : int(self._starts[number + 1])])
