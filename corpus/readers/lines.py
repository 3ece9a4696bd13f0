"""Reads plain text and Markdown: lines, # headings, tab tables and pipe tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.readers.base import ReadDocument
from corpus.readers.clean import decode, normalise, strip_links, strip_markup
from corpus.readers.front_matter import prose_of, split_head
from corpus.readers.writer import TextWriter

_HEADING = re.compile(r"^(#{1,6})\s+(\S.*)$")
_PIPE_ROW = re.compile(r"^\s*(?:[-*]\s+)?\|.*\|\s*$")
_PIPE_BULLET = re.compile(r"^[-*]\s+")
_PIPE_RULE = re.compile(r"^\s*(?:[-*]\s+)?\|(?:\s*:?-{2,}:?\s*\|)+\s*$")


class LineReader:
    """Reader of text and Markdown files."""

    suffixes = (".txt", ".md", ".markdown", ".text")

    def read(self, raw: bytes, *, name: str) -> ReadDocument:
        """Read a file's bytes; raise ``UnreadableFile``."""
        head, body = split_head(normalise(decode(raw, name=name)), name=name)
        writer = TextWriter()
        for prose in prose_of(head):
            writer.line(prose)
        lines = [strip_markup(strip_links(line)).rstrip(" ") for line in body.split("\n")]
        for kind, group in _runs(lines):
            _write_run(writer, kind, group)
        return writer.finish(head)


def _runs(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    for kind, group in groupby(lines, key=_kind_of):
        run = list(group)
        # Tabs that only indent or trail make no table, unless rows of one stand next to them.
        table = kind != "tab" or any("\t" in line.strip() for line in run)
        yield kind if table else "line", run


def _kind_of(line: str) -> str:
    body = line.strip()
    if "\t" in (body if _HEADING.match(line) else line) and body:
        return "tab"
    if _PIPE_ROW.match(line):
        return "pipe"
    return "line"


def _write_run(writer: TextWriter, kind: str, lines: list[str]) -> None:
    if kind == "tab":
        rows = [[(cell, False) for cell in line.split("\t")] for line in lines]
        writer.table(rows, separator="\t")
    elif kind == "pipe":
        _write_pipe_table(writer, lines)
    else:
        for line in lines:
            _write_line(writer, line)


def _write_line(writer: TextWriter, line: str) -> None:
    heading = _HEADING.match(line)
    if heading is not None:
        writer.heading(_without_closing(heading.group(2)), level=len(heading.group(1)))
    elif line.strip():
        writer.line(line)
    else:
        writer.blank()


def _without_closing(text: str) -> str:
    """Drop a heading's closing "##"; a "#" that touches a word ("C#") belongs to it."""
    text = text.rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else text


def _write_pipe_table(writer: TextWriter, lines: Sequence[str]) -> None:
    header_rows: int | None = None
    rows: list[list[tuple[str, bool]]] = []
    for line in lines:
        if _PIPE_RULE.match(line):
            header_rows = len(rows) if header_rows is None else header_rows
            continue
        rows.append([(cell, False) for cell in _pipe_cells(line)])
    # A converter that found no header writes an empty one.
    empty_head = header_rows == 1 and not any(text for text, _ in rows[0])
    rows = [row for row in rows if any(text for text, _ in row)]
    if rows:
        kept = header_rows if header_rows and header_rows < len(rows) else None
        kept = 0 if empty_head else kept
        writer.table(rows, separator=" | ", header_rows=kept)


def _pipe_cells(line: str) -> list[str]:
    # A NUL stands in for an escaped bar: reading has removed all others.
    body = _PIPE_BULLET.sub("", line.strip()).replace("\\|", "\x00")
    cells = body.removeprefix("|").removesuffix("|").split("|")
    return [cell.strip().replace("\x00", "|") for cell in cells]
