"""The eval command in-process, with a fake that answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from eval_fakes import GOOD, FakeAnswering
from typer.testing import CliRunner

from assistant.errors import AssistantError
from assistant.ports import Answering
from eval import command
from eval.retrieval import RankedSection, Search

QUESTION = "언제까지인가요?"
ROW = {
    "id": "a",
    "question": QUESTION,
    "history": [],
    "type": "when",
    "wording": "near",
    "answerable": True,
    "gold": [{"document": "call", "section": "신청 기간"}],
    "facts": [["5월 18일", "5.18"]],
    "why": "",
}


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    command.register(app)
    return app


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAnswering:
    answering = FakeAnswering({QUESTION: GOOD})

    def opened(data: Path | None) -> tuple[Answering, Search]:
        return answering, lambda _: [RankedSection("call", ("개요", "신청 기간"))]

    monkeypatch.setattr(command, "open_index_of", opened)
    return answering


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    questions = tmp_path / "mine.jsonl"
    questions.write_text(json.dumps(ROW), encoding="utf-8")
    paths = {"--questions": questions, "--out": tmp_path / "out", "--baseline": tmp_path / "b.json"}
    return ["eval", *(str(word) for pair in paths.items() for word in pair)]


def test_report_is_written(
    app: typer.Typer, fake: FakeAnswering, arguments: list[str], tmp_path: Path
) -> None:
    result = CliRunner().invoke(app, [*arguments, "--as-of", "2026-05-02"])
    assert result.exit_code == 0, result.output
    assert "pass every check: 1 of 1" in result.output
    assert "no accepted figures yet" in result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"index.html", "report.json"}
    assert str(fake.asked[0].as_of) == "2026-05-02 23:59:59+09:00"


def test_accept_then_fall_below(
    app: typer.Typer, fake: FakeAnswering, arguments: list[str], tmp_path: Path
) -> None:
    assert CliRunner().invoke(app, [*arguments, "--accept"]).exit_code == 0
    assert CliRunner().invoke(app, arguments).exit_code == 0
    fake._answers.clear()
    worse = CliRunner().invoke(app, arguments)
    assert worse.exit_code == 1
    assert "Below the accepted figures: mine: facts_in_answer is 0" in worse.output
    data = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert data["violations"]


def test_a_mapped_corpus_is_not_compared(
    app: typer.Typer, fake: FakeAnswering, arguments: list[str], tmp_path: Path
) -> None:
    mapping = tmp_path / "map.json"
    mapping.write_text('{"call": "any"}', encoding="utf-8")
    result = CliRunner().invoke(app, [*arguments[:-2], "--documents", str(mapping)])
    assert result.exit_code == 0
    assert "Not compared" in result.output


@pytest.mark.parametrize("option", ["--questions", "--documents"])
def test_failures_are_said_by_the_command_line(
    app: typer.Typer, fake: FakeAnswering, arguments: list[str], option: str
) -> None:
    result = CliRunner().invoke(app, [*arguments, option, "none.json"])
    assert result.exit_code == 1
    assert isinstance(result.exception, AssistantError)
    assert "none.json: cannot be read" in str(result.exception)


def test_a_wrong_day_is_wrong_usage(
    app: typer.Typer, fake: FakeAnswering, arguments: list[str]
) -> None:
    assert CliRunner().invoke(app, [*arguments, "--as-of", "soon"]).exit_code == 2


def test_out_is_required(app: typer.Typer) -> None:
    assert CliRunner().invoke(app, ["eval"]).exit_code == 2
