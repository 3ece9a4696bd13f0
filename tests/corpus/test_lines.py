"""Judgements about single lines."""

from __future__ import annotations

import pytest

from corpus.lines import (
    ends_sentence,
    is_date_line,
    is_enclosed,
    is_unit,
    reads_as_heading,
    stays_open,
)


@pytest.mark.parametrize(
    "line", ["별이 뜬다", "별이 뜬다.", "받지 않습니다”", "넓힘.", "어떤가요", "될까", "끝."]
)
def test_sentence_ends(line: str) -> None:
    assert ends_sentence(line)
    assert not stays_open(line)


@pytest.mark.parametrize(
    "line", ["주민과", "마을 및", "지원을 위한", "신청하는", "물길,", "사업의", "현장에서"]
)
def test_open_ends(line: str) -> None:
    assert stays_open(line)
    assert not ends_sentence(line)


@pytest.mark.parametrize("line", ["추진 배경", "지원 규모", "별빛 정원"])
def test_neither_ended_nor_open(line: str) -> None:
    assert not ends_sentence(line)
    assert not stays_open(line)
    assert reads_as_heading(line)


@pytest.mark.parametrize(
    "line",
    ["가", "가" * 49, "별이 뜬다.", "마을 및", "단위: 억원", "2026. 5. 18. 마감", "(비고)", "예산:",
     "1,234 567 8원"],
)  # fmt: skip
def test_no_headings(line: str) -> None:
    assert not reads_as_heading(line)


@pytest.mark.parametrize(
    "line", ["【 요약 】", "《 사례 》", "< 예산 >", "[기관]", "≪ 표 ≫ (단위: 명)"]
)
def test_enclosed(line: str) -> None:
    assert is_enclosed(line)


def test_not_enclosed() -> None:
    assert not is_enclosed("< 예산 > 뒤에 글")
    assert not is_enclosed("예산")


@pytest.mark.parametrize("line", ["단위: 억원", "(단위 : 명)", "출처: 가상통계", "[단위：개]"])
def test_units(line: str) -> None:
    assert is_unit(line)
    assert not is_unit("다른 " + line)


@pytest.mark.parametrize("line", ["2026. 5. 18.", "'26.5.18. 마감", "(2026년 5월 1일)"])
def test_date_lines(line: str) -> None:
    assert is_date_line(line)
