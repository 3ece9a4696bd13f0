"""Searching a generation: candidates by words, character pairs and meaning, then ordered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.lexicon import load_lexicon
from corpus.model import Document
from index import contents, generations
from index.alternatives import Alternatives, make_alternatives
from index.build import EMBEDDINGS
from index.carried import ADAPTED, RANKER, REVIEWED
from index.contents import Contents
from index.embedding import Embedder, WordEmbedder, encode_query, open_embedder
from index.errors import IndexUnreadable
from index.features import AskedTerms, Nearness, features
from index.first_stage import Candidates, FirstStage, Wanted
from index.generations import Generation
from index.lexical import character_bigrams
from index.nearest import NearestWord
from index.passages import Passage
from index.ranker import FEATURES, Ranker, bundled_ranker, parse_ranker
from index.repair import QueryRepair
from index.reranking import Reranking
from index.reviewed import Reviewed, load_reviewed
from index.reviewed_field import ReviewedField, section_rows
from index.segment import Segmenter
from index.semantics import Progress, WordVectors
from index.texts import TextSource
from index.vectors import embedded
from index.words import WordTable, bundled_terms, bundled_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

RANKED = 64  # candidates whose features are computed, about 3 ms
# Passages that hold all character pairs of a word hold the word itself, but for rare chances.
_READ_THROUGH = 50
_EXACT = ("/SN", "/AR")
# Somebody has said where the answer to this very question stands: nothing else comes before it.
_ASKED_NEAR = FEATURES.index("asked_near")
_SAME_QUESTION = 0.9995
_REVIEWED_BEFORE = np.float32(100.0)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: its score, its share of the best BM25 there could be, and its cosine.

    Scores compare hits of one search; they mean nothing across searches.
    """

    passage: Passage
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """The candidates of a question: rows and their features, shape (rows, len(FEATURES)).

    ``first`` holds the signals and scores of these and of all further candidates.
    """

    rows: Rows
    features: Floats
    first: Candidates


