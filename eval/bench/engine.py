"""The index under measurement: a collection's texts as documents of one section."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from corpus.model import Document, Metadata, Section
from eval.bench.beir import Entry
from eval.bench.measure import Step
from index.build import EMBEDDINGS, build_index
from index.embedding import DEFAULT, open_embedder
from index.reranking import Reranking
from index.search import SearchIndex, open_index
from index.segment import Segmenter

# A long text is several passages; so many hold ten texts with room to spare.
_PASSAGES = 200


class IndexEngine:
    """The ``index`` package; its embedding is opened once and shared by all collections."""

    def __init__(
        self,
        *,
        cache: Path,
        embedding: str = DEFAULT,
        reranking: Reranking | None = None,
        progress: Step,
    ) -> None:
        self._embedding = embedding
        self._reranking = reranking
        self._segmenter = Segmenter()
        self._embedder = open_embedder(
            embedding,
            segmenter=self._segmenter,
            cache_dir=cache / EMBEDDINGS,
            progress=progress,
        )
        self._index: SearchIndex | None = None

    def build(self, entries: Sequence[Entry], folder: Path, *, progress: Step) -> None:
        """Index the entries in an empty folder and open the index."""
        build_index(
            documents=[entry_document(entry) for entry in entries if _words(entry)],
            data=folder,
            embedding=self._embedding,
            segmenter=self._segmenter,
            embedder=self._embedder,
            progress=progress,
        )
        self._index = open_index(
            folder,
            segmenter=self._segmenter,
            embedder=self._embedder,
            reranking=self._reranking,
        )

    def rank(self, query: str, *, limit: int) -> tuple[str, ...]:
        """The ids of the best texts, best first."""
        if self._index is None:
            raise RuntimeError("build comes before rank")
        hits = self._index.search(query=query, limit=_PASSAGES)
        return tuple(dict.fromkeys(hit.passage.document_id for hit in hits))[:limit]


def entry_document(entry: Entry) -> Document:
    """An entry as a document with one section; its title is the document's."""
    text = _words(entry)
    path = (entry.title,) if entry.title else ()
    whole = Section(
        section_id="s0",
        ordinal=0,
        heading=entry.title,
        path=path,
        level=0,
        start=0,
        end=len(text),
    )
    return Document(
        document_id=entry.entry_id,
        metadata=Metadata(),
        text=text,
        sections=(whole,),
        items=(),
        contacts=(),
        digest=hashlib.sha256(f"{entry.title}\x1f{text}".encode()).hexdigest(),
        source=entry.entry_id,
    )


def _words(entry: Entry) -> str:
    return entry.text if entry.text.strip() else entry.title
