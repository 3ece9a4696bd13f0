"""Puts the HTTP surface together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from assistant.api import chat, docs, documents, examples, feedback, health, pages, problems
from assistant.api.middleware import KnownHost, LimitedBody, Observed
from assistant.api.services import make_services
from assistant.api.templates import SOURCE
from assistant.runtime import Runtime
from assistant.settings import Settings

_TAGS = [
    {"name": "질의응답", "description": "질문하고 근거가 달린 답변을 받는다."},
    {"name": "문서", "description": "답변의 근거가 되는 문서를 읽는다."},
    {"name": "의견", "description": "답변이 도움이 되었는지 알린다."},
    {"name": "운영", "description": "서버의 상태를 살핀다."},
]


class PolicyApi(FastAPI):
    """FastAPI, with examples that show ``null`` where a value may be unknown."""

    def openapi(self) -> dict[str, Any]:
        """The description; FastAPI itself drops every null from it."""
        description = super().openapi()
        for name, example in examples.BY_SCHEMA.items():
            description["components"]["schemas"][name]["examples"] = [example]
        return description


def create_app(runtime: Runtime, settings: Settings) -> FastAPI:
    """The app over a runtime; several may live in one process."""
    services = make_services(runtime, settings)

    @asynccontextmanager
    async def opening(_: FastAPI) -> AsyncIterator[None]:
        runtime.refresh()
        yield

    app = PolicyApi(
        title="정책 문서 질의응답 API",
        version=_version(),
        description="공개된 정책 문서에서 찾은 답을 근거 문장·위치와 함께 돌려준다.",
        openapi_tags=_TAGS,
        docs_url=None,
        redoc_url=None,
        lifespan=opening,
    )
    app.state.services = services
    problems.install(app)
    for part in (chat, documents, feedback, health, pages, docs):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=SOURCE / "static"), name="static")
    app.add_middleware(LimitedBody, limit=settings.max_body_bytes)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
            expose_headers=["X-Request-ID", "Retry-After"],
        )
    if settings.allowed_hosts:
        app.add_middleware(KnownHost, hosts=settings.allowed_hosts)
    app.add_middleware(Observed, metrics=services.metrics)
    return app


def _version() -> str:
    try:
        return version("policy-qa")
    except PackageNotFoundError:
        return "0"
