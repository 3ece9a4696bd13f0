"""Answers from tables: the row, its columns, and the cells a question asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.extract import candidates
from assistant.korean import strip_marks, with_particle
from assistant.matching import Floats
from assistant.question import QuestionAnalysis
from assistant.shape import units_stated
from corpus.model import Cell, Item, ItemKind

_UNIT = re.compile(r"단위\s*[:：]\s*([^)\]】>|]+)")
_PLAIN_NUMBER = re.compile(r"^[△▲+-]?[\d,]+(?:\.\d+)?$")
_MAX_CELLS = 6
_NARROW, _NARROW_CHARS = 3, 90
_CAPTION_MARKS = re.compile(r"[【】《》<>〈〉≪≫]")
_LONG_NAME = 45
# Column heads that only say "here is the content" read badly in a sentence.
_ANSWER_COLUMNS = frozenset({"내용", "주요 내용", "주요내용", "비고", "세부 내용", "세부내용"})
_KNOWN_UNITS = frozenset(
    {"억원", "명", "건", "개", "%", "년", "만원", "조원", "백만원", "천원", "일"}
)


@dataclass(frozen=True, slots=True)
class CellChoice:
    """The cells of a row that answer, the cells that name it, and the one that is the answer."""

    keys: tuple[Cell, ...]
    values: tuple[Cell, ...]
    answer: Cell | None


def choose_cells(
    evidence: Evidence,
    *,
    analysis: QuestionAnalysis,
    strengths: Sequence[Floats],
    header_strengths: Sequence[Floats],
    shares: Floats,
) -> CellChoice:
    """Choose by the question's words in each column's header and by the asked type.

    ``strengths`` and ``header_strengths`` hold, for each cell of the row, how well its text and
    its header meet each focus term.
    """
    cells = evidence.item.cells
    keys = _row_keys(cells)
    values = [i for i in range(len(cells)) if i not in keys and cells[i].text]
    units = units_of(evidence)
    scores = {i: _header_score(cells[i], header_strengths[i], analysis, shares) for i in values}
    for i in values:
        scores[i] += 0.15 * _fits(analysis, cells[i], _valued(cells[i], units))
        # A cell the question already names is what it asks about, not what it asks for.
        scores[i] -= 0.6 * float(shares @ strengths[i])
    best = max(scores.values(), default=0.0)
    chosen = [i for i in values if scores[i] >= max(0.62 * best, 0.1)] if best > 0.12 else []
    sure = bool(chosen) and len(chosen) <= _MAX_CELLS
    shown = chosen if sure else values[:_MAX_CELLS]
    if len(values) <= _NARROW and sum(len(cells[i].text) for i in values) <= _NARROW_CHARS:
        # A narrow row is read whole: what stands beside the number is what it means.
        shown = values
    named = [i for i in keys if i not in shown]
    answer = cells[chosen[0]] if sure and len(chosen) == 1 else None
    return CellChoice(tuple(cells[i] for i in named), tuple(cells[i] for i in shown), answer)


def row_sentence(evidence: Evidence, choice: CellChoice) -> str:
    """A polite sentence that gives the chosen cells with the names of row and columns."""
    units = units_of(evidence)
    name = " ".join(dict.fromkeys(strip_marks(cell.text) for cell in choice.keys if cell.text))
    parts = [f"{header_of(c)} {_valued(c, units)}".strip() for c in choice.values]
    if len(choice.values) == 1:
        header = header_of(choice.values[0])
        subject = f"{name}의 {header}" if name and header else name or header
        if header in _ANSWER_COLUMNS and name:
            subject = name
        value = _valued(choice.values[0], units)
        if len(value) > 40 or not subject:
            return f"{subject}: {value}" if subject else value
        return (
            f"{with_particle(subject, '은')} {value}입니다."
            if not _is_clause(value)
            else f"{subject}: {value}"
        )
    joined = ", ".join(parts)
    return f"{with_particle(name, '은')} {joined}입니다." if name else f"{joined}입니다."


def short_of(evidence: Evidence, choice: CellChoice) -> str:
    """The short answer: the one chosen cell with its unit."""
    if choice.answer is None:
        return ""
    value = _valued(choice.answer, units_of(evidence))
    return value if len(value) <= 60 else ""


def table_name(evidence: Evidence) -> str:
    """The caption of the row's table without its brackets and unit; empty where there is none."""
    document, parent = evidence.document, evidence.item.parent
    while parent is not None and document.items[parent].kind is ItemKind.CAPTION:
        item = document.items[parent]
        bare = _CAPTION_MARKS.sub("", document.text[item.start : item.end])
        name = re.sub(r"\s*[(\[]\s*단위.*$", "", bare).strip()
        if name and not name.startswith("단위"):
            return name if len(name) <= _LONG_NAME else ""
        parent = item.parent
    return ""


