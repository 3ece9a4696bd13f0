"""Questions about the invented papers; what must hold for every answer is checked by ``ask``."""

from __future__ import annotations

import pytest

from assistant.model import Answer, NoticeKind, Question, Status
from assistant.pipeline import Pipeline
from tests.assistant.conftest import Ask
from tests.assistant.papers import AFTER, DURING

DEADLINE = "구름정원 조성 사업 신청 기한은 언제인가요?"
MAY_I = "민간 기업도 구름정원 사업에 신청할 수 있나요?"


def kinds(answer: Answer) -> list[NoticeKind]:
    return [notice.kind for notice in answer.notices]


def quote_of(answer: Answer, marker: int | None) -> str:
    (quote,) = [c.quote for c in answer.citations if c.marker == marker]
    return quote


def statement(answer: Answer, words: str) -> str:
    """The quote behind the line that says the words."""
    (line, *_) = [line for line in answer.text.splitlines() if words in line]
    return quote_of(answer, int(line.rpartition("[")[2].rstrip("]")))


@pytest.mark.parametrize(
    "question",
    [DEADLINE, "구름정원 공모에 언제까지 신청해야 하나요?", "구름정원 신청 마감이 언제예요?"],
)
def test_an_open_deadline(ask: Ask, question: str) -> None:
    answer = ask(question, as_of=DURING)
    assert answer.status is Status.ANSWERED
    assert "2026년 4월 10일(금) 오후 6시까지" in answer.text
    assert answer.short_answer == "2026년 4월 10일(금) 오후 6시"
    assert NoticeKind.DEADLINE_PASSED not in kinds(answer)
    assert "마감되었습니다" not in answer.text
    assert "오후 6시까지" in statement(answer, "까지 받고 있습니다")


@pytest.mark.parametrize("question", [DEADLINE, MAY_I])
def test_a_passed_deadline_is_said_first_and_noticed(ask: Ask, question: str) -> None:
    answer = ask(question, as_of=AFTER)
    assert "마감되었습니다" in answer.text.splitlines()[0]
    (notice,) = answer.notices
    assert notice.kind is NoticeKind.DEADLINE_PASSED
    assert str(notice.date) == "2026-04-10"
    assert "2026년 5월 1일 기준" in notice.text
    assert "4월 10일(금) 오후 6시까지" in quote_of(answer, notice.marker)


@pytest.mark.parametrize(
    ("moment", "passed"),
    [
        ("2026-04-09", False),
        ("2026-04-10T18:00", False),
        ("2026-04-10T18:01", True),
        ("2026-04-10", True),
    ],
)
def test_the_deadline_passes_at_its_clock_time(ask: Ask, moment: str, *, passed: bool) -> None:
    assert (NoticeKind.DEADLINE_PASSED in kinds(ask(DEADLINE, as_of=moment))) is passed


def test_the_last_moment_is_not_too_late_for_any_question(ask: Ask) -> None:
    question = "구름정원 공모는 몇 곳을 선정하나요?"
    assert kinds(ask(question, as_of="2026-04-10T18:00")) == []
    assert kinds(ask(question, as_of="2026-04-10T18:01")) == [NoticeKind.DEADLINE_PASSED]


def test_a_deadline_is_no_news_to_other_questions(ask: Ask) -> None:
    answer = ask("구름정원 사업에 국비는 얼마나 지원하나요?", as_of=AFTER)
    assert NoticeKind.DEADLINE_PASSED not in kinds(answer)


def test_old_papers_are_called_old(ask: Ask) -> None:
    question = "바람기술위원회의 위원장은 누구인가요?"
    assert NoticeKind.OUTDATED not in kinds(ask(question))
    assert NoticeKind.OUTDATED in kinds(ask(question, as_of="2031-01-01"))


@pytest.mark.parametrize(
    ("question", "short", "row"),
    [
        ("별빛도서관 2단계 국비는 2029년에 얼마인가요?", "1,340억원", "국비"),
        ("별빛도서관 2028년 지방비는 얼마인가요?", "32억원", "지방비"),
        ("2030년 별빛도서관 지방비 금액이 얼마예요?", "54억원", "지방비"),
    ],
)
def test_a_cell_comes_with_row_column_and_unit(
    ask: Ask, question: str, short: str, row: str
) -> None:
    answer = ask(question)
    assert answer.short_answer == short
    first = answer.text.splitlines()[0]
    assert row in first
    assert short in first
    assert "단계 20" in first
    assert statement(answer, short).startswith(row)


@pytest.mark.parametrize(
    "question",
    [
        "중점 바람기술에는 어떤 것들이 있나요?",
        "중점 바람기술을 모두 나열해 주세요",
        "중점 바람기술에는 무엇무엇이 있나요?",
    ],
)
def test_a_list_is_given_whole_with_one_citation(ask: Ask, question: str) -> None:
    answer = ask(question)
    entries = ["회오리 발전", "돛단 수송", "산들 냉방", "풍등 관측", "연날 통신"]
    lines = answer.text.splitlines()
    assert [line.removesuffix(" [1]") for line in lines[1:]] == [f"- {e}" for e in entries]
    assert all(entry in quote_of(answer, 1) for entry in entries)
    assert len({line.rpartition(" ")[2] for line in lines}) == 1


