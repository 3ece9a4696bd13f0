"""Numbers for terms, given as they are first met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Numbers(dict[str, int]):
    """Terms with their numbers from 0; one that is looked up first gets the next."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number

    def of(self, terms: Sequence[str]) -> NDArray[np.int32]:
        """The numbers of some terms."""
        return np.fromiter(map(self.__getitem__, terms), dtype=np.int32, count=len(terms))
