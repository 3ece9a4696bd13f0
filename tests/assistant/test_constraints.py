from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.constraints import Constraint, find_constraints


def found(text: str) -> list[tuple[int, str]]:
    return [(c.number, c.unit) for c in find_constraints(text)]


def year(number: int, *, open_ended: bool = False) -> Constraint:
    return Constraint(number, "년", f"{number}년", open_ended=open_ended)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("2026년 예산은 얼마인가요?", [(2026, "년")]),
        ("'26년 예산은?", [(2026, "년")]),
        ("’26년 예산은?", [(2026, "년")]),
        ("26년도 예산은?", [(2026, "년")]),
        ("22년까지 얼마를 투입하나요?", [(2022, "년")]),
        ("2단계 국비는?", [(2, "단계")]),
        ("제7회 회의는 언제 열렸나요?", [(7, "회")]),
        ("안건 3은 무엇인가요?", [(3, "안건")]),
        ("안건3의 담당 부서", [(3, "안건")]),
        ("1호 안건의 제목", [(1, "호")]),
        ("별표 2를 보여 주세요", [(2, "별표")]),
        ("제5조의 내용", [(5, "조")]),
        ("2025년 2단계와 2026년 3단계", [(2025, "년"), (2, "단계"), (2026, "년"), (3, "단계")]),
        ("2026년과 2026년", [(2026, "년")]),
    ],
)
def test_numbers_a_question_insists_on(question: str, wanted: list[tuple[int, str]]) -> None:
    assert found(question) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "신청 기한은 언제인가요?",
        "10년 동안 지원하나요?",
        "20년 이상 된 도서관",
        "2차전지 예산은?",
        "35개 대학",
        "",
    ],
)
def test_numbers_that_insist_on_nothing(question: str) -> None:
    assert found(question) == []


def test_the_span_is_where_the_question_says_it() -> None:
    question = "별빛도서관의 2단계 국비는 '26년에 얼마인가요?"
    for constraint in find_constraints(question):
        assert constraint.surface in question[constraint.start : constraint.end]


@pytest.mark.parametrize("text", ["2022년", "'22년", "’22", "22년", "2022. 3. 1.", "‘22년 예산"])
def test_a_year_is_stated_in_either_form(text: str) -> None:
    assert year(2022).holds_in(text) == 1


@pytest.mark.parametrize("text", ["2021년", "'21년", "120220원", "1,022건", "'220", "없음"])
def test_a_year_is_not_read_into_other_numbers(text: str) -> None:
    assert year(2022).holds_in(text) == 0


@pytest.mark.parametrize("text", ["'21~'23", "2021~2023년", "’21∼’25년", "'20-'24"])
def test_a_year_inside_a_range_holds_less(text: str) -> None:
    assert 0 < year(2022).holds_in(text) < 1


@pytest.mark.parametrize("text", ["'23~'25", "2018~2021년"])
def test_a_year_outside_a_range_does_not_hold(text: str) -> None:
    assert year(2022).holds_in(text) == 0


def test_until_a_year_is_not_that_year() -> None:
    until = "'22년까지 1,306억을 투입"
    assert 0 < year(2022).holds_in(until) < 1
    assert year(2022, open_ended=True).holds_in(until) == 1
    assert year(2022).holds_in(until + ", '22년 예산 590억") == 1


@pytest.mark.parametrize(
    "question", ["'22년까지 얼마인가요?", "2022년까지 얼마", "2022년 이후에는"]
)
def test_open_ended_questions(question: str) -> None:
    assert find_constraints(question)[0].open_ended


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("2단계", "2단계(B) 소계", True),
        ("2단계", "12단계", False),
        ("2단계", "1단계(A)", False),
        ("안건 3", "제3호 안건", True),
        ("안건 3", "③ 정보보호", True),
        ("안건 3", "안건 13", False),
        ("1호", "안건 1", True),
        ("3월", "3. 11.(수)", True),
        ("3월", "13월", False),
    ],
)
def test_other_units(question: str, text: str, *, holds: bool) -> None:
    assert bool(find_constraints(question)[0].holds_in(text)) is holds


def test_a_text_that_speaks_only_of_other_numbers_conflicts() -> None:
    second = find_constraints("2단계")[0]
    assert second.conflicts_in("1단계와 3단계")
    assert not second.conflicts_in("1단계와 2단계")
    assert not second.conflicts_in("국비와 지방비")
    assert not year(2022).conflicts_in("2021년")


@given(st.text(), st.text())
def test_any_question_and_any_text(question: str, text: str) -> None:
    for constraint in find_constraints(question):
        assert 0 <= constraint.holds_in(text) <= 1
        assert isinstance(constraint.conflicts_in(text), bool)


@given(st.integers(1990, 2099))
def test_a_year_holds_in_the_question_that_names_it(number: int) -> None:
    (constraint,) = find_constraints(f"{number}년 예산은?")
    assert constraint.holds_in(f"{number}년 예산") == 1
    assert constraint.holds_in(f"{number + 1}년 예산") == 0


def test_of_a_long_letter_the_last_numbers_insist() -> None:
    letter = " ".join(f"제{number}호를 받았습니다." for number in range(1, 40))
    found = find_constraints(f"{letter} 2029년 예산은 얼마인가요?")
    assert len(found) == 8
    assert found[-1].unit == "년"
