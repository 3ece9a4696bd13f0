from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clock import KST
from assistant.deadlines import find_deadline
from tests.assistant.fakes import paper


def at(body: str) -> datetime | None:
    found = find_deadline(paper(body))
    return None if found is None else found.at


def moment(month: int, day: int, hour: int = 23, minute: int = 59, second: int = 59) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=KST)


@pytest.mark.parametrize(
    "line",
    [
        "신청서는 2026년 4월 10일까지 제출한다.",
        "신청서는 4월 10일(금)까지 제출한다.",
        "○ (접수 기간) 2026. 3. 2.(월) ~ 2026. 4. 10.(금)",
        "○ (접수 기간) 3.2.(월)∼4.10.(금)",
        "○ (공모 기한) '26. 4. 10.(금)까지",
        "신청은 4월 10일 한 받는다.",
    ],
)
def test_a_day_until_which_one_may_apply(line: str) -> None:
    assert at(line) == moment(4, 10)


@pytest.mark.parametrize(
    ("line", "hour", "minute"),
    [
        ("신청서는 2026년 4월 10일(금) 오후 6시까지 제출한다.", 18, 0),
        ("신청서는 2026년 4월 10일(금) 18:00까지 제출한다.", 18, 0),
        ("신청서는 2026년 4월 10일(금) 오전 11시 30분까지 제출한다.", 11, 30),
    ],
)
def test_the_clock_time_counts(line: str, hour: int, minute: int) -> None:
    found = find_deadline(paper(line))
    assert found is not None
    assert found.timed
    assert found.at == moment(4, 10, hour, minute, 0)


@pytest.mark.parametrize(
    "line",
    [
        "설명회는 2026년 3월 11일(수)에 연다.",
        "결과는 2026년 6월 30일까지 발표한다.",
        "신청은 2026년 3월 2일부터 받는다.",
        "신청할 수 있는 도시는 4곳이다.",
    ],
)
def test_other_dates_are_no_deadline(line: str) -> None:
    assert at(line) is None


def test_the_latest_of_several_counts() -> None:
    body = "1차 신청은 3월 20일까지 받는다.\n\n2차 신청은 4월 10일까지 받는다.\n"
    assert at(body) == moment(4, 10)


def test_of_one_day_the_most_exact_statement_counts() -> None:
    body = "신청은 4월 10일까지 받는다.\n\n신청서는 4월 10일(금) 오후 6시까지 제출한다.\n"
    document = paper(body)
    found = find_deadline(document)
    assert found is not None
    assert found.timed
    assert "오후 6시" in document.text[found.start : found.end]


def test_the_correction_that_follows_is_not_the_deadline() -> None:
    line = "○ (절차) 신청 접수(~5.18) → 서류 보완(~5.27) → 심의(7월)"
    assert at(line) == moment(5, 18)


def test_the_span_is_the_statement() -> None:
    document = paper("배경을 적는다.\n\n신청서는 2026년 4월 10일까지 제출한다.\n")
    found = find_deadline(document)
    assert found is not None
    assert document.text[found.start : found.end] == "신청서는 2026년 4월 10일까지 제출한다."


def test_the_year_comes_from_the_publication() -> None:
    found = find_deadline(paper("신청은 4월 10일까지 받는다.", published="2031-01-05"))
    assert found is not None
    assert found.at.year == 2031


def test_a_table_row_can_state_the_deadline() -> None:
    body = "| 구분 | 내용 |\n|---|---|\n| 신청 기한 | 2026년 4월 10일까지 |\n| 대상 | 시·군 |\n"
    assert at(body) == moment(4, 10)


@given(
    st.text(st.sampled_from("신청접수제출까지~→부터.월일년시오후(금)'0123456789 \n"), max_size=60)
)
def test_any_text_can_be_searched(text: str) -> None:
    document = paper(f"알림\n\n{text}")
    found = find_deadline(document)
    assert found is None or 0 <= found.start < found.end <= len(document.text)
