"""policy-qa index build | status | rollback | adapt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli_common import Data, progress_bar, settings_for

if TYPE_CHECKING:
    from index.adapt import AdaptReport

Corpus = Annotated[
    Path | None,
    typer.Option(
        "--corpus", metavar="DIR", help="Folder of documents.", show_default="bundled documents"
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Build and manage the index.", no_args_is_help=True)
    group.command()(build)
    group.command()(status)
    group.command()(rollback)
    group.command()(adapt)
    app.add_typer(group, name="index")


def build(corpus: Corpus = None, data: Data = None) -> None:
    """Build a new generation of the index and switch to it."""
    settings = settings_for(data=data, corpus=corpus)
    from assistant import wiring  # noqa: PLC0415 - loads the models

    with progress_bar() as report:
        built = wiring.build_corpus(
            corpus=settings.corpus or bundled_corpus(), settings=settings, progress=report
        )
    for reason in built.skipped:
        typer.echo(f"skipped: {reason}", err=True)
    for note in built.notes:
        typer.echo(note, err=True)
    typer.echo(
        f"{built.generation}: {built.documents} documents, {built.sections} sections, "
        f"{built.passages} passages in {built.seconds:.1f} s"
    )


def status(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say which generation serves and what it holds."""
    settings = settings_for(data=data)
    from assistant import wiring  # noqa: PLC0415 - loads the models

    found = {name: _plain(value) for name, value in wiring.index_status(settings).items()}
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
        return
    for name, value in found.items():
        typer.echo(f"{name}: {_shown(value)}")


def rollback(data: Data = None) -> None:
    """Go back to the generation before."""
    settings = settings_for(data=data)
    from assistant import wiring  # noqa: PLC0415 - loads the models

    typer.echo(f"now serving {wiring.rollback_index(settings)}")


def adapt(
    pairs: Annotated[
        Path,
        typer.Option(
            "--pairs",
            metavar="FILE",
            help="Reviewed questions: JSON lines, or SQLite with a table reviewed_questions.",
        ),
    ],
    data: Data = None,
) -> None:
    """Fit the index to reviewed questions, as a new generation."""
    settings = settings_for(data=data)
    from assistant import wiring  # noqa: PLC0415 - loads the models
    from assistant.reviewed_pairs import read_pairs  # noqa: PLC0415 - as above

    read = read_pairs(pairs)
    with progress_bar() as report:
        name, brought = wiring.adapt_corpus(pairs=read, settings=settings, progress=report)
    for line in _brought(brought):
        typer.echo(line)
    typer.echo(f"now serving {name}; go back with policy-qa index rollback")


def _brought(report: AdaptReport) -> Iterator[str]:
    yield f"{report.pairs} reviewed questions in {report.seconds:.1f} s"
    if report.unknown:
        yield f"{report.unknown} name a section that is not in the index and were left out"
    for what, before, after in (
        ("reviewed questions held back", report.own_before, report.own_after),
        ("older questions", report.kept_before, report.kept_after),
    ):
        yield (
            f"{what} ({after.questions}): section first {before.first:.1%} -> {after.first:.1%}, "
            f"among five {before.fifth:.1%} -> {after.fifth:.1%}"
        )


def bundled_corpus() -> Path:
    """The folder of documents that comes with the program."""
    return Path(str(resources.files("corpus"))) / "documents"


def _plain(value: object) -> object:
    """A record as its short fields: a manifest's list of files is not for people."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    found = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: one for name, one in found.items() if isinstance(one, str | int | float)}


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, dict):
        return ", ".join(f"{key} {inner}" for key, inner in value.items()) or "-"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "-"
    return str(value)
