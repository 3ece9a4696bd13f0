"""Clauses: the steps of a sentence, between commas, arrows and sentence ends."""

from __future__ import annotations

import re
from itertools import pairwise

_STEP = re.compile(r"[→▶⇒>;,]\s|→|\s/\s|(?<=다)\.\s|■|▪|▲")
_CLAUSE = re.compile(
    r"(?<=[며고]),\s|(?<=[며고])\s(?=[가-힣])|(?<=하여)\s|[;▲■▪]|\s/\s|(?<=[다])\.\s"
)


def step_around(body: str, start: int, end: int) -> str:
    """The step a span stands in."""
    before = [match.end() for match in _STEP.finditer(body, 0, start)]
    after = _STEP.search(body, end)
    return body[before[-1] if before else 0 : after.start() if after else len(body)]


def clauses(body: str) -> list[str]:
    """The clauses of a sentence; joined, they give it back."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(body)), len(body)]
    return [body[a:b] for a, b in pairwise(cuts) if body[a:b].strip()]
