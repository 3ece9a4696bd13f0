"""Reads the questions an office has reviewed, with the section that answers each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from assistant.errors import AssistantError
from index.adapt import Pair

_SQLITE = b"SQLite format 3\x00"
_QUERY = "SELECT question, document_id, section_id FROM reviewed_questions ORDER BY rowid"


class ReviewedPair(BaseModel):
    """One row: a question and the section that answers it."""

    question: str = Field(min_length=1, max_length=2000)
    document_id: str = Field(min_length=1)
    section_id: str = Field(min_length=1)


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Pairs of a JSON-lines file or of the table ``reviewed_questions`` of an SQLite database.

    Raises ``AssistantError`` naming the row that cannot be used.
    """
    try:
        with path.open("rb") as stream:
            database = stream.read(len(_SQLITE)) == _SQLITE
        return tuple(_of_database(path) if database else _of_lines(path))
    except (OSError, UnicodeDecodeError, sqlite3.Error) as error:
        raise AssistantError(
            f"{path}: the reviewed questions cannot be read ({error}); name a file of JSON lines "
            "or an SQLite database with a table reviewed_questions"
        ) from error


def _of_lines(path: Path) -> Iterator[Pair]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            yield _pair(line, where=f"{path}:{number}")


def _of_database(path: Path) -> Iterator[Pair]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for number, row in enumerate(connection.execute(_QUERY), 1):
            named = dict(zip(ReviewedPair.model_fields, row, strict=True))
            yield _pair(json.dumps(named), where=f"{path}, row {number}")


def _pair(raw: str, *, where: str) -> Pair:
    try:
        read = ReviewedPair.model_validate_json(raw)
    except ValidationError as error:
        raise AssistantError(
            f"{where}: question, document_id and section_id are expected as text "
            f"({error.errors()[0]['msg']})"
        ) from error
    return Pair(read.question, read.document_id, read.section_id)
