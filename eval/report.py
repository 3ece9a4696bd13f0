"""Shows a run on the terminal and writes it as report.json and index.html."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from eval.export import report_data
from eval.page import render_page
from eval.run import Report
from eval.table import interval, share, tables

DATA = "report.json"
PAGE = "index.html"


def make_console() -> Console:
    """Standard output; 120 columns wide where it is not a terminal."""
    console = Console()
    return console if console.is_terminal else Console(width=120)


def show_report(report: Report, console: Console) -> None:
    """Print the tables and the two figures that matter most, with their 95 % interval."""
    for table in tables(report):
        console.print(table)
        console.print()
    overall = report.overall
    for name, rate in (
        ("pass every check", overall.passed),
        ("facts in answer", overall.facts_in_answer),
    ):
        line = f"{name}: {rate.hits} of {rate.n}, {share(rate)} {interval(rate)}"
        console.print(line, highlight=False, markup=False)


def write_report(report: Report, out: Path, *, violations: Sequence[str] = ()) -> Path:
    """Write both files into a folder, made if need be; returns the page's path."""
    out.mkdir(parents=True, exist_ok=True)
    data = {**report_data(report), "violations": list(violations)}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    (out / DATA).write_text(text, encoding="utf-8")
    page = out / PAGE
    page.write_text(render_page(report, violations=violations), encoding="utf-8")
    return page
