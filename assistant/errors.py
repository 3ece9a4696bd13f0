"""Errors of answering people.

AssistantError
├── ConfigurationError       a setting has a value that cannot be used
├── QuestionError            what was asked cannot be taken up
│   ├── EmptyQuestion        there is no question
│   ├── QuestionTooLong      it has more characters than the limit
│   ├── UnreadableQuestion   it consists of invisible or control characters only
│   └── InvalidAsOf          the as-of date is not a date
├── UnknownDocument          no document of this id is indexed
├── UnknownConversation      the conversation has ended or never was
├── InvalidSpan              start and end do not name a span of the document
├── BatchError               a line of a batch of questions is malformed
├── FeedbackNotStored        the feedback file cannot be written
└── NotReady                 there is no usable index (yet)

The message is for operators and says what to do; the Korean words an asker reads are kept in
``prompts/surface.yaml`` under ``key``.
"""

from __future__ import annotations

from typing import ClassVar


class AssistantError(Exception):
    """Something that can be said in one line; ``values`` fill the Korean wording."""

    key: ClassVar[str] = "internal"

    def __init__(self, message: str, **values: str | int) -> None:
        super().__init__(message)
        self.values = values


class ConfigurationError(AssistantError):
    """A setting has a value that cannot be used; the message names its variable."""


class QuestionError(AssistantError):
    """What was asked cannot be taken up."""


class EmptyQuestion(QuestionError):
    """There is no question."""

    key = "empty_question"


class QuestionTooLong(QuestionError):
    """The question has more characters than the limit (``values``: limit, length)."""

    key = "question_too_long"


class UnreadableQuestion(QuestionError):
    """The question consists of invisible or control characters only."""

    key = "unreadable_question"


class InvalidAsOf(QuestionError):
    """The as-of date is not a date."""

    key = "invalid_as_of"


class UnknownDocument(AssistantError):
    """No document of this id is indexed."""

    key = "unknown_document"


class UnknownConversation(AssistantError):
    """The conversation has ended or never was."""

    key = "unknown_conversation"


class InvalidSpan(AssistantError):
    """``start`` and ``end`` do not name a span of the document (``values``: length)."""

    key = "invalid_span"


class BatchError(AssistantError):
    """A line of a batch of questions is malformed; the message gives its number."""


class FeedbackNotStored(AssistantError):
    """The feedback file cannot be written."""

    key = "feedback_not_stored"


class NotReady(AssistantError):
    """There is no usable index (yet)."""

    key = "not_ready"
