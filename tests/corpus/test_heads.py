"""Titles, issuers, dates and embargoes from the heads of press releases. All names are invented."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.model import Metadata
from tests.corpus.helpers import headings, read

RELEASE = """가상정책부 보도자료
보도시점 2026. 4. 16.(목) 18:00 이후 보도
배포 2026. 4. 16.(목) 09:00
담당부서 가상과 홍길동

별빛 마을 조성 사업 참여 지역 공개 모집 시작

- 물길과 숲길을 함께 가꿀 마을 다섯 곳을 찾음

□ 가상정책부(장관 홍길동)는 4월 16일 별빛 마을 조성 사업을 시작한다고 밝혔다.
"""


def metadata(text: str) -> Metadata:
    return read(text).metadata


def test_the_head_of_a_press_release() -> None:
    head = metadata(RELEASE)
    assert head.title == "별빛 마을 조성 사업 참여 지역 공개 모집 시작"
    assert head.issuer == "가상정책부"
    assert head.kind == "보도자료"
    assert head.published == date(2026, 4, 16)
    assert head.embargo is not None
    assert head.embargo.isoformat() == "2026-04-16T18:00:00+09:00"


def test_lines_of_the_head_are_no_sections() -> None:
    assert all(heading.startswith("□") for heading in headings(read(RELEASE)))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 별빛 공고\n\n글이다.\n", "별빛 공고"),
        ("2026. 4. 16.\n\n별빛 마을 조성 사업 지원 대상 안내문\n\n글이다.\n",
         "별빛 마을 조성 사업 지원 대상 안내문"),
        ("가상정책부 숲길과\n별빛 마을 종합 계획(안)\n\n글이다.\n", "별빛 마을 종합 계획(안)"),
        ("별빛 마을이 새로운 모습으로 열린다\n\n□ 개요\n○ 글이다.\n",
         "별빛 마을이 새로운 모습으로 열린다"),
        ("□ 개요\n○ 글이다.\n", "sample"),
    ],
)  # fmt: skip
def test_titles(text: str, title: str) -> None:
    assert metadata(text).title == title


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("□ 별빛위원회(위원장 홍길동)는 문을 열었다.\n", "별빛위원회"),
        ("별빛 안내\n\n가상관리청\n\n글이다.\n", "가상관리청"),
        ("숲길관리청은 문을 열었다. 숲길관리청은 넓다. 물길관리처는 좁다.\n", "숲길관리청"),
        ("별빛은 밝다.\n", ""),
    ],
)
def test_issuers(text: str, issuer: str) -> None:
    assert metadata(text).issuer == issuer


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# 별빛 마을 참여자 모집 공고\n\n글이다.\n", "공고"),
        ("# 제1차 별빛 기본계획\n\n글이다.\n", "기본계획"),
        ("# 별빛 규정\n\n제1조(목적) 이 규정은 별빛을 위한다.\n", "법령"),
        ("# 별빛 이야기\n\n글이다.\n", ""),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert metadata(text).kind == kind


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("보도시점 2026년 3월 4일(수) 조간\n글이다.\n", date(2026, 3, 4)),
        ("보도자료\n배포일시 3. 2.(월)\n\n글이다. 2026년 계획이다.\n", date(2026, 3, 2)),
        ("보도자료\n배포일시 12. 31.(수)\n\n글이다. 2026년 계획이다.\n", date(2025, 12, 31)),
        ("2026년 들어 마을이 늘었다. 가상부는 5월 18일 이를 알린다고 밝혔다.\n", date(2026, 5, 18)),
        ("가상부는 2026년 5월 18일 계획을 발표했다.\n", date(2026, 5, 18)),
        ("가상부는 5월 18일 이를 알린다고 밝혔다.\n", None),
        ("2026년 5월 18일에 연다.\n", None),
    ],
)
def test_published_dates(text: str, published: date | None) -> None:
    assert metadata(text).published == published


@pytest.mark.parametrize(
    ("text", "embargo"),
    [
        ("보도시점 2026. 4. 16.(목) 06:00 (조간)\n글이다.\n", "2026-04-16T06:00:00+09:00"),
        ("2026. 4. 16.(목) 오후 2시 이후 보도\n글이다.\n", "2026-04-16T14:00:00+09:00"),
        ("보도시점 2026. 4. 16.(목) 조간\n글이다.\n", None),
        ("2026. 4. 16.(목) 06:00\n글이다.\n", None),
        ("---\nembargo: '2026-04-16T06:00:00'\n---\n글이다.\n", "2026-04-16T06:00:00+09:00"),
        ("---\nembargo: 2026-04-16 06:00:00\n---\n글이다.\n", "2026-04-16T06:00:00+09:00"),
        ("---\nembargo: 곧\n---\n글이다.\n", None),
    ],
)
def test_embargoes(text: str, embargo: str | None) -> None:
    found = metadata(text).embargo
    assert (found.isoformat() if found else None) == embargo


def test_a_long_line_that_announces_nothing_dated() -> None:
    assert metadata("마을 " * 100_000 + "연다고 밝혔다").published is None
