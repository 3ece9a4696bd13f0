"""Which words stand in an opened generation, and repair of questions whose words do not."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from index.contents import Contents
from index.lexical import character_bigrams
from index.nearest import NearestWord
from index.repair import QueryRepair
from index.segment import Segmenter
from index.words import bundled_terms

# Passages that hold all character pairs of a word hold the word itself, but for rare chances.
_READ_THROUGH = 50


class StandingWords:
    """The words of an opened generation; what costs time is prepared when it is first needed."""

    def __init__(self, stored: Contents, *, segmenter: Segmenter) -> None:
        self._stored = stored
        self._segmenter = segmenter

    @cached_property
    def nearest(self) -> NearestWord:
        """The indexed words that misspelt ones may stand for."""
        return NearestWord(self._stored.body.vocabulary())

    @cached_property
    def repair(self) -> QueryRepair:
        """Repairs questions with words that stand nowhere."""
        return QueryRepair(
            segmenter=self._segmenter,
            nearest=self.nearest,
            idf=self._stored.body.idf,
            stands=self.stands,
            written=self.written,
            is_word=lambda term: term in self._korean,
        )

    def stands(self, term: str) -> bool:
        """Whether a ``form/TT`` term stands in any body or heading."""
        stored = self._stored
        return any(part.document_frequency(term) for part in (stored.body, stored.heading))

    def written(self, word: str) -> bool:
        """Whether any passage holds the word letter for letter, however it is segmented there."""
        bigrams = self._stored.bigrams
        pairs = sorted(set(character_bigrams(word)), key=bigrams.document_frequency)
        if not pairs:
            return False
        rows = bigrams.rows(pairs[0])
        for pair in pairs[1:]:
            rows = rows[np.isin(rows, bigrams.rows(pair), assume_unique=True)]
        passages = self._stored.passages
        return any(word in passages[int(row)].searched for row in rows[:_READ_THROUGH])

    @cached_property
    def _korean(self) -> frozenset[str]:
        return bundled_terms()  # read when a query fails for the first time
