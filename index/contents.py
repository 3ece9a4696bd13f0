"""What a generation stores and how: documents, passages, vectors and term indexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import TypeAdapter, ValidationError

from corpus.model import Document, ItemKind
from index.dense import DenseIndex
from index.errors import IndexUnreadable
from index.lexical import LexicalIndex
from index.passages import Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DOCUMENTS = "documents.json"
_PASSAGES = "passages.jsonl"
_DENSE = "dense.faiss"
_BODY, _HEADING, _BIGRAMS = "body", "heading", "bigrams"


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a search needs; row i of every index is ``passages[i]``."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    dense: DenseIndex
    body: LexicalIndex
    heading: LexicalIndex
    bigrams: LexicalIndex


def save(contents: Contents, folder: Path) -> None:
    """Writes the contents as files of a generation's folder."""
    documents = TypeAdapter(tuple[Document, ...]).dump_json(contents.documents)
    (folder / _DOCUMENTS).write_bytes(documents)
    _save_passages(contents.passages, folder / _PASSAGES)
    contents.dense.save(folder / _DENSE)
    contents.body.save(folder / _BODY)
    contents.heading.save(folder / _HEADING)
    contents.bigrams.save(folder / _BIGRAMS)


def load(folder: Path) -> Contents:
    """Opens what ``save`` wrote; raises IndexUnreadable when the parts do not fit together."""
    try:
        contents = Contents(
            documents=_load_documents(folder),
            passages=load_passages(folder),
            dense=load_dense(folder),
            body=LexicalIndex.load(folder / _BODY),
            heading=LexicalIndex.load(folder / _HEADING),
            bigrams=LexicalIndex.load(folder / _BIGRAMS),
        )
    except (OSError, ValidationError, RuntimeError, KeyError, ValueError) as error:
        raise _unreadable(folder, str(error)) from error
    if sizes(contents) != {len(contents.passages)}:
        raise _unreadable(folder, "its parts have different numbers of rows")
    return contents


def sizes(contents: Contents) -> set[int]:
    """The row counts of all indexes; one number when they fit together."""
    indexes = (contents.dense, contents.body, contents.heading, contents.bigrams)
    return {index.size for index in indexes}


def load_passages(folder: Path) -> tuple[Passage, ...]:
    """The passages of a generation alone."""
    adapter = TypeAdapter(Passage)
    lines = (folder / _PASSAGES).read_bytes().split(b"\n")
    return tuple(adapter.validate_json(line) for line in lines if line)


def load_dense(folder: Path) -> DenseIndex:
    """The vectors of a generation alone."""
    return DenseIndex.load(folder / _DENSE)


def bare_headings(contents: Contents) -> NDArray[np.bool_]:
    """Which passages are only the heading over other sections, shape (passages,).

    They match a question about what stands under them better than the text that answers it.
    """
    spans = {d.document_id: _heading_spans(d) for d in contents.documents}
    found = [
        passage.kind == "text" and _covered(passage, spans.get(passage.document_id, {}))
        for passage in contents.passages
    ]
    return np.asarray(found, dtype=np.bool_)


def _heading_spans(document: Document) -> dict[str, int]:
    """For each section that has subsections, where its last heading item ends."""
    parents = {section.parent for section in document.sections}
    over = {s.ordinal: s.section_id for s in document.sections if s.ordinal in parents}
    return {
        over[item.section]: item.end
        for item in document.items
        if item.kind is ItemKind.HEADING and item.section in over
    }


def _covered(passage: Passage, spans: Mapping[str, int]) -> bool:
    return passage.end <= spans.get(passage.section_id, -1)


def _save_passages(passages: Sequence[Passage], path: Path) -> None:
    adapter = TypeAdapter(Passage)
    path.write_bytes(b"".join(adapter.dump_json(passage) + b"\n" for passage in passages))


def _load_documents(folder: Path) -> tuple[Document, ...]:
    adapter = TypeAdapter(tuple[Document, ...])
    return adapter.validate_json((folder / _DOCUMENTS).read_bytes())


def _unreadable(folder: Path, reason: str) -> IndexUnreadable:
    return IndexUnreadable(
        f"the index {folder} cannot be read ({reason}); build it anew with 'policy-qa index build'"
    )
