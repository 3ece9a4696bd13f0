"""Nearest vectors by inner product: the only user of FAISS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np

from index.arrays import touch
from index.recall import Recall, found_share, tenth_best

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

EXACT_UP_TO = 50_000  # about 4 ms a search on one core
WANTED_RECALL = 0.993  # of a sample, so that .99 hold for other questions
_SAMPLE = 400  # vectors of each kind to measure it with
_PER_LIST = 600  # vectors a list: measured best of 300, 600 and 1200 at 600,000
_TRAINED_ON = 48  # vectors a list
_ROUNDS = 10
_FEWEST = 64  # the share of lists that is probed at least is one in so many
_MOST = 8  # lists of which more than one in so many must be probed are made anew
_ALIKE = 0.9
_MEASURED = ".json"


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """An index made before, and the row in it of each vector of the new one, -1 for none."""

    index: DenseIndex
    rows: NDArray[np.int64]


class DenseIndex:
    """An exact index, or one of inverted lists above ``EXACT_UP_TO`` vectors.

    ``recall`` was measured when the lists were made; None means that the index is exact.
    """

    def __init__(self, *, engine: Any, recall: Recall | None = None) -> None:
        self._engine = engine
        self.recall = recall

    @property
    def engine(self) -> Any:
        """The FAISS index."""
        return self._engine

    @property
    def size(self) -> int:
        """How many vectors are indexed."""
        return int(self._engine.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._engine.d)

    @classmethod
    def build(
        cls,
        vectors: Vectors,
        *,
        exact_up_to: int = EXACT_UP_TO,
        questions: Callable[[], Vectors] | None = None,
        before: Before | None = None,
    ) -> DenseIndex:
        """An index of the rows of ``vectors``, shape (n, d), L2-normalised or zero.

        ``questions`` gives vectors of short texts, to be found as well as long ones are. Where
        nearly all vectors were in the index ``before``, its lists are kept.
        """
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        if len(vectors) > exact_up_to:
            asked = questions() if questions else vectors[:0]
            return cls._of_lists(vectors, asked, before if _is_like(before, vectors) else None)
        engine = _faiss().IndexFlatIP(vectors.shape[1])
        engine.add(vectors)
        return cls(engine=engine)

    @classmethod
    def _of_lists(cls, vectors: Vectors, questions: Vectors, before: Before | None) -> DenseIndex:
        engine = _filled(vectors, before) if before else _trained(vectors)
        lists = int(engine.nlist)
        own = vectors[_spread(len(vectors), _SAMPLE)]
        nearest = [tenth_best(vectors, sample) for sample in (own, questions)]
        made = cls(engine=engine)
        probes = int(engine.nprobe) if before else max(1, lists // _FEWEST)
        while True:
            engine.nprobe = probes
            pairs = zip((own, questions), nearest, strict=True)
            shares = [found_share(engine, sample, tenth) for sample, tenth in pairs]
            if min(shares) >= WANTED_RECALL or probes >= lists:
                made.recall = Recall(lists, probes, *shares)
                engine.make_direct_map()
                return made
            probes = min(lists, probes + max(1, probes // 4))

    @classmethod
    def euclidean(cls, vectors: NDArray[np.float32]) -> DenseIndex:
        """An exact index whose ``search`` gives squared distances instead, nearest first.

        What LangChain's FAISS store makes by default; the bench compares with it.
        """
        engine = _faiss().IndexFlatL2(vectors.shape[1])
        engine.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(engine=engine)

    def search(
        self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Row ids and inner products of the ``k`` nearest, best first; fewer where there are.

        ``allowed`` restricts the answer to these row ids.
        """
        k = min(k, self.size if allowed is None else len(allowed))
        if k <= 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, ids = self._engine.search(query, k, params=self._parameters(allowed))
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def products(self, vector: Vectors, rows: NDArray[np.int64]) -> Vectors:
        """Inner products with the vectors of these rows, shape (rows,)."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        held = self._engine.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
        return np.asarray(held @ vector, dtype=np.float32)

    def vectors(self) -> Vectors:
        """Every indexed vector in the order of building, shape (n, d)."""
        if self.recall is None:
            return np.asarray(self._engine.reconstruct_n(0, self.size), dtype=np.float32)
        return _vectors_of_lists(self._engine)

    def warm(self) -> None:
        """Has the vectors in memory."""
        if self.recall is None:
            faiss = _faiss()

            touch(faiss.rev_swig_ptr(self._engine.get_xb(), self.size * self.dimension))
            return
        for _, ids, codes in _read_lists(self._engine):
            touch(ids, codes)

    def save(self, path: Path) -> None:
        """Writes the index to one file, and what was measured beside it."""
        _faiss().write_index(self._engine, str(path))
        measured = None if self.recall is None else asdict(self.recall)
        path.with_suffix(_MEASURED).write_text(json.dumps(measured) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Opens what ``save`` wrote; vectors are read when a search comes to them."""
        faiss = _faiss()

        engine = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        measured = json.loads(path.with_suffix(_MEASURED).read_text(encoding="utf-8"))
        if measured is None:
            return cls(engine=engine)
        engine.make_direct_map()  # finds the vector of a row among the lists
        return cls(engine=engine, recall=Recall(**measured))

    def _parameters(self, allowed: NDArray[np.int64] | None) -> Any:
        faiss = _faiss()

        selector = None if allowed is None else faiss.IDSelectorBatch(allowed.astype(np.int64))
        if self.recall is None:
            return faiss.SearchParameters(sel=selector)
        # The lists nearest to a question may hold none of the allowed rows.
        probes = self.recall.probes if allowed is None else self.recall.lists
        return faiss.SearchParametersIVF(sel=selector, nprobe=probes)


