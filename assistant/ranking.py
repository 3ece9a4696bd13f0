"""Ranks evidence for a question by what it covers, how, and whether it can be the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.cells import units_of
from assistant.evidence import Evidence, is_heading
from assistant.matching import Floats, Match, Matcher
from assistant.question import QuestionAnalysis
from assistant.shape import answer_pattern, shape_fit
from index.alternatives import Alternative

_NUMERIC = frozenset({"when", "how_much", "how_many", "percent", "rank"})
_KIND_MET = 0.8
_KIND_CUE = 0.65
_PLACE_MET = 0.5
_TELLING_HEADING = 28
# How much the reader's opinion counts, and how much of a difference in it is felt.
_READER = 0.5
_SOFTENED = 0.5


@dataclass(frozen=True, slots=True)
class RankWeights:
    """Shares of the ranking features; see ``Ranked`` for what they mean."""

    coverage: float = 1.0
    own: float = 0.45
    type: float = 0.43
    cue: float = 0.45
    constraint: float = 0.4
    retrieval: float = 0.12
    heading: float = -0.25
    length: float = -0.3
    short: float = -0.12
    key: float = 0.15
    closed: float = 0.4


@dataclass(frozen=True, slots=True)
class Ranked:
    """Evidence with its features, each in 0..1.

    ``coverage``: share of the question's words met by the evidence or its context; ``own``: by
    its own words; ``type``: can hold an answer of the asked type; ``cue``: labelled as one;
    ``constraint``: meets the numbers insisted on (1 where there are none); ``retrieval``: how
    high its passage ranked.
    """

    evidence: Evidence
    match: Match
    score: float
    coverage: float
    own: float
    type: float
    cue: float
    constraint: float
    retrieval: float


class Ranker:
    """Ranks the candidates of one question."""

    def __init__(
        self,
        *,
        analysis: QuestionAnalysis,
        matcher: Matcher,
        cues: Sequence[Alternative],
        weights: RankWeights | None = None,
    ) -> None:
        self._analysis = analysis
        self._matcher = matcher
        self._cues = cues
        self._weights = weights or RankWeights()
        self._shares = term_shares(analysis)
        self._pattern = answer_pattern(analysis.repaired)
        kinds = {cue.surface for cue in cues if cue.weight >= _KIND_CUE}
        self._kind_terms = np.array(
            [term.surface in kinds for term in analysis.terms], dtype=np.float32
        )

    def rank(
        self, candidates: Sequence[Evidence], *, retrieval: Mapping[tuple[str, int, int], float]
    ) -> tuple[Ranked, ...]:
        """All candidates, best first."""
        ranked = [self._one(evidence, retrieval.get(evidence.key, 0.0)) for evidence in candidates]
        return tuple(sorted(ranked, key=lambda r: (-r.score, r.evidence.key)))

    def _one(self, evidence: Evidence, retrieval: float) -> Ranked:
        match = self._matcher.match(evidence)
        kind = shape_fit(
            self._pattern,
            self._analysis.types,
            evidence,
            unit=units_of(evidence).every if evidence.item.cells else "",
        )
        match = self._with_kind(match, kind)
        coverage = float(self._shares @ match.any)
        own = float(self._shares @ match.own)
        cue = self._cue(evidence)
        constraint = self._constraint(evidence)
        weights = self._weights
        score = (
            weights.coverage * coverage
            + weights.own * own
            + weights.type * kind
            + weights.cue * cue
            + weights.constraint * (constraint - 1)
            + weights.retrieval * retrieval
            + weights.length * min(len(evidence.text) / 300, 1)
        )
        score += weights.closed * (self._closed(match) - 1)
        if is_heading(evidence):
            bare = len(evidence.text) < _TELLING_HEADING
            listing = self._analysis.type == "list"
            score += 0.0 if listing else weights.heading * (1.0 if bare else 0.3)
        elif evidence.item.cells and self._names_row(evidence):
            score += weights.key
        elif len(evidence.text) < 12 and not evidence.item.cells:
            score += weights.short
        return Ranked(evidence, match, score, coverage, own, kind, cue, constraint, retrieval)

    def _with_kind(self, match: Match, kind: float) -> Match:
        """A noun that only names the kind of answer ("금액", "인원") is met by such an answer."""
        if kind < 1.0 or self._analysis.type not in _NUMERIC or not self._kind_terms.any():
            return match
        met = self._kind_terms * np.float32(_KIND_MET)
        return Match(np.maximum(match.own, met), np.maximum(match.any, met))

    def _cue(self, evidence: Evidence) -> float:
        """Whether the evidence is labelled, or its column headed, as an answer of this type."""
        label = evidence.item.label
        headers = " ".join(cell.header[-1] for cell in evidence.item.cells if cell.header)
        text = f"{label} {headers} {evidence.section.heading[:20]}"
        return max(
            (cue.weight for cue in self._cues if cue.surface in text.replace(" ", "")), default=0.0
        )

    def _closed(self, match: Match) -> float:
        """Whether the regions and countries of the question are met: 1 all, 0 one is not."""
        met = [
            float(m) for term, m in zip(self._analysis.terms, match.any, strict=True) if term.closed
        ]
        return 1.0 if min(met, default=1.0) >= _PLACE_MET else 0.0

    def _names_row(self, evidence: Evidence) -> bool:
        """Whether the question names the row by its own first cell, not by a part of it."""
        key = evidence.item.cells[0].text.replace(" ", "")
        asked = self._analysis.repaired.replace(" ", "")
        return len(key) > 1 and key.lower() in asked.lower()

    def _constraint(self, evidence: Evidence) -> float:
        """The least met of the question's constraints; 0 where one is contradicted."""
        own = f"{evidence.text} {evidence.headers}"
        head = evidence.document.metadata
        path = " ".join(evidence.section.path)
        title = f"{head.title} {head.source_title}"
        published = head.published.year if head.published else 0
        scores: list[float] = []
        for constraint in self._analysis.constraints:
            held = max(
                constraint.holds_in(own),
                0.9 * constraint.holds_in(evidence.parents),
                0.7 * (constraint.holds_in(path) == 1.0),
                0.6 * (constraint.holds_in(title) == 1.0),
                0.6 * (constraint.unit == "년" and constraint.number == published),
            )
            if held == 0 and constraint.conflicts_in(own):
                held = -0.3
            scores.append(held if not constraint.carried else 0.5 + 0.5 * held)
        return min(scores, default=1.0)


def reordered(ranked: Sequence[Ranked], order: Floats) -> tuple[Ranked, ...]:
    """Evidence with the reader's opinion of its best pieces in the score, best first.

    ``order`` holds log-probabilities of the first pieces, shape (n,). The reader's favourite
    gets the best score there is, others fall away from it by how much less likely they are, so
    that scores stay comparable with those of the pieces it did not see.
    """
    if not len(order):
        return tuple(ranked)
    top = max(ranked[0].score, 0.0)
    share = np.exp(_SOFTENED * (order - order.max()))
    read = [
        replace(one, score=(1 - _READER) * one.score + _READER * top * float(liked))
        for one, liked in zip(ranked, share, strict=False)
    ]
    rest = ranked[len(read) :]
    return tuple(sorted((*read, *rest), key=lambda r: (-r.score, r.evidence.key)))


def term_shares(analysis: QuestionAnalysis) -> Floats:
    """Each focus term's share of the question's weight, shape (terms,), summing to 1."""
    weights = np.array([term.weight for term in analysis.terms], dtype=np.float32)
    total = float(weights.sum())
    return weights / total if total > 0 else weights
