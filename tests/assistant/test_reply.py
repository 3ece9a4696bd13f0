from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from assistant.clock import KST
from assistant.focus import FocusTerm
from assistant.replies import load_replies
from assistant.reply import ReplyWriter
from tests.assistant.fakes import analysis, term

KNOWN = term("설명회")
UNKNOWN = replace(term("주차장"), known=False)


def refusal(*missing: FocusTerm) -> str:
    writer = ReplyWriter(
        replies=load_replies(),
        as_of=datetime(2026, 5, 1, tzinfo=KST),
        analysis=analysis("설명회에 주차장이 있나요?"),
        documents={},
    )
    return writer.not_found(None, missing=missing).text


def test_only_a_word_that_stands_nowhere_is_said_not_to_be_in_the_documents() -> None:
    assert refusal(UNKNOWN) == "안내 자료에는 ‘주차장’에 관한 내용이 나와 있지 않습니다."
    assert refusal(KNOWN, UNKNOWN) == refusal(UNKNOWN)


def test_of_a_word_that_stands_somewhere_no_answer_was_found() -> None:
    assert refusal(KNOWN) == "안내 자료에서 ‘설명회’에 관한 답은 찾지 못했습니다."


def test_without_a_word_to_name_nothing_is_named() -> None:
    assert "‘" not in refusal()
