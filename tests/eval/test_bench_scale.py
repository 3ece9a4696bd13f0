"""Measuring at size, on statutes small enough to know the figures of."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from assistant.settings import Settings
from corpus.load import load_corpus
from corpus.model import Document
from eval import command
from eval.bench.peers.choose import MORPHEMES, TUTORIAL, WHITESPACE
from eval.bench.scale import hits
from eval.bench.scale import run as scale_run
from eval.bench.scale.articles import article_questions, units_of
from eval.bench.scale.kiwi import analyse_apart, kiwi_seconds, texts_to_analyse
from eval.bench.scale.process import resident_below, run_apart
from eval.errors import BenchmarkError
from index.passages import make_passages

LAW = """---
제목: {title}
---

# {title}

## 제1장 총칙

##### 제1조 (목적)

이 법은 {subject} 관한 사항을 정한다.

##### 제2조 ({subject} 신청)

{subject} 신청은 다음 각 호의 서류를 갖추어 한다.

1. 신청서
2. 증명서

##### 제9조 (접수)

{subject} 접수는 담당 부서가 한다.

## 부칙

##### 제1조 (시행일)

이 법은 공포한 날부터 시행한다.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laws")
    laws = {"민원 처리에 관한 법률": "민원", "도서관법": "도서관", "산림법": "산림"}
    for title, subject in laws.items():
        (folder / title).mkdir()
        text = LAW.format(title=title, subject=subject)
        (folder / title / "법률.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def documents(folder: Path) -> tuple[Document, ...]:
    return load_corpus(folder).documents


def test_units_cover_every_section_once(documents: tuple[Document, ...]) -> None:
    units = units_of(documents)
    names = {entry.entry_id for entry in units.entries}
    assert len(names) == len(units.entries)
    assert set(units.unit_of.values()) == names
    assert len(units.unit_of) == sum(len(document.sections) for document in documents)
    for document in documents:
        own = [entry.text for entry in units.entries if entry.title == document.metadata.title]
        assert "".join(own) == document.text


def test_an_article_takes_in_what_stands_below_it(documents: tuple[Document, ...]) -> None:
    document = documents[0]
    number, article = next(
        (number, section)
        for number, section in enumerate(document.sections)
        if section.heading.startswith("제2조")
    )
    end = article.end
    cut = article.start + 5
    below = replace(article, ordinal=number + 1, section_id="below", heading="1. 신청서",
                    start=cut, parent=number)  # fmt: skip
    sections = (*document.sections[:number], replace(article, end=cut), below)
    units = units_of([replace(document, sections=sections)])
    place = document.document_id, "below"
    assert units.unit_of[place] == units.unit_of[document.document_id, article.section_id]
    assert units.entries[-1].text == document.text[article.start : end]


def test_questions_are_titles_with_names_that_stand_once(documents: tuple[Document, ...]) -> None:
    questions = article_questions(documents, count=100, seed=0)
    assert len(questions) == len(set(questions)) == 12
    assert "도서관법 도서관 신청" in {question.text for question in questions}
    units = {entry.entry_id: entry for entry in units_of(documents).entries}
    for question in questions:
        name = question.text.removeprefix(units[question.unit].title).strip()
        assert f"({name})" in units[question.unit].text
    few = article_questions(documents, count=3, seed=0)
    assert few == article_questions(documents, count=3, seed=0)
    assert few != article_questions(documents, count=3, seed=1)


def test_a_name_that_stands_twice_is_not_asked(documents: tuple[Document, ...]) -> None:
    first = documents[0]
    twice = [first, replace(documents[1], metadata=first.metadata)]
    texts = {question.text for question in article_questions(twice, count=100, seed=0)}
    assert not any("목적" in text or "접수" in text for text in texts)


def test_a_folder_without_articles() -> None:
    with pytest.raises(BenchmarkError, match="name statutes"):
        article_questions([], count=1, seed=0)


def test_memory_of_a_process_below_is_seen() -> None:
    measured = run_apart(hold, 64)
    assert measured.result == 64
    assert measured.peak_mib > 64
    assert measured.seconds > 0
    assert resident_below(multiprocessing.current_process().pid or 0) < measured.peak_mib * 2**20


def test_an_error_in_the_process_is_raised_here() -> None:
    with pytest.raises(BenchmarkError, match="no memory"):
        run_apart(fail)


def test_the_sample_says_what_the_whole_would_be(documents: tuple[Document, ...]) -> None:
    passages = [passage for document in documents for passage in make_passages(document)]
    whole, once = texts_to_analyse(passages, share=1, seed=0)
    assert once == 1
    assert whole.count(passages[0].above) == 1
    sample, multiple = texts_to_analyse(passages, share=0.5, seed=0)
    assert len(sample) == round(len(whole) / 2)
    assert multiple * sum(map(len, sample)) == pytest.approx(sum(map(len, whole)))


def test_kiwi_in_processes_of_its_own() -> None:
    assert kiwi_seconds(["민원을 처리한다."], user_words=(), workers=1) > 0
    found = analyse_apart(["민원을 처리한다.", "민원", "민원"], workers=1)
    assert list(found) == ["민원을 처리한다.", "민원"]
    assert found["민원"] == (("민원", "NNG"),)
    assert found["민원"][0] is found["민원을 처리한다."][0]


def test_the_bar_of_the_tenth_best_is_that_of_a_full_sort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "_BLOCK", 7)
    random = np.random.default_rng(0)
    queries, vectors = random.random((3, 4), "f"), random.random((50, 4), "f")
    expected = np.sort(queries @ vectors.T, axis=1)[:, -10]
    assert hits._tenth_best(queries, vectors) == pytest.approx(expected)