class SearchIndex:
    """An opened generation; safe to share between threads."""

    def __init__(
        self,
        *,
        generation: Generation,
        stored: Contents,
        segmenter: Segmenter,
        embedder: Embedder,
        ranker: Ranker | None = None,
        reviewed: Sequence[Reviewed] = (),
        reranking: Reranking | None = None,
    ) -> None:
        self.generation = generation
        self.segmenter = segmenter
        self.embedder = embedder
        self.passages = stored.passages
        self.documents: Mapping[str, Document] = stored.documents
        self.words = embedder.table if isinstance(embedder, WordEmbedder) else _bundled_table()
        self.ranker = ranker or bundled_ranker()
        self._reviewed = ReviewedField(stored, reviewed, embedder=embedder)
        self._reranking = reranking
        self._stored = stored
        self._first = FirstStage(stored)
        self._texts = TextSource(stored)
        self._near = Nearness(rows=self.words.rows(stored.terms), vectors=self.words.unit)

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
        query = self._repair.repaired(query) if repair else query
        observed = self.observe(query=query, expansions=expansions, documents=documents)
        scores = self.ranker.scores(observed.features)
        scores[observed.features[:, _ASKED_NEAR] > _SAME_QUESTION] += _REVIEWED_BEFORE
        wide = limit if self._reranking is None else max(limit, self._reranking.top)
        hits = self._hits(observed, scores, limit=max(wide, 0))
        return self._reranked(f"{context} {query}".strip(), hits)[: max(limit, 0)]

    def observe(
        self,
        *,
        query: str,
        expansions: Sequence[tuple[str, float]] = (),
        documents: Collection[str] | None = None,
    ) -> Observed:
        """The candidates of a question with all that the ranking knows of them."""
        terms = self.segmenter.terms(query)
        allowed = None if documents is None else self._rows(documents)
        wanted = self._wanted(query, terms, expansions)
        asked_before = self._reviewed.of(terms, wanted.vector)
        first = self._first.find(wanted, allowed=allowed, also=asked_before.rows)
        kept = _ranked(first, asked_before.rows)
        first = Candidates(first.rows[kept], first.signals[kept], first.scores[kept])
        rows = first.rows[:RANKED]
        computed = features(self._asked(terms), self._texts.of(rows), near=self._near)
        before = asked_before.features(self._stored.sections[rows])
        every = np.concatenate((first.signals[:RANKED], computed, before), axis=1)
        return Observed(rows, every, first)

    def adapted(
        self, *, words: WordVectors | None, ranker: Ranker, reviewed: Sequence[Reviewed]
    ) -> SearchIndex:
        """This index with what was fitted, in memory; without ``words`` the vectors stay."""
        stored, embedder = self._stored, self.embedder
        if words is not None:
            held = WordEmbedder(self.segmenter, words)
            embedder, stored = held, replace(stored, dense=embedded(stored, held))
        return SearchIndex(
            generation=self.generation,
            stored=stored,
            segmenter=self.segmenter,
            embedder=embedder,
            ranker=ranker,
            reviewed=reviewed,
            reranking=self._reranking,
        )

    @property
    def word_vectors(self) -> WordVectors | None:
        """The vectors of words that passages are embedded with, None for other embeddings."""
        return self.embedder.words if isinstance(self.embedder, WordEmbedder) else None

    def section_terms(self, sections: Sequence[tuple[str, str]]) -> list[list[str]]:
        """The terms of sections that the index holds: above them, and of their text."""
        return [self._texts.terms_of(rows) for rows in section_rows(self._stored, sections)]

    def _wanted(
        self, query: str, terms: Sequence[str], expansions: Sequence[tuple[str, float]]
    ) -> Wanted:
        expanded = self.alternatives.expansions(terms)
        for form, weight in expansions:
            for term in self.segmenter.terms(form):
                expanded[term] = max(expanded.get(term, 0.0), weight)
        return Wanted(
            terms={term: float(count) for term, count in Counter(terms).items()},
            expanded={term: w for term, w in expanded.items() if term not in terms},
            bigrams=character_bigrams(query),
            vector=self._vector(query, terms),
        )

    def _vector(self, query: str, terms: Sequence[str]) -> Floats:
        if isinstance(self.embedder, WordEmbedder):
            return np.asarray(self.embedder.encode_terms([terms])[0], dtype=np.float32)
        return encode_query(self.embedder, query)

    def _asked(self, terms: Sequence[str]) -> AskedTerms:
        distinct = list(dict.fromkeys(terms))
        places = {term: place for place, term in enumerate(distinct)}
        numbers = [self._stored.terms.number(term) for term in distinct]
        idf = np.array([self.idf(term) for term in distinct], dtype=np.float32)
        shares = idf * np.sqrt(self.words.lengths(distinct))
        pairs = pairwise(terms)
        return AskedTerms(
            ids=np.array([-1 if number is None else number for number in numbers], np.int64),
            idf=idf,
            shares=np.asarray(shares / max(float(shares.sum()), 1e-9), dtype=np.float32),
            vectors=self.words.vectors(distinct),
            exact=np.array([term.endswith(_EXACT) for term in distinct], dtype=np.bool_),
            follows=tuple(dict.fromkeys((places[a], places[b]) for a, b in pairs if a != b)),
        )

    def _hits(self, observed: Observed, scores: Floats, *, limit: int) -> tuple[Hit, ...]:
        first = observed.first
        order = np.argsort(-scores, kind="stable")
        places = [*order.tolist(), *range(len(scores), len(first.rows))]
        rest = first.scores[len(scores) :]
        # The rest keep their order and distances below the last one ranked.
        below = scores.min(initial=np.inf) + rest - rest.max(initial=-np.inf)
        every = np.concatenate((scores, below))
        return tuple(
            Hit(
                self.passages[int(first.rows[place])],
                float(every[place]),
                float(first.signals[place, :2].sum()),
                float(first.signals[place, 3]),
            )
            for place in places[:limit]
        )

    def _reranked(self, query: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        return hits if self._reranking is None else self._reranking.ordered(query, hits)

    @cached_property
    def alternatives(self) -> Alternatives:
        """The lexicon's other words for those of questions."""
        return make_alternatives(load_lexicon(), terms_of=self.segmenter.terms)

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


def open_index(
    data: Path,
    *,
    segmenter: Segmenter | None = None,
    embedder: Embedder | None = None,
    ranker: Ranker | None = None,
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
    own = generation.path / ADAPTED
    if ranker is None and (own / RANKER).is_file():
        ranker = parse_ranker((own / RANKER).read_bytes())
    return SearchIndex(
        generation=generation,
        stored=stored,
        segmenter=segmenter,
        embedder=embedder,
        ranker=ranker,
        reviewed=load_reviewed(own / REVIEWED) if own.is_dir() else (),
        reranking=reranking,
    )


def _ranked(first: Candidates, certain: Collection[int]) -> Rows:
    """Places of the candidates in their order, those that must be ranked moved into ``RANKED``."""
    chosen = np.isin(first.rows, list(certain))
    places = np.arange(len(first.rows))
    free = max(RANKED - int(chosen.sum()), 0)
    ahead = np.sort(np.concatenate((places[chosen], places[~chosen][:free])))
    return np.concatenate((ahead, places[~chosen][free:]))


def _bundled_table() -> WordTable:
    return WordTable(bundled_words())


def _same_embedder(generation: Generation, embedder: Embedder) -> None:
    manifest = generation.manifest
    if (manifest.embedder, manifest.dimension) != (embedder.name, embedder.dimension):
        raise IndexUnreadable(
            f"the index {generation.path} was built with the embedding {manifest.embedder!r}, "
            f"not {embedder.name!r}; build it anew with 'policy-qa index build'"
        )
