"""What one answer got right and wrong, with the reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.model import Answer
from corpus.model import Document
from eval import metrics
from eval.cases import Case
from eval.documents import DocumentMap
from eval.stats import Rate

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Checks:
    """The outcome of every check; ``reasons`` is empty where the case passed.

    Facts and section are False for a refusal: nothing was said. ``quotes`` counts the citations
    the text uses, ``length`` characters without markers.
    """

    refused: bool
    facts_in_answer: bool
    facts_in_evidence: bool
    right_section: bool
    exact: Rate
    length: int
    quotes: int
    reasons: tuple[str, ...]


def check(
    case: Case, answer: Answer, *, documents: Mapping[str, Document], names: DocumentMap
) -> Checks:
    """Judge an answer against its case."""
    refused = metrics.refused(answer)
    said = not refused and case.answerable
    in_answer = metrics.missing_in_answer(case.facts, answer)
    in_evidence = metrics.missing_in_evidence(case.facts, answer, documents)
    right = metrics.right_section(case.gold, answer, documents, names)
    exact = metrics.exact_quotes(answer, documents)
    reasons = [*_outcome(case, answer, refused=refused), *_form(answer, exact)]
    if said:
        reasons += _unsaid(case, in_answer, place="answer")
        reasons += _unsaid(case, in_evidence, place="evidence")
        reasons += [] if right else [_wrong_section(case, answer)]
    return Checks(
        refused=refused,
        facts_in_answer=said and not in_answer,
        facts_in_evidence=said and not in_evidence,
        right_section=said and right,
        exact=exact,
        length=metrics.length(answer),
        quotes=len(metrics.used_citations(answer)),
        reasons=tuple(reasons),
    )


def _outcome(case: Case, answer: Answer, *, refused: bool) -> Iterator[str]:
    if case.answerable and refused:
        yield f"refused ({answer.status}) although the documents answer it"
    if not case.answerable and not refused:
        yield f"answered although the documents do not say: {case.why}"


def _form(answer: Answer, exact: Rate) -> Iterator[str]:
    if exact.hits < exact.n:
        yield f"{exact.n - exact.hits} of {exact.n} quotes are not verbatim"
    if dangling := metrics.dangling_markers(answer):
        yield f"markers without a citation: {', '.join(map(str, dangling))}"


def _unsaid(case: Case, missing: Iterable[int], *, place: str) -> Iterator[str]:
    for index in missing:
        alternatives = " / ".join(case.facts[index])
        yield f"fact group {index + 1} not in {place}: {alternatives}"


def _wrong_section(case: Case, answer: Answer) -> str:
    wanted = " or ".join(f"{gold.document} › {gold.section or '(anywhere)'}" for gold in case.gold)
    used = metrics.used_citations(answer)
    cited = dict.fromkeys(f"{c.document_id} › {''.join(c.section_path[-1:])}" for c in used)
    return f"wrong section: {'; '.join(list(cited)[:_SHOWN]) or 'nothing'} cited, not {wanted}"
