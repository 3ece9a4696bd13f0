from __future__ import annotations

from collections.abc import Mapping

from assistant.evidence import EvidenceReader
from corpus.model import Document, ItemKind
from index.passages import make_passages
from index.segment import Segmenter
from tests.assistant.fakes import paper


def test_evidence_is_cut_from_the_text(
    papers: Mapping[str, Document], segmenter: Segmenter
) -> None:
    reader = EvidenceReader(segmenter=segmenter)
    for document in papers.values():
        for section in document.sections:
            for found in reader.of_section(document, section.section_id):
                assert document.text[found.start : found.end] == found.text
                assert found.text.strip()
                assert found.item.kind not in {ItemKind.TABLE_HEAD, ItemKind.CAPTION}
                assert all(0 < level.share <= 1 for level in found.levels)


def test_passages_give_the_evidence_inside_them(
    papers: Mapping[str, Document], segmenter: Segmenter
) -> None:
    reader = EvidenceReader(segmenter=segmenter)
    for document in papers.values():
        for passage in make_passages(document):
            for found in reader.read(document, passage):
                assert found.section.section_id == passage.section_id
                assert found.end > passage.start
                assert found.start < passage.end


def test_a_row_knows_its_headers_and_its_caption(
    papers: Mapping[str, Document], segmenter: Segmenter
) -> None:
    document = papers["starlight-library"]
    reader = EvidenceReader(segmenter=segmenter)
    rows = [
        found
        for section in document.sections
        for found in reader.of_section(document, section.section_id)
        if found.item.kind is ItemKind.TABLE_ROW
    ]
    assert [found.item.cells[0].text for found in rows] == ["국비", "지방비"]
    assert "2단계" in rows[0].headers
    assert "2029년" in rows[0].headers
    assert "단위: 억원" in rows[0].parents
    assert {"own", "header", "caption"} <= {level.name for level in rows[0].levels}


def test_long_paragraphs_are_cut_into_sentences(segmenter: Segmenter) -> None:
    sentences = [
        f"{number}번째 도시는 정원을 아주 넓고 아름답게 가꾸는 일에 나선다."
        for number in range(1, 8)
    ]
    document = paper(" ".join(sentences))
    reader = EvidenceReader(segmenter=segmenter)
    found = [
        evidence.text
        for section in document.sections
        for evidence in reader.of_section(document, section.section_id)
    ]
    assert found[-7:] == sentences


def test_changed_documents_of_one_name_are_read_anew(segmenter: Segmenter) -> None:
    reader = EvidenceReader(segmenter=segmenter)
    for words in ("국비를 지원한다.", "지방비를 지원한다."):
        document = paper(words)
        section = document.sections[-1].section_id
        assert reader.of_section(document, section)[-1].text == words
