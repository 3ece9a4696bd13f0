"""Sections and items from the markers of a document."""

from __future__ import annotations

import pytest

from corpus.model import ItemKind
from tests.corpus.helpers import check, headings, of_kind, outline, parents, read, shown

TITLE = "별빛 마을 조성 종합 계획 안내\n\n"


def test_levels_follow_the_order_of_appearance() -> None:
    document = read(
        TITLE + "Ⅰ. 배경\n\n1. 현황\n\n□ 인구\n\n○ 줄어듦.\n\n□ 산업\n\n2. 문제\n\nⅡ. 과제\n\n"
    )
    assert outline(document) == [
        (1, "Ⅰ. 배경"),
        (2, "1. 현황"),
        (3, "□ 인구"),
        (3, "□ 산업"),
        (2, "2. 문제"),
        (1, "Ⅱ. 과제"),
    ]
    assert document.sections[3].path == ("Ⅰ. 배경", "1. 현황", "□ 인구")


def test_a_marker_seen_above_is_a_sibling_whatever_its_rank() -> None:
    document = read(
        TITLE + "1. 첫째\n\n1-1 하나\n\n1-2 둘\n\n글이다.\n\n2. 둘째\n\n2-1 셋\n\n글이다.\n"
    )
    assert outline(document) == [
        (1, "1. 첫째"),
        (2, "1-1 하나"),
        (2, "1-2 둘"),
        (1, "2. 둘째"),
        (2, "2-1 셋"),
    ]


def test_statutes_nest_by_chapter_and_article() -> None:
    document = read(
        TITLE
        + "제1장 총칙\n\n제1조(목적) 이 규정은 마을을 위한다.\n① 첫째 항이다.\n\n"
        + "제2조(정의) 뜻은 같다.\n\n제2장 지원\n\n제3조(지원) 지원한다.\n\n"
    )
    assert outline(document) == [
        (1, "제1장 총칙"),
        (2, "제1조(목적) 이 규정은 마을을 위한다."),
        (2, "제2조(정의) 뜻은 같다."),
        (1, "제2장 지원"),
        (2, "제3조(지원) 지원한다."),
    ]


def test_items_nest_under_the_item_above() -> None:
    document = read(
        TITLE + "□ 지원\n○ (대상) 주민\n - 세부 하나\n  · 점 하나\n - 세부 둘\n○ (규모) 백 명\n"
    )
    assert parents(document) == [
        ("○ (대상) 주민", None),
        ("- 세부 하나", "○ (대상) 주민"),
        ("· 점 하나", "- 세부 하나"),
        ("- 세부 둘", "○ (대상) 주민"),
        ("○ (규모) 백 명", None),
    ]
    assert [item.depth for item in document.items if item.marker] == [0, 1, 2, 1, 0]
    assert [item.label for item in document.items if item.label] == ["대상", "규모"]


@pytest.mark.parametrize("note", ["※ 바뀔 수 있음", "* 마을 단위", "** 잠정"])
def test_a_note_belongs_to_the_item_above(note: str) -> None:
    document = read(TITLE + f"□ 지원\n○ 첫째 내용\n - 세부 내용\n{note}\n○ 둘째 내용\n")
    assert (note, "- 세부 내용") in parents(document)
    assert of_kind(document, ItemKind.NOTE) == [note]


def test_two_notes_belong_to_the_same_item() -> None:
    document = read(TITLE + "□ 지원\n○ 첫째 내용\n* 하나\n** 둘\n")
    assert parents(document)[1:] == [("* 하나", "○ 첫째 내용"), ("** 둘", "○ 첫째 내용")]


def test_a_note_below_a_table_belongs_to_its_last_row() -> None:
    document = read(TITLE + "□ 지원\n\n구분\t금액\n국비\t10\n\n※ 잠정 금액\n")
    assert ("※ 잠정 금액", "국비\t10") in parents(document)


def test_a_note_at_the_start_of_a_section_has_no_parent() -> None:
    assert parents(read(TITLE + "□ 지원\n※ 바뀔 수 있음\n")) == [("※ 바뀔 수 있음", None)]


@pytest.mark.parametrize(
    "heading",
    ["참고 1 용어 풀이", "참고2 용어", "붙임 3 양식", "[별지 4] 신청서", "<안건 5> 숲길 조성",
     "별표 1 기준", "붙임. 신청서 양식"],
)  # fmt: skip
def test_attachments_and_agendas_open_sections(heading: str) -> None:
    document = read(TITLE + f"□ 개관\n\n○ 내용이다.\n\n{heading}\n\n○ 뒤의 내용이다.\n")
    assert outline(document)[-1] == (1, heading)


