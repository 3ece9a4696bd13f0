"""Numbers a question insists on: a year, a phase, an agenda item, an article."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONSTRAINT = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*년(?:도)?|['’‘](?P<short>\d{2})\s*년?"
    r"|(?<![\d.])(?P<two>\d{2})\s?년(?!\s?(?:동안|이상|이내|이하|넘|뒤|후에|만에))(?:도|까지|부터|에|의|\s|$)"
    r"|제?\s?(?<![\d.,])(?P<number>\d{1,4})\s?(?P<unit>단계|차(?!원|전지)|호|회|조(?!\s?원)|항|번째|분기|월|극|대(?=\s?(?:분야|국가|전략|과제|사업|프로젝트|플래그십|게임|미래|국방|과기원|거점)))"
    r"|(?P<label>안건|참고|붙임|별지|별표)\s?(?P<index>\d{1,2})"
)
_YEARS = re.compile(
    r"(?<!\d)(?:['’‘`]?(\d{2})|((?:19|20)\d{2}))\s*년?\s*[~∼～\-–]\s*['’‘`]?(\d{2}|(?:19|20)\d{2})(?!\d)"
)
_RANGE = 0.75
_MOST = 8  # a letter asks at its end
_OPEN = ("까지", "이후", "부터", "~", "∼", "이전")


@dataclass(frozen=True, slots=True)
class Constraint:
    """A number with its unit; ``surface`` is how the question wrote it, ``start``/``end`` where.

    ``open_ended`` is set where the question itself says "까지", "이후" or "부터".
    """

    number: int
    unit: str
    surface: str
    carried: bool = False
    start: int = 0
    end: int = 0
    open_ended: bool = False

    def holds_in(self, text: str) -> float:
        """How well a text meets the constraint: 1 stated, 0.75 inside a range, 0 not at all."""
        if self.unit == "년":
            return self._year_in(text)
        return 1.0 if re.search(self._pattern(), text) else 0.0

    def conflicts_in(self, text: str) -> bool:
        """Whether a text speaks of the same unit but only of other numbers."""
        if self.unit in {"년", "월"}:
            return False
        others = re.findall(rf"(\d+)\s?{self._unit_pattern()}", text)
        return bool(others) and str(self.number) not in others

    def _unit_pattern(self) -> str:
        return re.escape(self.unit)

    def _pattern(self) -> str:
        if self.unit in {"안건", "참고", "붙임", "별지", "별표"}:
            circled = chr(0x2460 + self.number - 1) if 1 <= self.number <= 20 else "(?!)"
            return (
                rf"{self.unit}\s?{self.number}(?!\d)|제?\s?{self.number}호(?!\d)"
                rf"|(?:^|[\s(]){circled}"
            )
        if self.unit == "호":
            return rf"(?<!\d){self.number}\s?호|안건\s?{self.number}(?!\d)"
        if self.unit == "월":
            return rf"(?<!\d)0?{self.number}\s?월|(?<![\d.]){self.number}\s?\.\s?\d{{1,2}}"
        return rf"(?<!\d){self.number}\s?{self._unit_pattern()}"

    def _year_in(self, text: str) -> float:
        short = f"{self.number % 100:02d}"
        found = self._stated(text, short) if short in text else []
        if any(suffix is None or self.open_ended for suffix in found):
            return 1.0
        if found:
            return _RANGE
        for match in _YEARS.finditer(text):
            first = _full(match.group(1) or match.group(2))
            last = _full(match.group(3))
            if first <= self.number <= last:
                return _RANGE
        return 0.0

    def _stated(self, text: str, short: str) -> list[str | None]:
        """What follows the year wherever it is stated, None where nothing opens a range."""
        stated = re.compile(
            rf"((?<!\d){self.number}(?!\d)|['’‘`]{short}(?!\d)|(?<!\d){short}\s?년)"
            r"\s?년?\s?(까지|이후|부터|[~∼-])?"
        )
        return [match.group(2) for match in stated.finditer(text)]


def find_constraints(text: str) -> tuple[Constraint, ...]:
    """The constraints of a question, in order of appearance; the last ones of a long letter."""
    found: dict[tuple[int, str], Constraint] = {}
    for match in _CONSTRAINT.finditer(text):
        constraint = _make(match)
        found.setdefault((constraint.number, constraint.unit), constraint)
    return tuple(found.values())[-_MOST:]


def _make(match: re.Match[str]) -> Constraint:
    surface = match.group().strip()
    for name in ("year", "short", "two"):
        raw = match.group(name)
        if raw:
            following = match.string[match.end() : match.end() + 4].strip()
            is_open = surface.endswith(("까지", "부터")) or following.startswith(_OPEN)
            return Constraint(_full(raw), "년", surface, False, *match.span(), is_open)
    number, unit = match.group("index") or match.group("number"), match.group("label")
    return Constraint(int(number), unit or match.group("unit"), surface, False, *match.span())


def _full(raw: str) -> int:
    return int(raw) if len(raw) == 4 else 2000 + int(raw)
