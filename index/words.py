"""The trained word vectors that come with the program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import EmbeddingUnavailable
from index.semantics import WordVectors, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FILE = "words.safetensors"
_LEVELS = 127  # of an 8-bit number, each way


class WordTable:
    """Looks up unit vectors of ``form/TT`` terms, and how much each counts in a text."""

    def __init__(self, words: WordVectors) -> None:
        self._rows = {term: row for row, term in enumerate(words.terms, 1)}
        nothing = np.zeros((1, words.vectors.shape[1]), dtype=np.float32)
        self.unit = np.concatenate((nothing, unit(words.vectors)))
        lengths = np.linalg.norm(words.vectors, axis=1)
        typical = float(lengths.mean()) if len(lengths) else 1.0
        self._lengths = np.concatenate(([typical], lengths)).astype(np.float32)

    def rows(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """Rows of ``unit``; 0, a row of zeros, for unknown terms."""
        return np.fromiter((self._rows.get(term, 0) for term in terms), dtype=np.int32)

    def vectors(self, terms: Sequence[str]) -> Floats:
        """Unit vectors, shape (len(terms), dimension); zero for unknown terms."""
        return np.asarray(self.unit[self.rows(terms)], dtype=np.float32)

    def lengths(self, terms: Sequence[str]) -> Floats:
        """How much each term counts, shape (len(terms),); an unknown one as the mean."""
        return np.asarray(self._lengths[self.rows(terms)], dtype=np.float32)


def bundled_words() -> WordVectors:
    """The vectors in ``index/weights``; raise ``EmbeddingUnavailable`` where they are damaged."""
    return unpacked(_bytes())


def bundled_terms() -> frozenset[str]:
    """The ``form/TT`` terms of ``bundled_words``: the words of Korean, as far as it knows them."""
    return frozenset(_terms(_tensors(_bytes())))


def packed_digest(words: WordVectors) -> str:
    """Eight characters that tell these vectors from others."""
    return hashlib.sha256(packed(words)).hexdigest()[:8]


def words_digest() -> str:
    """Eight characters that tell one set of bundled vectors from another."""
    return hashlib.sha256(_bytes()).hexdigest()[:8]


def packed(words: WordVectors) -> bytes:
    """Word vectors as a safetensors file with 8 bits a number and one scale a word."""
    from safetensors.numpy import save  # noqa: PLC0415 - see unpacked

    scales = np.abs(words.vectors).max(axis=1) / _LEVELS
    divisors = np.where(scales > 0, scales, 1)[:, None]
    return save(
        {
            "vectors": np.rint(words.vectors / divisors).astype(np.int8),
            "scales": scales.astype(np.float32),
            "terms": np.frombuffer("\n".join(words.terms).encode(), dtype=np.uint8),
        }
    )


def unpacked(raw: bytes) -> WordVectors:
    """Word vectors from what ``packed`` wrote; raise ``EmbeddingUnavailable`` from other bytes."""
    tensors = _tensors(raw)
    terms = _terms(tensors)
    vectors = tensors["vectors"].astype(np.float32) * tensors["scales"][:, None]
    if len(terms) != len(vectors):
        raise EmbeddingUnavailable(
            f"the word vectors hold {len(terms)} words but {len(vectors)} vectors; "
            "install the program again"
        )
    return WordVectors(terms=terms, vectors=np.asarray(vectors, dtype=np.float32))


def _tensors(raw: bytes) -> dict[str, NDArray[Any]]:
    from safetensors import SafetensorError  # noqa: PLC0415 - not every command embeds
    from safetensors.numpy import load  # noqa: PLC0415 - as above

    try:
        loaded = load(raw)
        return {name: loaded[name] for name in ("terms", "vectors", "scales")}
    except (SafetensorError, KeyError, ValueError) as error:
        raise _damaged(error) from error


def _terms(tensors: Mapping[str, NDArray[Any]]) -> tuple[str, ...]:
    try:
        return tuple(tensors["terms"].tobytes().decode().split("\n"))
    except UnicodeDecodeError as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> EmbeddingUnavailable:
    return EmbeddingUnavailable(
        f"the word vectors that come with the program are damaged ({error}); install it again"
    )


def _bytes() -> bytes:
    return (files("index") / "weights" / FILE).read_bytes()
