"""Arrays of numbers as files that are opened without being read."""

from __future__ import annotations

from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_PAGE = 4096


def save_array(path: Path, array: NDArray[Any]) -> None:
    """Writes an array as a ``.npy`` file."""
    np.save(path, np.ascontiguousarray(array), allow_pickle=False)


def open_array(path: Path) -> NDArray[Any]:
    """Maps an array that ``save_array`` wrote into memory; raises OSError and ValueError."""
    mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    # A plain view: every slice of a memmap object costs several microseconds more.
    return np.asarray(mapped).view(np.ndarray)


def open_bytes(path: Path) -> memoryview:
    """Maps a file of bytes into memory."""
    if not path.stat().st_size:
        return memoryview(b"")  # nothing cannot be mapped
    with path.open("rb") as stream:
        return memoryview(mmap(stream.fileno(), 0, access=ACCESS_READ))


def touch(*arrays: NDArray[Any]) -> None:
    """Has mapped arrays read into memory: one byte of every page is looked at."""
    for array in arrays:
        if array.size:
            array.reshape(-1).view(np.uint8)[::_PAGE].max()


def borders(lengths: Sequence[int] | NDArray[Any]) -> NDArray[np.int64]:
    """Where each of several pieces laid end to end begins, and the last one ends."""
    found = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=found[1:])
    return found


def blocks(indptr: NDArray[np.int64], *, size: int) -> Iterator[tuple[int, int]]:
    """Ranges of rows that hold about ``size`` entries each, one row at least."""
    rows = len(indptr) - 1
    edges = [0]
    while edges[-1] < rows:
        reach = np.searchsorted(indptr, indptr[edges[-1]] + size, side="right") - 1
        edges.append(int(min(rows, max(reach, edges[-1] + 1))))
    return pairwise(edges)
