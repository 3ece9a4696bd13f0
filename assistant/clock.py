"""Korean time: the only place that reads the clock or a date someone typed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from assistant.errors import InvalidAsOf

KST = timezone(timedelta(hours=9), "KST")
_END_OF_DAY = time(23, 59, 59)


def now_kst() -> datetime:
    """The present moment in Korea."""
    return datetime.now(KST)


def parse_as_of(text: str) -> datetime:
    """Read "2026-05-18" or an ISO date and time as Korean time; raise ``InvalidAsOf``.

    A date without a time is that day's last second, so that a deadline later the same day
    counts as passed only from the next day. A time without a zone is Korean time.
    """
    cleaned = text.strip()
    try:
        if len(cleaned) <= 10:
            return datetime.combine(date.fromisoformat(cleaned), _END_OF_DAY, KST)
        moment = datetime.fromisoformat(cleaned)
        return moment.replace(tzinfo=KST) if moment.tzinfo is None else moment.astimezone(KST)
    except (ValueError, OverflowError) as error:
        message = f"not a date: {text[:40]!r}; write 2026-05-18 or 2026-05-18T09:00"
        raise InvalidAsOf(message) from error
