"""Our search at size: first hits, time of a question, and how exact the dense part is."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from eval.bench.measure import DEPTH
from eval.bench.peers.missing import needed
from eval.bench.scale.articles import ArticleQuestion, Place
from eval.stats import percentile
from index import contents
from index.embedding import encode_query
from index.hits import Hit
from index.search import SearchIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXACT_QUESTION = "민원 처리에 관한 법률 제9조"
_EXACT_TITLE, _EXACT_HEADING = "민원 처리에 관한 법률", re.compile(r"제9조(?!의)")
_BLOCK = 1 << 16
_SAME = 1e-6
_WARM = ("첫 질문은 사전을 여느라 늦다", "시행 규칙의 목적", "과태료 부과 기준")


@dataclass(frozen=True, slots=True)
class Figures:
    """The share of first hits, and times of a question in milliseconds, one thread."""

    questions: int
    first_hits: float
    query_ms_p50: float
    query_ms_p95: float
    queries_per_s: float


def ask(questions: Sequence[ArticleQuestion], rank: Callable[[str], Sequence[str]]) -> Figures:
    """Ask every question once; ``rank`` gives the units found, best first."""
    right, times = 0, []
    with one_thread():
        for text in _WARM:
            rank(text)
        for question in questions:
            started = time.perf_counter()
            ranked = rank(question.text)
            times.append((time.perf_counter() - started) * 1000)
            right += bool(ranked) and ranked[0] == question.unit
    return Figures(
        questions=len(questions),
        first_hits=round(right / len(questions), 4),
        query_ms_p50=round(percentile(times, 50) or 0.0, 2),
        query_ms_p95=round(percentile(times, 95) or 0.0, 2),
        queries_per_s=round(1000 * len(times) / sum(times), 2),
    )


def ranker(index: SearchIndex, unit_of: Mapping[Place, str]) -> Callable[[str], Sequence[str]]:
    """Our search as a ranking of units: segment and retrieve, the ten best passages."""

    def rank(text: str) -> list[str]:
        hits = index.search(query=text, limit=DEPTH)
        return [unit_of[hit.passage.document_id, hit.passage.section_id] for hit in hits]

    return rank


def dense_recall(index: SearchIndex, questions: Sequence[str]) -> float:
    """The share of the ten nearest vectors that the dense index finds, over all questions.

    A vector as near as the tenth counts as one of the ten, whichever of them is returned.
    """
    queries = np.stack([encode_query(index.embedder, text) for text in questions])
    dense = contents.load_dense(index.generation.path)
    vectors = dense.vectors()
    bars = _tenth_best(queries, vectors) - _SAME
    found = 0
    for query, bar in zip(queries, bars, strict=True):
        ids, _ = dense.search(query, DEPTH)
        found += int((vectors[ids] @ query >= bar).sum())
    return round(found / (len(questions) * min(DEPTH, len(vectors))), 4)


def exact_article_first(index: SearchIndex) -> bool | None:
    """Whether the article named by law and number comes first; None where there is no such law."""
    titles = {document.metadata.title for document in index.documents.values()}
    if _EXACT_TITLE not in titles:
        return None
    return any(_is_exact(index, hit) for hit in index.search(query=EXACT_QUESTION, limit=1))


@contextmanager
def one_thread() -> Iterator[None]:
    """Holds the libraries' thread pools to one thread. Raises BenchmarkError."""
    with needed("threadpoolctl"):
        from threadpoolctl import threadpool_limits  # noqa: PLC0415 - an extra, see needed

    with threadpool_limits(limits=1):
        yield


def _is_exact(index: SearchIndex, hit: Hit) -> bool:
    document = index.documents[hit.passage.document_id]
    paths = (s.path for s in document.sections if s.section_id == hit.passage.section_id)
    heads = [heading for path in paths for heading in path]
    # The supplementary provisions count their articles anew.
    own = not any(heading.startswith("부칙") for heading in heads)
    right = own and any(map(_EXACT_HEADING.match, heads))
    return document.metadata.title == _EXACT_TITLE and right


def _tenth_best(queries: NDArray[np.float32], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The tenth highest inner product of each query, shape (queries,)."""
    best = np.full((len(queries), DEPTH), -np.inf, dtype=np.float32)
    for start in range(0, len(vectors), _BLOCK):
        scores = queries @ vectors[start : start + _BLOCK].T
        both = np.concatenate([best, scores], axis=1)
        best = -np.partition(-both, DEPTH - 1, axis=1)[:, :DEPTH]
    return np.asarray(best.min(axis=1), dtype=np.float32)
