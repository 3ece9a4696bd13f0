"""Judges whether a line continues the item before it: a sentence broken over two lines."""

from __future__ import annotations

from corpus.lines import ends_sentence, is_enclosed, stays_open
from corpus.markers import read_label
from corpus.model import Item, ItemKind
from corpus.surroundings import Line, Surroundings

_RUNNING_TEXT = {ItemKind.LIST_ITEM, ItemKind.PARAGRAPH, ItemKind.NOTE}
# The rules look at how an item ends: its last printed line is enough, however long it has grown.
_LINE_TAIL = 120
_MIN_OPEN_TAIL = 15


def continues(line: Line, last: Item | None, around: Surroundings) -> bool:
    """Whether a line belongs to ``last``, the item before it in the same section."""
    if line.marker is not None or last is None or last.kind not in _RUNNING_TEXT:
        return False
    before = around.text[max(last.start, last.end - _LINE_TAIL) : last.end]
    if around.after_blank(line.position):
        # Over a blank line only a phrase that is plainly unfinished goes on.
        unfinished = stays_open(before) and len(before) > _MIN_OPEN_TAIL
        return unfinished and not is_enclosed(line.text)
    if line.text[0] == "(" and read_label(line.text):
        return _is_remark(line.text) and last.kind is not ItemKind.NOTE
    return not ends_sentence(before)


def _is_remark(text: str) -> bool:
    """Whether brackets hold all of a line but a note: else they label an item of its own."""
    rest = text[text.find(")") + 1 :].strip()
    return rest[:1] in {"※", "*", ""}
