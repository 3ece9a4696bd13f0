from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import typer
from typer.testing import CliRunner

from eval import command
from index.words import FILE
from tests.eval.test_bench import make_folder


def test_each_number_of_questions_is_asked_with_and_without_the_lexicon(tmp_path: Path) -> None:
    app = typer.Typer()
    command.register(app)
    begin = Path(str(files("index"))) / "weights" / FILE
    options = ["--beir", make_folder(tmp_path / "tiny"), "--begin", begin, "--out", tmp_path]
    counts = ["--count", "0", "--count", "30", "--data", tmp_path / "data"]
    result = CliRunner().invoke(app, ["bench", "curve", *map(str, (*options, *counts))])
    assert result.exit_code == 0, result.output
    rows = json.loads((tmp_path / "curve.json").read_text(encoding="utf-8"))
    assert [(row["learned"], row["lexicon"]) for row in rows] == [
        (0, True),
        (0, False),
        (30, True),
        (30, False),
    ]
    assert all(row["set"] == "tiny" and row["mrr@10"] == 1.0 for row in rows)
    text = (tmp_path / "curve.md").read_text(encoding="utf-8")
    assert "| 30 | 0.750 / 1.000 / 1.000 |" in text
