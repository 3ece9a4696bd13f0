"""POST /api/chat and its stream."""

from __future__ import annotations

import email.message
import logging
import re
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from assistant.api import examples
from assistant.api.problems import internal_problem, problem_of
from assistant.api.responses import POSTED, problems
from assistant.api.schemas import ChatRequest, ChatResponse, Delta, Stage
from assistant.api.services import Asked, Provided
from assistant.errors import AssistantError
from assistant.surface import say

_log = logging.getLogger(__name__)
_PIECE = re.compile(r"\s*\S+\s*")


def require_json(request: Request) -> None:
    """Refuse a body that does not say it is JSON."""
    header = email.message.Message()
    header["content-type"] = request.headers.get("content-type", "")
    subtype = header.get_content_subtype()
    is_json = subtype == "json" or subtype.endswith("+json")
    if header.get_content_maintype() != "application" or not is_json:
        raise HTTPException(415)


router = APIRouter(tags=["질의응답"], dependencies=[Depends(require_json)])


def _accept(body: ChatRequest, services: Provided) -> Asked:
    return services.accept(body)


Accepted = Annotated[Asked, Depends(_accept)]


@router.post("/api/chat", summary="질문하기", responses=problems(*POSTED))
def chat(asked: Accepted, services: Provided, response: Response) -> ChatResponse:
    """질문에 답한다. 답의 모든 문장에는 근거 표시가 있고, 표시마다 원문 인용이 있다."""
    response.headers["Cache-Control"] = "no-store"
    return services.reply(asked)


@router.post(
    "/api/chat/stream",
    summary="질문하기(스트림)",
    response_class=EventSourceResponse,
    responses={
        200: {
            "description": "서버 전송 이벤트: status, delta, citation, done 또는 error",
            "content": {"text/event-stream": {"example": examples.STREAM}},
        },
        **problems(*POSTED),
    },
)
def stream(asked: Accepted, services: Provided, request: Request) -> Iterator[ServerSentEvent]:
    """`/api/chat`과 같은 답을 나누어 보낸다. 마지막 `done`에 전체 응답이 들어 있다."""
    yield _event("status", Stage(stage="searching", text=say("stages.searching")))
    try:
        reply = services.reply(asked)
    except AssistantError as error:
        yield _event("error", problem_of(error, request))
        return
    except Exception:  # noqa: BLE001 - the stream has begun: say it as an event, not as a status
        _log.exception("request %s failed", request.scope.get("request_id", ""))
        yield _event("error", internal_problem(request))
        return
    yield from _told(reply)


def _told(reply: ChatResponse) -> Iterator[ServerSentEvent]:
    for piece in pieces_of(reply.answer):
        yield _event("delta", Delta(text=piece))
    for citation in reply.citations:
        yield _event("citation", citation)
    yield _event("done", reply)


def pieces_of(text: str) -> list[str]:
    """Words with the blanks around them; joined they give the text back."""
    return _PIECE.findall(text)


def _event(name: str, data: BaseModel) -> ServerSentEvent:
    return ServerSentEvent(event=name, raw_data=data.model_dump_json())
