"""The report as plain data, for report.json and the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.model import Answer
from eval.figures import CaseResult, Figures
from eval.run import Report
from eval.stats import Rate

_DIGITS = 4


def report_data(report: Report) -> dict[str, Any]:
    """Everything a report holds, as JSON values."""
    return {
        "generation": report.generation,
        "as_of": report.as_of.isoformat(),
        "overall": figures_data(report.overall),
        "by_set": _groups(report.by_set),
        "by_wording": _groups(report.by_wording),
        "by_type": _groups(report.by_type),
        "by_document": _groups(report.by_document),
        "cases": [_result(result) for result in report.results],
    }


def figures_data(figures: Figures) -> dict[str, Any]:
    """Figures by name; recall by "recall@k"."""
    return {
        "cases": figures.cases,
        "answerable": figures.answerable,
        **{name: _rate(value) for name, value in rates_of(figures).items()},
        **{name: _rounded(value) for name, value in numbers_of(figures).items()},
    }


def rates_of(figures: Figures) -> dict[str, Rate]:
    """The figures that are proportions, by name."""
    return {
        "passed": figures.passed,
        "facts_in_answer": figures.facts_in_answer,
        "facts_in_evidence": figures.facts_in_evidence,
        "right_section": figures.right_section,
        "quotes_exact": figures.quotes_exact,
        "false_refusals": figures.false_refusals,
        "correct_refusals": figures.correct_refusals,
        **{f"recall@{k}": value for k, value in figures.recall.items()},
    }


def numbers_of(figures: Figures) -> dict[str, float | None]:
    """The figures that are not proportions, by name."""
    return {
        "mrr": figures.mrr,
        "median_length": figures.median_length,
        "median_quotes": figures.median_quotes,
        "median_quotes_of_lists": figures.median_quotes_of_lists,
        "ms_median": figures.ms_median,
        "ms_p95": figures.ms_p95,
    }


def values_of(figures: Figures) -> dict[str, float | None]:
    """Every figure as one number, None where nothing was counted."""
    shares = {name: value.value for name, value in rates_of(figures).items()}
    return {**shares, **numbers_of(figures)}


def _groups(groups: Mapping[str, Figures]) -> dict[str, Any]:
    return {name: figures_data(figures) for name, figures in groups.items()}


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {
        "value": _rounded(rate.value),
        "hits": rate.hits,
        "n": rate.n,
        "low": _rounded(low),
        "high": _rounded(high),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _result(result: CaseResult) -> dict[str, Any]:
    case, checks = result.case, result.checks
    return {
        "id": case.case_id,
        "set": case.source,
        "type": case.kind,
        "wording": case.wording,
        "history": list(case.history),
        "question": case.question,
        "answerable": case.answerable,
        "passed": result.passed,
        "reasons": list(checks.reasons),
        "rank": result.rank,
        "ms": round(result.ms, 1),
        **_answer(result.answer),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "status": str(answer.status),
        "answer": answer.text,
        "short_answer": answer.short_answer,
        "citations": [
            {
                "marker": citation.marker,
                "document_id": citation.document_id,
                "section_path": list(citation.section_path),
                "quote": citation.quote,
                "start": citation.start,
                "end": citation.end,
            }
            for citation in answer.citations
        ],
    }
