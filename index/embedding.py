"""Texts as vectors: the only user of sentence-transformers."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np

from index.averages import Averages
from index.errors import EmbeddingUnavailable
from index.files import digest, folder_digest, replaced_folder
from index.semantics import VERSION, Progress, WordVectors, derive, unit
from index.words import WordTable, bundled_words, words_digest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.segment import Segmenter

DEFAULT = "words"
DERIVED = "kiwi"
_WEIGHTS = "model.safetensors"
_VOCABULARY = "tokenizer.json"
_MARK = "segmented-by-kiwi.json"
_UNKNOWN = "[UNK]"
_BATCH = 32
_PASSAGE_PROMPTS = ("document", "passage", "corpus")


class Embedder(Protocol):
    """Turns texts into vectors; ``name`` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension), L2-normalised; zero rows stay zero."""
        ...


@runtime_checkable
class QueryEmbedder(Protocol):
    """An embedder that encodes questions otherwise than passages."""

    def encode_query(self, text: str) -> NDArray[np.float32]: ...


@runtime_checkable
class TermEmbedder(Protocol):
    """An embedder of content terms, which need not be segmented twice when indexing."""

    def averages(self, terms: Sequence[str]) -> Averages: ...


def encode_query(embedder: Embedder, text: str) -> NDArray[np.float32]:
    """The vector of a question, shape (dimension,)."""
    if isinstance(embedder, QueryEmbedder):
        return embedder.encode_query(text)
    vector: NDArray[np.float32] = embedder.encode([text])[0]
    return vector


class WordEmbedder:
    """Word vectors averaged over a text's content terms.

    A source is a sentence-transformers folder as ``save_word_vectors`` writes it. Its
    ``StaticEmbedding`` is a mean of rows, which is computed here: a server that imports
    sentence-transformers takes several seconds longer to give its first answer.
    """

    def __init__(self, segmenter: Segmenter, source: Path | WordVectors) -> None:
        """``source`` is such a folder, or vectors that are in memory only."""
        self._segmenter = segmenter
        self.folder = source if isinstance(source, Path) else None
        if isinstance(source, Path):
            # Weights of one folder name may differ (another machine, adapted anew), and vectors
            # of differing weights must never meet in one index.
            self.name = f"{source.name}-{digest(source / _WEIGHTS)[:8]}"
            self._rows, self._vectors = _opened_words(source)
        else:
            self.name = "unsaved"
            self._rows = {term: row for row, term in enumerate(source.terms)}
            self._vectors = source.vectors

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._vectors.shape[1])

    @cached_property
    def table(self) -> WordTable:
        """The vectors word by word."""
        return WordTable(self.words)

    @property
    def words(self) -> WordVectors:
        """The vectors and what they stand for."""
        kept = [term for term in self._rows if term != _UNKNOWN]
        return WordVectors(tuple(kept), self._vectors[[self._rows[term] for term in kept]])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Embedder; a text without a known word gets the zero vector."""
        return self.encode_terms([self._segmenter.terms(text) for text in texts])

    def encode_terms(self, rows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Vectors of texts given as their ``form/TT`` terms, as ``encode`` makes them."""
        means = np.zeros((len(rows), self.dimension), dtype=np.float32)
        for place, terms in enumerate(rows):
            known = [self._rows[term] for term in terms if term in self._rows]
            if known:
                means[place] = self._vectors[known].mean(axis=0)
        return unit(means)

    def averages(self, terms: Sequence[str]) -> Averages:
        """Makes the same vectors of many rows of these terms, given by number."""
        return Averages(terms, places=self._rows, vectors=self._vectors)


class NamedEmbedder:
    """Any sentence-transformers model, by folder or by the name it is published under.

    Its own prompts for questions and documents and its own limit of length hold; a folder is
    read without the network. Safe to share between threads.
    """

    def __init__(self, name_or_path: str) -> None:
        folder = Path(name_or_path)
        self._model = _open(name_or_path, local=folder.exists())
        self.name = _named(folder) if folder.is_dir() else name_or_path
        # sentence-transformers 6.2 gives every model an empty "document", which it then prefers to
        # the "passage" that models of the E5 kind are published with.
        prompts = (self._model.prompts.get(name) for name in _PASSAGE_PROMPTS)
        self._prompt = next(filter(None, prompts), "")
        # Its tokenizer refuses two threads at once; the model keeps all cores busy anyway.
        self._lock = Lock()

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Embedder."""
        return self._encoded(texts, self._model.encode_document, prompt=self._prompt)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, with the model's own prompt for questions."""
        vector: NDArray[np.float32] = self._encoded([text], self._model.encode_query)[0]
        return vector

    def _encoded(
        self, texts: Sequence[str], encode: Callable[..., Any], **options: str
    ) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            found = encode(list(texts), batch_size=_BATCH, show_progress_bar=False, **options)
        vectors = np.asarray(found, dtype=np.float32)
        if not np.isfinite(vectors).all():
            raise EmbeddingUnavailable(
                f"the embedding model {self.name!r} answered with values that are no numbers; "
                "build the index with another embedding"
            )
        return unit(vectors)


def open_embedder(
    name: str = DEFAULT,
    *,
    segmenter: Segmenter,
    cache_dir: Path,
    progress: Progress | None = None,
) -> Embedder:
    """The embedder of a setting: "words", "kiwi", a model folder or a model name.

    "words" are the trained vectors that come with the program, "kiwi" those they were trained
    from, derived once, which takes about a minute. ``cache_dir`` keeps the folders of both.
    Raises EmbeddingUnavailable when the model cannot be opened.
    """
    if name == DEFAULT:
        return WordEmbedder(
            segmenter, _cached(cache_dir / f"words-{words_digest()}", bundled_words)
        )
    if name == DERIVED:
        folder = cache_dir / f"kiwi-{segmenter.model_version}-v{VERSION}"
        return WordEmbedder(
            segmenter, _cached(folder, partial(derive, segmenter, progress=progress))
        )
    if (Path(name) / _MARK).is_file():
        return WordEmbedder(segmenter, Path(name))
    return NamedEmbedder(name)


def lasting(name: str) -> str:
    """The setting such that it opens the same embedding from any working folder."""
    if name in {DEFAULT, DERIVED} or not Path(name).exists():
        return name
    return str(Path(name).resolve())


def save_word_vectors(words: WordVectors, *, folder: Path) -> None:
    """Writes word vectors as a sentence-transformers folder, whole or not at all."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - see _open
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding  # noqa: PLC0415

    unknown = np.zeros((1, words.vectors.shape[1]), dtype=np.float32)
    table = np.concatenate([unknown, words.vectors])
    module = StaticEmbedding(_tokenizer(words.terms), embedding_weights=table)
    with replaced_folder(folder) as partial:
        model = SentenceTransformer(modules=[module], device="cpu")
        model.save(str(partial), create_model_card=False)
        (partial / _MARK).write_text("{}\n", encoding="utf-8")


def _cached(folder: Path, make: Callable[[], WordVectors]) -> Path:
    """The folder, written first where it is not there."""
    if not (folder / _MARK).is_file():
        save_word_vectors(make(), folder=folder)
    return folder


def _opened_words(folder: Path) -> tuple[dict[str, int], NDArray[np.float32]]:
    """The rows of terms and the vectors of a folder of word vectors."""
    from safetensors import SafetensorError  # noqa: PLC0415 - not every command embeds
    from safetensors.numpy import load_file  # noqa: PLC0415 - as above

    try:
        (vectors,) = load_file(folder / _WEIGHTS).values()
        vocabulary = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
        rows = {str(term): int(row) for term, row in vocabulary["model"]["vocab"].items()}
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
        raise EmbeddingUnavailable(
            f"the word vectors in {folder} cannot be read ({error}); delete the folder and "
            "build the index again"
        ) from error
    return rows, np.asarray(vectors, dtype=np.float32)


def _tokenizer(terms: Sequence[str]) -> Any:
    """Terms are segmented before, so that the tokenizer only has to part them at spaces."""
    from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: PLC0415 - see _open

    vocabulary = {term: number for number, term in enumerate((_UNKNOWN, *terms))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def _named(folder: Path) -> str:
    """A name that changes with the model: two sets of weights must never meet in one index."""
    return f"{folder.resolve().name}-{folder_digest(folder)[:8]}"


def _open(name: str, *, local: bool) -> Any:
    # Imported late: it loads torch, which takes seconds, and not every command embeds.
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    try:
        return SentenceTransformer(name, device="cpu", local_files_only=local)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EmbeddingUnavailable(
            f"the embedding model {name!r} cannot be opened ({error}); "
            "name a sentence-transformers folder or model, or set the embedding to 'words'"
        ) from error
