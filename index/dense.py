"""Nearest vectors by inner product: the only user of FAISS."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXACT_UP_TO = 200_000  # 11 ms a search on two cores; a graph index takes minutes to build
_NEIGHBOURS = 32
_EFFORT = 128


class DenseIndex:
    """An exact index, or a graph index above ``EXACT_UP_TO`` vectors."""

    def __init__(self, *, engine: Any) -> None:
        self._engine = engine

    @property
    def size(self) -> int:
        """How many vectors are indexed."""
        return int(self._engine.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._engine.d)

    @classmethod
    def build(cls, vectors: NDArray[np.float32], *, exact_up_to: int = EXACT_UP_TO) -> DenseIndex:
        """An index of the rows of ``vectors``, shape (n, d), L2-normalised or zero."""
        faiss = _faiss()

        count, dimension = vectors.shape
        if count <= exact_up_to:
            engine = faiss.IndexFlatIP(dimension)
        else:
            engine = faiss.IndexHNSWFlat(dimension, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
        engine.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(engine=engine)

    @classmethod
    def euclidean(cls, vectors: NDArray[np.float32]) -> DenseIndex:
        """An exact index whose ``search`` gives squared distances instead, nearest first.

        What LangChain's FAISS store makes by default; the bench compares with it.
        """
        engine = _faiss().IndexFlatL2(vectors.shape[1])
        engine.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(engine=engine)

    def search(
        self, vector: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Row ids and inner products of the ``k`` nearest, best first; fewer where there are.

        ``allowed`` restricts the answer to these row ids.
        """
        k = min(k, self.size if allowed is None else len(allowed))
        if k <= 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, ids = self._engine.search(query, k, params=self._parameters(k, allowed))
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def vectors(self) -> NDArray[np.float32]:
        """Every indexed vector in the order of building, shape (n, d)."""
        return np.asarray(self._engine.reconstruct_n(0, self.size), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Writes the index to one file."""
        faiss = _faiss()

        faiss.write_index(self._engine, str(path))

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Opens what ``save`` wrote."""
        faiss = _faiss()

        return cls(engine=faiss.read_index(str(path)))

    def _parameters(self, k: int, allowed: NDArray[np.int64] | None) -> Any:
        faiss = _faiss()

        selector = None if allowed is None else faiss.IDSelectorBatch(allowed.astype(np.int64))
        if isinstance(self._engine, faiss.IndexHNSW):
            return faiss.SearchParametersHNSW(sel=selector, efSearch=max(_EFFORT, 2 * k))
        return faiss.SearchParameters(sel=selector)


def _faiss() -> Any:
    # Its stubs lack what is generated at import; it is loaded on first use to start faster.
    return import_module("faiss")
