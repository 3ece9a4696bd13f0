"""Decides whether the evidence answers the question, or what part of it is not covered."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.focus import FocusTerm
from assistant.question import QuestionAnalysis
from assistant.ranking import Ranked, term_shares

_LONG_QUESTION = 10
_MUCH = 3.0
_SURE = 6.0  # log-odds beyond which the reader is not believed
# 해요체 and looser endings; 하십시오체, 세요 and noun endings are how forms and officers ask.
_COLLOQUIAL = re.compile(
    r"(?<!세)(?:요|여|욤|죠|지|대|래|냐|니|나|임|음|야|어|돼|ㅠ|ㅎ)[?？!.~\sㅠㅎㅋ]*$"
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic regression over the features of ``features``, and the threshold.

    Fitted by ``policy-qa train reader``.
    """

    intercept: float
    weights: tuple[float, ...]
    threshold: float

    @classmethod
    def untrained(cls) -> Calibration:
        """Finds every evidence sufficient; training begins with it."""
        return cls(0.0, (0.0,) * len(FEATURES), 0.0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer, how sure (0..1), and the words the evidence does not cover."""

    sufficient: bool
    probability: float
    missing: tuple[FocusTerm, ...]


FEATURES = (
    "coverage",
    "own",
    "shape",
    "constraint",
    "gap",
    "own_gap",
    "unknown",
    "aspect",
    "aspect_own",
    "named",
    "cue",
    "score",
    "chunk_gap",
    "closed",
    "support",
    "colloquial",
    "length",
    "met",
    "read",
)


def features(
    analysis: QuestionAnalysis, best: Ranked, *, support: float, odds: float
) -> tuple[float, ...]:
    """What the decision rests on; see ``FEATURES``.

    ``gap`` and ``own_gap`` are the largest share of the question that one word not met holds,
    ``unknown`` the share of words that stand nowhere in the index, ``aspect`` how well the last
    noun before the question word is met (what is asked of the subject), ``named`` the least met
    proper noun, ``closed`` the least met region or country, ``support`` how well the clause that
    holds the answer meets the question by itself, ``colloquial`` whether it is asked as people
    speak: they share fewer words with official text when the answer is there, ``length`` the
    number of words asked with, ``met`` the weight of those met, however many others there are,
    ``read`` the reader's log-odds (``odds``).
    """
    shares = term_shares(analysis)
    rows = [
        (term, float(share), float(met), float(own))
        for term, share, met, own in zip(
            analysis.terms, shares, best.match.any, best.match.own, strict=True
        )
    ]
    asked = [row for row in rows if not row[0].carried] or rows
    aspect = next((row for row in reversed(asked) if _is_aspect(row[0])), asked[-1])
    named = [met for term, _, met, _ in asked if term.proper]
    return (
        best.coverage,
        best.own,
        best.type,
        best.constraint,
        max(share * (1 - met) for _, share, met, _ in asked),
        max(share * (1 - own) for _, share, _, own in asked),
        sum(share for term, share, met, _ in asked if not term.known and met < 0.3),
        aspect[2],
        aspect[3],
        min(named, default=1.0),
        best.cue,
        best.score,
        _chunk_gap(asked),
        min((met for term, _, met, _ in asked if term.closed), default=1.0),
        support,
        1.0 if _COLLOQUIAL.search(analysis.text) else 0.0,
        min(len(asked) / _LONG_QUESTION, 1.5),
        min(sum(term.weight * met for term, _, met, _ in asked) / _MUCH, 1.5),
        max(-_SURE, min(_SURE, odds)),
    )


def _chunk_gap(rows: Sequence[tuple[FocusTerm, float, float, float]]) -> float:
    """The largest share of the question that one run of nouns leaves unmet."""
    gaps: dict[int, float] = {}
    for term, share, met, _ in rows:
        gaps[term.chunk] = gaps.get(term.chunk, 0.0) + share * (1 - met)
    return max(gaps.values(), default=1.0)


def _is_aspect(term: FocusTerm) -> bool:
    return term.term.endswith(("/NN", "/SL", "/XR")) and term.weight > 0.2


def judge(
    analysis: QuestionAnalysis,
    best: Ranked,
    *,
    support: float,
    odds: float,
    calibration: Calibration,
) -> Verdict:
    """Decide on the best evidence."""
    values = features(analysis, best, support=support, odds=odds)
    logit = calibration.intercept + sum(
        weight * value for weight, value in zip(calibration.weights, values, strict=True)
    )
    probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
    return Verdict(probability >= calibration.threshold, probability, _missing(analysis, best))


def _missing(analysis: QuestionAnalysis, best: Ranked) -> tuple[FocusTerm, ...]:
    """Words to name as not in the documents: those that stand nowhere, before those not met."""
    asked = [
        (term, float(met))
        for term, met in zip(analysis.terms, best.match.any, strict=True)
        if term.weight >= 0.3 and not term.carried
    ]
    unknown = tuple(term for term, _ in asked if not term.known)
    return unknown or tuple(term for term, met in asked if met < 0.35)
