from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.reviewed_pairs import read_pairs
from index.adapt import Pair

PAIR = Pair("언제까지 내나요", "call", "s1")


def test_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    row = {"question": PAIR.question, "document_id": "call", "section_id": "s1", "by": "담당자"}
    path.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    assert read_pairs(path) == (PAIR,)


def test_a_database(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE reviewed_questions (question, document_id, section_id)")
        connection.execute(
            "INSERT INTO reviewed_questions VALUES (?, ?, ?)", ("언제까지 내나요", "call", "s1")
        )
    connection.close()
    assert read_pairs(path) == (PAIR,)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"question": "q"}', '{"question":"","document_id":"d","section_id":"s"}']
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"question":"q","document_id":"d","section_id":"s"}\n' + line, "utf-8")
    with pytest.raises(AssistantError, match=r"pairs\.jsonl:2"):
        read_pairs(path)


def test_an_absent_file_and_a_database_without_the_table(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="reviewed_questions"):
        read_pairs(tmp_path / "none.jsonl")
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (a)")
    connection.close()
    with pytest.raises(AssistantError, match="reviewed_questions"):
        read_pairs(path)
