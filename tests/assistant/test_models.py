"""An embedding model and a reranker by setting, from the build to the answer."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant import wiring
from assistant.clock import parse_as_of
from assistant.errors import ConfigurationError
from assistant.model import Question, Status
from assistant.pipeline import Pipeline
from assistant.settings import Settings, load_settings
from index.opening import open_index
from index.reranking import Reranking
from index.search import SearchIndex
from tests.index.tiny_models import save_cross_encoder, save_embedding

TEXT = """구름정원 지원 공고

1. 신청 기간
신청은 2026년 5월 18일(월) 오후 6시까지 받는다.

2. 지원 금액
정원마다 3억 원을 지원한다.
"""
QUESTION = Question("구름정원 지원 금액은 얼마인가요?", (), parse_as_of("2026-05-01"), ())


class Asked:
    """Keeps the order and remembers the questions."""

    def __init__(self) -> None:
        self.questions: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.questions.append(question)
        return np.zeros(len(texts), dtype=np.float32)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    save_embedding(folder / "tiny", prompts={"query": "query: ", "passage": "passage: "})
    save_cross_encoder(folder / "judge")
    return folder


@pytest.fixture(scope="module")
def data(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder built with the tiny embedding."""
    data = tmp_path_factory.mktemp("data")
    build(load_settings(data=data, embedding=str(models / "tiny")))
    return data


def build(settings: Settings) -> wiring.BuildReport:
    corpus = settings.data / "corpus"
    corpus.mkdir(exist_ok=True)
    (corpus / "call.txt").write_text(TEXT, encoding="utf-8")
    return wiring.build_corpus(corpus=corpus, settings=settings, progress=lambda *_: None)


def test_an_answer_by_another_embedding_and_a_reranker(models: Path, data: Path) -> None:
    settings = load_settings(
        data=data, embedding=str(models / "tiny"), reranker=str(models / "judge"), rerank_top=2
    )
    answer = wiring.open_answering(settings).answer(QUESTION)
    assert answer.status is Status.ANSWERED
    assert "3억 원" in answer.text
    assert str(wiring.index_status(settings)["embedding"]).startswith("tiny-")


def test_an_index_keeps_its_embedding_and_says_so(
    data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        wiring.open_answering(load_settings(data=data))
        assert not caplog.records
        wiring.open_answering(load_settings(data=data, embedding="words"))
    assert "POLICY_QA_EMBEDDING is 'words', but the index was built with" in caplog.text


def test_a_build_with_another_embedding_says_so(models: Path, tmp_path: Path) -> None:
    assert build(load_settings(data=tmp_path, embedding=str(models / "tiny"))).notes == ()
    assert build(load_settings(data=tmp_path, embedding=str(models / "tiny"))).notes == ()
    (note,) = build(load_settings(data=tmp_path)).notes
    assert "changed from tiny-" in note
    assert "embedded anew" in note


def test_a_wrong_embedding_names_its_variable(data: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigurationError, match=r"^POLICY_QA_EMBEDDING: .*cannot be opened"):
        build(load_settings(data=tmp_path, embedding=str(tmp_path / "empty")))


def test_an_index_whose_embedding_is_gone_names_the_variable(
    models: Path, data: Path, tmp_path: Path
) -> None:
    moved = Path(copytree(data, tmp_path / "moved"))
    manifest = next(moved.glob("generations/*/manifest.json"))
    text = manifest.read_text(encoding="utf-8").replace(str(models), str(models / "gone"))
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"^POLICY_QA_EMBEDDING: .*gone"):
        wiring.open_answering(load_settings(data=moved))


def test_a_wrong_reranker_names_its_variable(models: Path, data: Path) -> None:
    settings = load_settings(data=data, reranker=str(models / "tiny"))
    with pytest.raises(ConfigurationError, match=r"^POLICY_QA_RERANKER: .*is no reranker"):
        wiring.open_answering(settings)


def test_no_reranker_unless_one_is_named() -> None:
    assert wiring.open_reranking(load_settings()) is None


def test_the_reranker_reads_what_a_follow_up_leans_on(
    pipeline: Pipeline, opened: SearchIndex
) -> None:
    asked = Asked()
    index = open_index(
        opened.generation.path.parents[1],
        segmenter=opened.segmenter,
        embedder=opened.embedder,
        reranking=Reranking(asked),
    )
    answering = wiring.make_pipeline(
        index, reader=wiring.load_reader(), calibration=wiring.load_calibration()
    )
    first = "구름정원 공모는 언제까지 신청하나요?"
    for history in ((), (first,)):
        question = Question("그럼 지원 금액은요?", history, parse_as_of("2026-05-01"), ())
        answering.answer(question)
        assert asked.questions[-1] == " ".join((*history, question.text))
