"""Comparison forgives spelling but not numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.matching import contains, fold, squash


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("기술수준은 81이다.", "81"),
        ("기술수준은 81.", "81"),
        ("총 3,992억원", "3992억"),
        ("총 3992억원", "3,992억"),
        ("2026. 5. 18.(월) 18:00까지", "5.18"),
        ("2026.5.18.(월) 18:00까지", "5. 18"),
        ("2026.5.18", "2026"),
        ("(’24.12월) 시행", "'24.12"),
        ("'24.12월 시행", "24.12"),
        ("'24.12월 시행", "'24"),
        ("2024.12월 시행", "2024"),
        ("시ㆍ도지사", "시·도지사"),
        ("총 10만  2,131명", "10만2,131"),
        ("042-865-8834", "865-8834"),
        ("linking lab 운영", "Linking Lab"),
        ("20㎞ 이내", "20km"),
        ("첫째 줄의 증빙\n서류", "증빙 서류"),
        ("2023,2024년", "2024"),
        ("예산 10만2,131명", "10만 2,131"),
    ],
)
def test_same_thing_written_otherwise(text: str, phrase: str) -> None:
    assert contains(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("181명", "81"),
        ("81.7%", "81"),
        ("3.81%", "81"),
        ("15위", "5위"),
        ("1,030조", "30조"),
        ("35.5조", "5조"),
        ("2032년", "32년"),
        ("12,345", "345"),
        ("12,345", "12"),
        ("8 1", "81"),
        ("70.0%", "70%"),
        ("26. 15. 18", "5.18"),
    ],
)
def test_not_inside_a_longer_number(text: str, phrase: str) -> None:
    assert not contains(text, phrase)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_number_is_found_in_itself_alone(asked: int, written: int) -> None:
    assert contains(f"모두 {written:,}개", str(asked)) == (asked == written)
    assert contains(f"모두 {written}개", f"{asked:,}") == (asked == written)


@given(st.integers(0, 999), st.integers(1, 999), st.integers(0, 999))
def test_neither_part_of_a_decimal_is_a_number(whole: int, part: int, asked: int) -> None:
    text = f"약 {whole}.{part}%"
    assert not contains(text, str(asked))
    assert contains(text, f"{whole}.{part}")


@given(st.text(alphabet="가나다 ABC·’'\n12,.", min_size=1).filter(str.strip))
def test_a_text_holds_itself(text: str) -> None:
    assert contains(text, text)


@given(st.text() | st.text(alphabet="12,.' ’가"))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_squashing_leaves_no_white_space(text: str) -> None:
    assert not any(letter.isspace() for letter in squash(text))


def test_empty_phrase_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        contains("text", "  ")
