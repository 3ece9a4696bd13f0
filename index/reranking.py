"""Ordering the best passages once more by a cross-encoder: the only user of CrossEncoder."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.errors import RerankerUnavailable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.hits import Hit

TOP = 30
_BATCH = 32
_QUIET_SECONDS = 60.0
_CLASSIFIERS = ("ForSequenceClassification", "ForCausalLM")
_log = logging.getLogger(__name__)


class Reranker(Protocol):
    """Judges how well texts answer a question, reading both together."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One finite score a text, shape (len(texts),), higher is better.

        Raises RerankerUnavailable where the model gives none.
        """
        ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder, by folder or by the name it is published under.

    Nogueira and Cho, "Passage Re-ranking with BERT" (2019). Safe to share between threads.
    """

    def __init__(self, name_or_path: str) -> None:
        self.name = name_or_path
        self._model = _open(name_or_path, local=Path(name_or_path).exists())
        # Its tokenizer refuses two threads at once; the model keeps all cores busy anyway.
        self._lock = Lock()
        self.scores("질문", ["글"])

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Reranker; a text longer than the model reads is cut off at its end."""
        if not texts:
            return np.empty(0, dtype=np.float32)
        pairs = [(question, text) for text in texts]
        try:
            with self._lock:
                found = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        except (RuntimeError, ValueError, TypeError, LookupError, OSError, MemoryError) as error:
            raise RerankerUnavailable(f"the reranker {self.name!r} failed ({error})") from error
        return _checked(np.asarray(found, dtype=np.float32), len(texts))


class Reranking:
    """Orders the first ``top`` hits of a search by a reranker; the others follow as they were.

    Where the reranker fails, the hits keep their order and the reason is logged, once a minute
    at most. Safe to share between threads.
    """

    def __init__(
        self, reranker: Reranker, *, top: int = TOP, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._reranker = reranker
        self.top = top
        self._clock = clock
        self._lock = Lock()
        self._said: float | None = None

    def ordered(self, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The hits in their new order; each takes the score of the place it comes to.

        So scores still fall from hit to hit, on the scale of the search.
        """
        first, rest = hits[: self.top], hits[self.top :]
        try:
            found = self._reranker.scores(question, [hit.passage.searched for hit in first])
            order = np.argsort(-_checked(found, len(first)), kind="stable")
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, keep searching
            self._tell(error)
            return tuple(hits)
        places = zip(order, first, strict=True)
        return (*(replace(hits[row], score=place.score) for row, place in places), *rest)

    def _tell(self, error: Exception) -> None:
        with self._lock:
            now = self._clock()
            if self._said is not None and now - self._said < _QUIET_SECONDS:
                return
            self._said = now
        _log.error("searching without the reranker, which failed: %s", error, exc_info=error)


def _open(name: str, *, local: bool) -> Any:
    # Imported late: it loads torch, which takes seconds, and few installations rerank.
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    try:
        model = CrossEncoder(name, device="cpu", local_files_only=local)
    except (OSError, ValueError, LookupError, RuntimeError, TypeError) as error:
        raise RerankerUnavailable(
            f"the reranker {name!r} cannot be opened ({error}); "
            "name a cross-encoder's folder or published name, or leave it empty for none"
        ) from error
    kinds = getattr(model.config, "architectures", None) or ()
    if model.num_labels != 1 or not any(kind.endswith(_CLASSIFIERS) for kind in kinds):
        # What is missing would be filled with random weights, and order passages at random.
        raise RerankerUnavailable(
            f"the model {name!r} is no reranker: it must be a cross-encoder "
            "(a sequence classifier) that gives one score; name another, or leave it empty for none"
        )
    return model


def _checked(scores: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    if scores.shape != (count,) or not np.isfinite(scores).all():
        raise RerankerUnavailable(
            "the reranker answered with values that are no scores; "
            "name another one, or leave it empty for none"
        )
    return scores
