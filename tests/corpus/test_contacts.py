"""Contacts in tables and prose. All names, offices and numbers are invented."""

from __future__ import annotations

import pytest

from corpus.model import Contact
from tests.corpus.helpers import read

TITLE = "별빛 마을 조성 종합 계획 안내\n\n□ 문의\n\n"


def contacts(body: str) -> list[Contact]:
    return list(read(TITLE + body).contacts)


def brief(body: str) -> list[tuple[str, str, str, str]]:
    return [(c.department, c.name, c.role, c.phone) for c in contacts(body)]


def test_a_table_of_people() -> None:
    assert brief(
        "| 담당 부서 | 직책 | 성명 | 전화 |\n|---|---|---|---|\n"
        "| 별빛정책과 | 과장 | 홍길동 | 02-0000-0001 |\n"
        "| 별빛정책과 | 사무관 | 성춘향 | 02-0000-0002 |\n"
    ) == [
        ("별빛정책과", "홍길동", "과장", "02-0000-0001"),
        ("별빛정책과", "성춘향", "사무관", "02-0000-0002"),
    ]


def test_a_department_merged_downwards() -> None:
    assert brief(
        "담당 부서\t별빛정책과\t책임자\t과 장\t홍길동\t(02-0000-0001)\n"
        "\t\t담당자\t사무관\t성춘향\t(02-0000-0002)\n"
    )[1][0] == "별빛정책과"  # fmt: skip


def test_a_name_that_ends_like_an_office() -> None:
    (found,) = contacts("부서\t직책\t성명\t전화\n별빛정책과\t과장\t최영실\t02-0000-0001\n")
    assert (found.name, found.department) == ("최영실", "별빛정책과")


def test_a_topic_beside_the_people() -> None:
    (found,) = contacts(
        "구분\t부서\t직책\t성명\t전화\n<안건 1>\t별빛정책과\t과장\t홍길동\t02-0000-0001\n"
    )
    assert found.topic == "안건 1"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("○ 문의: 별빛정책과(02-0000-0001)", ("별빛정책과", "", "", "02-0000-0001")),
        ("○ 문의처 : 별빛정책과 ☎ 02-0000-0001", ("별빛정책과", "", "", "02-0000-0001")),
        (
            "○ 문의: 별빛정책과 홍길동 사무관(02-0000-0001)",
            ("별빛정책과", "홍길동", "사무관", "02-0000-0001"),
        ),
        (
            "○ 문의: 별빛정책과 사무관 홍길동 (02-0000-0001)",
            ("별빛정책과", "홍길동", "사무관", "02-0000-0001"),
        ),
        ("○ 문의는 별빛진흥원 02) 000-0001", ("별빛진흥원", "", "", "02-000-0001")),
        ("○ 문의는 별빛진흥원 1000-0001", ("별빛진흥원", "", "", "1000-0001")),
        ("○ 문의는 별빛진흥원 (02)0000-0001", ("별빛진흥원", "", "", "02-0000-0001")),
    ],
)
def test_prose(line: str, expected: tuple[str, str, str, str]) -> None:
    assert brief(line + "\n") == [expected]


def test_several_in_one_sentence_keep_their_own_offices() -> None:
    assert [(c[0], c[3]) for c in brief(
        "○ 문의: 별빛정책과(02-0000-0001), 숲길지원팀(02-0000-0002)이다.\n"
    )] == [("별빛정책과", "02-0000-0001"), ("숲길지원팀", "02-0000-0002")]  # fmt: skip


def test_a_contact_quotes_its_place() -> None:
    document = read(TITLE + "○ 문의: 별빛정책과 홍길동 사무관(02-0000-0001)에게 한다.\n")
    (found,) = document.contacts
    quote = document.quote(start=found.start, end=found.end)
    assert quote == "별빛정책과 홍길동 사무관(02-0000-0001)"


@pytest.mark.parametrize(
    "line", ["2026-04-17", "사업번호 2026-0001-0002", "12-3456", "1,000-2,000명", "110-000-000000"]
)
def test_other_numbers_are_no_telephones(line: str) -> None:
    assert contacts(f"○ {line}\n") == []


def test_a_long_line_before_a_number() -> None:
    (found,) = contacts("가" * 100_000 + " 별빛정책과 02-0000-0001\n")
    assert found.department.endswith("별빛정책과")
