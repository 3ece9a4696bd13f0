"""The word vectors that come with the program."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.embedding import WordEmbedder, open_embedder
from index.errors import EmbeddingUnavailable
from index.segment import Segmenter
from index.semantics import WordVectors
from index.words import WordTable, bundled_words, packed, unpacked, words_digest


@pytest.fixture(scope="module")
def table() -> WordTable:
    return WordTable(bundled_words())


def test_packing_keeps_directions_and_lengths() -> None:
    vectors = np.random.default_rng(0).normal(size=(40, 16)).astype(np.float32)
    vectors[3] = 0
    words = WordVectors(tuple(f"말{n}/NN" for n in range(40)), vectors)
    again = unpacked(packed(words))
    assert again.terms == words.terms
    assert np.abs(again.vectors - vectors).max() <= np.abs(vectors).max() / 127
    assert not again.vectors[3].any()


def test_damaged_vectors_are_refused() -> None:
    words = WordVectors(("가/NN", "나/NN"), np.eye(2, dtype=np.float32))
    with pytest.raises(EmbeddingUnavailable, match="damaged"):
        unpacked(packed(words)[:-3])
    with pytest.raises(EmbeddingUnavailable, match="damaged"):
        unpacked(b"no tensors")
    short = WordVectors(("가/NN",), np.eye(2, dtype=np.float32))
    with pytest.raises(EmbeddingUnavailable, match="1 words but 2 vectors"):
        unpacked(packed(short))


def test_a_table_gives_unit_vectors_and_zero_for_unknown_words(table: WordTable) -> None:
    found = table.vectors(["신청/NN", "없는말/ZZ"])
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 0])
    assert table.vectors([]).shape == (0, found.shape[1])


@pytest.mark.parametrize(
    ("spoken", "official", "other"),
    [
        ("돈/NN", "예산/NN", "접수/NN"),
        ("등수/NN", "순위/NN", "우편/NN"),
        ("벌금/NN", "과태료/NN", "장소/NN"),
        ("갚/VV", "상환/NN", "대상/NN"),
    ],
)
def test_a_spoken_word_lies_nearer_to_the_official_one(
    table: WordTable, spoken: str, official: str, other: str
) -> None:
    asked, meant, unrelated = table.vectors([spoken, official, other])
    assert asked @ meant > asked @ unrelated + 0.1


def test_they_are_the_default_embedding(segmenter: Segmenter, tmp_path: Path) -> None:
    embedder = open_embedder("words", segmenter=segmenter, cache_dir=tmp_path)
    assert isinstance(embedder, WordEmbedder)
    assert embedder.name.startswith(f"words-{words_digest()}")
    asked, meant, other = embedder.encode(["돈을 언제 갚나요", "상환 기한", "접수 장소"])
    assert asked @ meant > asked @ other
