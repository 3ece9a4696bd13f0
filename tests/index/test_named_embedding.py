"""Any embedding model by setting, with tiny transformers in place of published ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from corpus.model import Document
from index import generations
from index.build import build_index
from index.embedding import NamedEmbedder, encode_query, lasting, open_embedder
from index.errors import EmbeddingUnavailable, IndexUnreadable
from index.opening import open_index
from index.segment import Segmenter
from tests.index.tiny_models import save_embedding, set_prompts, spoil

E5 = {"query": "query: ", "passage": "passage: "}
BGE = {"query": "Represent this sentence: ", "document": ""}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_embedding(tmp_path_factory.mktemp("models") / "tiny", prompts=E5)


@pytest.fixture(scope="module")
def embedder(folder: Path) -> NamedEmbedder:
    return NamedEmbedder(str(folder))


def test_vectors_are_normalised_whatever_the_model_gives(
    embedder: NamedEmbedder, folder: Path
) -> None:
    texts = ["신청 기간", "지방비 매칭 비율은 30%이다.", "x"]
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    raw = np.linalg.norm(model.encode(texts), axis=1)
    assert np.abs(raw - 1).min() > 0.1
    assert np.linalg.norm(embedder.encode(texts), axis=1) == pytest.approx([1, 1, 1])
    assert embedder.encode([]).shape == (0, embedder.dimension)
    assert embedder.dimension == 16


@pytest.mark.parametrize("prompts", [E5, BGE, {}])
def test_questions_and_passages_get_the_prompts_of_the_model(
    folder: Path, tmp_path: Path, prompts: dict[str, str]
) -> None:
    own = Path(copytree(folder, tmp_path / "own"))
    set_prompts(own, prompts)
    embedder = NamedEmbedder(str(own))
    plain = SentenceTransformer(str(own), device="cpu", local_files_only=True, prompts={})
    text = "신청 기간은 언제까지인가요?"
    before = prompts.get("document", prompts.get("passage", ""))
    expected = plain.encode(
        [prompts.get("query", "") + text, before + text], prompt="", normalize_embeddings=True
    )
    assert encode_query(embedder, text) == pytest.approx(expected[0], abs=1e-5)
    assert embedder.encode([text])[0] == pytest.approx(expected[1], abs=1e-5)


def test_a_text_is_read_as_far_as_the_model_reads(embedder: NamedEmbedder) -> None:
    start = "신청 기간은 다음과 같이 정하여 알린다. " * 4
    cut, other = embedder.encode([start + "가", start + "전혀 다른 끝" * 500])
    assert cut == pytest.approx(other, abs=1e-6)


def test_an_index_is_built_searched_and_opened_again(
    folder: Path, segmenter: Segmenter, documents: tuple[Document, ...], tmp_path: Path
) -> None:
    setting = str(folder)
    built = build_index(documents=documents, data=tmp_path, segmenter=segmenter, embedding=setting)
    assert built.manifest.embedding == str(folder.resolve())
    assert built.manifest.embedder.startswith("tiny-")
    opened = open_index(tmp_path, segmenter=segmenter)
    question = "지정 신청서는 언제까지 제출하나요?"
    best = opened.search(query=question)[0]
    assert best.passage.section_id == "call-s0"
    embedder = NamedEmbedder(setting)
    cosine = encode_query(embedder, question) @ embedder.encode([best.passage.searched])[0]
    assert best.dense == pytest.approx(float(cosine), abs=1e-5)


def test_threads_share_a_model(embedder: NamedEmbedder) -> None:
    texts = [f"{number}번째 신청 기간 " * number for number in range(1, 9)] * 4
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(embedder.encode_query, texts))
    assert together == [pytest.approx(embedder.encode_query(text), abs=1e-5) for text in texts]


def test_a_folder_is_opened_from_any_working_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    assert lasting("tiny") == str(folder.resolve())
    assert [lasting(name) for name in ("words", "kiwi", "org/model")] == [
        "words",
        "kiwi",
        "org/model",
    ]


def test_other_weights_under_the_same_name_are_another_embedding(
    segmenter: Segmenter, documents: tuple[Document, ...], tmp_path: Path
) -> None:
    model, data = tmp_path / "tiny", tmp_path / "data"
    save_embedding(model, seed=1)
    build_index(documents=documents, data=data, segmenter=segmenter, embedding=str(model))
    save_embedding(model, seed=2)
    with pytest.raises(IndexUnreadable, match="built with the embedding 'tiny-"):
        open_index(data, segmenter=segmenter)
    again = build_index(documents=documents, data=data, segmenter=segmenter, embedding=str(model))
    opened = open_index(data, segmenter=segmenter)
    assert opened.generation.name == again.name == generations.current_name(data)
    hit = opened.search(query="신청 기간")[0]
    fresh = NamedEmbedder(str(model))
    cosine = fresh.encode_query("신청 기간") @ fresh.encode([hit.passage.searched])[0]
    assert hit.dense == pytest.approx(float(cosine), abs=1e-5)


@pytest.mark.parametrize("wrong", ["empty", "file", "absent"])
def test_a_wrong_folder_is_one_clear_error(
    wrong: str, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EmbeddingUnavailable, match="set the embedding to 'words'"):
        open_embedder(str(tmp_path / wrong), segmenter=segmenter, cache_dir=tmp_path)


def test_vectors_that_are_no_numbers_are_refused(folder: Path, tmp_path: Path) -> None:
    spoilt = Path(copytree(folder, tmp_path / "spoilt"))
    spoil(spoilt)
    with pytest.raises(EmbeddingUnavailable, match="no numbers"):
        NamedEmbedder(str(spoilt)).encode(["신청"])
