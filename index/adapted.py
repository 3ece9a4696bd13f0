"""Makes a new generation of an adaptation; see ``index.carried`` for its files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from index import contents, generations
from index.adapt import Adaptation, AdaptReport, Pair, fit_adaptation
from index.carried import ADAPTED, RANKER, REPORT, REVIEWED
from index.embedding import WordEmbedder, save_word_vectors
from index.generations import Generation
from index.manifest import Manifest, list_files, write_manifest
from index.opening import open_index
from index.ranker import packed_ranker
from index.reviewed import save_reviewed
from index.search import SearchIndex
from index.semantics import Progress, WordVectors
from index.vectors import embedded
from index.words import packed_digest


def adapt_index(
    data: Path, pairs: Sequence[Pair], *, cache: Path, progress: Progress
) -> tuple[Generation, AdaptReport]:
    """Fits the serving generation to the pairs; the result serves as a new generation.

    ``cache`` keeps folders of word vectors. Raises IndexMissing, BuildLocked and
    AdaptationImpossible, after which the old generation goes on serving.
    """
    with generations.building(data) as folder:
        index = open_index(data)
        made = fit_adaptation(index, pairs, progress=progress)
        serving = index.generation
        shutil.copytree(serving.path, folder, dirs_exist_ok=True)
        manifest = serving.manifest
        if made.words is not None:
            manifest = _embed_anew(index, made.words, folder, manifest=manifest, cache=cache)
        _save(made, folder / ADAPTED)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        write_manifest(folder, replace(manifest, created=created, files=list_files(folder)))
        contents.load(folder)  # what cannot be opened must never serve
        return generations.publish(data, folder), made.report


def _embed_anew(
    index: SearchIndex, words: WordVectors, folder: Path, *, manifest: Manifest, cache: Path
) -> Manifest:
    """Replaces the vectors of a copied generation."""
    place = (cache / f"adapted-{packed_digest(words)}").resolve()
    save_word_vectors(words, folder=place)
    embedder = WordEmbedder(index.segmenter, place)
    embedded(contents.load(folder), embedder, exact=False).save(folder / contents.DENSE)
    return replace(manifest, embedding=str(place), embedder=embedder.name)


def _save(made: Adaptation, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / RANKER).write_bytes(packed_ranker(made.ranker))
    save_reviewed(made.reviewed, folder / REVIEWED)
    report = json.dumps(made.report.as_json(), ensure_ascii=False, indent=1)
    (folder / REPORT).write_text(report + "\n", encoding="utf-8")
