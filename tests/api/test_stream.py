"""POST /api/chat/stream: the order of events and what they carry."""

from __future__ import annotations

import json
from typing import Any

from fastapi.testclient import TestClient

from tests.api.fakes import FakeAnswering

Event = tuple[str, dict[str, Any]]


def ask(client: TestClient) -> list[Event]:
    reply = client.post("/api/chat/stream", json={"question": "언제까지?"})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/event-stream")
    return [read(block) for block in reply.text.split("\n\n") if block and block[0] != ":"]


def read(block: str) -> Event:
    name, data = block.split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_order_of_events(client: TestClient) -> None:
    events = ask(client)
    order = list(dict.fromkeys(name for name, _ in events))
    assert order == ["status", "delta", "citation", "done"]
    assert [name for name, _ in events].count("done") == 1


def test_pieces_give_the_answer(client: TestClient) -> None:
    events = ask(client)
    done = events[-1][1]
    assert "".join(data["text"] for name, data in events if name == "delta") == done["answer"]
    assert [data for name, data in events if name == "citation"] == done["citations"]
    again = {"question": "그럼?", "conversation_id": done["conversation_id"]}
    assert client.post("/api/chat", json=again).status_code == 200


def test_error_after_the_stream_has_begun(client: TestClient, answering: FakeAnswering) -> None:
    answering.error = RuntimeError("/srv/secret")
    events = ask(client)
    assert [name for name, _ in events] == ["status", "error"]
    assert events[-1][1]["status"] == 500
    assert "secret" not in json.dumps(events)
