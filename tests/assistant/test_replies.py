from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ConfigurationError
from assistant.replies import Replies, load_replies
from prompts.loader import load_yaml

REPLIES = Replies({"desk": "{department} 전화번호는 {phone}입니다.\n", "hello": "안녕하세요."})


def test_a_reply_is_filled() -> None:
    assert REPLIES.render("desk", department="시험과", phone="02-0000-1234") == (
        "시험과 전화번호는 02-0000-1234입니다."
    )
    assert REPLIES.render("hello") == "안녕하세요."


def test_a_missing_variable_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="phone"):
        REPLIES.render("desk", department="시험과")


def test_an_unknown_variable_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="person"):
        REPLIES.render("desk", department="시험과", phone="1", person="나하늘")
    with pytest.raises(ConfigurationError, match="extra"):
        REPLIES.render("hello", extra="")


def test_an_unknown_reply_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match="goodbye"):
        REPLIES.render("goodbye")


@given(st.text(), st.text())
def test_braces_in_a_value_are_text(department: str, phone: str) -> None:
    said = REPLIES.render("desk", department=department, phone=phone)
    assert said == f"{department} 전화번호는 {phone}입니다."
    assert "{phone}" in REPLIES.render("desk", department="{phone}", phone="1")


@pytest.mark.parametrize("name", sorted(load_yaml("replies.yaml")))
def test_every_bundled_reply_can_be_said(name: str) -> None:
    template = str(load_yaml("replies.yaml")[name])
    fields = {field for _, field, _, _ in string.Formatter().parse(template) if field}
    said = load_replies().render(name, **dict.fromkeys(fields, "값"))
    assert said
    assert "{" not in said
