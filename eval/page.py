"""The report as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.charts import WIDTH, chart
from eval.run import Report
from eval.table import interval, number, share

_TEMPLATES = Path(__file__).parent / "templates"


def render_page(report: Report, *, violations: Sequence[str] = ()) -> str:
    """The page; everything from questions and documents is escaped."""
    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            failed=[result for result in report.results if not result.passed],
            charts=(chart("By wording", report.by_wording), chart("By type", report.by_type)),
            groups=(
                ("Question file", report.by_set),
                ("Wording", report.by_wording),
                ("Type", report.by_type),
                ("Document", report.by_document),
            ),
            violations=violations,
            width=WIDTH,
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"share": share, "interval": interval, "number": number}
    return environment
