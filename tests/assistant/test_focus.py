from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.focus import FocusReader, FocusTerm
from assistant.model import Question
from assistant.pipeline import Pipeline
from assistant.vocabulary import Vocabulary
from index.segment import Segmenter

Read = Callable[[str], tuple[FocusTerm, ...]]


@pytest.fixture(scope="session")
def read(pipeline: Pipeline) -> Read:
    return lambda text: pipeline.find(Question(text)).analysis.terms


def surfaces(terms: tuple[FocusTerm, ...]) -> set[str]:
    return {term.surface for term in terms}


def test_a_pasted_letter_keeps_its_telling_words(read: Read) -> None:
    kinds = "가나다라마바사아자차카타파하"
    letter = " ".join(f"{a}{b}시에서 회의를 열었고" for a in kinds for b in kinds)
    found = read(f"{letter} 별빛도서관의 국비는 얼마인가요?"[-2000:])
    assert len(found) <= 48
    assert {"별빛", "국비"} & surfaces(found)


def test_an_endless_word_is_one_noun_and_no_compound(read: Read) -> None:
    found = read("가" * 1500 + " 별빛도서관의 국비는?")
    assert all(len(m.terms) == 1 for t in found for m in t.matchers if len(t.surface) > 20)
    assert "국비" in surfaces(found)


def test_foreign_words_are_looked_up_as_they_are_indexed(segmenter: Segmenter) -> None:
    asked: list[str] = []

    def idf(term: str) -> float:
        asked.append(term)
        return 1.0

    nothing = Vocabulary({}, (), frozenset(), (), {}, frozenset(), frozenset())
    FocusReader(segmenter=segmenter, vocabulary=nothing, idf=idf, frequency=len).read("KAIST 예산")
    assert "kaist/SL" in asked
    assert "KAIST/SL" not in asked
