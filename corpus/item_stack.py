"""Nests the items of a section: list items by their markers, notes and tables below them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.item_list import ItemList
from corpus.markers import Marker, Rank, read_label
from corpus.model import ItemKind
from corpus.surroundings import Line
from corpus.tables import Table, TableRow

_MAX_INDENT = 8


@dataclass(frozen=True, slots=True)
class _OpenItem:
    ordinal: int
    rank: float
    name: str
    labelled: bool


class ItemStack:
    """Adds items to a list below the items and captions that are open."""

    def __init__(self, items: ItemList) -> None:
        self._items = items
        self._open: list[_OpenItem] = []
        self._captions: list[int] = []

    def enter_section(self, ordinal: int) -> None:
        """Close every item and caption: none reaches into the next section."""
        self._open.clear()
        self._captions.clear()
        self._items.enter_section(ordinal)

    def paragraph(self, line: Line) -> None:
        """Add running text, which ends the list above it."""
        self._open.clear()
        self._content(ItemKind.PARAGRAPH, line, label="")

    def section_text(self, line: Line) -> None:
        """Add a line that opens its section and is the section's first statement as well."""
        self._content(ItemKind.LIST_ITEM, line, label=_label(line))

    def list_item(self, line: Line, marker: Marker) -> None:
        """Add an item below the last one whose marker and indent place it higher."""
        rank = float(marker.rank) + min(line.block.indent, _MAX_INDENT) / 10
        self._nest(rank, f"{marker.name}@{rank}", labelled=bool(read_label(line.body)))
        self._nested_content(line)

    def labelled(self, line: Line) -> None:
        """An item that lost its marker but kept its "(label)" stands beside the labelled ones."""
        peer = next((item for item in reversed(self._open) if item.labelled), None)
        rank, name = (peer.rank, peer.name) if peer else (float(Rank.DASH), "label")
        self._nest(rank, name, labelled=True)
        self._nested_content(line)

    def note(self, line: Line) -> None:
        """Add a note below the content it explains."""
        parent = self._items.last_content
        depth = 0 if parent is None else self._items.depth_of(parent) + 1
        start, end = line.block.start, line.block.end
        self._items.add(ItemKind.NOTE, start, end, parent=parent, marker=line.printed, depth=depth)

    def caption(self, line: Line) -> None:
        """Add a caption; a second one stands below the first."""
        ordinal = self._items.add(
            ItemKind.CAPTION, line.block.start, line.block.end, parent=self._table_parent()
        )
        self._captions.append(ordinal)
        self._items.last_content = ordinal

    def table(self, table: Table, *, text: str) -> None:
        """Add a table's header lines and rows below its caption, or else the open item."""
        parent = self._table_parent()
        for start, end in table.header_spans:
            if start < end:
                self._items.add(ItemKind.TABLE_HEAD, start, end, parent=parent)
        for row in table.rows:
            # Rows of blanks and rules only draw the table.
            if any(char.isalnum() for char in text[row.start : row.end]):
                self._row(row, parent=parent)
        self._captions.clear()

    def _row(self, row: TableRow, *, parent: int | None) -> None:
        self._items.last_content = self._items.add(
            ItemKind.TABLE_ROW, row.start, row.end, parent=parent, label=row.group, cells=row.cells
        )

    def _table_parent(self) -> int | None:
        if self._captions:
            return self._captions[-1]
        return self._open[-1].ordinal if self._open else None

    def _nest(self, rank: float, name: str, *, labelled: bool) -> None:
        """Open the item that comes next, beside the open one of its name if there is one."""
        names = [item.name for item in self._open]
        if name in names:
            del self._open[names.index(name) :]
        else:
            while self._open and self._open[-1].rank > rank:
                self._open.pop()
        self._open.append(_OpenItem(len(self._items), rank, name, labelled))

    def _nested_content(self, line: Line) -> None:
        parent = self._open[-2].ordinal if len(self._open) > 1 else None
        depth = len(self._open) - 1
        self._content(ItemKind.LIST_ITEM, line, label=_label(line), parent=parent, depth=depth)

    def _content(
        self, kind: ItemKind, line: Line, *, label: str, parent: int | None = None, depth: int = 0
    ) -> None:
        # A caption without a table ends where other content begins.
        self._captions.clear()
        start, end, marker = line.block.start, line.block.end, line.printed
        self._items.last_content = self._items.add(
            kind, start, end, parent=parent, marker=marker, label=label, depth=depth
        )


def _label(line: Line) -> str:
    return read_label(line.body).strip("* ")
