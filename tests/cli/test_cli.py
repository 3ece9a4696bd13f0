"""The command line in a process: output, one line for a failure, exit status 0, 1 or 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Done, Run

ROWS = [
    {"id": "a", "question": "언제까지?", "history": [], "gold": ["passed over"]},
    {"id": 2, "question": "우편도?", "history": ["언제까지?"]},
]


def failed(done: Done, status: int = 1) -> str:
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    if status == 1:
        assert done.stderr.startswith("policy-qa: ")
        assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "질문", "--batch", "x"],
        ["ask", "--batch", "x"],
        ["ask", "질문", "--out", "x"],
        ["ask", "질문", "--as-of", "내일"],
        ["ask", "질문", "--wrong"],
        ["serve", "--port", "70000"],
        ["serve", "--port", "web"],
        ["nothing"],
        ["index", "nothing"],
    ],
)
def test_usage(run: Run, arguments: list[str]) -> None:
    assert "Traceback" not in failed(run(*arguments), 2)


def test_missing_index(run: Run) -> None:
    assert "policy-qa index build" in failed(run("ask", "질문"))
    assert "no-such" in failed(run("ask", "질문", "--data", "no-such"))


@pytest.mark.usefixtures("built")
def test_failures_are_one_line(run: Run, tmp_path: Path) -> None:
    assert "damaged; build again" in failed(run("ask", "질문", FAKE_DAMAGED="1"))
    assert "ValueError: surprise" in failed(run("ask", "질문", FAKE_BUG="1"))
    assert "질문이 비어 있습니다" in failed(run("ask", "  "))
    assert "2000자" in failed(run("ask", "가" * 2001))
    assert "none.jsonl" in failed(run("index", "adapt", "--pairs", "none.jsonl"))
    assert "POLICY_QA_PORT: " in failed(run("ask", "질문", POLICY_QA_PORT="http"))
    assert "none.jsonl" in failed(run("ask", "--batch", "none.jsonl", "--out", "o"))


@pytest.mark.usefixtures("built")
def test_ask(run: Run) -> None:
    done = run("ask", "언제까지?", "--as-of", "2026-06-01")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "6시까지 받습니다. [1]" in done.stdout
    assert "기준일 2026-06-01" in done.stdout


@pytest.mark.usefixtures("built")
def test_ask_as_json(run: Run) -> None:
    body = json.loads(run("ask", "언제까지?", "--json", "--as-of", "2026-06-01").stdout)
    assert body["as_of"] == "2026-06-01"
    assert body["citations"][0]["marker"] == 1
    assert body["conversation_id"] is None


@pytest.mark.usefixtures("built")
def test_batch(run: Run, tmp_path: Path) -> None:
    lines = "\ufeff" + "\n".join(json.dumps(row) for row in ROWS) + "\n\n"
    (tmp_path / "q.jsonl").write_text(lines, "utf-8")
    done = run("ask", "--batch", "q.jsonl", "--out", "new/a.jsonl", "--as-of", "2026-06-01")
    assert done.returncode == 0, done.stderr
    answers = [json.loads(x) for x in (tmp_path / "new/a.jsonl").read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2]
    assert {answer["as_of"] for answer in answers} == {"2026-06-01"}
    assert len({answer["answer_id"] for answer in answers}) == 2


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "line 3"),
        ('{"id": "x"}', "line 3: question"),
        ('{"id": "x", "question": 5}', "line 3: question"),
        ('{"id": "x", "question": " "}', "line 3: the question is empty"),
        ('{"id": "x", "question": "?", "history": "?"}', "line 3: history"),
    ],
)
def test_bad_line_of_a_batch(run: Run, tmp_path: Path, line: str, why: str) -> None:
    text = "\n".join([*(json.dumps(row) for row in ROWS), line])
    (tmp_path / "q.jsonl").write_text(text, "utf-8")
    assert why in failed(run("ask", "--batch", "q.jsonl", "--out", "a.jsonl"))
    assert not (tmp_path / "a.jsonl").exists()


def test_index_commands(run: Run, tmp_path: Path) -> None:
    done = run("index", "build", "--data", "d")
    assert done.returncode == 0
    assert done.stdout.startswith("g1: ")
    assert done.stderr == "skipped: bad.bin: unsupported\n"
    assert (tmp_path / "d" / "CURRENT").exists()
    assert "generations: g0, g1" in run("index", "status").stdout
    assert json.loads(run("index", "status", "--json").stdout)["current"] == "g1"
    assert run("index", "rollback").stdout == "now serving g0\n"


def plug_in(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "plug-ins"
    info = folder / "extra-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: extra\nVersion: 1\n", "utf-8")
    entry = "[policy_qa.commands]\nextra = extra:register\n"
    (info / "entry_points.txt").write_text(entry, "utf-8")
    (folder / "extra.py").write_text(source, "utf-8")


def test_plug_in_adds_its_commands(run: Run, tmp_path: Path) -> None:
    source = "def register(app):\n    @app.command()\n    def extra():\n        print('hi')\n"
    plug_in(tmp_path, source)
    assert run("extra").stdout == "hi\n"
    assert "extra" in run("--help").stdout


def test_broken_plug_in_fails_alone(run: Run, tmp_path: Path) -> None:
    plug_in(tmp_path, "raise RuntimeError('no licence')\n")
    assert "no licence" in failed(run("extra", "--anything", "x"))
    assert "policy-qa index build" in failed(run("ask", "질문"))
