"""Errors as RFC 9457 problems: JSON for programs, a page for people."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.api.schemas import Problem
from assistant.api.templates import render
from assistant.errors import (
    AssistantError,
    FeedbackNotStored,
    InvalidSpan,
    NotReady,
    QuestionError,
    UnknownConversation,
    UnknownDocument,
)
from assistant.surface import explain, group, say

_log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "5"
_STATUS: dict[type[AssistantError], int] = {
    QuestionError: 422,
    InvalidSpan: 422,
    UnknownDocument: 404,
    UnknownConversation: 404,
    FeedbackNotStored: 503,
    NotReady: 503,
}
_BY_STATUS = {
    400: "bad_request",
    404: "unknown_path",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
    500: "internal",
}


def install(app: FastAPI) -> None:
    """Let every error of the app be answered as a problem."""
    app.add_exception_handler(AssistantError, _assistant_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)


def problem_of(error: AssistantError, request: Request) -> Problem:
    """An error of ours in the words of ``prompts/surface.yaml``."""
    status = next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), None)
    if status is None:
        _log.error("request %s failed", _request_id(request), exc_info=error)
        return internal_problem(request)
    title, detail = explain(error)
    return _problem(request, key=error.key, status=status, title=title, detail=detail)


def internal_problem(request: Request) -> Problem:
    """An unexpected error, without its internals."""
    return _problem(request, key="internal", status=500)


def respond(problem: Problem, request: Request, headers: dict[str, str] | None = None) -> Response:
    """A problem in the form the client reads."""
    headers = dict(headers or {})
    if problem.status == 503:
        headers.setdefault("Retry-After", RETRY_AFTER)
    if _wants_page(request):
        return render("error.html", status=problem.status, headers=headers, problem=problem)
    return JSONResponse(
        problem.model_dump(), problem.status, headers=headers, media_type=MEDIA_TYPE
    )


def plain_problem(request: Request, *, key: str, status: int, **values: int) -> Response:
    """A problem that is not raised but decided, by its key."""
    detail = say(f"problems.{key}.detail", **values)
    return respond(_problem(request, key=key, status=status, detail=detail), request)


def _problem(
    request: Request, *, key: str, status: int, title: str = "", detail: str = ""
) -> Problem:
    return Problem(
        type=f"urn:policy-qa:problem:{key.replace('_', '-')}",
        title=title or _title(key),
        status=status,
        detail=detail or _detail(key),
        instance=request.url.path,
        request_id=_request_id(request),
    )


def _assistant_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AssistantError)  # noqa: S101 - registered for this class
    return respond(problem_of(error, request), request)


def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    details: Sequence[dict[str, Any]] = error.errors()
    if any(detail["type"] == "json_invalid" for detail in details):
        return plain_problem(request, key="bad_request", status=400)
    fields = "; ".join(dict.fromkeys(_field(detail) for detail in details))
    detail = say("problems.invalid_fields.detail", fields=fields)
    problem = _problem(request, key="invalid_fields", status=422, detail=detail)
    return respond(problem, request)


def _field(detail: dict[str, Any]) -> str:
    texts = group("fields")
    names = [str(part) for part in detail["loc"][1:]] or [str(detail["loc"][0])]
    return f"{'.'.join(names)}: {texts.get(detail['type'], texts['other'])}"


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    key = _BY_STATUS.get(error.status_code, "other")
    limit = request.app.state.services.settings.max_body_bytes
    problem = _problem(
        request,
        key=key,
        status=error.status_code,
        detail=say(f"problems.{key}.detail", limit=limit),
    )
    return respond(problem, request, dict(error.headers or {}))


def _wants_page(request: Request) -> bool:
    path, accept = request.url.path, request.headers.get("accept", "")
    if path.startswith("/api/"):
        return False
    return "text/html" in accept or (path.startswith("/documents/") and "json" not in accept)


def _request_id(request: Request) -> str:
    return str(request.scope.get("request_id", ""))


def _title(key: str) -> str:
    return say(f"problems.{key}.title")


def _detail(key: str) -> str:
    return say(f"problems.{key}.detail")
