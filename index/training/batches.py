"""What word vectors learn from, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One batch: questions, passages, and for each question the row of its passage."""

    questions: Sequence[Sequence[str]]
    passages: Sequence[Sequence[str]]
    answers: Sequence[int]
