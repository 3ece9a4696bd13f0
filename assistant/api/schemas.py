"""What goes in and out over HTTP and as JSON on the command line."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.api import examples
from assistant.clock import now_kst
from assistant.model import Answer, NoticeKind, Status


def _none_if_blank(value: object) -> object:
    return None if value == "" else value


Known = Annotated[str | None, BeforeValidator(_none_if_blank)]
DocumentId = Annotated[str, Field(max_length=300)]


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class ChatRequest(BaseModel):
    """질문 한 건. `conversation_id`를 보내면 앞선 질문에 이어서 묻는다."""

    question: str = Field(description="한국어 질문")
    conversation_id: Annotated[str | None, Field(max_length=100)] = None
    as_of: Annotated[
        str | None, Field(description="기준일. 2026-05-18 또는 ISO 8601 일시(한국 시간)")
    ] = None
    documents: Annotated[
        list[DocumentId] | None, Field(max_length=200, description="이 문서에서만 찾는다")
    ] = None


class CitationOut(_Out):
    """원문 그대로의 인용: 문서 본문의 [start:end]와 quote가 같다."""

    marker: int
    document_id: str
    document_title: str
    issuer: Known
    published: date | None
    section_id: str
    section_path: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    url: str


class NoticeOut(_Out):
    """답변과 함께 알아야 할 것: 지난 기한, 바뀐 문서, 서로 다른 내용."""

    kind: NoticeKind
    text: str
    date: date | None
    marker: int | None


class ContactOut(_Out):
    """문의할 부서."""

    department: Known
    phone: Known
    marker: int | None


class ChatResponse(_Out):
    """답변. `answer`의 [1] 같은 표시는 citations의 marker를 가리킨다."""

    answer_id: str
    conversation_id: str | None
    status: Status
    answer: str
    short_answer: Known
    citations: tuple[CitationOut, ...]
    notices: tuple[NoticeOut, ...]
    contact: ContactOut | None
    follow_ups: tuple[str, ...]
    generator: str
    as_of: date


def response_of(answer: Answer, *, conversation_id: str | None = None) -> ChatResponse:
    """An answer as the contract writes it, with an id of its own."""
    return ChatResponse.model_validate(
        {
            "answer_id": uuid4().hex,
            "conversation_id": conversation_id,
            "status": answer.status,
            "answer": answer.text,
            "short_answer": answer.short_answer,
            "citations": answer.citations,
            "notices": answer.notices,
            "contact": answer.contact,
            "follow_ups": answer.follow_ups,
            "generator": answer.generator,
            "as_of": answer.as_of or now_kst().date(),
        },
        from_attributes=True,
    )


class FeedbackRequest(BaseModel):
    """답변에 대한 의견."""

    answer_id: str = Field(pattern=r"^[0-9a-f]{32}$")
    rating: Literal["up", "down"]
    reasons: list[Annotated[str, Field(max_length=100)]] = Field(default=[], max_length=10)
    comment: str = Field(default="", max_length=1000)


class FeedbackResponse(_Out):
    """의견을 받았음."""

    status: Literal["recorded"] = "recorded"


class DocumentSummary(_Out):
    """문서 한 건의 서지 사항."""

    document_id: str
    title: str
    issuer: Known
    kind: Known
    published: date | None
    language: str
    source: str
    url: str


class SectionOut(_Out):
    """차례의 한 항목과 본문에서의 범위."""

    section_id: str
    path: tuple[str, ...]
    start: int
    end: int
    page: int | None


class DocumentOut(DocumentSummary):
    """문서 전체: 본문과 차례. 인용의 start, end는 이 text의 글자 위치다."""

    digest: str
    text: str
    sections: tuple[SectionOut, ...]


class DocumentList(_Out):
    """색인된 모든 문서."""

    documents: tuple[DocumentSummary, ...]


class Failed(_Out):
    """열지 못한 색인 세대."""

    generation: str
    reason: str


class Readiness(_Out):
    """질문을 받을 수 있는지."""

    status: Literal["ready", "not_ready"]
    generation: str | None
    documents: int
    loading: bool
    failure: Failed | None


class Health(_Out):
    """프로세스가 살아 있는지."""

    status: Literal["ok"] = "ok"


class Problem(BaseModel):
    """RFC 9457 오류. `detail`은 무엇을 하면 되는지 말한다."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PROBLEM]})

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str


class Stage(_Out):
    """스트림의 진행 상황."""

    stage: str
    text: str


class Delta(_Out):
    """스트림으로 오는 답변의 다음 조각."""

    text: str
