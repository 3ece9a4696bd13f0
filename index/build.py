"""Building a generation from documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import CorpusError
from corpus.load import Identifiers, corpus_files, nothing_readable, why_skipped
from corpus.model import Document
from index import contents, generations
from index.assemble import Counts, Entry, assemble
from index.carried import carry_over
from index.dense import DenseIndex
from index.embedding import DEFAULT, Embedder, lasting, open_embedder
from index.errors import EmptyCorpus
from index.generations import Generation
from index.manifest import FORMAT, Manifest, list_files, write_manifest
from index.segment import Segmenter
from index.segment_cache import SegmentCache, cache_key, opened_cache, recipe
from index.segmented import Segmented
from index.segmenting import segment_all
from index.semantics import Progress
from index.sources import FileSource, Source, file_sources, given_sources
from index.vectors import passage_vectors, question_vectors

EMBEDDINGS = "embedding"

Failure = tuple[Source, CorpusError | OSError]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the operator chooses: see ``build_index``."""

    data: Path
    embedding: str = DEFAULT
    user_words: tuple[tuple[str, str], ...] = ()
    passage_size: int = 500
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Built:
    """A generation made of a folder, and one line for each file left out."""

    generation: Generation
    skipped: tuple[str, ...]


def build_index(  # noqa: PLR0913 - each is a choice of the operator
    *,
    documents: Sequence[Document],
    data: Path,
    embedding: str = DEFAULT,
    user_words: Sequence[tuple[str, str]] = (),
    progress: Progress | None = None,
    passage_size: int = 500,
    segmenter: Segmenter | None = None,
    embedder: Embedder | None = None,
    workers: int = 1,
) -> Generation:
    """Indexes the documents in a new generation and lets it serve.

    ``progress`` is told (what, done, of): of segmenting in kilobytes, of the rest in pieces.
    ``segmenter`` and ``embedder`` stand in for those that ``user_words`` and ``embedding``
    describe. A large corpus is segmented by ``workers`` processes; what was segmented is kept, so
    that a build goes on where another stopped. Raises BuildLocked, BuildInterrupted, EmptyCorpus
    and EmbeddingUnavailable; whatever happens, the generation that serves goes on serving.
    """
    chosen = Choices(data, embedding, tuple(user_words), passage_size, workers)
    build = _Build(chosen, progress or _silent, segmenter=segmenter, embedder=embedder)
    generation, _ = build.run(given_sources(documents))
    return generation


def build_folder(
    folder: Path,
    *,
    choices: Choices,
    progress: Progress | None = None,
    segmenter: Segmenter | None = None,
    embedder: Embedder | None = None,
) -> Built:
    """Indexes the files of a folder as ``build_index`` does documents.

    Files that cannot be read are left out and told. Raises CorpusMissing where there is none.
    """
    sources = file_sources(corpus_files(folder))
    build = _Build(choices, progress or _silent, segmenter=segmenter, embedder=embedder)
    try:
        generation, failures = build.run(sources)
    except _NothingRead as error:
        raise nothing_readable(folder, _lines(error.failures)) from error
    return Built(generation, tuple(_lines(failures)))


