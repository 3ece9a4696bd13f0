"""What a piece of evidence holds by its form: a date, a sum, a phone number, a reason."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from assistant.evidence import Evidence, is_heading
from assistant.matching import Floats
from corpus.model import ItemKind

# Each is one input of the reader, which learns what kind of question each speaks for.
_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form)
    for form in (
        r"\d",
        r"\d{4}\s?[.년]|\d{1,2}\.\s?\d{1,2}|\d{1,2}월",
        r"까지|마감|이내|내에",
        r"\d+\s?시|\d:\d\d|오전|오후",
        r"\d\s?(?:조|억|만|천)?\s?원|\d\s?(?:억|조)",
        r"%|퍼센트",
        r"\d\s?(?:명|인)",
        r"\d\s?(?:개|건|곳|호|종|가지|대|회|점|팀|면)",
        r"\d\s?(?:년|개월|일|주|시간|분)",
        r"0\d{1,2}-\d",
        r"https?:|www|누리집|홈페이지|\.kr|@",
        r"위하|위해|때문|으로 인|도모|목적|취지",
        r"[시군구읍면동도]\b|층|호실|센터|회관|청사|로 \d",
        r"과\b|담당|팀\b|부서|위원회|청\b|원\b",
        r"서류|신청서|사본|증명|계획서",
        r"온라인|방문|우편|팩스|앱",
        r"제외|없|아니|않|불가|못",
        r"가능|할 수 있|된다|됨|허용",
        r"대상|자격|요건|해당하는",
        r"\d\s?위|순위|등급",
        r"→|➝|⇒|단계|절차|거쳐",
        r"·|,.*,",
        r"이란|말한다|뜻|의미",
        r"취소|환수|벌금|과태료|제재|반환|감면|할인|지급|지원",
    )
)
_KINDS = (ItemKind.HEADING, ItemKind.TABLE_ROW, ItemKind.LIST_ITEM)
_LONG, _SHORT, _WIDE = 200, 15, 6
_CACHED = 100_000

SIZE = len(_FORMS) + len(_KINDS) + 3


def profile(evidence: Evidence) -> Floats:
    """The forms, the kind and the size of evidence, shape (``SIZE``,), each in 0..2."""
    held = _forms(f"{evidence.text} {evidence.headers}")
    kind = ItemKind.HEADING if is_heading(evidence) else evidence.item.kind
    kinds = tuple(1.0 if kind is one else 0.0 for one in _KINDS)
    length = len(evidence.text)
    size = (
        min(length / _LONG, 2.0),
        1.0 if length < _SHORT else 0.0,
        min(len(evidence.item.cells) / _WIDE, 1.5),
    )
    return np.array((*held, *kinds, *size), dtype=np.float32)


@lru_cache(maxsize=_CACHED)
def _forms(text: str) -> tuple[float, ...]:
    return tuple(1.0 if form.search(text) else 0.0 for form in _FORMS)
