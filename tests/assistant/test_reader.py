"""What the reader sees of a question and evidence, and what it makes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.errors import ConfigurationError
from assistant.interaction import LEVELS, Interactions
from assistant.model import Question
from assistant.pipeline import READ, Found, Pipeline
from assistant.profile import SIZE, profile
from assistant.reader import parse_reader
from assistant.wiring import load_reader

ASKED = "구름정원 신청은 언제까지 하나요?"


@pytest.fixture(scope="module")
def found(pipeline: Pipeline) -> Found:
    return pipeline.find(Question(ASKED))


@pytest.fixture(scope="module")
def read(pipeline: Pipeline, found: Found) -> Interactions:
    return pipeline.interactions(found.analysis, found.ranked[:READ])


def test_shapes_are_those_documented(found: Found, read: Interactions) -> None:
    pieces, words = len(found.ranked[:READ]), len(found.analysis.terms)
    assert read.terms.shape == (pieces, words, 2 * 11 + 2)
    assert read.words.shape == (words, 14)
    assert read.vectors.shape[0] == words
    assert read.profiles.shape == (pieces, SIZE)
    assert read.scores.shape == (pieces, 7)
    assert read.question.shape == (3,)
    assert "언제/NP" in read.morphemes


def test_every_level_of_evidence_has_its_place(found: Found) -> None:
    names = {level.name for ranked in found.ranked for level in ranked.evidence.levels}
    assert names <= set(LEVELS)


def test_a_word_the_evidence_holds_is_met_and_near(found: Found, read: Interactions) -> None:
    for row, ranked in enumerate(found.ranked[:READ]):
        own = ranked.evidence.levels[0].terms
        for column, term in enumerate(found.analysis.terms):
            if term.term in own:
                assert read.terms[row, column, LEVELS["own"]] == 1
                assert read.terms[row, column, 11 + LEVELS["own"]] == 1


def test_values_are_bounded(read: Interactions) -> None:
    for array in (read.terms, read.words, read.vectors, read.profiles, read.question):
        assert np.isfinite(array).all()
        assert np.abs(array).max() <= 3
    assert np.isfinite(read.scores).all()


def test_a_profile_tells_dates_sums_and_telephones(pipeline: Pipeline, found: Found) -> None:
    texts = {r.evidence.text: profile(r.evidence) for r in found.ranked}
    dated = [held for text, held in texts.items() if "월" in text and any(map(str.isdigit, text))]
    bare = [held for text, held in texts.items() if not any(map(str.isdigit, text))]
    assert dated
    assert bare
    assert all(held[0] == 1 for held in dated)
    assert all(held[0] == 0 for held in bare)


def test_the_bundled_reader_gives_probabilities(read: Interactions) -> None:
    reading = load_reader().read(read)
    assert reading.order.shape == (len(read.terms),)
    assert (reading.order <= 0).all()
    assert np.isfinite(reading.answered)


def test_reading_does_not_hang_on_the_order_of_pieces(read: Interactions) -> None:
    reader = load_reader()
    turned = replace(
        read, terms=read.terms[::-1], profiles=read.profiles[::-1], scores=read.scores[::-1]
    )
    one, other = reader.read(read), reader.read(turned)
    assert other.order[::-1] == pytest.approx(one.order, abs=1e-4)
    assert other.answered == pytest.approx(one.answered, abs=1e-4)


def test_a_question_of_unknown_wording_is_read_too(read: Interactions) -> None:
    assert np.isfinite(load_reader().read(replace(read, morphemes=())).answered)


@pytest.mark.parametrize("raw", [b"", b"\x00" * 64, b"{}"])
def test_damaged_weights_are_refused(raw: bytes) -> None:
    with pytest.raises(ConfigurationError, match="train reader"):
        parse_reader(raw)
