"""Dates and clock times of official text."""

from __future__ import annotations

from datetime import date, time

import pytest

from corpus.dates import KST, as_datetime, find_dates, years_of


def only(text: str, *, default_year: int | None = None) -> tuple[date, time | None]:
    (found,) = find_dates(text, default_year=default_year)
    return found.day, found.at


@pytest.mark.parametrize(
    "text",
    ["2026년 5월 18일", "2026. 5. 18.", "2026.5.18", "2026-05-18", "2026/5/18", "'26.5.18.",
     "’26. 5. 18.(월)", "2026년 5월 18일(월)", "2026.5.18.(월요일)"],
)  # fmt: skip
def test_full_dates(text: str) -> None:
    assert only(f"마감은 {text} 이다") == (date(2026, 5, 18), None)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("18:00", time(18)),
        ("오후 6시", time(18)),
        ("오후 6시 30분", time(18, 30)),
        ("오전 9시 반", time(9, 30)),
        ("오전 12시", time(0)),
        ("낮 12시", time(12)),
        ("오후 12시", time(12)),
        ("새벽 2시", time(2)),
        ("밤 11시", time(23)),
        ("밤 1시", time(1)),
        ("밤 12시", time(23, 59, 59)),
        ("24:00", time(23, 59, 59)),
        ("14시", time(14)),
    ],
)
def test_clock_times(clock: str, expected: time) -> None:
    assert only(f"2026. 5. 18.(월), {clock}까지") == (date(2026, 5, 18), expected)


def test_a_found_date_covers_its_clock_time() -> None:
    text = "마감 2026. 5. 18.(월) 18:00, 접수처"
    (found,) = find_dates(text)
    assert text[found.start : found.end] == "2026. 5. 18.(월) 18:00"


@pytest.mark.parametrize("text", ["5월 18일", "(~5.18)", "5.18.(월)", "5. 18.(월)"])
def test_a_date_without_year_needs_a_default(text: str) -> None:
    assert list(find_dates(text)) == []
    assert only(text, default_year=2026)[0] == date(2026, 5, 18)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.18.(월)", date(2026, 5, 18)),
        ("1.4.(월)", date(2027, 1, 4)),
        ("12.31.(수)", date(2025, 12, 31)),
        ("5.18.(일)", date(2025, 5, 18)),
        ("5.18.(금)", date(2026, 5, 18)),
    ],
)
def test_the_weekday_decides_the_year(text: str, expected: date) -> None:
    assert only(text, default_year=2026)[0] == expected


@pytest.mark.parametrize("text", ["81.7 점", "3.5%", "1,234.5", "2.5 배", "버전 1.2.3"])
def test_numbers_are_no_dates(text: str) -> None:
    assert list(find_dates(text, default_year=2026)) == []


def test_impossible_days_are_passed_over() -> None:
    text = "2026. 2. 30. 다음 2026. 3. 1."
    assert [found.day for found in find_dates(text)] == [date(2026, 3, 1)]


def test_a_range_gives_both_ends() -> None:
    days = [found.day for found in find_dates("2026. 4. 1.~5. 18.(월)", default_year=2026)]
    assert days == [date(2026, 4, 1), date(2026, 5, 18)]


def test_years() -> None:
    assert years_of("2024년과 2026. 5. 그리고 12026년") == (2024, 2026)


def test_moments() -> None:
    (timed, bare) = find_dates("2026. 5. 18. 18:00 그리고 2026. 5. 19.")
    assert as_datetime(timed, end_of_day=True).isoformat() == "2026-05-18T18:00:00+09:00"
    assert as_datetime(bare, end_of_day=True).time() == time(23, 59, 59)
    assert as_datetime(bare, end_of_day=False).time() == time(0)
    assert as_datetime(bare, end_of_day=False).tzinfo is KST


def test_many_dates_in_one_line() -> None:
    assert sum(1 for _ in find_dates("5.18.(월) " * 20_000, default_year=2026)) == 20_000
