from __future__ import annotations

import numpy as np
import pytest

from index.errors import IndexUnreadable
from index.observe import Observation, found, scored
from index.ranker import (
    FEATURES,
    Blend,
    Ranker,
    bundled_ranker,
    packed_ranker,
    parse_ranker,
)
from index.replay import bundled_replay, packed_replay, parse_replay
from index.training.listwise import Fit, fit_ranker, padded

COUNT = len(FEATURES)


def lists(*, seed: int = 0, questions: int = 300) -> list[Observation]:
    """Questions whose right candidate has the highest first feature; the last never differ."""
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(questions):
        features = chance.random((int(chance.integers(3, 9)), COUNT)).astype(np.float32)
        features[:, -3:] = 0
        right = features[:, 0] == features[:, 0].max()
        made.append(Observation(features, right, np.arange(len(features))))
    return made


def fitted(observations: list[Observation]) -> Ranker:
    learned = padded([one.features for one in observations], [one.right for one in observations])
    return fit_ranker(learned, Fit(networks=2, epochs=8, batch=32))


def test_it_learns_which_feature_tells() -> None:
    ranker = fitted(lists())
    assert scored(Blend.of(ranker), lists(seed=1)).first > 0.9


def test_the_same_lists_give_the_same_ranker() -> None:
    one, two = fitted(lists(questions=60)), fitted(lists(questions=60))
    assert packed_ranker(one) == packed_ranker(two)


def test_features_that_never_differed_have_no_weight() -> None:
    ranker = fitted(lists(questions=60))
    features = lists(questions=1)[0].features
    changed = features.copy()
    changed[:, -3:] = 5.0
    assert np.array_equal(ranker.scores(features), ranker.scores(changed))


def test_what_was_fitted_counts_as_far_as_a_question_is_familiar() -> None:
    features = lists(questions=1)[0].features
    usual, own = bundled_ranker(), fitted(lists(questions=60))
    blend = Blend(usual, own)
    assert blend.scores(features, familiar=0.0) == pytest.approx(usual.scores(features))
    assert blend.scores(features, familiar=1.0) == pytest.approx(own.scores(features))
    half = (usual.scores(features) + own.scores(features)) / 2
    assert blend.scores(features, familiar=0.5) == pytest.approx(half, rel=1e-4, abs=1e-4)
    assert Blend.of(own).scores(features, familiar=0.0) == pytest.approx(own.scores(features))


def test_padding_does_not_matter() -> None:
    every = lists(questions=4)
    ranker = bundled_ranker()
    together = padded([one.features for one in every], [one.right for one in every])
    for place, one in enumerate(every):
        kept = together.features[place][together.there[place]]
        assert np.array_equal(ranker.scores(one.features), ranker.scores(kept))


def test_it_is_read_back_as_it_was_written() -> None:
    ranker = bundled_ranker()
    again = parse_ranker(packed_ranker(ranker))
    features = lists(questions=1)[0].features
    assert np.array_equal(ranker.scores(features), again.scores(features))
    assert ranker.scores(features[:0]).shape == (0,)


def test_damaged_weights_are_told() -> None:
    with pytest.raises(IndexUnreadable, match="damaged"):
        parse_ranker(b"no weights")


def test_weights_for_other_features_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = packed_ranker(bundled_ranker())
    monkeypatch.setattr("index.ranker.FEATURES", FEATURES[1:])
    with pytest.raises(IndexUnreadable, match="other features"):
        parse_ranker(raw)


def test_the_bundled_questions_are_ordered_well_and_a_third_is_held_back() -> None:
    replay = bundled_replay()
    assert len(replay.held) == pytest.approx(len(replay.learned) / 2, rel=0.02)
    own = scored(Blend.of(bundled_ranker()), replay.held)
    assert own.questions == len(replay.held) > 300
    assert own.first > 0.4
    alone = np.mean([one.right[0] for one in replay.held])
    assert own.first > alone + 0.05, "better than the first stage alone"


def test_observations_are_read_back() -> None:
    every = lists(questions=7)
    replay = parse_replay(packed_replay(every))
    assert (len(replay.held), len(replay.learned)) == (3, 4)
    assert np.allclose(replay.held[1].features, every[3].features, atol=1e-3)
    with pytest.raises(IndexUnreadable, match="damaged"):
        parse_replay(b"nothing")


def test_scores_count_sections_not_passages() -> None:
    features = np.zeros((4, COUNT), dtype=np.float32)
    features[:, 0] = [4, 3, 2, 1]
    linear = np.zeros(COUNT, dtype=np.float32)
    linear[0] = 1
    nothing = np.zeros((1, 3 * COUNT), dtype=np.float32)
    ranker = Ranker(
        mean=np.zeros(COUNT, dtype=np.float32),
        scale=np.ones(COUNT, dtype=np.float32),
        linear=linear,
        hidden=nothing,
        bias=np.zeros(1, dtype=np.float32),
        out=np.zeros(1, dtype=np.float32),
    )
    right = np.array([False, False, True, False])
    one = Observation(features, right, np.array([0, 0, 1, 2]))
    assert scored(Blend.of(ranker), [one]).mrr == 0.5
    assert scored(Blend.of(ranker), [Observation(features, right & False, one.places)]).fifth == 0
    assert scored(Blend.of(ranker), []).questions == 0
    assert found([one, Observation(features, right & False, one.places)]) == [one]