def test_the_command_measures_everything(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    # Two more processes that load Kiwi; they have a test of their own.
    monkeypatch.setattr(scale_run, "kiwi_seconds", lambda texts, user_words: 1.0)
    app = typer.Typer()
    command.register(app)
    out = tmp_path / "deep" / "scale.json"
    arguments = ["bench", "scale", str(folder), "--out", str(out), "--questions", "6"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["documents"] == 3
    assert found["build"]["peak_mib"] > 100
    assert found["policy-qa"]["questions"] == 6
    assert found["policy-qa"]["first_hits"] >= 0.5
    assert found["dense_recall@10"] == 1
    assert found["exact_article_first"] in {True, False}
    assert set(found["peers"]) == {WHITESPACE, TUTORIAL, MORPHEMES}
    assert found["peers"][MORPHEMES]["first_hits"] >= 0.5
    assert "throughput_over_tutorial" in result.output


def test_options_reach_the_plan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plans: list[scale_run.Plan] = []
    out = tmp_path / "s.json"

    def measured(
        folder: Path, settings: Settings, *, plan: scale_run.Plan
    ) -> Iterator[dict[str, object]]:
        plans.append(plan)
        yield {"build": {"seconds": 1.5}, "exact_article_first": None}
        assert json.loads(out.read_text(encoding="utf-8"))["build"], "kept before peers run"

    monkeypatch.setattr(scale_run, "measure_scale", measured)
    app = typer.Typer()
    command.register(app)
    words = ["--no-peers", "--kiwi-sample", "0.1", "--seed", "3", "--questions", "9"]
    arguments = ["bench", "scale", str(tmp_path), "--out", str(out), *words]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert plans == [scale_run.Plan(questions=9, kiwi_sample=0.1, seed=3, peers=False)]
    assert "build: seconds" in result.output


def hold(mib: int) -> int:
    """Holds so much memory for longer than the watch sleeps."""
    import time  # noqa: PLC0415 - runs in a process of its own

    block = bytearray(b"1" * (mib << 20))
    time.sleep(0.5)
    return len(block) >> 20


def fail() -> None:
    raise BenchmarkError("no memory")
