"""Assembles a document's text while keeping the character span of every block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.readers.base import Block, BlockKind, GridCell, ReadDocument


class TextWriter:
    """Appends lines and tables and remembers where each of them stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    def blank(self) -> None:
        """Append an empty line."""
        self._append("\n")

    def heading(self, text: str, *, level: int) -> None:
        """Append a heading of its own line."""
        start = self._append(text + "\n")
        self._blocks.append(Block(BlockKind.HEADING, start, start + len(text), level=level))

    def line(self, text: str) -> None:
        """Append a line of text; leading blanks count as indentation."""
        start = self._append(text + "\n")
        indent = len(text) - len(text.lstrip())
        body = text.strip()
        if body:
            first = start + indent
            self._blocks.append(Block(BlockKind.LINE, first, first + len(body), indent=indent))

    def table(
        self,
        rows: Sequence[Sequence[tuple[str, bool]]],
        *,
        separator: str,
        header_rows: int | None = None,
    ) -> None:
        """Append a table of (text, filler) cells, one row a line."""
        start = self._length
        grid = tuple(self._row(row, separator=separator) for row in rows)
        end = self._length - 1
        self._blocks.append(Block(BlockKind.TABLE, start, end, rows=grid, header_rows=header_rows))

    def finish(self, head: Mapping[str, object]) -> ReadDocument:
        """The text and its blocks."""
        return ReadDocument(text="".join(self._parts), blocks=tuple(self._blocks), head=head)

    def _row(self, row: Sequence[tuple[str, bool]], *, separator: str) -> tuple[GridCell, ...]:
        cells: list[GridCell] = []
        for position, (raw, filler) in enumerate(row):
            if position:
                self._append(separator)
            start = self._append("" if filler else raw)
            body = "" if filler else raw.strip()
            first = start + (len(raw) - len(raw.lstrip()) if body else 0)
            cells.append(
                GridCell(body or (raw.strip() if filler else ""), first, first + len(body), filler)
            )
        self._append("\n")
        return tuple(cells)

    def _append(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start
