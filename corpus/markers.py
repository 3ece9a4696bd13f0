"""Recognises the markers official documents open a line with.

Sources: the numbering order of the administrative-work regulations (1. 가. 1) 가) (1) (가) ① ㉮),
the □ ○ - · hierarchy of press releases and plans, and 편/장/절/조/항 of statutes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Rank(IntEnum):
    """Default depth of a marker; the outline adjusts it to the order of appearance."""

    TITLE = 0
    MAJOR = 10
    CHAPTER = 11
    SUBCHAPTER = 12
    ARTICLE = 20
    NUMBERED = 30
    IMPLICIT = 40
    BOX = 50
    ITEM = 60
    DASH = 70
    NOTE = 90


@dataclass(frozen=True, slots=True)
class Marker:
    """A line's opening mark: its class, default rank, printed form and where the text begins."""

    name: str
    rank: Rank
    printed: str
    body: int


_ROMAN = r"(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]{1,2}|(?:IX|IV|VI{0,3}|I{1,3}|X))"
_NO_DATE = r"(?!\d{1,2}\.\s?\d{1,2}\.?\s?\([월화수목금토일]\))"  # "5. 18.(월)"
_PATTERNS: tuple[tuple[str, Rank, re.Pattern[str]], ...] = (
    ("agenda", Rank.MAJOR, re.compile(r"[<〈《]\s*(?:안건|과제|의안)\s*\d+\s*[>〉》]")),
    (
        "attachment",
        Rank.MAJOR,
        re.compile(
            r"[<〈《\[【]?\s*(?:참\s?고|붙\s?임|별\s?지|별\s?첨|별\s?표|첨\s?부|부\s?록)"
            r"(?:\s?자료)?(?:\s*(?:제\s*)?\d{1,2}(?:-\d+)?(?:\s*호(?:\s*서식)?)?"
            r"\s*[>〉》\]】]?\.?(?![\d,%~])|\s*[>〉》\]】]?(?=[\s:]|$))"
        ),
    ),
    ("part", Rank.MAJOR, re.compile(r"제\s?\d+\s?편(?=\s)")),
    ("chapter", Rank.CHAPTER, re.compile(r"제\s?\d+\s?장(?=\s)")),
    ("section", Rank.SUBCHAPTER, re.compile(r"제\s?\d+\s?[절관](?=\s)")),
    ("article", Rank.ARTICLE, re.compile(r"제\s?\d+조(?:의\s?\d+)?(?=[\s(]|$)")),
    ("roman", Rank.MAJOR, re.compile(rf"{_ROMAN}(?:\.|(?=\s))\s*(?=\S)")),
    ("decimal", Rank.NUMBERED, re.compile(rf"{_NO_DATE}\d{{1,2}}[-.]\d{{1,2}}\.?(?=\s|$)")),
    ("number", Rank.NUMBERED, re.compile(rf"{_NO_DATE}\d{{1,2}}\.(?=\s|[가-힣])")),
    ("bare_number", Rank.NUMBERED, re.compile(r"\d{1,2}(?=\s+[가-힣A-Z「(])")),
    ("box", Rank.BOX, re.compile(r"[□■◇◆☐☑✓✔▣◈❏❑]")),
    ("korean", Rank.ITEM, re.compile(r"[가나다라마바사아자차카타파하]\.(?=\s)")),
    ("number_paren", Rank.ITEM, re.compile(r"\d{1,2}\)")),
    ("korean_paren", Rank.ITEM, re.compile(r"[가나다라마바사아자차카타파하]\)")),
    ("paren_number", Rank.ITEM, re.compile(r"\(\d{1,2}\)(?=\s)")),
    ("circled", Rank.ITEM, re.compile(r"[①-⑳❶-❿➀-➓]")),
    ("circle", Rank.ITEM, re.compile(r"(?:[○●◦ㅇ◎](?=\s|\()|[○●◦◎]|o(?=\s))")),
    ("arrow", Rank.DASH, re.compile(r"(?:[→⇒⇨▶►➡☞](?=\s))")),
    ("dash", Rank.DASH, re.compile(r"[-–—―](?=\s|[가-힣(])")),
    ("dot", Rank.DASH, re.compile(r"[·•▪▫∙‧ㆍ◾](?=\s)|[▪▫•]")),
    ("reference_mark", Rank.NOTE, re.compile(r"※")),
    ("footnote", Rank.NOTE, re.compile(r"\*{1,3}(?=\s|[(\[가-힣'‘\"“①-⑳0-9A-Za-z])")),
)
_LABEL = re.compile(r"\s*[(\[【]\s*([^()\[\]【】\n]{1,24}?)\s*[)\]】]\s*(?=\S)")
_COLON_LABEL = re.compile(r"\s*([가-힣A-Za-z&·∙‧/ ]{1,16}?)\s*[:：](?=\s*\S)")
_BAR_LABEL = re.compile(r"\s*([^|\n]{2,40}?)\s*\|\s*(?=\S|$)")


def read_marker(line: str) -> Marker | None:
    """The marker a line opens with; a list dash before another marker is passed over.

    Offsets are characters of ``line``, which has no leading blanks.
    """
    marker = _match(line)
    if marker is None or marker.name != "dash":
        return marker
    rest = line[marker.body :]
    inner = _match(rest)
    if inner is None or inner.name not in {
        "box",
        "circled",
        "circle",
        "reference_mark",
        "footnote",
        "arrow",
    }:
        return marker
    # "- ☑ …" and "- * …": the dash is how a converter wrote the list, not the author's marker.
    printed = line[: marker.body] + inner.printed
    return Marker(inner.name, inner.rank, printed, marker.body + inner.body)


def read_label(body: str) -> str:
    """A leading "(신청 주체)", "일시 :" or "label |" of an item's text, without its marks."""
    for pattern in (_LABEL, _COLON_LABEL, _BAR_LABEL):
        match = pattern.match(body)
        if match is not None:
            return match.group(1).strip()
    return ""


def _match(line: str) -> Marker | None:
    for name, rank, pattern in _PATTERNS:
        match = pattern.match(line)
        if match is None:
            continue
        body = match.end()
        while body < len(line) and line[body] in " \t":
            body += 1
        return Marker(name, rank, match.group().strip(), body)
    return None
