from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.extract import candidates, has_answer

KINDS = ("when", "how_much", "how_many", "percent", "rank", "contact")
OTHERS = ("where", "list", "what_is", "who", "may_i", "how", "why", "which")


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("when", "2026년 4월 10일(금) 오후 6시까지 낸다", "2026년 4월 10일(금) 오후 6시"),
        ("when", "'26. 5. 18.(월) 18:00까지", "'26. 5. 18.(월) 18:00"),
        ("when", "일시: 3. 11.(수) 14:00~16:00", "3. 11.(수) 14:00~16:00"),
        ("when", "회의는 격년으로 연다", "격년"),
        ("how_much", "국비 1,812억원을 투자", "1,812억원"),
        ("how_much", "모두 35.5조원 규모", "35.5조원"),
        ("how_much", "수출 3,000만 달러", "3,000만 달러"),
        ("how_much", "도시마다 12억 원", "12억 원"),
        ("how_much", "1조 2,000억원", "1조 2,000억원"),
        ("how_many", "모두 4곳을 선정", "4곳"),
        ("how_many", "일자리 1,200명 창출", "1,200명"),
        ("percent", "국비의 30% 이상", "30%"),
        ("percent", "10.2%p 상승", "10.2%p"),
        ("rank", "세계 2위 수준", "2위"),
        ("contact", "문의: 02-0000-1234", "02-0000-1234"),
        ("contact", "대표 전화 1588-0000", "1588-0000"),
    ],
)
def test_short_answers(kind: str, text: str, wanted: str) -> None:
    assert candidates(kind, text) == (wanted,)
    assert has_answer(kind, text) == 1


def test_candidates_come_in_order() -> None:
    text = "국비 110억원, 지방비 21억원"
    assert candidates("how_much", text) == ("110억원", "21억원")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("when", "추진 배경과 목적"),
        ("contact", "예산 1,234억원"),
        ("rank", "모두 4곳"),
        ("percent", "모두 4곳"),
        ("how_many", "추진 배경"),
        ("how_much", "추진 배경"),
    ],
)
def test_texts_without_an_answer(kind: str, text: str) -> None:
    assert candidates(kind, text) == ()
    assert has_answer(kind, text) == 0


def test_a_bare_number_might_be_an_amount() -> None:
    assert 0 < has_answer("how_much", "국비 | 110") < 1


def test_words_are_judged_by_their_looks() -> None:
    assert has_answer("where", "무지개회관 2층 대강당") > has_answer("where", "추진 배경")
    assert has_answer("list", "① 접수 ② 심사") > has_answer("list", "심사한다")
    assert has_answer("who", "바람기술위원회 위원장") > has_answer("who", "빠르게")


@given(st.sampled_from(KINDS), st.text())
def test_candidates_stand_in_the_text(kind: str, text: str) -> None:
    for candidate in candidates(kind, text):
        assert candidate
        assert candidate in text


@given(st.sampled_from(KINDS + OTHERS), st.text())
def test_any_text_can_be_judged(kind: str, text: str) -> None:
    assert 0 <= has_answer(kind, text) <= 1


@given(st.sampled_from(OTHERS), st.text())
def test_answers_in_words_have_no_candidates(kind: str, text: str) -> None:
    assert candidates(kind, text) == ()


@given(st.integers(2000, 2099), st.integers(1, 12), st.integers(1, 28))
def test_every_written_date_is_found_whole(year: int, month: int, day: int) -> None:
    for date in (f"{year}년 {month}월 {day}일", f"{year}. {month}. {day}."):
        assert candidates("when", f"기한은 {date} 끝")[0] == date
