"""Remembers the earlier questions of a conversation, in memory and within bounds."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from assistant.errors import UnknownConversation


@dataclass(frozen=True, slots=True)
class _Conversation:
    questions: tuple[str, ...]
    touched: float


class Conversations:
    """Conversations by an unguessable id; the one unused for longest is forgotten first.

    ``limit`` bounds their number, ``turns`` the questions kept of each, ``seconds`` how long an
    unused one lives. Only questions are kept, never answers.
    """

    def __init__(
        self,
        *,
        limit: int,
        turns: int,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = limit
        self._turns = turns
        self._seconds = seconds
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[str, _Conversation] = OrderedDict()

    def __len__(self) -> int:
        with self._lock:
            self._forget_old()
            return len(self._kept)

    @staticmethod
    def new_id() -> str:
        """An id nobody can guess; it becomes known with the first ``remember``."""
        return secrets.token_urlsafe(16)

    def earlier(self, conversation_id: str) -> tuple[str, ...]:
        """Its questions so far, oldest first; raise ``UnknownConversation``."""
        with self._lock:
            self._forget_old()
            found = self._kept.get(conversation_id)
        if found is None:
            message = "this conversation has ended; leave conversation_id out to start one"
            raise UnknownConversation(message)
        return found.questions

    def remember(self, conversation_id: str, question: str) -> None:
        """Add a question that was answered."""
        with self._lock:
            known = self._kept.pop(conversation_id, None)
            questions = ((known.questions if known else ()) + (question,))[-self._turns :]
            self._kept[conversation_id] = _Conversation(questions, self._clock())
            self._forget_old()
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)

    def _forget_old(self) -> None:
        oldest_allowed = self._clock() - self._seconds
        while self._kept:
            first = next(iter(self._kept))
            if self._kept[first].touched >= oldest_allowed:
                return
            del self._kept[first]
