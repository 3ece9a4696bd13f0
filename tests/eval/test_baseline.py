"""The bundled questions on the bundled documents reach the accepted figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.baseline import BUNDLED as ACCEPTED
from eval.baseline import compare, read_baseline
from eval.cases import BUNDLED, load_cases
from eval.errors import BaselineError
from eval.run import Report, Setup, run
from eval.sections import open_search


@pytest.fixture(scope="session")
def report(bundled_data: Path) -> Report:
    """One run over an index of the bundled documents."""
    from assistant import wiring  # noqa: PLC0415 - heavy; only the tests that ask need it
    from assistant.settings import Settings  # noqa: PLC0415

    setup = Setup(search=open_search(bundled_data))
    answering = wiring.open_answering(Settings(data=bundled_data))
    return run(load_cases(BUNDLED), answering, setup=setup)


def test_no_figure_falls_below_the_accepted_ones(report: Report) -> None:
    try:
        baseline = read_baseline(ACCEPTED)
    except BaselineError as error:
        pytest.fail(str(error))
    assert set(baseline.sets) == set(report.by_set)
    worse = [str(violation) for violation in compare(report, baseline)]
    assert not worse, "\n".join(["below the accepted figures:", *worse])


def test_every_quote_is_verbatim_and_every_marker_has_a_citation(report: Report) -> None:
    formal = ("quotes are not verbatim", "markers without a citation")
    found = [
        f"{result.case.case_id}: {reason}"
        for result in report.results
        for reason in result.checks.reasons
        if any(words in reason for words in formal)
    ]
    assert not found
