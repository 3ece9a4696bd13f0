"""The ``calibrate`` command: fits the decision whether evidence answers a question.

A logistic regression over ``assistant.sufficiency.FEATURES``, balanced between answerable and
unanswerable questions; the threshold is chosen on ten-fold cross-validated probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from assistant.cli_common import Data, settings_for
from assistant.model import Question
from assistant.pipeline import Pipeline
from assistant.sufficiency import FEATURES, features
from eval.cases import Case, load_cases
from eval.report import make_console
from eval.run import AS_OF

_FOLDER = files("eval") / "questions"
CALIBRATION = ("tune.jsonl", "calibrate.jsonl", "calibrate_spoken.jsonl")
_FOLDS, _SEEDS, _STRENGTH = 10, 5, 0.5


@dataclass(frozen=True, slots=True)
class Fitted:
    """Intercept, weights and out-of-fold probabilities of shape (cases,)."""

    intercept: float
    weights: tuple[float, ...]
    probabilities: NDArray[np.float64]


def calibrate(
    *,
    data: Data = None,
    questions: Annotated[list[Path] | None, typer.Option(help="Question file; repeatable.")] = None,
    threshold: Annotated[float, typer.Option(help="Probability from which to answer.")] = 0.34,
    write: Annotated[Path | None, typer.Option(help="Write prompts/calibration.yaml here.")] = None,
) -> None:
    """Fit the sufficiency decision on question sets and show what each threshold would do."""
    from assistant import wiring  # noqa: PLC0415 - loads the models

    paths = questions or [Path(str(_FOLDER / name)) for name in CALIBRATION]
    pipeline = wiring.open_answering(settings_for(data=data))
    cases, rows = _collect(pipeline, load_cases(paths))
    wanted = np.array([case.answerable for case in cases])
    fitted = fit(rows, wanted)
    console = make_console()
    for cut in np.arange(0.2, 0.61, 0.04):
        console.print(
            _line(float(cut), cases, fitted.probabilities), highlight=False, soft_wrap=True
        )
    text = as_yaml(fitted, threshold=threshold)
    console.print(text, highlight=False)
    if write is not None:
        write.write_text(text, encoding="utf-8")


def fit(rows: NDArray[np.float64], wanted: NDArray[np.bool_]) -> Fitted:
    """Fit features of shape (cases, features) to whether each case has an answer."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only needed here
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    regression = LogisticRegression(C=_STRENGTH, class_weight="balanced")
    model = make_pipeline(StandardScaler(), regression)
    folds = [
        cross_val_predict(
            model,
            rows,
            wanted,
            method="predict_proba",
            cv=StratifiedKFold(_FOLDS, shuffle=True, random_state=seed),
        )[:, 1]
        for seed in range(_SEEDS)
    ]
    scaler, fitted = model.fit(rows, wanted).named_steps.values()
    weights = fitted.coef_[0] / scaler.scale_
    intercept = float(fitted.intercept_[0] - (weights * scaler.mean_).sum())
    return Fitted(intercept, tuple(float(w) for w in weights), np.mean(folds, axis=0))


def as_yaml(fitted: Fitted, *, threshold: float) -> str:
    """The text of ``prompts/calibration.yaml``."""
    weights = "".join(
        f"  {name}: {weight:.3f}\n" for name, weight in zip(FEATURES, fitted.weights, strict=True)
    )
    return (
        "# Logistic regression over the features of assistant/sufficiency.py.\n"
        "# Written by: policy-qa calibrate --data DIR --write prompts/calibration.yaml\n"
        f"intercept: {fitted.intercept:.3f}\nthreshold: {threshold}\nweights:\n{weights}"
    )


def _collect(pipeline: Pipeline, cases: Sequence[Case]) -> tuple[list[Case], NDArray[np.float64]]:
    """The cases that reach the decision (not contacts, not empty ones) with their features."""
    kept: list[Case] = []
    rows: list[tuple[float, ...]] = []
    for case in cases:
        found = pipeline.find(Question(case.question, case.history, AS_OF))
        if not found.ranked or not found.analysis.terms or pipeline.contact_for(found):
            continue
        best = found.ranked[0]
        kept.append(case)
        rows.append(features(found.analysis, best, support=pipeline.support(found, best)))
    return kept, np.array(rows)


def _line(cut: float, cases: Sequence[Case], probabilities: NDArray[np.float64]) -> str:
    refused = probabilities < cut
    unanswerable = np.array([not case.answerable for case in cases])
    parts = [f"threshold {cut:.2f}: unanswerable refused {refused[unanswerable].mean():.3f}"]
    for wording in sorted({case.wording for case in cases}):
        chosen = np.array([c.answerable and c.wording == wording for c in cases])
        if chosen.any():
            parts.append(f"{wording} refused {refused[chosen].mean():.3f}")
    return " | ".join(parts)
