"""A document as its page shows it: sections with lines and tables, and the outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.api.page_marks import Highlighter, Pieces, Span
from assistant.api.page_tables import TableView, view_table
from corpus.model import Document, Item, ItemKind, Section

_TABLE = {ItemKind.TABLE_HEAD, ItemKind.TABLE_ROW}
_INDENTED = {ItemKind.LIST_ITEM, ItemKind.NOTE}
_BOXES = tuple("□■◇◆")
_DEEPEST_INDENT = 5


@dataclass(frozen=True, slots=True)
class LineView:
    """A paragraph, list item, note or caption, indented by ``depth``."""

    kind: str
    depth: int
    pieces: Pieces
    table: None = None


@dataclass(frozen=True, slots=True)
class BlockView:
    """A table among the lines."""

    table: TableView
    depth: int = 0
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section: ``rank`` is the level of its HTML heading (2 to 6)."""

    section_id: str
    name: str
    rank: int
    heading: tuple[Pieces, ...]
    blocks: tuple[LineView | BlockView, ...]
    page: int | None
    cited: bool


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A line of the outline with what stands below it."""

    section_id: str
    name: str
    children: tuple[OutlineNode, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything below a page's head; ``has_quote`` if the cited words appear on it."""

    sections: tuple[SectionView, ...]
    outline: tuple[OutlineNode, ...]
    has_quote: bool


def view_document(document: Document, *, section: str | None, quote: Span | None) -> PageView:
    """A document with the cited section and words marked."""
    marks = Highlighter(document.text, quote)
    by_section: dict[int, list[Item]] = {s.ordinal: [] for s in document.sections}
    for item in document.items:
        by_section[item.section].append(item)
    sections = tuple(
        _view_section(one, by_section[one.ordinal], document.text, marks, cited=section)
        for one in document.sections
    )
    outline = _outline(document.sections, None)
    # The one root is the document itself, whose title stands above the text.
    return PageView(sections, outline[0].children if len(outline) == 1 else outline, marks.begun)


def _view_section(
    section: Section, items: Sequence[Item], text: str, marks: Highlighter, *, cited: str | None
) -> SectionView:
    heads = [item for item in items if item.kind is ItemKind.HEADING]
    rest = [item for item in items if item.kind is not ItemKind.HEADING]
    return SectionView(
        section_id=section.section_id,
        name=section.heading,
        rank=min(6, max(2, section.level + 1)),
        heading=tuple(marks.cut(item.start, item.end) for item in heads),
        blocks=tuple(_blocks(rest, text, marks)),
        page=section.page,
        cited=section.section_id == cited,
    )


def _blocks(items: Sequence[Item], text: str, marks: Highlighter) -> Iterator[LineView | BlockView]:
    for is_table, run in groupby(items, key=lambda item: item.kind in _TABLE):
        if is_table:
            yield from (BlockView(table) for table in _tables(list(run), text, marks))
        else:
            yield from (_line(item, items[0], text, marks) for item in run)


def _line(item: Item, first: Item, text: str, marks: Highlighter) -> LineView:
    # "□ …" that is a sentence opens its section without being a heading: the rest stands below it.
    is_below = first.marker[-1:] in _BOXES and item is not first and item.parent != first.ordinal
    depth = item.depth + (is_below and item.kind in _INDENTED)
    return LineView(
        item.kind.value,
        min(depth, _DEEPEST_INDENT),
        marks.cut(item.start + _converters_dash(item, text), item.end),
    )


def _converters_dash(item: Item, text: str) -> int:
    """Length of the "- " a converter put before the author's own mark ("- ◆ …")."""
    is_doubled = item.marker.startswith("- ") and len(item.marker) > 2
    return 2 if is_doubled and text.startswith("- ", item.start) else 0


def _tables(items: Sequence[Item], text: str, marks: Highlighter) -> Iterator[TableView]:
    """A blank line, or a header below rows, begins another table."""
    run: list[Item] = []
    for item in items:
        if run and _begins_table(run[-1], item, text):
            yield _table(run, text, marks)
            run = []
        run.append(item)
    yield _table(run, text, marks)


def _begins_table(above: Item, item: Item, text: str) -> bool:
    if item.kind is ItemKind.TABLE_HEAD and above.kind is ItemKind.TABLE_ROW:
        return True
    return "\n\n" in text[above.end : item.start] and above.kind is ItemKind.TABLE_ROW


def _table(items: Sequence[Item], text: str, marks: Highlighter) -> TableView:
    heads = [item for item in items if item.kind is ItemKind.TABLE_HEAD]
    rows = [item for item in items if item.kind is ItemKind.TABLE_ROW]
    return view_table(heads, rows, text=text, marks=marks)


def _outline(sections: Sequence[Section], parent: int | None) -> tuple[OutlineNode, ...]:
    return tuple(
        OutlineNode(section.section_id, section.heading, _outline(sections, section.ordinal))
        for section in sections
        if section.parent == parent
    )
