from __future__ import annotations

from assistant.evidence import Evidence, EvidenceReader
from assistant.lists import WholeList, entry_line, list_around, list_opened_by, rows_around
from corpus.model import Document
from index.segment import Segmenter
from tests.assistant.fakes import paper

BODY = """## 추진 과제

다음 과제를 추진한다.

## 중점 기술

○ 회오리 발전
○ 돛단 수송
※ 잠정 목록이다.
○ 산들 냉방

## 재원

| 구분 | 금액 |
|---|---|
| 국비 | 110억 원 |
| 지방비 | 21억 원 |
"""


def evidence(document: Document, segmenter: Segmenter, text: str) -> Evidence:
    reader = EvidenceReader(segmenter=segmenter)
    return next(
        found
        for section in document.sections
        for found in reader.of_section(document, section.section_id)
        if text in found.text
    )


def texts(document: Document, whole: WholeList | None) -> list[str]:
    assert whole is not None
    span = document.text[whole.start : whole.end]
    lines = [entry_line(document, item) for item in whole.entries]
    assert all(line.split(":")[0] in span for line in lines)
    return lines


def test_a_heading_opens_its_list(segmenter: Segmenter) -> None:
    document = paper(BODY)
    whole = list_opened_by(evidence(document, segmenter, "중점 기술"))
    assert texts(document, whole) == ["회오리 발전", "돛단 수송", "산들 냉방"]
    assert whole is not None
    assert whole.head == "중점 기술"


def test_an_entry_stands_in_its_list(segmenter: Segmenter) -> None:
    document = paper(BODY)
    whole = list_around(evidence(document, segmenter, "돛단 수송"))
    assert texts(document, whole) == ["회오리 발전", "돛단 수송", "산들 냉방"]


def test_a_row_stands_in_its_table(segmenter: Segmenter) -> None:
    document = paper(BODY)
    found = evidence(document, segmenter, "지방비")
    assert texts(document, rows_around(found)) == ["국비: 110억 원", "지방비: 21억 원"]
    assert list_around(found) is None


def test_a_paragraph_is_no_list(segmenter: Segmenter) -> None:
    document = paper(BODY)
    found = evidence(document, segmenter, "다음 과제를")
    assert list_around(found) is None
    assert rows_around(found) is None


def test_long_entries_are_cut() -> None:
    document = paper("## 과제\n\n○ " + "아주 긴 과제 " * 40 + "\n○ 짧은 과제\n")
    first, second = (entry_line(document, item) for item in document.items[-2:])
    assert first.endswith("…")
    assert len(first) < 150
    assert second == "짧은 과제"


def test_notes_are_no_entries(segmenter: Segmenter) -> None:
    lines = ["○ 지원 대상은 다음과 같다.", "- 인구가 적은 시", "- 인구가 적은 군", "※ 구는 제외"]
    document = paper("## 대상\n\n" + "\n".join(lines) + "\n")
    whole = list_opened_by(evidence(document, segmenter, "다음과 같다"))
    assert texts(document, whole) == ["인구가 적은 시", "인구가 적은 군"]
