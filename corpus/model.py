"""The words of the corpus: documents, sections, items, tables, contacts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class ItemKind(StrEnum):
    """What an item is in the outline of its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    NOTE = "note"
    CAPTION = "caption"
    TABLE_HEAD = "table_head"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row with the path of its column headers.

    ``start``/``end`` are character offsets into the document's text; ``header`` runs from
    the outermost merged header to the column's own one ("1단계(A)", "'19").
    """

    text: str
    header: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, list item, note, heading, caption or table row.

    Offsets are characters of the document's text. ``parent`` is the ordinal of the item it
    belongs to (a note's item, a sub-item's item, a row's caption), ``label`` a leading
    "(신청 주체)" or "일시 :" without its brackets, ``depth`` the nesting inside its section.
    """

    ordinal: int
    kind: ItemKind
    start: int
    end: int
    section: int
    parent: int | None = None
    label: str = ""
    depth: int = 0
    marker: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline; the spans of all sections, in order, give the text back.

    ``start``/``end`` cover the heading and the section's own content up to the next section;
    ``path`` runs from the root to this section's heading.
    """

    section_id: str
    ordinal: int
    heading: str
    path: tuple[str, ...]
    level: int
    start: int
    end: int
    parent: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or desk named as responsible, with the span that says so."""

    department: str
    phone: str
    start: int
    end: int
    name: str = ""
    role: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the head of a document says about it; empty strings and None where it is silent."""

    title: str = ""
    issuer: str = ""
    kind: str = ""
    published: date | None = None
    embargo: datetime | None = None
    source_title: str = ""
    language: str = "ko"


@dataclass(frozen=True, slots=True)
class Document:
    """One published file: its text, its outline and what is known about it.

    ``digest`` is the SHA-256 of the text and metadata; ``source`` the file's name.
    """

    document_id: str
    metadata: Metadata
    text: str
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    contacts: tuple[Contact, ...]
    digest: str
    source: str
    warnings: tuple[str, ...] = field(default=())

    def quote(self, *, start: int, end: int) -> str:
        """The verbatim text of a span."""
        return self.text[start:end]
