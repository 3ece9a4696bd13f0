"""Judges whether a line opens a section, and how far its heading reaches."""

from __future__ import annotations

import re

from corpus.lines import MAX_HEADING, ends_sentence, reads_as_heading, stays_open
from corpus.markers import Marker, Rank, read_label, read_marker
from corpus.surroundings import Line, Surroundings

_MAX_DIVISION_HEADING = 60
_MAX_TITLE = 80
_MAX_BARE_HEADING = 30
_NUMBERED = {"number", "bare_number", "decimal", "roman"}


def opens_section(line: Line, marker: Marker, around: Surroundings) -> bool:
    """Whether a line with a marker is a heading and not an item of a list."""
    if marker.name == "box":
        return True
    if marker.name == "attachment":
        complete = len(line.text) > _MAX_TITLE or ends_sentence(line.text)
        return not complete and not _in_contents_list(line, marker, around)
    if marker.rank <= Rank.ARTICLE and marker.name != "roman":
        return len(line.body) <= _MAX_DIVISION_HEADING or marker.name == "article"
    if marker.name == "circled":
        return _heads_plain_text(line, around)
    return marker.name in _NUMBERED and _is_numbered_heading(line, around)


def is_implicit_heading(line: Line, around: Surroundings) -> bool:
    """Whether a line without a marker stands apart and short above other blocks."""
    if not reads_as_heading(line.text) or around.is_last(line.position):
        return False
    return around.after_blank(line.position)


def is_bare_heading(body: str) -> bool:
    """Whether the text behind a box only names what follows and states nothing itself."""
    return len(body) <= _MAX_BARE_HEADING and not ends_sentence(body) and not read_label(body)


def is_overview(line: Line, marker: Marker) -> bool:
    """Whether a line is the "□ 개요" that attachments begin with."""
    return marker.name == "box" and "".join(line.body.split()) == "개요"


def heading_end(line: Line, around: Surroundings) -> int:
    """Where a heading ends: a bare "참고 1" or "1-1" takes its title from the line below."""
    following = around.beside(line.position, step=1)
    if line.body or following is None:
        return line.block.end
    title = around.quote(following)
    if read_marker(title) is None and len(title) <= _MAX_TITLE and not ends_sentence(title):
        return following.end
    return line.block.end


def _heads_plain_text(line: Line, around: Surroundings) -> bool:
    """Whether a circled number stands above a line that could be a heading itself."""
    following = around.text_beside(line.position, step=1)
    return (
        bool(following)
        and read_marker(following) is None
        and reads_as_heading(following)
        and reads_as_heading(line.body)
    )


def _is_numbered_heading(line: Line, around: Surroundings) -> bool:
    return (
        not _in_numbered_list(line, around)
        and len(line.body) <= MAX_HEADING
        and not ends_sentence(line.body)
        and not stays_open(line.body)
    )


def _in_numbered_list(line: Line, around: Surroundings) -> bool:
    """Whether numbered lines follow each other without anything between them."""
    near = [read_marker(text) for text in around.texts_touching(line.position)]
    return any(marker is not None and marker.name in _NUMBERED for marker in near)


def _in_contents_list(line: Line, marker: Marker, around: Surroundings) -> bool:
    """Whether attachments are only being listed here: another one is next to this line."""
    if not line.body:
        return False
    return any(
        _lists_beside(marker, around.text_beside(line.position, step=step), step=step)
        for step in (1, -1)
    )


def _lists_beside(marker: Marker, text: str, *, step: int) -> bool:
    """Whether a line is the entry before or after an attachment's in a list of them."""
    other = read_marker(text) if text else None
    if other is None or other.name != "attachment" or not text[other.body :]:
        return False
    kind, number = _kind_and_number(marker)
    other_kind, other_number = _kind_and_number(other)
    # After "붙임 3. …" a "붙임 1 …" heads the first attachment: the list is over.
    return kind != other_kind or (other_number - number) * step > 0 or not number


def _kind_and_number(marker: Marker) -> tuple[str, int]:
    digits = re.search(r"\d+", marker.printed)
    kind = "".join(char for char in marker.printed if char.isalpha())
    return kind, int(digits.group()) if digits else 0
