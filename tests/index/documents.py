"""Documents for tests: one section a paragraph, as a stand-in for the outline parser."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from corpus.model import Cell, Document, Item, ItemKind, Metadata, Section


def document(
    name: str, sections: Sequence[tuple[str, Sequence[str]]], *, title: str = ""
) -> Document:
    """A document of (heading, lines) sections; the heading is the section's first item."""
    text = ""
    made: list[Section] = []
    items: list[Item] = []
    for number, (heading, lines) in enumerate(sections):
        start = len(text)
        for line in (heading, *lines):
            if line.strip():
                kind = _kind(line, is_heading=line is heading)
                items.append(Item(len(items), kind, len(text), len(text) + len(line), number))
            text += line + "\n"
        path = (heading,)
        made.append(Section(f"{name}-s{number}", number, heading, path, 1, start, len(text)))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    metadata = Metadata(title=title or name)
    return Document(name, metadata, text, tuple(made), tuple(items), (), digest, f"{name}.txt")


def table() -> Document:
    """One section with a caption and a table of two rows."""
    text = "지원 규모\n< 연도별 예산 >\n구분\t금액\n1단계\t100억 원\n2단계\t200억 원\n"
    spans = [_span(text, line) for line in text.splitlines()]
    kinds = [ItemKind.HEADING, ItemKind.CAPTION, ItemKind.TABLE_HEAD, *[ItemKind.TABLE_ROW] * 2]
    items = tuple(
        Item(n, kind, *span, 0, parent=1 if n > 1 else None, cells=_cells(text, span, kind))
        for n, (kind, span) in enumerate(zip(kinds, spans, strict=True))
    )
    section = Section("t-s0", 0, "지원 규모", ("사업 개요", "지원 규모"), 1, 0, len(text))
    return Document("t", Metadata(title="예산안"), text, (section,), items, (), "d", "t.txt")


def _kind(line: str, *, is_heading: bool) -> ItemKind:
    if is_heading:
        return ItemKind.HEADING
    return ItemKind.NOTE if line.startswith("※") else ItemKind.PARAGRAPH


def _span(text: str, line: str) -> tuple[int, int]:
    start = text.index(line)
    return start, start + len(line)


def _cells(text: str, span: tuple[int, int], kind: ItemKind) -> tuple[Cell, ...]:
    if kind is not ItemKind.TABLE_ROW:
        return ()
    left, right = text[slice(*span)].split("\t")
    middle = span[0] + len(left)
    return (
        Cell(left, ("구분",), span[0], middle),
        Cell(right, ("금액",), middle + 1, span[1]),
    )
