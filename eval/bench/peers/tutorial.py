"""The hybrid pipeline Korean LangChain tutorials build: rank_bm25 and naive FAISS, rank-fused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.bench.beir import Entry
from eval.bench.measure import Step
from eval.bench.peers.missing import needed
from eval.bench.peers.tokens import Analyse, Tagged, all_forms, entry_text, every_term
from index.dense import DenseIndex
from index.embedding import Embedder, WordEmbedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DEPTH = 20  # of each retriever
_OFFSET = 60  # the c of LangChain's EnsembleRetriever
_WEIGHT = 0.5


class TutorialEngine:
    """BM25Okapi over all Kiwi forms and IndexFlatL2, fused as EnsembleRetriever does.

    Tutorials embed with a hosted model; here the word vectors of ``embedder`` stand in. A text is
    analysed once for both parts, which is less than the tutorials' pipeline does.
    """

    def __init__(self, *, analyse: Analyse, embedder: Embedder) -> None:
        self._analyse = analyse
        self._embedder = embedder
        self._bm25: Any = None
        self._dense: DenseIndex | None = None
        self._ids: tuple[str, ...] = ()

    def build(self, entries: Sequence[Entry], folder: Path, *, progress: Step) -> None:
        """Index the entries in memory; ``folder`` stays empty. Raises BenchmarkError."""
        del folder
        with needed("rank_bm25"):
            from rank_bm25 import BM25Okapi  # noqa: PLC0415 - an extra, see needed

        forms: list[list[str]] = []
        vectors = np.zeros((len(entries), self._embedder.dimension), dtype=np.float32)
        for row, entry in enumerate(entries):
            text = entry_text(entry)
            tagged = self._analyse(text)
            forms.append(all_forms(tagged))
            vectors[row] = self._vector(text, tagged)
            progress("tokenising", row + 1, len(entries))
        self._bm25 = BM25Okapi(forms)
        self._dense = DenseIndex.euclidean(vectors)
        self._ids = tuple(entry.entry_id for entry in entries)

    def rank(self, query: str, *, limit: int) -> tuple[str, ...]:
        """The ids of the best texts, best first."""
        if self._dense is None:
            raise RuntimeError("build comes before rank")
        tagged = self._analyse(query)
        sparse = self._bm25.get_top_n(all_forms(tagged), self._ids, n=_DEPTH)
        rows, _ = self._dense.search(self._vector(query, tagged), _DEPTH)
        return fused([sparse, [self._ids[row] for row in rows]])[:limit]

    def _vector(self, text: str, tagged: Tagged) -> NDArray[np.float32]:
        if isinstance(self._embedder, WordEmbedder):
            rows = self._embedder.encode_terms([every_term(tagged)])
        else:
            rows = self._embedder.encode([text])
        vector: NDArray[np.float32] = rows[0]
        return vector


def fused(rankings: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Ids by the sum of weight / (60 + rank) over rankings, rank from 1 (Cormack et al., 2009)."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, name in enumerate(ranking, 1):
            scores[name] = scores.get(name, 0.0) + _WEIGHT / (_OFFSET + rank)
    return tuple(sorted(scores, key=scores.__getitem__, reverse=True))
