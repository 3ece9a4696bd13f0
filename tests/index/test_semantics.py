from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.model import Document
from index.build import build_index
from index.embedding import WordEmbedder, encode_query, open_embedder, save_word_vectors
from index.errors import EmbeddingUnavailable
from index.opening import open_index
from index.rows import TermRows
from index.segment import Segmenter
from index.semantics import derive, factorise, unit
from tests.index.fakes import HashEmbedder


class FewMorphemes:
    """The first morphemes of the real model: the whole derivation at a small price."""

    def __init__(self, segmenter: Segmenter, *, size: int) -> None:
        self._segmenter, self._size = segmenter, size
        self._all = segmenter.vocabulary()

    def vocabulary(self) -> tuple[tuple[str, str], ...]:
        return self._all[: self._size]

    def similarities(self, morpheme_id: int, *, size: int) -> NDArray[np.float32]:
        return self._segmenter.similarities(morpheme_id, size=len(self._all))[:size]


@pytest.fixture(scope="module")
def kiwi(segmenter: Segmenter, tmp_path_factory: pytest.TempPathFactory) -> WordEmbedder:
    told: list[int] = []
    words = derive(
        FewMorphemes(segmenter, size=3000),
        landmarks=24,
        rank=16,
        progress=lambda _what, done, _total: told.append(done),
    )
    assert told == list(range(1, 25))
    folder = tmp_path_factory.mktemp("embedding") / "small"
    save_word_vectors(words, folder=folder)
    return WordEmbedder(segmenter, folder)


def test_factors_give_the_similarities_back() -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(50, 6)).astype(np.float32))
    chosen = np.arange(0, 50, 4)
    found = factorise(vectors[chosen] @ vectors.T, chosen=chosen, rank=6)
    assert np.abs(found @ found.T - vectors @ vectors.T).max() < 1e-4


def test_a_similarity_row_is_a_row_of_cosines(segmenter: Segmenter) -> None:
    vocabulary = segmenter.vocabulary()
    money = vocabulary.index(("돈", "NNG"))
    row = segmenter.similarities(money, size=len(vocabulary))
    assert row[money] == 1
    assert np.abs(row).max() <= 1
    nearest = [vocabulary[i][0] for i in np.argsort(-row)[1:20]]
    assert {"현금", "금전", "비용", "자금", "거금"} & set(nearest)


def test_texts_become_unit_vectors_and_blank_ones_zero(kiwi: WordEmbedder) -> None:
    vectors = kiwi.encode(["사업 신청", "", "가격", "※ 뷁쉛"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, kiwi.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0, 1, 0])
    assert kiwi.encode([]).shape == (0, kiwi.dimension)


def test_a_text_is_the_mean_of_its_terms(kiwi: WordEmbedder) -> None:
    one = kiwi.encode_terms([["가격/NN"]])
    assert kiwi.encode(["가격"]) == pytest.approx(one, abs=1e-5)
    terms = ["가격/NN", "현장/NN"]
    assert kiwi.encode_terms([terms])[0] == pytest.approx(kiwi.encode(["가격, 현장"])[0], abs=1e-5)
    assert not kiwi.encode_terms([["없는말/NN"]]).any()


def test_rows_of_numbers_have_the_vectors_of_their_terms(kiwi: WordEmbedder) -> None:
    terms = ["가격/NN", "없는말/NN", "현장/NN", "사업/NN"]
    headings = TermRows.build([[0], [1], [], [2, 3]], terms)
    bodies = TermRows.build([[2, 2, 1], [1], [], [0]], terms)
    rows = np.array([3, 0, 1, 2, 0])
    found = kiwi.averages(terms).of([headings, bodies], rows)
    whole = [[*headings.ids(row), *bodies.ids(row)] for row in rows]
    wanted = kiwi.encode_terms([[terms[number] for number in row] for row in whole])
    assert np.abs(wanted).any(axis=1).tolist() == [True, True, False, False, True]
    assert found == pytest.approx(wanted, abs=1e-5)


def test_the_folder_is_a_sentence_transformers_model_of_the_same_vectors(
    kiwi: WordEmbedder, segmenter: Segmenter
) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds

    model = SentenceTransformer(str(kiwi.folder), device="cpu", local_files_only=True)
    texts = ["사업 신청", "가격은 현장에서 정한다", "※ 뷁쉛 가격"]
    joined = [" ".join(segmenter.terms(text)) for text in texts]
    found = np.asarray(model.encode(joined, normalize_embeddings=True))
    assert kiwi.encode(texts) == pytest.approx(found, abs=1e-5)


def test_a_damaged_folder_says_what_to_do(
    kiwi: WordEmbedder, segmenter: Segmenter, tmp_path: Path
) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(kiwi.folder, folder)
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EmbeddingUnavailable, match="build the index again"):
        WordEmbedder(segmenter, folder)


def test_a_marked_folder_opens_with_segmentation(kiwi: WordEmbedder, tmp_path: Path) -> None:
    folder = kiwi.folder
    again = open_embedder(str(folder), segmenter=Segmenter(), cache_dir=tmp_path)
    assert isinstance(again, WordEmbedder)
    assert again.name == kiwi.name
    assert kiwi.name.startswith("small-")


def test_an_unknown_model_says_what_to_do(segmenter: Segmenter, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmbeddingUnavailable, match="set the embedding to 'words'"):
        open_embedder(str(tmp_path / "empty"), segmenter=segmenter, cache_dir=tmp_path)


def test_questions_use_what_an_embedder_offers() -> None:
    embedder = HashEmbedder()
    assert np.array_equal(encode_query(embedder, "신청"), embedder.encode(["신청"])[0])


def test_an_index_is_built_and_searched_by_meaning(
    kiwi: WordEmbedder, segmenter: Segmenter, documents: tuple[Document, ...], tmp_path: Path
) -> None:
    build_index(documents=documents, data=tmp_path, segmenter=segmenter, embedder=kiwi)
    opened = open_index(tmp_path, segmenter=segmenter, embedder=kiwi)
    hits = opened.search(query="대학과 기업")
    assert hits[0].passage.document_id == "plan"
    assert hits[0].dense > np.median([hit.dense for hit in hits])
