"""A small answerer over one real document, to serve in tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assistant.model import (
    Answer,
    Citation,
    ContactPoint,
    Notice,
    NoticeKind,
    Question,
    Status,
)
from corpus.load import document_from_bytes
from corpus.model import Document

TEXT = """---
title: 별빛 창업 지원 공고
issuer: 가상정책부
published: 2026-04-17
kind: 공고
---

# 별빛 창업 지원 공고

## 1. 신청 안내

- 신청은 2026년 5월 18일(월) 오후 6시까지 받는다.
  - 우편 신청은 <script>alert("x")</script> 받지 않는다.
* 토요일과 공휴일은 제외한다.

## 2. 지원 규모

| 구분 | 1단계 > '25 | 1단계 > '26 | 합계 |
|---|---|---|---|
| 국비 | 100억원 | 200억원 | 300억원 |
| 지방비 | 10억원 | 20억원 | 30억원 |

문의는 별빛창업과(044-200-0000)로 한다.
"""
DEADLINE = "신청은 2026년 5월 18일(월) 오후 6시까지 받는다."


def make_document() -> Document:
    """The document, read as a build would read it."""
    return document_from_bytes(TEXT.encode(), name="별빛-창업.md")


def citation_of(document: Document, quote: str, *, marker: int = 1) -> Citation:
    """A citation of the words, where they first stand."""
    start = document.text.index(quote)
    end = start + len(quote)
    section = next(s for s in document.sections if s.start <= start < s.end)
    return Citation(
        marker=marker,
        document_id=document.document_id,
        document_title=document.metadata.title,
        issuer=document.metadata.issuer,
        published=document.metadata.published,
        section_id=section.section_id,
        section_path=section.path,
        page=section.page,
        quote=quote,
        start=start,
        end=end,
        url=f"/documents/x?section={section.section_id}&start={start}&end={end}",
    )


@dataclass
class FakeAnswering:
    """Answers every question with the deadline and records what it was asked."""

    generation: str = "g1"
    asked: list[Question] = field(default_factory=list)
    error: Exception | None = None
    status: Status = Status.ANSWERED

    def __post_init__(self) -> None:
        document = make_document()
        self.documents: Mapping[str, Document] = {document.document_id: document}

    @property
    def document(self) -> Document:
        """The one document."""
        return next(iter(self.documents.values()))

    def answer(self, question: Question) -> Answer:
        """The deadline with its citation, or the error it was given."""
        self.asked.append(question)
        if self.error is not None:
            raise self.error
        as_of = question.as_of.date() if question.as_of else None
        if self.status is Status.NOT_FOUND:
            return Answer(Status.NOT_FOUND, "찾지 못했습니다.", as_of=as_of)
        return replace(_answer(self.document), as_of=as_of)


def _answer(document: Document) -> Answer:
    contact = citation_of(document, "별빛창업과(044-200-0000)", marker=2)
    return Answer(
        status=Status.ANSWERED,
        text="신청은 2026년 5월 18일(월) 오후 6시까지 받습니다. [1]",
        short_answer="2026년 5월 18일(월) 오후 6시",
        citations=(citation_of(document, DEADLINE), contact),
        notices=(
            Notice(NoticeKind.DEADLINE_PASSED, "신청 기한이 지났습니다.", date(2026, 5, 18), 1),
        ),
        contact=ContactPoint("별빛창업과", "044-200-0000", 2),
        follow_ups=("지원 규모는 얼마인가요?",),
    )


def open_fake(data: Path) -> FakeAnswering:
    """What a factory does: a generation named by CURRENT; "broken" cannot be opened."""
    name = (data / "CURRENT").read_text("utf-8").strip()
    if name == "broken":
        message = "a file of the generation is damaged"
        raise ValueError(message)
    return FakeAnswering(generation=name)
