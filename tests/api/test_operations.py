"""Documents as data, feedback, health, metrics, description, reload."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.runtime import Runtime
from assistant.settings import Settings
from tests.api.conftest import Start
from tests.api.fakes import FakeAnswering, open_fake

SNAPSHOTS = Path(__file__).parent / "snapshots"
FEEDBACK = {"answer_id": "a" * 32, "rating": "down", "reasons": ["오래됨"], "comment": "바뀜\u202e"}


def test_documents(client: TestClient, answering: FakeAnswering) -> None:
    document = answering.document
    listed = client.get("/api/documents").json()["documents"]
    assert [one["document_id"] for one in listed] == [document.document_id]
    assert listed[0]["published"] == "2026-04-17"
    assert client.get(listed[0]["url"]).status_code == 200
    one = client.get(f"/api/documents/{document.document_id}").json()
    assert one["text"] == document.text
    assert "".join(one["text"][s["start"] : s["end"]] for s in one["sections"]) == one["text"]
    assert set(one["sections"][0]) == {"section_id", "path", "start", "end", "page"}


def test_feedback_is_appended(client: TestClient, data: Path) -> None:
    assert client.post("/api/feedback", json=FEEDBACK).status_code == 201
    assert client.post("/api/feedback", json=FEEDBACK | {"rating": "up"}).status_code == 201
    lines = (data / "feedback.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["rating"] for line in lines] == ["down", "up"]
    assert json.loads(lines[0])["comment"] == "바뀜"


@pytest.mark.parametrize(
    "change",
    [
        {"rating": "good"},
        {"answer_id": "../../etc"},
        {"comment": "가" * 1001},
        {"reasons": ["a"] * 11},
        {"reasons": "a"},
    ],
)
def test_wrong_feedback_is_refused(client: TestClient, data: Path, change: dict[str, str]) -> None:
    assert client.post("/api/feedback", json=FEEDBACK | change).status_code == 422
    assert not (data / "feedback.jsonl").exists()


def test_full_feedback_file_is_said(start: Start) -> None:
    client = start(feedback_max_bytes=10)
    assert client.post("/api/feedback", json=FEEDBACK).status_code == 503


def test_health_and_metrics(client: TestClient) -> None:
    client.post("/api/chat", json={"question": "언제?"})
    client.get("/documents/x?secret")
    client.get("/nowhere/at/all")
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["generation"] == "g1"
    text = client.get("/metrics").text
    for line in (
        'policy_qa_http_requests_total{method="POST",path="/api/chat",status="200"} 1',
        'policy_qa_http_requests_total{method="GET",path="/documents/{document_id}",'
        'status="404"} 1',
        'policy_qa_http_requests_total{method="GET",path="unmatched",status="404"} 1',
        'policy_qa_answers_total{status="answered"} 1',
        "policy_qa_answer_seconds_count 1",
        "policy_qa_ready 1",
    ):
        assert line in text.splitlines()


def test_cors_is_off_unless_set(start: Start) -> None:
    origin = {"origin": "https://widget.example.kr"}
    assert "access-control-allow-origin" not in start().get("/healthz", headers=origin).headers
    client = start(cors_origins=("https://widget.example.kr",))
    allowed = client.get("/healthz", headers=origin).headers["access-control-allow-origin"]
    assert allowed == "https://widget.example.kr"


def test_description_is_as_it_was(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    paths = {
        path: {method: sorted(one["responses"]) for method, one in methods.items()}
        for path, methods in description["paths"].items()
    }
    assert paths == json.loads((SNAPSHOTS / "paths.json").read_text("utf-8"))
    example = description["components"]["schemas"]["ChatResponse"]["examples"][0]
    assert set(example) == set(json.loads((SNAPSHOTS / "chat.json").read_text("utf-8")))
    assert example["citations"][0]["page"] is None
    for methods in description["paths"].values():
        for one in methods.values():
            assert one["tags"]
            assert any("가" <= char <= "힣" for char in one["summary"])


def switch(data: Path, name: str) -> None:
    (data / "NEXT").write_text(name, "utf-8")
    (data / "NEXT").replace(data / "CURRENT")


def test_server_picks_up_a_new_generation_and_survives_a_broken_one(data: Path) -> None:
    runtime = Runtime(data=data, open_answering=open_fake)
    with TestClient(create_app(runtime, Settings(data=data))) as client:
        runtime.wait(timeout=10)
        assert client.get("/readyz").json()["generation"] == "g1"
        switch(data, "g2")
        client.get("/readyz")
        runtime.wait(timeout=10)
        assert client.get("/readyz").json()["generation"] == "g2"
        switch(data, "broken")
        client.get("/readyz")
        runtime.wait(timeout=10)
        body = client.get("/readyz").json()
        assert body["generation"] == "g2"
        assert body["failure"] == {"generation": "broken", "reason": "ValueError"}
        assert client.post("/api/chat", json={"question": "?"}).status_code == 200
