"""The figures of an accepted run, and what has become worse since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.errors import BaselineError
from eval.export import values_of
from eval.figures import Figures
from eval.run import Report
from eval.violation import Violation

BUNDLED = Path(__file__).parent / "baselines" / "bundled.json"

# How far a figure may fall (or, in _LOWER_IS_BETTER, rise) before it counts. Times are left out:
# they tell more about the machine than about the program.
TOLERANCES: Mapping[str, float] = {
    "facts_in_answer": 0.02,
    "facts_in_evidence": 0.02,
    "right_section": 0.02,
    "quotes_exact": 0.0,
    "false_refusals": 0.02,
    "correct_refusals": 0.02,
    "recall@1": 0.02,
    "recall@5": 0.02,
    "recall@10": 0.02,
    "mrr": 0.02,
    "median_length": 40.0,
    "median_quotes": 1.0,
}
_LOWER_IS_BETTER = frozenset({"false_refusals", "median_length", "median_quotes"})
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class SetFigures:
    """The accepted figures of one question file, by name, and how many questions it had."""

    cases: int
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Baseline:
    """An accepted run: the command that made it, its figures by question file, tolerances."""

    command: str
    as_of: str
    tolerances: Mapping[str, float]
    sets: Mapping[str, SetFigures]


def compare(report: Report, baseline: Baseline) -> list[Violation]:
    """What is worse than accepted; question files that only one side has are left out.

    A file whose number of questions has changed is a violation of its own: its figures cannot
    be compared until they are accepted again.
    """
    return [
        violation
        for name, accepted in baseline.sets.items()
        if (now := report.by_set.get(name)) is not None
        for violation in _compare(name, now, accepted, baseline.tolerances)
    ]


def _compare(
    name: str, now: Figures, accepted: SetFigures, tolerances: Mapping[str, float]
) -> Iterator[Violation]:
    if now.cases != accepted.cases:
        yield Violation(name, "cases", accepted.cases, now.cases, 0)
        return
    values = values_of(now)
    for figure, before in accepted.figures.items():
        violation = Violation(name, figure, before, values.get(figure), tolerances.get(figure, 0.0))
        if violation.is_worse(lower_is_better=figure in _LOWER_IS_BETTER):
            yield violation


def accept(report: Report, *, command: str, previous: Baseline | None = None) -> Baseline:
    """The baseline a run makes; question files it did not ask keep their accepted figures."""
    sets = dict(previous.sets) if previous else {}
    sets |= {name: _accepted(figures) for name, figures in report.by_set.items()}
    tolerances = previous.tolerances if previous else TOLERANCES
    return Baseline(
        command=command, as_of=report.as_of.isoformat(), tolerances=dict(tolerances), sets=sets
    )


def _accepted(figures: Figures) -> SetFigures:
    values = values_of(figures)
    kept = {name: values[name] for name in TOLERANCES}
    return SetFigures(
        cases=figures.cases,
        figures={name: round(v, _DIGITS) for name, v in kept.items() if v is not None},
    )


def read_baseline(path: Path) -> Baseline:
    """Read an accepted run; raise ``BaselineError`` where there is none or it is malformed."""
    try:
        return TypeAdapter(Baseline).validate_json(path.read_bytes())
    except FileNotFoundError as error:
        message = f"{path}: no accepted figures yet; run policy-qa eval --accept"
        raise BaselineError(message) from error
    except (OSError, ValidationError) as error:
        raise BaselineError(f"{path}: not a baseline; run policy-qa eval --accept") from error


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Write an accepted run."""
    data: dict[str, Any] = asdict(baseline)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
