from __future__ import annotations

import pytest

from corpus.lexicon import Lexicon, load_lexicon
from index.alternatives import make_alternatives
from index.segment import Segmenter


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_everyday_words_bring_official_ones(lexicon: Lexicon, segmenter: Segmenter) -> None:
    made = make_alternatives(lexicon, terms_of=segmenter.terms)
    found = made.expansions(segmenter.terms("돈은 얼마나 나오나요"))
    assert found["예산/NN"] > 0
    assert all(0 < weight <= 1 for weight in found.values())


def test_what_is_asked_is_no_expansion(lexicon: Lexicon, segmenter: Segmenter) -> None:
    made = make_alternatives(lexicon, terms_of=segmenter.terms)
    terms = segmenter.terms("돈과 예산")
    assert "예산/NN" not in made.expansions(terms)
    assert made.expansions([]) == {}


def test_a_phrase_counts_only_as_a_whole(lexicon: Lexicon, segmenter: Segmenter) -> None:
    made = make_alternatives(lexicon, terms_of=segmenter.terms)
    phrase, alternatives = next(
        (terms, found)
        for terms, found in made.of_phrases
        if not any(term in made.of_terms for term in terms)
    )
    assert made.expansions(phrase[:-1]) == {}
    wanted = {term for term in alternatives[0].terms if term not in phrase}
    assert wanted <= made.expansions(phrase).keys()
