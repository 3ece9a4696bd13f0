"""What a generation stores and how: documents, passages, vectors and term indexes.

documents.bin, documents.npy    the documents, compressed JSON end to end, and their borders
heads.jsonl                     for each document what is known without its text and outline
passages.jsonl, passages.npy    a line of JSON a passage, and the borders of the lines
rows.npy                        the borders of the documents' rows
bare.npy, digests.npy           headings without text; what identifies each searched text
sections.npy, singles.npy       the section of each passage by number; single rows of tables
keys.npy                        the documents' keys in the cache of segments
terms/                          the terms of bodies and headings by number
body_rows/, heading_rows/       the terms of every passage in reading order
levels.npy                      for each term of a heading row whether of the title or which heading
body/, heading/, bigrams/       BM25 by term; the bigrams have their own terms
dense.faiss, dense.json         the vectors, and how well near ones are found
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.arrays import open_array, open_bytes, touch
from index.dense import DenseIndex
from index.errors import IndexUnreadable
from index.lexical import LexicalIndex
from index.rows import TermRows
from index.stored import StoredDocuments, StoredPassages
from index.term_table import TermTable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DOCUMENTS, HEADS, PASSAGES = "documents.bin", "heads.jsonl", "passages.jsonl"
DOCUMENT_STARTS, PASSAGE_STARTS, ROWS = "documents.npy", "passages.npy", "rows.npy"
BARE, DIGESTS, KEYS = "bare.npy", "digests.npy", "keys.npy"
SECTIONS, SINGLES, LEVELS = "sections.npy", "singles.npy", "levels.npy"
TERMS, BODY_ROWS, HEADING_ROWS = "terms", "body_rows", "heading_rows"
BODY, HEADING, BIGRAMS, DENSE = "body", "heading", "bigrams", "dense.faiss"


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """Everything a search needs; row i of every index is ``passages[i]``.

    Document ``d`` has the rows from ``rows[d]`` to ``rows[d + 1]``. ``bare`` marks passages that
    are only the heading over other sections, ``singles`` those that are one row of a table;
    ``sections`` numbers the section of each passage, ascending. ``terms`` are those of both rows
    and of ``body`` and ``heading``, by number. ``levels`` stands beside the numbers of
    ``heading_rows``: 0 for terms of the title, then 1 and so on down the path of headings.
    """

    documents: StoredDocuments
    passages: StoredPassages
    rows: NDArray[np.int64]
    bare: NDArray[np.bool_]
    singles: NDArray[np.bool_]
    sections: NDArray[np.int32]
    terms: TermTable
    body_rows: TermRows
    heading_rows: TermRows
    levels: NDArray[np.uint8]
    body: LexicalIndex
    heading: LexicalIndex
    bigrams: LexicalIndex
    dense: DenseIndex


def load(folder: Path) -> Contents:
    """Opens a generation's folder; raises IndexUnreadable when its parts do not fit together."""
    try:
        contents = _load(folder)
    except (OSError, RuntimeError, KeyError, ValueError, TypeError) as error:
        raise _unreadable(folder, str(error)) from error
    if sizes(contents) != {len(contents.passages)}:
        raise _unreadable(folder, "its parts have different numbers of rows")
    return contents


def warm(contents: Contents) -> None:
    """Has in memory what searches read; of texts, only those found are read, when they are."""
    for part in (contents.body, contents.heading, contents.bigrams):
        part.warm()
    for rows in (contents.body_rows, contents.heading_rows):
        rows.warm()
    touch(contents.rows, contents.bare, contents.singles, contents.sections, contents.levels)
    contents.dense.warm()


def sizes(contents: Contents) -> set[int]:
    """The row counts of all indexes; one number when they fit together."""
    indexes = (contents.dense, contents.body, contents.heading, contents.bigrams)
    lengths = (
        contents.body_rows,
        contents.heading_rows,
        contents.bare,
        contents.singles,
        contents.sections,
    )
    return {index.size for index in indexes} | {len(part) for part in lengths}


def load_dense(folder: Path) -> DenseIndex:
    """The vectors of a generation alone."""
    return DenseIndex.load(folder / DENSE)


def load_digests(folder: Path) -> NDArray[np.uint8]:
    """What identifies the searched text of each passage, shape (passages, 16)."""
    return open_array(folder / DIGESTS)


def load_keys(folder: Path) -> list[bytes]:
    """The documents' keys in the cache of segments."""
    return [key.tobytes() for key in open_array(folder / KEYS)]


def _load(folder: Path) -> Contents:
    documents = load_documents(folder)
    rows = open_array(folder / ROWS)
    terms = TermTable.load(folder / TERMS)
    return Contents(
        documents=documents,
        passages=load_passages(folder, documents),
        rows=rows,
        bare=open_array(folder / BARE),
        singles=open_array(folder / SINGLES),
        sections=open_array(folder / SECTIONS),
        terms=terms,
        body_rows=TermRows.load(folder / BODY_ROWS, terms),
        heading_rows=TermRows.load(folder / HEADING_ROWS, terms),
        levels=open_array(folder / LEVELS),
        body=LexicalIndex.load(folder / BODY, terms=terms),
        heading=LexicalIndex.load(folder / HEADING, terms=terms),
        bigrams=LexicalIndex.load(folder / BIGRAMS),
        dense=load_dense(folder),
    )


def load_documents(folder: Path) -> StoredDocuments:
    """The documents of a generation alone."""
    lines = (folder / HEADS).read_bytes().split(b"\n")
    return StoredDocuments(
        content=open_bytes(folder / DOCUMENTS),
        starts=open_array(folder / DOCUMENT_STARTS),
        heads=tuple(json.loads(line) for line in lines if line),
    )


def load_passages(folder: Path, documents: StoredDocuments) -> StoredPassages:
    """The passages of a generation alone."""
    return StoredPassages(
        content=open_bytes(folder / PASSAGES),
        starts=open_array(folder / PASSAGE_STARTS),
        rows=open_array(folder / ROWS),
        ids=tuple(documents),
        titles=documents.titles(),
    )


def _unreadable(folder: Path, reason: str) -> IndexUnreadable:
    return IndexUnreadable(
        f"the index {folder} cannot be read ({reason}); build it anew with 'policy-qa index build'"
    )
