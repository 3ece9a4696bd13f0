from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from assistant.clock import parse_as_of
from assistant.model import Answer, Question
from assistant.pipeline import Pipeline
from assistant.wiring import load_calibration, load_reader, make_pipeline, user_words
from corpus.lexicon import load_lexicon
from corpus.model import Document
from index.build import build_index
from index.opening import open_index
from index.search import SearchIndex
from index.segment import Segmenter
from tests.assistant.checks import assert_sound
from tests.assistant.fakes import AnyTextEmbedder
from tests.assistant.papers import DURING, read_papers

Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter(user_words=user_words(load_lexicon()))


@pytest.fixture(scope="session")
def opened(segmenter: Segmenter, tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    data: Path = tmp_path_factory.mktemp("data")
    embedder = AnyTextEmbedder()
    build_index(documents=read_papers(), data=data, segmenter=segmenter, embedder=embedder)
    return open_index(data, segmenter=segmenter, embedder=embedder)


@pytest.fixture(scope="session")
def pipeline(opened: SearchIndex) -> Pipeline:
    return make_pipeline(opened, reader=load_reader(), calibration=load_calibration())


@pytest.fixture(scope="session")
def papers(pipeline: Pipeline) -> Mapping[str, Document]:
    return pipeline.documents


@pytest.fixture(scope="session")
def ask(pipeline: Pipeline) -> Ask:
    """Asks, and checks what must hold for every answer."""

    def call(
        text: str,
        *,
        as_of: str = DURING,
        history: Sequence[str] = (),
        documents: Sequence[str] = (),
    ) -> Answer:
        question = Question(text, tuple(history), parse_as_of(as_of), tuple(documents))
        answer = pipeline.answer(question)
        assert_sound(answer, pipeline.documents)
        return answer

    return call
