"""Judges whether a line captions the table or the block that follows it."""

from __future__ import annotations

from corpus.lines import ends_sentence, is_enclosed, is_unit
from corpus.surroundings import Line, Surroundings

_MAX_CAPTION = 60
# Table titles are numbered too ("Ⅰ …", "1 …"); every other marker makes a line an item.
_CAPTION_MARKERS = {"roman", "bare_number"}


def is_table_title(line: Line, around: Surroundings) -> bool:
    """A unit, or "< … >" above a table: neither continues the line before it."""
    return is_unit(line.text) or (is_enclosed(line.text) and around.before_table(line.position))


def is_caption(line: Line, around: Surroundings) -> bool:
    """Whether a line stands in title brackets or is a short, unfinished line above a table."""
    if line.marker is not None and line.marker.name not in _CAPTION_MARKERS:
        return False
    if is_enclosed(line.text):
        return True
    short = len(line.text) <= _MAX_CAPTION and not ends_sentence(line.text)
    return short and around.before_table(line.position)
