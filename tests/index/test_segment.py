from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.segment import Segmenter

KOREAN = st.text(
    st.one_of(
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.sampled_from(" \n\t.,()%’'0123456789제조의항년월일abcXYZ※□○①㈜"),
        st.sampled_from("😀👨‍👩‍👧𠀀ᄒᆞᆫᆞㆍé\u0301\x00\u200b\ufeff"),
        st.characters(),
    ),
    max_size=80,
)
RELAXED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(KOREAN)
@RELAXED
def test_morphemes_lie_within_the_text_in_order(segmenter: Segmenter, text: str) -> None:
    last = 0
    for morpheme in segmenter.morphemes(text):
        assert last <= morpheme.start <= morpheme.end <= len(text)
        assert "-" not in morpheme.tag
        last = morpheme.start


@given(KOREAN)
@RELAXED
def test_sentences_part_the_text_and_leave_nothing_out(segmenter: Segmenter, text: str) -> None:
    spans = segmenter.sentences(text)
    covered = set[int]()
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
        assert covered.isdisjoint(range(start, end))
        covered.update(range(start, end))
    assert all(char.isspace() for at, char in enumerate(text) if at not in covered)


@given(KOREAN)
@RELAXED
def test_correction_keeps_digits_and_ascii(segmenter: Segmenter, text: str) -> None:
    def kept(value: str) -> str:
        return "".join(c for c in value if c.isascii() or c.isdecimal())

    assert kept(segmenter.correct(text)) == kept(text)


@pytest.mark.parametrize(
    ("text", "form", "span"),
    [
        ("😀 2026년 사업", "사업", "사업"),
        ("𠀀한자 지원", "지원", "지원"),
        ("ᄒᆞᆫ글 나랏말ᄊᆞ미 공고", "공고", "공고"),
        ("👨‍👩‍👧 가족 지원금", "가족", "가족"),
    ],
)
def test_offsets_hold_after_unusual_characters(
    segmenter: Segmenter, text: str, form: str, span: str
) -> None:
    found = next(m for m in segmenter.morphemes(text) if m.form == form)
    assert text[found.start : found.end] == span


def test_compounds_meet_however_they_are_written(segmenter: Segmenter) -> None:
    joined, apart = segmenter.terms("양자클러스터 조성"), segmenter.terms("양자 클러스터 조성")
    wanted = {"양자클러스터/NN", "양자/NN", "클러스터/NN", "조성/NN"}
    assert wanted <= set(joined)
    assert wanted <= set(apart)


def test_an_unknown_compound_is_split_too(segmenter: Segmenter) -> None:
    assert {"수소/NN", "특화/NN", "단지/NN"} <= set(segmenter.terms("수소특화단지"))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("1,134억 원", {"1134/SN"}),
        ("’26년", {"26/SN", "2026/SN"}),
        ("2026. 5. 18.(월)", {"2026/SN", "5/SN", "18/SN"}),
        ("２０２６년", {"2026/SN"}),
        ("4.17", {"4/SN", "17/SN"}),
        ("R&D 사업", {"사업/NN"}),
        ("SME 지원", {"sme/SL"}),
    ],
)
def test_numbers_and_foreign_words_are_unified(
    segmenter: Segmenter, text: str, terms: set[str]
) -> None:
    assert terms <= set(segmenter.terms(text))


def test_an_article_number_is_one_term(segmenter: Segmenter) -> None:
    terms = segmenter.terms("제29조의2 제1항에 따라")
    assert terms[:2] == ["제29조의2/AR", "제1항/AR"]
    assert not {"29/SN", "2/SN", "1/SN"} & set(terms)
    assert segmenter.terms("제 29 조의 2")[:1] == ["제29조의2/AR"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("메칭 비율", "매칭 비율"),
        ("1단게 사업", "1단계 사업"),
        ("ABC메칭 2026.4.17", "ABC매칭 2026.4.17"),
        ("신청 마감이 언재", "신청 마감이 언제"),
        ("지방비 매칭 비율은?", "지방비 매칭 비율은?"),
    ],
)
def test_typing_errors_are_repaired(segmenter: Segmenter, typed: str, meant: str) -> None:
    assert segmenter.correct(typed) == meant


def test_spaces_are_put_where_there_are_none(segmenter: Segmenter) -> None:
    wanted = "양자클러스터 신청은 언제까지인가요"
    assert segmenter.respace("양자클러스터신청은언제까지인가요") == wanted


def test_blank_text_has_no_parts(segmenter: Segmenter) -> None:
    assert segmenter.morphemes("") == ()
    assert segmenter.sentences(" \n") == ()
    assert segmenter.terms("  ") == []
    assert segmenter.correct("") == ""
    assert segmenter.respace("") == ""


def test_threads_get_the_same_answers() -> None:
    shared = Segmenter(user_words=[("양자클러스터", "NNP")])
    texts = [f"양자클러스터 {n}단계 신청 기관은 {n}곳이다." for n in range(40)] * 3
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(shared.terms, texts))
    assert together == [shared.terms(text) for text in texts]
