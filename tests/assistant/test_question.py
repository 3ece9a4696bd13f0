from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model import Question
from assistant.pipeline import Pipeline
from assistant.question import QuestionAnalysis

Analyse = Callable[..., QuestionAnalysis]


@pytest.fixture(scope="session")
def analyse(pipeline: Pipeline) -> Analyse:
    def call(text: str, *, history: Sequence[str] = ()) -> QuestionAnalysis:
        return pipeline.find(Question(text, tuple(history))).analysis

    return call


def surfaces(analysis: QuestionAnalysis, *, carried: bool) -> set[str]:
    return {term.surface for term in analysis.terms if term.carried is carried}


def test_what_a_question_is_about(analyse: Analyse) -> None:
    found = analyse("별빛도서관의 2029년 국비는 얼마인가요?")
    assert "국비" in surfaces(found, carried=False)
    assert found.type == "how_much"
    assert [(c.number, c.unit) for c in found.constraints] == [(2029, "년")]
    assert not found.elliptic
    assert all(0 <= term.weight <= 1 for term in found.terms)


def test_numbers_with_a_unit_are_no_words(analyse: Analyse) -> None:
    found = analyse("별빛도서관의 2029년 2단계 국비는 얼마인가요?")
    assert not {"2029", "년", "2", "단계"} & surfaces(found, carried=False)


@pytest.mark.parametrize("question", ["언제인가요?", "그건 뭐예요?", "", "?!", "   ", "ㅋㅋㅋ"])
def test_questions_about_nothing(analyse: Analyse, question: str) -> None:
    assert surfaces(analyse(question), carried=False) == set()


def test_misspelt_nouns_are_repaired(analyse: Analyse) -> None:
    found = analyse("벌빛도서관 국비는 얼마인가요?")
    assert found.text.startswith("벌빛")
    assert found.repaired.startswith("별빛")
    assert all(term.known for term in found.terms)


def test_right_words_are_left_alone(analyse: Analyse) -> None:
    question = "별빛도서관의 2단계 국비는 얼마인가요?"
    assert analyse(question).repaired == question


@pytest.mark.parametrize(
    "follow_up",
    ["그럼 지방비는요?", "지방비는?", "그러면 지방비는 얼마예요?", "거기 지방비는 얼마죠?"],
)
def test_follow_ups_take_over_the_subject(analyse: Analyse, follow_up: str) -> None:
    found = analyse(follow_up, history=["별빛도서관의 2029년 국비는 얼마인가요?"])
    assert found.elliptic
    assert "지방비" in surfaces(found, carried=False)
    assert "국비" in surfaces(found, carried=True)
    assert [(c.number, c.carried) for c in found.constraints] == [(2029, True)]
    assert found.type == "how_much"


def test_a_new_number_replaces_the_earlier_one(analyse: Analyse) -> None:
    found = analyse("그럼 2030년은?", history=["별빛도서관의 2029년 국비는 얼마인가요?"])
    assert [(c.number, c.carried) for c in found.constraints] == [(2030, False)]


def test_a_whole_question_needs_no_history(analyse: Analyse) -> None:
    found = analyse(
        "구름정원 조성 사업 참여 도시는 모두 몇 곳을 선정하나요?",
        history=["별빛도서관 국비는 얼마인가요?"],
    )
    assert surfaces(found, carried=True) == set()


def test_what_was_asked_longer_ago_counts_less(analyse: Analyse) -> None:
    history = ["등대 견학은 어디에 문의하나요?", "별빛도서관 국비는 얼마인가요?"]
    found = analyse("그럼 그건 언제인가요?", history=history)
    weights = {term.surface: term.weight for term in found.terms}
    assert 0 < weights["등대"] < weights["국비"]


@given(st.text(max_size=80), st.lists(st.text(max_size=40), max_size=4))
def test_any_question_can_be_analysed(analyse: Analyse, text: str, history: list[str]) -> None:
    found = analyse(text, history=history)
    assert found.text == text
    assert all(term.matchers for term in found.terms)
