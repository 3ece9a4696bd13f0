"""The vectors of a build's passages; those whose text was indexed before are taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index import contents, generations
from index.contents import Contents, load_digests, load_documents, load_passages
from index.dense import DenseIndex
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


def passage_vectors(folder: Path, *, embedder: Embedder, data: Path, report: Progress) -> Vectors:
    """A vector for every passage of a folder under construction, shape (passages, d)."""
    digests = [digest.tobytes() for digest in load_digests(folder)]
    vectors, known = _taken_over(digests, embedder=embedder, data=data)
    first = dict(zip(reversed(digests), range(len(digests) - 1, -1, -1), strict=True))
    missing = [row for digest, row in first.items() if not known[row]]
    missing.sort()
    done = 0
    for rows, found in _embedded(folder, missing, embedder=embedder):
        vectors[rows] = found
        done += len(rows)
        report("embedding", done, len(missing))
    # Equal texts have equal vectors, embedded once.
    return vectors[[first[digest] for digest in digests]] if len(first) < len(digests) else vectors


def embedded(stored: Contents, embedder: TermEmbedder) -> DenseIndex:
    """The passages of an opened generation in other word vectors, searched exactly."""
    averages = embedder.averages(tuple(stored.terms))
    parts = (stored.heading_rows, stored.body_rows)
    rows = np.arange(len(stored.passages))
    found = [
        averages.of(parts, rows[start : start + _TERMS_BATCH])
        for start in range(0, len(rows), _TERMS_BATCH)
    ]
    return DenseIndex.build(np.concatenate(found), exact_up_to=len(rows))


def question_vectors(folder: Path, *, embedder: Embedder) -> Vectors:
    """Vectors of short texts like questions: a title and a heading of some passages."""
    passages = _passages(folder)
    places = np.linspace(0, len(passages) - 1, min(_QUESTIONS, len(passages))).astype(np.int64)
    found = (passages[int(place)] for place in places)
    return embedder.encode([f"{p.title} {p.heading.rpartition(' > ')[2]}" for p in found])


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


def _taken_over(
    digests: Sequence[bytes], *, embedder: Embedder, data: Path
) -> tuple[Vectors, NDArray[np.bool_]]:
    """Vectors of the texts that the serving generation holds, and which rows have one."""
    vectors = np.zeros((len(digests), embedder.dimension), dtype=np.float32)
    known = np.zeros(len(digests), dtype=np.bool_)
    try:
        previous = generations.current(data)
        if previous.manifest.embedder != embedder.name:
            return vectors, known
        rows = {d.tobytes(): row for row, d in enumerate(load_digests(previous.path))}
        held = contents.load_dense(previous.path).vectors()
    except (IndexMissing, IndexUnreadable, OSError, RuntimeError, ValueError):
        return vectors, known  # a damaged generation is no source; building anew is the way out
    pairs = [(row, rows[digest]) for row, digest in enumerate(digests) if digest in rows]
    if pairs and held.shape[1] == vectors.shape[1]:
        places = np.asarray(pairs, dtype=np.int64)
        vectors[places[:, 0]] = held[places[:, 1]]
        known[places[:, 0]] = True
    return vectors, known
