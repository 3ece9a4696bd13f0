"""Articles of statutes in documents: which sections are articles, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Document, Section

_NUMBER = r"제\s?\d+조(?:의\s?\d+)?"
_NAMED = re.compile(rf"({_NUMBER})\s*\((.+)\)")
_ANY = re.compile(rf"{_NUMBER}(?![\d가-힣])")
_SUPPLEMENT = "부칙"


@dataclass(frozen=True, slots=True)
class Article:
    """A section that is an article, its number such as "제3조의2" and its name."""

    section: Section
    number: str
    name: str


def is_article(section: Section) -> bool:
    """Whether a heading begins with an article's number."""
    return _ANY.match(section.heading) is not None


def named_articles(document: Document) -> Iterator[Article]:
    """The articles whose heading gives a name in brackets."""
    for section in document.sections:
        if match := _NAMED.match(section.heading):
            number, name = match.groups()
            yield Article(section, re.sub(r"\s", "", number), name.strip())


def is_supplementary(section: Section) -> bool:
    """Whether a section is of the supplementary provisions, which count their articles anew."""
    return any(heading.startswith(_SUPPLEMENT) for heading in section.path)
