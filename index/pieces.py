"""Spans of about one size, made of the whole items of one section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.model import Item, ItemKind, Section
from index.sentences import Span, cut, trim

# An item this many times longer than a passage drowns what it says, and is cut.
_TOO_LONG = 2
_BREAK = re.compile(r"\n|(?<=[.?!。])\s+(?!\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A span and the items it is made of; an item that was cut is in each of its pieces."""

    start: int
    end: int
    items: tuple[Item, ...]


def pieces_of(text: str, *, section: Section, items: Sequence[Item], size: int) -> Iterator[Piece]:
    """The pieces of a section in reading order; together they cover all of its items.

    A section without items is taken as it stands.
    """
    if not items:
        start, end = trim(text, section.start, section.end)
        yield from (Piece(*span, ()) for span in _cut(text, (start, end), size=size))
    for group in _groups(items, size=size):
        start, end = min(i.start for i in group), max(i.end for i in group)
        for span in _cut(text, (start, end), size=size):
            inside = tuple(i for i in group if i.start < span[1] and span[0] < i.end)
            yield Piece(*span, inside or group)


def _groups(items: Sequence[Item], *, size: int) -> list[tuple[Item, ...]]:
    """Contiguous items up to ``size`` characters; a note goes with what it explains."""
    groups: list[list[Item]] = []
    for item in items:
        if groups and (_fits(groups[-1], item, size=size) or _belongs(groups[-1], item, size)):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [tuple(group) for group in groups]


def _fits(group: Sequence[Item], item: Item, *, size: int) -> bool:
    return max(item.end, *(i.end for i in group)) - group[0].start <= size


def _belongs(group: Sequence[Item], item: Item, size: int) -> bool:
    """Whether a note, or the first line under a heading or caption, may overrun a little.

    Items that overlap (one within the other) are never parted either.
    """
    last = group[-1]
    if item.start < max(i.end for i in group):
        return True
    leading = last.kind in {ItemKind.HEADING, ItemKind.CAPTION, ItemKind.TABLE_HEAD}
    tied = item.kind is ItemKind.NOTE or (leading and last is group[0])
    return tied and _fits(group, item, size=size * 3 // 2)


def _cut(text: str, span: Span, *, size: int) -> list[Span]:
    start, end = span
    if start >= end:
        return []
    if end - start <= _TOO_LONG * size:
        return [span]
    breaks = [match.end() for match in _BREAK.finditer(text, start, end)]
    edges = [start, *(b for b in breaks if start < b < end), end]
    parts = [trim(text, a, b) for a, b in pairwise(edges)]
    return list(cut([part for part in parts if part[0] < part[1]], size=size)) or [span]
