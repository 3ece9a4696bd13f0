"""Keeps what people say about an answer: one JSON line each, only ever appended."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from assistant.errors import FeedbackNotStored

FILE_NAME = "feedback.jsonl"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A judgement of one answer; ``rating`` is "up" or "down", ``at`` an ISO time (KST)."""

    answer_id: str
    rating: str
    reasons: tuple[str, ...]
    comment: str
    at: str


class FeedbackFile:
    """Appends to ``feedback.jsonl`` in the data folder, up to ``max_bytes``."""

    def __init__(self, data: Path, *, max_bytes: int) -> None:
        self.path = data / FILE_NAME
        self._max_bytes = max_bytes
        self._lock = Lock()

    def append(self, feedback: Feedback) -> None:
        """Write one line; raise ``FeedbackNotStored``."""
        line = json.dumps(asdict(feedback), ensure_ascii=False) + "\n"
        try:
            with self._lock:
                self._write(line)
        except OSError as error:
            message = f"cannot write {self.path}: {error.strerror or error}"
            raise FeedbackNotStored(message) from error

    def _write(self, line: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            if file.tell() + len(line.encode()) > self._max_bytes:
                message = f"{self.path} is full; move it away or raise POLICY_QA_FEEDBACK_MAX_BYTES"
                raise FeedbackNotStored(message)
            file.write(line)
