"""Turns a file's blocks into sections and items by the markers official documents use.

Levels are inferred for each document from the order in which markers appear: a marker seen
above on the path is a sibling, a new one goes below, and default ranks only decide which of
two may contain the other. The own spans of all sections, in order, give the text back.

This module is the flow from block to block. What a line is, the ``…_rules`` modules judge;
where it goes, ``section_stack`` and ``item_stack`` know.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.caption_rules import is_caption, is_table_title
from corpus.continuation_rules import continues
from corpus.heading_rules import (
    heading_end,
    is_bare_heading,
    is_implicit_heading,
    is_overview,
    opens_section,
)
from corpus.item_list import ItemList
from corpus.item_stack import ItemStack
from corpus.markers import Marker, Rank, read_label
from corpus.model import Item, ItemKind, Section
from corpus.readers.base import Block, BlockKind, ReadDocument
from corpus.section_stack import Opening, SectionStack
from corpus.surroundings import Line, Surroundings
from corpus.tables import read_table


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections (in text order, covering it) and items (in text order)."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]


def parse_outline(read: ReadDocument, *, title: str = "", title_end: int = 0) -> Outline:
    """Parse blocks into an outline.

    ``title`` heads the first section; lines that end at or before ``title_end`` belong to the
    press-release head and are never headings.
    """
    return _Parser(read, title=title, title_end=title_end).parse()


class _Parser:
    def __init__(self, read: ReadDocument, *, title: str, title_end: int) -> None:
        self._around = Surroundings(read.text, read.blocks)
        self._title = title
        self._title_end = title_end
        self._sections = SectionStack(read.text, title=title)
        self._items = ItemList()
        self._nesting = ItemStack(self._items)
        self._inherited: tuple[tuple[str, ...], ...] = ()
        self._joined_until = 0

    def parse(self) -> Outline:
        for position, block in enumerate(self._around.blocks):
            # A heading may have taken this line as its title.
            if block.start < self._joined_until:
                continue
            if block.kind is BlockKind.HEADING:
                self._heading_block(block)
            elif block.kind is BlockKind.TABLE:
                self._table(block)
            else:
                self._line(self._around.line(position))
        return Outline(self._sections.close(), self._items.collected())

    def _heading_block(self, block: Block) -> None:
        text = self._around.quote(block)
        if not self._items and (block.level == 1 or text == self._title):
            # The first heading is the document's own: what follows is not below it but in it.
            self._sections.name_document(text)
            self._items.add(ItemKind.HEADING, block.start, block.end)
            return
        self._begin_section(Opening(block.start, block.end, 1 + block.level, f"h{block.level}"))

    def _begin_section(self, opening: Opening, *, has_text: bool = False) -> None:
        self._nesting.enter_section(self._sections.open(opening))
        self._joined_until = opening.end
        if not has_text:
            self._items.add(ItemKind.HEADING, opening.start, opening.end)

    def _table(self, block: Block) -> None:
        table = read_table(block.rows, header_rows=block.header_rows, inherited=self._inherited)
        if table.header_spans:
            # Converters cut a header from its rows: a table of headers alone heads the next one.
            self._inherited = () if table.rows else table.headers
        self._nesting.table(table, text=self._around.text)

    def _line(self, line: Line) -> None:
        if line.block.end <= self._title_end:
            self._head_line(line)
        elif is_table_title(line, self._around):
            self._nesting.caption(line)
        # Before the captions: the end of a broken sentence may stand above a table, too.
        elif continues(line, self._items.continuable(), self._around):
            self._items.extend_last(line.block.end)
        elif is_caption(line, self._around):
            self._nesting.caption(line)
        elif line.marker is not None:
            self._marked(line, line.marker)
        else:
            self._unmarked(line)

    def _head_line(self, line: Line) -> None:
        kind = ItemKind.HEADING if line.text == self._title else ItemKind.PARAGRAPH
        self._items.add(kind, line.block.start, line.block.end)

    def _marked(self, line: Line, marker: Marker) -> None:
        if marker.rank == Rank.NOTE:
            self._nesting.note(line)
        elif opens_section(line, marker, self._around):
            self._marked_section(line, marker)
        else:
            self._nesting.list_item(line, marker)

    def _marked_section(self, line: Line, marker: Marker) -> None:
        if is_overview(line, marker):
            self._sections.leave_attachment(last_filled=self._items.last_filled)
        has_text = marker.name == "box" and not is_bare_heading(line.body)
        # A circled number ranks as an item, but where it heads text it stands for "1.".
        rank = Rank.NUMBERED if marker.name == "circled" else marker.rank
        end = heading_end(line, self._around)
        opening = Opening(line.block.start, end, int(rank), marker.name)
        self._begin_section(opening, has_text=has_text)
        if has_text:
            self._nesting.section_text(line)

    def _unmarked(self, line: Line) -> None:
        if is_implicit_heading(line, self._around):
            rank = int(Rank.IMPLICIT)
            self._begin_section(Opening(line.block.start, line.block.end, rank, "implicit"))
        elif read_label(line.text) and line.text[0] in "([":
            self._nesting.labelled(line)
        else:
            self._nesting.paragraph(line)
