"""How early the right section appears in a ranked list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.cases import Gold
from eval.documents import DocumentMap
from eval.metrics import in_place
from eval.stats import Rate, mean, rate

CUTS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class RankedSection:
    """A section as search returned it; ``words`` is the passage found, which may name labels."""

    document_id: str
    path: tuple[str, ...]
    words: str = ""


Search = Callable[[str], Sequence[RankedSection]]


def first_rank(
    gold: Sequence[Gold], ranked: Iterable[RankedSection], *, names: DocumentMap
) -> int | None:
    """The rank, from 1, of the first section in a gold place; None where there is none."""
    for rank, section in enumerate(ranked, 1):
        context = " ".join((*section.path, section.words))
        if any(in_place(each, section.document_id, context, names=names) for each in gold):
            return rank
    return None


def recall_at(ranks: Iterable[int | None], k: int) -> Rate:
    """How many first ranks are within ``k``."""
    return rate(rank is not None and rank <= k for rank in ranks)


def mean_reciprocal_rank(ranks: Iterable[int | None]) -> float | None:
    """The mean of 1/rank, 0 for what was not found; None of nothing."""
    return mean([1.0 / rank if rank else 0.0 for rank in ranks])
