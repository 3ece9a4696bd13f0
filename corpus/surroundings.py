"""A text's lines with what stands around them: neighbours, blank lines, tables below."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.lines import is_unit
from corpus.markers import Marker, read_marker
from corpus.readers.base import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Line:
    """A line block with its text, its marker and its place among the blocks."""

    position: int
    block: Block
    text: str
    marker: Marker | None

    @property
    def body(self) -> str:
        """The text behind the marker."""
        return self.text if self.marker is None else self.text[self.marker.body :]

    @property
    def printed(self) -> str:
        """The marker as the document prints it, empty where there is none."""
        return "" if self.marker is None else self.marker.printed


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Answers what stands before and after a block, by the block's position."""

    text: str
    blocks: tuple[Block, ...]

    def quote(self, block: Block) -> str:
        """The verbatim text of a block."""
        return self.text[block.start : block.end]

    def line(self, position: int) -> Line:
        """The block at a position, read as a line."""
        block = self.blocks[position]
        text = self.quote(block)
        return Line(position, block, text, read_marker(text))

    def beside(self, position: int, *, step: int) -> Block | None:
        """The block ``step`` places on, if there is one and it is a line."""
        index = position + step
        # A negative index would wrap round to the end of the document.
        if not 0 <= index < len(self.blocks) or self.blocks[index].kind is not BlockKind.LINE:
            return None
        return self.blocks[index]

    def text_beside(self, position: int, *, step: int) -> str:
        """The text of the line ``step`` places on, empty where there is none."""
        block = self.beside(position, step=step)
        return "" if block is None else self.quote(block)

    def texts_touching(self, position: int) -> tuple[str, ...]:
        """The lines right above and right below, as far as no blank line is between."""
        steps = []
        if not self.after_blank(position):
            steps.append(-1)
        if not self.is_last(position) and not self.after_blank(position + 1):
            steps.append(1)
        texts = (self.text_beside(position, step=step) for step in steps)
        return tuple(text for text in texts if text)

    def is_last(self, position: int) -> bool:
        """Whether no block follows."""
        return position + 1 >= len(self.blocks)

    def after_blank(self, position: int) -> bool:
        """Whether a block starts afresh: after a blank line, a heading, a table or nothing."""
        if position == 0:
            return True
        before = self.blocks[position - 1]
        if before.kind is not BlockKind.LINE:
            return True
        return self.text.count("\n", before.end, self.blocks[position].start) > 1

    def before_table(self, position: int) -> bool:
        """Whether a table follows, with at most the line that states its unit in between."""
        for block in self.blocks[position + 1 : position + 3]:
            if block.kind is BlockKind.TABLE:
                return True
            if block.kind is not BlockKind.LINE or not is_unit(self.quote(block)):
                return False
        return False
