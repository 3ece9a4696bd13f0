"""What the head of a document says: title, issuer, published date, embargo, kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from corpus.dates import KST, as_datetime, find_dates, years_of
from corpus.lines import ends_sentence, is_date_line, is_enclosed
from corpus.markers import read_marker
from corpus.model import Metadata
from corpus.readers.base import BlockKind, ReadDocument

_HEAD_BLOCKS = 16
_HEAD_CHARS = 1500
_NOT_A_TITLE = re.compile(
    r"보\s?도\s?(?:자료|시점|일시|참고)|배\s?포|보도하여|이후\s?보도|인터넷|담당|문의"
    r"|^\(.*\)$|^page|^\d+$",
    re.IGNORECASE,
)
_TITLE_WORD = re.compile(
    r"계획|공고|안내|지침|고시|방안|전략|보고서|규정|훈령|예규|설명자료|매뉴얼|가이드|법률?$|시행령|조례"
)
_KINDS = (
    (
        "보도자료",
        re.compile(r"보\s?도\s?자\s?료|보도\s?시점|석간|조간|라고 (?:밝혔|말했)|고 밝혔다"),
    ),
    ("공고", re.compile(r"공고문?|모집\s?공고|재공고")),
    ("기본계획", re.compile(r"기본\s?계획|종합\s?계획")),
    ("법령", re.compile(r"제1조\s?\(목적\)")),
)
_ISSUER_OFFICE = re.compile(
    r"([가-힣·]{2,14}(?:부|처|청|위원회|원|실|시|도|공단|공사|진흥원|재단))\s?"
    r"\((?:부총리|장관|청장|처장|위원장|원장|이사장|시장|도지사|사장)"
)
_ISSUER_LINE = re.compile(r"^[가-힣]{2,12}(?:부|처|청|위원회|시|도|공단|공사|진흥원)$")
_ISSUER_MENTION = re.compile(
    r"(?<![가-힣])([가-힣]{3,12}(?:부|처|청|위원회))(?=[은는이가와의]?\s|[(,은는])"
)
_ANNOUNCED = re.compile(r"고 밝혔다|발표했다|발표하였다")
_EMBARGO = re.compile(r"(?:이후\s?보도|보도\s?시점|엠바고)")


def find_title(read: ReadDocument) -> tuple[str, int]:
    """The title and the offset at which it ends; ("", 0) where no line reads as one."""
    given = read.head.get("title")
    if isinstance(given, str) and given.strip():
        return " ".join(given.split()), 0
    lines = [
        (read.text[block.start : block.end], block)
        for block in read.blocks[:_HEAD_BLOCKS]
        if block.kind is not BlockKind.TABLE
    ]
    headings = [(text, block.end) for text, block in lines if block.kind is BlockKind.HEADING]
    if headings:
        return headings[0][0], 0
    candidates = [(text, block.end) for text, block in lines if _may_be_title(text)]
    if not candidates:
        return "", 0
    first = candidates[0]
    if len(first[0]) >= 20 or len(candidates) == 1:
        return first
    return next((c for c in candidates if _TITLE_WORD.search(c[0])), first)


def read_metadata(read: ReadDocument, *, title: str) -> Metadata:
    """Metadata from a document's own head block and, where that is silent, from its text."""
    head = read.head
    start = read.text[:_HEAD_CHARS]
    return Metadata(
        title=title,
        issuer=_text(head, "issuer", "author", "기관") or _find_issuer(read.text),
        kind=_text(head, "kind") or _find_kind(title, start, read.text),
        published=_date(head, "published", "date") or _find_published(read.text),
        embargo=_moment(head, "embargo") or _find_embargo(start),
        source_title=_text(head, "source_title"),
        language=_text(head, "language") or "ko",
    )


def _may_be_title(text: str) -> bool:
    if is_date_line(text) or sum("가" <= char <= "힣" for char in text) < 6:
        return False
    if len(text) < 10 or len(text) > 90 or is_enclosed(text) or ends_sentence(text):
        return text.endswith("다") and 10 <= len(text) <= 60 and not _NOT_A_TITLE.search(text)
    marker = read_marker(text)
    return marker is None and not _NOT_A_TITLE.search(text)


def _find_issuer(text: str) -> str:
    start = text[:4000]
    office = _ISSUER_OFFICE.search(start)
    if office is not None:
        return office.group(1)
    for line in start.splitlines()[:40]:
        if _ISSUER_LINE.match(line.strip()):
            return line.strip()
    counts: dict[str, int] = {}
    for name in _ISSUER_MENTION.findall(start):
        counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name], default="")


def _find_kind(title: str, start: str, text: str) -> str:
    for name, pattern in _KINDS:
        if pattern.search(title):
            return name
    return next((name for name, pattern in _KINDS if pattern.search(start)), "") or next(
        (name for name, pattern in _KINDS if pattern.search(text)), ""
    )


def _find_published(text: str) -> date | None:
    """The date of a press-release head, else of the sentence that announces ("…고 밝혔다")."""
    year = next(iter(years_of(text)), None)
    head = re.search(r"보\s?도\s?(?:자료|시점|일시)|배\s?포|석간|조간", text[:400])
    if head is not None:
        found = next(find_dates(text[:600], default_year=year), None)
        return found.day if found else None
    said = _ANNOUNCED.search(text)
    if said is None:
        return None
    start = max(text.rfind(mark, 0, said.start()) for mark in ".\n") + 1
    found = next(find_dates(text[start : said.end()], default_year=year), None)
    return found.day if found else None


def _find_embargo(start: str) -> datetime | None:
    match = _EMBARGO.search(start)
    if match is None:
        return None
    year = next(iter(years_of(start)), None)
    window = start[max(0, match.start() - 60) : match.end() + 60]
    timed = [found for found in find_dates(window, default_year=year) if found.at is not None]
    return as_datetime(timed[0], end_of_day=False) if timed else None


def _text(head: Mapping[str, object], *keys: str) -> str:
    values = [head[key] for key in keys if isinstance(head.get(key), str | int | float)]
    return next((text for value in values if (text := " ".join(str(value).split()))), "")


def _date(head: Mapping[str, object], *keys: str) -> date | None:
    for key in keys:
        value = head.get(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            found = next(find_dates(value), None)
            if found is not None:
                return found.day
    return None


def _moment(head: Mapping[str, object], key: str) -> datetime | None:
    value = head.get(key)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=KST)
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=KST)
    return None
