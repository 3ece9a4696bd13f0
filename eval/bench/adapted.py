"""The ``bench adapted`` command: what adaptation brings to questions it was not fitted to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.cli_common import Data, progress_bar, settings_for
from eval.bench.beir import Collection, read_collection
from eval.bench.measure import AdaptableEngine, Step, measure
from eval.bench.opened import open_engine
from eval.report import make_console
from eval.stats import mean

_FIGURES = ("recall@1", "recall@5", "mrr@10")
Scores = Mapping[str, float]


def adapted(
    *,
    folder: Annotated[Path, typer.Argument(metavar="BEIR_DIR", show_default=False)],
    out: Annotated[Path, typer.Option(help="JSON file to write.")],
    other: Annotated[
        list[Path] | None, typer.Option(help="Another BEIR folder, asked too; may be repeated.")
    ] = None,
    folds: Annotated[int, typer.Option(min=2, help="Parts the questions are divided into.")] = 5,
    runs: Annotated[
        int | None, typer.Option(min=1, help="Parts to ask.", show_default="all")
    ] = None,
    data: Data = None,
) -> None:
    """Fit to all parts of a collection's questions but one and ask that one, each in turn."""
    collection = read_collection(folder)
    others = [read_collection(one) for one in other or ()]
    found: dict[str, list[Scores]] = {one.name: [] for one in (collection, *others)}
    with progress_bar() as step:
        for learned, asked in divided(collection, folds=folds)[:runs]:
            engine = open_engine(settings_for(data=data), progress=step)
            engine.adapt(learned, progress=step)
            for one in (asked, *others):
                found[one.name].append(_figures(one, engine, progress=step))
    result = {name: {"mean": _mean(each), "runs": each} for name, each in found.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console = make_console()
    for name, each in found.items():
        shown = ", ".join(f"{figure} {value:.4f}" for figure, value in _mean(each).items())
        console.print(f"{name}: {shown} (mean of {len(each)})", highlight=False, markup=False)


def divided(collection: Collection, *, folds: int) -> list[tuple[Collection, Collection]]:
    """For each part of the questions all others and itself, always the same parts."""
    names = sorted(collection.queries)
    order = np.random.default_rng(0).permutation(len(names))
    parts = [{names[int(place)] for place in part} for part in np.array_split(order, folds)]
    return [(_only(collection, set(names) - part), _only(collection, part)) for part in parts]


def _only(collection: Collection, names: set[str]) -> Collection:
    kept = {name: text for name, text in collection.queries.items() if name in names}
    return replace(collection, queries=kept)


def _figures(collection: Collection, engine: AdaptableEngine, *, progress: Step) -> Scores:
    scores = measure(collection, engine, progress=progress)
    return {figure: scores[figure] for figure in _FIGURES}


def _mean(runs: Sequence[Scores]) -> Scores:
    return {figure: round(mean([one[figure] for one in runs]) or 0.0, 4) for figure in _FIGURES}
