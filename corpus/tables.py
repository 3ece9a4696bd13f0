"""Gives table cells the path of their headers: merged, stacked, repeated or missing ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Cell
from corpus.readers.base import GridCell

Row = tuple[GridCell, ...]
_HEAD_WORDS = re.compile(
    r"^(?:구\s*분|분\s*야|항\s*목|지\s*역|시\s*간|연\s*도|기\s*관|부\s*처|번\s*호|순\s*번|종\s*류|유\s*형|단\s*계|일\s*정|대\s*상|"
    r"내\s*용|명\s*칭|이\s*름|성\s*명|연\s*번|월|일\s*시|날\s*짜|품\s*목|과\s*제|제\s*목|사\s*업\s*명|안\s*건\s*명|.{1,8}(?:분야|과제|형태|수단|명|구분|항목))(?:\s?\([^)]*\))?$"
)
_NUMBER = re.compile(r"^[△▲+\-–~'’‘]?\s*[\d,.]+\s*(?:%|%p|억|만|원|명|개|건|년|위|배)*$")
_SHORT = 24
_KEY = re.compile(
    r"^(?:담\s*당|배\s*포|책\s*임|문\s*의|부\s*서|일\s*시|보\s*도|연\s*락|성\s*명|작\s*성)"
    r"[가-힣\s]{0,6}(?:<[^>]*>)?$"
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A logical row: its cells, the group label above it and its span."""

    cells: tuple[Cell, ...]
    group: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Header lines (as spans), logical rows and the plain header of each column."""

    header_spans: tuple[tuple[int, int], ...]
    rows: tuple[TableRow, ...]
    headers: tuple[tuple[str, ...], ...]


def read_table(
    rows: Sequence[Row],
    *,
    header_rows: int | None,
    inherited: tuple[tuple[str, ...], ...] = (),
) -> Table:
    """Work out a table's header paths and rows.

    ``header_rows`` is what the format says (None: inferred); ``inherited`` are the headers of a
    table above that consisted of its header alone.
    """
    count = _infer_header_rows(rows) if header_rows is None else header_rows
    width = max(len(row) for row in rows)
    if count:
        headers = _header_paths(rows[:count], width=width)
    else:
        headers = inherited if len(inherited) == width else ((),) * width
    spans = tuple((row[0].start, row[-1].end) for row in rows[:count])
    return Table(spans, _body_rows(rows[count:], headers=headers), headers)


def _infer_header_rows(rows: Sequence[Row]) -> int:
    if not _is_header(rows):
        return 0
    count = 1
    while count < len(rows) - 1 and count < 3 and _continues_header(rows[count - 1], rows[count]):
        count += 1
    return count


def _is_header(rows: Sequence[Row]) -> bool:
    first = [cell.text for cell in rows[0]]
    if not any(first) or any(len(text) > _SHORT for text in first):
        return False
    named = bool(_HEAD_WORDS.match(first[0]))
    if len(rows) == 1:
        return named and len(first) > 1
    if _is_key_value(rows[0]):
        return False
    return named or not first[0] or _contrasts(first, rows[1:])


def _contrasts(first: Sequence[str], rest: Sequence[Row]) -> bool:
    """Whether the first row is of another kind than what stands below it."""
    if any(_NUMBER.match(text) for text in first[1:]) and not any("'" in t for t in first):
        return False
    below = [cell.text for row in rest for cell in row[1:] if cell.text]
    if not below:
        return False
    numeric = sum(1 for text in below if _NUMBER.match(text)) / len(below)
    above = sum(len(text) for text in first) / len(first)
    length = sum(len(text) for text in below) / len(below)
    return numeric >= 0.5 or length > 2.5 * max(above, 3)


def _is_key_value(row: Row) -> bool:
    """A row like "배포일시 | 3. 2. | 담당부서 | 지역경제총괄과": names beside their values."""
    return len(row) in {2, 4, 6} and all(_KEY.match(cell.text) for cell in row[::2])


def _continues_header(above: Row, row: Row) -> bool:
    """A second header row: its first cell empty, and text below a merged cell of the first."""
    texts = [cell.text for cell in row]
    if texts and texts[0] and not row[0].filler:
        # '22 '23 '24 below "1단계": years alone name columns, they are not data.
        return all(re.fullmatch(r"['’‘]\d{2}", text) for text in texts if text)
    if any(len(text) > _SHORT for text in texts):
        return False
    gaps = [i for i, cell in enumerate(above[1:], 1) if not cell.text or cell.filler]
    return bool(gaps) and sum(1 for i in gaps if i < len(row) and texts[i]) >= len(gaps) / 2


def _header_paths(rows: Sequence[Row], *, width: int) -> tuple[tuple[str, ...], ...]:
    paths: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        last = depth == len(rows) - 1
        current = ""
        for column in range(width):
            text = row[column].text if column < len(row) else ""
            if text:
                current = text
            shown = text if last and len(rows) > 1 else current
            # A converter writes a merged header before its own one: "1단계 > '19".
            for part in shown.split(" > "):
                if part and (not paths[column] or paths[column][-1] != part):
                    paths[column].append(part)
    return tuple(tuple(path) for path in paths)


def _body_rows(
    rows: Sequence[Row], *, headers: tuple[tuple[str, ...], ...]
) -> tuple[TableRow, ...]:
    period = _period(headers)
    found: list[TableRow] = []
    group = ""
    carried: dict[int, GridCell] = {}
    for row in rows:
        if len(rows) > 1 and _is_group(row):
            group = row[0].text
            carried.clear()
            found.append(_row(row[:1], headers=headers, group=""))
            continue
        if not any(headers) and _is_key_value(row):
            found.append(_pairs(row))
            continue
        full = _carry(row, carried)
        for begin in range(0, len(full), period):
            part = full[begin : begin + period]
            if any(cell.text for cell in part):
                found.append(_row(part, headers=headers[begin : begin + period], group=group))
    return tuple(found)


def _is_group(row: Row) -> bool:
    """A row of one cell, alone or merged across all columns: it names what follows."""
    return (
        len(row) > 1
        and bool(row[0].text)
        and not row[0].filler
        and all(not c.text or (c.filler and c.text == row[0].text) for c in row[1:])
    )


def _period(headers: tuple[tuple[str, ...], ...]) -> int:
    """Number of columns after which a header repeats itself (side-by-side tables)."""
    width = len(headers)
    for period in range(2, width // 2 + 1):
        if width % period or not any(headers[:period]):
            continue
        if all(headers[i] == headers[i % period] for i in range(width)):
            return period
    return max(width, 1)


def _carry(row: Row, carried: dict[int, GridCell]) -> Row:
    """Fill leading empty cells (merged downwards) with the text above them."""
    full = list(row)
    for column, cell in enumerate(row):
        if cell.text:
            break
        if column in carried:
            above = carried[column]
            full[column] = GridCell(above.text, cell.start, cell.start, filler=True)
    for column, cell in enumerate(full):
        carried[column] = cell
    return tuple(full)


def _pairs(row: Row) -> TableRow:
    cells = tuple(
        Cell(value.text, (key.text,), value.start, value.end)
        for key, value in zip(row[::2], row[1::2], strict=True)
    )
    return TableRow(cells, "", row[0].start, row[-1].end)


def _row(row: Row, *, headers: Sequence[tuple[str, ...]], group: str) -> TableRow:
    cells = tuple(
        Cell(cell.text, headers[i] if i < len(headers) else (), cell.start, cell.end)
        for i, cell in enumerate(row)
    )
    own = [cell for cell in row if cell.end > cell.start]
    spans = own or list(row)
    return TableRow(cells, group, spans[0].start, spans[-1].end)
