"""How well evidence covers a question's words: exact, by parts, by other words, by meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import Evidence
from assistant.focus import FocusTerm

Floats = NDArray[np.float32]
# Of unrelated nouns one pair in a thousand reaches a cosine of 0.2 in Kiwi's centred word vectors.
_SOFT_FLOOR = 0.15
_SOFT_SLOPE = 2.2
_SOFT_LIMIT = 0.65
_OWN_LEVELS = frozenset({"own", "header", "group"})
# A row of figures is told by its table's title almost as by its own words.
_CAPTION_OWN = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """Strengths, each of shape (number of focus terms,), in 0..1.

    ``own`` counts the evidence's own words and headers, ``any`` its context too, faded by
    distance.
    """

    own: Floats
    any: Floats


class Matcher:
    """Matches the focus terms of one question against pieces of evidence.

    ``vectors`` gives unit vectors of index terms, shape (n, d), or None without word vectors.
    """

    def __init__(
        self,
        *,
        terms: Sequence[FocusTerm],
        candidates: Sequence[Evidence],
        vectors: Callable[[Sequence[str]], Floats] | None,
    ) -> None:
        self._terms = terms
        asked = dict.fromkeys(t for term in terms for m in term.matchers for t in m.terms)
        self._row = {term: row for row, term in enumerate(asked)}
        # Evidence of one section shares most of its levels.
        levels = dict.fromkeys(level.terms for one in candidates for level in one.levels)
        words = dict.fromkeys(word for level in levels for word in level)
        self._column = {word: column for column, word in enumerate(words)}
        self._table = self._similarities(list(asked), list(words), vectors)
        self._lay_out()
        self._cache: dict[frozenset[str], Floats] = {}

    def _lay_out(self) -> None:
        """Flatten the matchers: rows of the table, where each matcher and each term begins."""
        matchers = [matcher for term in self._terms for matcher in term.matchers]
        self._rows = np.array([self._row[t] for m in matchers for t in m.terms], dtype=np.int64)
        self._counts = np.array([len(m.terms) for m in matchers], dtype=np.float32)
        self._weights = np.array([m.weight for m in matchers], dtype=np.float32)
        self._starts = (
            np.concatenate([[0], np.cumsum(self._counts)[:-1]]).astype(np.int64)
            if matchers
            else np.zeros(0, dtype=np.int64)
        )
        sizes = [len(term.matchers) for term in self._terms]
        self._first = (
            np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
            if sizes
            else np.zeros(0, dtype=np.int64)
        )

    def match(self, evidence: Evidence) -> Match:
        """The strengths of one of the candidates."""
        own = np.zeros(len(self._terms), dtype=np.float32)
        best = np.zeros(len(self._terms), dtype=np.float32)
        for level in evidence.levels:
            strength = self._level_strength(level.terms)
            if level.name in _OWN_LEVELS:
                own = np.maximum(own, strength)
            elif level.name == "caption":
                own = np.maximum(own, strength * np.float32(_CAPTION_OWN))
            best = np.maximum(best, strength * np.float32(level.share))
        return Match(own, best)

    def strength(self, words: frozenset[str]) -> Floats:
        """Strengths against a bare set of words, all of them among the candidates' words."""
        return self._level_strength(words)

    def _level_strength(self, words: frozenset[str]) -> Floats:
        cached = self._cache.get(words)
        if cached is None:
            cached = self._cache[words] = self._compute(words)
        return cached

    def _compute(self, words: frozenset[str]) -> Floats:
        columns = [self._column[word] for word in words if word in self._column]
        if not columns or not self._rows.size:
            return np.zeros(len(self._terms), dtype=np.float32)
        nearest = self._table[:, columns].max(axis=1)[self._rows]
        sums = np.add.reduceat(nearest, self._starts)
        missing = np.add.reduceat((nearest <= 0).astype(np.float32), self._starts)
        # Several words stand for a term only together: each missing one halves what is left.
        each = self._weights * sums / self._counts * np.where(self._counts > 1, 0.5**missing, 1.0)
        return np.asarray(np.maximum.reduceat(each, self._first), dtype=np.float32)

    def _similarities(
        self,
        asked: Sequence[str],
        words: Sequence[str],
        vectors: Callable[[Sequence[str]], Floats] | None,
    ) -> Floats:
        table = np.zeros((len(asked), len(words)), dtype=np.float32)
        if not asked or not words:
            return table
        if vectors is not None:
            cosine = vectors(asked) @ vectors(words).T
            soft = np.clip((cosine - _SOFT_FLOOR) * _SOFT_SLOPE, 0, _SOFT_LIMIT)
            # Nearness is no likeness for names: 광주 is near 대전, and never means it.
            own = {term.term for term in self._terms if not (term.closed or term.proper)}
            rows = np.array([word in own for word in asked])
            table = np.where(rows[:, None], soft, 0).astype(np.float32)
            table[:, [word.endswith("/SN") for word in words]] = 0
        for row, term in enumerate(asked):
            column = self._column.get(term)
            if column is not None:
                table[row, column] = 1.0
        return table
