"""The sections of a document and which of them are open: levels, closing, ids and spans."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.markers import Rank
from corpus.model import Section

_MAX_HEADING = 60
_ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Opening:
    """A heading's span with the default rank and the name of what marks it as one."""

    start: int
    end: int
    rank: int
    name: str


@dataclass(frozen=True, slots=True)
class _OpenSection:
    ordinal: int
    rank: int
    name: str


class SectionStack:
    """All sections so far, and the path of those that the next one may stand below."""

    def __init__(self, text: str, *, title: str) -> None:
        self._text = text
        path = (title,) if title else ()
        self._sections = [Section("", 0, title, path, 0, 0, 0)]
        self._path = [_OpenSection(0, -1, "document")]

    def name_document(self, heading: str) -> None:
        """Give the document's own section the heading that its text prints."""
        self._sections[0] = replace(self._sections[0], heading=heading, path=(heading,))

    def open(self, opening: Opening) -> int:
        """Begin a section below the last one that it does not close; give its ordinal."""
        while len(self._path) > 1 and self._closes(self._path[-1], opening):
            self._path.pop()
        parent = self._sections[self._path[-1].ordinal]
        # Paths start below the document's own section, whose title all of them would share.
        above = parent.path if parent.ordinal else ()
        heading = _shorten(self._text[opening.start : opening.end].removeprefix("- "))
        ordinal, level = len(self._sections), len(self._path)
        path, start, end = (*above, heading), opening.start, opening.end
        self._sections.append(
            Section("", ordinal, heading, path, level, start, end, parent.ordinal)
        )
        self._path.append(_OpenSection(ordinal, opening.rank, opening.name))
        return ordinal

    def leave_attachment(self, *, last_filled: int) -> None:
        """End an attachment that has content: an overview opens the next, whose head is lost.

        ``last_filled`` is the last section with an item other than its heading.
        """
        for depth, opened in enumerate(self._path):
            if opened.name == _ATTACHMENT and last_filled >= opened.ordinal:
                del self._path[depth:]
                return

    def close(self) -> tuple[Section, ...]:
        """The sections with their ids, each reaching to the start of the next one."""
        borders = [*(section.start for section in self._sections), len(self._text)]
        named = zip(self._sections, _identifiers(self._sections), pairwise(borders), strict=True)
        return tuple(
            replace(section, section_id=identifier, start=start, end=end)
            for section, identifier, (start, end) in named
        )

    def _closes(self, top: _OpenSection, opening: Opening) -> bool:
        if top.name == opening.name or top.rank > opening.rank:
            return True
        if any(seen.name == opening.name for seen in self._path):
            return True
        # Same default rank, other marker: below it the first time, except among major headings.
        return top.rank == opening.rank == Rank.MAJOR


def _shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _MAX_HEADING else flat[: _MAX_HEADING - 1] + "…"


def _identifiers(sections: Sequence[Section]) -> list[str]:
    """Ids from the heading path, so that a change elsewhere in the document keeps them."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for section in sections:
        digest = hashlib.sha256("\x1f".join(section.path).encode()).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        found.append(f"s{digest}" + (f"-{seen[digest]}" if seen[digest] > 1 else ""))
    return found
