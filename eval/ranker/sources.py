"""Collections the ranking learns from: the written texts in two forms, and statutes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.load import document_from_bytes, load_document
from corpus.model import Document, Metadata, Section
from index.observe import Question
from index.training.written import WrittenDocument, WrittenPassage

_SHORTEST = 120  # characters of an article that says something
_OF_EACH = 8  # articles of one statute
_NUMBER = re.compile(r"^제\d+조(?:의\d+)?\s*\((.+)\)$")


@dataclass(frozen=True, slots=True)
class Source:
    """Documents and questions about them."""

    documents: tuple[Document, ...]
    questions: tuple[Question, ...]


def as_documents(written: Sequence[WrittenDocument], *, asked: Sequence[WrittenDocument]) -> Source:
    """All written texts as documents with an outline; the questions of those ``asked``."""
    documents = {
        one.name: document_from_bytes(one.markdown().encode(), name=f"{one.name}.md")
        for one in written
    }
    questions = [
        Question(question.text, _sections_below(documents[one.name], passage.heading))
        for one in asked
        for passage in one.passages
        for question in passage.questions
    ]
    return Source(tuple(documents.values()), tuple(questions))


def as_entries(written: Sequence[WrittenDocument], *, asked: Sequence[WrittenDocument]) -> Source:
    """Each written section as a text of its own, as public collections hold them."""
    entries = {
        (one.name, place): _entry(f"{one.name}-{place}", one, passage)
        for one in written
        for place, passage in enumerate(one.passages)
    }
    questions = [
        Question(question.text, frozenset({(f"{one.name}-{place}", "s0")}))
        for one in asked
        for place, passage in enumerate(one.passages)
        for question in passage.questions
    ]
    return Source(tuple(entries.values()), tuple(questions))


def statutes(folder: Path, *, count: int, seed: int = 0) -> Source:
    """Some statutes; asked is an article by the statute's title and the article's name."""
    paths = sorted(folder.rglob("*/*.md"))
    chosen = np.random.default_rng(seed).permutation(len(paths))[:count]
    # Their files are all called alike.
    documents = [
        replace(load_document(paths[int(place)]), document_id=f"statute-{place}")
        for place in chosen
    ]
    questions = [question for document in documents for question in _articles(document, seed=seed)]
    return Source(tuple(documents), tuple(questions))


def _articles(document: Document, *, seed: int) -> Iterator[Question]:
    named: dict[str, list[Section]] = {}
    for section in document.sections:
        if match := _NUMBER.match(section.heading):
            named.setdefault(match[1], []).append(section)
    single = [(name, found[0]) for name, found in named.items() if len(found) == 1]
    long = [(name, one) for name, one in single if one.end - one.start > _SHORTEST]
    order = np.random.default_rng(seed).permutation(len(long))[:_OF_EACH]
    for name, section in (long[int(place)] for place in order):
        key = (document.document_id, section.section_id)
        yield Question(f"{document.metadata.title} {name}", frozenset({key}))


def _sections_below(document: Document, heading: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (document.document_id, section.section_id)
        for section in document.sections
        if heading in (section.heading, *section.path)
    )


def _entry(name: str, written: WrittenDocument, passage: WrittenPassage) -> Document:
    return plain_document(name, f"{written.title} {passage.heading}\n\n{passage.body}")


def plain_document(name: str, text: str) -> Document:
    """A text without an outline: one section, no title."""
    whole = Section(
        section_id="s0", ordinal=0, heading="", path=(), level=0, start=0, end=len(text)
    )
    return Document(
        document_id=name,
        metadata=Metadata(),
        text=text,
        sections=(whole,),
        items=(),
        contacts=(),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        source=name,
    )


def sampled(questions: Iterable[Question], *, count: int, seed: int = 0) -> tuple[Question, ...]:
    """So many of the questions, in random order."""
    every = list(questions)
    order = np.random.default_rng(seed).permutation(len(every))[:count]
    return tuple(every[int(place)] for place in order)
