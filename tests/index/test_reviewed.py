from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import IndexUnreadable
from index.reviewed import (
    Reviewed,
    ReviewedIndex,
    load_reviewed,
    question_vectors,
    save_reviewed,
)
from index.search import Fitted, SearchIndex
from index.segment import Segmenter
from tests.index.fakes import HashEmbedder


def reviewed(segmenter: Segmenter, question: str, *section: str) -> Reviewed:
    document, place = section
    return Reviewed(question, tuple(segmenter.terms(question)), (document, place))


def test_a_question_is_most_like_itself(segmenter: Segmenter) -> None:
    every = [
        reviewed(segmenter, "서류는 언제까지 내나요", "call", "call-s0"),
        reviewed(segmenter, "돈은 얼마나 보태야 하나요", "call", "call-s1"),
        reviewed(segmenter, "마감이 언제인가요", "call", "call-s0"),
    ]
    index = ReviewedIndex(every)
    assert index.sections == (("call", "call-s0"), ("call", "call-s1"))
    vectors = question_vectors(every, HashEmbedder())
    found = index.likeness(every[1].terms, vectors @ vectors[1])
    assert found.shape == (2, 3)
    assert (found[1] > found[0]).all()
    assert found[1, 2] == pytest.approx(1.0)


def test_a_reviewed_section_becomes_a_candidate(opened: SearchIndex) -> None:
    question = "어디로 전화하면 되나요"
    asked = reviewed(opened.segmenter, question, "plan", "plan-s0")
    other = opened.adapted(Fitted(reviewed=[asked]), words=None)
    observed = other.observe(query=question)
    place = [other.section_key(int(row)) for row in observed.rows].index(("plan", "plan-s0"))
    assert observed.features[place, -3:].min() > 0
    elsewhere = [n for n in range(len(observed.rows)) if n != place]
    assert not observed.features[elsewhere, -3:].any()


def test_questions_of_sections_that_are_gone_are_left_alone(opened: SearchIndex) -> None:
    gone = [
        reviewed(opened.segmenter, "무엇인가요", "call", "no-such-section"),
        reviewed(opened.segmenter, "무엇인가요", "no-such-document", "s0"),
    ]
    other = opened.adapted(Fitted(reviewed=gone), words=None)
    assert other.search(query="신청 기간") == opened.search(query="신청 기간")


def test_they_are_read_back(segmenter: Segmenter, tmp_path: Path) -> None:
    every = (reviewed(segmenter, "줄\u2028바꿈", "d", "s"), reviewed(segmenter, "둘째", "d", "t"))
    save_reviewed(every, tmp_path / "q.jsonl")
    assert load_reviewed(tmp_path / "q.jsonl") == every
    (tmp_path / "q.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(IndexUnreadable, match="rollback"):
        load_reviewed(tmp_path / "q.jsonl")
