"""Training word vectors on questions and the passages that answer them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.semantics import WordVectors
from index.training.batches import Step
from index.training.contrast import WordModel, train
from index.training.law import law_pairs, read_statute

_ACT = """---
제목: 나무 가꾸기에 관한 법률
---
##### 제1조 (목적)

이 법은 나무를 심고 가꾸는 데 필요한 사항을 정하여 숲을 넓히는 것을 목적으로 한다. <개정 2020.1.1>

##### 제2조 (보조금)

시장은 나무를 심은 사람에게 심은 나무의 수에 따라 보조금을 지급할 수 있다. 짧지 않은 글이다.

##### 제3조

짧다.
"""
_DECREE = """---
제목: 나무 가꾸기에 관한 법률 시행령
---
##### 제1조 (보조금의 지급 기준)

법 제2조에 따른 보조금은 나무 한 그루에 정해진 금액을 곱하여 산정하고 해마다 한 번 지급한다.
"""


def _words(count: int) -> WordVectors:
    vectors = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    return WordVectors(tuple(f"w{n}" for n in range(count)), vectors)


def _steps(times: int) -> list[Step]:
    """Each question's word stands in no passage; only training can tell which is meant."""
    questions = [[f"w{n}"] for n in range(4)]
    passages = [[f"w{n + 4}"] for n in range(4)]
    return [Step(questions, passages, range(4))] * times


def _found(words: WordVectors) -> int:
    model = WordModel(words)
    step = _steps(1)[0]
    late = model.late(model.ids(step.questions, longest=4), model.ids(step.passages, longest=4))
    return int((late.argmax(1).numpy() == np.arange(4)).sum())


def test_training_brings_questions_to_their_passages() -> None:
    told: list[tuple[int, int]] = []
    before = _words(10)
    after = train(before, _steps(300), progress=lambda done, count: told.append((done, count)))
    assert _found(before) < 4
    assert _found(after) == 4
    assert told[-1] == (300, 300)
    assert after.terms == before.terms


def test_a_word_nobody_used_keeps_its_direction() -> None:
    before = _words(10)
    after = train(before, _steps(50), progress=lambda *_: None)
    unused, used = 8, 0
    assert _cosine(before, after, unused) == pytest.approx(1, abs=1e-5)
    assert _cosine(before, after, used) < 0.999


def test_training_twice_gives_the_same() -> None:
    one, two = (train(_words(10), _steps(5), progress=lambda *_: None) for _ in range(2))
    assert np.array_equal(one.vectors, two.vectors)


def test_statutes_give_pairs(tmp_path: Path) -> None:
    folder = tmp_path / "나무가꾸기에관한법률"
    folder.mkdir()
    (folder / "법률.md").write_text(_ACT, encoding="utf-8")
    (folder / "시행령.md").write_text(_DECREE, encoding="utf-8")
    statutes = [read_statute(path, terms_of=str.split) for path in sorted(folder.glob("*.md"))]
    act, decree = statutes
    assert [article.number for article in act.articles] == ["제1조", "제2조"]
    assert "<개정" not in act.articles[0].body
    assert decree.articles[0].cites == ("제2조",)
    pairs = law_pairs(statutes)
    cited = [passage for question, passage in pairs if question[:2] == ("법", "제2조에")]
    assert any(passage[0] == "보조금" for passage in cited)


def _cosine(before: WordVectors, after: WordVectors, row: int) -> float:
    one, two = before.vectors[row], after.vectors[row]
    return float(one @ two / np.linalg.norm(one) / np.linalg.norm(two))
