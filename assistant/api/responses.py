"""Error responses as the OpenAPI description lists them."""

from __future__ import annotations

from typing import Any

from assistant.api.schemas import Problem

_WHY = {
    400: "JSON을 읽을 수 없음",
    404: "없는 문서 또는 대화",
    413: "요청이 너무 큼",
    415: "Content-Type이 application/json이 아님",
    422: "질문이나 입력값이 올바르지 않음",
    503: "아직 준비되지 않음 (Retry-After 참고)",
}
POSTED = (400, 404, 413, 415, 422, 503)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The given statuses, each with the problem schema under its own media type."""
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    return {status: {"description": _WHY[status], "content": content} for status in statuses}
