"""Opening the generation that serves."""

from __future__ import annotations

from pathlib import Path

from index import contents, generations
from index.build import EMBEDDINGS
from index.carried import ADAPTED, RANKER, REVIEWED
from index.embedding import Embedder, open_embedder
from index.errors import IndexUnreadable
from index.generations import Generation
from index.ranker import Ranker, parse_ranker
from index.reranking import Reranking
from index.reviewed import load_reviewed
from index.search import Fitted, SearchIndex
from index.segment import Segmenter
from index.semantics import Progress


def open_index(
    data: Path,
    *,
    segmenter: Segmenter | None = None,
    embedder: Embedder | None = None,
    ranker: Ranker | None = None,
    reranking: Reranking | None = None,
    progress: Progress | None = None,
) -> SearchIndex:
    """Opens the generation that serves, with the words and the embedding it was built with.

    A given ``segmenter`` is used only if it knows the same user words; a given ``embedder`` must
    be the one of the build; ``reranking`` orders the best hits of each search once more. Raises
    IndexMissing, IndexUnreadable and EmbeddingUnavailable.
    """
    generation = generations.current(data)
    stored = contents.load(generation.path)
    manifest = generation.manifest
    if segmenter is None or segmenter.user_words != manifest.user_words:
        segmenter = Segmenter(user_words=manifest.user_words)
    segmenter.load()
    embedder = embedder or open_embedder(
        manifest.embedding, segmenter=segmenter, cache_dir=data / EMBEDDINGS, progress=progress
    )
    _same_embedder(generation, embedder)
    return SearchIndex(
        generation=generation,
        stored=stored,
        segmenter=segmenter,
        embedder=embedder,
        fitted=_fitted(generation.path / ADAPTED, ranker),
        reranking=reranking,
    )


def _fitted(adapted: Path, ranker: Ranker | None) -> Fitted:
    """What was fitted to the generation; a given ranker takes the place of its own."""
    if ranker is None and (adapted / RANKER).is_file():
        ranker = parse_ranker((adapted / RANKER).read_bytes())
    reviewed = load_reviewed(adapted / REVIEWED) if adapted.is_dir() else ()
    return Fitted(ranker=ranker, reviewed=reviewed)


def _same_embedder(generation: Generation, embedder: Embedder) -> None:
    manifest = generation.manifest
    if (manifest.embedder, manifest.dimension) != (embedder.name, embedder.dimension):
        raise IndexUnreadable(
            f"the index {generation.path} was built with the embedding {manifest.embedder!r}, "
            f"not {embedder.name!r}; build it anew with 'policy-qa index build'"
        )
