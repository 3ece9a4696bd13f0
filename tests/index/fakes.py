"""An embedder without a model: words hashed into a few dimensions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.semantics import unit


class HashEmbedder:
    """Texts that share words get near vectors; ``encoded`` counts the texts it was given."""

    def __init__(self, *, name: str = "hash", dimension: int = 32) -> None:
        self.name = name
        self.dimension = dimension
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += len(texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.split():
                digest = hashlib.sha256(word.encode()).digest()
                vectors[row, digest[0] % self.dimension] += 1
        return unit(vectors)