def header_of(cell: Cell) -> str:
    """A cell's header path as an officer would write it ("1단계(A) '19")."""
    return " ".join(strip_marks(part) for part in cell.header)


@dataclass(frozen=True, slots=True)
class Units:
    """Units of a table: one for all its numbers (``every``) or one for each named column."""

    every: str
    by_column: Mapping[str, str]

    def of(self, header: Sequence[str]) -> str:
        """The unit of a column."""
        own = re.search(r"\(([가-힣%]{1,4})\)\s*$", header[-1]) if header else None
        if own and own.group(1) in _KNOWN_UNITS:
            return own.group(1)
        return next((unit for name, unit in self.by_column.items() if name in header), self.every)


def units_of(evidence: Evidence) -> Units:
    """The units the table's captions state ("단위: 억원", "단위: 수준(%), 격차(년)")."""
    document = evidence.document
    item: Item | None = evidence.item
    while item is not None:
        text = document.text[item.start : item.end]
        match = _UNIT.search(text) if item.kind is not ItemKind.TABLE_ROW else None
        if match is not None:
            by_column = units_stated(text)
            unit = re.sub(r"\s*\(.*$", "", match.group(1)).strip()
            every = unit if re.fullmatch(r"[가-힣%$]{1,5}", unit) and not by_column else ""
            return Units(every, by_column)
        item = document.items[item.parent] if item.parent is not None else None
    return Units("", {})


def _is_clause(value: str) -> bool:
    return value.endswith(("다", "다.", "음", "함", "됨"))


def _row_keys(cells: Sequence[Cell]) -> list[int]:
    """The leading cells that name the row: those before the first number or long text."""
    keys: list[int] = []
    for index, cell in enumerate(cells):
        text = cell.text
        if index and (
            not any(map(str.isalnum, text))
            or _PLAIN_NUMBER.match(text)
            or any(ch.isdigit() for ch in text)
            or len(text) > 24
            or not text
        ):
            break
        keys.append(index)
        if len(keys) >= max(1, len(cells) - 1):
            break
    # With two or three columns the first alone names the row.
    return keys[:1] if len(cells) <= 3 else keys


def _header_score(
    cell: Cell, strengths: Floats, analysis: QuestionAnalysis, shares: Floats
) -> float:
    header = " ".join(cell.header)
    score = float(shares @ strengths)
    for constraint in analysis.constraints:
        # Less where the year lies within a span ("'23~'27") than where it is stated.
        score += (0.4 if constraint.carried else 0.6) * constraint.holds_in(header)
    if header and re.search(r"소계|합계|총계|^계$", header.replace(" ", "")):
        asked = analysis.repaired.replace(" ", "")
        whole = re.search(r"총|합계|모두|전체|소계|합쳐", asked)
        year = any(c.unit == "년" for c in analysis.constraints)
        phase = any(c.unit != "년" and c.holds_in(header) for c in analysis.constraints)
        score += 0.25 if whole or (phase and not year) else -0.1
    return score


def _fits(analysis: QuestionAnalysis, cell: Cell, value: str) -> float:
    return max((_fits_type(kind, cell, value) for kind in analysis.types[:3]), default=0.0)


def _fits_type(kind: str, cell: Cell, value: str) -> float:
    if kind == "rank":
        return 2.0 if "순위" in " ".join(cell.header) or re.fullmatch(r"\d+위", value) else 0.0
    if kind == "contact":
        return 2.0 if candidates("contact", value) else 0.0
    if kind in {"when", "percent"}:
        return 1.5 if candidates(kind, value) else 0.0
    if kind in {"how_much", "how_many"}:
        return 1.0 if any(ch.isdigit() for ch in value) else 0.0
    return 0.0


def _valued(cell: Cell, units: Units) -> str:
    text = strip_marks(cell.text)
    return text + units.of(cell.header) if _PLAIN_NUMBER.match(text) else text
