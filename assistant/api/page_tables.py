"""Turns table items back into a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.api.page_heads import read_head
from assistant.api.page_marks import Highlighter, Piece, Pieces
from corpus.model import Cell, Item

# Lines of one cell that a converter joined: " ; " before the mark the next line opens with.
_JOINED = re.compile(r" ; (?=[■□○◦•·∙▪▫*※☑-])")


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell; ``carried`` repeats a text that stands merged above it."""

    pieces: Pieces
    columns: int = 1
    rows: int = 1
    carried: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """Header rows and body rows."""

    head: tuple[tuple[CellView, ...], ...]
    body: tuple[tuple[CellView, ...], ...]


def view_table(
    heads: Sequence[Item], rows: Sequence[Item], *, text: str, marks: Highlighter
) -> TableView:
    """A table from its header lines and its rows, in text order."""
    width = max((len(row.cells) for row in rows), default=0)
    head = tuple(
        tuple(
            CellView(marks.cut(one.cell.start, one.cell.end), one.columns, one.rows) for one in row
        )
        for row in read_head(heads, text=text, width=width)
    )
    return TableView(head, tuple(_row(row, width=width, marks=marks) for row in rows))


def _row(row: Item, *, width: int, marks: Highlighter) -> tuple[CellView, ...]:
    if len(row.cells) < 2:
        return (CellView(_lines(marks.cut(row.start, row.end)), columns=max(width, 1)),)
    return tuple(_cell(cell, marks) for cell in row.cells)


def _cell(cell: Cell, marks: Highlighter) -> CellView:
    if cell.text and cell.start == cell.end:
        return CellView(_lines((Piece(cell.text),)), carried=True)
    return CellView(_lines(marks.cut(cell.start, cell.end)))


def _lines(pieces: Pieces) -> Pieces:
    return tuple(replace(piece, text=_JOINED.sub("\n", piece.text)) for piece in pieces)
