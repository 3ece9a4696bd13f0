"""``policy-qa train reader`` from texts to weights, on a handful of questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import wiring
from assistant.cli import make_app
from assistant.model import Question
from assistant.reader import parse_reader
from assistant.sufficiency import FEATURES, Calibration
from eval import calibrate
from eval.reader import command
from index.training.written import WrittenDocument, load_written


@pytest.fixture
def documents() -> tuple[WrittenDocument, ...]:
    return load_written()[:2]


def _questions(documents: tuple[WrittenDocument, ...], path: Path) -> Path:
    asked = [(q.text, q.facts) for d in documents for p in d.passages for q in p.questions[:1]]
    missed = [(m.text, ()) for d in documents for p in d.passages for m in p.misses[:1]]
    rows = [
        {
            "id": f"{path.stem}-{n}",
            "question": text,
            "history": [],
            "type": "which",
            "wording": "citizen",
            "answerable": bool(facts),
            "gold": [{"document": "any", "section": ""}] if facts else [],
            "facts": [[fact] for fact in facts],
            "why": "" if facts else "not stated",
        }
        for n, (text, facts) in enumerate([*asked, *missed])
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_weights_and_decision_are_written_and_used(
    documents: tuple[WrittenDocument, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights, decision = tmp_path / "reader.safetensors", tmp_path / "calibration.yaml"
    questions = (_questions(documents, tmp_path / "one.jsonl"),)
    monkeypatch.setattr(command, "load_written", lambda: documents)
    monkeypatch.setattr(command, "CALIBRATION", questions)
    monkeypatch.setattr(command, "_WEIGHTS", weights)
    monkeypatch.setattr(command, "_CALIBRATION", decision)
    monkeypatch.setattr(calibrate, "_FOLDS", 2)
    work = str(tmp_path / "work")
    options = ["--work", work, "--data", f"{work}/index", "--networks", "1", "--epochs", "1"]
    result = CliRunner().invoke(make_app(), ["train", "reader", *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "unanswerable refused" in result.output
    assert all(f"\n  {name}: " in decision.read_text(encoding="utf-8") for name in FEATURES)
    pipeline = wiring.open_with(
        Path(work) / "index",
        reader=parse_reader(weights.read_bytes()),
        calibration=Calibration.untrained(),
    )
    found = pipeline.find(Question(documents[0].passages[0].questions[0].text))
    assert found.ranked
    assert found.odds != 0
