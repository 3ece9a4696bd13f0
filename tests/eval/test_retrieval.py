"""How early the right section appears."""

from __future__ import annotations

import pytest
from eval_fakes import make_document

from eval.cases import Gold
from eval.documents import DocumentMap
from eval.retrieval import RankedSection, first_rank, mean_reciprocal_rank, recall_at
from eval.sections import rank_sections
from eval.stats import Rate
from index.hits import Hit
from index.passages import make_passages

RANKED = (
    RankedSection("call", ("공고", "문의")),
    RankedSection("call", ("공고", "개요"), "○ (신청 기간) 5. 18."),
)


def test_first_rank_is_that_of_any_gold_place() -> None:
    names = DocumentMap()
    assert first_rank([Gold("call", "개요"), Gold("call", "없음")], RANKED, names=names) == 2
    assert first_rank([Gold("call", "신청기간")], RANKED, names=names) == 2
    assert first_rank([Gold("call", "")], RANKED, names=names) == 1
    assert first_rank([Gold("plan", "개요")], RANKED, names=names) is None


def test_recall_and_reciprocal_rank() -> None:
    ranks = [1, 4, None, 2]
    assert recall_at(ranks, 1) == Rate(1, 4)
    assert recall_at(ranks, 5) == Rate(3, 4)
    assert mean_reciprocal_rank(ranks) == pytest.approx((1 + 0.25 + 0.5) / 4)
    assert mean_reciprocal_rank([]) is None


def test_passages_are_gathered_by_section_at_the_best_rank() -> None:
    document = make_document()
    passages = make_passages(document, size=30)
    first, last = passages[0], passages[-1]
    assert first.section_id != last.section_id
    hits = [Hit(p, 1.0, 1.0, 1.0) for p in (last, *passages)]
    sections = rank_sections(hits, {"call": document})
    assert [section.path[-1] for section in sections] == ["문의", "개요"]
    assert "신청 기간" in sections[1].words
