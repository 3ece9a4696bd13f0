"""Pairs of texts about the same thing, from a folder of statutes in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Terms = tuple[str, ...]
TermsOf = Callable[[str], Sequence[str]]

_TITLE = re.compile(r"^제목: (.*)$", re.MULTILINE)
_ARTICLE = re.compile(r"^##### (제\d+조(?:의\d+)?) ?(?:\((.*?)\))?\s*$", re.MULTILINE)
_HISTORY = re.compile(
    r"<(?:개정|신설|전문개정|본조신설)[^>]*>|\[[^\]]*(?:개정|신설|이동|시행일)[^\]]*\]|\\"
)
# A decree says "법 제9조" of the act it belongs to, and names any other in brackets.
_OWN_ACT = re.compile(r"(?<![가-힣」])법 (제\d+조(?:의\d+)?)")
_ACT = "법률"
_EVEN = 0.5
_SHORTEST, _LONGEST, _CITING = 30, 600, 300
_TITLE_TERMS, _TAIL_TERMS, _DECREE_TERMS, _FEWEST = 10, 14, 24, 8


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a statute: heading, text and the numbers of its act that it cites."""

    number: str
    heading: Terms
    body: Terms
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statute:
    """One act, decree or rule; ``family`` is the folder it shares with those made under it."""

    family: str
    level: str
    title: Terms
    articles: tuple[Article, ...]


def read_statute(path: Path, *, terms_of: TermsOf) -> Statute:
    """The articles of one file that are long enough to learn from."""
    text = path.read_text(encoding="utf-8")
    match = _TITLE.search(text)
    title = match.group(1).strip("'\" ") if match else path.parent.name
    articles = tuple(_articles(text, terms_of=terms_of))
    return Statute(path.parent.name, path.stem, tuple(terms_of(title)), articles)


def _articles(text: str, *, terms_of: TermsOf) -> Iterator[Article]:
    parts = _ARTICLE.split(text)
    for number, heading, raw in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        body = _HISTORY.sub("", re.split(r"^#", raw, maxsplit=1, flags=re.MULTILINE)[0]).strip()
        if len(body) < _SHORTEST:
            continue
        cited = tuple(_OWN_ACT.findall(body[:_CITING]))
        yield Article(
            number, tuple(terms_of(heading or "")), tuple(terms_of(body[:_LONGEST])), cited
        )


def law_pairs(statutes: Sequence[Statute], *, seed: int = 0) -> list[tuple[Terms, Terms]]:
    """(question, passage) pairs: heading to article, end of an article to its beginning, a
    decree's article to the article of the act it cites.
    """
    chance = np.random.default_rng(seed)
    acts = {
        (statute.family, article.number): (statute, article)
        for statute in statutes
        if statute.level == _ACT
        for article in statute.articles
    }
    pairs: list[tuple[Terms, Terms]] = []
    for statute in statutes:
        for article in statute.articles:
            pairs.extend(_of_article(statute, article, acts=acts, chance=chance))
    return [pairs[place] for place in chance.permutation(len(pairs))]


def _of_article(
    statute: Statute,
    article: Article,
    *,
    acts: Mapping[tuple[str, str], tuple[Statute, Article]],
    chance: np.random.Generator,
) -> Iterator[tuple[Terms, Terms]]:
    half = len(article.body) // 2
    if article.heading and len(article.body) > _FEWEST:
        if chance.random() < _EVEN:
            yield statute.title[:_TITLE_TERMS] + article.heading, article.body
        else:
            yield article.heading + article.body[half:][:_TAIL_TERMS], article.body[:half]
    if statute.level == _ACT:
        return
    for number in article.cites[:1]:
        if (cited := acts.get((statute.family, number))) is not None:
            yield article.body[:_DECREE_TERMS], cited[1].heading + cited[1].body
