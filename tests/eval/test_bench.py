"""Retrieval on BEIR folders: reading, scoring, measuring, the command."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from assistant.settings import Settings, load_settings
from eval import command
from eval.bench import command as bench_command
from eval.bench.beir import Collection, Entry, read_collection
from eval.bench.engine import entry_document
from eval.bench.measure import Step
from eval.bench.scores import ndcg_at, recall_at, reciprocal_rank_at
from eval.errors import BenchmarkError
from tests.index.tiny_models import save_cross_encoder, save_embedding

KEYS = "recall@1 recall@3 recall@5 recall@10 mrr@10 ndcg@10 build_s query_ms_p50 query_ms_p95"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "tiny")


def make_folder(folder: Path) -> Path:
    (folder / "qrels").mkdir(parents=True)
    texts = {"p0": "사과는 빨갛다.", "p1": "바나나는 노랗다.", "p2": "하늘은 파랗다."}
    lines = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    asked = [
        {"_id": "q0", "text": "사과"},
        {"_id": "q1", "text": "하늘"},
        {"_id": "q2", "text": "?"},
    ]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    rows = ["query-id\tcorpus-id\tscore", "q0\tp0\t1", "q1\tp2\t2", "q1\tp1\t1", "q2\tp0\t0"]
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


class FakeEngine:
    """Ranks the texts in the order they were given."""

    def __init__(self) -> None:
        self.entries: Sequence[Entry] = ()

    def build(self, entries: Sequence[Entry], folder: Path, *, progress: Step) -> None:
        assert folder.is_dir()
        self.entries = entries

    def rank(self, query: str, *, limit: int) -> list[str]:
        return [entry.entry_id for entry in self.entries][:limit]


def run_command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.setattr(bench_command, "open_engine", lambda settings, progress: FakeEngine())
    app = typer.Typer()
    command.register(app)
    return CliRunner().invoke(app, ["bench", "retrieval", *arguments])


def test_collection_is_read(folder: Path) -> None:
    collection = read_collection(folder)
    assert collection.name == "tiny"
    assert len(collection.entries) == 3
    assert set(collection.queries) == {"q0", "q1"}
    assert collection.relevance["q1"] == {"p2": 2, "p1": 1}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("corpus.jsonl", "{", "corpus.jsonl:1: not JSON"),
        ("corpus.jsonl", '{"_id": "p0"}', "corpus.jsonl:1: text must be a string"),
        ("queries.jsonl", "[]", "queries.jsonl:1: a JSON object"),
        ("qrels/test.tsv", "head\nq0 p0 1", "test.tsv:2: query-id"),
        ("qrels/test.tsv", "head\nq0\tp9\t1", "not there: p9"),
        ("qrels/test.tsv", "head", "no question has a relevant text"),
    ],
)
def test_malformed_folders(folder: Path, name: str, text: str, message: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(BenchmarkError, match=message):
        read_collection(folder)


def test_scores_of_a_known_ranking() -> None:
    relevant = {"a": 1, "b": 1}
    assert recall_at("xab", relevant, 1) == 0
    assert recall_at("xab", relevant, 2) == 0.5
    assert reciprocal_rank_at("xab", relevant, 10) == 0.5
    assert reciprocal_rank_at("xy", relevant, 10) == 0
    assert ndcg_at("xab", relevant, 10) == pytest.approx(0.6934, abs=1e-4)


@given(st.permutations("abcdefghijkl"), st.sets(st.sampled_from("abcdefghijkl"), min_size=1))
def test_scores_lie_within_bounds_and_grow_with_depth(ranked: list[str], names: set[str]) -> None:
    relevant = dict.fromkeys(names, 1)
    recalls = [recall_at(ranked, relevant, k) for k in (1, 3, 5, 10, 12)]
    assert recalls == sorted(recalls)
    assert recalls[-1] == 1
    assert 0 <= ndcg_at(ranked, relevant, 10) <= 1
    perfect = sorted(ranked, key=lambda name: name not in names)
    assert ndcg_at(perfect, relevant, 10) == pytest.approx(1)


@pytest.mark.parametrize(("title", "text"), [("", "본문"), ("제목", "본문"), ("제목", "")])
def test_an_entry_is_a_document_of_one_section(title: str, text: str) -> None:
    document = entry_document(Entry("p", title, text))
    (section,) = document.sections
    assert document.text[section.start : section.end] == (text or title)
    assert document.document_id == "p"


def test_command_writes_the_contract(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "deep" / "bench.json"
    result = run_command(monkeypatch, str(folder), "--out", str(out))
    assert result.exit_code == 0, result.output
    scores = json.loads(out.read_text(encoding="utf-8"))["sets"]["tiny"]
    assert list(scores) == KEYS.split()
    assert scores["recall@1"] == 0.5
    assert scores["recall@3"] == 1
    assert "tiny" in result.output


def test_the_engine_is_fitted_before_it_is_measured(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    fitted: list[str] = []

    class Adaptable(FakeEngine):
        def adapt(self, collection: Collection, *, progress: object) -> None:
            fitted.append(collection.name)

    monkeypatch.setattr(bench_command, "open_engine", lambda settings, progress: Adaptable())
    app = typer.Typer()
    bench_command.register(app)
    arguments = ["bench", "retrieval", str(folder), "--out", str(tmp_path / "b.json")]
    result = CliRunner().invoke(app, [*arguments, "--adapt", str(folder)])
    assert result.exit_code == 0, result.output
    assert fitted == [folder.name]


def test_two_folders_of_one_name_are_refused(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    twin = make_folder(tmp_path / "other" / "tiny")
    result = run_command(monkeypatch, str(folder), str(twin), "--out", str(tmp_path / "b.json"))
    assert result.exit_code == 1
    assert "two folders are called tiny" in str(result.exception)


def test_an_absent_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    result = run_command(monkeypatch, str(tmp_path / "no"), "--out", str(tmp_path / "b.json"))
    assert result.exit_code == 1
    assert "corpus.jsonl: cannot be read" in str(result.exception)


def test_models_may_be_named_for_one_run(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    named: list[tuple[str, str]] = []

    def opened(settings: Settings, *, progress: Step) -> FakeEngine:
        named.append((settings.embedding, settings.reranker))
        return FakeEngine()

    monkeypatch.setenv("POLICY_QA_RERANKER", "org/judge")
    monkeypatch.setattr(bench_command, "open_engine", opened)
    app = typer.Typer()
    command.register(app)
    for options in ([], ["--embedding", "org/tiny", "--reranker", "org/other"]):
        out = str(tmp_path / "b.json")
        done = CliRunner().invoke(app, ["bench", "retrieval", str(folder), "--out", out, *options])
        assert done.exit_code == 0, done.output
    assert named == [("words", "org/judge"), ("org/tiny", "org/other")]


def test_named_models_rank(folder: Path, tmp_path: Path) -> None:
    embedding = save_embedding(tmp_path / "tiny")
    reranker = save_cross_encoder(tmp_path / "judge")
    settings = load_settings(data=tmp_path, embedding=str(embedding), reranker=str(reranker))
    engine = bench_command.open_engine(settings, progress=lambda *_: None)
    entries = read_collection(folder).entries
    engine.build(entries, tmp_path / "index", progress=lambda *_: None)
    ranked = engine.rank("사과와 하늘", limit=10)
    assert sorted(ranked) == ["p0", "p1", "p2"]
