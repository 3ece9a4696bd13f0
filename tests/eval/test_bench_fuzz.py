"""Hostile questions: reproducible, of every kind, and none raises."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from eval import command
from eval.bench.fuzz import command as fuzz_command
from eval.bench.fuzz.queries import KINDS, LONGEST, FuzzQuery, fuzz_query
from eval.bench.fuzz.run import run_fuzz, texts_of

PASSAGES = ("신청 기간은 2026년 5월 18일까지이다.", "지방비 매칭은 30% 이상이다.")
QUERIES = [FuzzQuery(number, "kind", f"질문 {number}") for number in range(10)]


def test_a_question_is_known_by_seed_and_number() -> None:
    one = [fuzz_query(number, seed=1, passages=PASSAGES) for number in range(300)]
    assert one == [fuzz_query(number, seed=1, passages=PASSAGES) for number in range(300)]
    assert one != [fuzz_query(number, seed=2, passages=PASSAGES) for number in range(300)]
    assert {query.kind for query in one} == set(KINDS)
    assert max(len(query.text) for query in one) == LONGEST


def test_the_kinds_make_the_trouble_they_name() -> None:
    found = [fuzz_query(number, seed=0, passages=PASSAGES) for number in range(1500)]
    texts = {kind: [query.text for query in found if query.kind == kind] for kind in KINDS}
    assert "" in texts["blank"]
    assert any("\ud800" <= char <= "\udfff" for text in texts["surrogates"] for char in text)
    assert all(not any(char.isspace() for char in text) for text in texts["endless word"])
    assert any(len(text) > 1500 for text in texts["endless word"])
    assert all(len(text) == LONGEST for text in texts["longest"])


def test_failures_are_counted_with_their_number() -> None:
    def fail(text: str) -> None:
        if text == "질문 3":
            raise ValueError("falsch")

    report = run_fuzz(QUERIES, {"search": (fail, 1.0)})
    (failed,) = report.failed
    assert str(failed) == "question 3 (kind) to search: ValueError: falsch"
    assert not report.passed


def test_a_share_of_the_questions_goes_to_the_pipeline() -> None:
    asked: list[str] = []
    report = run_fuzz(QUERIES, {"search": (len, 1.0), "chat": (asked.append, 0.3)})
    assert report.asked == {"search": 10, "chat": 3}
    assert len(asked) == 3
    assert report.passed


@pytest.mark.parametrize(("again", "passed"), [(0.1, True), (0.4, False)])
def test_what_is_slow_is_asked_again(again: float, passed: bool) -> None:
    # Question 2 takes 0.5 s, and when asked again as long as the parameter says.
    takes = [0.01] * 10
    takes[2] = 0.5
    ticks = itertools.accumulate(
        itertools.chain([0.0], *((second, 0.0) for second in (*takes, again)))
    )
    report = run_fuzz(QUERIES, {"search": (len, 1.0)}, limit_ms=250, clock=lambda: next(ticks))
    assert report.passed is passed
    assert report.slowest["search"].query.number == 2
    assert report.slowest["search"].ms == pytest.approx(again * 1000)


def test_texts_to_slice_are_spread_and_filled() -> None:
    assert texts_of(["", "가", " ", "나", "다", "라"], most=2) == ("가", "다")


def run_command(monkeypatch: pytest.MonkeyPatch, ask: object, *arguments: str) -> Result:
    def opened(data: Path | None, *, chat_share: float) -> object:
        return {"search": (ask, 1.0), "chat": (len, chat_share)}, PASSAGES

    monkeypatch.setattr(fuzz_command, "open_targets", opened)
    app = typer.Typer()
    command.register(app)
    return CliRunner().invoke(app, ["bench", "fuzz", *arguments])


def test_command_says_what_it_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run_command(monkeypatch, len, "--count", "50", "--chat-share", "0.1")
    assert result.exit_code == 0, result.output
    assert "search: 50 questions of seed 0, 0 raised; slowest question" in result.output
    assert "chat: 5 questions" in result.output


def test_command_fails_where_a_question_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> None:
        raise RuntimeError("no")

    result = run_command(monkeypatch, fail, "--count", "50")
    assert result.exit_code == 1
    assert "50 raised" in result.output
    assert "question 0 (" in result.output
    assert "and 30 more" in result.output


def test_the_program_raises_on_none_of_two_thousand(bundled_data: Path) -> None:
    targets, passages = fuzz_command.open_targets(bundled_data, chat_share=0.04)
    queries = (fuzz_query(number, seed=7, passages=passages) for number in range(2000))
    report = run_fuzz(queries, targets, limit_ms=float("inf"))
    assert report.asked == {"search": 2000, "chat": 80}
    assert not report.failed, "\n".join(map(str, report.failed))
