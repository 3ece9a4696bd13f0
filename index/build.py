"""Building a generation from documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.model import Document
from index import contents, generations
from index.contents import Contents
from index.dense import DenseIndex
from index.embedding import DEFAULT, Embedder, TermEmbedder, lasting, open_embedder
from index.errors import EmptyCorpus, IndexMissing, IndexUnreadable
from index.generations import Generation
from index.lexical import LexicalIndex, character_bigrams
from index.manifest import FORMAT, Manifest, list_files, write_manifest
from index.passages import Passage, make_passages
from index.segment import Segmenter
from index.semantics import Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

EMBEDDINGS = "embedding"
_BATCH = 256


def build_index(  # noqa: PLR0913 - each is a choice of the operator
    *,
    documents: Sequence[Document],
    data: Path,
    embedding: str = DEFAULT,
    user_words: Sequence[tuple[str, str]] = (),
    progress: Progress | None = None,
    passage_size: int = 500,
    segmenter: Segmenter | None = None,
    embedder: Embedder | None = None,
) -> Generation:
    """Indexes the documents in a new generation and lets it serve.

    ``progress`` is told (what, done, of). ``segmenter`` and ``embedder`` stand in for those that
    ``user_words`` and ``embedding`` describe. Raises BuildLocked, EmptyCorpus and
    EmbeddingUnavailable; whatever happens, the generation that serves goes on serving.
    """
    report = progress or _silent
    with generations.building(data) as folder:
        passages = _passages(documents, size=passage_size, report=report)
        segmenter = segmenter or Segmenter(user_words=user_words)
        embedder = embedder or open_embedder(
            embedding, segmenter=segmenter, cache_dir=data / EMBEDDINGS, progress=progress
        )
        terms = _terms(passages, segmenter=segmenter, report=report)
        vectors = _vectors(passages, terms, embedder=embedder, data=data, report=report)
        built = _contents(documents, passages, terms, vectors)
        contents.save(built, folder)
        manifest = _manifest(
            built,
            folder,
            embedding=lasting(embedding),
            embedder=embedder.name,
            user_words=segmenter.user_words,
        )
        write_manifest(folder, manifest)
        contents.load(folder)  # what cannot be opened must never serve
        return generations.publish(data, folder)


def _passages(documents: Sequence[Document], *, size: int, report: Progress) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for done, document in enumerate(documents):
        found.extend(make_passages(document, size=size))
        report("cutting passages", done + 1, len(documents))
    if not found:
        raise EmptyCorpus("there is no text to index; name a folder that holds documents")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of every passage: of its body, and of the title and headings above it."""

    bodies: list[list[str]]
    headings: list[list[str]]

    def whole(self, row: int) -> list[str]:
        return self.headings[row] + self.bodies[row]


def _terms(passages: Sequence[Passage], *, segmenter: Segmenter, report: Progress) -> _Terms:
    bodies: list[list[str]] = []
    for done, passage in enumerate(passages):
        bodies.append(segmenter.terms(passage.body))
        report("segmenting", done + 1, len(passages))
    # Many passages stand under one heading, which is segmented once.
    above = {text: segmenter.terms(text) for text in {passage.above: None for passage in passages}}
    return _Terms(bodies, [above[passage.above] for passage in passages])


def _contents(
    documents: Sequence[Document],
    passages: tuple[Passage, ...],
    terms: _Terms,
    vectors: NDArray[np.float32],
) -> Contents:
    return Contents(
        documents=tuple(documents),
        passages=passages,
        dense=DenseIndex.build(vectors),
        body=LexicalIndex.build(terms.bodies),
        heading=LexicalIndex.build(terms.headings),
        bigrams=LexicalIndex.build([character_bigrams(p.searched) for p in passages]),
    )


def _vectors(
    passages: Sequence[Passage],
    terms: _Terms,
    *,
    embedder: Embedder,
    data: Path,
    report: Progress,
) -> NDArray[np.float32]:
    """Vectors of the passages; those whose text the serving generation holds are taken over."""
    known = _known_vectors(data, embedder=embedder)
    rows = {p.searched: row for row, p in enumerate(passages) if p.searched not in known}
    missing = list(rows)
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        vectors = _encoded(batch, [terms.whole(rows[text]) for text in batch], embedder=embedder)
        known.update(zip(batch, vectors, strict=True))
        report("embedding", start + len(batch), len(missing))
    return np.stack([known[passage.searched] for passage in passages]).astype(np.float32)


def _encoded(
    texts: Sequence[str], terms: Sequence[Sequence[str]], *, embedder: Embedder
) -> NDArray[np.float32]:
    if isinstance(embedder, TermEmbedder):
        return embedder.encode_terms(terms)
    return embedder.encode(texts)


def _known_vectors(data: Path, *, embedder: Embedder) -> dict[str, NDArray[np.float32]]:
    try:
        previous = generations.current(data)
        if previous.manifest.embedder != embedder.name:
            return {}
        passages = contents.load_passages(previous.path)
        vectors = contents.load_dense(previous.path).vectors()
    except (IndexMissing, IndexUnreadable):
        return {}  # a damaged generation is no source; building anew is the way out of it
    return dict(zip((p.searched for p in passages), vectors, strict=True))


def _manifest(
    built: Contents,
    folder: Path,
    *,
    embedding: str,
    embedder: str,
    user_words: Sequence[tuple[str, str]],
) -> Manifest:
    return Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        embedding=embedding,
        embedder=embedder,
        dimension=built.dense.dimension,
        documents=len(built.documents),
        sections=sum(len(document.sections) for document in built.documents),
        passages=len(built.passages),
        user_words=tuple(user_words),
        files=list_files(folder),
    )


def _silent(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""
