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

    from index.features import AskedTerms, Floats, Nearness, Ragged

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


def heading_features(asked: AskedTerms, above: Above, *, near: Nearness) -> Floats:
    """One row a candidate, one column for each of ``ABOVE``, all in 0..1."""
    count = len(above.terms.lengths)
    found = np.zeros((count, len(ABOVE)), dtype=np.float32)
    if not len(asked.ids) or not above.terms.flat.size:
        return found
    words = np.square(np.maximum(near.of(asked, above.terms), 0))
    owners = np.repeat(np.arange(count), above.terms.lengths)
    starts = _starts(owners, above.levels)
    parts = np.maximum.reduceat(words, starts, axis=1)
    of, level = owners[starts], above.levels[starts]
    own = np.append(of[1:] != of[:-1], True) & (level > TITLE)
    title, path = level == TITLE, level > TITLE
    met, own_met, title_met, path_met = (
        _highest(parts[:, chosen], of[chosen], count) for chosen in (title | path, own, title, path)
    )
    shares = _named(words, above, starts, exact=asked.exact)
    left = asked.shares[:, None] * (1 - title_met)
    rest = np.maximum(left.sum(axis=0), _NOTHING)
    found[:, 0] = met.T @ asked.shares
    found[:, 1] = (met > _EXACT).T @ (asked.idf / max(float(asked.idf.sum()), _NOTHING))
    for column, chosen in ((2, title), (3, own), (4, path)):
        np.maximum.at(found[:, column], of[chosen], shares[chosen])
    found[:, 5] = (left * own_met).sum(axis=0) / rest
    found[:, 6] = (left * path_met).sum(axis=0) / rest
    first = np.flatnonzero(np.diff(owners, prepend=-1))
    found[owners[first], 7] = _named(words, above, first, exact=asked.exact)
    begun = above.labels[starts] & (words[asked.exact][:, starts] > _EXACT).any(axis=0) & path
    found[:, 8] = _numbered(above, own=_any(begun & own, of, count), path=_any(begun, of, count))
    return found


def _starts(owners: NDArray[np.int64], levels: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Where a title or a heading begins."""
    changes = (owners[1:] != owners[:-1]) | (levels[1:] != levels[:-1])
    return np.concatenate(([0], np.flatnonzero(changes) + 1))


def _highest(parts: Floats, of: NDArray[np.int64], count: int) -> Floats:
    """The best of each asked term over the parts of a candidate, shape (terms, count)."""
    best = np.zeros((len(parts), count), dtype=np.float32)
    if len(of):
        first = np.flatnonzero(np.diff(of, prepend=-1))
        best[:, of[first]] = np.maximum.reduceat(parts, first, axis=1)
    return best


def _any(parts: NDArray[np.bool_], of: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Which candidates have such a part."""
    return np.bincount(of[parts], minlength=count) > 0


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


def _named(
    words: Floats, above: Above, starts: NDArray[np.int64], *, exact: NDArray[np.bool_]
) -> Floats:
    """How much of what begins at each start the question names; numbers only if asked."""
    named = words.max(axis=0)
    asked_number = words[exact].max(axis=0, initial=0.0) > _EXACT
    counts = (~above.labels | asked_number).astype(np.float32)
    total = np.add.reduceat(counts, starts)
    return np.asarray(
        np.add.reduceat(named * counts, starts) / np.maximum(total, 1.0), dtype=np.float32
    )
