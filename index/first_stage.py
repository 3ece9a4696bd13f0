"""Which passages may answer a question: words, their alternatives, character pairs and meaning.

All rows get a quick score, the best of them an exact one. Frequent terms are left for the second
step where a corpus is large: they tell little, and most of the time would go to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import local
from typing import TYPE_CHECKING

import numpy as np

from index.best import best
from index.contents import Contents
from index.lexical import LexicalIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

SIGNALS = ("lexical", "expanded", "bigrams", "dense")
_QUICK = len(SIGNALS) - 1  # the place of the mixed score behind those that make it
POOL = 192
_NEAREST = 512
_POSTINGS = 40_000  # read at most for the quick score, about 1 ms
_HEADING = 0.75


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts in the choice of candidates; all are shares of 1 at best.

    ``bare_heading`` is what is left of the score of a heading without text of its own.
    """

    lexical: float = 1.0
    expanded: float = 0.3
    bigrams: float = 0.7
    dense: float = 0.5
    bare_heading: float = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as the first stage reads it.

    ``terms`` with how often each is asked, ``expanded`` further terms with weights in 0..1,
    ``bigrams`` its character pairs, ``vector`` its embedding, shape (dimension,).
    """

    terms: Mapping[str, float]
    expanded: Mapping[str, float]
    bigrams: Sequence[str]
    vector: Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows that may answer, best first, with their signals, shape (rows, len(SIGNALS))."""

    rows: Rows
    signals: Floats
    scores: Floats


@dataclass(frozen=True, slots=True)
class _Posting:
    rows: NDArray[np.int32]
    scores: Floats
    signal: int
    weight: float


class FirstStage:
    """Finds candidates in an opened generation."""

    def __init__(self, stored: Contents, *, weights: Weights | None = None) -> None:
        self._stored = stored
        self._scratch = local()
        self._weights = weights or Weights()
        own = self._weights
        self._mix = np.array([own.lexical, own.expanded, own.bigrams, own.dense], dtype=np.float32)

    def find(
        self, wanted: Wanted, *, allowed: Rows | None = None, also: Collection[int] = ()
    ) -> Candidates:
        """The best rows, ``POOL`` at most; ``also`` are rows to be scored in any case."""
        read, unread = _parted(self._postings(wanted))
        sums = self._sums(read)
        try:
            return self._found(wanted, sums, unread, allowed=allowed, also=also)
        finally:
            for posting in read:
                for one in (posting.signal, _QUICK):
                    sums[one][posting.rows] = 0.0

    def _sums(self, read: Sequence[_Posting]) -> Floats:
        """What these postings score, by signal and row, and weighed together: ``_QUICK``.

        The array belongs to the thread and is used again, which is faster than a new one.
        """
        sums: Floats | None = getattr(self._scratch, "sums", None)
        if sums is None:
            sums = np.zeros((_QUICK + 1, len(self._stored.passages)), dtype=np.float32)
            self._scratch.sums = sums
        for posting in read:
            scores = np.float32(posting.weight) * posting.scores
            sums[posting.signal][posting.rows] += scores
            sums[_QUICK][posting.rows] += self._mix[posting.signal] * scores
        return sums

    def _found(
        self,
        wanted: Wanted,
        sums: Floats,
        unread: Sequence[_Posting],
        *,
        allowed: Rows | None,
        also: Collection[int],
    ) -> Candidates:
        pool = self._pool(wanted, sums, allowed=allowed)
        extra = np.asarray(
            [row for row in also if allowed is None or row in allowed], dtype=np.int64
        )
        rows = np.union1d(pool, extra)
        signals = self._signals(wanted, sums, unread, rows)
        scores = signals @ self._mix
        scores[self._stored.bare[rows]] *= np.float32(self._weights.bare_heading)
        scores[(signals <= 0).all(axis=1) & ~np.isin(rows, extra)] = -np.inf
        order = best(scores, limit=len(rows))
        return Candidates(rows[order], signals[order], scores[order])

    def _postings(self, wanted: Wanted) -> list[_Posting]:
        body, heading = self._stored.body, self._stored.heading
        share = 1 / _total(body, wanted.terms)
        found = [
            _Posting(*index.postings(term), signal, weight * part * share)
            for signal, terms in enumerate((wanted.terms, wanted.expanded))
            for term, weight in terms.items()
            # What a question may mean is looked for in bodies only.
            for index, part in ((body, 1.0), (heading, _HEADING if signal == 0 else 0.0))
            if part
        ]
        pairs = self._stored.bigrams
        counts = {pair: float(wanted.bigrams.count(pair)) for pair in dict.fromkeys(wanted.bigrams)}
        total = 1 / _total(pairs, counts)
        found.extend(
            _Posting(*pairs.postings(pair), 2, count * total) for pair, count in counts.items()
        )
        return [posting for posting in found if len(posting.rows)]

    def _pool(self, wanted: Wanted, sums: Floats, *, allowed: Rows | None) -> Rows:
        """The best rows by what was read, and by how near they are."""
        quick = sums[_QUICK].copy()
        near, cosines = self._stored.dense.search(wanted.vector, _NEAREST, allowed)
        # What is not among the nearest is at most as near as the last of them.
        floor = float(cosines.min(initial=0.0)) if len(near) < len(quick) else 0.0
        quick[near] += self._mix[3] * (cosines - np.float32(floor))
        if allowed is not None:
            only = np.full(quick.shape, -np.inf, dtype=np.float32)
            only[allowed] = quick[allowed]
            quick = only
        return best(quick, limit=POOL)

    def _signals(
        self, wanted: Wanted, sums: Floats, unread: Sequence[_Posting], rows: Rows
    ) -> Floats:
        signals = np.zeros((len(rows), len(SIGNALS)), dtype=np.float32)
        signals[:, :_QUICK] = sums[:_QUICK, rows].T
        searched = rows.astype(np.int32)  # of another type, every posting would be copied
        for posting in unread:
            places = np.searchsorted(posting.rows, searched)
            places[places == len(posting.rows)] = 0
            held = posting.rows[places] == searched
            signals[held, posting.signal] += (
                np.float32(posting.weight) * posting.scores[places[held]]
            )
        signals[:, _QUICK] = self._stored.dense.products(wanted.vector, rows)
        return signals


def _parted(postings: Iterable[_Posting]) -> tuple[list[_Posting], list[_Posting]]:
    """The postings to be read whole, rare terms first, and those of frequent terms."""
    ordered = sorted(postings, key=lambda posting: len(posting.rows))
    ends = np.cumsum([len(posting.rows) for posting in ordered])
    count = max(1, int(np.searchsorted(ends, _POSTINGS, side="right")))
    return ordered[:count], ordered[count:]


def _total(index: LexicalIndex, terms: Mapping[str, float]) -> float:
    """The best score there could be for these terms; 1 where there are none."""
    return sum(index.idf(term) for term in terms) or 1.0
