"""The ``bench`` commands on BEIR collections: ``retrieval`` scores and the ``table`` with peers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli_common import Data, progress_bar, settings_for
from assistant.settings import Settings
from eval.bench.adapted import adapted
from eval.bench.beir import Collection, read_collection
from eval.bench.compare import markdown, score_peers
from eval.bench.curve import curve
from eval.bench.fuzz.command import fuzz
from eval.bench.measure import Engine, Step, measure
from eval.bench.opened import open_engine
from eval.bench.scale.command import scale
from eval.bench.settle import Accept, Check, settle
from eval.errors import BenchmarkError
from eval.report import make_console

Scores = Mapping[str, Mapping[str, float]]
Found = dict[str, dict[str, float]]


def register(app: typer.Typer) -> None:
    """Add ``bench`` with its commands."""
    bench = typer.Typer(help="Measure parts of the program on public collections.")
    bench.callback()(_bench)
    for command in (retrieval, table, adapted, scale, fuzz, curve):
        bench.command(command.__name__)(command)
    app.add_typer(bench, name="bench")


def _bench() -> None:
    """Measure parts of the program on public collections."""


def retrieval(  # noqa: PLR0913 - options of a command
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
    peers: Annotated[bool, typer.Option("--peers", help="Measure other retrieval too.")] = False,
    check: Check = False,
    accept: Accept = False,
) -> None:
    """Index each collection, ask its questions and write the scores."""
    collections = _read_all(folders)
    settings = settings_for(data=data, embedding=embedding, reranker=reranker)
    fitted = None if adapt is None else read_collection(adapt)
    scores, others = _run(collections, settings, with_peers=peers, adapt=fitted)
    _write(scores, others, out)
    console = make_console()
    console.print(_table(scores))
    for name, found in others.items():
        console.print(f"\n{name}", highlight=False, markup=False)
        console.print(_table(found))
    settle(collections, scores, check=check, accept=accept, console=console)


def table(
    *,
    beir: Annotated[list[Path], typer.Option(metavar="DIR", help="BEIR folder; may be repeated.")],
    out: Annotated[Path, typer.Option(help="Folder for retrieval.md and retrieval.json.")],
    data: Data = None,
    check: Check = False,
    accept: Accept = False,
) -> None:
    """Measure our search and its peers in one run and write the table of both."""
    collections = _read_all(beir)
    scores, others = _run(collections, settings_for(data=data), with_peers=True)
    _write(scores, others, out / "retrieval.json")
    text = markdown(scores, others)
    (out / "retrieval.md").write_text(text, encoding="utf-8")
    console = make_console()
    console.print(text, highlight=False, markup=False, soft_wrap=True)
    settle(collections, scores, check=check, accept=accept, console=console)


def open_peers(settings: Settings, *, progress: Step) -> Mapping[str, Callable[[], Engine]]:
    """The peers to measure, by name; a test puts fakes in their place."""
    from eval.bench.peers.choose import open_peers as opened  # noqa: PLC0415 - as above

    return opened(cache=settings.data, embedding=settings.embedding, progress=progress)


def _read_all(folders: Sequence[Path]) -> list[Collection]:
    collections = [read_collection(folder) for folder in folders]
    _refuse_twins(collections)
    return collections


def _run(
    collections: Sequence[Collection],
    settings: Settings,
    *,
    with_peers: bool,
    adapt: Collection | None = None,
) -> tuple[Found, dict[str, Found]]:
    with progress_bar() as step:
        scores = _measure_all(collections, settings, adapt=adapt, progress=step)
        if not with_peers:
            return scores, {}
        return scores, score_peers(collections, open_peers(settings, progress=step), progress=step)


def _measure_all(
    collections: Sequence[Collection],
    settings: Settings,
    *,
    adapt: Collection | None,
    progress: Step,
) -> Found:
    engine = open_engine(settings, progress=progress)
    if adapt is not None:
        engine.adapt(adapt, progress=progress)
    return {
        collection.name: measure(collection, engine, progress=progress)
        for collection in collections
    }


def _refuse_twins(collections: Sequence[Collection]) -> None:
    names = [collection.name for collection in collections]
    if twins := sorted({name for name in names if names.count(name) > 1}):
        raise BenchmarkError(f"two folders are called {twins[0]}; rename one")


def _write(scores: Scores, peers: Mapping[str, Scores], out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    found = {"sets": scores, **({"peers": peers} if peers else {})}
    out.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


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
