"""What holds for every question, however odd; and for many asked at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.clock import parse_as_of
from assistant.model import Question
from assistant.pipeline import Pipeline
from assistant.wiring import load_calibration, load_reader, make_pipeline
from index.search import SearchIndex
from tests.assistant.conftest import Ask
from tests.assistant.papers import AFTER, DURING, INJECTION

WORDS = (
    "구름정원 별빛도서관 바람기술 등대 국비 지방비 신청 공모 마감 설명회 장소 담당자 전화번호 "
    "위원장 언제 어디 얼마 몇 명 누구 무엇 목록 모두 2029년 '26년 2단계 안건 3 제1호 그럼 그건 "
    "은 는 의 까지 할 수 있나요 알려 줘 ? R&D [1] {phone} ① <b> \x00 \ud800 ٣년 ３단계 😀 "
    + INJECTION
).split(" ")
MOMENTS = st.sampled_from([DURING, AFTER, "2026-04-10T18:00", "2040-01-01", "2001-01-01"])
QUESTIONS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
    st.text(max_size=60),
)
OFTEN = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ASKED = (
    "구름정원 조성 사업 신청 기한은 언제인가요?",
    "민간 기업도 구름정원 사업에 신청할 수 있나요?",
    "구름정원 사업에 국비는 얼마나 지원하나요?",
    "구룸정원 사업 설명회 장소가 어디인가요?",
    "구름정원사업설명회장소가어디인가요",
    "별빛도서관 2029년 국비는 얼마인가요?",
    "별빛도서관 3단계 국비는 얼마인가요?",
    "벌빛도서관 2028년 지방비는 얼마인가요?",
    "별빛도서관은 무료인가요?",
    "중점 바람기술에는 어떤 것들이 있나요?",
    "바람기술위원회의 위원장은 누구인가요?",
    "바람기술위원회는 몇 차례 점검하나요?",
    "등대 견학은 어디에 문의하나요?",
    "고래준 사무관 전화번호는?",
    "2019년 구름정원 공모 신청 기한은 언제인가요?",
    "화성 탐사선 발사 일정은 언제인가요?",
    "안녕하세요",
    "언제인가요?",
    "그럼 장소는요?",
    "그럼 지방비는요?",
)


@OFTEN
@given(text=QUESTIONS, history=st.lists(QUESTIONS, max_size=3), as_of=MOMENTS)
def test_any_question_gets_a_sound_answer(
    ask: Ask, text: str, history: list[str], as_of: str
) -> None:
    ask(text, history=history, as_of=as_of)


@settings(OFTEN, max_examples=80)
@given(
    text=QUESTIONS,
    documents=st.lists(
        st.sampled_from(
            ["cloud-garden-call", "starlight-library", "wind-technology", "contacts", "없음"]
        ),
        min_size=1,
    ),
)
def test_no_answer_leaves_the_named_documents(ask: Ask, text: str, documents: list[str]) -> None:
    answer = ask(text, documents=documents)
    assert {citation.document_id for citation in answer.citations} <= set(documents)


@settings(OFTEN, max_examples=80)
@given(text=QUESTIONS)
def test_the_same_question_gets_the_same_answer(ask: Ask, text: str) -> None:
    assert ask(text) == ask(text)


def test_very_long_questions_are_answered(ask: Ask) -> None:
    ask("별빛도서관 국비는 얼마인가요? " * 80)
    ask("가" * 2000)
    ask("1" * 2000)


def test_threads_get_the_answers_one_thread_gets(pipeline: Pipeline, opened: SearchIndex) -> None:
    history = ("별빛도서관 2029년 국비는 얼마인가요?",)
    questions = [
        Question(text, history if text.startswith("그럼") else (), parse_as_of(as_of))
        for as_of in (DURING, AFTER)
        for text in ASKED
    ]
    assert len(questions) == 40
    alone = [pipeline.answer(question) for question in questions]
    cold = make_pipeline(
        opened, reader=load_reader(), calibration=load_calibration()
    )  # its caches fill while the threads ask
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(cold.answer, questions * 2))
    assert together == alone * 2
