from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence import Evidence, Level
from assistant.focus import FocusTerm
from assistant.matching import Floats, Match, Matcher
from tests.assistant.fakes import line, term

WORDS = ("국비", "지방비", "재정", "광주", "대전")


def evidence(own: Sequence[str], *, heading: Sequence[str] = (), share: float = 0.8) -> Evidence:
    levels = (
        Level("own", 1.0, frozenset(f"{word}/NN" for word in own)),
        Level("heading", share, frozenset(f"{word}/NN" for word in heading)),
    )
    return replace(line("시험"), levels=levels)


def match(terms: Sequence[FocusTerm], found: Evidence, *, near: float | None = None) -> Match:
    def vectors(words: Sequence[str]) -> Floats:
        """Unit vectors of which any two have the same cosine."""
        assert near is not None
        names = [f"{word}/NN" for word in WORDS]
        table = np.full((len(names), len(names)), near, dtype=np.float32)
        np.fill_diagonal(table, 1.0)
        roots = np.linalg.cholesky(table).astype(np.float32)
        return roots[[names.index(word) for word in words]]

    matcher = Matcher(terms=terms, candidates=[found], vectors=None if near is None else vectors)
    return matcher.match(found)


def test_own_words_count_whole_and_those_above_less() -> None:
    terms = [term("국비"), term("지방비"), term("재정")]
    found = match(terms, evidence(["국비"], heading=["지방비"]))
    assert found.own.tolist() == [1, 0, 0]
    assert found.any.tolist() == pytest.approx([1, 0.8, 0])


def test_other_words_stand_in_with_their_weight() -> None:
    found = match([term("돈", 재정=0.7)], evidence(["재정"]))
    assert found.own.tolist() == pytest.approx([0.7])


def test_words_that_mean_it_only_together() -> None:
    terms = [term("사업비", 국비_지방비=0.9)]
    both = match(terms, evidence(["국비", "지방비"])).own[0]
    one = match(terms, evidence(["국비"])).own[0]
    assert both == pytest.approx(0.9)
    assert 0 < one < both / 2


def test_near_words_count_a_little() -> None:
    terms = [term("국비")]
    near = match(terms, evidence(["재정"]), near=0.4).own[0]
    assert 0 < near < 1
    assert match(terms, evidence(["재정"]), near=0.05).own[0] == 0
    assert match(terms, evidence(["재정"])).own[0] == 0


def test_another_place_never_counts() -> None:
    far = match([term("광주", closed=True)], evidence(["대전"]), near=0.9)
    assert far.own.tolist() == [0]
    same = match([term("광주", closed=True)], evidence(["광주"]), near=0.9)
    assert same.own.tolist() == [1]


def test_nothing_asked_or_nothing_said() -> None:
    assert match([], evidence(["국비"])).own.shape == (0,)
    assert match([term("국비")], evidence([])).own.tolist() == [0]


@given(
    st.lists(st.sampled_from(WORDS), unique=True),
    st.lists(st.sampled_from(WORDS)),
    st.lists(st.sampled_from(WORDS)),
)
def test_strengths_stay_between_nothing_and_all(
    asked: list[str], own: list[str], heading: list[str]
) -> None:
    found = match([term(word) for word in asked], evidence(own, heading=heading), near=0.3)
    assert found.own.shape == found.any.shape == (len(asked),)
    assert np.all((found.own >= 0) & (found.own <= found.any) & (found.any <= 1 + 1e-6))
    assert [bool(value == 1) for value in found.own] == [word in own for word in asked]
