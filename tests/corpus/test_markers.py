"""Every class of marker, and what only looks like one."""

from __future__ import annotations

import pytest

from corpus.markers import Rank, read_label, read_marker

MARKED = [
    ("<안건 1> 숲길 조성", "agenda", "숲길 조성"),
    ("〈과제 2〉 물길 정비", "agenda", "물길 정비"),
    ("참고 1 추진 경과", "attachment", "추진 경과"),
    ("참고1. 추진 경과", "attachment", "추진 경과"),
    ("붙임 2 양식", "attachment", "양식"),
    ("붙 임", "attachment", ""),
    ("[별지 3] 신청서", "attachment", "신청서"),
    ("[별지 제1호 서식] 신청서", "attachment", "신청서"),
    ("별표 1-2 기준", "attachment", "기준"),
    ("<참고> 용어", "attachment", "용어"),
    ("제1편 총칙", "part", "총칙"),
    ("제2장 지원", "chapter", "지원"),
    ("제3절 절차", "section", "절차"),
    ("제4조(정의) 뜻은 같다.", "article", "(정의) 뜻은 같다."),
    ("제4조의2(특례)", "article", "(특례)"),
    ("Ⅰ. 배경", "roman", "배경"),
    ("II 목표", "roman", "목표"),
    ("1-2 방향", "decimal", "방향"),
    ("3.1. 방향", "decimal", "방향"),
    ("2. 대상", "number", "대상"),
    ("4 과제", "bare_number", "과제"),
    ("□ 개요", "box", "개요"),
    ("◆ 요지", "box", "요지"),
    ("☑ 확인", "box", "확인"),
    ("가. 개념", "korean", "개념"),
    ("1) 첫째", "number_paren", "첫째"),
    ("나) 둘째", "korean_paren", "둘째"),
    ("(3) 셋째", "paren_number", "셋째"),
    ("① 넷째", "circled", "넷째"),
    ("❷ 다섯째", "circled", "다섯째"),
    ("○ 여섯째", "circle", "여섯째"),
    ("ㅇ 일곱째", "circle", "일곱째"),
    ("o 여덟째", "circle", "여덟째"),
    ("→ 결과", "arrow", "결과"),
    ("- 세부", "dash", "세부"),
    ("– (기간) 두 달", "dash", "(기간) 두 달"),
    ("· 점", "dot", "점"),
    ("▪ 점", "dot", "점"),
    ("※ 유의", "reference_mark", "유의"),
    ("* 각주", "footnote", "각주"),
    ("**(비율) 절반", "footnote", "(비율) 절반"),
]
UNMARKED = [
    "2026년 계획",
    "1,200억 원",
    "5. 18.(월) 마감",
    "4.21.(화) 설명회",
    "-5% 감소",
    "참고로 덧붙임",
    "붙임표를 쓴다",
    "가나다",
    "제1차 계획",
    "○○시 누리집"[2:],
    "IT 산업",
    "",
]


@pytest.mark.parametrize(("line", "name", "body"), MARKED)
def test_a_marker_is_told_from_its_text(line: str, name: str, body: str) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert (marker.name, line[marker.body :]) == (name, body)
    assert line.startswith(marker.printed)


@pytest.mark.parametrize("line", UNMARKED)
def test_a_plain_line_has_no_marker(line: str) -> None:
    assert read_marker(line) is None


@pytest.mark.parametrize(
    ("line", "name", "printed"),
    [
        ("- □ 개요", "box", "- □"),
        ("- ※ 유의", "reference_mark", "- ※"),
        ("- * 각주", "footnote", "- *"),
        ("- ① 첫째", "circled", "- ①"),
        ("- 1. 첫째", "dash", "-"),
    ],
)
def test_a_list_dash_gives_way_to_the_authors_marker(line: str, name: str, printed: str) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert (marker.name, marker.printed) == (name, printed)


def test_ranks_follow_the_usual_nesting() -> None:
    lines = ("Ⅰ. 가", "1. 가", "□ 가", "○ 가", "- 가", "※ 가")
    ranks = [marker.rank for line in lines if (marker := read_marker(line))]
    assert ranks == sorted(set(ranks))
    assert ranks[0] is Rank.MAJOR
    assert ranks[-1] is Rank.NOTE


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("(신청 주체) 시장", "신청 주체"),
        ("[대상] 주민", "대상"),
        ("【기간】 두 달", "기간"),
        ("일시 : 5월", "일시"),
        ("장소： 마을회관", "장소"),
        ("규모 | 백 명", "규모"),
        ("그냥 이어지는 문장", ""),
        ("(괄호만)", ""),
        ("", ""),
    ],
)
def test_labels(body: str, label: str) -> None:
    assert read_label(body) == label
