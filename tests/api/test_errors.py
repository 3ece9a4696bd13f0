"""Every refusal is an RFC 9457 problem in Korean that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.errors import ConfigurationError, NotReady
from assistant.runtime import Runtime
from assistant.settings import Settings
from tests.api.conftest import Start
from tests.api.fakes import FakeAnswering

JSON = {"content-type": "application/json"}


def check(reply: Any, status: int, kind: str) -> dict[str, Any]:
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = reply.json()
    assert set(body) == {"type", "title", "status", "detail", "instance", "request_id"}
    assert body["type"] == f"urn:policy-qa:problem:{kind}"
    assert body["status"] == status
    assert any("가" <= char <= "힣" for char in body["detail"])
    assert body["request_id"] == reply.headers["x-request-id"]
    return body


@pytest.mark.parametrize("path", ["/api/chat", "/api/chat/stream"])
@pytest.mark.parametrize(
    ("sent", "status", "kind"),
    [
        ({"question": ""}, 422, "empty-question"),
        ({"question": " \n\t"}, 422, "empty-question"),
        ({"question": "\u200b\u202e\u3164\ufeff"}, 422, "unreadable-question"),
        ({"question": "가" * 2001}, 422, "question-too-long"),
        ({"question": "?", "as_of": "내일"}, 422, "invalid-as-of"),
        ({"question": "?", "as_of": "2026-02-30"}, 422, "invalid-as-of"),
        ({"question": "?", "as_of": "0001-01-01T00:00:00+14:00"}, 422, "invalid-as-of"),
        ({"question": "?", "as_of": 20260518}, 422, "invalid-fields"),
        ({"question": "?", "documents": ["없음"]}, 404, "unknown-document"),
        ({"question": "?", "documents": "없음"}, 422, "invalid-fields"),
        ({"question": "?", "conversation_id": "없음"}, 404, "unknown-conversation"),
        ({"question": "?", "conversation_id": 5}, 422, "invalid-fields"),
        ({"question": 5}, 422, "invalid-fields"),
        ({"question": None}, 422, "invalid-fields"),
        ({}, 422, "invalid-fields"),
        ([], 422, "invalid-fields"),
    ],
)
def test_wrong_question(
    client: TestClient, path: str, sent: object, status: int, kind: str
) -> None:
    assert check(client.post(path, json=sent), status, kind)["instance"] == path


def test_detail_names_field_and_limit(client: TestClient) -> None:
    body = client.post("/api/chat", json={"question": 5}).json()
    assert "question: 문자열이어야 합니다" in body["detail"]
    body = client.post("/api/chat", json={"question": "가" * 2314}).json()
    assert "2000자" in body["detail"]
    assert "2314자" in body["detail"]


@pytest.mark.parametrize("body", [b'{"question": ', b'{"question": "\xff"}', b"[" * 5000])
def test_broken_json(client: TestClient, body: bytes) -> None:
    check(client.post("/api/chat", content=body, headers=JSON), 400, "bad-request")


@pytest.mark.parametrize("headers", [{}, {"content-type": "text/plain"}])
def test_unsupported_media_type(client: TestClient, headers: dict[str, str]) -> None:
    reply = client.post("/api/chat", content=b'{"question": "?"}', headers=headers)
    check(reply, 415, "unsupported-media-type")


def test_body_over_the_limit(client: TestClient, answering: FakeAnswering) -> None:
    big = b'{"question": "' + b"a" * 70_000 + b'"}'
    check(client.post("/api/chat", content=big, headers=JSON), 413, "body-too-large")

    def chunks() -> Iterator[bytes]:
        yield from [big[:40_000], big[40_000:]]

    check(client.post("/api/chat", content=chunks(), headers=JSON), 413, "body-too-large")
    assert answering.asked == []


def test_method_and_path(client: TestClient) -> None:
    reply = client.get("/api/chat")
    check(reply, 405, "method-not-allowed")
    assert reply.headers["allow"] == "POST"
    check(client.get("/api/nothing"), 404, "unknown-path")
    check(client.get("/api/documents/없음"), 404, "unknown-document")


def test_not_ready(tmp_path: Any) -> None:
    runtime = Runtime(data=tmp_path, open_answering=lambda _: FakeAnswering())
    with TestClient(create_app(runtime, Settings(data=tmp_path))) as client:
        for path in ("/api/chat", "/api/chat/stream"):
            reply = client.post(path, json={"question": "?"})
            check(reply, 503, "not-ready")
            assert reply.headers["retry-after"] == "5"
        check(client.get("/api/documents"), 503, "not-ready")
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
        assert "아직 준비된 문서가 없습니다" in client.get("/").text


def test_answerer_that_is_not_ready(client: TestClient, answering: FakeAnswering) -> None:
    answering.error = NotReady("the index is unreadable")
    reply = client.post("/api/chat", json={"question": "?"})
    check(reply, 503, "not-ready")
    assert reply.headers["retry-after"] == "5"


@pytest.mark.parametrize("error", [RuntimeError("/srv/secret"), ConfigurationError("/srv/secret")])
def test_unexpected_error_keeps_its_internals(
    client: TestClient,
    answering: FakeAnswering,
    error: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answering.error = error
    reply = client.post("/api/chat", json={"question": "?"})
    body = check(reply, 500, "internal")
    assert "secret" not in reply.text
    assert body["request_id"] in caplog.text
    assert "content-security-policy" in reply.headers


def test_host_is_checked_if_set(start: Start) -> None:
    client = start(allowed_hosts=("qa.example.go.kr", "*.example.org"))
    check(client.get("/healthz"), 400, "unknown-host")
    for host in ("qa.example.go.kr:8000", "a.example.org"):
        assert client.get("/healthz", headers={"host": host}).status_code == 200
    assert client.get("/healthz", headers={"host": "badexample.org"}).status_code == 400
