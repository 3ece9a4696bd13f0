"""Examples for the OpenAPI description; the chat pair is the one of the contract."""

from __future__ import annotations

from pydantic.config import JsonDict

CHAT_REQUEST: JsonDict = {
    "question": "양자클러스터 지정 공모는 언제까지 신청하나요?",
    "conversation_id": None,
    "as_of": "2026-05-01",
    "documents": None,
}
_QUOTE = "신청은 5월 18일까지 받고"
_START = 1203
_PAGE = "/documents/quantum-cluster-call-2026"
CHAT_RESPONSE: JsonDict = {
    "answer_id": "7b0c6a0c7d0f4c0e9c5a1a2b3c4d5e6f",
    "conversation_id": "hM3v9nq0Qm2Zr8kYx1uVdA",
    "status": "answered",
    "answer": "신청은 2026년 5월 18일(월) 오후 6시까지입니다. [1]",
    "short_answer": "2026년 5월 18일(월) 오후 6시",
    "citations": [
        {
            "marker": 1,
            "document_id": "quantum-cluster-call-2026",
            "document_title": "2026년 양자 산학협력 지구(양자클러스터) 지정 공모",
            "issuer": "과학기술정보통신부",
            "published": "2026-04-17",
            "section_id": "s1a2b3c4d",
            "section_path": ["참고1 지정 공모 개요", "□ 개요"],
            "page": None,
            "quote": _QUOTE,
            "start": _START,
            "end": _START + len(_QUOTE),
            "url": f"{_PAGE}?section=s1a2b3c4d&start={_START}&end={_START + len(_QUOTE)}",
        }
    ],
    "notices": [],
    "contact": {"department": "양자과학기술산업과", "phone": "044-202-0000", "marker": None},
    "follow_ups": ["신청은 누가 할 수 있나요?"],
    "generator": "extractive",
    "as_of": "2026-05-01",
}
FEEDBACK: JsonDict = {
    "answer_id": "7b0c6a0c7d0f4c0e9c5a1a2b3c4d5e6f",
    "rating": "down",
    "reasons": ["오래된 내용"],
    "comment": "바뀐 공고가 있습니다.",
}
PROBLEM: JsonDict = {
    "type": "urn:policy-qa:problem:question-too-long",
    "title": "질문이 너무 김",
    "status": 422,
    "detail": "질문은 2000자까지 받을 수 있는데 2314자입니다. 줄여서 다시 물어봐 주세요.",
    "instance": "/api/chat",
    "request_id": "0f6c1f8e5d7a4b0fb7f1f0f3f5d1c2aa",
}
STREAM = (
    'event: status\ndata: {"stage":"searching","text":"문서에서 근거를 찾고 있습니다."}\n\n'
    'event: delta\ndata: {"text":"신청은 "}\n\n'
    'event: citation\ndata: {"marker":1,"document_id":"…"}\n\n'
    'event: done\ndata: {"answer_id":"…","status":"answered"}\n\n'
)
BY_SCHEMA = {
    "ChatRequest": CHAT_REQUEST,
    "ChatResponse": CHAT_RESPONSE,
    "FeedbackRequest": FEEDBACK,
}
