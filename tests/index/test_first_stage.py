from __future__ import annotations

import numpy as np
import pytest

from index import first_stage
from index.first_stage import SIGNALS, FirstStage, Wanted
from index.lexical import character_bigrams
from index.search import SearchIndex

QUESTIONS = ("신청 기간은 언제까지인가요", "2단계 금액", "추진 배경과 인력 양성", "없는낱말")


def wanted(opened: SearchIndex, question: str) -> Wanted:
    terms = opened.segmenter.terms(question)
    return Wanted(
        terms=dict.fromkeys(terms, 1.0),
        expanded={"금액/NN": 0.5},
        bigrams=character_bigrams(question),
        vector=opened.embedder.encode([question])[0],
    )


def plainly(opened: SearchIndex, question: Wanted) -> dict[str, np.ndarray]:
    """The signals of words for every row of the index, computed from whole columns."""
    stored = opened._stored
    share = sum(stored.body.idf(term) for term in question.terms)
    pairs = {pair: float(question.bigrams.count(pair)) for pair in question.bigrams}
    terms = list(question.terms.items())
    return {
        "lexical": stored.body.weighted_scores(terms) / share
        + first_stage._HEADING * stored.heading.weighted_scores(terms) / share,
        "expanded": stored.body.weighted_scores(question.expanded.items()) / share,
        "bigrams": stored.bigrams.weighted_scores(pairs.items())
        / sum(stored.bigrams.idf(pair) for pair in pairs),
    }


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("most_read", [1, 7, 40_000])
def test_signals_are_the_same_whether_postings_were_read_whole_or_looked_up(
    opened: SearchIndex, question: str, most_read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_stage, "_POSTINGS", most_read)
    asked = wanted(opened, question)
    stage = FirstStage(opened._stored)
    found = stage.find(asked)
    assert len(found.rows)
    for name, column in plainly(opened, asked).items():
        signal = found.signals[:, SIGNALS.index(name)]
        assert signal == pytest.approx(column[found.rows], abs=1e-6), name
    assert (np.diff(found.scores) <= 0).all()


def test_one_question_leaves_nothing_behind_for_the_next(opened: SearchIndex) -> None:
    stage = FirstStage(opened._stored)
    fresh = [FirstStage(opened._stored).find(wanted(opened, one)) for one in QUESTIONS]
    for question, first in zip(QUESTIONS, fresh, strict=True):
        again = stage.find(wanted(opened, question))
        assert again.rows.tolist() == first.rows.tolist()
        assert again.signals.tolist() == first.signals.tolist()


def test_rows_asked_for_are_scored_unless_they_are_not_allowed(opened: SearchIndex) -> None:
    stage = FirstStage(opened._stored)
    asked = wanted(opened, "없는낱말")
    last = len(opened.passages) - 1
    assert last in stage.find(asked, also=[last]).rows
    assert last not in stage.find(asked, allowed=np.arange(last), also=[last]).rows
