from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.arrays import borders
from index.features import COMPUTED, AskedTerms, Nearness, Texts, features
from index.headings import Above
from index.ragged import Ragged, spread

SIZE = 12
VECTORS = np.concatenate((np.zeros((1, 4)), np.eye(4), np.eye(4)[:2] * 0.8)).astype(np.float32)
# Terms 0..3 have vectors of their own, 4 lies near 0 and 5 near 1; the others have none.
ROWS = np.array([1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0], dtype=np.int32)


def ragged(*rows: list[int]) -> Ragged:
    flat = [number for row in rows for number in row]
    return Ragged(np.array(flat, dtype=np.int32), borders([len(row) for row in rows]))


def asked(*numbers: int, exact: tuple[int, ...] = ()) -> AskedTerms:
    count = len(numbers)
    return AskedTerms(
        ids=np.array(numbers, dtype=np.int64),
        idf=np.ones(count, dtype=np.float32),
        shares=np.full(count, 1 / max(count, 1), dtype=np.float32),
        vectors=VECTORS[[ROWS[n] if n >= 0 else 0 for n in numbers]].reshape(count, 4),
        exact=np.array([n in exact for n in numbers], dtype=np.bool_),
        follows=tuple((n, n + 1) for n in range(count - 1)),
    )


def near() -> Nearness:
    return Nearness(rows=ROWS, vectors=VECTORS)


def of(question: AskedTerms, *rows: list[int]) -> dict[str, np.ndarray]:
    heads = ragged(*(row[:2] for row in rows))
    texts = Texts(
        passages=ragged(*rows),
        sections=ragged(*rows),
        leads=ragged(*(row[:3] for row in rows)),
        mean_section=5.0,
        bare=np.zeros(len(rows), dtype=np.bool_),
        above=Above(
            heads,
            np.ones(len(heads.flat), np.uint8),
            heads.flat == SIZE - 1,
            *[np.arange(len(rows))] * 2,
        ),
        headed=spread(borders([len(row) for row in rows])[:-1], heads.lengths),
    )
    found = features(question, texts, near=near())
    assert found.shape == (len(rows), len(COMPUTED))
    return dict(zip(COMPUTED, found.T, strict=True))


def test_the_same_word_counts_more_than_a_near_one_and_that_more_than_none() -> None:
    late = of(asked(0), [0, 7], [4, 7], [7, 8])["late"]
    assert late[0] == pytest.approx(1.0)
    assert late[0] > late[1] > late[2] == 0


def test_a_word_without_a_vector_is_met_by_itself_only() -> None:
    found = of(asked(6), [6], [7])
    assert found["late_exact"].tolist() == [1.0, 0.0]
    assert found["late"].tolist() == [1.0, 0.0]


def test_words_far_apart_do_not_meet_in_one_window() -> None:
    apart = [0, *[7] * 80, 1]
    together = [7, 7, 0, 1, *[7] * 78]
    window = of(asked(0, 1), apart, together)["late_window"]
    assert window[1] == pytest.approx(1.0)
    assert window[0] == pytest.approx(0.5)


def test_neighbours_of_the_question_are_neighbours_in_the_text() -> None:
    assert of(asked(0, 1), [0, 1], [1, 0], [0, 7, 1])["adjacent"].tolist() == [1.0, 0.0, 0.0]


def test_neighbours_do_not_reach_over_two_texts() -> None:
    assert of(asked(0, 1), [7, 0], [1, 7])["adjacent"].tolist() == [0.0, 0.0]


def test_the_opening_that_is_asked_for_wholly_is_told_from_a_longer_one() -> None:
    lead = of(asked(0), [0], [0, 9])["lead_asked"]
    assert lead[0] == pytest.approx(1.0)
    assert lead[1] == pytest.approx(0.5)


def test_articles_and_numbers_are_counted_by_themselves() -> None:
    numbers = of(asked(0, 6, exact=(6,)), [0], [6])["numbers"]
    assert numbers.tolist() == [0.0, 1.0]


def test_a_shorter_section_that_says_the_same_scores_more() -> None:
    section = of(asked(0), [0], [0, *[9] * 40])["section"]
    assert section[0] > section[1] > 0


@given(
    st.lists(st.integers(-1, SIZE - 1), max_size=8),
    st.lists(st.lists(st.integers(0, SIZE - 1), max_size=60), max_size=6),
)
def test_all_are_finite_and_at_most_one(numbers: list[int], rows: list[list[int]]) -> None:
    found = of(asked(*dict.fromkeys(numbers)), *rows)
    for name, column in found.items():
        assert np.isfinite(column).all(), name
        assert (column <= 1 + 1e-5).all(), name
        assert (column >= -1e-6).all(), name
