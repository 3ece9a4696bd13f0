"""POST /api/chat: the contract, conversations, what the answerer receives."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi.testclient import TestClient

from assistant.model import Status
from tests.api.conftest import Start
from tests.api.fakes import DEADLINE, FakeAnswering

SNAPSHOTS = Path(__file__).parent / "snapshots"


def test_response_is_the_contract(client: TestClient) -> None:
    body = client.post("/api/chat", json={"question": "언제까지?", "as_of": "2026-06-01"}).json()
    assert len(body["answer_id"]) == 32
    assert len(body["conversation_id"]) >= 20
    body |= {"answer_id": "…", "conversation_id": "…"}
    for citation in body["citations"]:
        section_id = citation["section_id"]
        citation |= {"section_id": "…", "url": citation["url"].replace(section_id, "…")}
    assert body == json.loads((SNAPSHOTS / "chat.json").read_text("utf-8"))


def test_quote_is_the_text_of_the_document(client: TestClient) -> None:
    cited = client.post("/api/chat", json={"question": "언제까지?"}).json()["citations"][0]
    document = client.get(f"/api/documents/{cited['document_id']}").json()
    assert document["text"][cited["start"] : cited["end"]] == cited["quote"] == DEADLINE
    assert any(s["section_id"] == cited["section_id"] for s in document["sections"])


def test_unknown_values_are_null(client: TestClient, answering: FakeAnswering) -> None:
    answering.status = Status.NOT_FOUND
    body = client.post("/api/chat", json={"question": "달나라 여행?"}).json()
    assert body["status"] == "not_found"
    assert body["citations"] == []
    assert body["contact"] is None
    assert body["short_answer"] is None


def test_follow_up_carries_the_earlier_questions(
    client: TestClient, answering: FakeAnswering
) -> None:
    first = client.post("/api/chat", json={"question": "언제까지?"}).json()
    known = {"conversation_id": first["conversation_id"]}
    second = client.post("/api/chat", json={"question": "우편도 되나요?", **known}).json()
    client.post("/api/chat", json={"question": "규모는?", **known})
    assert second["conversation_id"] == first["conversation_id"]
    assert [one.history for one in answering.asked] == [
        (),
        ("언제까지?",),
        ("언제까지?", "우편도 되나요?"),
    ]


def test_question_is_cleaned_before_it_is_answered(
    client: TestClient, answering: FakeAnswering
) -> None:
    decomposed = "\u1109\u1175\u11ab\u110e\u1165\u11bc"  # 신청 as a Mac writes it
    # JSON may carry a lone surrogate, which no UTF-8 text can hold.
    body = '{"question": "\\u200b' + decomposed + '\\u202e\\u0000  \\n\\ud800언제?"}'
    headers = {"content-type": "application/json"}
    reply = client.post("/api/chat", content=body.encode(), headers=headers)
    assert reply.status_code == 200
    assert answering.asked[0].text == "신청 언제?"


def test_as_of_date_means_the_end_of_that_day(client: TestClient, answering: FakeAnswering) -> None:
    client.post("/api/chat", json={"question": "?", "as_of": "2026-05-18"})
    client.post("/api/chat", json={"question": "?", "as_of": "2026-05-18T00:30:00Z"})
    moments = [one.as_of.isoformat() for one in answering.asked if one.as_of]
    assert moments == ["2026-05-18T23:59:59+09:00", "2026-05-18T09:30:00+09:00"]


def test_documents_limit_the_answer(client: TestClient, answering: FakeAnswering) -> None:
    known = answering.document.document_id
    client.post("/api/chat", json={"question": "?", "documents": [known]})
    assert answering.asked[0].documents == (known,)


def test_question_at_the_limit_is_accepted(start: Start) -> None:
    client = start(max_question_length=10)
    assert client.post("/api/chat", json={"question": "가" * 10}).status_code == 200
    assert client.post("/api/chat", json={"question": "가" * 11}).status_code == 422


def test_failed_question_is_not_remembered(client: TestClient, answering: FakeAnswering) -> None:
    first = client.post("/api/chat", json={"question": "하나"}).json()
    answering.error = RuntimeError("secret path /srv/x")
    known = {"conversation_id": first["conversation_id"]}
    assert client.post("/api/chat", json={"question": "둘", **known}).status_code == 500
    answering.error = None
    client.post("/api/chat", json={"question": "셋", **known})
    assert answering.asked[-1].history == ("하나",)
