"""What is measured of one answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from eval_fakes import GOOD, LINE, NOTE, REFUSAL, cite, make_answer, make_document

from assistant.model import Status
from eval import metrics
from eval.cases import Gold
from eval.documents import DocumentMap

DOCUMENTS = {"call": make_document()}
ITSELF = DocumentMap()


def test_fact_recall_counts_groups() -> None:
    facts = (("5.18", "5월 18일"), ("1,263억",), ("9억",))
    assert metrics.missing_facts(facts, "5월 18일, 1263억") == (2,)
    assert metrics.fact_recall(facts, "5월 18일, 1263억") == pytest.approx(2 / 3)
    assert metrics.fact_recall((), "") == 1.0


def test_short_answer_counts_as_said() -> None:
    answer = make_answer("다음과 같습니다. [1]", short="5월 18일")
    assert metrics.facts_in_answer((("5.18", "5월 18일"),), answer)


def test_a_marker_is_no_fact() -> None:
    assert not metrics.facts_in_answer((("1",),), make_answer("신청합니다. [1]"))
    assert metrics.facts_in_answer((("81",),), make_answer("총 81[1]"))


def test_evidence_is_the_quote_and_its_section() -> None:
    answer = make_answer("공고를 따릅니다. [1]", cite(NOTE.strip()))
    assert metrics.facts_in_evidence((("1,263억",),), answer, DOCUMENTS)
    assert not metrics.facts_in_evidence((("044-202-0000",),), answer, DOCUMENTS)


def test_a_citation_the_text_does_not_use_is_no_evidence() -> None:
    answer = make_answer("모릅니다.", cite(LINE.strip()))
    assert metrics.used_citations(answer) == ()
    assert not metrics.facts_in_evidence((("1,263억",),), answer, DOCUMENTS)


@pytest.mark.parametrize("section", ["개요", "신청 기간", "신청기간", ""])
def test_section_is_found_in_path_label_or_nowhere_in_particular(section: str) -> None:
    assert metrics.right_section([Gold("call", section)], GOOD, DOCUMENTS, ITSELF)


def test_section_is_found_in_what_a_note_belongs_to() -> None:
    answer = make_answer("공고를 따릅니다. [1]", cite(NOTE.strip()))
    assert metrics.right_section([Gold("call", "신청 기간")], answer, DOCUMENTS, ITSELF)


def test_wrong_section_and_wrong_document() -> None:
    assert not metrics.right_section([Gold("call", "문의")], GOOD, DOCUMENTS, ITSELF)
    assert not metrics.right_section([Gold("plan", "개요")], GOOD, DOCUMENTS, ITSELF)
    assert not metrics.right_section([Gold("call", "")], REFUSAL, DOCUMENTS, ITSELF)


@pytest.mark.parametrize("ids", [("call",), ("other", "call"), ("any",)])
def test_a_document_map_names_the_indexed_document(ids: tuple[str, ...]) -> None:
    names = DocumentMap({"plan": ids})
    assert metrics.right_section([Gold("plan", "개요")], GOOD, DOCUMENTS, names)


def test_quotes_must_be_verbatim() -> None:
    assert metrics.quote_exact(cite(LINE.strip()), DOCUMENTS)
    assert not metrics.quote_exact(cite(LINE.strip(), shift=1), DOCUMENTS)
    assert not metrics.quote_exact(cite(LINE.strip()), {})
    assert not metrics.quote_exact(replace(cite(LINE.strip()), quote="", start=0, end=0), DOCUMENTS)
    both = make_answer("가 [1] 나 [2]", cite(NOTE), cite(NOTE, marker=2, shift=-1))
    exact = metrics.exact_quotes(both, DOCUMENTS)
    assert (exact.hits, exact.n) == (1, 2)


@pytest.mark.parametrize("status", list(Status))
def test_refusals(status: Status) -> None:
    given = status in {Status.ANSWERED, Status.PARTIAL}
    assert metrics.refused(make_answer("", status=status)) is not given


def test_length_leaves_markers_out() -> None:
    assert metrics.length(make_answer("네. [1][2]")) == 2


def test_dangling_markers() -> None:
    assert metrics.dangling_markers(make_answer("가 [1] 나 [3] 다 [3]", cite(NOTE))) == (3,)
