from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from eval import command
from eval.bench import adapted as bench_adapted
from eval.bench.adapted import divided
from eval.bench.beir import Collection, Entry, read_collection
from tests.eval.test_bench import make_folder


def many(folder: Path, *, questions: int) -> Path:
    """A folder with questions each of which repeats one of three texts."""
    make_folder(folder)
    rows = [{"_id": f"q{n}", "text": f"{n}번째 질문"} for n in range(questions)]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    lines = [f"q{n}\tp{n % 3}\t1" for n in range(questions)]
    judged = "\n".join(["query-id\tcorpus-id\tscore", *lines])
    (folder / "qrels" / "test.tsv").write_text(judged + "\n", encoding="utf-8")
    return folder


class Remembering:
    """Finds what it was fitted to and nothing else."""

    def __init__(self, log: list[set[str]]) -> None:
        self._log = log
        self._known: dict[str, str] = {}

    def adapt(self, collection: Collection, *, progress: object) -> None:
        self._log.append(set(collection.queries))
        self._known = {
            text: next(iter(collection.relevance[name]))
            for name, text in collection.queries.items()
        }

    def build(self, entries: Sequence[Entry], folder: Path, *, progress: object) -> None:
        assert folder.is_dir()

    def rank(self, query: str, *, limit: int) -> list[str]:
        return [self._known[query]] if query in self._known else []


def test_every_question_is_asked_once_of_what_was_not_fitted_to_it(tmp_path: Path) -> None:
    collection = read_collection(many(tmp_path / "tiny", questions=23))
    pairs = divided(collection, folds=5)
    assert sorted(name for _, asked in pairs for name in asked.queries) == sorted(
        collection.queries
    )
    for learned, asked in pairs:
        assert not learned.queries.keys() & asked.queries.keys()
        assert len(learned.queries) + len(asked.queries) == 23
        assert abs(len(asked.queries) - 23 / 5) < 1


def test_the_command_asks_the_part_left_out_and_other_collections(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log: list[set[str]] = []
    monkeypatch.setattr(bench_adapted, "open_engine", lambda settings, progress: Remembering(log))
    app = typer.Typer()
    command.register(app)
    folder, same = many(tmp_path / "tiny", questions=20), many(tmp_path / "same", questions=20)
    out = tmp_path / "deep" / "adapted.json"
    options = ["--other", str(same), "--folds", "4", "--runs", "2", "--out", str(out)]
    result = CliRunner().invoke(app, ["bench", "adapted", str(folder), *options])
    assert result.exit_code == 0, result.output
    assert [len(learned) for learned in log] == [15, 15]
    assert log[0] != log[1]
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["tiny"]["mean"]["recall@1"] == 0.0
    assert found["same"]["mean"]["recall@1"] == 0.75
    assert len(found["tiny"]["runs"]) == 2
    assert "same: recall@1 0.7500" in result.output
