"""The report on the terminal, as data and as a page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

from eval_fakes import FakeAnswering, cite, make_answer, make_case, unanswerable
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from eval.page import render_page
from eval.report import show_report, write_report
from eval.run import Report, run

EVIL = "<script>alert('1')</script>\"&"


def make_report() -> Report:
    case = make_case(question=EVIL, history=(EVIL,), wording="citizen")
    answer = replace(make_answer(f"{EVIL} [1]", cite("○ (신청 기간)")), short_answer=EVIL)
    evil = replace(answer.citations[0], quote=EVIL, section_path=(EVIL,))
    answer = replace(answer, citations=(evil,))
    return run([case, unanswerable("u1", why=EVIL)], FakeAnswering({EVIL: answer}))


def test_everything_foreign_is_escaped() -> None:
    page = render_page(make_report(), violations=[EVIL])
    assert "<script" not in page
    assert "alert(&#39;1&#39;)" in page


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    page = render_page(make_report())
    tree = LexborHTMLParser(page)
    assert not tree.css("script, link, img, iframe, base, form")
    assert "default-src 'none'" in page
    assert not re.search(r"(?:https?:)?//[a-z]|url\(|@import", page)
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on") or name == "style"]


def test_charts_and_failed_cases_are_there() -> None:
    tree = LexborHTMLParser(render_page(make_report()))
    assert [node.text() for node in tree.css("figcaption")] == ["By wording", "By type"]
    assert len(tree.css("svg")) == 2
    assert len(tree.css("svg rect")) == 4
    (row,) = tree.css("table.failed tbody tr")
    assert "fact group 1 not in answer: 5.18 / 5월 18일" in row.text()
    assert "Citations: 1" in row.text()


def test_an_empty_run_has_a_page(tmp_path: Path) -> None:
    report = run([], FakeAnswering())
    page = write_report(report, tmp_path / "new" / "folder")
    assert "Every case passed" in page.read_text(encoding="utf-8")


def test_data_holds_figures_and_cases(tmp_path: Path) -> None:
    write_report(make_report(), tmp_path, violations=["worse"])
    data = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert data["violations"] == ["worse"]
    assert data["generation"] == "g-1"
    assert data["overall"]["facts_in_answer"]["hits"] == 0
    assert data["overall"]["correct_refusals"]["value"] == 1.0
    assert data["by_wording"]["citizen"]["answerable"] == 1
    assert data["cases"][0]["question"] == EVIL
    assert data["cases"][0]["citations"][0]["quote"] == EVIL


def test_tables_hold_every_group() -> None:
    console = Console(record=True, width=240, file=StringIO())
    show_report(make_report(), console)
    text = console.export_text()
    for word in (
        "Answers by question file",
        "Search and cost by type",
        "citizen",
        "when",
        "(none)",
        "pass every check: 1 of 2",
    ):
        assert word in text
