"""The engine under measurement, as the settings name it."""

from __future__ import annotations

from assistant.settings import Settings
from eval.bench.measure import AdaptableEngine, Step


def open_engine(settings: Settings, *, progress: Step) -> AdaptableEngine:
    """The engine to measure; a test puts a fake in its place."""
    from assistant import wiring  # noqa: PLC0415 - loads the models
    from eval.bench.engine import IndexEngine  # noqa: PLC0415 - heavy, and not for --help

    with wiring.embedding_named():
        return IndexEngine(
            cache=settings.data,
            embedding=settings.embedding,
            reranking=wiring.open_reranking(settings),
            progress=progress,
        )