def _is_like(before: Before | None, vectors: Vectors) -> TypeGuard[Before]:
    """Whether lists made before will do: for nearly all vectors, and found in few lists."""
    if before is None or before.index.recall is None:
        return False
    held, wanted = before.index.recall, _lists(len(vectors))
    fits = wanted / 2 <= held.lists <= wanted * 2 and held.probes <= held.lists // _MOST
    return fits and bool((before.rows >= 0).mean() >= _ALIKE)


def _filled(vectors: Vectors, before: Before) -> Any:
    """An index of the lists of one before, in which most of the vectors stand already."""
    faiss = _faiss()

    old = before.index.engine
    quantizer = faiss.IndexFlatIP(vectors.shape[1])
    quantizer.add(old.quantizer.reconstruct_n(0, old.nlist))
    engine = faiss.IndexIVFFlat(quantizer, vectors.shape[1], old.nlist, faiss.METRIC_INNER_PRODUCT)
    engine.is_trained, engine.nprobe = True, old.nprobe
    new = before.rows < 0
    lists = _list_of(old)[np.where(new, 0, before.rows)]
    if new.any():
        lists[new] = quantizer.search(vectors[new], 1)[1][:, 0]
    engine.add_core(len(vectors), faiss.swig_ptr(vectors), None, faiss.swig_ptr(lists))
    return engine


def _list_of(engine: Any) -> NDArray[np.int64]:
    """The list each vector of an index stands in."""
    found = np.empty(engine.ntotal, dtype=np.int64)
    for number, ids, _ in _read_lists(engine):
        found[ids] = number
    return found


def _lists(count: int) -> int:
    return max(1, count // _PER_LIST)


def _trained(vectors: Vectors) -> Any:
    faiss = _faiss()

    lists = _lists(len(vectors))
    quantizer = faiss.IndexFlatIP(vectors.shape[1])
    engine = faiss.IndexIVFFlat(quantizer, vectors.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
    engine.cp.niter = _ROUNDS
    engine.cp.min_points_per_centroid = 1
    engine.cp.max_points_per_centroid = _TRAINED_ON
    engine.train(vectors[_spread(len(vectors), lists * _TRAINED_ON)])
    engine.add(vectors)
    return engine


def _spread(count: int, wanted: int) -> NDArray[np.int64]:
    """Rows at equal distances, all of them where there are no more than wanted."""
    return np.linspace(0, count - 1, min(count, wanted)).astype(np.int64)


def _vectors_of_lists(engine: Any) -> Vectors:
    found = np.empty((engine.ntotal, engine.d), dtype=np.float32)
    for _, ids, codes in _read_lists(engine):
        found[ids] = codes.view(np.float32).reshape(len(ids), engine.d)
    return found


def _read_lists(engine: Any) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.uint8]]]:
    """The number of each list that is not empty, its row ids and its vectors as bytes."""
    faiss = _faiss()

    lists = faiss.downcast_InvertedLists(engine.invlists)
    for number in range(engine.nlist):
        size = lists.list_size(number)
        if size:
            ids = faiss.rev_swig_ptr(lists.get_ids(number), size)
            yield (
                number,
                ids,
                faiss.rev_swig_ptr(lists.get_codes(number), size * lists.code_size),
            )


def _faiss() -> Any:
    # Its stubs lack what is generated at import; it is loaded on first use to start faster.
    return import_module("faiss")
