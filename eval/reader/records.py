"""What the reader learns from: questions read against evidence, and which of it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.interaction import Interactions
from assistant.matching import Floats
from assistant.model import Question
from assistant.pipeline import READ, Pipeline
from assistant.ranking import Ranked
from eval.matching import contains
from eval.run import AS_OF

# Right evidence that ranked below those the reader will see teaches too, a few pieces of it.
_BELOW = 8
_PARTLY = 0.5
_ENOUGH = 4
_RETRIEVAL = 6  # its place among the ranking features of Interactions.scores


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the facts of a right answer (groups of alternatives; none: unanswerable).

    ``documents`` are those searched, all where empty; ``source`` the only one in which facts
    count, any where empty; ``group`` what is held out together in cross-validation.
    """

    text: str
    facts: tuple[tuple[str, ...], ...]
    group: str
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    source: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A question read: ``right`` (pieces,) is 1 for the answer, 0.5 where its context helps.

    ``sections`` names each piece's document and section.
    """

    read: Interactions
    right: Floats
    sections: tuple[tuple[str, int], ...]
    answerable: bool
    group: str
    voice: str


def collect(pipeline: Pipeline, asked: Sequence[Asked]) -> list[Record]:
    """The records of questions; those that find nothing or name no subject give none."""
    return [record for one in asked if (record := _record(pipeline, one)) is not None]


def without_answer(record: Record) -> Record | None:
    """The question as if the sections that answer it were not there; None where little is left.

    A writer's unanswerable questions differ in style from answerable ones, and a network would
    learn the style; these do not.
    """
    gold = {record.sections[i] for i in np.flatnonzero(record.right > 0)}
    kept = np.array([i for i, s in enumerate(record.sections) if s not in gold], dtype=np.int64)
    if not gold or len(kept) < _ENOUGH:
        return None
    scores = record.read.scores[kept]
    scores[:, _RETRIEVAL] /= max(float(scores[:, _RETRIEVAL].max()), 1e-6)
    read = replace(
        record.read,
        terms=record.read.terms[kept],
        profiles=record.read.profiles[kept],
        scores=scores,
    )
    return replace(
        record,
        read=read,
        right=np.zeros(len(kept), dtype=np.float32),
        sections=tuple(record.sections[i] for i in kept),
        answerable=False,
    )


def _record(pipeline: Pipeline, asked: Asked) -> Record | None:
    found = pipeline.find(Question(asked.text, asked.history, AS_OF, documents=asked.documents))
    if not found.ranked or not found.analysis.terms or pipeline.contact_for(found):
        return None
    grades = np.array([_grade(one, asked) for one in found.ranked], dtype=np.float32)
    kept = _seen(grades)
    ranked = [found.ranked[i] for i in kept]
    return Record(
        read=pipeline.interactions(found.analysis, ranked),
        right=grades[kept],
        sections=tuple(
            (r.evidence.document.document_id, r.evidence.section.ordinal) for r in ranked
        ),
        answerable=bool(asked.facts),
        group=asked.group,
        voice=asked.voice,
    )


def _seen(grades: Floats) -> NDArray[np.int64]:
    places = np.arange(len(grades))
    below = places[READ:][grades[READ:] > 0][:_BELOW]
    return np.concatenate((places[:READ], below))


def _grade(one: Ranked, asked: Asked) -> float:
    evidence = one.evidence
    if not asked.facts or asked.source not in {"", evidence.document.document_id}:
        return 0.0
    if _holds(evidence.text, asked.facts):
        return 1.0
    context = f"{evidence.text}\n{evidence.headers}\n{evidence.parents}"
    return _PARTLY if _holds(context, asked.facts) else 0.0


def _holds(text: str, facts: Sequence[Sequence[str]]) -> bool:
    return all(any(contains(text, wording) for wording in group) for group in facts)
