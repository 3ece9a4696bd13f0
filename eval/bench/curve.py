"""The ``bench curve`` command: what written questions and the lexicon bring on public sets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer

from assistant.cli_common import Data, progress_bar, settings_for
from eval.bench.beir import Collection, read_collection
from eval.bench.measure import Step, ask_all
from eval.report import make_console
from index.semantics import WordVectors

_COUNTS = (0, 1000, 2000, 4000, 8000, 12_000)
_FIGURES = ("recall@1", "recall@5", "mrr@10")


@dataclass(frozen=True, slots=True)
class Point:
    """The scores of a collection with vectors that learned from so many written questions."""

    learned: int
    lexicon: bool
    collection: str
    scores: Mapping[str, float]


def curve(
    *,
    beir: Annotated[list[Path], typer.Option(metavar="DIR", help="BEIR folder; may be repeated.")],
    begin: Annotated[Path, typer.Option(help="Vectors that learned from statutes only.")],
    out: Annotated[Path, typer.Option(help="Folder for curve.md and curve.json.")],
    counts: Annotated[
        list[int] | None,
        typer.Option("--count", help="Written questions; may be repeated.", show_default="0-12000"),
    ] = None,
    questions: Annotated[int, typer.Option(help="Questions of each set.", min=1)] = 1500,
    data: Data = None,
) -> None:
    """Train on ever more written questions; ask sets they were not written for."""
    from index.words import unpacked  # noqa: PLC0415 - heavy, and not for --help

    collections = [_sampled(read_collection(folder), count=questions) for folder in beir]
    cache = settings_for(data=data).data
    with progress_bar() as step:
        vectors = _learned(unpacked(begin.read_bytes()), counts or _COUNTS, progress=step)
        points = [
            point
            for count, words in vectors
            for point in _points(count, words, collections, cache=cache, progress=step)
        ]
    out.mkdir(parents=True, exist_ok=True)
    rows = [
        {"learned": p.learned, "lexicon": p.lexicon, "set": p.collection, **p.scores}
        for p in points
    ]
    text = markdown(points)
    (out / "curve.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    (out / "curve.md").write_text(text, encoding="utf-8")
    make_console().print(text, highlight=False, markup=False, soft_wrap=True)


def markdown(points: Sequence[Point]) -> str:
    """One table a collection, one row a number of questions."""
    parts = [
        "# What written questions and the lexicon bring",
        "Written by `policy-qa bench curve`: the vectors learned from so many of the written"
        " questions, after the statutes; the ranking is the same throughout, and has learned from"
        " written questions too. r@1 / r@5 / MRR@10.",
    ]
    for name in dict.fromkeys(point.collection for point in points):
        rows = ["| written questions | with the lexicon | without |", "|---:|---|---|"]
        here = [point for point in points if point.collection == name]
        for count in dict.fromkeys(point.learned for point in here):
            by = {p.lexicon: _shown(p.scores) for p in here if p.learned == count}
            rows.append(f"| {count:,} | {by[True]} | {by[False]} |")
        parts.extend((f"## {name}", "\n".join(rows)))
    return "\n\n".join(parts) + "\n"


def _learned(
    begin: WordVectors, counts: Sequence[int], *, progress: Step
) -> Iterator[tuple[int, WordVectors]]:
    from eval.words import learn_written, reading_segmenter  # noqa: PLC0415 - loads torch
    from index.training.written import load_written  # noqa: PLC0415 - as above

    written, segmenter = load_written(), reading_segmenter()
    for count in counts:
        yield (
            count,
            learn_written(begin, written, segmenter=segmenter, questions=count, progress=progress),
        )


def _points(
    count: int,
    words: WordVectors,
    collections: Sequence[Collection],
    *,
    cache: Path,
    progress: Step,
) -> Iterator[Point]:
    from eval.bench.engine import IndexEngine  # noqa: PLC0415 - heavy
    from index.embedding import save_word_vectors  # noqa: PLC0415 - as above

    with TemporaryDirectory(prefix="policy-qa-curve-") as folder:
        vectors = Path(folder) / "words"
        save_word_vectors(words, folder=vectors)
        engine = IndexEngine(cache=cache, embedding=str(vectors), progress=progress)
        for collection in collections:
            with TemporaryDirectory(prefix="policy-qa-curve-") as data:
                engine.build(collection.entries, Path(data), progress=progress)
                for lexicon in (True, False):
                    if not lexicon:
                        engine.forget_lexicon()
                    scores = ask_all(collection, engine, progress=progress)
                    kept = {figure: scores[figure] for figure in _FIGURES}
                    yield Point(count, lexicon, collection.name, kept)


def _sampled(collection: Collection, *, count: int) -> Collection:
    """The collection with so many of its questions, the same ones each time."""
    names = sorted(collection.queries)
    order = np.random.default_rng(0).permutation(len(names))[:count]
    chosen = [names[int(place)] for place in order]
    return replace(collection, queries={name: collection.queries[name] for name in chosen})


def _shown(scores: Mapping[str, float]) -> str:
    return " / ".join(f"{scores[figure]:.3f}" for figure in _FIGURES)
