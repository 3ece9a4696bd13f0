"""The index under measurement: a collection's texts as documents of one section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.model import Document
from eval.bench.beir import Collection, Entry
from eval.bench.measure import Step
from eval.plain import SECTION, plain_document
from index.adapt import Adaptation, Pair, fit_adaptation
from index.build import EMBEDDINGS, build_index
from index.embedding import DEFAULT, open_embedder
from index.opening import open_index
from index.reranking import Reranking
from index.reviewed import Reviewed
from index.search import Fitted, SearchIndex
from index.segment import Segmenter

# A long text is several passages; so many hold ten texts with room to spare.
_PASSAGES = 200
_ELSEWHERE = ""  # the name of no entry


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
        self._adaptation: Adaptation | None = None
        self._adapted_to: dict[str, str] = {}

    def adapt(self, collection: Collection, *, progress: Step) -> None:
        """Fit to a collection's questions; what is built from now on uses what was fitted."""
        with TemporaryDirectory(prefix="policy-qa-adapt-") as folder:
            self.build(collection.entries, Path(folder), progress=progress)
            self._adaptation = fit_adaptation(self._opened(), _pairs(collection), progress=progress)
        self._adapted_to = {one.entry_id: _words(one) for one in collection.entries}

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
        if self._adaptation is not None:
            fitted = Fitted(ranker=self._adaptation.ranker, reviewed=self._reviewed_of(entries))
            self._index = self._index.adapted(fitted, words=self._adaptation.words)

    def forget_lexicon(self) -> None:
        """Ask without the lexicon from now on, until the next build."""
        self._index = self._opened().without_lexicon()

    def _reviewed_of(self, entries: Sequence[Entry]) -> list[Reviewed]:
        """The reviewed questions; those of texts these entries lack name no section of theirs."""
        same = {
            one.entry_id for one in entries if self._adapted_to.get(one.entry_id) == _words(one)
        }
        reviewed = self._adaptation.reviewed if self._adaptation is not None else ()
        return [
            one if one.section[0] in same else replace(one, section=(_ELSEWHERE, SECTION))
            for one in reviewed
        ]

    def rank(self, query: str, *, limit: int) -> tuple[str, ...]:
        """The ids of the best texts, best first."""
        hits = self._opened().search(query=query, limit=_PASSAGES)
        return tuple(dict.fromkeys(hit.passage.document_id for hit in hits))[:limit]

    def _opened(self) -> SearchIndex:
        if self._index is None:
            raise RuntimeError("build comes before rank")
        return self._index


def _pairs(collection: Collection) -> list[Pair]:
    return [
        Pair(text, entry, SECTION)
        for name, text in collection.queries.items()
        for entry in collection.relevance[name]
    ]


def entry_document(entry: Entry) -> Document:
    """An entry as a document with one section; its title is the document's."""
    return plain_document(entry.entry_id, _words(entry), title=entry.title)


def _words(entry: Entry) -> str:
    return entry.text if entry.text.strip() else entry.title
