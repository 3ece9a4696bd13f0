"""The peers over the same articles with the same questions, in a process of their own."""

from __future__ import annotations

import resource
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench.beir import Entry
from eval.bench.measure import DEPTH, Engine
from eval.bench.peers.choose import TUTORIAL, make_peers
from eval.bench.peers.tokens import Tagged, entry_text
from eval.bench.scale.articles import ArticleQuestion
from eval.bench.scale.hits import Figures, ask
from eval.bench.scale.kiwi import analyse_apart
from eval.errors import BenchmarkError
from index.build import EMBEDDINGS
from index.embedding import open_embedder
from index.segment import Segmenter

MEMORY_GIB = 12
_SLOW_QUESTIONS = 20  # rank_bm25 walks over every text for every token


def measure_peers(
    entries: Sequence[Entry], questions: Sequence[ArticleQuestion], *, cache: Path, embedding: str
) -> Mapping[str, Figures]:
    """Figures of each peer by name; to be run in a process of its own, whose memory it limits.

    Texts are analysed once for all peers. Raises ``BenchmarkError`` above ``MEMORY_GIB``.
    """
    limit = MEMORY_GIB << 30
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    try:
        return _measure(entries, questions, cache=cache, embedding=embedding)
    except MemoryError as error:
        message = f"the peers need more than {MEMORY_GIB} GiB here; leave them out: --no-peers"
        raise BenchmarkError(message) from error


def _measure(
    entries: Sequence[Entry], questions: Sequence[ArticleQuestion], *, cache: Path, embedding: str
) -> dict[str, Figures]:
    segmenter = Segmenter()
    segmenter.load()
    embedder = open_embedder(embedding, segmenter=segmenter, cache_dir=cache / EMBEDDINGS)
    known = analyse_apart([entry_text(entry) for entry in entries])
    analyse = partial(_looked_up, known, segmenter)
    makers = make_peers(analyse=analyse, embedder=embedder)
    return {
        name: _figures(make(), entries, questions[:_SLOW_QUESTIONS] if slow else questions)
        for name, make in makers.items()
        for slow in (name == TUTORIAL,)
    }


def _figures(
    engine: Engine, entries: Sequence[Entry], questions: Sequence[ArticleQuestion]
) -> Figures:
    with TemporaryDirectory(prefix="policy-qa-peer-") as folder:
        engine.build(entries, Path(folder), progress=lambda *_: None)
        return ask(questions, _ranker(engine))


def _ranker(engine: Engine) -> Callable[[str], Sequence[str]]:
    return lambda text: engine.rank(text, limit=DEPTH)


def _looked_up(known: Mapping[str, Tagged], segmenter: Segmenter, text: str) -> Tagged:
    """What was analysed before, or, for a question, what Kiwi says now."""
    found = known.get(text)
    return segmenter.tagged(text) if found is None else found
