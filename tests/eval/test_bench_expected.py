"""Accepted scores: what is compared, what counts as a drop, the table with peers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from eval import command
from eval.bench import command as bench_command
from eval.bench import expected as stored
from eval.bench.beir import Collection, Entry
from eval.bench.compare import markdown
from eval.bench.expected import CHECKED, TOLERANCE, Expected, accept, digest_of, dropped
from eval.bench.measure import Step
from eval.errors import BenchmarkError

COLLECTION = Collection(
    name="tiny",
    entries=(Entry("p0", "", "사과는 빨갛다."), Entry("p1", "", "하늘은 파랗다.")),
    queries={"q0": "사과", "q1": "하늘"},
    relevance={"q0": {"p0": 1}, "q1": {"p1": 1}},
)
SCORES = {"tiny": dict.fromkeys(CHECKED, 0.9)}
NOTHING = Expected(command="", tolerance=TOLERANCE, sets={})
ACCEPTED = accept(NOTHING, [COLLECTION], SCORES, command="command")
KEYS = "recall@1 recall@3 recall@5 recall@10 mrr@10 ndcg@10 build_s query_ms_p50 query_ms_p95"


class InOrder:
    """Ranks the texts in the order they were given, or backwards."""

    def __init__(self, *, backwards: bool = False) -> None:
        self.backwards = backwards
        self.ids: list[str] = []

    def build(self, entries: Sequence[Entry], folder: Path, *, progress: Step) -> None:
        self.ids = [entry.entry_id for entry in entries][:: -1 if self.backwards else 1]

    def rank(self, query: str, *, limit: int) -> list[str]:
        return self.ids[:limit]


@pytest.mark.parametrize("fall", [0.0, TOLERANCE, -0.2])
def test_within_the_tolerance(fall: float) -> None:
    now = {"tiny": dict.fromkeys(CHECKED, 0.9 - fall)}
    assert dropped(ACCEPTED, [COLLECTION], now) == []


def test_a_drop_names_set_and_figure() -> None:
    now = {"tiny": {**SCORES["tiny"], "recall@5": 0.9 - TOLERANCE - 1e-4}}
    (line,) = dropped(ACCEPTED, [COLLECTION], now)
    assert line == "tiny: recall@5 is 0.8949, accepted 0.9 with tolerance 0.005"


def test_times_are_not_accepted() -> None:
    found = accept(NOTHING, [COLLECTION], {"tiny": {**SCORES["tiny"], "build_s": 1.0}}, command="")
    assert set(found.sets["tiny"].scores) == set(CHECKED)


@pytest.mark.parametrize(
    "changed",
    [
        replace(COLLECTION, entries=(Entry("p0", "", "사과"), COLLECTION.entries[1])),
        replace(COLLECTION, queries={"q0": "배", "q1": "하늘"}),
        replace(COLLECTION, relevance={"q0": {"p0": 2}, "q1": {"p1": 1}}),
        replace(COLLECTION, name="other"),
    ],
)
def test_a_changed_collection_is_not_compared(changed: Collection) -> None:
    assert stored.unknown(ACCEPTED, [COLLECTION, changed]) == [changed.name]
    with pytest.raises(BenchmarkError, match="nothing to compare"):
        dropped(ACCEPTED, [changed], {changed.name: dict.fromkeys(CHECKED, 0.0)})


def test_the_digest_is_of_the_content_not_of_its_order() -> None:
    turned = replace(COLLECTION, entries=COLLECTION.entries[::-1])
    assert digest_of(turned) == digest_of(COLLECTION)


def test_stored_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "expected.json"
    assert stored.read_expected(path) == NOTHING
    stored.write_expected(ACCEPTED, path)
    assert stored.read_expected(path) == ACCEPTED
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="not accepted scores"):
        stored.read_expected(path)


def test_the_bundled_scores_are_readable_and_name_their_command() -> None:
    bundled = stored.read_expected(stored.EXPECTED)
    assert bundled.command.startswith("policy-qa bench table")
    assert bundled.sets
    assert all(set(found.scores) == set(CHECKED) for found in bundled.sets.values())


def test_markdown_puts_peers_beside_us_with_ratios() -> None:
    ours = {"tiny": dict.fromkeys(KEYS.split(), 0.5)}
    peers = {"other": {"tiny": dict.fromkeys(KEYS.split(), 1.0)}}
    text = markdown(ours, peers)
    assert "| policy-qa | 0.500 | 0.500 | 0.500 | 0.500 | 0.50 | 0.50 | 0.50 |" in text
    assert "| other | 1.000 | 1.000 | 1.000 | 1.000 | 1.00 (2.00) | 1.00 (2.00)" in text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    rows = [{"_id": e.entry_id, "title": e.title, "text": e.text} for e in COLLECTION.entries]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    asked = [{"_id": name, "text": text} for name, text in COLLECTION.queries.items()]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("head\nq0\tp0\t1\nq1\tp1\t1\n", encoding="utf-8")
    return folder


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> InOrder:
    engine = InOrder()
    monkeypatch.setattr(bench_command, "open_engine", lambda settings, progress: engine)
    peers = {"other": lambda: InOrder(backwards=True)}
    monkeypatch.setattr(bench_command, "open_peers", lambda settings, progress: peers)
    monkeypatch.setattr(stored, "EXPECTED", tmp_path / "expected.json")
    return engine


def run_command(*arguments: str | Path) -> Result:
    app = typer.Typer()
    command.register(app)
    return CliRunner().invoke(app, ["bench", *map(str, arguments)])


def test_accept_then_drop(engine: InOrder, folder: Path, tmp_path: Path) -> None:
    (folder / "queries.jsonl").write_text('{"_id": "q0", "text": "사과"}', encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("head\nq0\tp0\t1\n", encoding="utf-8")
    arguments = ("retrieval", folder, "--out", tmp_path / "b.json")
    assert run_command(*arguments, "--accept").exit_code == 0
    same = run_command(*arguments, "--check")
    assert same.exit_code == 0, same.output
    assert "No score is below" in same.output
    engine.backwards = True
    worse = run_command(*arguments, "--check")
    assert worse.exit_code == 1
    (line,) = [line for line in worse.output.splitlines() if "Below" in line]
    assert "tiny: recall@1 is 0, accepted 1 with tolerance" in line


def test_check_without_anything_to_compare(engine: InOrder, folder: Path, tmp_path: Path) -> None:
    result = run_command("retrieval", folder, "--out", tmp_path / "b.json", "--check")
    assert result.exit_code == 1
    assert "nothing to compare" in str(result.exception)


def test_peers_are_a_key_of_their_own(engine: InOrder, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.json"
    assert run_command("retrieval", folder, "--out", out).exit_code == 0
    assert set(json.loads(out.read_text("utf-8"))) == {"sets"}
    assert run_command("retrieval", folder, "--out", out, "--peers").exit_code == 0
    found = json.loads(out.read_text("utf-8"))
    assert list(found["sets"]["tiny"]) == KEYS.split()
    assert list(found["peers"]["other"]["tiny"]) == KEYS.split()


def test_the_table_is_written_in_both_forms(engine: InOrder, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "table"
    result = run_command("table", "--beir", folder, "--out", out)
    assert result.exit_code == 0, result.output
    assert {path.name for path in out.iterdir()} == {"retrieval.md", "retrieval.json"}
    assert "| other | 0.500 |" in (out / "retrieval.md").read_text("utf-8")
    assert "## tiny" in result.output
