from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.korean import polite, strip_marks, with_particle

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
WORDS = st.text(SYLLABLES, min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("plain", "formal"),
    [
        ("계획을 수립한다.", "계획을 수립합니다."),
        ("확정된다", "확정됩니다."),
        ("규정이 있다.", "규정이 있습니다."),
        ("발표하였다.", "발표하였습니다."),
        ("수요가 높다", "수요가 높습니다."),
        ("본격적으로 나선다.", "본격적으로 나섭니다."),
        ("밥을 먹는다.", "밥을 먹습니다."),
        ("제출하지 않는다.", "제출하지 않습니다."),
        ("2026년이다.", "2026년입니다."),
        ("대상이 아니다.", "대상이 아닙니다."),
        ("도구를 만든다.", "도구를 만듭니다."),
        ("매우 크다.", "매우 큽니다."),
    ],
)
def test_plain_sentences_become_polite(plain: str, formal: str) -> None:
    assert polite(plain) == formal


@pytest.mark.parametrize("sentence", ["지원합니다.", "대상입니다.", "있습니다", "아닙니다."])
def test_polite_sentences_stay(sentence: str) -> None:
    assert polite(sentence) == sentence.rstrip(".") + "."


@pytest.mark.parametrize(
    ("plain", "formal"),
    [("“함께한다.”", "“함께합니다.”"), ("(제외한다)", "(제외합니다)"), ("‘된다.’", "‘됩니다.’")],
)
def test_closing_marks_stay_behind_the_ending(plain: str, formal: str) -> None:
    assert polite(plain) == formal


@pytest.mark.parametrize("text", ["", "다", "다.", "사업 개요", "신청함.", "R&D", "가능하나요?"])
def test_what_is_no_plain_sentence_stays(text: str) -> None:
    assert polite(text) == text


@given(WORDS)
def test_politeness_is_reached_once(stem: str) -> None:
    once = polite(f"{stem}다.")
    assert once.endswith("니다.")
    assert polite(once) == once


@given(st.text())
def test_politeness_takes_any_text(text: str) -> None:
    assert isinstance(polite(text), str)


@pytest.mark.parametrize(
    ("word", "particle", "whole"),
    [
        ("사업", "은", "사업은"),
        ("도시", "은", "도시는"),
        ("국비", "을", "국비를"),
        ("기한", "이", "기한이"),
        ("서울", "으로", "서울로"),
        ("부산", "으로", "부산으로"),
        ("3", "을", "3을"),
        ("2", "이", "2가"),
        ("7", "으로", "7로"),
        ("지원 사업(1단계)", "은", "지원 사업(1단계)은"),
        ("‘국비’", "이라고", "‘국비’라고"),
        ("‘사업’", "이라고", "‘사업’이라고"),
        ("HTML", "과", "HTML과"),
    ],
)
def test_particles_agree_with_the_last_sound(word: str, particle: str, whole: str) -> None:
    assert with_particle(word, particle) == whole


@given(st.text(), st.sampled_from(["은", "이", "을", "과", "으로", "이라고"]))
def test_a_particle_is_only_ever_added(word: str, particle: str) -> None:
    whole = with_particle(word, particle)
    assert whole.startswith(word)
    assert 0 < len(whole) - len(word) <= len(particle)


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("□ (신청 자격) 시·군", "(신청 자격) 시·군"),
        ("- ◆ 국비 투입", "국비 투입"),
        ("○ 사업*을\n 시작한다.", "사업을 시작한다."),
        ("※ 현물은 제외", "현물은 제외"),
        ("① 접수", "접수"),
        ("** 잠정 수치", "잠정 수치"),
        ("1. 개요", "1. 개요"),
        ("5 * 3", "5 * 3"),
    ],
)
def test_marks_are_stripped(printed: str, bare: str) -> None:
    assert strip_marks(printed) == bare


@given(st.text(st.sampled_from("□○-※*①◆ ・\n가a1(‘")), st.sampled_from("가나a"))
def test_stripping_keeps_the_words(marks: str, letter: str) -> None:
    bare = strip_marks(marks + letter)
    assert letter in bare
    assert strip_marks(bare) == bare


@given(st.text())
def test_stripping_never_loses_all_of_a_text_with_letters(text: str) -> None:
    bare = strip_marks(text)
    assert bare or not any(char.isalnum() for char in text)
    assert "\n" not in bare
