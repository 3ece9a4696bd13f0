"""Asks every question of a set and gathers the figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from assistant.model import Question
from assistant.ports import Answering
from eval.cases import Case
from eval.checks import check
from eval.documents import DocumentMap
from eval.figures import CaseResult, Figures, documents_of, figures, grouped
from eval.retrieval import Search, first_rank

# The call for quantum clusters, which many cases ask about, is open on this day.
AS_OF = datetime(2026, 5, 1, 12, 0, tzinfo=timezone(timedelta(hours=9), "KST"))

Progress = Callable[[int, int], None]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Report:
    """The results of a run and their figures: all together, by question file, and by kind."""

    generation: str
    as_of: datetime
    results: tuple[CaseResult, ...]
    overall: Figures
    by_set: Mapping[str, Figures]
    by_wording: Mapping[str, Figures]
    by_type: Mapping[str, Figures]
    by_document: Mapping[str, Figures]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How a run is made: the day it pretends to be, id map, search to measure, clock (seconds)."""

    as_of: datetime = AS_OF
    names: DocumentMap = field(default_factory=DocumentMap)
    search: Search | None = None
    clock: Clock = time.perf_counter


def run(
    cases: Sequence[Case],
    answering: Answering,
    *,
    setup: Setup | None = None,
    progress: Progress | None = None,
) -> Report:
    """Ask every case; ``progress`` is told (done, all) after each one."""
    setup = setup or Setup()
    results: list[CaseResult] = []
    for case in cases:
        results.append(_ask(case, answering, setup=setup))
        if progress is not None:
            progress(len(results), len(cases))
    return summarise(results, generation=answering.generation, as_of=setup.as_of)


def summarise(results: Sequence[CaseResult], *, generation: str, as_of: datetime) -> Report:
    """The figures of results that are already there."""
    return Report(
        generation=generation,
        as_of=as_of,
        results=tuple(results),
        overall=figures(results),
        by_set=grouped(results, lambda case: [case.source]),
        by_wording=grouped(results, lambda case: [case.wording]),
        by_type=grouped(results, lambda case: [case.kind]),
        by_document=grouped(results, documents_of),
    )


def _ask(case: Case, answering: Answering, *, setup: Setup) -> CaseResult:
    question = Question(text=case.question, history=case.history, as_of=setup.as_of)
    started = setup.clock()
    answer = answering.answer(question)
    ms = (setup.clock() - started) * 1000
    searched = setup.search is not None and case.answerable
    return CaseResult(
        case=case,
        answer=answer,
        checks=check(case, answer, documents=answering.documents, names=setup.names),
        ms=ms,
        searched=searched,
        rank=_rank(case, setup=setup) if searched else None,
    )


def _rank(case: Case, *, setup: Setup) -> int | None:
    """A follow-up is searched with the questions before it, as it means nothing alone."""
    if setup.search is None:
        return None
    ranked = setup.search(" ".join((*case.history, case.question)))
    return first_rank(case.gold, ranked, names=setup.names)
