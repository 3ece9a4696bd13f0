"""A bad value gives one line that names its variable."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.settings import load_settings


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("POLICY_QA_")]:
        monkeypatch.delenv(name)


def test_defaults() -> None:
    settings = load_settings()
    assert (settings.data, settings.host, settings.port) == (Path("var"), "127.0.0.1", 8000)
    assert (settings.embedding, settings.max_question_length) == ("words", 2000)
    assert (settings.reranker, settings.rerank_top) == ("", 30)
    assert settings.workers == os.cpu_count()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POLICY_QA_PORT", "http"),
        ("POLICY_QA_PORT", "70000"),
        ("POLICY_QA_LOG_LEVEL", "loud"),
        ("POLICY_QA_MAX_QUESTION_LENGTH", "0"),
        ("POLICY_QA_CONVERSATION_TURNS", "-1"),
        ("POLICY_QA_WORKERS", "0"),
        ("POLICY_QA_CORS_ORIGINS", "example.org"),
        ("POLICY_QA_RERANK_TOP", "0"),
        ("POLICY_QA_RERANK_TOP", "many"),
    ],
)
def test_bad_value(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{name}: ")
    assert value in str(caught.value)
    assert "\n" not in str(caught.value)


def test_environment_and_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_PORT", "9000")
    monkeypatch.setenv("POLICY_QA_HOST", "")
    monkeypatch.setenv("POLICY_QA_CORS_ORIGINS", "https://a.kr, https://b.kr")
    monkeypatch.setenv("POLICY_QA_LOG_LEVEL", "DEBUG")
    settings = load_settings(port=None, data=Path("x"))
    assert (settings.port, settings.host, settings.data) == (9000, "127.0.0.1", Path("x"))
    assert settings.cors_origins == ("https://a.kr", "https://b.kr")
    assert settings.log_level == "debug"
    assert load_settings(port=1).port == 1
