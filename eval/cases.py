"""The curated questions: what is asked and what a good answer must hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import QuestionFileError

WORDINGS = ("near", "citizen", "typo", "followup")
BUNDLED = tuple(
    Path(__file__).parent / "questions" / f"{name}.jsonl"
    for name in ("tune", "report", "report_second")
)


@dataclass(frozen=True, slots=True)
class Gold:
    """A place that answers the question; an empty ``section`` stands for the whole document."""

    document: str
    section: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question with its gold places (any will do) and facts (every group, any alternative).

    ``source`` is the stem of the file it came from, ``why`` says why it has no answer.
    """

    case_id: str
    question: str
    history: tuple[str, ...]
    kind: str
    wording: str
    answerable: bool
    gold: tuple[Gold, ...]
    facts: tuple[tuple[str, ...], ...]
    why: str
    source: str = ""


_FIELDS: dict[str, type] = {
    "id": str,
    "question": str,
    "history": list,
    "type": str,
    "wording": str,
    "answerable": bool,
    "gold": list,
    "facts": list,
    "why": str,
}


def load_cases(paths: Iterable[Path]) -> tuple[Case, ...]:
    """The cases of several files, in order; an id or a question asked twice is refused."""
    cases: list[Case] = []
    seen: dict[object, str] = {}
    for path in paths:
        for where, row in _rows(path):
            case = _case(row, where=where, source=path.stem)
            # The question itself stays out of the message: a held-out set is not to be shown.
            for what, key in (("id", case.case_id), ("question", (case.question, case.history))):
                if key in seen:
                    raise QuestionFileError(f"{where}: the same {what} is at {seen[key]} already")
                seen[key] = where
            cases.append(case)
    return tuple(cases)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: cannot be read ({error})") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"{path}:{number}", _object(line, where=f"{path}:{number}")


def _object(line: str, *, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionFileError(f"{where}: not JSON ({error})") from error
    if not isinstance(row, dict):
        raise QuestionFileError(f"{where}: a JSON object is expected, not {type(row).__name__}")
    return row


def _case(row: dict[str, Any], *, where: str, source: str) -> Case:
    _check_fields(row, _FIELDS, where=where)
    case = Case(
        case_id=row["id"],
        question=row["question"],
        history=_strings(row["history"], name="history", where=where),
        kind=row["type"],
        wording=row["wording"],
        answerable=row["answerable"],
        gold=tuple(_gold(entry, where=where) for entry in row["gold"]),
        facts=tuple(_strings(group, name="facts", where=where) for group in row["facts"]),
        why=row["why"],
        source=source,
    )
    _check_sense(case, where=where)
    return case


def _check_fields(row: dict[str, Any], fields: dict[str, type], *, where: str) -> None:
    if unknown := sorted(row.keys() - fields.keys()):
        raise QuestionFileError(f"{where}: unknown key {', '.join(unknown)}")
    if missing := sorted(fields.keys() - row.keys()):
        raise QuestionFileError(f"{where}: key {', '.join(missing)} is missing")
    for name, kind in fields.items():
        if not isinstance(row[name], kind):
            raise QuestionFileError(f"{where}: {name} must be {kind.__name__}, got {row[name]!r}")


def _strings(values: object, *, name: str, where: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise QuestionFileError(f"{where}: {name} must hold lists of non-empty strings")
    return tuple(values)


def _gold(entry: object, *, where: str) -> Gold:
    if not isinstance(entry, dict):
        raise QuestionFileError(f"{where}: gold must hold objects, got {entry!r}")
    _check_fields(entry, {"document": str, "section": str}, where=where)
    return Gold(document=entry["document"], section=entry["section"])


def _check_sense(case: Case, *, where: str) -> None:
    if not case.case_id.strip() or not case.question.strip():
        raise QuestionFileError(f"{where}: id and question must not be empty")
    if case.wording not in WORDINGS:
        raise QuestionFileError(f"{where}: wording must be one of {', '.join(WORDINGS)}")
    if case.answerable and not (case.gold and case.facts and all(case.facts)):
        raise QuestionFileError(f"{where}: an answerable question needs gold and facts")
    if not case.answerable and (case.gold or case.facts):
        raise QuestionFileError(f"{where}: an unanswerable question has neither gold nor facts")
