from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant import wiring
from assistant.errors import ConfigurationError
from assistant.pipeline import Pipeline
from assistant.sufficiency import FEATURES
from corpus.lexicon import load_lexicon
from corpus.model import Document
from index.search import SearchIndex


def test_the_pipeline_serves_the_opened_index(
    pipeline: Pipeline, opened: SearchIndex, papers: Mapping[str, Document]
) -> None:
    assert pipeline.generation == opened.generation.name
    assert set(papers) == {"cloud-garden-call", "starlight-library", "wind-technology", "contacts"}


def test_the_bundled_calibration_fits_the_features() -> None:
    calibration = wiring.load_calibration()
    assert len(calibration.weights) == len(FEATURES)
    assert 0 < calibration.threshold < 1


@pytest.mark.parametrize("weights", [None, [], [1.0], "1.0"])
def test_a_calibration_that_does_not_fit_is_refused(
    monkeypatch: pytest.MonkeyPatch, weights: object
) -> None:
    raw = {"intercept": 0.0, "weights": weights, "threshold": 0.5}
    monkeypatch.setattr(wiring, "load_yaml", lambda name: raw)
    with pytest.raises(ConfigurationError, match="calibration"):
        wiring.load_calibration()


def test_words_to_keep_whole_are_hangul_and_tagged() -> None:
    words = wiring.user_words(load_lexicon())
    assert len(words) == len(dict(words))
    assert all(form and tag.isupper() for form, tag in words)
