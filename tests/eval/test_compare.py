"""What counts as worse than the accepted figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from eval_fakes import GOOD, FakeAnswering, make_case, unanswerable

from eval.baseline import (
    TOLERANCES,
    Baseline,
    SetFigures,
    accept,
    compare,
    read_baseline,
    write_baseline,
)
from eval.errors import BaselineError
from eval.run import Report, run


def make_report(*, right: int = 4, source: str = "tune", cases: int = 4) -> Report:
    known = [make_case(f"c{i}", source=source) for i in range(cases)]
    answers = {case.question: GOOD for case in known[:right]}
    return run([*known, unanswerable(source=source)], FakeAnswering(answers))


ACCEPTED = accept(make_report(), command="policy-qa eval")


def test_the_accepted_run_itself_passes() -> None:
    assert compare(make_report(), ACCEPTED) == []


def test_a_fall_beyond_the_tolerance_is_told_in_words() -> None:
    found = [str(violation) for violation in compare(make_report(right=3), ACCEPTED)]
    assert "tune: facts_in_answer is 0.75, accepted 1 with tolerance 0.02" in found
    assert "tune: false_refusals is 0.25, accepted 0 with tolerance 0.02" in found


def test_a_fall_within_the_tolerance_passes() -> None:
    loose = replace(ACCEPTED, tolerances=dict.fromkeys(TOLERANCES, 0.25))
    assert compare(make_report(right=3), loose) == []


def test_better_passes() -> None:
    assert compare(make_report(), accept(make_report(right=3), command="")) == []


def test_a_figure_that_is_gone_is_worse() -> None:
    figures = {**ACCEPTED.sets["tune"].figures, "recall@1": 0.5}
    baseline = replace(ACCEPTED, sets={"tune": SetFigures(cases=5, figures=figures)})
    (found,) = compare(make_report(), baseline)
    assert "recall@1 is not measured" in str(found)


def test_a_changed_question_file_must_be_accepted_again() -> None:
    (found,) = compare(make_report(right=5, cases=5), ACCEPTED)
    assert str(found) == "tune: cases is 6, accepted 5 with tolerance 0"


def test_a_question_file_without_accepted_figures_is_left_out() -> None:
    assert compare(make_report(right=0, source="mine"), ACCEPTED) == []


def test_accepting_keeps_other_files_and_tolerances() -> None:
    strict = replace(ACCEPTED, tolerances={"mrr": 0.5})
    merged = accept(make_report(source="report"), command="", previous=strict)
    assert set(merged.sets) == {"tune", "report"}
    assert merged.tolerances == {"mrr": 0.5}


def test_times_are_not_accepted() -> None:
    assert not [name for name in ACCEPTED.sets["tune"].figures if name.startswith("ms")]


def test_written_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "b.json"
    write_baseline(ACCEPTED, path)
    assert read_baseline(path) == ACCEPTED
    assert isinstance(read_baseline(path), Baseline)


def test_absent_or_malformed(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="no accepted figures yet; run policy-qa eval --accept"):
        read_baseline(tmp_path / "none.json")
    (tmp_path / "b.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BaselineError, match="not a baseline"):
        read_baseline(tmp_path / "b.json")
