"""Collections the ranking learns from: the written texts in two forms, and statutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.load import document_from_bytes, load_document
from corpus.model import Document, Section
from eval.plain import SECTION, plain_document
from eval.statutes import is_supplementary, named_articles
from index.observe import Question
from index.training.written import WrittenDocument, WrittenPassage

_SHORTEST = 40  # characters of an article that says something
_BY_NAME, _BY_NUMBER = 8, 2  # articles asked of one statute


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
        Question(question.text, frozenset({(f"{one.name}-{place}", SECTION)}))
        for one in asked
        for place, passage in enumerate(one.passages)
        for question in passage.questions
    ]
    return Source(tuple(entries.values()), tuple(questions))


def statutes(folder: Path, *, count: int, seed: int = 0) -> Source:
    """Some acts with the decrees and rules to them; asked is an article by title, name, number."""
    paths = [path for one in _families(folder, seed=seed) for path in one][:count]
    # Their files are all called alike.
    documents = [
        replace(load_document(path), document_id=f"statute-{place}")
        for place, path in enumerate(paths)
    ]
    questions = [question for document in documents for question in _articles(document, seed=seed)]
    return Source(tuple(documents), tuple(questions))


def _families(folder: Path, *, seed: int) -> Iterator[list[Path]]:
    """The files of one folder after another: an act, its decree and its rules are alike."""
    folders = sorted({path.parent for path in folder.rglob("*/*.md")})
    for place in np.random.default_rng(seed).permutation(len(folders)):
        yield sorted(folders[int(place)].glob("*.md"))


def _articles(document: Document, *, seed: int) -> Iterator[Question]:
    """Articles by a name that stands once, and by a number of the statute's own articles."""
    every = list(named_articles(document))
    times = Counter(article.name for article in every)
    chance = np.random.default_rng(seed)
    named = [article for article in every if times[article.name] == 1 and _says(article.section)]
    own = [article for article in every if not is_supplementary(article.section)]
    title = document.metadata.title
    for articles, count, wording in (
        (named, _BY_NAME, "{title} {name}"),
        (own, _BY_NUMBER, "{title} {number}"),
    ):
        for place in chance.permutation(len(articles))[:count]:
            one = articles[int(place)]
            text = wording.format(title=title, name=one.name, number=one.number)
            yield Question(text, frozenset({(document.document_id, one.section.section_id)}))


def _says(section: Section) -> bool:
    return section.end - section.start > _SHORTEST


def _sections_below(document: Document, heading: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (document.document_id, section.section_id)
        for section in document.sections
        if heading in (section.heading, *section.path)
    )


def _entry(name: str, written: WrittenDocument, passage: WrittenPassage) -> Document:
    return plain_document(name, f"{written.title} {passage.heading}\n\n{passage.body}")


def sampled(questions: Iterable[Question], *, count: int, seed: int = 0) -> tuple[Question, ...]:
    """So many of the questions, in random order."""
    every = list(questions)
    order = np.random.default_rng(seed).permutation(len(every))[:count]
    return tuple(every[int(place)] for place in order)
