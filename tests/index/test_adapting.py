"""Word vectors fitted to reviewed questions."""

from __future__ import annotations

import numpy as np
import pytest

from index.semantics import WordVectors, unit
from index.training.adapting import AdaptFit, adapt_words

SECTIONS = [["s0", "all"], ["s1", "all"], ["s2", "all"]]
# Two wordings of each question; the second stands in no section's first.
QUESTIONS = [[f"{kind}{n}", "all"] for n in range(3) for kind in ("a", "b")]
ANSWERS = [0, 0, 1, 1, 2, 2]
TERMS = ("all", "s0", "s1", "s2", *(f"{kind}{n}" for n in range(3) for kind in ("a", "b")), "else")


def words() -> WordVectors:
    vectors = np.random.default_rng(0).normal(size=(len(TERMS), 16)).astype(np.float32)
    return WordVectors(TERMS, vectors)


def vectors(held: WordVectors, texts: list[list[str]]) -> np.ndarray:
    places = {term: row for row, term in enumerate(held.terms)}
    return unit(np.stack([held.vectors[[places[t] for t in text]].sum(axis=0) for text in texts]))


def fitted(**options: float) -> WordVectors:
    fit = AdaptFit(epochs=400, **options)  # type: ignore[arg-type]
    return adapt_words(words(), questions=QUESTIONS, answers=ANSWERS, sections=SECTIONS, fit=fit)


def test_questions_come_near_their_sections_and_each_other() -> None:
    before, after = words(), fitted()
    for held, right in ((before, False), (after, True)):
        found = vectors(held, QUESTIONS) @ vectors(held, SECTIONS).T
        assert bool((found.argmax(axis=1) == ANSWERS).all()) is right
    pairs = [
        vectors(held, QUESTIONS)[0::2] @ vectors(held, QUESTIONS)[1::2].T
        for held in (before, after)
    ]
    own, others = (np.diag(pairs[1]), pairs[1][~np.eye(3, dtype=bool)])
    assert own.min() > others.max()
    assert np.diag(pairs[1]).mean() > np.diag(pairs[0]).mean()


def test_words_that_do_not_occur_stay() -> None:
    assert fitted().vectors[-1] == pytest.approx(words().vectors[-1])


def test_held_back_words_move_less() -> None:
    moved = [
        float(np.abs(unit(fitted(anchor=anchor).vectors) - unit(words().vectors)).mean())
        for anchor in (0.0, 50.0)
    ]
    assert moved[1] < moved[0]


def test_the_same_questions_give_the_same_vectors() -> None:
    assert np.array_equal(fitted().vectors, fitted().vectors)


def test_one_question_a_section_has_no_others_to_come_near_to() -> None:
    alone = adapt_words(
        words(), questions=QUESTIONS[::2], answers=[0, 1, 2], sections=SECTIONS, fit=AdaptFit()
    )
    assert np.isfinite(alone.vectors).all()
