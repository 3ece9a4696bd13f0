"""The items of a document in text order, each in the section that was open when it came."""

from __future__ import annotations

from dataclasses import replace

from corpus.model import Cell, Item, ItemKind


class ItemList:
    """Collects items and remembers what later lines refer back to.

    ``last_content`` is the ordinal of the item that a note would explain, None at the start of
    a section; ``last_filled`` the last section that holds more than its heading, -1 for none.
    """

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._section = 0
        self.last_content: int | None = None
        self.last_filled = -1

    def __len__(self) -> int:
        return len(self._items)

    def enter_section(self, ordinal: int) -> None:
        """Let the next items belong to a section."""
        self._section = ordinal
        self.last_content = None

    def add(  # noqa: PLR0913 - the fields of an item
        self,
        kind: ItemKind,
        start: int,
        end: int,
        *,
        parent: int | None = None,
        label: str = "",
        depth: int = 0,
        marker: str = "",
        cells: tuple[Cell, ...] = (),
    ) -> int:
        """Append an item to the section entered last and give its ordinal."""
        if kind is not ItemKind.HEADING:
            self.last_filled = self._section
        ordinal, section = len(self._items), self._section
        self._items.append(
            Item(ordinal, kind, start, end, section, parent, label, depth, marker, cells)
        )
        return ordinal

    def depth_of(self, ordinal: int) -> int:
        """The nesting of an item inside its section."""
        return self._items[ordinal].depth

    def continuable(self) -> Item | None:
        """The item that a line may continue: the last one, unless its section has no content."""
        return None if self.last_content is None else self._items[-1]

    def extend_last(self, end: int) -> None:
        """Let the last item reach to the end of a line that continues it."""
        self._items[-1] = replace(self._items[-1], end=end)

    def collected(self) -> tuple[Item, ...]:
        """All items in text order."""
        return tuple(self._items)
