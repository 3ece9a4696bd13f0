"""The vectors of a build's passages; those whose text was indexed before are taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index import contents, generations
from index.contents import Contents, load_digests, load_documents, load_passages
from index.dense import EXACT_UP_TO, Before, DenseIndex
from index.embedding import Embedder, TermEmbedder
from index.errors import IndexMissing, IndexUnreadable
from index.rows import TermRows
from index.semantics import Progress
from index.stored import StoredPassages
from index.term_table import TermTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_BATCH = 256  # texts
_TERMS_BATCH = 16_384  # rows of terms, which need no model
_QUESTIONS = 200


def passage_vectors(
    folder: Path, *, embedder: Embedder, data: Path, report: Progress
) -> tuple[Vectors, Before | None]:
    """A vector for every passage of a folder under construction, shape (passages, d).

    And the index that serves, with the rows whose vectors were taken from it, if there is one.
    """
    digests = [digest.tobytes() for digest in load_digests(folder)]
    before = _before(digests, embedder=embedder, data=data)
    known = np.zeros(len(digests), dtype=np.bool_) if before is None else before.rows >= 0
    vectors = np.zeros((len(digests), embedder.dimension), dtype=np.float32)
    if before is not None:
        vectors[known] = before.index.vectors()[before.rows[known]]
    first: dict[bytes, int] = {}
    copies: list[tuple[int, int]] = []  # equal texts have equal vectors, embedded once
    for row in np.flatnonzero(~known).tolist():
        if (earlier := first.setdefault(digests[row], row)) != row:
            copies.append((row, earlier))
    missing = list(first.values())
    done = 0
    for rows, found in _embedded(folder, missing, embedder=embedder):
        vectors[rows] = found
        done += len(rows)
        report("embedding", done, len(missing))
    if copies:
        pairs = np.asarray(copies, dtype=np.int64)
        vectors[pairs[:, 0]] = vectors[pairs[:, 1]]
    return vectors, before


def embedded(stored: Contents, embedder: TermEmbedder, *, exact: bool = True) -> DenseIndex:
    """The passages of an opened generation in other word vectors.

    ``exact`` searches them all, which is ready at once; else the size decides, as in a build.
    """
    averages = embedder.averages(tuple(stored.terms))
    parts = (stored.heading_rows, stored.body_rows)
    rows = np.arange(len(stored.passages))
    found = [
        averages.of(parts, rows[start : start + _TERMS_BATCH])
        for start in range(0, len(rows), _TERMS_BATCH)
    ]
    limit = len(rows) if exact else EXACT_UP_TO
    return DenseIndex.build(np.concatenate(found), exact_up_to=limit)


def question_vectors(folder: Path, *, embedder: Embedder) -> Vectors:
    """Vectors of short texts like questions: title and headings of some passages."""
    passages = _passages(folder)
    rows = np.linspace(0, len(passages) - 1, min(_QUESTIONS, len(passages))).astype(np.int64)
    if isinstance(embedder, TermEmbedder):
        terms = TermTable.load(folder / contents.TERMS)
        headings = TermRows.load(folder / contents.HEADING_ROWS, terms)
        return embedder.averages(tuple(terms)).of([headings], rows)
    return embedder.encode([passages[row].above for row in rows.tolist()])


def _embedded(
    folder: Path, rows: Sequence[int], *, embedder: Embedder
) -> Iterator[tuple[Sequence[int], Vectors]]:
    if isinstance(embedder, TermEmbedder):
        terms = TermTable.load(folder / contents.TERMS)
        parts = [
            TermRows.load(folder / name, terms)
            for name in (contents.HEADING_ROWS, contents.BODY_ROWS)
        ]
        averages = embedder.averages(tuple(terms))
        for batch in _batches(rows, size=_TERMS_BATCH):
            yield batch, averages.of(parts, np.asarray(batch, dtype=np.int64))
    else:
        passages = _passages(folder)
        for batch in _batches(rows, size=_BATCH):
            yield batch, embedder.encode([passages[row].searched for row in batch])


def _batches(rows: Sequence[int], *, size: int) -> Iterator[Sequence[int]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _passages(folder: Path) -> StoredPassages:
    return load_passages(folder, load_documents(folder))


def _before(digests: Sequence[bytes], *, embedder: Embedder, data: Path) -> Before | None:
    """The vectors that serve, and the row in them of each text; None where there are none."""
    try:
        previous = generations.current(data)
        held = previous.manifest
        if (held.embedder, held.dimension) != (embedder.name, embedder.dimension):
            return None
        rows = {d.tobytes(): row for row, d in enumerate(load_digests(previous.path))}
        index = contents.load_dense(previous.path)
    except (IndexMissing, IndexUnreadable, OSError, RuntimeError, ValueError):
        return None  # a damaged generation is no source; building anew is the way out
    found = (rows.get(digest, -1) for digest in digests)
    return Before(index, np.fromiter(found, dtype=np.int64, count=len(digests)))
