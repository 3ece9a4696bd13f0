"""Repair of mistyped words from an analysis that allows for typing errors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.terms import Morpheme

_WORD = re.compile(r"\S+")
_KEPT = re.compile(r"[\x00-\x7f]|\d")


@dataclass(frozen=True, slots=True)
class Reading:
    """A morpheme as the writer meant it; ``cost`` is above zero where that was mistyped."""

    morpheme: Morpheme
    cost: float


def corrected(
    text: str,
    readings: Sequence[Reading],
    *,
    join: Callable[[Sequence[Morpheme]], str],
) -> str:
    """The text with its mistyped words repaired; digits, ASCII and spaces never change."""
    pieces: list[str] = []
    last = 0
    ordered = sorted(readings, key=_start)
    for match in _WORD.finditer(text):
        first = bisect_left(ordered, match.start(), key=_start)
        own = ordered[first : bisect_left(ordered, match.end(), lo=first, key=_start)]
        pieces.append(text[last : match.start()])
        pieces.append(_word(match, own, join=join))
        last = match.end()
    return "".join((*pieces, text[last:]))


def _start(reading: Reading) -> int:
    return reading.morpheme.start


def _word(
    match: re.Match[str],
    readings: Sequence[Reading],
    *,
    join: Callable[[Sequence[Morpheme]], str],
) -> str:
    mistyped = [reading.morpheme for reading in readings if reading.cost > 0]
    inside = all(reading.morpheme.end <= match.end() for reading in readings)
    if not mistyped or not inside:
        return match.group()
    if all(morpheme.tag[0] in "NM" for morpheme in mistyped):
        repaired = _replaced(match, mistyped)
    else:
        repaired = join([reading.morpheme for reading in readings])
    return repaired if _kept(repaired) == _kept(match.group()) else match.group()


def _replaced(match: re.Match[str], mistyped: Sequence[Morpheme]) -> str:
    """Words that do not inflect are put in place of what was typed."""
    word, offset = match.group(), match.start()
    for morpheme in reversed(mistyped):
        start, end = morpheme.start - offset, morpheme.end - offset
        word = word[:start] + morpheme.form + word[end:]
    return word


def _kept(text: str) -> list[str]:
    return _KEPT.findall(text)
