"""What the routes work with: one object made at start and handed to every request."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from assistant.api.metrics import Metrics
from assistant.api.schemas import ChatRequest, ChatResponse, response_of
from assistant.clock import now_kst, parse_as_of
from assistant.conversations import Conversations
from assistant.errors import UnknownDocument
from assistant.feedback import FeedbackFile
from assistant.intake import read_question
from assistant.model import Question
from assistant.ports import Answering
from assistant.runtime import Runtime
from assistant.settings import Settings
from corpus.model import Document


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was accepted, with the generation that will answer it."""

    question: Question
    conversation_id: str
    answering: Answering


@dataclass(frozen=True, slots=True)
class Services:
    """Runtime, memory, feedback, metrics and settings of one app."""

    runtime: Runtime
    settings: Settings
    conversations: Conversations
    feedback: FeedbackFile
    metrics: Metrics

    def accept(self, request: ChatRequest) -> Asked:
        """Check everything that can be wrong with a request; raise an ``AssistantError``."""
        text = read_question(request.question, limit=self.settings.max_question_length)
        as_of = parse_as_of(request.as_of) if request.as_of else now_kst()
        known = request.conversation_id
        history = self.conversations.earlier(known) if known else ()
        answering = self.runtime.current()
        documents = tuple(request.documents or ())
        for document_id in documents:
            find_document(answering, document_id)
        question = Question(text=text, history=history, as_of=as_of, documents=documents)
        return Asked(question, known or self.conversations.new_id(), answering)

    def reply(self, asked: Asked) -> ChatResponse:
        """Answer an accepted question and remember it in its conversation."""
        started = time.perf_counter()
        outcome = "error"
        try:
            answer = asked.answering.answer(asked.question)
            outcome = str(answer.status)
        finally:
            self.metrics.count_answer(outcome, seconds=time.perf_counter() - started)
        self.conversations.remember(asked.conversation_id, asked.question.text)
        return response_of(answer, conversation_id=asked.conversation_id)


def make_services(runtime: Runtime, settings: Settings) -> Services:
    """The services of an app, as the settings say."""
    return Services(
        runtime=runtime,
        settings=settings,
        conversations=Conversations(
            limit=settings.conversation_limit,
            turns=settings.conversation_turns,
            seconds=settings.conversation_minutes * 60,
        ),
        feedback=FeedbackFile(settings.data, max_bytes=settings.feedback_max_bytes),
        metrics=Metrics(),
    )


def find_document(answering: Answering, document_id: str) -> Document:
    """A document by id; raise ``UnknownDocument``."""
    document = answering.documents.get(document_id)
    if document is None:
        message = f"no document {document_id[:80]!r}; see /api/documents"
        raise UnknownDocument(message)
    return document


def _services(request: Request) -> Services:
    services = request.app.state.services
    assert isinstance(services, Services)  # noqa: S101 - set by create_app
    return services


Provided = Annotated[Services, Depends(_services)]
