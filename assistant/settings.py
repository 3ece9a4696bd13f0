"""Every setting of the program, read once from ``POLICY_QA_*`` and validated at start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from assistant.errors import ConfigurationError

PREFIX = "POLICY_QA_"
LogLevel = Literal["debug", "info", "warning", "error"]
Names = Annotated[tuple[str, ...], NoDecode]


def _cores() -> int:
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """Settings by their variable: ``data`` is ``POLICY_QA_DATA`` and so on.

    ``corpus`` is None for the bundled documents, ``reranker`` is empty for none; ``workers`` is
    how many processes a large build may use, one a core unless it is set; lists are written with
    commas. A value given to the constructor (a command-line option) wins over the environment.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True)

    data: Path = Path("var")
    corpus: Path | None = None
    embedding: str = Field(default="words", min_length=1)
    reranker: str = ""
    rerank_top: int = Field(default=30, ge=1, le=1000)
    workers: int = Field(default_factory=_cores, ge=1, le=256)
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8000, ge=0, le=65535)
    log_level: LogLevel = "info"
    cors_origins: Names = ()
    allowed_hosts: Names = ()
    max_question_length: int = Field(default=2000, ge=1, le=20_000)
    max_body_bytes: int = Field(default=65_536, ge=1024)
    conversation_limit: int = Field(default=10_000, ge=1)
    conversation_turns: int = Field(default=6, ge=1, le=50)
    conversation_minutes: int = Field(default=60, ge=1)
    feedback_max_bytes: int = Field(default=50_000_000, ge=0)
    shutdown_seconds: int = Field(default=15, ge=0)

    @field_validator("cors_origins", "allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if origin != "*" and not origin.startswith(("http://", "https://")):
                message = f"{origin!r} is not an origin; write https://www.example.go.kr"
                raise ValueError(message)
        return value


def load_settings(**options: object) -> Settings:
    """Read the settings; options that are None are left to the environment.

    Raises ``ConfigurationError`` naming the first variable that is wrong.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise ConfigurationError(_in_one_line(error.errors()[0])) from error
    except SettingsError as error:
        raise ConfigurationError(f"{PREFIX}*: {error}") from error


def _in_one_line(detail: ErrorDetails) -> str:
    name = PREFIX + str(detail["loc"][0]).upper()
    message = detail["msg"].removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    return f"{name}: {message} (given: {str(detail['input'])[:80]!r})"
