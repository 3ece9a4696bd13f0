"""What the ranking learns from: candidates of questions whose section is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.ranker import Blend
from index.search import SearchIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

Section = tuple[str, str]  # document id and section id
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the sections that answer it."""

    text: str
    sections: frozenset[Section]


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """The candidates of one question.

    ``features`` has shape (candidates, len(FEATURES)), ``right`` tells which candidates stand in
    a section that answers, ``places`` numbers the section of each; ``text`` is the question and
    ``familiar`` how far it is of the field that a ranking was fitted to, in 0..1.
    """

    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    places: NDArray[np.int64]
    text: str = ""
    familiar: float = 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of ``questions`` whose section is first or among the first five, and MRR@10."""

    questions: int
    first: float
    fifth: float
    mrr: float


def observe(index: SearchIndex, questions: Iterable[Question]) -> list[Observation]:
    """Observations of questions in an index; those whose candidates all fail are kept as well."""
    return [_observation(index, question) for question in questions]


def found(observations: Sequence[Observation]) -> list[Observation]:
    """Those among whose candidates a right one is; the others teach nothing."""
    return [one for one in observations if one.right.any()]


def scored(ranking: Blend, observations: Sequence[Observation]) -> Scores:
    """How candidates are ordered: the sections of observed questions by their best passage."""
    scores = (ranking.scores(one.features, familiar=one.familiar) for one in observations)
    ranks = np.array([_rank(*pair) for pair in zip(observations, scores, strict=True)])
    if not len(ranks):
        return Scores(0, 0.0, 0.0, 0.0)
    gains = np.where(ranks <= _DEPTH, 1.0 / ranks, 0.0)
    parts = ((ranks <= 1).mean(), (ranks <= 5).mean(), gains.mean())
    return Scores(len(ranks), *(round(float(part), 4) for part in parts))


def _rank(observation: Observation, scores: NDArray[np.float32]) -> float:
    """The rank, from 1, of the first right section; infinite where none is a candidate."""
    order = np.argsort(-scores, kind="stable")
    seen: set[int] = set()
    for place in order:
        seen.add(int(observation.places[place]))
        if observation.right[place]:
            return len(seen)
    return float("inf")


def _observation(index: SearchIndex, question: Question) -> Observation:
    observed = index.observe(query=question.text)
    keys = [index.section_key(int(row)) for row in observed.rows]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return Observation(
        features=observed.features,
        right=np.array([key in question.sections for key in keys], dtype=np.bool_),
        places=np.array([numbers[key] for key in keys], dtype=np.int64),
        text=question.text,
        familiar=observed.familiar,
    )
