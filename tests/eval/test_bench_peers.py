"""The peers rank tiny sets as their libraries are known to."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from eval.bench.beir import Entry
from eval.bench.measure import Engine
from eval.bench.peers.choose import MORPHEMES, TUTORIAL, WHITESPACE, make_peers
from eval.bench.peers.sparse import SparseEngine
from eval.bench.peers.tokens import content_forms, entry_text, every_term, spaced_words
from eval.bench.peers.tutorial import TutorialEngine, fused
from eval.errors import BenchmarkError
from index.segment import Segmenter
from tests.index.fakes import HashEmbedder

FRUIT = (
    Entry("apple", "", "사과는 빨갛다 사과는 달다"),
    Entry("pear", "", "배는 노랗다"),
    Entry("basket", "과일", "바구니에 사과는 하나 배는 없다 그리고 다른 것도 많다"),
)


def built(engine: Engine, folder: Path, entries: tuple[Entry, ...] = FRUIT) -> Engine:
    engine.build(entries, folder, progress=lambda *_: None)
    return engine


def tagged_words(text: str) -> list[tuple[str, str]]:
    return [(word, "NNG") for word in text.split()]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def test_whitespace_bm25_ranks_by_frequency_and_length(tmp_path: Path) -> None:
    engine = built(SparseEngine(spaced_words), tmp_path)
    assert engine.rank("사과는", limit=10) == ("apple", "basket")
    assert engine.rank("사과는", limit=1) == ("apple",)
    assert engine.rank("과일", limit=10) == ("basket",)  # the title is indexed too
    assert engine.rank("사과", limit=10) == ()  # no particle, no match: what morphemes are for


@pytest.mark.parametrize("query", ["", "   ", "없는 낱말", "\ud800"])
def test_questions_without_a_known_token(tmp_path: Path, query: str) -> None:
    assert built(SparseEngine(spaced_words), tmp_path).rank(query, limit=10) == ()


def test_morphemes_match_across_particles_and_case(tmp_path: Path, segmenter: Segmenter) -> None:
    engine = SparseEngine(lambda text: content_forms(segmenter.tagged(text)))
    entries = (Entry("a", "", "EU는 사과를 수입한다."), Entry("b", "", "배가 자란다."))
    assert built(engine, tmp_path, entries).rank("eu 사과", limit=10) == ("a",)


def test_content_forms_leave_particles_out() -> None:
    tagged = [("AI", "SL"), ("를", "JKO"), ("돕", "VV-I"), ("다", "EF"), (".", "SF")]
    assert content_forms(tagged) == ["ai/SL", "돕/VV"]
    assert every_term(tagged)[:2] == ["AI/SL", "를/JK"]


def test_title_stands_above_the_text() -> None:
    assert entry_text(Entry("e", "제목", "본문")) == "제목\n본문"
    assert entry_text(Entry("e", "", "본문")) == "본문"


def test_rank_fusion_of_two_lists() -> None:
    # 1/61 + 1/62 beats 1/61 alone; a tie keeps the order of the first list.
    assert fused([["a", "b", "c"], ["b", "d"]]) == ("b", "a", "d", "c")
    assert fused([["a"], ["b"]]) == ("a", "b")
    assert fused([[], []]) == ()


def test_tutorial_pipeline_puts_first_what_both_parts_find(tmp_path: Path) -> None:
    engine = built(TutorialEngine(analyse=tagged_words, embedder=HashEmbedder()), tmp_path)
    assert engine.rank("사과는 달다", limit=10)[0] == "apple"
    # Like LangChain's retrievers it has an answer to everything.
    assert set(engine.rank("배는 노랗다", limit=10)) == {"apple", "pear", "basket"}


def test_tutorial_pipeline_uses_terms_where_the_embedder_takes_them(tmp_path: Path) -> None:
    class TermHash(HashEmbedder):
        def encode_terms(self, rows: list[list[str]]) -> object:
            assert all(term.endswith("/NN") for row in rows for term in row)
            return self.encode([" ".join(row) for row in rows])

    engine = built(TutorialEngine(analyse=tagged_words, embedder=TermHash()), tmp_path)
    assert engine.rank("배는 노랗다", limit=1) == ("pear",)


def test_peers_are_made_anew_for_each_set(tmp_path: Path) -> None:
    makers = make_peers(analyse=tagged_words, embedder=HashEmbedder())
    assert list(makers) == [WHITESPACE, TUTORIAL, MORPHEMES]
    for make in makers.values():
        assert make() is not make()
        assert built(make(), tmp_path).rank("사과는 빨갛다", limit=3)[0] == "apple"


@pytest.mark.parametrize(
    ("package", "engine"),
    [
        ("bm25s", SparseEngine(spaced_words)),
        ("rank_bm25", TutorialEngine(analyse=tagged_words, embedder=HashEmbedder())),
    ],
)
def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, package: str, engine: Engine
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(BenchmarkError, match=rf"{package} is not installed.*policy-qa\[bench\]"):
        built(engine, tmp_path)
