"""Searching a generation: candidates by words, character pairs and meaning, then ordered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.model import Document
from index import contents
from index.alternatives import Alternatives
from index.asked import QuestionReader
from index.contents import Contents
from index.embedding import Embedder, WordEmbedder
from index.features import Nearness, features
from index.first_stage import FirstStage
from index.generations import Generation
from index.hits import RANKED, Hit, Observed, ahead, hits_of
from index.nearest import NearestWord
from index.ranker import FEATURES, Blend, Ranker, bundled_ranker
from index.reranking import Reranking
from index.reviewed import Reviewed
from index.reviewed_field import ReviewedField, section_rows
from index.segment import Segmenter
from index.semantics import WordVectors
from index.standing import StandingWords
from index.texts import TextSource
from index.titled import TitledDocuments
from index.vectors import embedded
from index.words import WordTable, bundled_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

# Somebody has said where the answer to this very question stands: nothing else comes before it.
_ASKED_NEAR = FEATURES.index("asked_near")
_SAME_QUESTION = 0.9995
_REVIEWED_BEFORE = np.float32(100.0)


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """What was fitted to an index; None stands for what comes with the program.

    ``ranker`` was fitted to the questions ``reviewed`` and counts for such as are like them, or
    for all where there are none; they may name sections that the index does not hold.
    """

    ranker: Ranker | None = None
    reviewed: Sequence[Reviewed] = ()
    alternatives: Alternatives | None = None


class SearchIndex:
    """An opened generation; safe to share between threads."""

    def __init__(
        self,
        *,
        generation: Generation,
        stored: Contents,
        segmenter: Segmenter,
        embedder: Embedder,
        fitted: Fitted | None = None,
        reranking: Reranking | None = None,
    ) -> None:
        fitted = fitted or Fitted()
        self.generation = generation
        self.segmenter = segmenter
        self.embedder = embedder
        self.passages = stored.passages
        self.documents: Mapping[str, Document] = stored.documents
        self.words = (
            embedder.table if isinstance(embedder, WordEmbedder) else WordTable(bundled_words())
        )
        self.ranking = _ranking(fitted)
        self._fitted = fitted
        self._reviewed = ReviewedField(stored, fitted.reviewed, embedder=embedder)
        self._reranking = reranking
        self._stored = stored
        self._reader = QuestionReader(
            stored,
            segmenter=segmenter,
            embedder=embedder,
            words=self.words,
            alternatives=fitted.alternatives,
        )
        self._first = FirstStage(stored)
        self._titled = TitledDocuments(stored)
        self._texts = TextSource(stored)
        self._near = Nearness(rows=self.words.rows(stored.terms), vectors=self.words.unit)
        self._standing = StandingWords(stored, segmenter=segmenter)

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

        ``expansions`` are further words with their weights (1 counts like the question's own)
        beside those of the lexicon; ``documents`` restricts the search to these document ids;
        ``context`` is an earlier question that this one leans on, which only a reranker reads.
        With ``repair``, a query with words that stand nowhere has its typing errors repaired
        first.
        """
        query = self._standing.repair.repaired(query) if repair else query
        observed = self.observe(query=query, expansions=expansions, documents=documents)
        scores = self.ranking.scores(observed.features, familiar=observed.familiar)
        scores[observed.features[:, _ASKED_NEAR] > _SAME_QUESTION] += _REVIEWED_BEFORE
        wide = limit if self._reranking is None else max(limit, self._reranking.top)
        hits = hits_of(observed, scores, passages=self.passages, limit=wide)
        if self._reranking is not None:
            hits = self._reranking.ordered(f"{context} {query}".strip(), hits)
        return hits[: max(limit, 0)]

    def observe(
        self,
        *,
        query: str,
        expansions: Sequence[tuple[str, float]] = (),
        documents: Collection[str] | None = None,
    ) -> Observed:
        """The candidates of a question with all that the ranking knows of them."""
        terms = self._reader.terms(query)
        allowed = None if documents is None else self._rows(documents)
        wanted = self._reader.wanted(query, terms, expansions)
        asked_before = self._reviewed.of(terms, wanted.vector)
        certain = (*asked_before.rows, *self._titled.rows(wanted.terms))
        first = ahead(self._first.find(wanted, allowed=allowed, also=certain), certain)
        rows = first.rows[:RANKED]
        computed = features(self._reader.asked(terms), self._texts.of(rows), near=self._near)
        before = asked_before.features(self._stored.sections[rows])
        every = np.concatenate((first.signals[:RANKED], computed, before), axis=1)
        return Observed(rows, every, first, asked_before.familiar)

    def familiarity(self, question: str) -> float:
        """How far a question is like those the ranking was fitted to, in 0..1."""
        vector = self._reader.vector(question, self.segmenter.terms(question))
        return self._reviewed.familiar(vector)

    def warm(self) -> None:
        """Prepares what would be prepared while the first questions wait."""
        contents.warm(self._stored)
        _ = self._reader.alternatives

    def adapted(self, fitted: Fitted, *, words: WordVectors | None) -> SearchIndex:
        """This index with what was fitted, in memory; without ``words`` the vectors stay."""
        stored, embedder = self._stored, self.embedder
        if words is not None:
            held = WordEmbedder(self.segmenter, words)
            embedder, stored = held, replace(stored, dense=embedded(stored, held))
        return self._with(fitted, stored=stored, embedder=embedder)

    def without_lexicon(self) -> SearchIndex:
        """This index asked without other words for those of a question."""
        fitted = replace(self._fitted, alternatives=Alternatives({}, (), {}))
        return self._with(fitted, stored=self._stored, embedder=self.embedder)

    def _with(self, fitted: Fitted, *, stored: Contents, embedder: Embedder) -> SearchIndex:
        return SearchIndex(
            generation=self.generation,
            stored=stored,
            segmenter=self.segmenter,
            embedder=embedder,
            fitted=fitted,
            reranking=self._reranking,
        )

    @property
    def word_vectors(self) -> WordVectors | None:
        """The vectors of words that passages are embedded with, None for other embeddings."""
        return self.embedder.words if isinstance(self.embedder, WordEmbedder) else None

    def section_terms(self, sections: Sequence[tuple[str, str]]) -> list[list[str]]:
        """The terms of sections that the index holds: above them, and of their text."""
        return [self._texts.terms_of(rows) for rows in section_rows(self._stored, sections)]

    @property
    def alternatives(self) -> Alternatives:
        """The lexicon's other words for those of questions."""
        return self._reader.alternatives

    @property
    def nearest(self) -> NearestWord:
        """The indexed words that misspelt ones may stand for."""
        return self._standing.nearest

    def section_key(self, row: int) -> tuple[str, str]:
        """The ids of the document and the section that a passage stands in."""
        passage = self.passages[row]
        return passage.document_id, passage.section_id

    def idf(self, term: str) -> float:
        """How rare a ``form/TT`` term is in the passages' bodies."""
        return self._stored.body.idf(term)

    def vocabulary(self) -> tuple[str, ...]:
        """All ``form/TT`` terms of the passages' bodies."""
        return self._stored.body.vocabulary()

    def document_frequency(self, term: str) -> int:
        """In how many passages' bodies a ``form/TT`` term stands."""
        return self._stored.body.document_frequency(term)

    def _rows(self, documents: Collection[str]) -> Rows:
        places = self._stored.documents.places
        known = [places[name] for name in dict.fromkeys(documents) if name in places]
        rows = self._stored.rows
        found = [np.arange(rows[place], rows[place + 1]) for place in known]
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _ranking(fitted: Fitted) -> Blend:
    if fitted.ranker is None:
        return Blend.of(bundled_ranker())
    return Blend(bundled_ranker(), fitted.ranker) if fitted.reviewed else Blend.of(fitted.ranker)
