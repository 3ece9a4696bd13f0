"""Content terms of a text: what lexical search matches, as `form/TT` strings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

CONTENT_TAGS = frozenset({"NN", "NR", "NP", "VV", "VA", "XR", "MA", "SL", "SN", "SH"})
LONG_NOUN = 4
LONGEST_NOUN = 60  # no noun is longer; a page of one syllable would be analysed twice

# "제29조의2", "제1항": one exact term each, because "29", "조" and "2" match everywhere.
_ARTICLE = re.compile(r"제\s?(\d{1,4})\s?(조|항|호|장|절|관|편|차)(?:\s?의\s?(\d{1,3}))?")
_PLACE = re.compile(r"([가-힣]{2,4}?)(?:특별자치시|특별자치도|특별시|광역시|시|군|구|도)")
_FOREIGN = frozenset({"W_EMAIL", "W_URL", "W_HASHTAG"})
_REMEMBERED = 1 << 18  # words: all that a corpus of a hundred million characters has often
_BEYOND = 1 << 62
_DIGITS = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_QUOTES = frozenset("'’‘`´′")


class Morpheme(NamedTuple):
    """One morpheme: ``start``/``end`` are character offsets of the analysed text.

    ``tag`` is Kiwi's tag without the suffix of irregular verbs. Morphemes that share a
    syllable ("했" = 하 + 었) share its span. A tuple, because a large corpus has a hundred
    million of them and a dataclass takes three times as long to make.
    """

    form: str
    tag: str
    start: int
    end: int


def term_of(form: str, tag: str) -> str:
    """The key of a morpheme in indexes and embeddings: "사업/NN"."""
    return f"{unicodedata.normalize('NFC', form).replace(' ', '')}/{tag[:2]}"


def own_term(morpheme: Morpheme) -> str:
    """The term of a morpheme; foreign words are indexed in lower case."""
    form = morpheme.form.lower() if morpheme.tag == "SL" else morpheme.form
    return term_of(form, morpheme.tag)


def place_stem(form: str, tag: str) -> str:
    """A place without the word for its rank ("서귀포시": "서귀포"); empty for other words.

    Offices write one and people say the other.
    """
    match = _PLACE.fullmatch(form) if tag == "NNP" else None
    return match.group(1) if match else ""


class TermReader:
    """Makes content terms of morphemes, and remembers those of the words met most.

    ``parts`` splits a long noun into shorter ones, and is empty for one that has none.
    """

    def __init__(self, parts: Callable[[str], tuple[str, ...]]) -> None:
        self._parts = parts
        self._terms_of = lru_cache(maxsize=_REMEMBERED)(self._word_terms)
        self._joined = lru_cache(maxsize=_REMEMBERED)(_joined_term)

    def terms(self, text: str, morphemes: Sequence[Morpheme]) -> list[str]:
        """The content terms of a text in reading order, after those of cited articles."""
        articles = list(_ARTICLE.finditer(text)) if "제" in text else []
        terms = [_article_term(match) for match in articles]
        if articles:
            morphemes = list(_outside(morphemes, [match.span() for match in articles]))
        previous: Morpheme | None = None
        for morpheme in morphemes:
            form, tag, start, _ = morpheme
            if tag == "SN" or tag == "W_SERIAL":  # noqa: PLR1714 - faster than a set here
                terms.extend(_number_terms(morpheme, text=text))
            else:
                terms.extend(self._terms_of(form, tag))
            noun = tag == "NNG" or tag == "NNP"  # noqa: PLR1714 - as above
            if noun and previous is not None and _adjoin(previous.end, start, text=text):
                terms.append(self._joined(previous.form, form))
            previous = morpheme if noun else None
        return terms

    def _word_terms(self, form: str, tag: str) -> tuple[str, ...]:
        """The terms of a word that do not depend on the text around it."""
        if tag[:2] == "SL" or tag in _FOREIGN:
            return (term_of(unicodedata.normalize("NFKC", form).lower(), tag),)
        if tag[:2] not in CONTENT_TAGS:
            return ()
        found = [term_of(form, tag)]
        if stem := place_stem(form, tag):
            found.append(term_of(stem, "NN"))
        if tag[:2] == "NN" and LONG_NOUN <= len(form) <= LONGEST_NOUN:
            found.extend(_part_terms(self._parts(form)))
        return tuple(found)


def whole_parts(pieces: Sequence[str]) -> tuple[str, ...]:
    """The parts of a compound, single syllables joined to a neighbour; empty for one part.

    A split that leaves a syllable over ("클러스" + "터", "연구" + "소") is seldom a real one.
    """
    parts: list[str] = []
    for piece in pieces:
        if parts and (len(piece) == 1 or len(parts[0]) == 1 == len(parts)):
            parts[-1] += piece
        else:
            parts.append(piece)
    return tuple(parts) if len(parts) > 1 else ()


def _article_term(match: re.Match[str]) -> str:
    number, unit, branch = match.groups()
    suffix = f"의{int(branch)}" if branch else ""
    return f"제{int(number)}{unit}{suffix}/AR"


def _outside(morphemes: Sequence[Morpheme], spans: Sequence[tuple[int, int]]) -> Iterator[Morpheme]:
    """The morphemes that begin in none of the spans; both are in the order of the text."""
    ahead = iter((*spans, (_BEYOND, _BEYOND)))
    start, end = next(ahead)
    for morpheme in morphemes:
        while morpheme.start >= end:
            start, end = next(ahead)
        if morpheme.start < start:
            yield morpheme


def _part_terms(parts: tuple[str, ...]) -> Iterator[str]:
    yield from (term_of(part, "NN") for part in parts)
    # A long noun of three or more parts meets a text that writes two of them together.
    if len(parts) > 2:
        yield from (term_of(a + b, "NN") for a, b in pairwise(parts))


def _number_terms(morpheme: Morpheme, *, text: str) -> Iterator[str]:
    form = unicodedata.normalize("NFKC", morpheme.form)
    form = _GROUPED.sub(lambda match: match.group().replace(",", ""), form)
    numbers = _DIGITS.findall(form)
    yield from (f"{number}/SN" for number in numbers)
    # "'26년" is 2026: a question may write either.
    if numbers and len(numbers[0]) == 2 and text[: morpheme.start][-1:] in _QUOTES:
        yield f"20{numbers[0]}/SN"


def _adjoin(end: int, start: int, *, text: str) -> bool:
    """Whether two nouns stand side by side, so that they may also be written as one."""
    return end == start or (end + 1 == start and text[end] == " ")


def _joined_term(left: str, right: str) -> str:
    return term_of(left + right, "NN")
