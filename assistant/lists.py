"""Answers that are lists: the whole list a heading, a lead-in or a caption opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.korean import strip_marks
from corpus.model import Document, Item, ItemKind

_MAX_ENTRIES = 15
_MAX_SPAN = 2500
_MAX_LINE = 110
_MAX_ENTRY = 260


@dataclass(frozen=True, slots=True)
class WholeList:
    """The entries of one list in text order, with the span that holds them all."""

    head: str
    entries: tuple[Item, ...]
    start: int
    end: int


def list_opened_by(evidence: Evidence) -> WholeList | None:
    """The list a heading or a lead-in item opens; None where it opens none."""
    document, item = evidence.document, evidence.item
    children = [child for child in document.items if child.parent == item.ordinal]
    if not children and item.section == evidence.section.ordinal and _heads_section(evidence):
        children = _top_items(document, evidence.section.ordinal, after=item.ordinal)
    if not children:
        children = _subsection_headings(document, evidence)
    return _whole(document, head=item, children=children)


def list_around(evidence: Evidence) -> WholeList | None:
    """The list an entry belongs to: its siblings below the same lead-in or heading."""
    document, item = evidence.document, evidence.item
    if item.kind is ItemKind.TABLE_ROW or item.kind is ItemKind.PARAGRAPH:
        return None
    if item.parent is not None:
        siblings = [other for other in document.items if other.parent == item.parent]
        return _whole(document, head=document.items[item.parent], children=siblings)
    top = _top_items(document, item.section, after=-1)
    head = next((i for i in document.items if i.section == item.section), item)
    return _whole(document, head=head, children=[i for i in top if i.ordinal != head.ordinal])


def rows_around(evidence: Evidence) -> WholeList | None:
    """The rows of the table a row stands in."""
    document, item = evidence.document, evidence.item
    if item.kind is not ItemKind.TABLE_ROW:
        return None
    rows = [
        other
        for other in document.items
        if other.kind is ItemKind.TABLE_ROW
        and other.section == item.section
        and other.parent == item.parent
        and len(other.cells) == len(item.cells)
    ]
    head = document.items[item.parent] if item.parent is not None else item
    return _whole(document, head=head, children=rows)


def entry_line(document: Document, item: Item) -> str:
    """One entry as a line: its text without marks, a table row as its first cells."""
    if item.cells:
        cells = [strip_marks(cell.text) for cell in item.cells if cell.text.strip()]
        text = ": ".join((cells[0], " / ".join(cells[1:4]))) if len(cells) > 1 else cells[0]
    else:
        text = strip_marks(document.text[item.start : item.end])
    return text if len(text) <= _MAX_LINE else text[: _MAX_LINE - 1] + "…"


def _heads_section(evidence: Evidence) -> bool:
    first = next(i for i in evidence.document.items if i.section == evidence.section.ordinal)
    return first.ordinal == evidence.item.ordinal


def _top_items(document: Document, section: int, *, after: int) -> list[Item]:
    kinds = {ItemKind.LIST_ITEM, ItemKind.TABLE_ROW}
    inside = [
        item
        for item in document.items
        if item.section == section and item.ordinal > after and item.kind in kinds
    ]
    return [item for item in inside if item.depth == 0]


def _subsection_headings(document: Document, evidence: Evidence) -> list[Item]:
    below = {s.ordinal for s in document.sections if s.parent == evidence.section.ordinal}
    found: list[Item] = []
    for item in document.items:
        if item.section in below:
            below.discard(item.section)
            found.append(item)
    return found if evidence.item.kind is ItemKind.HEADING else []


def _whole(document: Document, *, head: Item, children: Sequence[Item]) -> WholeList | None:
    entries = [
        child
        for child in children
        if child.kind is not ItemKind.NOTE
        and child.kind is not ItemKind.TABLE_HEAD
        and child.kind is not ItemKind.CAPTION
    ]
    entries = entries[:_MAX_ENTRIES]
    if len(entries) < 2 or entries[-1].end - entries[0].start > _MAX_SPAN:
        return None
    if any(len(document.text[e.start : e.end]) > _MAX_ENTRY for e in entries):
        return None
    return WholeList(
        strip_marks(document.text[head.start : head.end]),
        tuple(entries),
        entries[0].start,
        entries[-1].end,
    )
