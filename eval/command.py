"""The ``eval`` command: asks the question sets and shows what has become worse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.cli_common import AsOf, Data, open_index, progress_bar, settings_for
from assistant.ports import Answering
from eval import baseline as accepted
from eval.bench.command import register as register_bench
from eval.cases import BUNDLED, load_cases
from eval.documents import DocumentMap, load_document_map
from eval.report import make_console, show_report, write_report
from eval.retrieval import Search
from eval.run import AS_OF, Report, Setup, run
from eval.training import register as register_training

_CANONICAL = "policy-qa eval --data DIR --out DIR --accept"


def register(app: typer.Typer) -> None:
    """Add ``eval``, ``bench`` and ``train`` to the command line."""
    app.command("eval")(evaluate)
    register_bench(app)
    register_training(app)


def evaluate(
    *,
    out: Annotated[Path, typer.Option(help="Folder for report.json and index.html.")],
    data: Data = None,
    questions: Annotated[
        list[Path] | None,
        typer.Option(help="Question file; may be repeated.", show_default="the bundled files"),
    ] = None,
    documents: Annotated[
        Path | None, typer.Option(help='JSON of gold id to index id, or to "any".')
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(help="Accepted figures.", show_default="the bundled, unless ids are mapped"),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Accept the figures reached.")] = False,
    as_of: AsOf = None,
) -> None:
    """Ask the question sets, show how good the answers are; status 1 below the accepted figures."""
    console = make_console()
    report = _measure(data, questions=questions, documents=documents, as_of=as_of or AS_OF)
    show_report(report, console)
    stored = baseline or (None if documents else accepted.BUNDLED)
    violations = _settle(report, stored, accept=accept, console=console)
    page = write_report(report, out, violations=violations)
    _say(console, f"Report: {page}")
    if violations:
        raise typer.Exit(1)


def open_index_of(data: Path | None) -> tuple[Answering, Search]:
    """Answering and search over one data folder; a test puts fakes in its place."""
    from assistant.wiring import open_reranking  # noqa: PLC0415 - heavy, and not for --help
    from eval.sections import open_search  # noqa: PLC0415 - as above

    settings = settings_for(data=data)
    reranking = open_reranking(settings)
    answering = open_index(settings, reranking=reranking)
    return answering, open_search(settings.data, reranking=reranking)


def _measure(
    data: Path | None,
    *,
    questions: Sequence[Path] | None,
    documents: Path | None,
    as_of: datetime,
) -> Report:
    cases = load_cases(questions or BUNDLED)
    names = load_document_map(documents) if documents else DocumentMap()
    answering, search = open_index_of(data)
    setup = Setup(as_of=as_of, names=names, search=search)
    with progress_bar() as step:
        return run(cases, answering, setup=setup, progress=partial(step, "asking"))


def _settle(
    report: Report, path: Path | None, *, accept: bool, console: Console
) -> tuple[str, ...]:
    """Accept the figures or compare them; returns what is below the baseline, in words."""
    if path is None:
        _say(console, "Not compared: the documents are not those of the accepted figures.")
        return ()
    previous = accepted.read_baseline(path) if path.exists() else None
    if accept:
        found = accepted.accept(report, command=_CANONICAL, previous=previous)
        accepted.write_baseline(found, path)
        _say(console, f"Accepted: {path}")
        return ()
    if previous is None:
        _say(console, "Not compared: there are no accepted figures yet; --accept stores these.")
        return ()
    violations = tuple(str(found) for found in accepted.compare(report, previous))
    for line in violations:
        _say(console, f"Below the accepted figures: {line}", style="red")
    return violations


def _say(console: Console, line: str, *, style: str | None = None) -> None:
    console.print(line, style=style, highlight=False, markup=False, soft_wrap=True)
