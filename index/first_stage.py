"""Which passages may answer a question: words, their alternatives, character pairs and meaning.

All rows get a quick score, the best of them an exact one. Frequent terms are left for the second
step where a corpus is large: they tell little, and most of the time would go to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import local
from typing import TYPE_CHECKING, Any

import numpy as np

from index.best import best, best_of
from index.contents import Contents
from index.lexical import LexicalIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

SIGNALS = ("lexical", "expanded", "bigrams", "dense")
_DENSE = len(SIGNALS) - 1
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


@dataclass(frozen=True, slots=True)
class _Joined:
    """Entries of several postings end to end.

    Of each a row, its score, what this counts in the mixed score, and the signal it is of.
    """

    rows: Rows
    scores: Floats
    mixed: Floats
    signals: NDArray[np.int64]


class FirstStage:
    """Finds candidates in an opened generation.

    Every thread that asks keeps 8 bytes a row of the index, which is faster than making arrays
    of so many rows anew.
    """

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
        whole = self._joined(read)
        pool = self._pool(wanted, whole, allowed=allowed)
        extra = np.asarray(
            [row for row in also if allowed is None or row in allowed], dtype=np.int64
        )
        rows = np.union1d(pool, extra)
        signals = self._signals(wanted, whole, unread, rows)
        scores = signals @ self._mix
        scores[self._stored.bare[rows]] *= np.float32(self._weights.bare_heading)
        scores[(signals <= 0).all(axis=1) & ~np.isin(rows, extra)] = -np.inf
        order = best(scores, limit=len(rows))
        return Candidates(rows[order], signals[order], scores[order])

    def _numbers(self) -> tuple[Floats, NDArray[np.int32]]:
        """A score and a place for each row, of this thread alone; all zero between questions."""
        held: tuple[Floats, NDArray[np.int32]] | None = getattr(self._scratch, "numbers", None)
        if held is None:
            count = len(self._stored.passages)
            held = np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.int32)
            self._scratch.numbers = held
        return held

    def _joined(self, postings: Sequence[_Posting]) -> _Joined:
        lengths = [len(one.rows) for one in postings]
        weights = np.array([one.weight for one in postings], dtype=np.float32)
        signals = np.array([one.signal for one in postings], dtype=np.int64)
        scores = _concatenated([one.scores for one in postings], np.float32)
        return _Joined(
            _concatenated([one.rows for one in postings], np.int64),
            scores * np.repeat(weights, lengths),
            scores * np.repeat(weights * self._mix[signals], lengths),
            np.repeat(signals, lengths),
        )

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
        counts = Counter(wanted.bigrams)
        total = 1 / _total(pairs, counts)
        found.extend(
            _Posting(*pairs.postings(pair), 2, count * total) for pair, count in counts.items()
        )
        return [posting for posting in found if len(posting.rows)]

    def _pool(self, wanted: Wanted, read: _Joined, *, allowed: Rows | None) -> Rows:
        """The best rows by what was read, and by how near they are."""
        near, cosines = self._stored.dense.search(wanted.vector, _NEAREST, allowed)
        # What is not among the nearest is at most as near as the last of them.
        everything = len(near) == len(self._stored.passages)
        floor = 0.0 if everything else float(cosines.min(initial=0.0))
        rows = np.concatenate((read.rows, near))
        mixed = self._mix[_DENSE] * (cosines - np.float32(floor))
        scores, places = self._numbers()
        try:
            np.add.at(scores, rows, np.concatenate((read.mixed, mixed)))
            # Of each row that stands several times, the place written last is kept.
            order = np.arange(len(rows), dtype=np.int32)
            places[rows] = order
            distinct = rows[places[rows] == order]
            quick = scores[distinct]
        finally:
            scores[rows] = 0.0
        if allowed is not None:
            held = np.isin(distinct, allowed)
            distinct, quick = distinct[held], quick[held]
        return best_of(distinct, quick, limit=POOL)

    def _signals(
        self, wanted: Wanted, read: _Joined, unread: Sequence[_Posting], rows: Rows
    ) -> Floats:
        signals = self._read_signals(read, rows)
        searched = rows.astype(np.int32)  # of another type, every posting would be copied
        for posting in unread:
            places = posting.rows.searchsorted(searched)
            places[places == len(posting.rows)] = 0
            held = np.flatnonzero(posting.rows[places] == searched)
            if len(held):
                scores = posting.scores[places[held]]
                signals[held, posting.signal] += np.float32(posting.weight) * scores
        signals[:, _DENSE] = self._stored.dense.products(wanted.vector, rows)
        return signals

    def _read_signals(self, read: _Joined, rows: Rows) -> Floats:
        """What the postings that were read tell of these rows, shape (rows, len(SIGNALS))."""
        _, places = self._numbers()
        places[read.rows] = 0
        places[rows] = np.arange(1, len(rows) + 1, dtype=np.int32)
        place = places[read.rows]
        held = np.flatnonzero(place)
        keys = (place[held] - 1) * len(SIGNALS) + read.signals[held]
        sums = np.bincount(keys, weights=read.scores[held], minlength=len(rows) * len(SIGNALS))
        return sums.reshape(len(rows), len(SIGNALS)).astype(np.float32)


def _parted(postings: Iterable[_Posting]) -> tuple[list[_Posting], list[_Posting]]:
    """The postings to be read whole, rare terms first, and those of frequent terms."""
    ordered = sorted(postings, key=lambda posting: len(posting.rows))
    ends = np.cumsum([len(posting.rows) for posting in ordered])
    count = max(1, int(np.searchsorted(ends, _POSTINGS, side="right")))
    return ordered[:count], ordered[count:]


def _total(index: LexicalIndex, terms: Mapping[str, float]) -> float:
    """The best score there could be for these terms; 1 where there are none."""
    return sum(index.idf(term) for term in terms) or 1.0


def _concatenated(parts: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate(parts, dtype=kind) if parts else np.empty(0, dtype=kind)
