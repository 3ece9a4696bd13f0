"""POST /api/feedback."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from assistant.api.chat import require_json
from assistant.api.responses import problems
from assistant.api.schemas import FeedbackRequest, FeedbackResponse
from assistant.api.services import Provided
from assistant.clock import now_kst
from assistant.feedback import Feedback
from assistant.intake import without_hidden

router = APIRouter(tags=["의견"], dependencies=[Depends(require_json)])


@router.post(
    "/api/feedback",
    status_code=201,
    summary="의견 보내기",
    responses=problems(400, 413, 415, 422, 503),
)
def send_feedback(body: FeedbackRequest, services: Provided) -> FeedbackResponse:
    """답변이 도움이 되었는지 적어 둔다. 개인정보는 보내지 않는다."""
    services.feedback.append(
        Feedback(
            answer_id=body.answer_id,
            rating=body.rating,
            reasons=tuple(without_hidden(reason) for reason in body.reasons),
            comment=without_hidden(body.comment).strip(),
            at=now_kst().isoformat(timespec="seconds"),
        )
    )
    return FeedbackResponse()
