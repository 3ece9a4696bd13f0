"""Answers a file of questions, one JSON object a line, into a file of responses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.api.schemas import response_of
from assistant.errors import AssistantError, BatchError, QuestionError
from assistant.intake import read_question
from assistant.model import Question
from assistant.ports import Answering


class _Line(BaseModel):
    """A line as it is written; other keys (gold answers, notes) are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: str | int
    question: str
    history: list[str] = []


@dataclass(frozen=True, slots=True)
class Row:
    """A question of the batch with its id."""

    row_id: str | int
    question: Question


def read_batch(path: Path, *, limit: int, as_of: datetime) -> tuple[Row, ...]:
    """Every row, checked before any is answered; raise ``BatchError`` naming the line."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8"
        raise BatchError(message) from error
    rows = tuple(_rows(text, path=path, limit=limit, as_of=as_of))
    if not rows:
        message = f'{path}: no question; write {{"id": "1", "question": "..."}}, one a line'
        raise BatchError(message)
    return rows


def answer_batch(
    answering: Answering,
    rows: Sequence[Row],
    *,
    out: Path,
    progress: Callable[[str, int, int], None],
) -> None:
    """Write one response a line; ``out`` appears only when all are answered."""
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for number, row in enumerate(rows, 1):
                file.write(_answer(answering, row) + "\n")
                progress("answer", number, len(rows))
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def _rows(text: str, *, path: Path, limit: int, as_of: datetime) -> Iterator[Row]:
    # Not splitlines(): a question may hold U+2028, which is no line end in JSON Lines.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _row(line, where=f"{path}: line {number}", limit=limit, as_of=as_of)


def _row(line: str, *, where: str, limit: int, as_of: datetime) -> Row:
    try:
        found = _Line.model_validate_json(line)
        words = read_question(found.question, limit=limit)
        history = tuple(read_question(one, limit=limit) for one in found.history)
    except ValidationError as error:
        detail = error.errors()[0]
        name = ".".join(map(str, detail["loc"]))
        message = f"{where}: {name + ': ' if name else ''}{detail['msg']}"
        raise BatchError(message) from error
    except QuestionError as error:
        message = f"{where}: {error}"
        raise BatchError(message) from error
    return Row(found.id, Question(text=words, history=history, as_of=as_of))


def _answer(answering: Answering, row: Row) -> str:
    try:
        response = response_of(answering.answer(row.question))
    except AssistantError as error:
        message = f"question {row.row_id}: {error}"
        raise BatchError(message) from error
    return json.dumps({"id": row.row_id, **response.model_dump(mode="json")}, ensure_ascii=False)