class _NothingRead(EmptyCorpus):
    """No source could be read."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        super().__init__("there is no text to index; name a folder that holds documents")
        self.failures = failures


class _Build:
    """One run of a build."""

    def __init__(
        self,
        choices: Choices,
        report: Progress,
        *,
        segmenter: Segmenter | None = None,
        embedder: Embedder | None = None,
    ) -> None:
        self._choices = choices
        self._report = report
        self._segmenter = segmenter or Segmenter(user_words=choices.user_words)
        self._given = embedder

    def run(self, sources: Sequence[Source]) -> tuple[Generation, tuple[Failure, ...]]:
        """A new generation that serves, and the sources left out."""
        data = self._choices.data
        with generations.building(data) as folder, opened_cache(data) as cache:
            keys, failures = self._segmented(sources, cache)
            if not keys:
                raise _NothingRead(failures)
            embedder = self._given or self._embedder()
            generation = self._made(_named(sources, keys), cache, folder, embedder=embedder)
            cache.keep(_kept_keys(data))
        return generation, tuple(failures)

    def _segmented(
        self, sources: Sequence[Source], cache: SegmentCache
    ) -> tuple[dict[int, bytes], list[Failure]]:
        """The key of every source that could be read, by its place, and those that could not."""
        keys, failures = self._keys(sources)
        known = cache.known()
        todo = {key: place for place, key in reversed(keys.items()) if key not in known}
        total = sum(source.size for source in sources)
        done = total - sum(sources[place].size for place in todo.values())
        kilobytes = total // 1000
        outcomes = segment_all(
            [(place, sources[place]) for place in sorted(todo.values())],
            segmenter=self._segmenter,
            passage_size=self._choices.passage_size,
            workers=self._choices.workers,
        )
        broken: dict[bytes, CorpusError | OSError] = {}
        for outcome in outcomes:
            if outcome.error is None:
                cache.put(keys[outcome.place], outcome.content)
            else:
                broken[keys[outcome.place]] = outcome.error
            done += sources[outcome.place].size
            self._report("segmenting", done // 1000, kilobytes)
        self._report("segmenting", kilobytes, kilobytes)
        cache.commit()
        failures |= {place: broken[key] for place, key in keys.items() if key in broken}
        read = {place: key for place, key in keys.items() if key not in broken}
        return read, [(sources[place], failures[place]) for place in sorted(failures)]

    def _keys(
        self, sources: Sequence[Source]
    ) -> tuple[dict[int, bytes], dict[int, CorpusError | OSError]]:
        made_by = recipe(self._segmenter, passage_size=self._choices.passage_size)
        keys: dict[int, bytes] = {}
        failures: dict[int, CorpusError | OSError] = {}
        for place, source in enumerate(sources):
            try:
                keys[place] = cache_key(made_by, source.digest())
            except (CorpusError, OSError) as error:
                failures[place] = error
            self._report("read", place + 1, len(sources))
        return keys, failures

    def _embedder(self) -> Embedder:
        return open_embedder(
            self._choices.embedding,
            segmenter=self._segmenter,
            cache_dir=self._choices.data / EMBEDDINGS,
            progress=self._report,
        )

    def _made(
        self, entries: Sequence[Entry], cache: SegmentCache, folder: Path, *, embedder: Embedder
    ) -> Generation:
        counts = assemble(self._read(entries, cache), folder)
        if not counts.passages:
            raise EmptyCorpus("there is no text to index; name a folder that holds documents")
        data = self._choices.data
        vectors, before = passage_vectors(folder, embedder=embedder, data=data, report=self._report)
        dense = DenseIndex.build(
            vectors,
            questions=lambda: question_vectors(folder, embedder=embedder),
            before=before,
        )
        dense.save(folder / contents.DENSE)
        carry_over(data, folder, embedder=embedder.name)
        manifest = self._manifest(counts, folder, embedder=embedder)
        write_manifest(folder, manifest)
        contents.load(folder)  # what cannot be opened must never serve
        return generations.publish(data, folder)

    def _read(
        self, entries: Sequence[Entry], cache: SegmentCache
    ) -> Iterator[tuple[Entry, Segmented]]:
        for done, entry in enumerate(entries):
            yield entry, Segmented.unpacked(cache.get(entry.key))
            self._report("assembling", done + 1, len(entries))

    def _manifest(self, counts: Counts, folder: Path, *, embedder: Embedder) -> Manifest:
        return Manifest(
            format=FORMAT,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            embedding=lasting(self._choices.embedding),
            embedder=embedder.name,
            dimension=embedder.dimension,
            documents=counts.documents,
            sections=counts.sections,
            passages=counts.passages,
            user_words=self._segmenter.user_words,
            files=list_files(folder),
        )


def _named(sources: Sequence[Source], keys: dict[int, bytes]) -> list[Entry]:
    names = Identifiers()
    return [Entry(sources[place].name(names), key) for place, key in sorted(keys.items())]


def _kept_keys(data: Path) -> set[bytes]:
    """The keys of all generations that are kept; one of an older format had none."""
    found: set[bytes] = set()
    for generation in generations.folders(data):
        if (generation / contents.KEYS).is_file():
            found.update(contents.load_keys(generation))
    return found


def _lines(failures: Sequence[Failure]) -> list[str]:
    return [
        why_skipped(source.path, error)
        for source, error in failures
        if isinstance(source, FileSource)
    ]


def _silent(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""
