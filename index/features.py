"""What tells how well a passage answers a question: one row of numbers a candidate.

Everything is computed from term numbers, so that no text is segmented while a question waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.headings import ABOVE, Above, heading_features
from index.ragged import Ragged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

COMPUTED = (
    "late",
    "late_near",
    "late_exact",
    "late_window",
    "late_lead",
    "lead_asked",
    "adjacent",
    "section",
    "section_covered",
    "numbers",
    "bare",
    *ABOVE,
)
_NEAR = 0.5  # cosine from which two words count as the same
_EXACT = 0.999
_WINDOW, _STRIDE = 40, 20  # terms
_K1, _B = 1.2, 0.5
_BITS = 32  # of a term's number


@dataclass(frozen=True, slots=True)
class AskedTerms:
    """The distinct content terms of a question.

    ``ids`` are numbers of the index's vocabulary (-1 unknown), ``idf`` inverse document
    frequencies, ``shares`` how much each term counts for meaning (summing to 1), ``vectors``
    unit word vectors, shape (terms, dimension), ``exact`` which terms are numbers or articles;
    ``follows`` pairs (i, j) of terms that stand side by side.
    """

    ids: Ints
    idf: Floats
    shares: Floats
    vectors: Floats
    exact: NDArray[np.bool_]
    follows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """What the features need of the candidates: their terms, and those of their sections.

    ``passages`` holds heading and body terms, ``sections`` the body terms of the passage and
    its neighbours in the section, ``leads`` the first terms of the section, ``mean_section`` the
    mean length of a section in terms, ``bare`` which candidates are headings without text,
    ``above`` the terms of titles and headings alone, and ``headed`` where they stand among those
    of ``passages``.
    """

    passages: Ragged
    sections: Ragged
    leads: Ragged
    mean_section: float
    bare: NDArray[np.bool_]
    above: Above
    headed: Ints


def features(asked: AskedTerms, texts: Texts, *, near: Nearness) -> Floats:
    """One row a candidate, one column for each of ``COMPUTED``."""
    count = len(texts.passages.lengths)
    if not len(asked.ids) or not count:
        return np.zeros((count, len(COMPUTED)), dtype=np.float32)
    together = near.of(asked, np.concatenate((texts.passages.flat, texts.leads.flat)))
    words, lead_words = np.split(together, [texts.passages.flat.size], axis=1)
    best = _row_maximum(words, texts.passages)
    idf = asked.idf / max(float(asked.idf.sum()), 1e-9)
    exact = best > _EXACT
    columns = (
        np.square(np.maximum(best, 0)).T @ asked.shares,
        (best > _NEAR).T @ asked.shares,
        exact.T @ idf,
        _windowed(words, texts.passages, asked.shares),
        np.square(np.maximum(_row_maximum(lead_words, texts.leads), 0)).T @ asked.shares,
        _lead_asked(lead_words, texts.leads),
        _adjacent(asked, texts.passages),
        *_section(asked, texts),
        exact.T @ (asked.exact / max(float(asked.exact.sum()), 1.0)),
        texts.bare.astype(np.float32),
    )
    headings = heading_features(asked, texts.above, words=words[:, texts.headed])
    return np.concatenate((np.stack(columns, axis=1), headings), axis=1).astype(np.float32)


class Nearness:
    """Cosines between the words of a question and those of texts, from a table of vectors."""

    def __init__(self, *, rows: NDArray[np.int32], vectors: Floats) -> None:
        """``rows`` gives for each vocabulary number its row of ``vectors`` (0: no vector)."""
        self._rows = rows
        self._vectors = vectors

    def of(self, asked: AskedTerms, terms: NDArray[np.int32]) -> Floats:
        """Cosine of each asked term with each of these, shape (asked terms, terms).

        The same term counts 1 even where it has no vector.
        """
        unique, places = self._distinct(terms)
        cosines = asked.vectors @ self._vectors[self._rows[unique]].T
        cosines[asked.ids[:, None] == unique[None, :]] = 1.0
        return np.take(cosines.astype(np.float32, copy=False), places, axis=1)

    def _distinct(self, flat: NDArray[np.int32]) -> tuple[Ints, Ints]:
        """The distinct numbers, and the place of each among them; faster than sorting."""
        stands = np.zeros(len(self._rows), dtype=np.bool_)
        stands[flat] = True
        unique = np.flatnonzero(stands)
        places = np.empty(len(self._rows), dtype=np.int64)
        places[unique] = np.arange(len(unique))
        return unique, places[flat]


def _row_maximum(words: Floats, texts: Ragged) -> Floats:
    """The best cosine of each asked term in each text, shape (terms, texts); empty texts: 0."""
    found = np.zeros((len(words), len(texts.lengths)), dtype=np.float32)
    filled = texts.lengths > 0
    if filled.any():
        found[:, filled] = np.maximum.reduceat(words, texts.starts[:-1][filled], axis=1)
    return found


def _windowed(words: Floats, texts: Ragged, shares: Floats) -> Floats:
    """Like late interaction, but all words must be met within one stretch of the text."""
    best = np.zeros(len(texts.lengths), dtype=np.float32)
    if not texts.flat.size:
        return best
    starts, owners = _blocks(texts)
    blocks = np.square(np.maximum(np.maximum.reduceat(words, starts, axis=1), 0))
    # A window is a block and the next one of the same text.
    paired = blocks.copy()
    same = owners[:-1] == owners[1:]
    paired[:, :-1][:, same] = np.maximum(blocks[:, :-1], blocks[:, 1:])[:, same]
    np.maximum.at(best, owners, paired.T @ shares)
    return best


def _blocks(texts: Ragged) -> tuple[Ints, Ints]:
    """Starts of blocks of ``_STRIDE`` terms within each text, and the text of each block."""
    counts = -(-texts.lengths // _STRIDE)
    owners = np.repeat(np.arange(len(counts)), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    return texts.starts[owners] + (np.arange(len(owners)) - first) * _STRIDE, owners


def _lead_asked(words: Floats, leads: Ragged) -> Floats:
    """How much of a section's opening the question names: tells "햇살론" from "햇살론 youth"."""
    asked = np.square(np.maximum(words.max(axis=0), 0))
    totals = np.concatenate(([0.0], np.cumsum(asked)))
    gained = totals[leads.starts[1:]] - totals[leads.starts[:-1]]
    return np.asarray(gained / np.maximum(leads.lengths, 1), dtype=np.float32)


