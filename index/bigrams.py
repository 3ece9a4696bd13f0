"""Character bigrams of many texts at once, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.arrays import borders

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS = 21  # of a code point
_CODE = (1 << 2 * _BITS) - 1
_UNKNOWN, _DROPPED, _KEPT, _SPACE = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class BigramCounts:
    """Which bigrams stand in each row, and how often.

    Row ``i`` holds the bigrams ``codes[numbers[a:b]]``, ascending, ``counts[a:b]`` times each,
    with a, b = ``indptr[i:i + 2]``; ``bigram`` tells what a code means.
    """

    codes: NDArray[np.int64]
    numbers: NDArray[np.int32]
    counts: NDArray[np.int32]
    indptr: NDArray[np.int64]


def bigram(code: int) -> str:
    """The characters of a code; one for a word of one character."""
    second = code & ((1 << _BITS) - 1)
    return chr(code >> _BITS) + (chr(second) if second else "")


class BigramReader:
    """Counts the bigrams ``character_bigrams`` finds, without a Python object for each."""

    def __init__(self) -> None:
        self._kinds = np.zeros(0x110000, dtype=np.uint8)

    def counts(self, texts: Sequence[str]) -> BigramCounts:
        """The bigrams of each text; two million texts at most."""
        lowered = [text.lower() for text in texts]
        # Texts are parted by a blank, so that no word runs over into the next text.
        joined = "\n".join((*lowered, "")).encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(joined, dtype=np.uint32).astype(np.int64)
        owners = np.repeat(
            np.arange(len(texts), dtype=np.int64), [len(text) + 1 for text in lowered]
        )
        kinds = self._kinds_of(points)
        kept = kinds == _KEPT
        words = np.cumsum(kinds == _SPACE)[kept]
        keys = _keys(points[kept], words, owners[kept])
        keys.sort()
        return _counted(keys, rows=len(texts))

    def _kinds_of(self, points: NDArray[np.int64]) -> NDArray[np.uint8]:
        kinds = self._kinds[points]
        for point in np.unique(points[kinds == _UNKNOWN]).tolist():
            character = chr(point)
            kind = _KEPT if character.isalnum() else _SPACE if character.isspace() else _DROPPED
            self._kinds[point] = kind
        return np.asarray(self._kinds[points], dtype=np.uint8)


def _keys(
    points: NDArray[np.int64], words: NDArray[Any], owners: NDArray[np.int64]
) -> NDArray[np.int64]:
    """A number for every bigram: its text above, its two characters below."""
    follows = np.zeros(len(points) + 1, dtype=bool)  # whether a character has one before it
    follows[1:-1] = words[1:] == words[:-1]
    second = np.flatnonzero(follows[:-1])
    alone = np.flatnonzero(~follows[:-1] & ~follows[1:])
    above = owners << 2 * _BITS
    pairs = above[second] | points[second - 1] << _BITS | points[second]
    return np.concatenate((pairs, above[alone] | points[alone] << _BITS))


def _counted(keys: NDArray[np.int64], *, rows: int) -> BigramCounts:
    """Counts of sorted keys."""
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(first, append=len(keys))
    distinct = keys[first]
    codes, numbers = np.unique(distinct & _CODE, return_inverse=True)
    indptr = borders(np.bincount(distinct >> 2 * _BITS, minlength=rows))
    return BigramCounts(codes, numbers.astype(np.int32), counts.astype(np.int32), indptr)
