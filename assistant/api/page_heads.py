"""Header cells that span columns and rows, from the header lines of a table as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Item

_BORDER = re.compile(r"\t| \| ")
# A converter writes a merged header above another one as "1단계 > '18".
_BELOW = re.compile(r" > ")


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A header's text and where it stands; empty where a merged one reaches."""

    text: str
    start: int
    end: int


Grid = list[list[HeadCell]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A header cell and how many columns and rows it spans."""

    cell: HeadCell
    columns: int
    rows: int


def read_head(heads: Sequence[Item], *, text: str, width: int) -> list[list[Placed]]:
    """The header rows of a table of ``width`` columns (0: as many as the header has)."""
    grid = [
        row for head in heads for row in _levels(_cut(text, head.start, head.end, _BORDER), text)
    ]
    if not grid:
        return []
    columns = width or max(len(row) for row in grid)
    return list(_place([_fit(row, columns) for row in grid], width=columns))


def _cut(text: str, start: int, end: int, border: re.Pattern[str]) -> list[HeadCell]:
    cells: list[HeadCell] = []
    for found in border.finditer(text, start, end):
        cells.append(HeadCell(text[start : found.start()].strip(), start, found.start()))
        start = found.end()
    return [*cells, HeadCell(text[start:end].strip(), start, end)]


def _levels(row: list[HeadCell], text: str) -> Grid:
    """One row for each level of "A > B"; a name repeated beside itself is given once."""
    parts = [_cut(text, cell.start, cell.end, _BELOW) for cell in row]
    depth = max(len(part) for part in parts)
    grid = [
        [part[y] if y < len(part) else _nothing(part[-1]) for part in parts] for y in range(depth)
    ]
    for cells in grid[:-1]:
        above = ""
        for x, cell in enumerate(cells):
            if cell.text and cell.text == above:
                cells[x] = _nothing(cell)
            above = cell.text
    return grid


def _nothing(cell: HeadCell) -> HeadCell:
    return HeadCell("", cell.end, cell.end)


def _fit(row: list[HeadCell], width: int) -> list[HeadCell]:
    """A header wider than the rows stands above tables side by side: one copy is enough."""
    return (row + [_nothing(row[-1])] * width)[:width]


def _place(grid: Grid, *, width: int) -> Iterator[list[Placed]]:
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(grid):
        placed: list[Placed] = []
        for x in range(width):
            if (y, x) in covered:
                continue
            one = Placed(row[x], _columns(grid, y, x), _rows(grid, y, x))
            covered |= {(y + i, x + j) for i in range(one.rows) for j in range(one.columns)}
            placed.append(one)
        yield placed


def _columns(grid: Grid, y: int, x: int) -> int:
    """A name above others spreads over the empty cells to its right."""
    if y == len(grid) - 1 or not grid[y][x].text or not grid[y + 1][x].text:
        return 1
    last = x + 1
    while last < len(grid[y]) and not grid[y][last].text and grid[y + 1][last].text:
        last += 1
    return last - x


def _rows(grid: Grid, y: int, x: int) -> int:
    """A name with nothing below it reaches down."""
    if not grid[y][x].text:
        return 1
    last = y + 1
    while last < len(grid) and not grid[last][x].text:
        last += 1
    return last - y
