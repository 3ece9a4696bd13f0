"""Calendar dates and clock times as Korean official text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

KST = timezone(timedelta(hours=9), "KST")
_WEEKDAYS = "월화수목금토일"
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2}|['’‘`]\d{2})\s*[.년/-]\s*)?"
    r"(?<![\d.,])(?P<month>1[0-2]|0?[1-9])\s*(?:[./-]|월\s?)\s*(?P<day>3[01]|[12]\d|0?[1-9])"
    r"(?![\d%])(?:\s*일|\.)?(?:\s*\(?(?P<weekday>[월화수목금토일])(?:요일)?\))?"
)
_DATE_WITH_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d{2}|['’‘`]\d{2})\s*[.년/-]\s*"
    r"(?P<month>1[0-2]|0?[1-9])\s*[.월/-]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"(?:\s*일|\.)?(?:\s*\(?(?P<weekday>[월화수목금토일])(?:요일)?\))?"
)
_TIME = re.compile(
    r"(?:(?P<half>오전|오후|새벽|아침|낮|밤|저녁)\s*)?(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s*시(?:\s*(?P<minute>[0-5]?\d)\s*분|\s*(?P<half_past>반))?|:(?P<colon>[0-5]\d))"
)
_GAP = re.compile(r"[\s,]{0,3}")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:년|\.)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text with its span; ``at`` carries the clock time that follows, if any."""

    day: date
    at: time | None
    start: int
    end: int


def find_dates(text: str, *, default_year: int | None = None) -> Iterator[FoundDate]:
    """Find dates with a month and a day.

    A date without a year takes ``default_year`` (or the one before or after it when only that
    agrees with the weekday given); without either it is passed over.
    """
    for match in _dates(text):
        day = _day_of(match, default_year=default_year)
        if day is not None:
            at, end = _time_after(text, match.end())
            yield FoundDate(day, at, match.start(), end)


def years_of(text: str) -> tuple[int, ...]:
    """Four-digit years in a text, in order of appearance."""
    return tuple(int(year) for year in _YEAR.findall(text))


def as_datetime(found: FoundDate, *, end_of_day: bool) -> datetime:
    """The moment of a date in KST: its clock time, or the end or start of the day."""
    if found.at is not None:
        return datetime.combine(found.day, found.at, tzinfo=KST)
    return datetime.combine(found.day, time(23, 59, 59) if end_of_day else time(), tzinfo=KST)


def _dates(text: str) -> Iterator[re.Match[str]]:
    full, bare = _DATE_WITH_YEAR.search(text), _DATE.search(text)
    while full is not None or bare is not None:
        both = (match for match in (full, bare) if match is not None)
        chosen = min(both, key=lambda match: match.start())
        if (
            chosen.group("year")
            or chosen.group("weekday")
            or "월" in chosen.group()
            or _stands_as_date(text, chosen)
        ):
            yield chosen
        full = _from(_DATE_WITH_YEAR, text, full, chosen.end())
        bare = _from(_DATE, text, bare, chosen.end())


def _from(
    pattern: re.Pattern[str], text: str, found: re.Match[str] | None, position: int
) -> re.Match[str] | None:
    """The first match from a position on; the one found last time where it still counts."""
    if found is None or found.start() >= position:
        return found
    return pattern.search(text, position)


def _stands_as_date(text: str, match: re.Match[str]) -> bool:
    """Like "~5.18" or "(4.4.)"; "81.7" or "2.5" in running text are no dates."""
    before = text[match.start() - 1] if match.start() else ""
    after = text[match.end()] if match.end() < len(text) else ""
    if not before and after == " " and not match.group().endswith("."):
        return False  # "2.5 배" opens a cell.
    return "." in match.group() and before in "(~∼～" and after in ").,~ "


def _day_of(match: re.Match[str], *, default_year: int | None) -> date | None:
    raw = match.group("year")
    month, day = int(match.group("month")), int(match.group("day"))
    if raw is not None:
        year = int(raw) if raw.isdigit() else 2000 + int(raw[1:])
        return _make(year, month, day)
    if default_year is None:
        return None
    weekday = match.group("weekday")
    for year in (default_year, default_year + 1, default_year - 1):
        found = _make(year, month, day)
        if found and (weekday is None or _WEEKDAYS[found.weekday()] == weekday):
            return found
    return _make(default_year, month, day)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time_after(text: str, position: int) -> tuple[time | None, int]:
    gap = _GAP.match(text, position)
    match = _TIME.match(text, gap.end() if gap else position)
    if match is None:
        return None, position
    hour = int(match.group("hour"))
    minute = int(match.group("minute") or match.group("colon") or 0)
    if match.group("half_past"):
        minute = 30
    hour = _hour(hour, half=match.group("half") or "")
    if hour == 24:
        return time(23, 59, 59), match.end()
    return time(hour, minute), match.end()


def _hour(hour: int, *, half: str) -> int:
    """The hour of the day; "밤 12시" ends the day, "밤 1시" is after midnight."""
    if half == "오전":
        return hour % 12 if hour == 12 else hour
    if half == "밤":
        return hour + 12 if 6 <= hour <= 12 else hour
    return hour + 12 if half in {"오후", "저녁"} and hour < 12 else hour
