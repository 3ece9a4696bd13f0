"""Rows of differing length, end to end in one array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row i is ``flat[starts[i]:starts[i + 1]]``."""

    flat: NDArray[np.int32]
    starts: Ints

    @property
    def lengths(self) -> Ints:
        """Length of each row."""
        return np.diff(self.starts)

    @property
    def owners(self) -> Ints:
        """The row of every entry, shape (flat,)."""
        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)


def spread(starts: NDArray[Any], lengths: NDArray[Any]) -> Ints:
    """The places of several stretches, one after another: each its start and what follows it."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(np.asarray(starts) - before, lengths) + np.arange(int(lengths.sum()))
