"""The seam between answering and its surfaces; a test passes a small fake in here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assistant.model import Answer, Question
from corpus.model import Document


class Answering(Protocol):
    """One generation of the index, open and able to answer.

    ``documents`` are keyed by document id; ``generation`` names what they were built as.
    ``answer`` may be called from several threads at once.
    """

    @property
    def documents(self) -> Mapping[str, Document]: ...

    @property
    def generation(self) -> str: ...

    def answer(self, question: Question) -> Answer: ...
