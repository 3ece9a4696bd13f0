"""The words of an answer; field names are those of the HTTP contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """Outcome of a question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    NEEDS_CLARIFICATION = "needs_clarification"
    DECLINED = "declined"


class NoticeKind(StrEnum):
    """What an asker must be told beside the answer."""

    DEADLINE_PASSED = "deadline_passed"
    SUPERSEDED = "superseded"
    CONFLICT = "conflict"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands: ``document.text[start:end] == quote``."""

    marker: int
    document_id: str
    document_title: str
    issuer: str
    published: date | None
    section_id: str
    section_path: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about time or validity, with the marker of the citation it rests on."""

    kind: NoticeKind
    text: str
    date: date | None = None
    marker: int | None = None


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """Whom to ask, with the marker of the citation that names them."""

    department: str
    phone: str
    marker: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the words, the earlier questions of the conversation, the as-of time.

    ``as_of`` is a KST datetime; ``documents`` limits the answer to those document ids.
    """

    text: str
    history: tuple[str, ...] = ()
    as_of: datetime | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply: every factual sentence of ``text`` carries a marker, every marker a citation."""

    status: Status
    text: str
    short_answer: str = ""
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    contact: ContactPoint | None = None
    follow_ups: tuple[str, ...] = ()
    generator: str = "extractive"
    as_of: date | None = None
    score: float = field(default=0.0)
