"""Which generations served, in order: the way back from one that turned out badly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.files import write_atomically

_FILE = "SERVED"


def served(data: Path, *, serving: str | None, held: Sequence[str]) -> list[str]:
    """The names of generations that served up to the one that does, of those still held.

    ``held`` are all names, oldest first; of a data folder without a record they served in order.
    """
    path = data / _FILE
    recorded = path.read_text(encoding="utf-8").split() if path.is_file() else list(held)
    if serving in recorded:
        recorded = recorded[: recorded.index(serving) + 1]
    elif serving is not None:
        recorded = [name for name in held if name <= serving]
    return [name for name in recorded if name in held]


def record(data: Path, names: Sequence[str]) -> None:
    """Writes which generations served, the one that does last."""
    write_atomically(data / _FILE, "".join(name + "\n" for name in names))