def _adjacent(asked: AskedTerms, texts: Ragged) -> Floats:
    """The share of neighbouring terms of the question that are neighbours in the text too."""
    follows = np.array(asked.follows, dtype=np.int64).reshape(-1, 2)
    weights = asked.idf[follows].sum(axis=1)
    total = max(float(weights.sum()), 1e-9)
    known = (asked.ids[follows] >= 0).all(axis=1)
    left, right = asked.ids[follows[known]].T
    owners = texts.owners
    inside = owners[:-1] == owners[1:]
    pairs = (texts.flat[:-1].astype(np.int64) << _BITS | texts.flat[1:])[inside]
    held = _times(left << _BITS | right, pairs, owners[:-1][inside], count=len(texts.lengths)) > 0
    return np.asarray(weights[known] @ held / total, dtype=np.float32)


def _section(asked: AskedTerms, texts: Texts) -> tuple[Floats, Floats]:
    """BM25 of the whole section as a share of the best possible, and which idf it covers."""
    lengths = texts.sections.lengths
    longer = _K1 * (1 - _B + _B * lengths / max(texts.mean_section, 1.0))
    times = _times(asked.ids, texts.sections.flat, texts.sections.owners, count=len(lengths))
    idf = asked.idf / max(float(asked.idf.sum()), 1e-9)
    scores = np.stack((idf @ (times / (times + longer)), idf @ (times > 0))).astype(np.float32)
    return scores[0], scores[1]


def _times(wanted: Ints, found: NDArray[Any], owners: Ints, *, count: int) -> NDArray[np.int64]:
    """How often each of the wanted numbers stands with each owner, shape (wanted, count).

    Of equal wanted numbers only one is counted.
    """
    if not len(wanted):
        return np.zeros((0, count), dtype=np.int64)
    order = np.argsort(wanted)
    slots = np.minimum(np.searchsorted(wanted[order], found), len(order) - 1)
    held = np.flatnonzero(wanted[order][slots] == found)
    keys = order[slots[held]] * count + owners[held]
    return np.bincount(keys, minlength=len(order) * count).reshape(len(order), count)
