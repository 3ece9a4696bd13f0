"""Cuts spans of a document's text where the cited words begin and end."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import InvalidSpan


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, cited or not; ``first`` is where the citation begins on the page."""

    text: str
    marked: bool = False
    first: bool = False


Pieces = tuple[Piece, ...]


class Highlighter:
    """Cuts spans in page order and remembers whether the cited words have begun."""

    def __init__(self, text: str, quote: Span | None) -> None:
        self._text = text
        self._quote = quote
        self.begun = False

    def cut(self, start: int, end: int) -> Pieces:
        """The pieces of a span; the part that is cited is marked."""
        quote = self._quote
        low = max(start, quote.start) if quote else end
        high = min(end, quote.end) if quote else end
        if low >= high or not self._text[low:high].strip():
            return (Piece(self._text[start:end]),) if start < end else ()
        marked = Piece(self._text[low:high], marked=True, first=not self.begun)
        self.begun = True
        around = (Piece(self._text[start:low]), marked, Piece(self._text[high:end]))
        return tuple(piece for piece in around if piece.text)


def read_span(start: str | None, end: str | None, *, length: int) -> Span | None:
    """The span of an address' ``start`` and ``end``, None without them; raise ``InvalidSpan``."""
    if start is None and end is None:
        return None
    message = f"start and end must be numbers with 0 <= start < end <= {length}"
    # isdecimal alone takes full-width and Arabic-Indic digits; a position is written in ASCII.
    if not all(
        text and text.isascii() and text.isdecimal() and len(text) < 12 for text in (start, end)
    ):
        raise InvalidSpan(message, length=length)
    span = Span(int(start or 0), int(end or 0))
    if not span.start < span.end <= length:
        raise InvalidSpan(message, length=length)
    return span
