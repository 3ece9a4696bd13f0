"""Reads a collection in the BEIR layout: corpus.jsonl, queries.jsonl, qrels/test.tsv."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.errors import BenchmarkError


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the collection; ``title`` may be empty."""

    entry_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts, questions and, by question, the relevance (1 and up) of texts."""

    name: str
    entries: tuple[Entry, ...]
    queries: Mapping[str, str]
    relevance: Mapping[str, Mapping[str, int]]


def read_collection(folder: Path) -> Collection:
    """Read a BEIR folder; questions without a relevant text are left out.

    Raises ``BenchmarkError`` naming the file and line that cannot be used.
    """
    rows = list(_rows(folder / "corpus.jsonl"))
    entries = tuple(Entry(_field(r, "_id", w), _title(r), _field(r, "text", w)) for w, r in rows)
    asked = {_field(r, "_id", w): _field(r, "text", w) for w, r in _rows(folder / "queries.jsonl")}
    relevance = _relevance(folder / "qrels" / "test.tsv")
    _check(folder, known={entry.entry_id for entry in entries}, relevance=relevance)
    queries = {name: text for name, text in asked.items() if name in relevance}
    if not queries:
        raise BenchmarkError(f"{folder}: no question has a relevant text")
    return Collection(folder.resolve().name, entries, queries, relevance)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for number, line in enumerate(_lines(path), 1):
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BenchmarkError(f"{where}: not JSON ({error})") from error
        if not isinstance(row, dict):
            raise BenchmarkError(f"{where}: a JSON object is expected")
        yield where, row


def _lines(path: Path) -> list[str]:
    try:
        # Not splitlines(): texts may hold U+2028, which JSON does not escape.
        return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BenchmarkError(f"{path}: cannot be read ({error})") from error


def _field(row: Mapping[str, object], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise BenchmarkError(f"{where}: {name} must be a string")
    return value


def _title(row: Mapping[str, object]) -> str:
    value = row.get("title")
    return value if isinstance(value, str) else ""


def _relevance(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_lines(path)[1:], 2):
        match line.rstrip("\r").split("\t"):
            case [query, entry, score] if score.strip().lstrip("-").isdecimal():
                if int(score) > 0:
                    found.setdefault(query, {})[entry] = int(score)
            case _:
                message = f"{path}:{number}: query-id, corpus-id and score with tabs are expected"
                raise BenchmarkError(message)
    return found


def _check(folder: Path, *, known: set[str], relevance: Mapping[str, Mapping[str, int]]) -> None:
    named = {entry for entries in relevance.values() for entry in entries}
    if missing := sorted(named - known):
        raise BenchmarkError(f"{folder}: qrels name texts that are not there: {missing[0]}")