@pytest.mark.parametrize("line", ["붙임 파일을 참고하시기 바랍니다.", "참고 자료는 따로 보낸다."])
def test_a_sentence_about_attachments_is_no_heading(line: str) -> None:
    assert line not in headings(read(TITLE + f"□ 개관\n\n○ 내용이다.\n\n{line}\n\n○ 끝이다.\n"))


@pytest.mark.parametrize(
    ("lines", "heading"),
    [
        ("참고 1\n용어 풀이", "참고 1 용어 풀이"),
        ("참고 1\n\n용어 풀이", "참고 1 용어 풀이"),
        ("붙임\n신청서 양식", "붙임 신청서 양식"),
        ("1-1\n물길 정비", "1-1 물길 정비"),
        ("□\n추진 일정", "□ 추진 일정"),
    ],
)
def test_a_bare_marker_takes_its_title_from_the_next_line(lines: str, heading: str) -> None:
    document = read(TITLE + f"○ 앞의 내용이다.\n\n{lines}\n\n○ 뒤의 내용이다.\n")
    assert headings(document)[-1] == heading
    assert "뒤의 내용이다." in document.text[document.sections[-1].start :]
    assert lines in of_kind(document, ItemKind.HEADING)


def test_a_bare_marker_does_not_swallow_a_sentence() -> None:
    document = read(TITLE + "○ 앞의 내용이다.\n\n참고 1\n여기부터는 본문이 이어진다.\n")
    assert headings(document)[-1] == "참고 1"


def test_a_list_of_attachments_is_no_row_of_sections() -> None:
    document = read(
        TITLE + "□ 개관\n○ 내용이다.\n\n붙임 1. 개요\n붙임 2. 양식\n붙임 3. 일정\n\n"
        "붙임 1 개요\n\n○ 개요 내용이다.\n\n붙임 2 양식\n\n○ 양식 내용이다.\n"
    )
    assert [h for h in headings(document) if h.startswith("붙임")] == ["붙임 1 개요", "붙임 2 양식"]


def test_repeated_headings_have_distinct_ids() -> None:
    page = "참고 1 일정\n\n□ 개요\n\n○ 같은 내용이다.\n\n"
    document = read(TITLE + page * 3)
    identifiers = [section.section_id for section in document.sections]
    assert len(set(identifiers)) == len(identifiers)
    assert headings(document).count("□ 개요") == 3


def test_section_ids_do_not_depend_on_other_sections() -> None:
    tail = "□ 둘째\n\n○ 내용이다.\n\n"
    before = read(TITLE + "□ 첫째\n\n○ 내용이다.\n\n" + tail)
    after = read(TITLE + "□ 첫째\n\n○ 아주 다른 내용이다.\n\n□ 새것\n\n" + tail)
    assert before.sections[-1].section_id == after.sections[-1].section_id


def test_an_overview_opens_the_next_attachment_whose_head_is_lost() -> None:
    document = read(
        TITLE
        + "참고 1 첫 행사\n\n□ 개요\n○ (목적) 알림\n\n□ 일정\n○ 5월\n\n□ 개요\n○ (목적) 다른 것\n"
    )
    assert outline(document) == [(1, "참고 1 첫 행사"), (2, "□ 개요"), (2, "□ 일정"), (1, "□ 개요")]


def test_a_short_line_after_a_blank_is_a_heading() -> None:
    document = read(TITLE + "추진 배경\n\n마을은 오래되었다.\n\n향후 계획\n\n내년에 넓힌다.\n")
    assert headings(document) == ["추진 배경", "향후 계획"]
    assert of_kind(document, ItemKind.PARAGRAPH) == ["마을은 오래되었다.", "내년에 넓힌다."]


def test_the_last_line_is_no_heading() -> None:
    assert headings(read(TITLE + "마을은 오래되었다.\n\n가상정책부\n")) == []


def test_a_broken_line_is_one_item() -> None:
    document = read(
        TITLE + "□ 지원\n○ 마을을 가꾸는 주민을\n  위하여 물길을 고친다.\n○ 둘째이다.\n"
    )
    assert of_kind(document, ItemKind.LIST_ITEM) == [
        "○ 마을을 가꾸는 주민을\n  위하여 물길을 고친다.",
        "○ 둘째이다.",
    ]


