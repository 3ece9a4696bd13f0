"""Header paths and rows of the tables official documents contain."""

from __future__ import annotations

import pytest

from corpus.model import ItemKind
from tests.corpus.helpers import of_kind, page, read, records

TITLE = "별빛 마을 조성 종합 계획 안내\n\n□ 표\n\n"


def tab(*rows: str) -> list[list[tuple[tuple[str, ...], str]]]:
    return records(read(TITLE + "\n".join(row.replace(" / ", "\t") for row in rows) + "\n"))


def test_a_plain_table() -> None:
    assert tab("구분 / 금액", "국비 / 10", "도비 / 20") == [
        [(("구분",), "국비"), (("금액",), "10")],
        [(("구분",), "도비"), (("금액",), "20")],
    ]


def test_a_merged_header_written_with_an_arrow_is_a_path() -> None:
    (row,) = records(
        read("| 구분 | 1단계(A) > '19 | 1단계(A) > 소계 |\n|---|---|---|\n| 국비 | 1 | 2 |\n")
    )
    assert row == [
        (("구분",), "국비"),
        (("1단계(A)", "'19"), "1"),
        (("1단계(A)", "소계"), "2"),
    ]


def test_stacked_headers_give_a_path() -> None:
    rows = tab("구분 / 1단계 /  / 합계", " / '22 / '23 / ", "국비 / 1 / 2 / 3")
    assert rows == [
        [(("구분",), "국비"), (("1단계", "'22"), "1"), (("1단계", "'23"), "2"), (("합계",), "3")]
    ]


def test_side_by_side_tables_are_split_into_records() -> None:
    rows = tab("기관 / 금액 / 기관 / 금액", "가 / 1 / 나 / 2", "다 / 3 /  / ")
    assert rows == [
        [(("기관",), "가"), (("금액",), "1")],
        [(("기관",), "나"), (("금액",), "2")],
        [(("기관",), "다"), (("금액",), "3")],
    ]


def test_a_group_row_labels_the_rows_below() -> None:
    document = read(TITLE + "구분\t금액\n동부\t\n가\t1\n서부\t\n나\t2\n")
    labels = [item.label for item in document.items if item.kind is ItemKind.TABLE_ROW]
    assert labels == ["", "동부", "", "서부"]


def test_a_group_row_ends_a_vertical_merge() -> None:
    rows = tab("구분 / 사업 / 금액", "동부 / 숲 / 1", "서부 /  / ", " / 물 / 2")
    assert rows[-1][0][1] == ""


def test_a_cell_merged_downwards_is_repeated_as_filler() -> None:
    document = read(TITLE + "구분\t사업\t금액\n동부\t숲\t1\n\t물\t2\n")
    row = [item for item in document.items if item.kind is ItemKind.TABLE_ROW][-1]
    assert [cell.text for cell in row.cells] == ["동부", "물", "2"]
    assert row.cells[0].start == row.cells[0].end
    assert document.text[row.start : row.end] == "물\t2"


def test_a_table_without_header() -> None:
    long = "아주 긴 설명이 첫 줄부터 적혀 있어 머리줄일 수 없다"
    assert tab(f"{long} / {long}", "나 / 라") == [
        [((), long), ((), long)],
        [((), "나"), ((), "라")],
    ]


def test_names_beside_values() -> None:
    rows = tab("배포일시 / 3. 2. / 담당부서 / 가상과", "담당과장 / 홍길동 / 문의 / 02-0000-0000")
    assert rows == [
        [(("배포일시",), "3. 2."), (("담당부서",), "가상과")],
        [(("담당과장",), "홍길동"), (("문의",), "02-0000-0000")],
    ]


def test_a_row_wider_than_the_header_keeps_the_last_header() -> None:
    rows = tab("구분 / 금액", "국비 / 10 / 덤", "도비")
    assert rows[0] == [(("구분",), "국비"), (("금액",), "10"), (("금액",), "덤")]


@pytest.mark.parametrize("first", ["", " "])
def test_a_pipe_table_with_an_empty_head(first: str) -> None:
    document = read(f"| {first} | |\n|---|---|\n| 일시 | 5월 |\n| 장소 | 회관 |\n")
    assert of_kind(document, ItemKind.TABLE_HEAD) == []
    assert of_kind(document, ItemKind.TABLE_ROW) == ["일시 | 5월", "장소 | 회관"]


def test_pipe_cells_keep_their_columns() -> None:
    rows = records(read("|가|나|다|\n|---|---|---|\n||둘||\n|하나||셋|\n| a \\| b | | c |\n"))
    assert [[text for _, text in row] for row in rows] == [
        ["", "둘", ""],
        ["하나", "", "셋"],
        ["a | b", "", "c"],
    ]


def test_pipe_rows_written_as_list_items() -> None:
    rows = records(read("- | 구분 | 금액 |\n- |---|---|\n- | -국비 | 10 |\n"))
    assert rows == [[(("구분",), "-국비"), (("금액",), "10")]]


def test_html_cells_merged_across_and_down() -> None:
    document = page(
        "<table><thead><tr><th rowspan=2>구분</th><th colspan=2>1단계</th></tr>"
        "<tr><th>'22</th><th>'23</th></tr></thead>"
        "<tr><td rowspan='2'>국비</td><td>1</td><td>2</td></tr>"
        "<tr><td colspan=2>미정</td></tr></table>"
    )
    assert records(document) == [
        [(("구분",), "국비"), (("1단계", "'22"), "1"), (("1단계", "'23"), "2")],
        [(("구분",), "국비"), (("1단계", "'22"), "미정"), (("1단계", "'23"), "미정")],
    ]
    assert document.text.count("국비") == 1


def test_an_html_row_merged_across_is_a_group() -> None:
    document = page(
        "<table><tr><th>구분</th><th>금액</th></tr><tr><td colspan=2>동부</td></tr>"
        "<tr><td>가</td><td>1</td></tr></table>"
    )
    labels = [item.label for item in document.items if item.kind is ItemKind.TABLE_ROW]
    assert labels == ["", "동부"]


@pytest.mark.parametrize("span", ["0", "-1", "²", "많이", "", "9" * 5000, "1e3"])
def test_a_senseless_span_counts_as_none(span: str) -> None:
    document = page(
        f"<table><tr><td rowspan='{span}' colspan='{span}'>가</td><td>나</td></tr></table>"
    )
    assert of_kind(document, ItemKind.TABLE_ROW) == ["가 | 나"]


def test_an_empty_html_header_is_no_item() -> None:
    document = page("<table><tr><th></th></tr><tr><td>값</td></tr></table>")
    assert of_kind(document, ItemKind.TABLE_HEAD) == []
    assert of_kind(document, ItemKind.TABLE_ROW) == ["값"]


def test_rows_without_letters_are_no_items() -> None:
    assert len(tab("구분 / 금액", "- / -", "국비 / 10")) == 1
