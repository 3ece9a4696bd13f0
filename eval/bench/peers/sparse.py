"""BM25 by bm25s over any tokens: one library call to index, one to ask."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.bench.beir import Entry
from eval.bench.measure import Step
from eval.bench.peers.missing import needed
from eval.bench.peers.tokens import Tokenise, entry_text


class SparseEngine:
    """bm25s with its defaults: Lucene's formula, k1 1.5, b 0.75."""

    def __init__(self, tokenise: Tokenise) -> None:
        self._tokenise = tokenise
        self._bm25: Any = None
        self._ids: tuple[str, ...] = ()

    def build(self, entries: Sequence[Entry], folder: Path, *, progress: Step) -> None:
        """Index the entries in memory; ``folder`` stays empty. Raises BenchmarkError."""
        del folder
        with needed("bm25s"):
            import bm25s  # noqa: PLC0415 - an extra, see needed

        rows = []
        for entry in entries:
            rows.append(self._tokenise(entry_text(entry)))
            progress("tokenising", len(rows), len(entries))
        self._bm25 = bm25s.BM25(method="lucene", backend="numpy")
        self._bm25.index(rows, show_progress=False)
        self._ids = tuple(entry.entry_id for entry in entries)

    def rank(self, query: str, *, limit: int) -> tuple[str, ...]:
        """The ids of the best texts, best first; those without a common token are left out."""
        found, scores = self._bm25.retrieve(
            [self._tokenise(query)],
            k=min(limit, len(self._ids)),
            show_progress=False,
            backend_selection="numpy",
        )
        pairs = zip(found[0], scores[0], strict=True)
        return tuple(self._ids[row] for row, score in pairs if score > 0)
