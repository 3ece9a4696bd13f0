"""The ``bench scale`` command: build, memory, speed and hits on a folder of statutes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli_common import settings_for
from eval.report import make_console
from index.files import write_atomically


def scale(
    *,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False)],
    out: Annotated[Path, typer.Option(help="JSON file to write.")],
    questions: Annotated[int, typer.Option(min=1, help="Questions for articles.")] = 200,
    kiwi_sample: Annotated[
        float, typer.Option(min=0.001, max=1, help="Share of the texts Kiwi alone is timed on.")
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="Which questions and texts.")] = 0,
    peers: Annotated[bool, typer.Option(help="Measure other retrieval at this size too.")] = True,
) -> None:
    """Build an index of statutes in Markdown, ask for its articles, compare with peers."""
    from eval.bench.scale.run import Plan, measure_scale  # noqa: PLC0415 - heavy, not for --help

    plan = Plan(questions=questions, kiwi_sample=kiwi_sample, seed=seed, peers=peers)
    with TemporaryDirectory(prefix="policy-qa-scale-") as data:
        # Written before the peers run as well: they take as long and may want too much memory.
        for result in measure_scale(folder, settings_for(data=Path(data)), plan=plan):
            text = json.dumps(result, ensure_ascii=False, indent=2) + "\n"
            write_atomically(out, text)
    make_console().print(_table(result))


def _table(result: Mapping[str, object]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column("figure", overflow="fold")
    table.add_column("value", justify="right", no_wrap=True)
    for name, value in _lines(result, above=""):
        table.add_row(name, value)
    return table


def _lines(result: Mapping[str, object], *, above: str) -> Iterator[tuple[str, str]]:
    for name, value in result.items():
        if isinstance(value, Mapping):
            yield from _lines(value, above=f"{above}{name}: ")
        else:
            shown = f"{value:,}" if isinstance(value, int | float) else str(value)
            yield f"{above}{name}", shown if not isinstance(value, bool) else str(value).lower()
