"""Fits an index to questions reviewed by its operator, without forgetting what it knew.

Word vectors move towards the questions; the ranking learns anew how far to trust each signal, from
questions asked with vectors that had not seen them; and the questions themselves become a field
of the sections that answer them. What was fitted counts for questions like those reviewed, and goes
only as far as older ones do not suffer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from time import monotonic

import numpy as np

from index.errors import AdaptationImpossible
from index.observe import Observation, Question, Scores, found, observe, scored
from index.ranker import Blend, Ranker
from index.replay import Replay, bundled_replay
from index.reviewed import Reviewed
from index.search import Fitted, SearchIndex
from index.semantics import Progress, WordVectors

FEWEST = 40
_FOLDS = 2
_HELD_SHARE, _MOST_HELD = 0.1, 400
_OBSERVED = 3000  # questions whose candidates are looked at, about 10 ms each
_MAY_FALL = 0.01
_TIMES = 1  # how often older questions are learned beside the new ones
_EPOCHS, _RATE, _BATCH = 20, 0.006, 128
_SHARES = (1.0, 0.75, 0.5, 0.25)  # of the way to what was fitted, as far as nothing is forgotten


@dataclass(frozen=True, slots=True)
class Pair:
    """A reviewed question and the section that answers it."""

    question: str
    document_id: str
    section_id: str


@dataclass(frozen=True, slots=True)
class AdaptReport:
    """What an adaptation brought, as shares of questions it was not fitted to.

    ``own`` are pairs held back, ``kept`` older questions of other documents; ``unknown`` pairs
    name sections that the index does not hold.
    """

    pairs: int
    unknown: int
    own_before: Scores
    own_after: Scores
    kept_before: Scores
    kept_after: Scores
    seconds: float

    def as_json(self) -> dict[str, object]:
        """The report as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True, eq=False)
class Adaptation:
    """What was fitted; ``words`` is None where the embedding is not made of words."""

    words: WordVectors | None
    ranker: Ranker
    reviewed: tuple[Reviewed, ...]
    report: AdaptReport


def fit_adaptation(index: SearchIndex, pairs: Sequence[Pair], *, progress: Progress) -> Adaptation:
    """Fits to the pairs whose sections the index holds.

    Raises AdaptationImpossible where there are fewer than ``FEWEST`` of them.
    """
    started = monotonic()
    if len(pairs) < FEWEST:
        raise AdaptationImpossible(
            f"{len(pairs)} reviewed questions are too few, at least {FEWEST} are needed; add more"
        )
    known = _known(index, pairs)
    if len(known) < FEWEST:
        raise AdaptationImpossible(
            f"only {len(known)} of {len(pairs)} reviewed questions name a section of this index, "
            f"at least {FEWEST} are needed; check document_id and section_id of the pairs"
        )
    order = np.random.default_rng(0).permutation(len(known))
    held_count = min(int(len(known) * _HELD_SHARE), _MOST_HELD)
    held = [known[n] for n in order[:held_count]]
    learned = [known[n] for n in order[held_count:]]
    observed = _cross_observed(index, learned, progress=progress)
    words = _moved(index, learned)
    replay = bundled_replay()
    refitted = _refitted(observed, replay, before=index.ranking.own, progress=progress)
    after = index.adapted(Fitted(ranker=refitted, reviewed=learned), words=words)
    kept_before, kept_after = (_seen_by(one, replay.held) for one in (index, after))
    ranking = _harmless(index.ranking, after.ranking, kept_before, kept_after)
    asked = [_question(one) for one in held]
    report = AdaptReport(
        pairs=len(known),
        unknown=len(pairs) - len(known),
        own_before=scored(index.ranking, observe(index, asked)),
        own_after=scored(ranking, observe(after, asked)),
        kept_before=scored(index.ranking, kept_before),
        kept_after=scored(ranking, kept_after),
        seconds=round(monotonic() - started, 1),
    )
    return Adaptation(words, ranking.own, tuple(known), report)


def _known(index: SearchIndex, pairs: Sequence[Pair]) -> list[Reviewed]:
    sections: dict[str, frozenset[str]] = {}
    for name in {pair.document_id for pair in pairs} & index.documents.keys():
        sections[name] = frozenset(one.section_id for one in index.documents[name].sections)
    return [
        Reviewed(
            pair.question,
            tuple(index.segmenter.terms(pair.question)),
            (pair.document_id, pair.section_id),
        )
        for pair in dict.fromkeys(pairs)
        if pair.section_id in sections.get(pair.document_id, frozenset())
    ]


def _cross_observed(
    index: SearchIndex, learned: Sequence[Reviewed], *, progress: Progress
) -> list[Observation]:
    """Candidates of questions, each asked of an index that was fitted to the others."""
    observed: list[Observation] = []
    each = min(_OBSERVED, len(learned)) // _FOLDS
    for fold in range(_FOLDS):
        others = [one for place, one in enumerate(learned) if place % _FOLDS != fold]
        asked = [_question(one) for one in learned[fold::_FOLDS][:each]]
        fitted = index.adapted(
            Fitted(ranker=index.ranking.own, reviewed=others), words=_moved(index, others)
        )
        for place, question in enumerate(asked):
            observed.extend(observe(fitted, [question]))
            progress("asking reviewed questions", fold * each + place + 1, each * _FOLDS)
    return found(observed)


def _moved(index: SearchIndex, learned: Sequence[Reviewed]) -> WordVectors | None:
    from index.training.adapting import adapt_words  # noqa: PLC0415 - loads torch

    words = index.word_vectors
    if words is None:
        return None
    sections = tuple(dict.fromkeys(one.section for one in learned))
    places = {section: place for place, section in enumerate(sections)}
    return adapt_words(
        words,
        questions=[one.terms for one in learned],
        answers=[places[one.section] for one in learned],
        sections=index.section_terms(sections),
    )


def _refitted(
    observed: Sequence[Observation], replay: Replay, *, before: Ranker, progress: Progress
) -> Ranker:
    """The ranking fitted further, to new and older questions."""
    from index.training.listwise import Fit, padded, refit_ranker  # noqa: PLC0415 - loads torch

    every = [*observed, *(replay.learned * _TIMES)]
    lists = padded([one.features for one in every], [one.right for one in every])
    return refit_ranker(
        before,
        lists,
        Fit(epochs=_EPOCHS, rate=_RATE, batch=_BATCH),
        progress=lambda done, of: progress("fitting the ranking", done, of),
    )


def _seen_by(index: SearchIndex, older: Sequence[Observation]) -> list[Observation]:
    """Older questions as an index takes them: near to its reviewed ones or not."""
    return [replace(one, familiar=index.familiarity(one.text)) for one in older]


def _harmless(
    before: Blend, after: Blend, kept_before: list[Observation], kept_after: list[Observation]
) -> Blend:
    """The fitted ranking, only as far on its way as older questions allow."""
    from index.training.listwise import between  # noqa: PLC0415 - loads torch

    allowed = scored(before, kept_before).first - _MAY_FALL
    for share in _SHARES:
        ranking = Blend(after.usual, between(before.own, after.own, share=share))
        if scored(ranking, kept_after).first >= allowed:
            return ranking
    return Blend(after.usual, before.own)


def _question(one: Reviewed) -> Question:
    return Question(one.question, frozenset({one.section}))
