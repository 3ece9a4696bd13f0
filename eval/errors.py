"""What can go wrong before a figure exists."""

from __future__ import annotations

from assistant.errors import AssistantError


class EvaluationError(AssistantError):
    """Something the person running the evaluation must mend; the command line says it."""


class QuestionFileError(EvaluationError):
    """A question set has a row that cannot be used; the message names file and line."""


class DocumentMapError(EvaluationError):
    """The map from gold document ids to index ids is not readable."""


class BaselineError(EvaluationError):
    """The accepted figures are missing or not readable."""


class BenchmarkError(EvaluationError):
    """A BEIR folder is incomplete or not readable."""
