"""Documents and passages that are read when they are asked for."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from corpus.model import Document
from index import contents, generations
from index.build import build_index
from index.passages import make_passages
from index.segment import Segmenter
from index.stored import StoredDocuments, heads
from tests.index.documents import document
from tests.index.fakes import HashEmbedder


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    same = ["같은 줄이다." for _ in range(3)]
    return (
        document("가", [("추진 배경", ["인력을 양성한다."]), ("추진 계획", same)], title="계획"),
        document("빈", []),
        document("나", [("신청 요건", ["만 19세 이상 > 34세 이하"])]),
    )


@pytest.fixture(scope="module")
def folder(
    segmenter: Segmenter, documents: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    data: Path = tmp_path_factory.mktemp("data")
    build_index(documents=documents, data=data, segmenter=segmenter, embedder=HashEmbedder())
    return generations.current(data).path


def test_passages_come_back_as_they_were_made(
    folder: Path, documents: tuple[Document, ...]
) -> None:
    stored = contents.load(folder).passages
    made = [passage for document in documents for passage in make_passages(document)]
    assert list(stored) == made
    assert (stored[-1], stored[1:]) == (made[-1], tuple(made[1:]))
    with pytest.raises(IndexError):
        stored[len(made)]


def test_only_the_documents_asked_for_are_decoded(
    folder: Path, documents: tuple[Document, ...]
) -> None:
    with patch("index.stored.zlib.decompress") as decompress:
        opened = contents.load(folder)
        assert list(opened.documents) == ["가", "빈", "나"]
        assert [p.document_id for p in opened.passages][-1] == "나"
        assert [one.metadata.title for one in heads(opened.documents)] == ["계획", "빈", "나"]
        decompress.assert_not_called()
    assert opened.documents["나"] == documents[2]
    assert opened.documents["나"] is opened.documents["나"]
    with pytest.raises(KeyError):
        opened.documents["다"]


def test_heads_of_documents_at_hand_are_themselves(documents: tuple[Document, ...]) -> None:
    held = {document.document_id: document for document in documents}
    assert tuple(heads(held)) == documents
    assert not isinstance(held, StoredDocuments)


def test_rows_name_their_terms(folder: Path, segmenter: Segmenter) -> None:
    opened = contents.load(folder)
    for row, passage in enumerate(opened.passages):
        body = [opened.terms[number] for number in opened.body_rows.ids(row).tolist()]
        assert body == segmenter.terms(passage.body)
        above = [opened.terms[number] for number in opened.heading_rows.ids(row).tolist()]
        levels = opened.levels[opened.heading_rows.indptr[row] :][: len(above)].tolist()
        parts = (passage.title, *passage.heading.split(" > "))
        for level, part in enumerate(parts):
            held = [term for term, at in zip(above, levels, strict=True) if at == level]
            assert held == segmenter.terms(part)


def test_terms_by_what_they_end_with(folder: Path) -> None:
    terms = contents.load(folder).terms
    chosen = [term for term, yes in zip(terms, terms.ending(("/SN", "/NN")), strict=True) if yes]
    assert chosen == [term for term in terms if term.endswith(("/SN", "/NN"))] != []
