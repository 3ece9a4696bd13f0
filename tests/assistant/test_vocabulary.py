from __future__ import annotations

import pytest

from assistant.vocabulary import Vocabulary, make_vocabulary
from corpus.lexicon import load_lexicon
from index.alternatives import core_terms
from index.segment import Segmenter


@pytest.fixture(scope="module")
def vocabulary(segmenter: Segmenter) -> Vocabulary:
    return make_vocabulary(load_lexicon(), terms_of=segmenter.terms)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("신청은 언제까지인가요?", "when"),
        ("설명회는 어디에서 열리나요?", "where"),
        ("위원장은 누구인가요?", "who"),
        ("전화번호 알려 주세요", "contact"),
        ("예산은 얼마인가요?", "how_much"),
        ("몇 명을 뽑나요?", "how_many"),
        ("구름정원이란 무엇인가요?", "what_is"),
        ("왜 추진하나요?", "why"),
        ("민간 기업도 신청할 수 있나요?", "may_i"),
        ("중점 기술에는 어떤 것들이 있나요?", "list"),
    ],
)
def test_what_kind_of_answer_is_asked_for(vocabulary: Vocabulary, question: str, kind: str) -> None:
    assert kind in vocabulary.answer_types(question)
    assert kind in vocabulary.answer_types(question.replace(" ", ""))


def test_statements_ask_for_nothing(vocabulary: Vocabulary) -> None:
    assert vocabulary.answer_types("구름정원 조성 사업") == ()
    assert vocabulary.answer_types("") == ()


def test_every_alternative_has_words_and_a_weight(vocabulary: Vocabulary) -> None:
    assert vocabulary.alternatives
    for found in vocabulary.alternatives.values():
        for alternative in found:
            assert alternative.terms
            assert 0 < alternative.weight <= 1
    for phrase, _ in vocabulary.phrases:
        assert len(phrase) > 1


def test_joined_compounds_are_left_out_of_the_core() -> None:
    terms = ["양자클러스터/NN", "양자/NN", "클러스터/NN"]
    assert core_terms("양자클러스터", terms_of=lambda _: terms) == ("양자/NN", "클러스터/NN")
    assert core_terms("양자", terms_of=lambda _: ["양자/NN"]) == ("양자/NN",)
