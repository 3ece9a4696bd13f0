"""Segmenting the documents of a build, in this process or in several."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import current_process, get_context, parent_process
from threading import Thread
from typing import Any

from corpus.errors import CorpusError
from index.errors import BuildInterrupted
from index.segment import Segmenter
from index.segmented import DocumentSegmenter
from index.sources import Source

# Below this, starting processes that each load Kiwi takes longer than they save.
_WORTH_PROCESSES = 6_000_000
_TASK = 300_000  # bytes a task: small files go together, since each task costs a round trip

Task = Sequence[tuple[int, Source]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a source: its packed segments, or why there are none."""

    place: int
    content: bytes
    error: CorpusError | OSError | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a process needs to segment: the words to keep whole and the size of passages."""

    user_words: tuple[tuple[str, str], ...]
    passage_size: int


def segment_all(
    sources: Sequence[tuple[int, Source]],
    *,
    segmenter: Segmenter,
    passage_size: int,
    workers: int,
) -> Iterator[Outcome]:
    """Segments (place, source) pairs in any order, in ``workers`` processes if it is worth it.

    Raises BuildInterrupted when one of the processes ends before its work is done.
    """
    worth = sum(source.size for _, source in sources) >= _WORTH_PROCESSES
    if workers < 2 or not worth or current_process().daemon:
        here = DocumentSegmenter(segmenter=segmenter, passage_size=passage_size)
        yield from (_outcome(here, place, source) for place, source in sources)
    else:
        recipe = Recipe(segmenter.user_words, passage_size)
        yield from _in_processes(_tasks(sources), recipe=recipe, workers=workers)


def _in_processes(tasks: Sequence[Task], *, recipe: Recipe, workers: int) -> Iterator[Outcome]:
    # Not forked: a copy of a process whose libraries run threads hangs.
    pool = ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_start, initargs=(recipe,)
    )
    try:
        futures: list[Future[list[Outcome]]] = [pool.submit(_work, task) for task in tasks]
        for future in as_completed(futures):
            yield from future.result()
    except BrokenProcessPool as error:
        raise BuildInterrupted(
            "a process of the build ended before its work was done (out of memory?); "
            "build again, it goes on from here, with fewer workers if it ends again"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _tasks(sources: Sequence[tuple[int, Source]]) -> list[Task]:
    """Sources in groups of about one size, the largest first, so that all end together."""
    tasks: list[list[tuple[int, Source]]] = []
    room = 0
    for place, source in sorted(sources, key=lambda pair: -pair[1].size):
        if room < source.size:
            tasks.append([])
            room = _TASK
        tasks[-1].append((place, source))
        room -= source.size
    return list(tasks)


class _Process:
    """What a worker process holds between its tasks."""

    segmenter: DocumentSegmenter


def _start(recipe: Recipe) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the builder ends its workers itself
    Thread(target=_end_with_builder, daemon=True).start()
    segmenter = Segmenter(user_words=recipe.user_words)
    segmenter.load()
    _Process.segmenter = DocumentSegmenter(segmenter=segmenter, passage_size=recipe.passage_size)


def _work(task: Task) -> list[Outcome]:
    return [_outcome(_Process.segmenter, place, source) for place, source in task]


def _outcome(segmenter: DocumentSegmenter, place: int, source: Source) -> Outcome:
    try:
        return Outcome(place, segmenter.segment(source.document()).packed())
    except (CorpusError, OSError) as error:
        return Outcome(place, b"", error)


def _end_with_builder() -> None:
    """A killed builder cannot tell its workers, which would wait for work for ever."""
    builder: Any = parent_process()
    builder.join()
    os._exit(1)
