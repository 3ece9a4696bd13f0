"""Word vectors derived from the semantic model that comes with Kiwi."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.terms import term_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

VERSION = 1  # raise when the derivation or the form of terms changes
RANK = 256
LANDMARKS = 384
# Of a text's meaning, names and verbs carry most; numbers and foreign words have no vector.
_TAGS = frozenset({"NN", "NR", "NP", "VV", "VA", "XR", "MA"})
_SMOOTHING = 1e-4
# Directions shared by all words; measured on three question sets, 10 is where gains end.
_COMMON = 10

Progress = Callable[[str, int, int], None]


class SimilaritySource(Protocol):
    """What knows the cosine of each morpheme to all others (a Segmenter)."""

    def vocabulary(self) -> Sequence[tuple[str, str]]: ...

    def similarities(self, morpheme_id: int, *, size: int) -> Floats: ...


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Terms as ``form/TT`` and their vectors, shape (len(terms), dimension).

    A vector's length is its weight: frequent words are short.
    """

    terms: tuple[str, ...]
    vectors: Floats


def derive(
    source: SimilaritySource,
    *,
    landmarks: int = LANDMARKS,
    rank: int = RANK,
    progress: Progress | None = None,
) -> WordVectors:
    """Vectors whose inner products give the model's cosines back (Nystrom factorisation).

    The similarity matrix has rank 256, so a few hundred of its rows determine it.
    """
    vocabulary = source.vocabulary()
    chosen = _landmarks(len(vocabulary), count=landmarks)
    rows = np.empty((len(chosen), len(vocabulary)), dtype=np.float32)
    for done, number in enumerate(chosen):
        rows[done] = source.similarities(int(number), size=len(vocabulary))
        if progress is not None:
            progress("deriving word vectors", done + 1, len(chosen))
    return _by_term(vocabulary, factorise(rows, chosen=chosen, rank=rank))


def factorise(rows: Floats, *, chosen: NDArray[np.int64], rank: int) -> Floats:
    """Vectors of all columns from rows of their similarity matrix, shape (columns, rank)."""
    square = rows[:, chosen].astype(np.float64)
    values, bases = np.linalg.eigh((square + square.T) / 2)
    kept = np.flatnonzero(values > values[-1] * 1e-7)[-rank:]
    projection = (bases[:, kept] / np.sqrt(values[kept])).astype(np.float32)
    return np.asarray(rows.T @ projection, dtype=np.float32)


def _landmarks(size: int, *, count: int) -> NDArray[np.int64]:
    chosen = np.random.default_rng(0).choice(size, min(count, size), replace=False)
    return np.sort(chosen).astype(np.int64)


def _by_term(vocabulary: Sequence[tuple[str, str]], vectors: Floats) -> WordVectors:
    """One vector a term: senses are averaged by how frequent they are.

    Model ids are in order of frequency, so Zipf's law gives each its share of all words.
    """
    ranks = np.arange(1, len(vocabulary) + 1)
    shares = (1.0 / ranks / np.log(max(len(ranks), 2))).astype(np.float32)
    groups: dict[str, list[int]] = {}
    for number, (form, tag) in enumerate(vocabulary):
        if form and tag[:2] in _TAGS:
            groups.setdefault(term_of(form, tag), []).append(number)
    means = np.stack([shares[ids] @ vectors[ids] for ids in groups.values()])
    totals = np.array([shares[ids].sum() for ids in groups.values()], dtype=np.float32)
    distinct = without_common(unit(means), shares=totals, count=_COMMON)
    # Smooth inverse frequency, a / (a + p): a vector's length is its weight in a text.
    weighted = distinct * (_SMOOTHING / (_SMOOTHING + totals))[:, None]
    return WordVectors(terms=tuple(groups), vectors=np.asarray(weighted, dtype=np.float32))


def without_common(vectors: Floats, *, shares: Floats, count: int) -> Floats:
    """Vectors less their mean and the ``count`` directions most words share.

    Those tell how a word is used, not what it means, and make all texts look alike.
    """
    centred = vectors - vectors.mean(axis=0)
    weighted = centred * np.sqrt(shares)[:, None]
    _, bases = np.linalg.eigh(weighted.T @ weighted)
    common = bases[:, max(bases.shape[1] - count, 0) :]
    return np.asarray(centred - centred @ common @ common.T, dtype=np.float32)


def unit(vectors: Floats) -> Floats:
    """Rows at length one; zero rows stay zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
