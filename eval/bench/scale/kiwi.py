"""What Kiwi alone needs for texts: the floor of any build that segments with it."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from random import Random
from threading import BrokenBarrierError
from typing import TYPE_CHECKING

from eval.bench.peers.tokens import Tagged
from eval.errors import BenchmarkError
from index.passages import Passage
from index.segment import Segmenter

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

WORKERS = 2
_LOAD_SECONDS = 300
_CHUNK = 500
Words = Sequence[tuple[str, str]]


def texts_to_analyse(
    passages: Sequence[Passage], *, share: float, seed: int
) -> tuple[list[str], float]:
    """Bodies and, once each, the headings above; a sample by seed, with the whole's multiple."""
    texts = [passage.body for passage in passages]
    texts.extend({passage.above: None for passage in passages})
    if share >= 1:
        return texts, 1.0
    count = max(1, round(len(texts) * share))
    sample = Random(seed).sample(texts, count)  # noqa: S311 - no secret
    characters = sum(map(len, sample))
    return sample, sum(map(len, texts)) / characters if characters else 1.0


def kiwi_seconds(texts: Sequence[str], *, user_words: Words, workers: int = WORKERS) -> float:
    """Wall time of Kiwi over the texts in so many processes, its loading not counted.

    Raises ``BenchmarkError`` where a process fails.
    """
    context = get_context("spawn")
    barrier = context.Barrier(workers + 1)
    processes = [
        context.Process(target=_analyse_all, args=(texts[n::workers], user_words, barrier))
        for n in range(workers)
    ]
    for process in processes:
        process.start()
    try:
        barrier.wait(_LOAD_SECONDS)
        started = time.perf_counter()
    except BrokenBarrierError as error:
        raise BenchmarkError("Kiwi could not be loaded in a process of its own") from error
    finally:
        for process in processes:
            process.join()
    if any(process.exitcode for process in processes):
        raise BenchmarkError("a process that ran Kiwi failed; see its error above")
    return time.perf_counter() - started


def analyse_apart(texts: Sequence[str], *, workers: int = WORKERS) -> Mapping[str, Tagged]:
    """The tagged morphemes of every text, by text; equal pairs are one object."""
    distinct = list(dict.fromkeys(texts))
    chunks = [distinct[start : start + _CHUNK] for start in range(0, len(distinct), _CHUNK)]
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    found: dict[str, Tagged] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for chunk, rows in zip(chunks, pool.map(_tagged, chunks), strict=True):
            for text, row in zip(chunk, rows, strict=True):
                found[text] = tuple(pairs.setdefault(pair, pair) for pair in row)
    return found


def _analyse_all(texts: Sequence[str], user_words: Words, barrier: Barrier) -> None:
    segmenter = Segmenter(user_words=user_words)
    segmenter.load()
    barrier.wait(_LOAD_SECONDS)
    for text in texts:
        segmenter.tagged(text)


def _tagged(texts: Sequence[str]) -> list[list[tuple[str, str]]]:
    segmenter = _segmenter()
    # One object a form keeps what is sent back small.
    return [
        [(sys.intern(form), sys.intern(tag)) for form, tag in segmenter.tagged(text)]
        for text in texts
    ]


@cache
def _segmenter() -> Segmenter:
    """The one of this worker process."""
    return Segmenter()