@pytest.mark.parametrize(
    ("question", "phone", "department"),
    [
        ("등대 견학은 어디에 문의하나요?", "02-0000-3302", "해안관광과"),
        ("등대 견학 담당자 전화번호가 무엇인가요?", "02-0000-3302", "해안관광과"),
        ("갯벌관리팀 전화번호 알려 주세요", "02-0000-3303", "갯벌관리팀"),
        ("고래준 사무관 전화번호는?", "02-0000-3301", "자원순환과"),
        ("구름정원 사업은 어디에 문의하나요?", "02-0000-1234", "구름정원과"),
    ],
)
def test_whom_to_ask(ask: Ask, question: str, phone: str, department: str) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.short_answer == phone
    assert answer.contact is not None
    assert answer.contact.phone == phone
    assert answer.contact.department == department
    assert phone in quote_of(answer, answer.contact.marker)


def test_an_address_nobody_gives(ask: Ask) -> None:
    answer = ask("구름정원과 이메일 주소가 무엇인가요?")
    assert answer.status is Status.NOT_FOUND
    assert "@" not in answer.text


def test_a_follow_up_is_understood(ask: Ask, pipeline: Pipeline) -> None:
    history = ("구름정원 사업 설명회는 언제 열리나요?",)
    answer = ask("그럼 장소는요?", history=history)
    assert "무지개회관 2층 대강당" in answer.text.splitlines()[0]
    terms = pipeline.find(Question("그럼 장소는요?", history)).analysis.terms
    assert [term.surface for term in terms if not term.carried] == ["장소"]
    assert {"구름", "정원", "설명회"} <= {term.surface for term in terms if term.carried}


def test_a_follow_up_keeps_the_year_or_changes_it(ask: Ask) -> None:
    history = ["별빛도서관의 2029년 국비는 얼마인가요?"]
    assert ask("그럼 지방비는요?", history=history).short_answer == "43억원"
    assert ask("그럼 2030년은요?", history=history).short_answer == "155억원"


@pytest.mark.parametrize(
    "question",
    [
        "구름정원사업설명회장소가어디인가요",
        "구룸정원 사업 설명회 장소가 어디인가요?",
        "구름정원  사업   설명회 장소가\n어디인가요???",
    ],
)
def test_unspaced_and_misspelt_questions(ask: Ask, question: str) -> None:
    assert "무지개회관 2층 대강당" in ask(question).text.splitlines()[0]


@pytest.mark.parametrize(
    "question",
    [
        "2019년 구름정원 공모 신청 기한은 언제인가요?",
        "별빛도서관 2040년 국비는 얼마인가요?",
        "별빛도서관 3단계 국비는 얼마인가요?",
    ],
)
def test_another_year_or_phase_is_not_found(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status is Status.NOT_FOUND
    assert not any(figure in answer.text for figure in ("4월 10일", "1,340", "155"))


@pytest.mark.parametrize(
    "question", ["화성 탐사선 발사 일정은 언제인가요?", "여권을 다시 발급받는 절차가 궁금합니다"]
)
def test_an_unknown_topic_is_not_found_and_named(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status is Status.NOT_FOUND
    assert answer.citations == ()
    assert question.split(maxsplit=1)[0].removesuffix("을") in answer.text


def test_not_found_near_a_paper_names_its_contact(ask: Ask) -> None:
    answer = ask("2019년 구름정원 공모 신청 기한은 언제인가요?")
    assert answer.contact is not None
    assert answer.contact.phone == "02-0000-1234"
    assert "02-0000-1234" in answer.text


def test_may_i(ask: Ask) -> None:
    answer = ask(MAY_I)
    assert answer.status is Status.ANSWERED
    assert "민간 기업은 신청할 수 없다" in statement(answer, "민간 기업은 신청할 수 없습니다")
    assert "4월 10일" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "안녕하세요",
        "안녕하세요!",
        "감사합니다.",
        "고마워요",
        "고맙습니다",
        "네, 정말 감사해요",
        "hi",
    ],
)
def test_small_talk_is_met_kindly(ask: Ask, text: str) -> None:
    assert ask(text).status is Status.DECLINED


@pytest.mark.parametrize("text", ["언제인가요?", "그건 뭐예요?", "?", "", "   ", "얼마예요?"])
def test_a_question_about_nothing_is_asked_back(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.status is Status.NEEDS_CLARIFICATION
    assert "구름정원" in answer.text


def test_only_the_named_documents_are_read(ask: Ask) -> None:
    question = "별빛도서관 2029년 국비는 얼마인가요?"
    inside = ask(question, documents=["starlight-library", "wind-technology"])
    assert inside.short_answer == "1,340억원"
    assert {c.document_id for c in inside.citations} == {"starlight-library"}
    outside = ask(question, documents=["wind-technology"])
    assert outside.status is Status.NOT_FOUND
    assert {c.document_id for c in outside.citations} <= {"wind-technology"}


def test_documents_that_are_not_there_hold_nothing(ask: Ask) -> None:
    assert ask(DEADLINE, documents=["gone"]).status is Status.NOT_FOUND


def test_follow_up_questions_can_be_asked(ask: Ask) -> None:
    for question in (DEADLINE, MAY_I):
        for follow_up in ask(question).follow_ups:
            assert ask(follow_up, history=[question]).text
