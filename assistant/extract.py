"""Finds the short answer in a text: dates, amounts, counts, shares, ranks, phones."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DAY = r"\d{1,2}\s?[.월]\s?\d{1,2}\s?[.일]?"
_YEAR = r"(?:(?:19|20)\d{2}\s?[년.]|['’‘`]\d{2}\s?[년.]?)"
_CLOCK = r"(?:(?:오전|오후)\s?)?\d{1,2}(?::\d{2}|\s?시(?:\s?\d{1,2}\s?분)?)"
_DATE = (
    rf"(?:{_YEAR}\s?(?:{_DAY}|\d{{1,2}}\s?월|[上下末初]|말|초|상반기|하반기)?|{_DAY}|\d{{1,2}}\s?월(?:\s?[말초중순]+)?)"
    rf"(?:\s?\([월화수목금토일]\))?(?:\s?,?\s?{_CLOCK}(?:\s?[~∼-]\s?{_CLOCK})?)?"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_MONEY = (
    rf"{_NUMBER}\s?(?:조|억|만|천)*\s?(?:\d[\d,]*\s?(?:억|만|천)\s?)?(?:여\s?)?"
    r"(?:조\s?원?|억\s?원?|만\s?원|천\s?원|원|만\s?달러|억\s?달러|달러|억€|억엔|억\\?\$|€|엔|유로)"
)
_COUNT = (
    rf"(?:약\s?)?{_NUMBER}\s?(?:천|만|백)?\s?여?\s?"
    r"(?:명|개사|개소|개|건|곳|호|팀|회|종|대|인|분야|부처|기업|년|개월|주|일|가지|차례|필지|km|㎞|m|ha)"
    r"(?![가-힣]{0,1}\d)"
)
_PERCENT = rf"{_NUMBER}\s?(?:%p|%|퍼센트|프로|배)"
_RANK = r"\d{1,3}\s?위"
_PHONE = r"0\d{1,2}[-)]\s?\d{3,4}-\d{4}|1\d{3}-\d{4}"

_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "when": re.compile(
        rf"{_DATE}(?:\s?[~∼-]\s?(?:{_DATE}|{_CLOCK}))?|{_CLOCK}\s?[~∼-]\s?{_CLOCK}|격년|매년|매월|연간|다음\s?달|내년|올해"
    ),
    "how_much": re.compile(rf"{_MONEY}|{_PERCENT}"),
    "how_many": re.compile(rf"{_COUNT}|{_PERCENT}"),
    "percent": re.compile(_PERCENT),
    "rank": re.compile(_RANK),
    "contact": re.compile(_PHONE),
}
_NUMERIC = re.compile(r"\d")
_ENUMERATION = re.compile(r"[①-⑳].*[①-⑳]|(?:[^,·/]{2,20}[,·/]\s?){2,}")
_DEFINITION = re.compile(
    r"^[^:：]{2,30}\s[:：]\s|이란\s|란\s|\(이하|말한다|뜻한다|의미한다|것을 말|인\s|하는 것"
)
_PERSON_OR_OFFICE = re.compile(
    r"장관|차관|과장|사무관|서기관|팀장|위원장|위원회|부처|부총리|책임자|담당|주관|주최|"
    r"시장|도지사|[가-힣]{2,}(?:부|처|청|원|단|과|국|실)(?![가-힣])|명(?:\s|$|이|의)"
)
_PROCEDURE = re.compile(r"→.+→|①.+②|방법으로|방식으로|순으로|거쳐|통해|통하여")
_PLACE = re.compile(
    r"[가-힣A-Za-z0-9]+(?:청사|회의실|센터|타워|호텔|대학교|회관|빌딩|홀|강당|컨벤션|누리집|홈페이지|캠퍼스|시|구|동|층)"
)


def candidates(kind: str, text: str) -> tuple[str, ...]:
    """Strings in a text that could answer a question of this type, in order."""
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        return ()
    return tuple(match.group().strip() for match in pattern.finditer(text))


def has_answer(kind: str, text: str) -> float:
    """Whether a text can hold an answer of this type: 1 yes, 0 no, 0.5 cannot tell."""
    pattern = _PATTERNS.get(kind)
    if pattern is not None:
        counted = kind in {"how_much", "how_many"} and bool(_NUMERIC.search(text))
        return 1.0 if pattern.search(text) else 0.5 if counted else 0.0
    if kind in _SIGNS:
        sign, without = _SIGNS[kind]
        return 1.0 if sign.search(text) else without
    return 0.5


# Signs of an answer that no single pattern settles, with what a text without them may still be.
_SIGNS: Mapping[str, tuple[re.Pattern[str], float]] = {
    "where": (_PLACE, 0.4),
    "list": (_ENUMERATION, 0.4),
    "what_is": (_DEFINITION, 0.5),
    "who": (_PERSON_OR_OFFICE, 0.4),
    "how": (_PROCEDURE, 0.5),
}
