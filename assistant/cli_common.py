"""What the commands share: options, settings, the index check, progress bars."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.clock import parse_as_of
from assistant.errors import InvalidAsOf, NotReady
from assistant.ports import Answering
from assistant.runtime import current_generation
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from index.reranking import Reranking

Report = Callable[[str, int, int], None]
Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Data folder.", show_default="./var"),
]


def _read_as_of(text: str) -> datetime:
    try:
        return parse_as_of(text)
    except InvalidAsOf as error:
        raise typer.BadParameter(str(error)) from error


AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=_read_as_of,
        help="Answer as of this day, e.g. 2026-05-18.",
        show_default="now",
    ),
]


def settings_for(**options: object) -> Settings:
    """The settings with a command's options; commands print what they say and log only trouble."""
    settings = load_settings(**options)
    set_log_level("DEBUG" if settings.log_level == "debug" else "WARNING")
    return settings


def open_index(settings: Settings, *, reranking: Reranking | None = None) -> Answering:
    """The current generation, ready to answer; raise ``NotReady`` where none was built.

    ``reranking`` stands in for that of the settings.
    """
    if current_generation(settings.data) is None:
        message = (
            f"{settings.data} holds no index yet; "
            f"run: policy-qa index build --corpus DIR --data {settings.data}"
        )
        raise NotReady(message)
    from assistant import wiring  # noqa: PLC0415 - loads the models

    return wiring.open_answering(settings, reranking=reranking)


@contextmanager
def progress_bar() -> Iterator[Report]:
    """A function to report (stage, done, total) to; it draws on a terminal only."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda *_: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        tasks = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done, total=total)

        yield report


def set_log_level(level: str) -> None:
    """What reaches stderr; libraries that raise their own logger's level are held to it too."""
    root = logging.getLogger()
    root.setLevel(level)
    for handler in root.handlers:
        handler.setLevel(level)
