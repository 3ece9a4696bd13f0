"""What every reader gives: the document's text and the blocks it consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class BlockKind(StrEnum):
    """Form of a block, before the outline gives it a place."""

    HEADING = "heading"
    LINE = "line"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as it stands in the text; a merged cell is given once, its copies are ``filler``."""

    text: str
    start: int
    end: int
    filler: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a line or a table with its character span in the text.

    ``level`` is a heading's depth (1 = outermost), ``indent`` a line's leading blanks,
    ``rows`` a table's cells and ``header_rows`` how many of them the format itself marks as
    header (None where the format does not say).
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    indent: int = 0
    rows: tuple[tuple[GridCell, ...], ...] = ()
    header_rows: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file as text and blocks; ``head`` holds what its own metadata block says."""

    text: str
    blocks: tuple[Block, ...]
    head: Mapping[str, object] = field(default_factory=dict)


class Reader(Protocol):
    """Turns the bytes of one format into text and blocks.

    ``suffixes`` are lower-case with their dot. ``read`` raises ``UnreadableFile``.
    """

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    def read(self, raw: bytes, *, name: str) -> ReadDocument: ...
