"""Small stand-ins: an embedder for any text, documents of one line or one table, analyses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.constraints import find_constraints
from assistant.evidence import Evidence
from assistant.focus import FocusTerm
from assistant.question import QuestionAnalysis
from corpus.load import document_from_bytes
from corpus.model import Cell, Contact, Document, Item, ItemKind, Metadata, Section
from index.alternatives import Alternative
from tests.index.fakes import HashEmbedder


class AnyTextEmbedder(HashEmbedder):
    """Takes lone surrogates too, which people's browsers do send."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return super().encode([text.encode("utf-8", "replace").decode() for text in texts])


def paper(body: str, *, published: str = "2026-03-02", name: str = "paper") -> Document:
    """A Markdown document read by the real reader."""
    head = f"---\ntitle: 시험 공고\nissuer: 시험부\npublished: {published}\n---\n\n# 시험 공고\n\n"
    return document_from_bytes((head + body).encode(), name=f"{name}.md")


def line(text: str, *, label: str = "", kind: ItemKind = ItemKind.LIST_ITEM) -> Evidence:
    """Evidence that is one line of its own document."""
    item = Item(0, kind, 0, len(text), 0, label=label)
    return _evidence(text, (item,), item)


def row(cells: Sequence[tuple[str | tuple[str, ...], str]], *, caption: str = "") -> Evidence:
    """Evidence that is a table row of (header or header path, text) below a caption."""
    text, made = f"{caption}\n", list[Cell]()
    begin = len(text)
    for header, value in cells:
        path = header if isinstance(header, tuple) else (header,) if header else ()
        made.append(Cell(value, path, len(text), len(text) + len(value)))
        text += value + " | "
    text = text.removesuffix(" | ")
    head = Item(0, ItemKind.CAPTION, 0, len(caption), 0)
    body = Item(1, ItemKind.TABLE_ROW, begin, len(text), 0, parent=0, cells=tuple(made))
    return _evidence(text, (head, body), body)


def analysis(
    text: str, *, types: Sequence[str] = (), terms: Sequence[FocusTerm] = ()
) -> QuestionAnalysis:
    """A question already understood."""
    return QuestionAnalysis(text, text, tuple(terms), tuple(types), find_constraints(text))


def term(word: str, *, weight: float = 1.0, closed: bool = False, **others: float) -> FocusTerm:
    """A focus term; ``others`` are other words for it with their weights."""
    own = Alternative((f"{word}/NN",), 1.0, word)
    more = [Alternative(tuple(f"{w}/NN" for w in o.split("_")), v, o) for o, v in others.items()]
    return FocusTerm(f"{word}/NN", word, weight, (own, *more), closed=closed)


def with_contacts(*contacts: Contact) -> Document:
    """A document of nothing but contacts."""
    text = "문의처\n"
    section = Section("c-s0", 0, "문의처", ("문의처",), 1, 0, len(text))
    return Document("c", Metadata(title="문의처"), text, (section,), (), contacts, "d", "c.md")


def _evidence(text: str, items: tuple[Item, ...], item: Item) -> Evidence:
    section = Section("e-s0", 0, "", ("",), 1, 0, len(text))
    document = Document("e", Metadata(title="시험"), text, (section,), items, (), "d", "e.md")
    headers = " ".join(dict.fromkeys(h for cell in item.cells for h in cell.header))
    above = text[: items[0].end] if item.parent is not None else ""
    return Evidence(
        document,
        section,
        item,
        item.start,
        item.end,
        text[item.start : item.end],
        headers,
        above,
        (),
        above,
    )
