"""Medians, percentiles and proportions with their uncertainty."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Rate:
    """A proportion: how many of ``n`` hit; ``value`` is None where nothing was counted."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """The share in 0..1."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval at 95 %, (0, 1) where nothing was counted."""
        return wilson(hits=self.hits, n=self.n)


def rate(outcomes: Iterable[bool]) -> Rate:
    """The proportion of true outcomes."""
    seen = tuple(outcomes)
    return Rate(hits=sum(seen), n=len(seen))


def wilson(*, hits: int, n: int) -> tuple[float, float]:
    """The Wilson score interval at 95 % for a proportion, within 0..1."""
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} hits of {n} is not a proportion")
    if n == 0:
        return 0.0, 1.0
    share, z2 = hits / n, _Z95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The value below which ``percent`` of the values lie, interpolated; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low, high = math.floor(place), math.ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(values: Sequence[float]) -> float | None:
    """The middle value; None of nothing."""
    return percentile(values, 50)


def mean(values: Sequence[float]) -> float | None:
    """The average; None of nothing."""
    return math.fsum(values) / len(values) if values else None
