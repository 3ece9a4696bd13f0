"""GET /healthz, /readyz and /metrics."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from assistant.api.problems import RETRY_AFTER
from assistant.api.schemas import Failed, Health, Readiness
from assistant.api.services import Provided
from assistant.runtime import State

router = APIRouter(tags=["운영"])


@router.get("/healthz", summary="살아 있는지")
def healthz() -> Health:
    """프로세스가 응답하면 언제나 200."""
    return Health()


@router.get(
    "/readyz",
    summary="질문을 받을 수 있는지",
    responses={503: {"model": Readiness, "description": "아직 질문을 받을 수 없음"}},
)
def readyz(services: Provided, response: Response) -> Readiness:
    """열려 있는 색인 세대와, 열지 못한 세대가 있으면 그 이름."""
    state = services.runtime.state()
    if not state.ready:
        response.status_code = 503
        response.headers["Retry-After"] = RETRY_AFTER
    return _readiness(state)


@router.get("/metrics", summary="지표(Prometheus)", response_class=PlainTextResponse)
def metrics(services: Provided) -> PlainTextResponse:
    """요청 수, 답변 결과, 답변에 걸린 시간."""
    state = services.runtime.state()
    text = services.metrics.render(
        {
            "policy_qa_ready": ("Whether questions can be answered.", float(state.ready)),
            "policy_qa_documents": ("Documents of the open generation.", state.documents),
            "policy_qa_conversations": ("Conversations kept.", len(services.conversations)),
        }
    )
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4; charset=utf-8")


def _readiness(state: State) -> Readiness:
    failure = state.failure
    return Readiness(
        status="ready" if state.ready else "not_ready",
        generation=state.generation,
        documents=state.documents,
        loading=state.loading,
        failure=Failed(generation=failure.generation, reason=failure.reason) if failure else None,
    )
