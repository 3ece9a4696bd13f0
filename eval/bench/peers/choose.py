"""The peers by name, each made anew for a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from eval.bench.measure import Engine, Step
from eval.bench.peers.sparse import SparseEngine
from eval.bench.peers.tokens import Analyse, content_forms, spaced_words
from eval.bench.peers.tutorial import TutorialEngine
from index.build import EMBEDDINGS
from index.embedding import DEFAULT, Embedder, open_embedder
from index.segment import Segmenter

WHITESPACE = "whitespace BM25"
TUTORIAL = "tutorial hybrid"
MORPHEMES = "morpheme BM25"


def make_peers(*, analyse: Analyse, embedder: Embedder) -> Mapping[str, Callable[[], Engine]]:
    """Makers of the peers over one analyser; each opens nothing before it is called."""
    return {
        WHITESPACE: lambda: SparseEngine(spaced_words),
        TUTORIAL: lambda: TutorialEngine(analyse=analyse, embedder=embedder),
        MORPHEMES: lambda: SparseEngine(lambda text: content_forms(analyse(text))),
    }


def open_peers(
    *, cache: Path, embedding: str = DEFAULT, progress: Step
) -> Mapping[str, Callable[[], Engine]]:
    """The peers with a Kiwi of their own, so that no engine's caches serve another."""
    segmenter = Segmenter()
    segmenter.load()
    embedder = open_embedder(
        embedding, segmenter=segmenter, cache_dir=cache / EMBEDDINGS, progress=progress
    )
    return make_peers(analyse=segmenter.tagged, embedder=embedder)
