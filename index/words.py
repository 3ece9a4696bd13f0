"""The trained word vectors that come with the program."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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
    """Looks up unit vectors of ``form/TT`` terms."""

    def __init__(self, words: WordVectors) -> None:
        self._rows = {term: row for row, term in enumerate(words.terms, 1)}
        nothing = np.zeros((1, words.vectors.shape[1]), dtype=np.float32)
        self._vectors = np.concatenate((nothing, unit(words.vectors)))

    def vectors(self, terms: Sequence[str]) -> Floats:
        """Unit vectors, shape (len(terms), dimension); zero for unknown terms."""
        rows = np.array([self._rows.get(term, 0) for term in terms], dtype=np.int64)
        return np.asarray(self._vectors[rows], dtype=np.float32)


def bundled_words() -> WordVectors:
    """The vectors in ``index/weights``; raise ``EmbeddingUnavailable`` where they are damaged."""
    return unpacked(_bytes())


def bundled_terms() -> frozenset[str]:
    """The ``form/TT`` terms of ``bundled_words``: the words of Korean, as far as it knows them."""
    return frozenset(_terms(_tensors(_bytes())))


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
