"""policy-qa ask: one question, or a file of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.api.schemas import response_of
from assistant.batch import answer_batch, read_batch
from assistant.cli_common import AsOf, Data, open_index, progress_bar, settings_for
from assistant.clock import now_kst
from assistant.intake import read_question
from assistant.model import Question
from assistant.terminal import as_text

_Words = Annotated[str | None, typer.Argument(metavar="QUESTION", show_default=False)]
_Json = Annotated[bool, typer.Option("--json", help="Print the chat response as JSON.")]
_Batch = Annotated[
    Path | None, typer.Option("--batch", metavar="FILE", help="Questions, one JSON row a line.")
]
_Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Answers of --batch.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ask)


def ask(
    question: _Words = None,
    as_json: _Json = False,
    batch: _Batch = None,
    out: _Out = None,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """Answer a question with its citations, or every question of a file."""
    if (question is None) == (batch is None):
        message = 'give either a question ("...") or --batch FILE'
        raise typer.BadParameter(message)
    if (batch is None) != (out is None):
        message = "--batch FILE and --out FILE go together"
        raise typer.BadParameter(message)
    settings = settings_for(data=data)
    moment = as_of or now_kst()
    limit = settings.max_question_length
    if question is not None:
        asked = Question(text=read_question(question, limit=limit), as_of=moment)
        answer = open_index(settings).answer(asked)
        typer.echo(response_of(answer).model_dump_json(indent=2) if as_json else as_text(answer))
    if batch is not None and out is not None:
        rows = read_batch(batch, limit=limit, as_of=moment)
        answering = open_index(settings)
        with progress_bar() as report:
            answer_batch(answering, rows, out=out, progress=report)
        typer.echo(f"{out}: {len(rows)} answers")
