"""The bundled documents load, and their structure changes only on purpose.

``UPDATE_SNAPSHOTS=1 python -m pytest tests/corpus/test_bundled.py`` rewrites the snapshots; read
their diff before keeping it.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.load import load_corpus, load_document
from corpus.model import Document, ItemKind
from tests.corpus.helpers import check, letters, of_kind

FOLDER = Path(str(files("corpus") / "documents"))
PATHS = sorted(FOLDER.glob("*.md"))
SNAPSHOTS = Path(__file__).parent / "snapshots"
PHONE = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}")
PIPE_ROW = re.compile(r"^\s*(?:- )?\|.*\|\s*$")
PIPE_RULE = re.compile(r"^[\s|:-]+$")
each_document = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def body_of(path: Path) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def pipe_rows(text: str) -> tuple[int, int]:
    """Number of header rows and of other rows in the pipe tables of a text."""
    lines = text.splitlines()
    rules = [n for n, line in enumerate(lines) if PIPE_ROW.match(line) and PIPE_RULE.match(line)]
    heads = sum(1 for n in rules if letters(lines[n - 1]))
    rows = sum(1 for line in lines if PIPE_ROW.match(line) and letters(line))
    return heads, rows - heads


def structure_of(document: Document) -> dict[str, object]:
    kinds = Counter(item.kind.value for item in document.items)
    return {
        "title": document.metadata.title,
        "issuer": document.metadata.issuer,
        "kind": document.metadata.kind,
        "published": str(document.metadata.published or ""),
        "counts": {
            "sections": len(document.sections),
            "contacts": len(document.contacts),
            **dict(sorted(kinds.items())),
        },
        "headings": ["  " * s.level + s.heading for s in document.sections],
    }


def test_the_folder_loads_whole() -> None:
    loaded = load_corpus(FOLDER)
    assert loaded.skipped == ()
    assert len(loaded.documents) == len(PATHS) > 0


@each_document
def test_spans_cover_the_text(path: Path) -> None:
    check(load_document(path))


@each_document
def test_nothing_is_lost(path: Path) -> None:
    assert letters(load_document(path).text).endswith(letters(body_of(path)))


@each_document
def test_every_telephone_number_has_a_contact(path: Path) -> None:
    document = load_document(path)
    assert set(PHONE.findall(document.text)) == {contact.phone for contact in document.contacts}
    for contact in document.contacts:
        quote = re.sub(r"\D", "", document.quote(start=contact.start, end=contact.end))
        assert contact.phone.replace("-", "") in quote


@each_document
def test_every_pipe_row_is_an_item(path: Path) -> None:
    document = load_document(path)
    heads, rows = pipe_rows(body_of(path))
    assert len(of_kind(document, ItemKind.TABLE_ROW)) == rows
    assert len(of_kind(document, ItemKind.TABLE_HEAD)) == heads
    assert "|---" not in document.text


@each_document
def test_the_structure_is_the_accepted_one(path: Path) -> None:
    found = structure_of(load_document(path))
    snapshot = SNAPSHOTS / f"{path.stem}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        text = json.dumps(found, ensure_ascii=False, indent=2)
        snapshot.write_text(text + "\n", encoding="utf-8")
    assert found == json.loads(snapshot.read_text(encoding="utf-8"))
