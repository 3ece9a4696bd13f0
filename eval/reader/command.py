"""The ``train reader`` command: fits the networks and the decision that rests on them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from assistant.cli_common import Data, progress_bar, settings_for
from assistant.pipeline import Pipeline
from assistant.reader import parse_reader
from assistant.sufficiency import Calibration
from eval.calibrate import CALIBRATION, as_yaml, collect_features, fit, table
from eval.cases import Case, load_cases
from eval.reader.asked import asked_of_cases, asked_of_written, write_documents
from eval.reader.records import Asked, Record, collect
from eval.report import make_console
from index.training.written import load_written

_CHUNK = 150
# The curated questions are the only ones asked of real documents, and few.
_CURATED_TIMES = 4
_WEIGHTS = Path(__file__).parents[2] / "assistant" / "weights" / "reader.safetensors"
_CALIBRATION = Path(__file__).parents[2] / "prompts" / "calibration.yaml"

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Training:
    """How networks are trained: how many, for how long."""

    networks: int
    epochs: int

    def fit(self, records: Sequence[Record], *, what: str, step: Step) -> bytes:
        """The weights file of networks fitted to records and their unanswerable twins."""
        from eval.reader.fit import (  # noqa: PLC0415 - loads torch, and not every command trains
            as_file,
            fit_network,
            with_unanswerable,
            wording_of,
        )

        every = with_unanswerable(records)
        wording = wording_of(every)
        networks = [
            fit_network(
                every,
                wording=wording,
                epochs=self.epochs,
                seed=seed,
                progress=partial(step, f"{what} {seed + 1}/{self.networks}"),
            )
            for seed in range(self.networks)
        ]
        return as_file(networks, wording=wording)


def train_reader(
    *,
    work: Annotated[Path, typer.Option(help="Folder for the index of the training texts.")],
    data: Data = None,
    threshold: Annotated[float, typer.Option(help="Probability from which to answer.")] = 0.40,
    networks: Annotated[int, typer.Option(help="Networks to average.", min=1)] = 2,
    epochs: Annotated[int, typer.Option(help="Passes over the questions.", min=1)] = 8,
) -> None:
    """Train the reader on the written and the curated questions, then fit the decision.

    Writes assistant/weights/reader.safetensors and prompts/calibration.yaml. The decision is
    fitted to what networks say of curated sets they were not trained on.
    """
    cases = load_cases(CALIBRATION)
    training = Training(networks, epochs)
    with progress_bar() as step:
        written = _written(work, step=step)
        settings = settings_for(data=data)
        curated = _collected(settings.data, tuple(asked_of_cases(cases)), "curated", step=step)
        judged, rows = _unseen(
            cases, written, curated, data=settings.data, training=training, step=step
        )
        weights = training.fit(written + _CURATED_TIMES * curated, what="network", step=step)
    fitted = fit(rows, np.array([case.answerable for case in judged]))
    console = make_console()
    for line in table(judged, fitted.probabilities):
        console.print(line, highlight=False, soft_wrap=True)
    _WEIGHTS.parent.mkdir(exist_ok=True)
    _WEIGHTS.write_bytes(weights)
    _CALIBRATION.write_text(as_yaml(fitted, threshold=threshold), encoding="utf-8")
    console.print(f"Written: {_WEIGHTS.name}, {_CALIBRATION.name}", highlight=False)


def _written(work: Path, *, step: Step) -> list[Record]:
    """The records of the written questions, over an index of their documents."""
    from assistant import wiring  # noqa: PLC0415 - loads the models

    documents = load_written()
    write_documents(documents, work / "documents")
    settings = settings_for(data=work / "index")
    wiring.build_corpus(corpus=work / "documents", settings=settings, progress=step)
    return _collected(settings.data, tuple(asked_of_written(documents)), "written", step=step)


def _unseen(
    cases: Sequence[Case],
    written: list[Record],
    curated: list[Record],
    *,
    data: Path,
    training: Training,
    step: Step,
) -> tuple[list[Case], NDArray[np.float64]]:
    """The features of each curated set, read by networks trained without that set."""
    from assistant import wiring  # noqa: PLC0415 - loads the models

    judged: list[Case] = []
    rows: list[NDArray[np.float64]] = []
    for name in dict.fromkeys(case.source for case in cases):
        others = [record for record in curated if record.group != name]
        weights = training.fit(written + _CURATED_TIMES * others, what=f"without {name}", step=step)
        pipeline = wiring.open_with(
            data, reader=parse_reader(weights), calibration=Calibration.untrained()
        )
        found, values = collect_features(pipeline, [case for case in cases if case.source == name])
        judged.extend(found)
        rows.append(values)
    return judged, np.concatenate(rows)


def _collected(data: Path, asked: Sequence[Asked], what: str, *, step: Step) -> list[Record]:
    """Records made in as many processes as there are cores."""
    chunks = [asked[start : start + _CHUNK] for start in range(0, len(asked), _CHUNK)]
    if len(chunks) == 1:
        return _collect(data, asked)
    found: list[Record] = []
    workers = min(os.cpu_count() or 1, len(chunks))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done, records in enumerate(pool.map(partial(_collect, data), chunks), 1):
            found.extend(records)
            step(f"read {what}", done, len(chunks))
    return found


def _collect(data: Path, asked: Sequence[Asked]) -> list[Record]:
    return collect(_opened(data), asked)


@lru_cache(maxsize=1)
def _opened(data: Path) -> Pipeline:
    """The pipeline without a reader, opened once in each process."""
    from assistant import wiring  # noqa: PLC0415 - loads the models

    return wiring.open_with(data, reader=None, calibration=Calibration.untrained())
