from __future__ import annotations

from pathlib import Path

import pytest

from index import contents, generations
from index.build import build_index
from index.contents import Contents
from index.segment import Segmenter
from index.titled import TitledDocuments
from tests.index.documents import document
from tests.index.fakes import HashEmbedder

ACT = [(f"제{n}조 ({name})", ["내용을 정한다."]) for n, name in enumerate(("목적", "벌칙"), 1)]
CITING = [("부칙", ["「하천 준설법」 제2조를 「하천 준설법」 제3조로 한다."])]


@pytest.fixture(scope="module")
def stored(segmenter: Segmenter, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    data: Path = tmp_path_factory.mktemp("titled")
    documents = (
        document("citing", CITING, title="저수지 관리법"),
        document("empty", []),
        document("act", ACT, title="하천 준설법"),
        document("decree", ACT, title="하천 준설법 시행령"),
    )
    build_index(documents=documents, data=data, segmenter=segmenter, embedder=HashEmbedder())
    return contents.load(generations.current(data).path)


def found(stored: Contents, segmenter: Segmenter, question: str) -> list[tuple[str, str]]:
    terms = dict.fromkeys(segmenter.terms(question), 1.0)
    passages = [stored.passages[row] for row in TitledDocuments(stored).rows(terms)]
    return [(passage.document_id, passage.heading) for passage in passages]


def test_the_rest_of_a_question_is_looked_for_in_the_document_it_names(
    stored: Contents, segmenter: Segmenter
) -> None:
    assert found(stored, segmenter, "하천 준설법 제2조") == [("act", "제2조 (벌칙)")]
    assert found(stored, segmenter, "하천 준설법의 벌칙은?") == [("act", "제2조 (벌칙)")]


def test_the_longest_title_comes_first(stored: Contents, segmenter: Segmenter) -> None:
    rows = found(stored, segmenter, "하천 준설법 시행령 제1조")
    assert rows == [("decree", "제1조 (목적)"), ("act", "제1조 (목적)")]


def test_the_order_of_words_does_not_matter(stored: Contents, segmenter: Segmenter) -> None:
    for words in ("하천 준설법 제1조 제2조", "제2조 제1조 하천 준설법"):
        assert found(stored, segmenter, words) == [("act", "제1조 (목적)"), ("act", "제2조 (벌칙)")]


def test_a_part_of_a_title_names_nothing(stored: Contents, segmenter: Segmenter) -> None:
    assert found(stored, segmenter, "하천 제2조") == []


def test_a_title_alone_leaves_nothing_to_look_for(stored: Contents, segmenter: Segmenter) -> None:
    assert found(stored, segmenter, "하천 준설법") == []
    assert found(stored, segmenter, "") == []
