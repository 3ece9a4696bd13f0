"""Medians, percentiles and intervals."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.stats import Rate, mean, median, percentile, rate, wilson

counts = st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
values = st.lists(st.floats(-1e6, 1e6), min_size=1)


def test_wilson_agrees_with_a_published_example() -> None:
    low, high = wilson(hits=10, n=20)
    assert (round(low, 4), round(high, 4)) == (0.2993, 0.7007)


@given(counts)
def test_wilson_holds_the_share(pair: tuple[int, int]) -> None:
    hits, n = pair
    low, high = wilson(hits=hits, n=n)
    assert 0.0 <= low <= high <= 1.0
    if n:
        assert low <= hits / n <= high
        assert low > 0.0 or hits == 0


def test_wilson_refuses_more_hits_than_tries() -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        wilson(hits=2, n=1)


@given(values)
def test_median_is_the_library_s(numbers: list[float]) -> None:
    assert median(numbers) == pytest.approx(statistics.median(numbers))


@given(values, st.floats(0, 100))
def test_percentile_lies_within(numbers: list[float], percent: float) -> None:
    found = percentile(numbers, percent)
    assert found is not None
    assert min(numbers) - 1e-6 <= found <= max(numbers) + 1e-6


def test_percentile_is_interpolated() -> None:
    assert percentile([4, 1, 3, 2], 50) == 2.5
    assert percentile([1, 2, 3, 4, 5], 95) == pytest.approx(4.8)


def test_nothing_has_no_figure() -> None:
    assert median([]) is None
    assert mean([]) is None
    assert rate([]).value is None
    assert rate([]).interval == (0.0, 1.0)


def test_rate_counts() -> None:
    assert rate([True, False, True, True]) == Rate(hits=3, n=4)
    assert rate([True, False]).value == 0.5
