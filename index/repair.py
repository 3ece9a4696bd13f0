"""Repair of mistyped questions, tried only where words of the question stand nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.nearest import NearestWord
from index.segment import Segmenter
from index.terms import CONTENT_TAGS, LONG_NOUN, Morpheme, own_term

_NOUNS = frozenset({"NNG", "NNP"})
_UNINFLECTED = 1.0
_INFLECTED = 0.35
_LONGEST = 200  # characters; of a longer text enough words are right, and repair takes long
# Kiwi's own spacing of a question that has spaces does more harm than good.
_RESPACED_FROM = 10
_SYLLABLES_A_SPACE = 8

IsKnown = Callable[[Morpheme], bool]


@dataclass(frozen=True, slots=True)
class Wording:
    """Repairs a wording by typing rules, by spacing and by the nearest word of an index.

    ``is_known`` says of a morpheme that it needs no repair, ``is_word`` that it is a word of
    Korean, which is not misspelt only because the documents lack it (기초연금, 기초연구).
    """

    segmenter: Segmenter
    nearest: NearestWord
    is_known: IsKnown
    is_word: IsKnown

    def repaired(self, text: str) -> str:
        """The text with everything repaired that can be; equal where nothing can, or if long."""
        if len(text) > _LONGEST:
            return text
        corrected = self.segmenter.correct(text)
        if len(text) > _RESPACED_FROM and text.count(" ") * _SYLLABLES_A_SPACE < len(text):
            corrected = self.segmenter.respace(corrected)
        for morpheme in reversed(self.segmenter.morphemes(corrected)):
            if morpheme.tag in _NOUNS and not (self.is_known(morpheme) or self.is_word(morpheme)):
                nearest = self.nearest.nearest(morpheme.form)
                corrected = corrected[: morpheme.start] + nearest + corrected[morpheme.end :]
        return corrected


@dataclass(frozen=True, slots=True)
class QueryRepair:
    """Repairs a query that the index does not know, if the repaired one is better known.

    ``idf`` gives a term's rarity, ``stands`` whether it stands in any passage or heading,
    ``written`` whether a noun is written anywhere, however it was segmented there, ``is_word``
    whether it is one of Korean; the query fails where more than ``limit`` of its
    weight, in 0..1, lies on terms that stand nowhere.
    """

    segmenter: Segmenter
    nearest: NearestWord
    idf: Callable[[str], float]
    stands: Callable[[str], bool]
    written: Callable[[str], bool]
    is_word: Callable[[str], bool]
    limit: float = 0.1

    def repaired(self, query: str) -> str:
        """The query, repaired where that leaves less of its weight unknown; none that is long."""
        if len(query) > _LONGEST:
            return query
        unknown = self.unknown(query)
        if unknown <= self.limit:
            return query
        wording = Wording(self.segmenter, self.nearest, self._is_known, self._is_word)
        candidate = wording.repaired(query)
        return candidate if self.unknown(candidate) < unknown else query

    def unknown(self, query: str) -> float:
        """The share of the query's weight on terms that stand nowhere in the index, in 0..1."""
        whole = lost = 0.0
        for morpheme in self.segmenter.morphemes(query):
            if morpheme.tag[:2] not in CONTENT_TAGS or morpheme.tag == "NNB":
                continue
            kind = _INFLECTED if morpheme.tag[0] in "VM" else _UNINFLECTED
            weight = kind * self.idf(own_term(morpheme))
            whole += weight
            lost += 0.0 if self._is_known(morpheme) else weight
        return lost / whole if whole else 0.0

    def _is_known(self, morpheme: Morpheme) -> bool:
        if self._all_parts(morpheme, self.stands):
            return True
        return morpheme.tag in _NOUNS and self.written(morpheme.form)

    def _is_word(self, morpheme: Morpheme) -> bool:
        return self._all_parts(morpheme, self.is_word)

    def _all_parts(self, morpheme: Morpheme, holds: Callable[[str], bool]) -> bool:
        """Whether it holds for a term, or for all parts of a long noun."""
        term = own_term(morpheme)
        if holds(term):
            return True
        if morpheme.tag not in _NOUNS or len(morpheme.form) < LONG_NOUN:
            return False
        parts = [part for part in self.segmenter.terms(morpheme.form) if part != term]
        return bool(parts) and all(holds(part) for part in parts)
