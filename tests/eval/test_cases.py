"""Question sets are read strictly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cases import BUNDLED, load_cases
from eval.documents import load_document_map
from eval.errors import DocumentMapError, QuestionFileError

ROW = {
    "id": "a",
    "question": "언제인가요?",
    "history": ["그건 뭔가요?"],
    "type": "when",
    "wording": "near",
    "answerable": True,
    "gold": [{"document": "call", "section": ""}],
    "facts": [["5.18", "5월 18일"]],
    "why": "",
}


def write(folder: Path, *rows: object, name: str = "set.jsonl") -> Path:
    path = folder / name
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_row_becomes_a_case(tmp_path: Path) -> None:
    (case,) = load_cases([write(tmp_path, ROW)])
    assert case.source == "set"
    assert case.history == ("그건 뭔가요?",)
    assert case.facts == (("5.18", "5월 18일"),)
    assert case.gold[0].section == ""


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "not JSON"),
        ("[]", "object is expected"),
        ({**ROW, "answer": ""}, "unknown key answer"),
        ({k: v for k, v in ROW.items() if k != "why"}, "why is missing"),
        ({**ROW, "answerable": "yes"}, "answerable must be bool"),
        ({**ROW, "history": "x"}, "history must be list"),
        ({**ROW, "history": [1]}, "history must hold"),
        ({**ROW, "facts": [[""]]}, "facts must hold"),
        ({**ROW, "facts": []}, "needs gold and facts"),
        ({**ROW, "facts": [[]]}, "needs gold and facts"),
        ({**ROW, "gold": ["call"]}, "gold must hold"),
        ({**ROW, "gold": [{"document": "call"}]}, "section is missing"),
        ({**ROW, "answerable": False}, "neither gold nor facts"),
        ({**ROW, "wording": "loud"}, "wording must be one of"),
        ({**ROW, "id": " "}, "must not be empty"),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, row: object, message: str) -> None:
    path = write(tmp_path, {**ROW, "id": "b", "question": "?"}, "", row)
    with pytest.raises(QuestionFileError, match=message) as caught:
        load_cases([path])
    assert str(caught.value).startswith(f"{path}:3: ")


@pytest.mark.parametrize("twin", [{**ROW, "question": "?"}, {**ROW, "id": "b"}])
def test_an_id_or_a_question_asked_twice_is_refused(
    tmp_path: Path, twin: dict[str, object]
) -> None:
    first, second = write(tmp_path, ROW), write(tmp_path, twin, name="other.jsonl")
    with pytest.raises(
        QuestionFileError, match=r"other\.jsonl:1: the same \w+ is at .*set\.jsonl:1"
    ):
        load_cases([first, second])


def test_absent_file(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="cannot be read"):
        load_cases([tmp_path / "none.jsonl"])


def test_bundled_sets_are_well_formed() -> None:
    cases = load_cases(BUNDLED)
    assert {case.source for case in cases} == {"tune", "report", "report_second"}
    assert all(case.why for case in cases if not case.answerable)


def test_document_map(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text('{"plan": "000", "call": ["001", "002"], "law": "any"}', encoding="utf-8")
    names = load_document_map(path)
    assert names.matches("plan", "000")
    assert not names.matches("plan", "plan")
    assert names.matches("call", "002")
    assert names.matches("law", "whatever")
    assert names.matches("unlisted", "unlisted")


@pytest.mark.parametrize("text", ["{", "[]", '{"plan": 1}', '{"plan": []}', '{"plan": [1]}'])
def test_malformed_document_map(tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentMapError, match=r"map\.json"):
        load_document_map(path)
