"""Conversations stay within their bounds."""

from __future__ import annotations

from threading import Thread

import pytest

from assistant.conversations import Conversations
from assistant.errors import UnknownConversation


def test_turns_are_bounded() -> None:
    kept = Conversations(limit=5, turns=2, seconds=60)
    for question in "가나다":
        kept.remember("a", question)
    assert kept.earlier("a") == ("나", "다")


def test_the_one_unused_for_longest_is_forgotten() -> None:
    kept = Conversations(limit=2, turns=5, seconds=60)
    for name in ("a", "b", "a", "c"):
        kept.remember(name, "?")
    assert kept.earlier("a") == ("?", "?")
    with pytest.raises(UnknownConversation):
        kept.earlier("b")
    assert len(kept) == 2


def test_an_unused_one_ends() -> None:
    now = 0.0
    kept = Conversations(limit=9, turns=5, seconds=60, clock=lambda: now)
    kept.remember("a", "?")
    now = 59.0
    assert kept.earlier("a") == ("?",)
    now = 61.0
    with pytest.raises(UnknownConversation):
        kept.earlier("a")
    assert len(kept) == 0


def test_ids_are_long_and_differ() -> None:
    found = {Conversations.new_id() for _ in range(1000)}
    assert len(found) == 1000
    assert min(map(len, found)) >= 22


def test_threads_do_not_lose_questions() -> None:
    kept = Conversations(limit=100, turns=10_000, seconds=60)

    def work(name: str) -> None:
        for _ in range(200):
            kept.remember("shared", name)
            kept.remember(name, name)

    threads = [Thread(target=work, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept.earlier("shared")) == 1600