def test_a_line_left_open_continues_across_a_blank() -> None:
    document = read(
        TITLE + "마을을 가꾸는 여러 주민과 함께하는\n\n물길을 고치려 한다.\n\n끝이다.\n"
    )
    assert of_kind(document, ItemKind.PARAGRAPH)[0].endswith("고치려 한다.")


@pytest.mark.parametrize("caption", ["< 연도별 예산 >", "【 예산 】", "단위: 억원"])
def test_a_caption_is_not_glued_to_the_item_above(caption: str) -> None:
    document = read(TITLE + f"□ 지원\n○ 지원 규모를 확대\n{caption}\n구분\t금액\n국비\t10\n")
    assert of_kind(document, ItemKind.CAPTION) == [caption]
    assert ("국비\t10", caption) in parents(document)
    assert (caption, "○ 지원 규모를 확대") in parents(document)


def test_a_unit_line_stands_between_caption_and_table() -> None:
    document = read(TITLE + "□ 지원\n\n< 예산 >\n(단위: 억원)\n구분\t금액\n국비\t10\n")
    assert of_kind(document, ItemKind.CAPTION) == ["< 예산 >", "(단위: 억원)"]
    assert ("국비\t10", "(단위: 억원)") in parents(document)


def test_a_boxed_sentence_is_section_and_item() -> None:
    document = read(
        TITLE + "□ (목적) 마을을 가꾸어 오래 살 수 있는 곳으로 만들고자 함\n○ 세부이다.\n"
    )
    assert document.sections[-1].heading.startswith("□ (목적)")
    assert of_kind(document, ItemKind.LIST_ITEM)[0].startswith("□ (목적)")


def test_long_headings_are_shortened_but_not_their_text() -> None:
    line = "□ (목적) " + "마을을 가꾸어 " * 12 + "오래 살게 함"
    document = read(TITLE + line + "\n")
    assert len(document.sections[-1].heading) == 60
    assert document.sections[-1].heading.endswith("…")
    assert line in document.text


def test_numbered_lines_in_a_row_are_a_list() -> None:
    document = read(TITLE + "□ 서류\n1. 신청서\n2. 계획서\n3. 증빙\n")
    assert headings(document) == ["□ 서류"]
    assert of_kind(document, ItemKind.LIST_ITEM) == ["1. 신청서", "2. 계획서", "3. 증빙"]


def test_a_date_is_no_numbered_heading() -> None:
    document = read(TITLE + "□ 일정\n\n5. 18.(월) 마감\n\n6. 1.(월) 발표\n\n○ 끝이다.\n")
    assert "5. 18.(월) 마감" not in headings(document)[0]
    assert not any(item.marker == "5." for item in document.items)


def test_markdown_headings_nest_by_their_depth() -> None:
    document = read("# 마을 계획\n\n글이다.\n\n## 배경\n\n### 현황\n\n## 과제\n", name="a.md")
    assert outline(document) == [(1, "배경"), (2, "현황"), (1, "과제")]
    assert document.sections[0].heading == "마을 계획"


def test_a_label_without_marker_stands_beside_labelled_items() -> None:
    document = read(TITLE + "□ 개요\n○ (목적) 마을을 알림.\n(대상) 주민 모두.\n○ (기간) 두 달.\n")
    assert [item.label for item in document.items if item.label] == ["목적", "대상", "기간"]
    assert {item.depth for item in document.items if item.label} == {0}


def test_headers_of_a_head_alone_are_not_kept_beyond_the_next_table() -> None:
    head, own, later = "구분\t금액\n", "이름\t나이\n별이\t10\n", "설명이 긴 값이다\t둘째 값이다\n"
    document = read(TITLE + f"□ 표\n\n{head}\n글이다.\n\n{own}\n글이다.\n\n{later}")
    rows = [item for item in document.items if item.kind is ItemKind.TABLE_ROW]
    assert shown(document, rows[-1]) == later.strip()
    assert [cell.header for cell in rows[-1].cells] == [(), ()]


def test_a_table_head_alone_serves_the_tables_below() -> None:
    document = read(TITLE + "□ 표\n\n구분\t금액\n\n글이다.\n\n설명이 긴 값이다\t둘째 값이다\n")
    rows = [item for item in document.items if item.kind is ItemKind.TABLE_ROW]
    assert [cell.header for cell in rows[-1].cells] == [("구분",), ("금액",)]


def test_structure_holds_for_a_whole_document() -> None:
    check(
        read(
            TITLE
            + "Ⅰ. 가\n\n□ 개요\n○ 나\n - 다\n※ 라\n\n< 표 >\n구분\t값\n가\t1\n\n참고 1\n\n마\n"
        )
    )
