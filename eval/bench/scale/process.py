"""Work in a process of its own, with its time and the most memory it held."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from typing import Generic, ParamSpec, TypeVar

from eval.errors import BenchmarkError

P = ParamSpec("P")
R = TypeVar("R")

_PROC = Path("/proc")
_EVERY = 0.1
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Measured(Generic[R]):
    """A result, wall time in seconds and peak resident memory in MiB of all its processes."""

    result: R
    seconds: float
    peak_mib: float


def run_apart(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Measured[R]:
    """Call a module's function in a spawned process, which may start others.

    The memory is the sum over that process and those below it, read ten times a second; pages
    they share count in each. Raises ``BenchmarkError`` where there is no /proc.
    """
    if not (_PROC / "self" / "statm").exists():
        raise BenchmarkError("memory is read from /proc, which is not here; run this on Linux")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool, _peak() as peak:
        started = time.perf_counter()
        result = pool.submit(function, *args, **kwargs).result()
        seconds = time.perf_counter() - started
    return Measured(result, seconds, max(peak) / _MIB)


@contextmanager
def _peak() -> Iterator[list[int]]:
    """A list that ends up holding the bytes all processes below this one held, by time."""
    seen: list[int] = [0]
    over = Event()

    def watch() -> None:
        while not over.wait(_EVERY):
            seen[:] = [max(seen[0], resident_below(os.getpid()))]

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def resident_below(pid: int) -> int:
    """Bytes of memory that all processes started by this one, and by those, hold now."""
    parents = dict(_parents())
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(_resident(child) for child in family - {pid})


def _parents() -> Iterator[tuple[int, int]]:
    for folder in _PROC.iterdir():
        if folder.name.isdecimal() and (fields := _read(folder / "stat")):
            # The name, in brackets, may hold spaces and brackets itself.
            yield int(folder.name), int(fields.rpartition(")")[2].split()[1])


def _resident(pid: int) -> int:
    fields = _read(_PROC / str(pid) / "statm").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") if fields else 0


def _read(path: Path) -> str:
    """The file of a process; empty where it has ended meanwhile."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
