"""An app over the fake answerer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.runtime import Runtime
from assistant.settings import Settings
from tests.api.fakes import FakeAnswering

Start = Callable[..., TestClient]


@pytest.fixture
def answering() -> FakeAnswering:
    return FakeAnswering()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    return tmp_path


@pytest.fixture
def start(answering: FakeAnswering, data: Path) -> Iterator[Start]:
    """Starts an app with the given settings; its index is open."""
    clients: list[TestClient] = []

    def begin(**settings: object) -> TestClient:
        runtime = Runtime(data=data, open_answering=lambda _: answering)
        runtime.refresh()
        runtime.wait(timeout=10)
        app = create_app(runtime, Settings(data=data, **settings))  # type: ignore[arg-type]
        client = TestClient(app)
        client.__enter__()
        clients.append(client)
        return client

    yield begin
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(start: Start) -> TestClient:
    return start()
