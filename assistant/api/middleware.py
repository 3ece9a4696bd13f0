"""Wraps every request: an id, a count, a log line, safe headers, a known host."""

from __future__ import annotations

import logging
import time
from uuid import uuid4

from fastapi import HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.metrics import Metrics
from assistant.api.problems import internal_problem, plain_problem, respond

_log = logging.getLogger(__name__)
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Observed:
    """Gives each request an id, counts and logs its response, hides what went wrong inside.

    The log names the route's template and never the query or body: questions are private.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"] = uuid4().hex
        started = time.perf_counter()
        status = 0

        async def observe(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, request_id=scope["request_id"])
            await send(message)

        try:
            await self._app(scope, receive, observe)
        except Exception:
            _log.exception("request %s failed", scope["request_id"])
            if status:
                raise
            request = Request(scope)
            response = respond(internal_problem(request), request)
            await response(scope, receive, observe)
        finally:
            self._record(scope, status=status, seconds=time.perf_counter() - started)

    def _record(self, scope: Scope, *, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None) or "unmatched"
        self._metrics.count_request(method=_known_method(scope), path=route, status=status)
        _log.info(
            "%s %s %s %d %.0f ms",
            scope["request_id"],
            _known_method(scope),
            route,
            status,
            seconds * 1000,
        )


class KnownHost:
    """Refuses requests for a host name that is not ours; ``hosts`` may hold "*.go.kr"."""

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = tuple(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_known(scope):
            response = plain_problem(Request(scope), key="unknown_host", status=400)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        header = Request(scope).headers.get("host", "").lower()
        name = header if header.endswith("]") else header.rpartition(":")[0] or header
        return any(
            known in {"*", name} or (known.startswith("*.") and name.endswith(known[1:]))
            for known in self._hosts
        )


class LimitedBody:
    """Refuses a body over ``limit`` bytes before anything reads it whole."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        announced = request.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._limit:
            response = plain_problem(request, key="body_too_large", status=413, limit=self._limit)
            await response(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


def _add_headers(message: Message, *, request_id: str) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers["X-Request-ID"] = request_id


def _known_method(scope: Scope) -> str:
    method = str(scope["method"])
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return method if method in known else "OTHER"
