"""Evidence: sentences, list items and table rows with all that says what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Document, Item, ItemKind, Section
from index.passages import Passage
from index.segment import Segmenter

_GRID_CELL = 8
_PHONE = re.compile(r"\d{2,4}-\d{4}")
_GOES_ON = re.compile(
    r"^[’”\"'」』)\]]*\s*(?:이?라는|이?라고|이?라며|이?라면서|고 (?:밝|말|강조|덧))"
)
_CACHED_DOCUMENTS = 512
_LEAD = 700
_LONG_PARAGRAPH = 120
# Shares of its own words and of the title's that a line has in common with the title it repeats.
_TITLE_OWN, _TITLE_WHOLE = 0.8, 0.6

# How much a word counts that stands not in the evidence itself but in what it belongs to.
OWN, PARENT, CAPTION, HEADING, PATH, NEAR, SIBLING, TITLE, LEAD, DOCUMENT = (
    1.0,
    0.9,
    0.9,
    0.85,
    0.7,
    0.55,
    0.45,
    0.7,
    0.5,
    0.35,
)
_SHORT_DOCUMENT = 8000
_SHORT_LIST = 900


@dataclass(frozen=True, slots=True)
class Level:
    """Words at one distance from the evidence, with the share a match there counts."""

    name: str
    share: float
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citable piece of a document: ``document.text[start:end]`` with its context.

    ``text`` is that span, ``headers`` a row's column headers, ``parents`` the texts of captions
    and items above it, ``lead_in`` the nearest of them as printed.
    """

    document: Document
    section: Section
    item: Item
    start: int
    end: int
    text: str
    headers: str
    parents: str
    levels: tuple[Level, ...]
    lead_in: str = ""

    @property
    def key(self) -> tuple[str, int, int]:
        """What makes a piece of evidence the same one."""
        return (self.document.document_id, self.start, self.end)


