"""Searching a generation: words, character pairs and meaning, fused into one ranking."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.model import Document
from index import contents, fusion, generations
from index.build import EMBEDDINGS
from index.contents import Contents
from index.embedding import Embedder, encode_query, open_embedder
from index.errors import IndexUnreadable
from index.generations import Generation
from index.lexical import character_bigrams
from index.nearest import NearestWord
from index.passages import Passage
from index.repair import QueryRepair
from index.reranking import Reranking
from index.segment import Segmenter
from index.semantics import Progress
from index.words import bundled_terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

# Enough neighbours for a fair mean and spread of cosines in a corpus of any size.
_NEAREST = 4096
# Passages that hold all character pairs of a word hold the word itself, but for rare chances.
_READ_THROUGH = 50


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts, in standard deviations of its scores.

    ``heading`` is how much a word of the title or a heading counts against one of the body;
    ``bare_heading`` is what is left of the score of a heading without text of its own.
    """

    lexical: float = 1.0
    bigrams: float = 0.5
    dense: float = 0.5
    heading: float = 0.75
    bare_heading: float = 0.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: its fused score, its BM25 and its cosine.

    Scores compare hits of one search; they mean nothing across searches.
    """

    passage: Passage
    score: float
    lexical: float
    dense: float


class SearchIndex:
    """An opened generation; safe to share between threads."""

    def __init__(
        self,
        *,
        generation: Generation,
        stored: Contents,
        segmenter: Segmenter,
        embedder: Embedder,
        weights: Weights | None = None,
        reranking: Reranking | None = None,
    ) -> None:
        self.generation = generation
        self.segmenter = segmenter
        self.embedder = embedder
        self.passages = stored.passages
        self.documents: Mapping[str, Document] = stored.documents
        self.weights = weights or Weights()
        self._reranking = reranking
        self._stored = stored
        self._bare = stored.bare

    def search(
        self,
        *,
        query: str,
        expansions: Sequence[tuple[str, float]] = (),
        limit: int = 20,
        documents: Collection[str] | None = None,
        context: str = "",
        repair: bool = True,
    ) -> tuple[Hit, ...]:
        """The best passages for a question, best first; none where nothing matches at all.

        ``expansions`` are further words with their weights (1 counts like the question's own);
        ``documents`` restricts the search to these document ids; ``context`` is an earlier
        question that this one leans on, which only a reranker reads. With ``repair``, a query
        with words that stand nowhere has its typing errors repaired first.
        """
        query = self._repair.repaired(query) if repair else query
        rows = None if documents is None else self._rows(documents)
        lexical = self._lexical(query, expansions)
        bigrams = self._stored.bigrams.scores(character_bigrams(query))
        dense = self._dense(query, rows)
        own = self.weights
        fused = fusion.weighted_sum(
            (lexical, bigrams, dense), weights=(own.lexical, own.bigrams, own.dense)
        )
        fused[self._bare & (fused > 0)] *= np.float32(own.bare_heading)
        fused[(lexical <= 0) & (bigrams <= 0) & (dense <= 0)] = -np.inf
        if rows is not None:
            fused = _only(fused, rows)
        wide = limit if self._reranking is None else max(limit, self._reranking.top)
        hits = tuple(
            Hit(self.passages[i], float(fused[i]), float(lexical[i]), float(dense[i]))
            for i in fusion.best(fused, limit=wide)
        )
        return self._reranked(f"{context} {query}".strip(), hits)[: max(limit, 0)]

    def _reranked(self, query: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        return hits if self._reranking is None else self._reranking.ordered(query, hits)

    @cached_property
    def nearest(self) -> NearestWord:
        """The indexed words that misspelt ones may stand for."""
        return NearestWord(self.vocabulary())

    @cached_property
    def _repair(self) -> QueryRepair:
        return QueryRepair(
            segmenter=self.segmenter,
            nearest=self.nearest,
            idf=self.idf,
            stands=self._stands,
            written=self._written,
            is_word=lambda term: term in self._words,
        )

    @cached_property
    def _words(self) -> frozenset[str]:
        return bundled_terms()  # read when a query fails for the first time

    def _stands(self, term: str) -> bool:
        stored = self._stored
        return any(part.document_frequency(term) for part in (stored.body, stored.heading))

    def _written(self, word: str) -> bool:
        """Whether any passage holds the word letter for letter, however it is segmented there."""
        pairs = sorted(set(character_bigrams(word)), key=self._stored.bigrams.document_frequency)
        if not pairs:
            return False
        rows = self._stored.bigrams.rows(pairs[0])
        for pair in pairs[1:]:
            rows = rows[np.isin(rows, self._stored.bigrams.rows(pair), assume_unique=True)]
        return any(word in self.passages[row].searched for row in rows[:_READ_THROUGH])

    def idf(self, term: str) -> float:
        """How rare a ``form/TT`` term is in the passages' bodies."""
        return self._stored.body.idf(term)

    def vocabulary(self) -> tuple[str, ...]:
        """All ``form/TT`` terms of the passages' bodies."""
        return self._stored.body.vocabulary()

    def document_frequency(self, term: str) -> int:
        """In how many passages' bodies a ``form/TT`` term stands."""
        return self._stored.body.document_frequency(term)

    def _lexical(self, query: str, expansions: Sequence[tuple[str, float]]) -> Scores:
        terms = [(term, 1.0) for term in self.segmenter.terms(query)]
        for form, weight in expansions:
            terms.extend((term, weight) for term in self.segmenter.terms(form))
        heading = self._stored.heading.weighted_scores(terms)
        return self._stored.body.weighted_scores(terms) + np.float32(self.weights.heading) * heading

    def _dense(self, query: str, rows: NDArray[np.int64] | None) -> Scores:
        """Cosine of every row, shape (rows,); what is too far to be found counts as the least."""
        vector = encode_query(self.embedder, query)
        ids, scores = self._stored.dense.search(vector, _NEAREST, rows)
        all_scores = np.full(len(self.passages), scores.min(initial=0.0), dtype=np.float32)
        all_scores[ids] = scores
        return all_scores

    def _rows(self, documents: Collection[str]) -> NDArray[np.int64]:
        places = self._stored.documents.places
        known = [places[name] for name in dict.fromkeys(documents) if name in places]
        rows = self._stored.rows
        found = [np.arange(rows[place], rows[place + 1]) for place in known]
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def open_index(
    data: Path,
    *,
    segmenter: Segmenter | None = None,
    embedder: Embedder | None = None,
    weights: Weights | None = None,
    reranking: Reranking | None = None,
    progress: Progress | None = None,
) -> SearchIndex:
    """Opens the generation that serves, with the words and the embedding it was built with.

    A given ``segmenter`` is used only if it knows the same user words; a given ``embedder`` must
    be the one of the build; ``reranking`` orders the best hits of each search once more. Raises
    IndexMissing, IndexUnreadable and EmbeddingUnavailable.
    """
    generation = generations.current(data)
    stored = contents.load(generation.path)
    manifest = generation.manifest
    if segmenter is None or segmenter.user_words != manifest.user_words:
        segmenter = Segmenter(user_words=manifest.user_words)
    segmenter.load()
    embedder = embedder or open_embedder(
        manifest.embedding, segmenter=segmenter, cache_dir=data / EMBEDDINGS, progress=progress
    )
    _same_embedder(generation, embedder)
    return SearchIndex(
        generation=generation,
        stored=stored,
        segmenter=segmenter,
        embedder=embedder,
        weights=weights,
        reranking=reranking,
    )


def _same_embedder(generation: Generation, embedder: Embedder) -> None:
    manifest = generation.manifest
    if (manifest.embedder, manifest.dimension) != (embedder.name, embedder.dimension):
        raise IndexUnreadable(
            f"the index {generation.path} was built with the embedding {manifest.embedder!r}, "
            f"not {embedder.name!r}; build it anew with 'policy-qa index build'"
        )


def _only(scores: Scores, rows: NDArray[np.int64]) -> Scores:
    allowed = np.full(scores.shape, -np.inf, dtype=np.float32)
    allowed[rows] = scores[rows]
    return allowed
