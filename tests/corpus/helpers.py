"""Reads texts as documents and checks what must hold for every document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.load import document_from_bytes
from corpus.model import Document, Item, ItemKind


def read(text: str, *, name: str = "sample.txt") -> Document:
    """A text as the document that loading its file would give."""
    return document_from_bytes(text.encode(), name=name)


def page(body: str) -> Document:
    """The body of an HTML page as a document."""
    return read(f"<!DOCTYPE html><html><body>{body}</body></html>", name="page.html")


def shown(document: Document, item: Item) -> str:
    """The text of an item."""
    return document.text[item.start : item.end]


def of_kind(document: Document, kind: ItemKind) -> list[str]:
    """The texts of all items of one kind."""
    return [shown(document, item) for item in document.items if item.kind is kind]


def headings(document: Document) -> list[str]:
    """The headings of all sections below the document's own."""
    return [section.heading for section in document.sections[1:]]


def outline(document: Document) -> list[tuple[int, str]]:
    """Level and heading of all sections below the document's own."""
    return [(section.level, section.heading) for section in document.sections[1:]]


def parents(document: Document) -> list[tuple[str, str | None]]:
    """The text of every item that is no heading, beside the text of its parent."""
    return [
        (
            shown(document, item),
            None if item.parent is None else shown(document, document.items[item.parent]),
        )
        for item in document.items
        if item.kind is not ItemKind.HEADING
    ]


def records(document: Document) -> list[list[tuple[tuple[str, ...], str]]]:
    """The (header path, text) pairs of every table row."""
    return [
        [(cell.header, cell.text) for cell in item.cells]
        for item in document.items
        if item.kind is ItemKind.TABLE_ROW
    ]


def letters(text: str) -> str:
    """The letters and digits of a text, in order."""
    return "".join(char for char in text if char.isalnum())


def check(document: Document) -> None:
    """Assert what holds for every document."""
    _check_sections(document)
    _check_items(document)
    for contact in document.contacts:
        assert 0 <= contact.start < contact.end <= len(document.text)
        assert contact.phone


def _check_sections(document: Document) -> None:
    sections = document.sections
    assert "".join(document.text[s.start : s.end] for s in sections) == document.text
    assert [s.ordinal for s in sections] == list(range(len(sections)))
    assert len({s.section_id for s in sections}) == len(sections)
    assert sections[0].parent is None
    for section in sections[1:]:
        assert section.parent is not None
        assert section.parent < section.ordinal
        assert sections[section.parent].level < section.level
        assert section.path[-1] == section.heading


def _check_items(document: Document) -> None:
    items = document.items
    assert [item.ordinal for item in items] == list(range(len(items)))
    assert all(first.end <= second.start for first, second in pairwise(items))
    for item in items:
        section = document.sections[item.section]
        assert section.start <= item.start < item.end <= section.end
        assert document.quote(start=item.start, end=item.end).strip()
        assert item.parent is None or item.parent < item.ordinal
        _check_cells(document, item)


def _check_cells(document: Document, item: Item) -> None:
    own: Sequence[tuple[int, int]] = [(c.start, c.end) for c in item.cells if c.end > c.start]
    for cell in item.cells:
        if cell.end > cell.start:
            assert document.text[cell.start : cell.end] == cell.text
    assert all(item.start <= start < end <= item.end for start, end in own)
    assert all(first[1] <= second[0] for first, second in pairwise(own))
