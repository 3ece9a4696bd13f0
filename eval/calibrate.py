"""Fits the decision whether evidence answers a question.

A logistic regression over ``assistant.sufficiency.FEATURES``, balanced between answerable and
unanswerable questions; the threshold is chosen on ten-fold cross-validated probabilities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.model import Question
from assistant.pipeline import Pipeline
from assistant.sufficiency import FEATURES, features
from eval.cases import Case
from eval.run import AS_OF

_FOLDER = files("eval") / "questions"
CALIBRATION = tuple(
    Path(str(_FOLDER / name))
    for name in ("tune.jsonl", "calibrate.jsonl", "calibrate_spoken.jsonl")
)
_FOLDS, _SEEDS, _STRENGTH = 10, 5, 0.5


@dataclass(frozen=True, slots=True)
class Fitted:
    """Intercept, weights and out-of-fold probabilities of shape (cases,)."""

    intercept: float
    weights: tuple[float, ...]
    probabilities: NDArray[np.float64]


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
        "# Written by: policy-qa train reader --data DIR --work DIR\n"
        f"intercept: {fitted.intercept:.3f}\nthreshold: {threshold}\nweights:\n{weights}"
    )


def collect_features(
    pipeline: Pipeline, cases: Sequence[Case]
) -> tuple[list[Case], NDArray[np.float64]]:
    """The cases that reach the decision (not contacts, not empty ones) with their features."""
    kept: list[Case] = []
    rows: list[tuple[float, ...]] = []
    for case in cases:
        found = pipeline.find(Question(case.question, case.history, AS_OF))
        if not found.ranked or not found.analysis.terms or pipeline.contact_for(found):
            continue
        best = found.ranked[0]
        kept.append(case)
        support = pipeline.support(found, best)
        rows.append(features(found.analysis, best, support=support, odds=found.odds))
    return kept, np.array(rows)


def table(cases: Sequence[Case], probabilities: NDArray[np.float64]) -> Iterator[str]:
    """What each threshold would refuse, a line each."""
    for cut in np.arange(0.2, 0.71, 0.04):
        yield _line(float(cut), cases, probabilities)


def _line(cut: float, cases: Sequence[Case], probabilities: NDArray[np.float64]) -> str:
    refused = probabilities < cut
    unanswerable = np.array([not case.answerable for case in cases])
    parts = [f"threshold {cut:.2f}: unanswerable refused {refused[unanswerable].mean():.3f}"]
    for wording in sorted({case.wording for case in cases}):
        chosen = np.array([c.answerable and c.wording == wording for c in cases])
        if chosen.any():
            parts.append(f"{wording} refused {refused[chosen].mean():.3f}")
    return " | ".join(parts)
