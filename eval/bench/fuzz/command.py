"""The ``bench fuzz`` command: hostile questions to search and to the chat pipeline."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.cli_common import Data, open_index, progress_bar, settings_for
from eval.bench.fuzz.queries import fuzz_query
from eval.bench.fuzz.run import LIMIT_MS, Ask, FuzzReport, ask_pipeline, run_fuzz, texts_of
from eval.report import make_console

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHOWN = 20


def fuzz(
    *,
    data: Data = None,
    count: Annotated[int, typer.Option(min=1, help="Questions to ask of search.")] = 100_000,
    seed: Annotated[int, typer.Option(help="Which questions; the same seed asks the same.")] = 0,
    chat_share: Annotated[
        float, typer.Option(min=0, max=1, help="Share that the chat pipeline is asked as well.")
    ] = 0.1,
    limit_ms: Annotated[
        float, typer.Option(min=1, help="Milliseconds a question may take.")
    ] = LIMIT_MS,
) -> None:
    """Ask random and hostile questions; status 1 where one raises or takes too long."""
    targets, passages = open_targets(data, chat_share=chat_share)
    with progress_bar() as step:
        report = run_fuzz(
            (fuzz_query(number, seed=seed, passages=passages) for number in range(count)),
            targets,
            limit_ms=limit_ms,
            on_asked=lambda done: step("asking", done, count),
        )
    _show(report, make_console(), seed=seed)
    if not report.passed:
        raise typer.Exit(1)


def open_targets(
    data: Path | None, *, chat_share: float
) -> tuple[Mapping[str, tuple[Ask, float]], Sequence[str]]:
    """What is asked with its share, and texts to slice; a test puts fakes in their place."""
    from index.opening import open_index as open_search  # noqa: PLC0415 - heavy, not for --help

    settings = settings_for(data=data)
    answering = open_index(settings)
    index = open_search(settings.data)
    targets: dict[str, tuple[Ask, float]] = {
        "search": (lambda text: index.search(query=text), 1.0),
        "chat": (partial(ask_pipeline, answering), chat_share),
    }
    for ask, _ in targets.values():
        ask("첫 질문은 사전을 여느라 늦다")
    return targets, texts_of([passage.body for passage in index.passages])


def _show(report: FuzzReport, console: Console, *, seed: int) -> None:
    say = partial(console.print, highlight=False, markup=False, soft_wrap=True)
    for target, count in report.asked.items():
        slowest = report.slowest.get(target)
        failed = sum(asked.target == target for asked in report.failed)
        line = f"{target}: {count} questions of seed {seed}, {failed} raised"
        say(f"{line}; slowest {slowest}" if slowest else line)
    wrong = (*report.failed, *report.slow)
    for asked in wrong[:_SHOWN]:
        say(str(asked), style="red")
    if len(wrong) > _SHOWN:
        say(f"and {len(wrong) - _SHOWN} more", style="red")
