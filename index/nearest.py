"""Finds the word of the index that a misspelt noun stands for, by edit distance over letters."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_MIN_SYLLABLES = 2
_MAX_CANDIDATES = 400
_CACHED = 1024


class NearestWord:
    """Looks up the nearest noun of a vocabulary of ``form/TT`` terms.

    Distance is Levenshtein's over conjoining letters (jamo), so that 클러스타/클러스터 are one
    apart; at most three letters in ten, and never the first letter, may differ.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._by_syllable: dict[str, list[str]] = defaultdict(list)
        for term in vocabulary:
            form, _, tag = term.rpartition("/")
            if tag == "NN" and len(form) >= _MIN_SYLLABLES and _is_hangul(form):
                for syllable in set(form):
                    self._by_syllable[syllable].append(form)
        self.nearest = lru_cache(maxsize=_CACHED)(self._nearest)

    def _nearest(self, word: str) -> str:
        """The nearest word; the word itself where none is near enough."""
        if not _is_hangul(word) or len(word) < _MIN_SYLLABLES:
            return word
        letters = _letters(word)
        limit = max(1, int(len(letters) * 0.3)) if len(word) > _MIN_SYLLABLES else 1
        best, found = limit + 1, word
        for candidate in self._candidates(word):
            other = _letters(candidate)
            if other[0] != letters[0] or abs(len(other) - len(letters)) > limit:
                continue
            distance = _distance(letters, other, limit=min(limit, best))
            if distance < best:
                best, found = distance, candidate
        return found

    def _candidates(self, word: str) -> list[str]:
        shared: dict[str, int] = defaultdict(int)
        for syllable in set(word):
            for form in self._by_syllable.get(syllable, ()):
                shared[form] += 1
        near = [form for form in shared if abs(len(form) - len(word)) <= 1]
        return sorted(near, key=lambda form: (-shared[form], form))[:_MAX_CANDIDATES]


def _is_hangul(word: str) -> bool:
    return all("가" <= char <= "힣" for char in word)


def _letters(word: str) -> str:
    return unicodedata.normalize("NFD", word)


def _distance(left: str, right: str, *, limit: int) -> int:
    """Levenshtein distance, or ``limit`` + 1 as soon as it must exceed ``limit``."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
        if min(row) > limit:
            return limit + 1
    return row[-1]
