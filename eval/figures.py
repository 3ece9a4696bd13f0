"""The figures of a group of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.model import Answer
from eval.cases import Case
from eval.checks import Checks
from eval.retrieval import CUTS, mean_reciprocal_rank, recall_at
from eval.stats import Rate, median, percentile, rate

LIST = "list"
NO_DOCUMENT = "(none)"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case, the answer it got and how that was judged.

    ``ms`` is the time to answer; ``rank`` that of the first right section, from 1, None where
    search did not find it or (``searched`` False) was not asked.
    """

    case: Case
    answer: Answer
    checks: Checks
    ms: float
    searched: bool = False
    rank: int | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return not self.checks.reasons


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of some cases; facts, sections and recall count answerable cases only.

    Lengths (characters) and quotes are medians over answers that were not refused, list
    questions aside where the name says so; times are milliseconds.
    """

    cases: int
    answerable: int
    passed: Rate
    facts_in_answer: Rate
    facts_in_evidence: Rate
    right_section: Rate
    quotes_exact: Rate
    false_refusals: Rate
    correct_refusals: Rate
    recall: Mapping[int, Rate]
    mrr: float | None
    median_length: float | None
    median_quotes: float | None
    median_quotes_of_lists: float | None
    ms_median: float | None
    ms_p95: float | None


def figures(results: Sequence[CaseResult]) -> Figures:
    """Aggregate the results of some cases."""
    known = [r for r in results if r.case.answerable]
    unknown = [r for r in results if not r.case.answerable]
    said = [r for r in known if not r.checks.refused]
    ranks = [r.rank for r in known if r.searched]
    times = [r.ms for r in results]
    return Figures(
        cases=len(results),
        answerable=len(known),
        passed=rate(r.passed for r in results),
        facts_in_answer=rate(r.checks.facts_in_answer for r in known),
        facts_in_evidence=rate(r.checks.facts_in_evidence for r in known),
        right_section=rate(r.checks.right_section for r in known),
        quotes_exact=_sum(r.checks.exact for r in results),
        false_refusals=rate(r.checks.refused for r in known),
        correct_refusals=rate(r.checks.refused for r in unknown),
        recall={k: recall_at(ranks, k) for k in CUTS},
        mrr=mean_reciprocal_rank(ranks),
        median_length=median([r.checks.length for r in said]),
        median_quotes=median([r.checks.quotes for r in said if r.case.kind != LIST]),
        median_quotes_of_lists=median([r.checks.quotes for r in said if r.case.kind == LIST]),
        ms_median=median(times),
        ms_p95=percentile(times, 95),
    )


def grouped(
    results: Sequence[CaseResult], keys: Callable[[Case], Iterable[str]]
) -> dict[str, Figures]:
    """Figures by group, the largest group first; a case counts in each of its groups."""
    groups: dict[str, list[CaseResult]] = {}
    for result in results:
        for key in dict.fromkeys(keys(result.case)):
            groups.setdefault(key, []).append(result)
    ordered = sorted(groups.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return {key: figures(members) for key, members in ordered}


def documents_of(case: Case) -> Iterator[str]:
    """The gold documents of a case, or a word for none."""
    yield from (gold.document for gold in case.gold)
    if not case.gold:
        yield NO_DOCUMENT


def _sum(rates: Iterable[Rate]) -> Rate:
    seen = tuple(rates)
    return Rate(hits=sum(r.hits for r in seen), n=sum(r.n for r in seen))
