"""Takes up the words someone typed: one form of Hangul, nothing invisible, not too long."""

from __future__ import annotations

import re
import unicodedata

from assistant.errors import EmptyQuestion, QuestionTooLong, UnreadableQuestion

# Letters and symbols by category that nevertheless print nothing.
_BLANK_SIGNS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn"})
_SPACE = re.compile(r"\s+")


def read_question(text: str, *, limit: int) -> str:
    """The question as it can be answered; raise a ``QuestionError`` where there is none."""
    if not text.strip():
        message = "the question is empty; ask something"
        raise EmptyQuestion(message)
    question = _SPACE.sub(" ", without_hidden(text)).strip()
    if not question:
        message = "the question has no visible character; type it again"
        raise UnreadableQuestion(message)
    if len(question) > limit:
        message = f"the question has {len(question)} characters; shorten it to {limit}"
        raise QuestionTooLong(message, limit=limit, length=len(question))
    return question


def without_hidden(text: str) -> str:
    """Text without control, zero-width, direction and unpaired characters, in form NFC."""
    return unicodedata.normalize("NFC", "".join(char for char in text if _is_shown(char)))


def _is_shown(char: str) -> bool:
    if char in "\n\t\r":
        return True
    return char not in _BLANK_SIGNS and unicodedata.category(char) not in _HIDDEN
