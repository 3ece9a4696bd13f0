from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.model import Question
from assistant.pipeline import Found, Pipeline
from assistant.ranking import reordered, term_shares
from assistant.sufficiency import FEATURES, Calibration, features, judge
from tests.assistant.fakes import analysis, term


@pytest.fixture(scope="module")
def found(pipeline: Pipeline) -> Found:
    return pipeline.find(Question("구름정원 사업에 국비는 얼마나 지원하나요?"))


def test_the_best_evidence_comes_first(found: Found) -> None:
    assert "12억 원" in found.ranked[0].evidence.text
    scores = [ranked.score for ranked in found.ranked]
    assert scores == sorted(scores, reverse=True)


def test_features_are_shares(found: Found) -> None:
    for ranked in found.ranked:
        for share in (ranked.coverage, ranked.own, ranked.type, ranked.cue, ranked.retrieval):
            assert -1e-6 <= share <= 1 + 1e-6
        assert ranked.own <= ranked.coverage + 1e-6
        assert ranked.constraint <= 1


def test_shares_of_words_add_up() -> None:
    asked = analysis("", terms=[term("국비", weight=0.6), term("지방비", weight=0.2)])
    assert term_shares(asked).tolist() == pytest.approx([0.75, 0.25])
    assert term_shares(analysis("")).tolist() == []
    weightless = analysis("", terms=[term("국비", weight=0.0)])
    assert term_shares(weightless).tolist() == [0]


def test_a_constraint_not_met_lowers_the_rank(pipeline: Pipeline) -> None:
    asked = pipeline.find(Question("별빛도서관의 2029년 국비는 얼마인가요?"))
    met = {r.evidence.text[:3]: r.constraint for r in asked.ranked if r.evidence.item.cells}
    other = pipeline.find(Question("별빛도서관의 2040년 국비는 얼마인가요?"))
    missed = {r.evidence.text[:3]: r.constraint for r in other.ranked if r.evidence.item.cells}
    assert met["국비 "] == 1
    assert missed["국비 "] == 0


def test_there_is_a_value_for_every_feature(found: Found) -> None:
    assert len(features(found.analysis, found.ranked[0], support=1.0, odds=0.0)) == len(FEATURES)


def test_the_reader_reorders_what_it_read(found: Found) -> None:
    ranked = found.ranked
    liked = np.log(np.array([0.1, 0.8, 0.1], dtype=np.float32))
    again = reordered(ranked, liked)
    assert again[0].evidence is ranked[1].evidence
    assert {r.evidence.key for r in again} == {r.evidence.key for r in ranked}
    assert [r.score for r in again] == sorted((r.score for r in again), reverse=True)
    assert reordered(ranked, np.zeros(0, dtype=np.float32)) == ranked


def test_odds_count_for_sufficiency_within_bounds(found: Found) -> None:
    values = [
        features(found.analysis, found.ranked[0], support=1.0, odds=odds)[FEATURES.index("read")]
        for odds in (-99.0, 1.5, 99.0)
    ]
    assert values[0] == -values[2]
    assert values[0] < values[1] == 1.5 < values[2]


def decide(found: Found, calibration: Calibration) -> tuple[bool, float]:
    verdict = judge(found.analysis, found.ranked[0], support=1.0, odds=0.0, calibration=calibration)
    return verdict.sufficient, verdict.probability


def test_the_calibration_decides(found: Found) -> None:
    neutral = Calibration(0.0, (0.0,) * len(FEATURES), 0.5)
    assert decide(found, neutral) == (True, 0.5)
    assert decide(found, replace(neutral, threshold=0.51))[0] is False
    assert decide(found, replace(neutral, intercept=9.0))[1] > 0.99
    assert decide(found, replace(neutral, intercept=-1e9))[1] >= 0
    with pytest.raises(ValueError, match="zip"):
        decide(found, replace(neutral, weights=(1.0,)))


def test_words_not_covered_are_named(pipeline: Pipeline) -> None:
    asked = pipeline.find(Question("구름정원에서 불꽃놀이는 언제 하나요?"))
    assert "불꽃놀이" in {term.surface for term in pipeline.judge(asked).missing}
