from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.citations import CitationList, make_citation, section_at
from tests.assistant.fakes import paper

BODY = "## 1. 개요\n\n□ (기한) 2026년 4월 10일까지 낸다.\n\n## 2. 문의\n\n○ 시험과 (02-0000-1234)\n"
PAPER = paper(BODY)
SPANS = st.tuples(st.integers(0, len(PAPER.text)), st.integers(0, len(PAPER.text)))


@given(SPANS)
def test_a_quote_is_the_text_of_its_span(span: tuple[int, int]) -> None:
    start, end = sorted(span)
    assume(start < end)
    citation = make_citation(PAPER, start=start, end=end, marker=1)
    assert PAPER.text[citation.start : citation.end] == citation.quote
    assert citation.section_id == section_at(PAPER, start).section_id


@given(st.integers(0, len(PAPER.text)))
def test_every_offset_has_a_section(offset: int) -> None:
    section = section_at(PAPER, offset)
    assert section.start <= offset <= section.end


def test_a_citation_tells_where_it_stands() -> None:
    start = PAPER.text.index("□ (기한)")
    citation = make_citation(PAPER, start=start, end=start + 6, marker=4)
    assert citation.marker == 4
    assert citation.quote == "□ (기한)"
    assert "1. 개요" in citation.section_path
    assert (citation.document_title, citation.issuer) == ("시험 공고", "시험부")
    assert str(citation.published) == "2026-03-02"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1))
def test_links_survive_any_name(name: str) -> None:
    document = replace(PAPER, document_id=name)
    parts = urlsplit(make_citation(document, start=3, end=9, marker=1).url)
    assert parts.path.isascii()
    assert unquote(parts.path) == f"/documents/{name}"
    query = parse_qs(parts.query)
    assert (query["start"], query["end"]) == (["3"], ["9"])
    assert query["section"] == [section_at(PAPER, 3).section_id]


def test_markers_follow_the_order_of_use_and_spans_keep_theirs() -> None:
    cited, other = CitationList(), replace(PAPER, document_id="other")
    assert cited.all() == ()
    first = cited.cite(PAPER, start=5, end=9)
    second = cited.cite(PAPER, start=0, end=4)
    assert cited.cite(PAPER, start=5, end=9) is first
    third = cited.cite(other, start=5, end=9)
    assert [c.marker for c in (first, second, third)] == [1, 2, 3]
    assert cited.all() == (first, second, third)
