"""A question as the steps of a search read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from corpus.lexicon import load_lexicon
from index.alternatives import Alternatives, make_alternatives
from index.contents import Contents
from index.embedding import Embedder, WordEmbedder, encode_query
from index.features import AskedTerms
from index.first_stage import Wanted
from index.headings import LABELS
from index.lexical import character_bigrams
from index.segment import Segmenter
from index.telling import telling
from index.words import WordTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_MAX_TERMS = 96  # more than twice as many as any of 26,000 questions in one sentence has


class QuestionReader:
    """Reads questions to an opened generation; without ``alternatives`` the lexicon's are used."""

    def __init__(
        self,
        stored: Contents,
        *,
        segmenter: Segmenter,
        embedder: Embedder,
        words: WordTable,
        alternatives: Alternatives | None = None,
    ) -> None:
        self._stored = stored
        self._segmenter = segmenter
        self._embedder = embedder
        self._words = words
        self._given = alternatives

    @cached_property
    def alternatives(self) -> Alternatives:
        """Other words for those of questions."""
        return self._given or make_alternatives(load_lexicon(), terms_of=self._segmenter.terms)

    def terms(self, query: str) -> list[str]:
        """The question's terms in order; of a pasted letter those that say most."""
        terms, body = self._segmenter.terms(query), self._stored.body
        kept = telling({t: body.idf(t) for t in terms}, stands=body.stands, most=_MAX_TERMS)
        return [term for term in terms if term in kept]

    def wanted(
        self, query: str, terms: Sequence[str], expansions: Sequence[tuple[str, float]]
    ) -> Wanted:
        """What candidates are looked for with; ``expansions`` are further words and weights."""
        expanded = self.alternatives.expansions(terms)
        for form, weight in expansions:
            for term in self._segmenter.terms(form):
                expanded[term] = max(expanded.get(term, 0.0), weight)
        return Wanted(
            terms={term: float(count) for term, count in Counter(terms).items()},
            expanded={term: w for term, w in expanded.items() if term not in terms},
            bigrams=character_bigrams(query),
            vector=self.vector(query, terms),
        )

    def asked(self, terms: Sequence[str]) -> AskedTerms:
        """What candidates are compared with."""
        stored, distinct = self._stored, list(dict.fromkeys(terms))
        places = {term: place for place, term in enumerate(distinct)}
        numbers = [stored.terms.number(term) for term in distinct]
        idf = np.array([stored.body.idf(term) for term in distinct], dtype=np.float32)
        shares = idf * np.sqrt(self._words.lengths(distinct))
        pairs = pairwise(terms)
        return AskedTerms(
            ids=np.array([-1 if number is None else number for number in numbers], np.int64),
            idf=idf,
            shares=np.asarray(shares / max(float(shares.sum()), 1e-9), dtype=np.float32),
            vectors=self._words.vectors(distinct),
            exact=np.array([term.endswith(LABELS) for term in distinct], dtype=np.bool_),
            follows=tuple(dict.fromkeys((places[a], places[b]) for a, b in pairs if a != b)),
        )

    def vector(self, query: str, terms: Sequence[str]) -> Floats:
        """The embedding of a question whose terms are known, shape (dimension,)."""
        if isinstance(self._embedder, WordEmbedder):
            return np.asarray(self._embedder.encode_terms([terms])[0], dtype=np.float32)
        return encode_query(self._embedder, query)
