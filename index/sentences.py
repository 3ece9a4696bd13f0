"""Sentence spans that leave no character of a text out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n")
# Bullets and note signs open the sentence that follows; segmentation leaves them behind.
_OPENING = re.compile(r"(?<=\s)(?:[□■○●◦▪▫◆◇▶▷◎☞※·•‣∙*-]|[①-⑳])\s*$")

Span = tuple[int, int]


def partition(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans covering every non-blank character once, cut where the given spans begin.

    Blank lines always part sentences, and a trailing bullet goes to the next one.
    """
    cuts = {0, len(text)}
    cuts.update(_before_opening(text, start) for start, _ in spans)
    cuts.update(match.end() for match in _BLANK_LINE.finditer(text))
    ordered = sorted(cuts)
    trimmed = (trim(text, a, b) for a, b in pairwise(ordered))
    return tuple(span for span in trimmed if span[0] < span[1])


def trim(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _before_opening(text: str, start: int) -> int:
    match = _OPENING.search(text, 0, start)
    return match.start() if match else start


def cut(spans: Sequence[Span], *, size: int) -> tuple[Span, ...]:
    """Neighbouring spans joined into pieces of about ``size`` characters."""
    pieces: list[Span] = []
    for start, end in spans:
        if pieces and end - pieces[-1][0] <= size:
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return tuple(pieces)
