"""Articles of statutes: what peers index, and questions whose answer is one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from corpus.model import Document
from eval.bench.beir import Entry
from eval.errors import BenchmarkError
from eval.statutes import is_article, named_articles

Place = tuple[str, str]  # document id, section id


@dataclass(frozen=True, slots=True)
class Units:
    """Texts to index, an article whole with all below it, and the unit of every section."""

    entries: tuple[Entry, ...]
    unit_of: Mapping[Place, str]


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """A title with the name of an article, and the unit that is it."""

    text: str
    unit: str


def units_of(documents: Iterable[Document]) -> Units:
    """The units of all documents: articles, and sections that stand below none."""
    entries: list[Entry] = []
    unit_of: dict[Place, str] = {}
    for document in documents:
        heads = _heads(document)
        spans: dict[int, tuple[int, int]] = {}
        for section in document.sections:
            head = heads[section.ordinal]
            start, end = spans.get(head, (section.start, section.end))
            spans[head] = (min(start, section.start), max(end, section.end))
            unit_of[document.document_id, section.section_id] = _unit(document, head)
        entries.extend(
            Entry(_unit(document, head), document.metadata.title, document.text[slice(*span)])
            for head, span in spans.items()
        )
    return Units(tuple(entries), unit_of)


def article_questions(
    documents: Iterable[Document], *, count: int, seed: int
) -> tuple[ArticleQuestion, ...]:
    """Questions for articles whose name stands once under their title, chosen by the seed.

    Raises ``BenchmarkError`` where no heading is an article's with a name.
    """
    named = [
        (document.metadata.title, article.name, _unit(document, article.section.ordinal))
        for document in documents
        for article in named_articles(document)
    ]
    times = Counter((title, name) for title, name, _ in named)
    unique = [
        ArticleQuestion(f"{title} {name}", unit)
        for title, name, unit in named
        if times[title, name] == 1
    ]
    if not unique:
        raise BenchmarkError('no heading is that of an article, like "제1조 (목적)"; name statutes')
    return tuple(Random(seed).sample(unique, min(count, len(unique))))  # noqa: S311 - no secret


def _heads(document: Document) -> list[int]:
    """By ordinal, the section a section belongs to: the article it stands below, or itself."""
    heads: list[int] = []
    for section in document.sections:
        parent = section.parent
        above = heads[parent] if parent is not None and parent < len(heads) else None
        below = above is not None and is_article(document.sections[above])
        heads.append(above if below and above is not None else section.ordinal)
    return heads


def _unit(document: Document, ordinal: int) -> str:
    return f"{document.document_id}#{ordinal}"