class EvidenceReader:
    """Cuts documents into evidence once and hands out what lies in a passage."""

    def __init__(self, *, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._of_section = lru_cache(maxsize=_CACHED_DOCUMENTS * 64)(self._section_evidence)
        self._lead_terms = lru_cache(maxsize=_CACHED_DOCUMENTS)(self._document_terms)
        self._list_terms = lru_cache(maxsize=_CACHED_DOCUMENTS * 64)(self._entries_terms)
        self._documents: dict[str, Document] = {}

    def read(self, document: Document, passage: Passage) -> Iterator[Evidence]:
        """The evidence of a passage, in text order."""
        self._documents[document.document_id] = document
        for evidence in self.of_section(document, passage.section_id):
            if evidence.end > passage.start and evidence.start < passage.end:
                yield evidence

    def of_section(self, document: Document, section_id: str) -> tuple[Evidence, ...]:
        """All evidence of one section."""
        self._documents[document.document_id] = document
        return self._of_section(document.document_id, document.digest, section_id)

    def _section_evidence(
        self, document_id: str, _digest: str, section_id: str
    ) -> tuple[Evidence, ...]:
        document = self._documents[document_id]
        section = next(s for s in document.sections if s.section_id == section_id)
        items = [item for item in document.items if item.section == section.ordinal]
        shared = self._shared_levels(document, section)
        found: list[Evidence] = []
        for item in items:
            if item.kind in {ItemKind.TABLE_HEAD, ItemKind.CAPTION}:
                continue
            found.extend(self._of_item(document, section, item, shared))
        return tuple(found)

    def _of_item(
        self, document: Document, section: Section, item: Item, shared: tuple[Level, ...]
    ) -> Iterator[Evidence]:
        parents = _ancestors(document, item)
        levels = self._item_levels(document, item, parents)
        headers = " ".join(dict.fromkeys(h for cell in item.cells for h in cell.header))
        above = " ".join(_slice(document, parent) for parent in parents)
        siblings = self._siblings(document, item)
        lead_in = _lead_in(document, parents)
        spans = self._spans(document, item)
        for start, end in spans:
            text = document.text[start:end]
            own = Level("own", OWN, frozenset(self._segmenter.terms(text)))
            near = siblings
            if len(spans) > 1 and not item.cells:
                rest = document.text[item.start : start] + " " + document.text[end : item.end]
                near = (Level("near", NEAR, frozenset(self._segmenter.terms(rest))),)
            yield Evidence(
                document,
                section,
                item,
                start,
                end,
                text,
                headers,
                above,
                (own, *levels, *near, *shared),
                lead_in,
            )

    def _spans(self, document: Document, item: Item) -> tuple[tuple[int, int], ...]:
        text = document.text[item.start : item.end]
        if is_grid(item):
            return tuple((cell.start, cell.end) for cell in item.cells if cell.end > cell.start)
        if item.kind is ItemKind.TABLE_ROW or len(text) <= _LONG_PARAGRAPH:
            return ((item.start, item.end),)
        spans = _joined(text, self._segmenter.sentences(text))
        return tuple((item.start + a, item.start + b) for a, b in spans) or (
            (item.start, item.end),
        )

    def _siblings(self, document: Document, item: Item) -> tuple[Level, ...]:
        """The other entries of a short list say what an entry is about."""
        if item.kind is not ItemKind.LIST_ITEM:
            return ()
        terms = self._list_terms(document.document_id, document.digest, item.section, item.parent)
        return (Level("sibling", SIBLING, terms),) if terms else ()

    def _entries_terms(
        self, document_id: str, _digest: str, section: int, parent: int | None
    ) -> frozenset[str]:
        document = self._documents[document_id]
        entries = [
            i
            for i in document.items
            if i.section == section and i.parent == parent and i.kind is ItemKind.LIST_ITEM
        ]
        text = " ".join(_slice(document, entry) for entry in entries)
        return self._terms(text) if len(entries) > 1 and len(text) <= _SHORT_LIST else frozenset()

    def _item_levels(
        self, document: Document, item: Item, parents: Sequence[Item]
    ) -> tuple[Level, ...]:
        headers = " ".join(header for cell in item.cells for header in cell.header)
        levels = [Level("header", CAPTION, self._terms(headers))] if headers else []
        if item.label and item.cells:
            levels.append(Level("group", CAPTION, self._terms(item.label)))
        for parent in parents:
            share = CAPTION if parent.kind is ItemKind.CAPTION else PARENT
            name = "caption" if item.cells and parent.kind is ItemKind.CAPTION else "parent"
            levels.append(Level(name, share, self._terms(_slice(document, parent))))
        return tuple(levels)

    def _shared_levels(self, document: Document, section: Section) -> tuple[Level, ...]:
        above = " ".join(section.path[:-1])
        return (
            Level("heading", HEADING, self._terms(section.heading)),
            Level("path", PATH, self._terms(above)),
            *self._lead_terms(document.document_id, document.digest),
        )

    def _document_terms(self, document_id: str, _digest: str) -> tuple[Level, ...]:
        document = self._documents[document_id]
        head = document.metadata
        return (
            Level("title", TITLE, self._terms(f"{head.title} {head.source_title}")),
            Level("lead", LEAD, self._terms(document.text[:_LEAD] + " " + head.issuer)),
            *self._short_document(document),
        )

    def _short_document(self, document: Document) -> tuple[Level, ...]:
        """All of a short document is about its one subject."""
        if len(document.text) > _SHORT_DOCUMENT:
            return ()
        return (Level("document", DOCUMENT, self._terms(document.text)),)

    def _terms(self, text: str) -> frozenset[str]:
        return frozenset(self._segmenter.terms(text)) if text.strip() else frozenset()


def is_heading(evidence: Evidence) -> bool:
    """Whether evidence names what follows or the document itself, and so answers little."""
    return evidence.item.kind is ItemKind.HEADING or _repeats_title(evidence)


def _repeats_title(evidence: Evidence) -> bool:
    if evidence.item.cells:
        return False
    own = evidence.levels[0].terms
    title = next((level.terms for level in evidence.levels if level.name == "title"), frozenset())
    shared = len(own & title)
    return bool(title) and shared >= _TITLE_OWN * len(own) and shared >= _TITLE_WHOLE * len(title)


def is_grid(item: Item) -> bool:
    """Whether a row is only a line of boxes: no headers, each cell a statement of its own."""
    filled = [cell for cell in item.cells if cell.text]
    return (
        len(filled) > 2
        and not any(cell.header for cell in item.cells)
        and all(len(cell.text) >= _GRID_CELL for cell in filled)
        and not any(_PHONE.search(cell.text) for cell in filled)
    )


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences, with what only goes on after a quotation ("…’라는 비전 하에") joined back."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and _GOES_ON.match(text[start:end]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _ancestors(document: Document, item: Item) -> list[Item]:
    found: list[Item] = []
    parent = item.parent
    while parent is not None and len(found) < 8:
        found.append(document.items[parent])
        parent = document.items[parent].parent
    return found


def _lead_in(document: Document, parents: Sequence[Item]) -> str:
    return next((_slice(document, parent) for parent in parents), "")


def _slice(document: Document, item: Item) -> str:
    return document.text[item.start : item.end]
