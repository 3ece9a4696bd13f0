from __future__ import annotations

import numpy as np
import pytest

from assistant.cells import CellChoice, _header_score, header_of, row_sentence, short_of, units_of
from assistant.evidence import is_grid
from corpus.model import Cell
from tests.assistant.fakes import analysis, row

BUDGET = row(
    [("구분", "국비"), (("1단계", "2027년"), "110"), (("2단계", "2029년"), "1,340")],
    caption="【 투자 계획 (단위: 억원) 】",
)
KEY, FIRST, SECOND = BUDGET.item.cells


def test_one_cell_is_said_with_row_column_and_unit() -> None:
    choice = CellChoice((KEY,), (SECOND,), SECOND)
    said = row_sentence(BUDGET, choice)
    assert said == "국비의 2단계 2029년은 1,340억원입니다."
    assert short_of(BUDGET, choice) == "1,340억원"


def test_several_cells_are_said_with_their_headers() -> None:
    choice = CellChoice((KEY,), (FIRST, SECOND), None)
    said = row_sentence(BUDGET, choice)
    assert said == "국비는 1단계 2027년 110억원, 2단계 2029년 1,340억원입니다."
    assert short_of(BUDGET, choice) == ""


def test_cells_without_headers_or_keys_are_still_said() -> None:
    bare = row([("", "가온마루"), ("", "나래마루")])
    first, second = bare.item.cells
    assert "가온마루" in row_sentence(bare, CellChoice((), (first,), None))
    both = row_sentence(bare, CellChoice((), (first, second), None))
    assert "가온마루" in both
    assert "나래마루" in both


def test_a_clause_in_a_cell_is_not_bent_into_a_noun() -> None:
    made = row([("구분", "대상"), ("내용", "시·군이 신청할 수 있다")])
    key, value = made.item.cells
    said = row_sentence(made, CellChoice((key,), (value,), value))
    assert said == "대상: 시·군이 신청할 수 있다"


@pytest.mark.parametrize(
    ("caption", "header", "unit"),
    [
        ("(단위: 억원)", "2027년", "억원"),
        ("단위 : 명", "2027년", "명"),
        ("(단위: 수준(%), 격차(년))", "수준", "%"),
        ("(단위: 수준(%), 격차(년))", "격차", "년"),
        ("(단위: 억원)", "인원(명)", "명"),
        ("투자 계획", "2027년", ""),
    ],
)
def test_the_unit_of_a_column(caption: str, header: str, unit: str) -> None:
    made = row([("구분", "국비"), (header, "110")], caption=caption)
    assert units_of(made).of((header,)) == unit


def test_only_bare_numbers_get_the_tables_unit() -> None:
    made = row([("구분", "국비"), ("2027년", "미정")], caption="(단위: 억원)")
    key, value = made.item.cells
    assert short_of(made, CellChoice((key,), (value,), value)) == "미정"


def test_headers_are_read_from_the_outside_in() -> None:
    assert header_of(SECOND) == "2단계 2029년"


def test_a_line_of_boxes_is_a_grid_and_a_budget_is_not() -> None:
    boxes = [
        ("", "바람이 머무는 쉼터 조성"),
        ("", "구름이 지나는 길 정비"),
        ("", "별빛이 닿는 마당 개방"),
    ]
    assert is_grid(row(boxes).item)
    assert not is_grid(BUDGET.item)
    assert not is_grid(row([*boxes[:2], ("", "문의처 02-0000-1234")]).item)


def test_a_column_counts_by_how_its_header_states_the_year() -> None:
    asked = analysis("2025년 예산은?")
    nothing = np.zeros(0, dtype=np.float32)
    stated, spanned, other = (
        _header_score(Cell("1", (header,), 0, 1), nothing, asked, nothing)
        for header in ("'25년", "3단계('23~'27)", "'19년")
    )
    assert stated > spanned > other
