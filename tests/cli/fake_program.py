"""Runs the command line with a small wiring in place of the real one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import assistant
from assistant.cli import main
from assistant.settings import Settings
from index.errors import IndexUnreadable
from tests.api.fakes import FakeAnswering


def build_corpus(
    *, corpus: Path, settings: Settings, progress: Callable[[str, int, int], None]
) -> SimpleNamespace:
    progress("read", 1, 1)
    settings.data.mkdir(parents=True, exist_ok=True)
    (settings.data / "CURRENT").write_text("g1\n", "utf-8")
    count = len(list(corpus.iterdir()))
    return SimpleNamespace(
        generation="g1",
        documents=count,
        sections=2,
        passages=3,
        seconds=0.5,
        skipped=("bad.bin: unsupported",),
        notes=(),
    )


def open_answering(
    settings: Settings, *, reranking: object = None, warm: bool = False
) -> FakeAnswering:
    if os.environ.get("FAKE_DAMAGED"):
        message = "generation g1 is damaged;\nbuild again"
        raise IndexUnreadable(message)
    if os.environ.get("FAKE_BUG"):
        message = "surprise"
        raise ValueError(message)
    return FakeAnswering()


wiring = ModuleType("assistant.wiring")
wiring.__dict__.update(
    build_corpus=build_corpus,
    open_answering=open_answering,
    index_status=lambda settings: {"current": "g1", "generations": ["g0", "g1"], "broken": {}},
    rollback_index=lambda settings: "g0",
)
sys.modules["assistant.wiring"] = wiring
vars(assistant)["wiring"] = wiring

if __name__ == "__main__":
    main()
