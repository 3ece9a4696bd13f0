"""``policy-qa train words``: the batches it learns from, and the file it writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from assistant.cli import make_app
from eval import words
from index.segment import Segmenter
from index.semantics import WordVectors
from index.training.written import load_written
from index.words import unpacked


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def test_a_question_is_batched_with_all_sections_of_its_document(segmenter: Segmenter) -> None:
    documents = load_written()[:2]
    asked = sum(len(p.questions) for d in documents for p in d.passages)
    steps = list(words._written_steps(documents, epochs=2, segmenter=segmenter))
    assert sum(len(step.questions) for step in steps) == 2 * asked
    first = steps[0]
    assert len(first.passages) == sum(len(d.passages) for d in documents)
    by_question = {
        tuple(segmenter.terms(q.text)): p
        for d in documents
        for p in d.passages
        for q in p.questions
    }
    for question, answer in zip(first.questions, first.answers, strict=True):
        body = set(segmenter.terms(by_question[tuple(question)].body))
        # A word may be cut otherwise where a title stands before it.
        held = [len(body & set(passage)) / len(body) for passage in first.passages]
        assert int(np.argmax(held)) == answer


def test_pairs_of_statutes_are_batched_whole_and_cut() -> None:
    pairs = [(("a",) * 40, ("b",) * 200)] * 300
    steps = list(words._law_steps(pairs))
    assert [len(step.questions) for step in steps] == [128, 128]
    assert {len(question) for step in steps for question in step.questions} == {16}
    assert {len(passage) for step in steps for passage in step.passages} == {60}


def test_the_command_writes_vectors_that_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, segmenter: Segmenter
) -> None:
    documents = load_written()[:2]
    asked = [q.text for d in documents for p in d.passages for q in p.questions]
    terms = tuple(dict.fromkeys(t for text in asked for t in segmenter.terms(text)))
    vectors = np.random.default_rng(0).normal(size=(len(terms), 8)).astype(np.float32)
    monkeypatch.setattr(words, "load_written", lambda: documents)
    monkeypatch.setattr(words, "derive", lambda *_, **__: WordVectors(terms, vectors))
    out = tmp_path / "weights" / "words.safetensors"
    options = ["train", "words", "--epochs", "1", "--out", str(out)]
    result = CliRunner().invoke(make_app(), options, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    written = unpacked(out.read_bytes())
    assert written.terms == terms
    assert np.abs(written.vectors - vectors).max() > 0.01
