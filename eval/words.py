"""The ``train words`` command: fits the word vectors that come with the program."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.cli_common import progress_bar
from assistant.wiring import user_words
from corpus.lexicon import load_lexicon
from eval.parts import WHOLE, of_part
from eval.report import make_console
from index.segment import Segmenter
from index.semantics import Progress, WordVectors, derive
from index.training.batches import Step
from index.training.law import Statute, Terms, law_pairs, read_statute
from index.training.written import WrittenDocument, load_written
from index.words import FILE, packed, unpacked

_WEIGHTS = Path(__file__).parents[1] / "index" / "weights" / FILE
EPOCHS = 2
_LAW_BATCH, _WRITTEN_BATCH, _FILES = 128, 48, 40
_LAW_QUESTION, _LAW_PASSAGE = 16, 60


def train_words(
    *,
    law: Annotated[
        Path | None, typer.Option(help="Folder of statutes in Markdown; none: written texts only.")
    ] = None,
    pairs: Annotated[int, typer.Option(help="Pairs of statutes to learn from.", min=0)] = 80_000,
    epochs: Annotated[int, typer.Option(help="Passes over the written questions.", min=0)] = EPOCHS,
    begin: Annotated[
        Path | None,
        typer.Option(help="Vectors to go on from.", show_default="derived from Kiwi"),
    ] = None,
    part: Annotated[
        str, typer.Option(help="Part of the written files to learn from: 1/2 or 2/2.")
    ] = WHOLE,
    questions: Annotated[
        int | None, typer.Option(help="Written questions to learn from.", show_default="all")
    ] = None,
    out: Annotated[Path, typer.Option(help="File to write.")] = _WEIGHTS,
) -> None:
    """Fit Kiwi's word vectors to statutes and to the written questions."""
    from index.training.contrast import train  # noqa: PLC0415 - loads torch

    written = of_part(load_written(), part)
    segmenter = reading_segmenter()
    with progress_bar() as step:
        words = unpacked(begin.read_bytes()) if begin else derive(segmenter, progress=step)
        if law is not None:
            steps = list(_law_steps(_law(law, count=pairs, progress=step)))
            words = train(words, steps, progress=partial(step, "learning from statutes"))
        words = learn_written(
            words, written, epochs=epochs, segmenter=segmenter, questions=questions, progress=step
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(packed(words))
    make_console().print(f"Written: {out} ({len(words.terms)} words)", highlight=False)


def learn_written(
    words: WordVectors,
    written: Sequence[WrittenDocument],
    *,
    epochs: int = EPOCHS,
    segmenter: Segmenter,
    questions: int | None = None,
    progress: Progress,
) -> WordVectors:
    """Vectors that learned from so many of the written questions; all of them without a number."""
    from index.training.contrast import train  # noqa: PLC0415 - loads torch

    steps = list(_written_steps(written, epochs=epochs, segmenter=segmenter, limit=questions))
    return train(words, steps, progress=partial(progress, "learning from questions"))


def _law(folder: Path, *, count: int, progress: Progress) -> list[tuple[Terms, Terms]]:
    """Pairs of whole families of statutes in random order, until there are enough."""
    ordered = sorted({path.parent for path in folder.rglob("*.md")})
    families = [ordered[n] for n in np.random.default_rng(0).permutation(len(ordered))]
    statutes: list[Statute] = []
    found: list[tuple[Terms, Terms]] = []
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for start in range(0, len(families), _FILES):
            paths = [p for f in families[start : start + _FILES] for p in sorted(f.glob("*.md"))]
            statutes.extend(pool.map(_statute, paths))
            found = law_pairs(statutes)
            progress("reading statutes", min(len(found), count), count)
            if len(found) >= count:
                break
    return found[:count]


def _law_steps(pairs: Sequence[tuple[Terms, Terms]]) -> Iterator[Step]:
    for start in range(0, len(pairs) - _LAW_BATCH + 1, _LAW_BATCH):
        batch = pairs[start : start + _LAW_BATCH]
        yield Step(
            questions=[question[:_LAW_QUESTION] for question, _ in batch],
            passages=[passage[:_LAW_PASSAGE] for _, passage in batch],
            answers=range(len(batch)),
        )


def _written_steps(
    documents: Sequence[WrittenDocument],
    *,
    epochs: int,
    segmenter: Segmenter,
    limit: int | None = None,
) -> Iterator[Step]:
    """Batches of questions against all sections of the documents they are about."""
    sections = {
        document.name: [
            segmenter.terms(f"{document.title}\n{p.heading}\n{p.body}") for p in document.passages
        ]
        for document in documents
    }
    asked = [
        (document.name, place, segmenter.terms(question.text))
        for document in documents
        for place, passage in enumerate(document.passages)
        for question in passage.questions
    ]
    chance = np.random.default_rng(0)
    asked = [asked[n] for n in chance.permutation(len(asked))[:limit]]
    for _ in range(epochs):
        order = chance.permutation(len(asked))
        for start in range(0, len(asked), _WRITTEN_BATCH):
            batch = [asked[n] for n in order[start : start + _WRITTEN_BATCH]]
            first: dict[str, int] = {}
            passages: list[Sequence[str]] = []
            for name, _, _ in batch:
                if name not in first:
                    first[name] = len(passages)
                    passages.extend(sections[name])
            yield Step(
                questions=[terms for _, _, terms in batch],
                passages=passages,
                answers=[first[name] + place for name, place, _ in batch],
            )


def _statute(path: Path) -> Statute:
    return read_statute(path, terms_of=reading_segmenter().terms)


@lru_cache(maxsize=1)
def reading_segmenter() -> Segmenter:
    """What training texts are read with; one in each process."""
    return Segmenter(user_words=user_words(load_lexicon()))
