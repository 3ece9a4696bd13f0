from __future__ import annotations

import numpy as np
import pytest

from index.headings import ABOVE, Above, heading_features
from tests.index.test_features import asked, near, ragged


def of(question: tuple[int, ...], *rows: list[list[int]], exact: tuple[int, ...] = ()) -> dict:
    """Features of rows given as [title, heading, heading below, ...]; term 11 is a number."""
    terms = ragged(*([n for part in row for n in part] for row in rows))
    levels = [level for row in rows for level, part in enumerate(row) for _ in part]
    places = np.arange(len(rows))
    above = Above(
        terms, np.array(levels, dtype=np.uint8), terms.flat == 11, places * 0, sections=places
    )
    wanted = asked(*question, exact=exact)
    found = heading_features(wanted, above, words=near().of(wanted, terms.flat))
    assert found.shape == (len(rows), len(ABOVE))
    assert (found >= 0).all()
    assert (found <= 1 + 1e-6).all()
    return dict(zip(ABOVE, found.T, strict=True))


def test_the_title_that_is_named_wholly_is_told_from_a_longer_one() -> None:
    found = of((6, 7), [[6, 7], [8]], [[6, 7, 9], [8]])
    assert found["title_asked"] == pytest.approx([1.0, 2 / 3])


def test_what_the_title_leaves_over_is_looked_for_below_it() -> None:
    found = of((6, 7), [[6], [7]], [[6], [8]], [[7], [6]], [[9], [6, 7]])
    assert found["rest_own"] == pytest.approx([1.0, 0.0, 1.0, 1.0])
    assert found["own_asked"] == pytest.approx([1.0, 0.0, 1.0, 1.0])


def test_a_heading_further_up_counts_for_the_path_only() -> None:
    found = of((6, 7), [[6], [7], [8]])
    assert found["path_asked"].tolist() == [1.0]
    assert found["rest_path"].tolist() == [1.0]
    assert found["own_asked"].tolist() == found["rest_own"].tolist() == [0.0]


def test_a_number_of_a_heading_counts_only_when_it_is_asked() -> None:
    assert of((7,), [[6], [11, 7]])["own_asked"].tolist() == [1.0]
    assert of((11,), [[6], [11, 7]], exact=(11,))["own_asked"].tolist() == [0.5]


def test_a_near_word_counts_less_than_the_same() -> None:
    found = of((0,), [[0]], [[4]], [[2]])
    assert found["above_late"] == pytest.approx([1.0, 0.64, 0.0])
    assert found["above_exact"].tolist() == [1.0, 0.0, 0.0]


def test_without_headings_nothing_is_known() -> None:
    assert not any(column.any() for column in of((0,), [[], []], [[]]).values())
    assert of((), [[0]])["above_late"].tolist() == [0.0]


def test_the_first_heading_of_a_number_is_meant_before_later_ones() -> None:
    rows = [[6], [11, 7]], [[6], [11, 7], [8]], [[6], [9], [11]], [[6], [7, 11]]
    found = of((6, 11), *rows, exact=(11,))["numbered"]
    assert found.tolist() == [1.0, 0.5, 0.5, 0.0]
