"""The ``bench retrieval`` command: retrieval scores on BEIR collections."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli_common import Data, progress_bar, settings_for
from assistant.settings import Settings
from eval.bench.beir import Collection, read_collection
from eval.bench.measure import Engine, Step, measure
from eval.errors import BenchmarkError
from eval.report import make_console

Scores = Mapping[str, Mapping[str, float]]


def register(app: typer.Typer) -> None:
    """Add ``bench`` with its one command."""
    bench = typer.Typer(help="Measure parts of the program on public collections.")
    bench.callback()(_bench)
    bench.command("retrieval")(retrieval)
    app.add_typer(bench, name="bench")


def _bench() -> None:
    """Measure parts of the program on public collections."""


def retrieval(
    *,
    folders: Annotated[list[Path], typer.Argument(metavar="BEIR_DIR...", show_default=False)],
    out: Annotated[Path, typer.Option(help="JSON file to write.")],
    data: Data = None,
    adapt: Annotated[
        Path | None, typer.Option(help="BEIR folder to fit the embedding on first.")
    ] = None,
    embedding: Annotated[
        str | None, typer.Option(help="As POLICY_QA_EMBEDDING.", show_default="the setting")
    ] = None,
    reranker: Annotated[
        str | None, typer.Option(help="As POLICY_QA_RERANKER.", show_default="the setting")
    ] = None,
) -> None:
    """Index each collection, ask its questions and write the scores."""
    if adapt is not None:
        raise BenchmarkError("--adapt is not available yet; leave it out")
    collections = [read_collection(folder) for folder in folders]
    _refuse_twins(collections)
    settings = settings_for(data=data, embedding=embedding, reranker=reranker)
    with progress_bar() as step:
        scores = _measure_all(collections, settings, progress=step)
    _write(scores, out)
    make_console().print(_table(scores))


def open_engine(settings: Settings, *, progress: Step) -> Engine:
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


def _measure_all(
    collections: Sequence[Collection], settings: Settings, *, progress: Step
) -> dict[str, dict[str, float]]:
    engine = open_engine(settings, progress=progress)
    return {
        collection.name: measure(collection, engine, progress=progress)
        for collection in collections
    }


def _refuse_twins(collections: Sequence[Collection]) -> None:
    names = [collection.name for collection in collections]
    if twins := sorted({name for name in names if names.count(name) > 1}):
        raise BenchmarkError(f"two folders are called {twins[0]}; rename one")


def _write(scores: Scores, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"sets": scores}, ensure_ascii=False, indent=2) + "\n"
    out.write_text(text, encoding="utf-8")


def _table(scores: Scores) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("set", overflow="fold")
    for name in next(iter(scores.values()), {}):
        # On a terminal of 80 columns the names fit on two lines only.
        heading = name.replace("@", "\n@").replace("_ms_", "\nms ")
        table.add_column(heading, justify="right", no_wrap=True)
    for name, values in scores.items():
        table.add_row(name, *(f"{value:,.3f}" for value in values.values()))
    return table
