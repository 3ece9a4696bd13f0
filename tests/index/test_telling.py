from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.telling import telling

WEIGHTS = st.dictionaries(st.text(max_size=3), st.floats(0, 9), max_size=30)


def test_heavy_words_are_kept_and_what_stands_nowhere_has_half_the_places() -> None:
    weights = {"예산": 2.0, "나라": 1.0, "기한": 3.0, "없음": 9.0, "모름": 8.0, "딴말": 7.0}
    stand = {"예산", "나라", "기한"}
    kept = telling(weights, stands=stand.__contains__, most=4)
    assert kept == {"예산", "기한", "없음", "모름"}


def test_free_places_go_to_what_stands_nowhere() -> None:
    weights = {"예산": 2.0, "없음": 9.0, "모름": 8.0, "딴말": 7.0}
    assert telling(weights, stands="예산".__eq__, most=3) == {"예산", "없음", "모름"}


@given(WEIGHTS, st.sets(st.text(max_size=3)), st.integers(1, 10))
def test_as_many_as_there_are_places(
    weights: dict[str, float], standing: set[str], most: int
) -> None:
    kept = telling(weights, stands=standing.__contains__, most=most)
    assert kept <= set(weights)
    assert len(kept) == min(most, len(weights))
