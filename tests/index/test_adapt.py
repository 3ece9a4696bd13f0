from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.load import document_from_bytes
from corpus.model import Document
from index import generations
from index.adapt import FEWEST, Pair
from index.adapted import adapt_index
from index.build import build_index
from index.carried import ADAPTED, REPORT, adapted_embedding
from index.errors import AdaptationImpossible
from index.opening import open_index
from index.segment import Segmenter
from index.training.written import WrittenDocument, load_written

QUESTION = "우리 동네 반짝이 통장은 어디서 만들어요"


@pytest.fixture(scope="module")
def written() -> tuple[WrittenDocument, ...]:
    return load_written()[:12]


@pytest.fixture(scope="module")
def data(
    written: tuple[WrittenDocument, ...],
    segmenter: Segmenter,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    data = tmp_path_factory.mktemp("adapt")
    build_index(documents=_documents(written), data=data, segmenter=segmenter)
    return data


def _documents(written: tuple[WrittenDocument, ...]) -> list[Document]:
    return [document_from_bytes(one.markdown().encode(), name=f"{one.name}.md") for one in written]


def _pairs(written: tuple[WrittenDocument, ...], data: Path) -> list[Pair]:
    documents = open_index(data).documents
    pairs = []
    for one in written:
        places = {s.heading: s.section_id for s in documents[one.name].sections}
        pairs += [
            Pair(question.text, one.name, places[passage.heading])
            for passage in one.passages
            for question in passage.questions
        ]
    return pairs


def _silent(*_: object) -> None:
    pass


def test_too_few_reviewed_questions_change_nothing(data: Path) -> None:
    before = generations.current_name(data)
    unknown = [Pair(f"질문 {n}", "no-such-document", "s") for n in range(FEWEST)]
    with pytest.raises(AdaptationImpossible, match=f"only 0 of {FEWEST}"):
        adapt_index(data, unknown, cache=data / "embedding", progress=_silent)
    with pytest.raises(AdaptationImpossible, match=f"{FEWEST - 1} reviewed questions are too few"):
        adapt_index(data, unknown[1:], cache=data / "embedding", progress=_silent)
    assert generations.current_name(data) == before
    assert adapted_embedding(data) is None


def test_it_serves_what_was_reviewed_and_is_undone(
    written: tuple[WrittenDocument, ...], data: Path, segmenter: Segmenter
) -> None:
    pairs = _pairs(written, data)
    # A name that stands in no document, as only reviewed questions can teach it.
    new = Pair(QUESTION, pairs[0].document_id, pairs[0].section_id)
    before = generations.current(data)
    found = [hit.passage.section_id for hit in open_index(data).search(query=QUESTION, limit=1)]
    assert found != [new.section_id]

    made, report = adapt_index(data, [*pairs, new, new], cache=data / "embedding", progress=_silent)

    assert report.pairs == len(set(pairs)) + 1
    assert report.kept_after.first >= report.kept_before.first - 0.01
    stored = json.loads((made.path / ADAPTED / REPORT).read_text(encoding="utf-8"))
    assert stored["own_after"]["questions"] == report.own_after.questions > 0
    adapted = open_index(data)
    assert adapted.generation.manifest.embedder != before.manifest.embedder
    assert adapted.search(query=QUESTION, limit=1)[0].passage.section_id == new.section_id

    embedding = adapted_embedding(data)
    assert embedding is not None
    build_index(
        documents=_documents(written)[:-1], data=data, segmenter=segmenter, embedding=embedding
    )
    later = open_index(data)
    assert later.search(query=QUESTION, limit=1)[0].passage.section_id == new.section_id

    generations.rollback(data)
    assert generations.rollback(data).name == before.name
    assert adapted_embedding(data) is None
    restored = [hit.passage.section_id for hit in open_index(data).search(query=QUESTION, limit=1)]
    assert restored == found
