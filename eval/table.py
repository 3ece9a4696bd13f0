"""The figures of a run as tables for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.table import Table

from eval.figures import Figures
from eval.run import Report
from eval.stats import Rate

NOTHING = "–"

_QUALITY = (
    "n",
    "answer-\nable",
    "facts in\nanswer",
    "facts in\nevidence",
    "right\nsection",
    "verbatim\nquotes",
    "false\nrefusals",
    "right\nrefusals",
)
_COST = ("r@1", "r@5", "r@10", "MRR", "length", "quotes", "quotes,\nlists", "ms p50", "ms p95")


def tables(report: Report) -> tuple[Table, ...]:
    """For each way of grouping, how good the answers are; then search, length and time."""
    overall = {**report.by_set, "all": report.overall}
    groups = (
        ("question file", overall),
        ("wording", report.by_wording),
        ("type", report.by_type),
        ("document", report.by_document),
    )
    quality = [_table(f"Answers by {name}", _QUALITY, rows, _quality) for name, rows in groups]
    cost = [_table(f"Search and cost by {name}", _COST, rows, _cost) for name, rows in groups]
    return (*quality, *cost)


def _table(
    title: str,
    headings: Sequence[str],
    rows: Mapping[str, Figures],
    cells: Callable[[Figures], Sequence[str]],
) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("", overflow="fold")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    for name, figures in rows.items():
        table.add_row(name, *cells(figures))
    return table


def _quality(figures: Figures) -> tuple[str, ...]:
    shares = (
        figures.facts_in_answer,
        figures.facts_in_evidence,
        figures.right_section,
        figures.quotes_exact,
        figures.false_refusals,
        figures.correct_refusals,
    )
    return str(figures.cases), str(figures.answerable), *map(share, shares)


def _cost(figures: Figures) -> tuple[str, ...]:
    return (
        *(share(value) for value in figures.recall.values()),
        number(figures.mrr, digits=3),
        number(figures.median_length),
        number(figures.median_quotes, digits=1),
        number(figures.median_quotes_of_lists, digits=1),
        number(figures.ms_median),
        number(figures.ms_p95),
    )


def share(rate: Rate) -> str:
    """A proportion in per cent with one digit."""
    return NOTHING if rate.value is None else f"{rate.value:.1%}"


def interval(rate: Rate) -> str:
    """The 95 % interval of a proportion, in per cent; empty where nothing was counted."""
    low, high = rate.interval
    return f"[{low:.0%}, {high:.0%}]" if rate.n else ""


def number(value: float | None, *, digits: int = 0) -> str:
    """A number with so many digits after the point."""
    return NOTHING if value is None else f"{value:,.{digits}f}"
