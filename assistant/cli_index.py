"""policy-qa index build | status | rollback | adapt."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli_common import Data, progress_bar, settings_for
from assistant.errors import AssistantError

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


def adapt(data: Data = None) -> None:
    """Fit the embedding to reviewed questions (not in this version)."""
    settings_for(data=data)
    message = "index adapt is not available in this version; the index works without it"
    raise AssistantError(message)


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
