"""Typed words, dates, Korean wording and the answer in a terminal."""

from __future__ import annotations

import pytest

from assistant import errors
from assistant.clock import now_kst, parse_as_of
from assistant.errors import AssistantError, InvalidAsOf
from assistant.intake import read_question
from assistant.model import Question
from assistant.surface import explain
from assistant.terminal import as_text
from tests.api.fakes import FakeAnswering


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-18", "2026-05-18T23:59:59+09:00"),
        (" 2026-05-18 ", "2026-05-18T23:59:59+09:00"),
        ("2026-05-18T18:00", "2026-05-18T18:00:00+09:00"),
        ("2026-05-18T09:00:00+00:00", "2026-05-18T18:00:00+09:00"),
    ],
)
def test_as_of(text: str, expected: str) -> None:
    assert parse_as_of(text).isoformat() == expected


@pytest.mark.parametrize("text", ["", "어제", "2026-13-01", "2026-05-18T25:00", "9" * 200])
def test_wrong_as_of(text: str) -> None:
    with pytest.raises(InvalidAsOf, match="2026-05-18"):
        parse_as_of(text)


def test_now_is_korean_time() -> None:
    assert now_kst().isoformat().endswith("+09:00")


def test_question_keeps_what_is_visible() -> None:
    typed = " R&D 예산은\u200b\t'26년\r\n얼마?\x1b "
    assert read_question(typed, limit=99) == "R&D 예산은 '26년 얼마?"


def test_every_error_has_its_korean_words() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    for kind in kinds:
        if issubclass(kind, AssistantError):
            title, detail = explain(kind("x", limit=1, length=2))
            assert title
            assert detail.endswith(("다.", "요."))


def test_terminal_text() -> None:
    answering = FakeAnswering()
    text = as_text(answering.answer(Question("언제?", as_of=parse_as_of("2026-06-01"))))
    assert text.splitlines()[0] == "[알림] 신청 기한이 지났습니다. [1]"
    assert "[1] 별빛 창업 지원 공고 › 1. 신청 안내 (가상정책부, 2026-04-17)" in text
    assert "「신청은 2026년 5월 18일(월) 오후 6시까지 받는다.」" in text
    assert "문의: 별빛창업과 044-200-0000 [2]" in text
    assert "기준일 2026-06-01" in text
