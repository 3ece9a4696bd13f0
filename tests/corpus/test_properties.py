"""What holds for any text: spans cover it, nothing is lost, nothing crashes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.contacts import find_contacts
from corpus.dates import find_dates
from corpus.errors import CorpusError
from corpus.lines import ends_sentence, is_enclosed, reads_as_heading, stays_open
from corpus.load import document_from_bytes
from corpus.markers import read_label, read_marker
from corpus.readers.clean import decode, normalise, strip_links, strip_markup
from corpus.readers.front_matter import split_head
from corpus.readers.html import looks_like_html
from corpus.readers.lines import LineReader
from tests.corpus.helpers import check, letters

OFFICIAL = (
    "□ 개요", "□", "□ (목적) 별빛 마을을 넓힘", "○ (대상) 시·도지사", " - 세부", "  · 점", "◆ 요지",
    "※ 바뀔 수 있음", "* 각주", "참고 1", "참고1 개요", "붙임", "붙임 2. 양식", "<안건 1> 무엇",
    "[별지 2] 서식", "Ⅰ. 총칙", "Ⅱ", "1. 개요", "1-1", "1-2 방향", "3 과제", "가. 내용", "1) 첫째",
    "가) 둘째", "(1) 셋째", "① 넷째", "제1장 총칙", "제2조(정의) 뜻은 다음과 같다.", "단위: 억원",
    "< 연도별 예산 >", "【 요약 】", "구분\t금액\t비고", "국비\t100\t", "\t\t", "\t200\t", "a\tb",
    "배포일시\t3. 2.\t담당부서\t가상과", "| 구분 | 값 |", "|---|---|", "| 국비 | 10 |", "| | |", "||",
    "| 1단계 > '19 | 가 | 나 |", "# 제목", "## 소제목 ##", "---", "title: x", "**굵은** 글",
    "**굵게", "[누리집](https://example.invalid/a)", "[별표 1](시행규칙)", "<ul><li>하나</li></ul>",
    "<p>문단</p>", "<table><tr><th></th></tr><tr><td rowspan=2 colspan='²'>칸</td></tr></table>",
    "<h2>머리</h2>", "<script>alert(1)</script>", "담당과\t홍길동\t02-0000-0000", "정부는 밝혔다.",
    "문의: 가상부 가상과 홍길동 사무관(02-0000-0000)", "2026. 5. 18.(월) 18:00", "5월 18일까지",
    "보도시점 2026.4.16.(목) 조간", "지원을 위하여", "-", "①", "", "", "  ", "🙂", "가상정책부",
)  # fmt: skip
SEPARATORS = ("\n", "\n\n", "\r\n", "\t", " ", "\u2028", "")
CASES = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))

lines = st.one_of(st.sampled_from(OFFICIAL), st.text(max_size=20))
official = st.builds(
    lambda parts, separator: separator.join(parts),
    st.lists(lines, max_size=30),
    st.sampled_from(SEPARATORS),
)
official_lines = st.lists(st.sampled_from(OFFICIAL), min_size=1, max_size=40).map("\n".join)
names = st.sampled_from(("a.txt", "a.md", "a.html"))


def raw_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@CASES
@given(st.one_of(official, official_lines), names)
def test_official_text_keeps_its_structure(text: str, name: str) -> None:
    try:
        document = document_from_bytes(raw_of(text), name=name)
    except CorpusError:
        return
    check(document)


@CASES
@given(st.text(), names)
def test_any_text_parses_or_is_refused(text: str, name: str) -> None:
    try:
        document = document_from_bytes(raw_of(text), name=name)
    except CorpusError:
        return
    check(document)


@CASES
@given(st.binary(), names)
def test_any_bytes_parse_or_are_refused(raw: bytes, name: str) -> None:
    try:
        check(document_from_bytes(raw, name=name))
    except CorpusError:
        return


@CASES
@given(official)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    try:
        read = LineReader().read(raw_of(text), name="a.txt")
        body = split_head(normalise(decode(raw_of(text), name="a.txt")), name="a.txt")[1]
    except CorpusError:
        return
    without_markup = "\n".join(strip_markup(strip_links(line)) for line in body.split("\n"))
    # What the head says in prose stands before the body.
    assert letters(read.text).endswith(letters(without_markup))


@CASES
@given(st.one_of(st.text(), official))
def test_normalise_is_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not set(once) & set("\r\f\v\x00\u200b\ufeff\u00a0\u3000\u2028")


@CASES
@given(official_lines)
def test_reading_is_deterministic(text: str) -> None:
    try:
        first = document_from_bytes(raw_of(text), name="a.md")
    except CorpusError:
        return
    assert document_from_bytes(raw_of(text), name="a.md") == first


@CASES
@given(st.one_of(st.text(), st.sampled_from(OFFICIAL)))
def test_judging_a_line_never_raises(text: str) -> None:
    for judge in (ends_sentence, stays_open, is_enclosed, looks_like_html, read_label):
        judge(text)
    line = text.strip()
    marker = read_marker(line)
    assert marker is None or 0 < marker.body <= len(line)
    assert not line or isinstance(reads_as_heading(line), bool)


@CASES
@given(st.one_of(st.text(alphabet="0123456789.-/년월일시분(화):~’'  "), official))
def test_dates_lie_in_the_text_in_order(text: str) -> None:
    last = 0
    for found in find_dates(text, default_year=2026):
        assert last <= found.start < found.end <= len(text)
        last = found.end


@CASES
@given(st.text(alphabet="0123456789-() 가과실홍길동사무관,☎문의:"))
def test_contacts_of_prose_lie_in_it(text: str) -> None:
    try:
        document = document_from_bytes(raw_of(text), name="a.txt")
    except CorpusError:
        return
    found = find_contacts(document.text, document.items)
    assert found == document.contacts
    check(document)


@pytest.mark.parametrize(
    "page",
    ["□ 개요\n○ 지원을 넓힘\n\n참고 1 일정\n\n구분\t금액\n가\t1\n\n", "가", "가나 ", "가 및\n"],
)
def test_two_megabytes_parse(page: str) -> None:
    size = 2_000_000 // len(page.encode()) // (4 if "\n" in page else 1)
    document = document_from_bytes((page * size).encode(), name="big.txt")
    check_size = sum(s.end - s.start for s in document.sections)
    assert check_size == len(document.text) > size
