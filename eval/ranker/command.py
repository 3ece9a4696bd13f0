"""The ``train ranker`` command: fits the ranking of passages that comes with the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from assistant.cli_common import progress_bar
from assistant.wiring import user_words
from corpus.lexicon import load_lexicon
from eval.parts import of_part
from eval.ranker.sources import Source, as_documents, as_entries, sampled, statutes
from eval.report import make_console
from index.build import build_index
from index.embedding import WordEmbedder, save_word_vectors
from index.observe import Observation, found, observe, scored
from index.opening import open_index
from index.ranker import FILE, Blend, Ranker, packed_ranker, unlearned_ranker
from index.replay import FILE as REPLAY
from index.replay import packed_replay, parse_replay
from index.search import SearchIndex
from index.segment import Segmenter
from index.training.written import load_written
from index.words import unpacked

_WEIGHTS = Path(__file__).parents[2] / "index" / "weights" / FILE
_STATUTES = 160
_REMEMBERED = 1200  # questions that adaptation learns again or measures forgetting with

Step = Callable[[str, int, int], None]


def train_ranker(
    *,
    first: Annotated[
        Path, typer.Option(help="Word vectors that learned from the written files of part 1/2.")
    ],
    second: Annotated[Path, typer.Option(help="Word vectors that learned from part 2/2.")],
    law: Annotated[Path, typer.Option(help="Folder of statutes in Markdown.")],
    questions: Annotated[int, typer.Option(help="Written questions of each form.", min=1)] = 4000,
    out: Annotated[Path, typer.Option(help="File to write.")] = _WEIGHTS,
) -> None:
    """Fit the ranking to written questions and statutes.

    Each half of the written questions is asked with word vectors that learned from the other,
    as a question that nobody has foreseen is asked.
    """
    from index.training.listwise import fit_ranker, padded  # noqa: PLC0415 - loads torch

    with progress_bar() as step:
        observed = _observed(first, second, law, questions=questions, step=step)
        usable = [one for each in observed.values() for one in found(each)]
        order = np.random.default_rng(1).permutation(len(usable))
        remembered = [usable[int(place)] for place in order[:_REMEMBERED]]
        replay = packed_replay(remembered)
        # What forgetting is measured with must be new to the ranking itself.
        rest = [usable[int(place)] for place in order[_REMEMBERED:]]
        learned = [*parse_replay(replay).learned, *rest]
        lists = padded([one.features for one in learned], [one.right for one in learned])
        ranker = fit_ranker(lists, progress=lambda done, of: step("fitting", done, of))
    out.write_bytes(packed_ranker(ranker))
    out.with_name(REPLAY).write_bytes(replay)
    console = make_console()
    console.print(_table(observed, ranker))
    console.print(f"Written: {out}", highlight=False)


def _observed(
    first: Path, second: Path, law: Path, *, questions: int, step: Step
) -> dict[str, list[Observation]]:
    written = load_written()
    segmenter = Segmenter(user_words=user_words(load_lexicon()))
    made: dict[str, list[Observation]] = {"documents": [], "entries": [], "statutes": []}
    for vectors, part in ((first, "2/2"), (second, "1/2")):
        asked = of_part(written, part)
        with TemporaryDirectory() as folder:
            embedder = _embedder(vectors, Path(folder), segmenter)
            for name, form in (("documents", as_documents), ("entries", as_entries)):
                source = form(written, asked=asked)
                made[name] += _ask(
                    source,
                    segmenter,
                    embedder,
                    count=questions // 2,
                    what=f"{name} {part}",
                    step=step,
                )
            if part == "1/2":
                source = statutes(law, count=_STATUTES)
                observed = _ask(
                    source, segmenter, embedder, count=questions, what="statutes", step=step
                )
                # Of statutes only what was observed is kept, not their titles.
                made["statutes"] += [replace(one, text="") for one in observed]
    return made


def _embedder(vectors: Path, folder: Path, segmenter: Segmenter) -> WordEmbedder:
    save_word_vectors(unpacked(vectors.read_bytes()), folder=folder / "words")
    return WordEmbedder(segmenter, folder / "words")


def _ask(
    source: Source,
    segmenter: Segmenter,
    embedder: WordEmbedder,
    *,
    count: int,
    what: str,
    step: Step,
) -> list[Observation]:
    with TemporaryDirectory() as data:
        index = _index(source, Path(data), segmenter, embedder)
        asked = sampled(source.questions, count=count)
        observed: list[Observation] = []
        for question in asked:
            observed.extend(observe(index, [question]))
            step(what, len(observed), len(asked))
        return observed


def _index(source: Source, data: Path, segmenter: Segmenter, embedder: WordEmbedder) -> SearchIndex:
    build_index(documents=source.documents, data=data, segmenter=segmenter, embedder=embedder)
    # The ranking that comes with the program may know other features than are computed now.
    return open_index(data, segmenter=segmenter, embedder=embedder, ranker=unlearned_ranker())


def _table(observed: dict[str, list[Observation]], ranker: Ranker) -> Table:
    table = Table("learned from", "questions", "r@1", "r@5", "MRR@10", box=None)
    for name, each in observed.items():
        scores = scored(Blend.of(ranker), each)
        figures = (scores.first, scores.fifth, scores.mrr)
        table.add_row(name, str(scores.questions), *(f"{figure:.3f}" for figure in figures))
    return table
