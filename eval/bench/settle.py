"""Compares scores with the accepted ones, or accepts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from eval.bench import expected as stored
from eval.bench.beir import Collection
from eval.bench.expected import Scores

Check = Annotated[
    bool, typer.Option("--check", help="Fail where a score is below the accepted one.")
]
Accept = Annotated[bool, typer.Option("--accept", help="Accept the scores reached.")]

_CANONICAL = "policy-qa bench table --beir DIR --beir DIR ... --out eval/bench --accept"


def settle(
    collections: Sequence[Collection],
    scores: Scores,
    *,
    check: bool,
    accept: bool,
    console: Console,
) -> None:
    """Do what ``--check`` and ``--accept`` ask for; exits with 1 where a score has dropped."""
    if check:
        _check(collections, scores, console=console)
    if accept:
        previous = stored.read_expected(stored.EXPECTED)
        found = stored.accept(previous, collections, scores, command=_CANONICAL)
        stored.write_expected(found, stored.EXPECTED)
        _say(console, f"Accepted: {stored.EXPECTED}")


def _check(collections: Sequence[Collection], scores: Scores, *, console: Console) -> None:
    expected = stored.read_expected(stored.EXPECTED)
    lines = stored.dropped(expected, collections, scores)
    for name in stored.unknown(expected, collections):
        _say(console, f"Not compared: {name} has no accepted scores for this content.")
    if lines:
        _say(console, f"Below the accepted scores: {'; '.join(lines)}", style="red")
        raise typer.Exit(1)
    _say(console, f"No score is below the accepted ones by more than {expected.tolerance:g}.")


def _say(console: Console, line: str, *, style: str | None = None) -> None:
    console.print(line, style=style, highlight=False, markup=False, soft_wrap=True)
