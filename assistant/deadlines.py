"""Deadlines for applying: found in a document's text, compared with the as-of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from corpus.dates import as_datetime, find_dates
from corpus.model import Document, ItemKind

_APPLYING = re.compile(r"신청|접수|제출|응모|모집|공모")
_UNTIL = re.compile(r"^\s*(?:\([월화수목금토일]\))?\s*,?\s*(?:까지|限|한\b|\))|^[^가-힣]{0,8}까지")
_FROM = re.compile(r"[~∼～]\s*$|부터\s*$")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment until which one may apply, and the span that says so."""

    at: datetime
    start: int
    end: int
    timed: bool


def find_deadline(document: Document) -> Deadline | None:
    """The application deadline of a document: the most exact statement of the latest one."""
    found = list(_statements(document))
    if not found:
        return None
    last = max(statement.at.date() for statement in found)
    same = [statement for statement in found if statement.at.date() == last]
    return next((statement for statement in same if statement.timed), same[0])


def _statements(document: Document) -> Iterator[Deadline]:
    year = document.metadata.published.year if document.metadata.published else None
    for item in document.items:
        if item.kind in {ItemKind.TABLE_HEAD, ItemKind.CAPTION}:
            continue
        text = document.text[item.start : item.end]
        if not _APPLYING.search(text):
            continue
        for date in find_dates(text, default_year=year):
            after, before = text[date.end : date.end + 12], text[: date.start]
            near = text[max(0, date.start - 40) : date.end + 60]
            if not (_UNTIL.search(after) or _FROM.search(before)) or not _APPLYING.search(near):
                continue
            if not _is_about_applying(text, date.start, date.end):
                continue
            yield Deadline(
                as_datetime(date, end_of_day=True), item.start, item.end, date.at is not None
            )


def _is_about_applying(text: str, start: int, end: int) -> bool:
    """The step nearest before the date is the applying one ("신청 접수(~5.18) → 보완(~5.27)")."""
    step = re.split(r"[→▶⇒]|(?<=다)\.\s", text[:start])[-1]
    following = re.split(r"[→▶⇒]|(?<=다)\.\s", text[end:])[0]
    return bool(_APPLYING.search(step) or _APPLYING.search(following[:40]))
