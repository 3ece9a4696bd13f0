"""Turns a file's blocks into sections and items by the markers official documents use.

Levels are inferred for each document from the order in which markers appear: a marker seen
above on the path is a sibling, a new one goes below, and default ranks only decide which of
two may contain the other. The own spans of all sections, in order, give the text back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.lines import (
    MAX_HEADING,
    ends_sentence,
    is_enclosed,
    is_unit,
    reads_as_heading,
    stays_open,
)
from corpus.markers import Marker, Rank, read_label, read_marker
from corpus.model import Cell, Item, ItemKind, Section
from corpus.readers.base import Block, BlockKind, ReadDocument
from corpus.tables import Table, read_table

_MAX_SECTION_HEADING = 60
_LINE_TAIL = 120
_NUMBERED = {"number", "bare_number", "decimal", "roman"}


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections (in text order, covering it) and items (in text order)."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]


@dataclass(slots=True)
class _OpenItem:
    ordinal: int
    rank: float
    name: str
    labelled: bool


@dataclass(slots=True)
class _OpenSection:
    ordinal: int
    rank: int
    name: str


def parse_outline(read: ReadDocument, *, title: str = "", title_end: int = 0) -> Outline:
    """Parse blocks into an outline.

    ``title`` heads the first section; lines that end at or before ``title_end`` belong to the
    press-release head and are never headings.
    """
    return _Parser(read, title=title, title_end=title_end).parse()


class _Parser:
    def __init__(self, read: ReadDocument, *, title: str, title_end: int) -> None:
        self._text = read.text
        self._blocks = read.blocks
        self._title = title
        self._title_end = title_end
        self._sections: list[Section] = []
        self._items: list[Item] = []
        self._path: list[_OpenSection] = []
        self._open: list[_OpenItem] = []
        self._captions: list[int] = []
        self._inherited: tuple[tuple[str, ...], ...] = ()
        self._last_content: int | None = None
        self._last_filled = -1
        self._joined_until = 0

    def parse(self) -> Outline:
        self._sections.append(
            Section("", 0, self._title, (self._title,) if self._title else (), 0, 0, 0)
        )
        self._path.append(_OpenSection(0, -1, "document"))
        for position, block in enumerate(self._blocks):
            if block.start < self._joined_until:
                continue
            if block.kind is BlockKind.HEADING:
                self._heading_block(block)
            elif block.kind is BlockKind.TABLE:
                self._table(block)
            else:
                self._line(position, block)
        return Outline(self._close_sections(), tuple(self._items))

    # Headings

    def _heading_block(self, block: Block) -> None:
        text = self._slice(block)
        if not self._items and (block.level == 1 or text == self._title):
            # The first heading is the document's own: what follows is not below it but in it.
            self._sections[0] = replace(self._sections[0], heading=text, path=(text,))
            self._add(ItemKind.HEADING, block.start, block.end)
            return
        self._begin_section(block.start, block.end, rank=1 + block.level, name=f"h{block.level}")

    def _begin_section(
        self, start: int, end: int, *, rank: int, name: str, content: bool = False
    ) -> None:
        while len(self._path) > 1 and self._closes(self._path[-1], rank=rank, name=name):
            self._path.pop()
        parent = self._sections[self._path[-1].ordinal]
        above = parent.path if parent.ordinal else ()
        heading = _shorten(self._text[start:end].removeprefix("- "))
        ordinal = len(self._sections)
        self._sections.append(
            Section(
                "", ordinal, heading, (*above, heading), len(self._path), start, end, parent.ordinal
            )
        )
        self._path.append(_OpenSection(ordinal, rank, name))
        self._open.clear()
        self._captions.clear()
        self._last_content = None
        self._joined_until = end
        if not content:
            self._add(ItemKind.HEADING, start, end)

    def _leave_attachment(self) -> None:
        """End an attachment that has content: an overview opens the next, whose head is lost."""
        for depth, opened in enumerate(self._path):
            if opened.name == "attachment" and self._last_filled >= opened.ordinal:
                del self._path[depth:]
                return

    def _closes(self, top: _OpenSection, *, rank: int, name: str) -> bool:
        if top.name == name or top.rank > rank:
            return True
        if top.rank < rank:
            return any(seen.name == name for seen in self._path)
        # Same default rank, other marker: below it the first time, except among major headings.
        return rank == Rank.MAJOR or any(seen.name == name for seen in self._path)

    # Lines

    def _line(self, position: int, block: Block) -> None:
        text = self._slice(block)
        marker = read_marker(text)
        if block.end <= self._title_end:
            kind = ItemKind.HEADING if text == self._title else ItemKind.PARAGRAPH
            self._add(kind, block.start, block.end)
        elif self._is_table_title(position, text):
            self._caption(block)
        elif self._continues(position, text, marker):
            self._extend(block.end)
        elif self._is_caption(position, text, marker):
            self._caption(block)
        elif marker is not None:
            self._marked(position, block, text, marker)
        elif self._is_implicit_heading(position, text):
            self._begin_section(block.start, block.end, rank=Rank.IMPLICIT, name="implicit")
        elif read_label(text) and text[0] in "([":
            self._labelled(block, text)
        else:
            self._open.clear()
            self._content(ItemKind.PARAGRAPH, block, marker="")

    def _marked(self, position: int, block: Block, text: str, marker: Marker) -> None:
        body = text[marker.body :]
        if marker.rank == Rank.NOTE:
            self._note(block, marker)
        elif self._opens_section(position, text, marker, body):
            end = self._joined_heading_end(position, block, body)
            content = marker.name == "box" and not _is_bare_heading(body)
            rank = Rank.NUMBERED if marker.name == "circled" else marker.rank
            if marker.name == "box" and "".join(body.split()) == "개요":
                self._leave_attachment()
            self._begin_section(block.start, end, rank=int(rank), name=marker.name, content=content)
            if content:
                self._content(ItemKind.LIST_ITEM, block, marker=marker.printed, body=body)
        else:
            self._item(block, body, marker)

    def _opens_section(self, position: int, text: str, marker: Marker, body: str) -> bool:
        if marker.name == "box":
            return True
        if marker.name == "attachment":
            complete = len(text) > 80 or ends_sentence(text)
            return not complete and not self._in_contents_list(position)
        if marker.rank <= Rank.ARTICLE and marker.name != "roman":
            return len(body) <= _MAX_SECTION_HEADING or marker.name == "article"
        if marker.name == "circled":
            following = self._neighbour(position, 1)
            return (
                bool(following)
                and read_marker(following) is None
                and reads_as_heading(following)
                and reads_as_heading(body)
            )
        return (
            marker.name in _NUMBERED
            and not self._in_numbered_list(position)
            and len(body) <= MAX_HEADING
            and not ends_sentence(body)
            and not stays_open(body)
        )

    def _in_contents_list(self, position: int) -> bool:
        """Whether attachments are only being listed here: another one is next to this line."""
        body = self._slice(self._blocks[position])
        marker = read_marker(body)
        if marker is None or not body[marker.body :]:
            return False
        return any(
            _lists_beside(marker, self._neighbour(position, step), step=step) for step in (1, -1)
        )

    def _in_numbered_list(self, position: int) -> bool:
        """Whether numbered lines follow each other without anything between them."""
        above = self._after_blank(position) is False and self._neighbour(position, -1)
        below = (
            position + 1 < len(self._blocks)
            and not self._after_blank(position + 1)
            and self._neighbour(position, 1)
        )
        near = [read_marker(text) for text in (above, below) if text]
        return any(marker is not None and marker.name in _NUMBERED for marker in near)

    def _joined_heading_end(self, position: int, block: Block, body: str) -> int:
        """A bare "참고 1" or "1-1" takes its title from the line below."""
        following = self._blocks[position + 1] if position + 1 < len(self._blocks) else None
        if body or following is None or following.kind is not BlockKind.LINE:
            return block.end
        text = self._slice(following)
        if read_marker(text) is None and len(text) <= 80 and not ends_sentence(text):
            return following.end
        return block.end

    def _is_implicit_heading(self, position: int, text: str) -> bool:
        if not reads_as_heading(text) or position + 1 >= len(self._blocks):
            return False
        return self._after_blank(position)

    def _is_table_title(self, position: int, text: str) -> bool:
        """A unit, or "< … >" above a table: neither continues the line before it."""
        return is_unit(text) or (is_enclosed(text) and self._before_table(position))

    def _is_caption(self, position: int, text: str, marker: Marker | None) -> bool:
        if marker is not None and marker.name not in {"roman", "bare_number"}:
            return False
        if is_enclosed(text):
            return True
        return len(text) <= 60 and not ends_sentence(text) and self._before_table(position)

    def _before_table(self, position: int) -> bool:
        for block in self._blocks[position + 1 : position + 3]:
            if block.kind is BlockKind.TABLE:
                return True
            if block.kind is not BlockKind.LINE or not is_unit(self._slice(block)):
                return False
        return False

    def _continues(self, position: int, text: str, marker: Marker | None) -> bool:
        if marker is not None or not self._items or self._last_content is None:
            return False
        last = self._items[-1]
        if last.kind not in {ItemKind.LIST_ITEM, ItemKind.PARAGRAPH, ItemKind.NOTE}:
            return False
        before = self._text[max(last.start, last.end - _LINE_TAIL) : last.end]
        adjacent = not self._after_blank(position)
        if adjacent and text[0] == "(" and read_label(text):
            rest = text[text.find(")") + 1 :].strip()
            return rest[:1] in {"※", "*", ""} and last.kind is not ItemKind.NOTE
        if adjacent:
            return not ends_sentence(before)
        return stays_open(before) and len(before) > 15 and not is_enclosed(text)

    # Items

    def _item(self, block: Block, body: str, marker: Marker) -> None:
        rank = float(marker.rank) + min(block.indent, 8) / 10
        self._nest(rank, f"{marker.name}@{rank}", labelled=bool(read_label(body)))
        self._content(ItemKind.LIST_ITEM, block, marker=marker.printed, body=body, nested=True)

    def _labelled(self, block: Block, text: str) -> None:
        """An item that lost its marker but kept its "(label)" stands beside the labelled ones."""
        peer = next((item for item in reversed(self._open) if item.labelled), None)
        rank, key = (peer.rank, peer.name) if peer else (float(Rank.DASH), "label")
        self._nest(rank, key, labelled=True)
        self._content(ItemKind.LIST_ITEM, block, marker="", body=text, nested=True)

    def _nest(self, rank: float, key: str, *, labelled: bool) -> None:
        names = [item.name for item in self._open]
        if key in names:
            del self._open[names.index(key) :]
        else:
            while self._open and self._open[-1].rank > rank:
                self._open.pop()
        self._open.append(_OpenItem(len(self._items), rank, key, labelled))

    def _content(
        self, kind: ItemKind, block: Block, *, marker: str, body: str = "", nested: bool = False
    ) -> None:
        parent = self._open[-2].ordinal if nested and len(self._open) > 1 else None
        depth = len(self._open) - 1 if nested else 0
        self._captions.clear()
        self._add(
            kind,
            block.start,
            block.end,
            parent=parent,
            marker=marker,
            label=read_label(body).strip("* "),
            depth=depth,
        )
        self._last_content = len(self._items) - 1

    def _note(self, block: Block, marker: Marker) -> None:
        parent = self._last_content
        depth = self._items[parent].depth + 1 if parent is not None else 0
        self._add(
            ItemKind.NOTE, block.start, block.end, parent=parent, marker=marker.printed, depth=depth
        )

    def _extend(self, end: int) -> None:
        self._items[-1] = replace(self._items[-1], end=end)

    # Tables

    def _caption(self, block: Block) -> None:
        parent = self._captions[-1] if self._captions else self._open_parent()
        self._add(ItemKind.CAPTION, block.start, block.end, parent=parent)
        self._captions.append(len(self._items) - 1)
        self._last_content = len(self._items) - 1

    def _open_parent(self) -> int | None:
        return self._open[-1].ordinal if self._open else None

    def _table(self, block: Block) -> None:
        table = read_table(block.rows, header_rows=block.header_rows, inherited=self._inherited)
        if table.header_spans:
            self._inherited = () if table.rows else table.headers
        parent = self._captions[-1] if self._captions else self._open_parent()
        for start, end in table.header_spans:
            if start < end:
                self._add(ItemKind.TABLE_HEAD, start, end, parent=parent)
        self._rows(table, parent=parent)
        self._captions.clear()

    def _rows(self, table: Table, *, parent: int | None) -> None:
        for row in table.rows:
            if not any(char.isalnum() for char in self._text[row.start : row.end]):
                continue
            self._add(
                ItemKind.TABLE_ROW,
                row.start,
                row.end,
                parent=parent,
                label=row.group,
                cells=row.cells,
            )
            self._last_content = len(self._items) - 1

    # Shared

    def _add(  # noqa: PLR0913 - the fields of an item
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
    ) -> None:
        if kind is not ItemKind.HEADING:
            self._last_filled = len(self._sections) - 1
        self._items.append(
            Item(
                len(self._items),
                kind,
                start,
                end,
                len(self._sections) - 1,
                parent,
                label,
                depth,
                marker,
                cells,
            )
        )

    def _slice(self, block: Block) -> str:
        return self._text[block.start : block.end]

    def _after_blank(self, position: int) -> bool:
        if position == 0:
            return True
        before = self._blocks[position - 1]
        if before.kind is not BlockKind.LINE:
            return True
        return self._text.count("\n", before.end, self._blocks[position].start) > 1

    def _neighbour(self, position: int, step: int) -> str:
        index = position + step
        if not 0 <= index < len(self._blocks) or self._blocks[index].kind is not BlockKind.LINE:
            return ""
        return self._slice(self._blocks[index])

    def _close_sections(self) -> tuple[Section, ...]:
        starts = [section.start for section in self._sections] + [len(self._text)]
        identifiers = _identifiers(self._sections)
        return tuple(
            Section(
                identifiers[i],
                s.ordinal,
                s.heading,
                s.path,
                s.level,
                starts[i],
                starts[i + 1],
                s.parent,
                s.page,
            )
            for i, s in enumerate(self._sections)
        )


def _lists_beside(marker: Marker, text: str, *, step: int) -> bool:
    """Whether a line is the entry before or after an attachment's in a list of them."""
    other = read_marker(text) if text else None
    if other is None or other.name != "attachment" or not text[other.body :]:
        return False
    kind, number = _numbered(marker)
    other_kind, other_number = _numbered(other)
    # After "붙임 3. …" a "붙임 1 …" heads the first attachment: the list is over.
    return kind != other_kind or (other_number - number) * step > 0 or not number


def _numbered(marker: Marker) -> tuple[str, int]:
    digits = re.search(r"\d+", marker.printed)
    kind = "".join(char for char in marker.printed if char.isalpha())
    return kind, int(digits.group()) if digits else 0


def _is_bare_heading(body: str) -> bool:
    return len(body) <= 30 and not ends_sentence(body) and not read_label(body)


def _shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _MAX_SECTION_HEADING else flat[: _MAX_SECTION_HEADING - 1] + "…"


def _identifiers(sections: Sequence[Section]) -> list[str]:
    """Ids from the heading path, so that a change elsewhere in the document keeps them."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for section in sections:
        digest = hashlib.sha256("\x1f".join(section.path).encode()).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        found.append(f"s{digest}" + (f"-{seen[digest]}" if seen[digest] > 1 else ""))
    return found
