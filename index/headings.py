"""What the title and the headings above a passage tell of a question, apart from its text.

Who asks for "건축법 시행령 허가" names a title and a heading, but a passage that merely cites them
holds the same words. So it counts how much of the question the headings hold, how much of each of
them the question names, and whether what the title leaves over stands in a heading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.features import AskedTerms, Floats
    from index.ragged import Ragged

ABOVE = (
    "above_late",
    "above_exact",
    "title_asked",
    "own_asked",
    "path_asked",
    "rest_own",
    "rest_path",
    "above_named",
    "numbered",
)
TITLE = 0  # the level of the terms of the title; those of the path follow from 1
LABELS = ("/SN", "/AR")  # what terms end with that are numbers, also of articles
_EXACT = 0.999
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Above:
    """The terms above each candidate: of its title, then of each heading down to its own.

    ``levels`` tells for every term which of them it stands in, shape (flat,); ``labels`` which
    terms are numbers such as "제4조", that order headings and say nothing of their matter.
    ``documents`` and ``sections`` number those of each candidate, in reading order.
    """

    terms: Ragged
    levels: NDArray[np.uint8]
    labels: NDArray[np.bool_]
    documents: NDArray[np.int64]
    sections: NDArray[np.int64]


def heading_features(asked: AskedTerms, above: Above, *, words: Floats) -> Floats:
    """One row a candidate, one column for each of ``ABOVE``, all in 0..1.

    ``words`` are cosines of asked terms with those above, shape (terms, flat).
    """
    if not len(asked.ids) or not above.terms.flat.size:
        return np.zeros((len(above.terms.lengths), len(ABOVE)), dtype=np.float32)
    parts = _Parts(np.square(np.maximum(words, 0)), asked, above)
    met = parts.highest(parts.title | parts.path)
    left = asked.shares[:, None] * (1 - parts.highest(parts.title))
    rest = np.maximum(left.sum(axis=0), _NOTHING)
    columns = (
        met.T @ asked.shares,
        (met > _EXACT).T @ (asked.idf / max(float(asked.idf.sum()), _NOTHING)),
        *(parts.named(chosen) for chosen in (parts.title, parts.own, parts.path)),
        *((left * parts.highest(chosen)).sum(axis=0) / rest for chosen in (parts.own, parts.path)),
        parts.named_together(),
        _numbered(above, own=parts.begun(parts.own), path=parts.begun(parts.path)),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def part_starts(edges: NDArray[np.int64], levels: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Where titles and headings begin among terms of these levels.

    ``edges`` are the borders of rows of terms, shape (rows + 1,), of which some may be empty.
    """
    begins = np.append(True, levels[1:] != levels[:-1])
    begins[edges[:-1][np.diff(edges) > 0]] = True
    return np.flatnonzero(begins[: len(levels)])


class _Parts:
    """The titles and headings of all candidates, one after another.

    ``title``, ``path`` and ``own`` tell of each what it is; ``own`` is the last heading of a path.
    """

    def __init__(self, words: Floats, asked: AskedTerms, above: Above) -> None:
        """``words`` are squared cosines of asked terms with those above, shape (terms, flat)."""
        self._count = len(above.terms.lengths)
        self._owners = above.terms.owners
        self._starts = part_starts(above.terms.starts, above.levels)
        self._of = self._owners[self._starts]
        self._met = np.maximum.reduceat(words, self._starts, axis=1)
        level = above.levels[self._starts]
        self.title, self.path = level == TITLE, level > TITLE
        self.own = np.append(self._of[1:] != self._of[:-1], True) & self.path
        number = words[asked.exact].max(axis=0, initial=0.0) > _EXACT
        self._numbered = (above.labels & number)[self._starts]
        # A number counts only where it is asked.
        self._counts = (~above.labels | number).astype(np.float32)
        self._named = words.max(axis=0) * self._counts

    def highest(self, chosen: NDArray[np.bool_]) -> Floats:
        """The best of each asked term in such parts of a candidate, shape (terms, candidates)."""
        best = np.zeros((len(self._met), self._count), dtype=np.float32)
        of = self._of[chosen]
        if len(of):
            first = np.flatnonzero(np.diff(of, prepend=-1))
            best[:, of[first]] = np.maximum.reduceat(self._met[:, chosen], first, axis=1)
        return best

    def named(self, chosen: NDArray[np.bool_]) -> Floats:
        """How much the question names of the part that it names most, shape (candidates,)."""
        found = np.zeros(self._count, dtype=np.float32)
        np.maximum.at(found, self._of[chosen], self._shares(self._starts)[chosen])
        return found

    def named_together(self) -> Floats:
        """How much the question names of all that stands above, shape (candidates,)."""
        found = np.zeros(self._count, dtype=np.float32)
        first = np.flatnonzero(np.diff(self._owners, prepend=-1))
        found[self._owners[first]] = self._shares(first)
        return found

    def begun(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which candidates have such a part that begins with an asked number."""
        return np.bincount(self._of[chosen & self._numbered], minlength=self._count) > 0

    def _shares(self, starts: NDArray[np.int64]) -> Floats:
        total = np.maximum(np.add.reduceat(self._counts, starts), 1.0)
        return np.asarray(np.add.reduceat(self._named, starts) / total, dtype=np.float32)


def _numbered(above: Above, *, own: NDArray[np.bool_], path: NDArray[np.bool_]) -> Floats:
    """How surely a candidate is what an asked number means: the first of its document to bear it.

    An act has one "제9조" of its own, and then one in many of its supplementary provisions.
    """
    found = np.zeros(len(own), dtype=np.float32)
    for document in np.unique(above.documents[path]):
        here = above.documents == document
        bearing = np.unique(above.sections[here & own])
        inside = np.flatnonzero(here & path)
        before = np.searchsorted(bearing, above.sections[inside], side="right")
        found[inside] = np.where(own[inside], 1.0, 0.5) / np.maximum(before, 1)
    return found
