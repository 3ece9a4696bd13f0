from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.shape import answer_pattern, shape_fit, units_stated
from tests.assistant.fakes import line, row


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("몇 명을 뽑나요?", "모두 30명을 뽑는다"),
        ("정원이 어떻게 되나요?", "정원 120명"),
        ("몇 곳을 선정하나요?", "모두 12곳을 선정한다"),
        ("이메일 주소가 뭔가요?", "문의: help@example.kr"),
        ("전화번호 알려 주세요", "문의: 02-0000-1234"),
        ("홈페이지 주소가 뭔가요?", "https://example.kr"),
        ("몇 시에 열리나요?", "14:00에 연다"),
        ("몇 시까지인가요?", "오후 6시까지"),
        ("비중이 어떻게 되나요?", "전체의 30%"),
        ("몇 위인가요?", "세계 2위"),
        ("몇 층인가요?", "회관 2층"),
        ("며칠까지인가요?", "4월 10일까지"),
        ("예산이 얼마인가요?", "국비 12억 원"),
        ("몇 개월 걸리나요?", "3개월 안에 통보"),
    ],
)
def test_answers_of_the_asked_shape(question: str, text: str) -> None:
    assert shape_fit(answer_pattern(question), (), line(text), unit="") == 1


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("몇 명을 뽑나요?", "모두 12곳을 선정한다"),
        ("몇 곳을 선정하나요?", "모두 30명을 뽑는다"),
        ("이메일 주소가 뭔가요?", "문의: 02-0000-1234"),
        ("전화번호 알려 주세요", "문의: help@example.kr"),
        ("팩스 번호가 뭔가요?", "문의: 02-0000-1234"),
        ("몇 시에 열리나요?", "3월 11일에 연다"),
        ("비중이 어떻게 되나요?", "모두 4곳"),
        ("몇 위인가요?", "모두 4곳"),
        ("예산이 얼마인가요?", "모두 4곳"),
        ("며칠까지인가요?", "모두 4곳"),
    ],
)
def test_answers_of_another_shape(question: str, text: str) -> None:
    assert shape_fit(answer_pattern(question), ("how_many",), line(text), unit="") == 0


def test_questions_that_count_nothing_have_no_pattern() -> None:
    assert answer_pattern("사업의 목적이 무엇인가요?") is None


def test_without_a_pattern_the_type_decides() -> None:
    fits = shape_fit(
        answer_pattern("언제 열리나요?"), ("when",), line("3월 11일(수) 14:00"), unit=""
    )
    assert fits > shape_fit(answer_pattern("언제 열리나요?"), ("when",), line("추진 배경"), unit="")


def test_the_tables_unit_belongs_to_its_cells() -> None:
    budget = row([("구분", "국비"), ("2027년", "110")], caption="(단위: 억원)")
    assert shape_fit(answer_pattern("예산이 얼마인가요?"), ("how_much",), budget, unit="억원") == 1
    assert shape_fit(answer_pattern("몇 명인가요?"), ("how_many",), budget, unit="억원") == 0
    people = row([("구분", "연구원"), ("인원(명)", "110")])
    assert shape_fit(answer_pattern("몇 명인가요?"), ("how_many",), people, unit="") == 1


def test_rows_of_ticks_hold_no_answer() -> None:
    ticks = row([("구분", "국비"), ("가", "○"), ("나", "○"), ("다", "-")])
    assert shape_fit(answer_pattern("무엇을 지원하나요?"), ("what_is",), ticks, unit="") < 0.5


def test_units_a_caption_states_by_column() -> None:
    assert units_stated("비교 (단위: 수준(%), 격차(년))") == {"수준": "%", "격차": "년"}
    assert units_stated("(단위: 억원)") == {}
    assert units_stated("격차(년)") == {}


@given(st.text(), st.text(min_size=1), st.lists(st.sampled_from(["when", "list", "who"])))
def test_any_question_and_any_text(question: str, text: str, types: list[str]) -> None:
    assert 0 <= shape_fit(answer_pattern(question), types, line(text), unit="") <= 1
    assert 0 <= shape_fit(answer_pattern(question), types, row([("구분", text)]), unit="명") <= 1
