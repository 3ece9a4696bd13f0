"""Measures an engine on a collection."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from eval.bench.beir import Collection, Entry
from eval.bench.scores import ndcg_at, recall_at, reciprocal_rank_at
from eval.stats import mean, percentile

RECALL_CUTS = (1, 3, 5, 10)
DEPTH = 10
Clock = Callable[[], float]
Step = Callable[[str, int, int], None]


class Engine(Protocol):
    """What can index texts and rank their ids for a question."""

    def build(self, entries: Sequence[Entry], folder: Path, *, progress: Step) -> None: ...

    def rank(self, query: str, *, limit: int) -> Sequence[str]: ...


class AdaptableEngine(Engine, Protocol):
    """One that can be fitted to the questions of a collection."""

    def adapt(self, collection: Collection, *, progress: Step) -> None: ...


@dataclass(frozen=True, slots=True)
class _Asked:
    ranked: tuple[str, ...]
    ms: float


def measure(
    collection: Collection,
    engine: Engine,
    *,
    progress: Step,
    clock: Clock = time.perf_counter,
) -> dict[str, float]:
    """Scores averaged over questions, build time in seconds, query times in milliseconds."""
    with TemporaryDirectory(prefix="policy-qa-bench-") as folder:
        started = clock()
        engine.build(collection.entries, Path(folder), progress=progress)
        build_s = clock() - started
        scores = ask_all(collection, engine, progress=progress, clock=clock)
    times = {name: scores.pop(name) for name in list(scores) if "_ms_" in name}
    return {**scores, "build_s": round(build_s, 3), **times}


def ask_all(
    collection: Collection,
    engine: Engine,
    *,
    progress: Step,
    clock: Clock = time.perf_counter,
) -> dict[str, float]:
    """Scores over all questions and their times, of an engine that was built."""
    asked = _ask(collection, engine, progress=progress, clock=clock)
    return {**_scores(collection, asked), **_times(asked)}


def _ask(
    collection: Collection, engine: Engine, *, progress: Step, clock: Clock
) -> dict[str, _Asked]:
    asked: dict[str, _Asked] = {}
    for name, text in collection.queries.items():
        started = clock()
        ranked = tuple(engine.rank(text, limit=DEPTH))
        asked[name] = _Asked(ranked, (clock() - started) * 1000)
        progress(f"{collection.name}: asking", len(asked), len(collection.queries))
    return asked


def _scores(collection: Collection, asked: dict[str, _Asked]) -> dict[str, float]:
    pairs = [(one.ranked, collection.relevance[name]) for name, one in asked.items()]
    found = {
        **{f"recall@{k}": [recall_at(r, rel, k) for r, rel in pairs] for k in RECALL_CUTS},
        f"mrr@{DEPTH}": [reciprocal_rank_at(r, rel, DEPTH) for r, rel in pairs],
        f"ndcg@{DEPTH}": [ndcg_at(r, rel, DEPTH) for r, rel in pairs],
    }
    return {name: round(mean(values) or 0.0, 4) for name, values in found.items()}


def _times(asked: dict[str, _Asked]) -> dict[str, float]:
    times = [one.ms for one in asked.values()]
    return {
        f"query_ms_p{percent}": round(percentile(times, percent) or 0.0, 2) for percent in (50, 95)
    }
