"""Constructs the program: the only place that does."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from assistant.errors import ConfigurationError
from assistant.pipeline import Pipeline
from assistant.reader import Reader, parse_reader
from assistant.replies import load_replies
from assistant.settings import PREFIX, Settings
from assistant.sufficiency import FEATURES, Calibration
from assistant.vocabulary import make_vocabulary
from corpus.lexicon import Lexicon, load_lexicon
from index import generations
from index.adapt import AdaptReport, Pair
from index.build import EMBEDDINGS, Choices, build_folder
from index.carried import adapted_embedding
from index.embedding import DEFAULT, lasting
from index.errors import EmbeddingUnavailable, IndexMissing, IndexUnreadable, RerankerUnavailable
from index.opening import open_index
from index.reranking import CrossEncoderReranker, Reranking
from index.search import SearchIndex
from index.words import WordTable, bundled_words
from prompts.loader import load_yaml

Progress = Callable[[str, int, int], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the generation's name, counts, seconds, and one line a skipped file.

    ``notes`` are lines on what the operator should know besides.
    """

    generation: str
    documents: int
    sections: int
    passages: int
    seconds: float
    skipped: tuple[str, ...]
    notes: tuple[str, ...] = ()


def build_corpus(*, corpus: Path, settings: Settings, progress: Progress) -> BuildReport:
    """Index a folder of documents as a new generation that serves from now on."""
    started = time.monotonic()
    before = _serving_embedder(settings.data)
    choices = Choices(
        data=settings.data,
        embedding=_build_embedding(settings),
        user_words=user_words(load_lexicon()),
        workers=settings.workers,
    )
    with embedding_named():
        built = build_folder(corpus, choices=choices, progress=progress)
    held = built.generation.manifest
    return BuildReport(
        generation=built.generation.name,
        documents=held.documents,
        sections=held.sections,
        passages=held.passages,
        seconds=time.monotonic() - started,
        skipped=built.skipped,
        notes=_embedded_anew(before, held.embedder),
    )


def adapt_corpus(
    *, pairs: Sequence[Pair], settings: Settings, progress: Progress
) -> tuple[str, AdaptReport]:
    """Fit the serving index to reviewed questions; the new generation and what it brought."""
    from index.adapted import adapt_index  # noqa: PLC0415 - only this command adapts

    cache = settings.data / EMBEDDINGS
    generation, report = adapt_index(settings.data, pairs, cache=cache, progress=progress)
    return generation.name, report


def _build_embedding(settings: Settings) -> str:
    """The embedding to build with: an index that was adapted keeps its own words."""
    adapted = adapted_embedding(settings.data) if settings.embedding == DEFAULT else None
    return adapted or settings.embedding


def open_answering(
    settings: Settings, *, reranking: Reranking | None = None, warm: bool = False
) -> Pipeline:
    """Open the serving generation and everything that answers from it.

    ``reranking`` stands in for what ``open_reranking`` opens; with ``warm`` the first question
    is answered as fast as later ones.
    """
    with embedding_named():
        index = open_index(settings.data, reranking=reranking or open_reranking(settings))
    if warm:
        index.warm()
    _warn_of_another_embedding(settings, index)
    return make_pipeline(index, reader=load_reader(), calibration=load_calibration())


def open_reranking(settings: Settings) -> Reranking | None:
    """The reranker of the settings, None for none; raise ``ConfigurationError`` if it fails."""
    if not settings.reranker:
        return None
    try:
        return Reranking(CrossEncoderReranker(settings.reranker), top=settings.rerank_top)
    except RerankerUnavailable as error:
        raise ConfigurationError(f"{PREFIX}RERANKER: {error}") from error


@contextmanager
def embedding_named() -> Iterator[None]:
    """Name the variable where the embedding of an index cannot be used."""
    try:
        yield
    except EmbeddingUnavailable as error:
        raise ConfigurationError(f"{PREFIX}EMBEDDING: {error}") from error


def open_with(data: Path, *, reader: Reader | None, calibration: Calibration) -> Pipeline:
    """Open the serving generation with what was trained; see ``make_pipeline``."""
    return make_pipeline(open_index(data), reader=reader, calibration=calibration)


def make_pipeline(
    index: SearchIndex, *, reader: Reader | None, calibration: Calibration
) -> Pipeline:
    """A pipeline over an opened index; without a reader, rules alone rank evidence."""
    vocabulary = make_vocabulary(
        load_lexicon(), terms_of=index.segmenter.terms, words=index.alternatives
    )
    # The reader has learned with the words that come with the program.
    own = index.generation.manifest.embedding == DEFAULT
    words = index.words if own else WordTable(bundled_words())
    return Pipeline(
        index=index,
        vocabulary=vocabulary,
        calibration=calibration,
        replies=load_replies(),
        vectors=words.vectors,
        reader=reader,
    )


def index_status(settings: Settings) -> Mapping[str, object]:
    """What the data folder holds, for people."""
    status = generations.status(settings.data)
    held = status.manifest
    counts = (
        {}
        if held is None
        else {
            "documents": held.documents,
            "sections": held.sections,
            "passages": held.passages,
            "embedding": held.embedder,
            "created": held.created,
        }
    )
    return {
        "serving": status.current,
        "generations": list(status.names),
        "broken": dict(status.broken),
        **counts,
    }


def rollback_index(settings: Settings) -> str:
    """Serve the generation before; its name."""
    return generations.rollback(settings.data).name


def load_reader() -> Reader:
    """The bundled reader; raise ``ConfigurationError`` where its weights are unusable."""
    return parse_reader((files("assistant") / "weights" / "reader.safetensors").read_bytes())


def load_calibration() -> Calibration:
    """The bundled calibration; raise ``ConfigurationError`` where it does not fit."""
    raw = load_yaml("calibration.yaml")
    weights = raw.get("weights")
    if not isinstance(weights, dict) or set(weights) != set(FEATURES):
        raise ConfigurationError(
            "prompts/calibration.yaml does not hold the features of this version; "
            "write it again with policy-qa train reader"
        )
    return Calibration(
        intercept=float(str(raw["intercept"])),
        weights=tuple(float(weights[name]) for name in FEATURES),
        threshold=float(str(raw["threshold"])),
    )


def user_words(lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Words to keep whole: the lexicon's own, and the names of its aliases."""
    words = dict(lexicon.user_words)
    for group in lexicon.aliases:
        for name in group:
            if len(name) > 1 and all("가" <= char <= "힣" for char in name):
                words.setdefault(name, "NNP")
    return tuple(words.items())


def _serving_embedder(data: Path) -> str | None:
    try:
        return generations.current(data).manifest.embedder
    except (IndexMissing, IndexUnreadable):
        return None  # nothing was embedded before that could be used


def _embedded_anew(before: str | None, now: str) -> tuple[str, ...]:
    if before in {None, now}:
        return ()
    return (f"the embedding changed from {before} to {now}: all passages were embedded anew",)


def _warn_of_another_embedding(settings: Settings, index: SearchIndex) -> None:
    built_with = index.generation.manifest.embedding
    if "embedding" in settings.model_fields_set and lasting(settings.embedding) != built_with:
        _log.warning(
            "%sEMBEDDING is %r, but the index was built with %r and goes on being searched "
            "with it; build it anew with 'policy-qa index build'",
            PREFIX,
            settings.embedding,
            built_with,
        )
