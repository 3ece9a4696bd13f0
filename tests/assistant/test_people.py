from __future__ import annotations

import pytest

from assistant.people import contact_of, find_contact, person_of
from corpus.model import Contact
from tests.assistant.fakes import analysis, term, with_contacts

CHIEF = Contact("정원정책과", "02-0000-0001", 0, 1, "강하나", "과장")
OFFICER = Contact("정원정책과", "02-0000-0002", 0, 1, "나하늘", "사무관")
LIBRARY = Contact("도서관진흥과", "02-0000-0003", 0, 1, "도윤슬", "주무관", topic="안건 2")
LIGHTHOUSE = Contact("해안관광과", "02-0000-0004", 0, 1, "문어진", "주무관", topic="등대 견학")
DESK = Contact("민원실", "1588-0000", 0, 1)
DOCUMENT = with_contacts(CHIEF, OFFICER, LIBRARY, LIGHTHOUSE, DESK)


def asked(question: str, *words: str) -> Contact | None:
    found = find_contact(
        analysis(question, types=("contact",), terms=[term(word) for word in words]),
        [(DOCUMENT, 1.0)],
    )
    return None if found is None else found.contact


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("정원정책과 과장 전화번호", CHIEF),
        ("정원정책과 전화번호", OFFICER),
        ("나하늘 사무관에게 연락하려면?", OFFICER),
        ("도서관 진흥과 연락처", LIBRARY),
        ("안건 2 담당자 전화번호", LIBRARY),
        ("문어진 씨 번호", LIGHTHOUSE),
    ],
)
def test_the_contact_a_question_means(question: str, wanted: Contact) -> None:
    assert asked(question) == wanted


def test_the_desk_for_a_topic() -> None:
    assert asked("등대 견학 담당자 전화번호", "등대", "견학") == LIGHTHOUSE


def test_relevance_of_the_document_counts() -> None:
    near, far = with_contacts(DESK), with_contacts(OFFICER)
    found = find_contact(analysis("어디에 문의하나요?"), [(far, 0.1), (near, 1.0)])
    assert found is not None
    assert found.document is near


def test_nobody_is_named() -> None:
    assert find_contact(analysis("전화번호"), [(with_contacts(), 1.0)]) is None
    assert find_contact(analysis("전화번호"), []) is None
    assert contact_of(with_contacts()) is None


def test_the_officer_answers_for_a_document_and_the_desk_for_its_topic() -> None:
    assert contact_of(with_contacts(CHIEF, OFFICER)) == OFFICER
    assert contact_of(with_contacts(CHIEF)) == CHIEF
    assert contact_of(DOCUMENT, topic=("안건 2 도서관",)) == LIBRARY


def test_people_are_named_as_officers_do() -> None:
    assert person_of(OFFICER) == "사무관 나하늘"
    assert person_of(DESK) == ""
    assert LIBRARY.topic == "안건 2"
