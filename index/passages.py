"""Passages: the pieces of sections that are indexed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from corpus.model import Document, Item, ItemKind, Section
from index.pieces import Piece, pieces_of

Kind = Literal["text", "row"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one section, or one row of a table.

    ``start``/``end`` are character offsets of the document's text. ``heading`` is the path of
    headings, captions and parent items above it, ``body`` what is searched. ``passage_id`` stays
    the same across builds for as long as the content and its section do.
    """

    passage_id: str
    document_id: str
    section_id: str
    kind: Kind
    start: int
    end: int
    title: str
    heading: str
    body: str

    @property
    def above(self) -> str:
        """Title and heading: what stands above the body."""
        return "\n".join(part for part in (self.title, self.heading) if part)

    @property
    def searched(self) -> str:
        """Title, heading and body: all that an embedding sees."""
        return "\n".join(part for part in (self.above, self.body) if part)


def make_passages(document: Document, *, size: int = 500) -> tuple[Passage, ...]:
    """Passages of about ``size`` characters that cover every item; rows also singly."""
    found: list[Passage] = []
    owned = _items_by_section(document)
    by_ordinal = {item.ordinal: item for item in document.items}
    for section in document.sections:
        items = owned.get(section.ordinal, [])
        for piece in pieces_of(document.text, section=section, items=items, size=size):
            ancestors = _ancestors(piece, by_ordinal)
            found.append(_text_passage(document, section, piece, ancestors))
        for row in items:
            if row.kind is ItemKind.TABLE_ROW and row.cells:
                piece = Piece(row.start, row.end, (row,))
                ancestors = _ancestors(piece, by_ordinal)
                found.append(_row_passage(document, section, row, ancestors))
    return tuple(_numbered(found))


def _items_by_section(document: Document) -> dict[int, list[Item]]:
    ordered = sorted(document.items, key=lambda item: (item.section, item.start, item.ordinal))
    return {key: list(group) for key, group in groupby(ordered, key=lambda item: item.section)}


def _text_passage(
    document: Document, section: Section, piece: Piece, ancestors: Sequence[Item]
) -> Passage:
    body = document.text[piece.start : piece.end].strip()
    return _passage(document, section, "text", (piece.start, piece.end), body, ancestors)


def _row_passage(
    document: Document, section: Section, row: Item, ancestors: Sequence[Item]
) -> Passage:
    pairs = ((" ".join(cell.header), cell.text) for cell in row.cells if cell.text.strip())
    body = " | ".join(f"{header}: {text}" if header else text for header, text in pairs)
    body = body or document.text[row.start : row.end].strip()
    return _passage(document, section, "row", (row.start, row.end), body, ancestors)


def _passage(
    document: Document,
    section: Section,
    kind: Kind,
    span: tuple[int, int],
    body: str,
    ancestors: Sequence[Item],
) -> Passage:
    above = [document.text[item.start : item.end].strip() for item in ancestors]
    heading = " > ".join(part for part in (*section.path, *above) if part)
    title = document.metadata.title
    return Passage(
        passage_id="",
        document_id=document.document_id,
        section_id=section.section_id,
        kind=kind,
        start=span[0],
        end=span[1],
        title=title,
        heading=heading,
        body=body,
    )


def _ancestors(piece: Piece, by_ordinal: dict[int, Item]) -> list[Item]:
    """The chain of parents of the piece's first item, outermost first, outside the piece."""
    chain: list[Item] = []
    seen: set[int] = set()
    parent = piece.items[0].parent if piece.items else None
    while parent is not None and parent in by_ordinal and parent not in seen:
        seen.add(parent)
        item = by_ordinal[parent]
        # Headings are in the section's path already.
        if item.kind is not ItemKind.HEADING and not piece.start <= item.start < piece.end:
            chain.append(item)
        parent = item.parent
    return chain[::-1]


def _numbered(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages with their ids."""
    passages = tuple(passages)
    for passage, copy in zip(passages, copies(passages), strict=True):
        yield replace(passage, passage_id=identity(passage, copy=copy))


def copies(passages: Iterable[Passage]) -> Iterator[int]:
    """For each passage of a document, how many before it equal it (rows that repeat)."""
    times: Counter[tuple[str, ...]] = Counter()
    for passage in passages:
        content = _content(passage)
        yield times[content]
        times[content] += 1


def identity(passage: Passage, *, copy: int) -> str:
    """The id of a passage that ``copy`` others of its document before it equal."""
    first = hashed(passage.document_id, *_content(passage))
    return hashed(first, str(copy)) if copy else first


def _content(passage: Passage) -> tuple[str, ...]:
    # Only the content and its section count, so that the id survives a move within the file.
    return (passage.section_id, passage.kind, passage.title, passage.heading, passage.body)


def hashed(*parts: str) -> str:
    """Sixteen hexadecimal digits that identify the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
