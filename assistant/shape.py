"""The shape an answer must have: the unit a question counts in, a clock time, an address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence, is_grid
from assistant.extract import has_answer

_N = r"\d[\d,.]*\s?(?:천|만|백|십)?\s?여?\s?"
_ANY_COUNT = rf"{_N}(?:개사|개소|개|건|곳|호|군데|종|가지|대|팀|회)"
# What the question says -> what an answer looks like. Units of counting are never interchanged
# (몇 명 is not answered by 12곳), except those that count the same things.
_SHAPES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(answer))
    for asked, answer in (
        (r"이메일|전자우편|메일\s?주소", r"@"),
        (
            r"(?:홈페이지|누리집|사이트|웹)\s?주소|URL|링크",
            r"https?://|www\.|[a-z]+\.(?:go|or|co)?\.?kr",
        ),
        (r"팩스", r"팩스|FAX"),
        (r"전화|연락처|(?<!순)번호", r"0\d{1,2}[-)]\s?\d{3,4}-\d{4}|1\d{3}-\d{4}"),
        (r"몇\s?시|시각", r"\d{1,2}:\d{2}|\d{1,2}\s?시"),
        (r"몇\s?분(?!\s?이)|몇\s?시간", r"\d+\s?(?:분|시간|')"),
        (
            r"몇\s?(?:명|사람|인)|인원|(?:(?<![가-힣])|입학|모집|선발|학생)정원|몇\s?분이",
            rf"{_N}(?:명|인|만)",
        ),
        (r"몇\s?(?:곳|군데|개소)", _ANY_COUNT + r"|[가-힣]+와\s[가-힣]+|\d+인"),
        (r"몇\s?(?:개|가지|종|건|대|호|팀|차례|번)", _ANY_COUNT + rf"|{_N}(?:개사|사|번)"),
        (r"몇\s?(?:퍼센트|프로|%)|비율|비중", r"\d[\d.]*\s?(?:%|퍼센트|배)"),
        (r"몇\s?(?:위|등|번째)|순위|등수", r"\d+\s?(?:위|번째|등)"),
        (r"몇\s?층", r"\d+\s?층"),
        (r"몇\s?(?:년|해)(?!도)", r"\d+(?:\.\d+)?\s?(?:년|개년)|격년|['’‘]\d{2}"),
        (r"몇\s?(?:달|개월)", r"\d+\s?(?:개월|달)"),
        (r"며칠|몇\s?일|몇\s?월", r"\d+\s?(?:일|월)|\d{1,2}\.\s?\d{1,2}|다음\s?달"),
    )
)
_MONEY_ASKED = re.compile(
    r"(?:돈|예산|금액|사업비|지원금|투자|매출|수출|국비|지방비|비용|값|가격|요금|수당|상금|보조금|시가총액|재원).{0,14}얼마|얼마.{0,6}(?:원|돈|투자|지원)"
)
_MONEY = re.compile(r"\d\s?(?:조|억|만|천)|원(?!\w)|달러|\$|€|유로|엔|%")


def answer_pattern(question: str) -> re.Pattern[str] | None:
    """What an answer to a question that counts or dates must look like; None for others."""
    for asked, answer in _SHAPES:
        if asked.search(question):
            return answer
    return _MONEY if _MONEY_ASKED.search(question) else None


def shape_fit(
    pattern: re.Pattern[str] | None, types: Sequence[str], evidence: Evidence, *, unit: str
) -> float:
    """How well evidence can hold an answer of the asked shape: 1 yes, 0 no, 0.5 cannot tell.

    ``pattern`` is the question's ``answer_pattern``, ``unit`` the unit the
    evidence's table states, if it is a table row.
    """
    text = evidence.text
    if evidence.item.cells and not is_grid(evidence.item):
        numbers = [c.text + _unit(c.header, unit) for c in evidence.item.cells]
        headers = " ".join(h for c in evidence.item.cells for h in c.header)
        text = " ".join(numbers) + " " + headers
        marks = sum(1 for c in evidence.item.cells if c.text and not any(map(str.isalnum, c.text)))
        if marks > len(evidence.item.cells) / 2:
            return 0.2
    if pattern is not None:
        return 1.0 if pattern.search(text) else 0.0
    kinds = [kind for kind in types if kind != "list"][:2] or list(types[:1])
    return max((has_answer(kind, text) for kind in kinds), default=0.5)


def units_stated(text: str) -> dict[str, str]:
    """Units a caption gives by column: "단위: 수준(%), 격차(년)" -> {"수준": "%", "격차": "년"}."""
    match = re.search(r"단위\s*[:：]\s*(.+)$", text)
    if match is None:
        return {}
    pairs = re.findall(r"([가-힣·\s]{1,12})\(([가-힣%℃㎡$]{1,4})\)", match.group(1))
    return {name.strip(): unit for name, unit in pairs}


def _unit(header: Sequence[str], unit: str) -> str:
    joined = " ".join(header)
    own = re.search(r"\(([가-힣%]{1,3})\)", joined)
    return own.group(1) if own else unit
