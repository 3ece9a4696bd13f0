"""How the words of a question meet pieces of evidence, level by level: what the reader reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evidence import Evidence
from assistant.focus import FocusTerm
from assistant.matching import Floats, Matcher
from assistant.profile import profile
from assistant.question import QuestionAnalysis
from assistant.ranking import Ranked

LEVELS = {
    "own": 0,
    "header": 1,
    "group": 1,
    "parent": 2,
    "caption": 3,
    "heading": 4,
    "path": 5,
    "near": 6,
    "sibling": 7,
    "title": 8,
    "lead": 9,
    "document": 10,
}
_LEVELS = max(LEVELS.values()) + 1
_KINDS = ("NN", "VV", "VA", "SL", "SN", "MA")
# Nearness by meaning says nothing about a whole document, and costs most there.
_TOO_WIDE = "document"
_WORDS, _CONSTRAINTS, _CHARACTERS, _MATCHERS, _SYLLABLES = 8, 2, 40, 4, 4

Vectors = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True, slots=True)
class Interactions:
    """One question against n pieces of evidence, m words, d dimensions.

    ``terms`` of shape (n, m, 24): by level how well each word is met by itself or by words that
    stand for it, by level how near its meaning is, and the two strengths it was ranked by;
    ``words`` (m, 14) what each word is like; ``vectors`` (m, d) what it means; ``profiles``
    (n, ``profile.SIZE``); ``scores`` (n, 7) the features of ranking; ``question`` (3,) its size;
    ``morphemes`` as ``form/TAG``, function words too: they tell what kind of answer is wanted.
    """

    terms: Floats
    words: Floats
    vectors: Floats
    profiles: Floats
    scores: Floats
    question: Floats
    morphemes: tuple[str, ...]


def interactions(
    analysis: QuestionAnalysis,
    ranked: Sequence[Ranked],
    *,
    morphemes: Sequence[str],
    vectors: Vectors,
) -> Interactions:
    """Read a question against ranked evidence, which must not be empty."""
    evidence = [one.evidence for one in ranked]
    meanings = vectors([term.term for term in analysis.terms])
    return Interactions(
        terms=np.concatenate(
            (
                _met(analysis.terms, evidence),
                _near(analysis.terms, evidence, meanings=meanings, vectors=vectors),
                np.stack([np.stack([one.match.own, one.match.any], axis=1) for one in ranked]),
            ),
            axis=2,
            dtype=np.float32,
        ),
        words=np.stack([_attributes(t, v) for t, v in zip(analysis.terms, meanings, strict=True)]),
        vectors=meanings,
        profiles=np.stack([profile(one) for one in evidence]),
        scores=np.array([_features(one) for one in ranked], dtype=np.float32),
        question=np.array(
            (
                min(len(analysis.terms) / _WORDS, 2.0),
                len(analysis.constraints) / _CONSTRAINTS,
                min(len(analysis.text) / _CHARACTERS, 2.0),
            ),
            dtype=np.float32,
        ),
        morphemes=tuple(morphemes),
    )


def _met(terms: Sequence[FocusTerm], evidence: Sequence[Evidence]) -> Floats:
    """Strengths without word vectors, shape (evidence, terms, levels)."""
    matcher = Matcher(terms=terms, candidates=evidence, vectors=None)
    found = np.zeros((len(evidence), len(terms), _LEVELS), dtype=np.float32)
    for row, one in enumerate(evidence):
        for level in one.levels:
            cell = found[row, :, LEVELS[level.name]]
            np.maximum(cell, matcher.strength(level.terms), out=cell)
    return found


def _near(
    terms: Sequence[FocusTerm],
    evidence: Sequence[Evidence],
    *,
    meanings: Floats,
    vectors: Vectors,
) -> Floats:
    """The cosine of each term's nearest word, shape (evidence, terms, levels)."""
    levels = {
        level.terms
        for one in evidence
        for level in one.levels
        if level.name != _TOO_WIDE and level.terms
    }
    column = {word: n for n, word in enumerate(dict.fromkeys(w for ws in levels for w in ws))}
    cosines = meanings @ vectors(list(column)).T
    for row, term in enumerate(terms):
        if term.term in column:
            cosines[row, column[term.term]] = 1.0
    nearest = {words: cosines[:, [column[w] for w in words]].max(axis=1) for words in levels}
    found = np.zeros((len(evidence), len(terms), _LEVELS), dtype=np.float32)
    for row, one in enumerate(evidence):
        for level in one.levels:
            if level.terms in nearest and level.name != _TOO_WIDE:
                cell = found[row, :, LEVELS[level.name]]
                np.maximum(cell, nearest[level.terms], out=cell)
    return found


def _attributes(term: FocusTerm, meaning: Floats) -> Floats:
    tag = term.term.rsplit("/", 1)[-1][:2]
    return np.array(
        (
            term.weight,
            term.known,
            term.carried,
            term.proper,
            term.closed,
            min(len(term.matchers), _MATCHERS) / _MATCHERS,
            len(term.surface) / _SYLLABLES,
            0.0 if meaning.any() else 1.0,
            *(tag == kind for kind in _KINDS),
        ),
        dtype=np.float32,
    )


def _features(one: Ranked) -> tuple[float, ...]:
    return (
        one.score,
        one.coverage,
        one.own,
        one.type,
        one.cue,
        one.constraint,
        one.retrieval,
    )
