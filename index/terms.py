"""Content terms of a text: what lexical search matches, as `form/TT` strings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

CONTENT_TAGS = frozenset({"NN", "NR", "NP", "VV", "VA", "XR", "MA", "SL", "SN", "SH"})
LONG_NOUN = 4
_LONGEST_NOUN = 60  # no noun is longer; a page of one syllable would be analysed twice

# "제29조의2", "제1항": one exact term each, because "29", "조" and "2" match everywhere.
_ARTICLE = re.compile(r"제\s?(\d{1,4})\s?(조|항|호|장|절|관|편|차)(?:\s?의\s?(\d{1,3}))?")
_PLACE = re.compile(r"([가-힣]{2,4}?)(?:특별자치시|특별자치도|특별시|광역시|시|군|구|도)")
_DIGITS = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_QUOTES = frozenset("'’‘`´′")


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One morpheme: ``start``/``end`` are character offsets of the analysed text.

    ``tag`` is Kiwi's tag without the suffix of irregular verbs. Morphemes that share a
    syllable ("했" = 하 + 었) share its span.
    """

    form: str
    tag: str
    start: int
    end: int


def term_of(form: str, tag: str) -> str:
    """The key of a morpheme in indexes and embeddings: "사업/NN"."""
    return f"{unicodedata.normalize('NFC', form).replace(' ', '')}/{tag[:2]}"


def place_stem(form: str, tag: str) -> str:
    """A place without the word for its rank ("서귀포시": "서귀포"); empty for other words.

    Offices write one and people say the other.
    """
    match = _PLACE.fullmatch(form) if tag == "NNP" else None
    return match.group(1) if match else ""


def content_terms(
    text: str, morphemes: Sequence[Morpheme], *, parts: Callable[[str], tuple[str, ...]]
) -> list[str]:
    """The content terms of a text in reading order.

    ``parts`` splits a long noun into shorter ones, and is empty for one that has none.
    """
    articles = list(_ARTICLE.finditer(text))
    terms = [_article_term(match) for match in articles]
    previous: Morpheme | None = None
    for morpheme in _outside(morphemes, [match.span() for match in articles]):
        terms.extend(_morpheme_terms(morpheme, text=text, parts=parts))
        if previous is not None and _joins(previous, morpheme, text=text):
            terms.append(term_of(previous.form + morpheme.form, "NN"))
        previous = morpheme
    return terms


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
    covered = {place for span in spans for place in range(*span)}
    return (morpheme for morpheme in morphemes if morpheme.start not in covered)


def _morpheme_terms(
    morpheme: Morpheme, *, text: str, parts: Callable[[str], tuple[str, ...]]
) -> Iterator[str]:
    tag = morpheme.tag[:2]
    if tag == "SN" or morpheme.tag == "W_SERIAL":
        yield from _number_terms(morpheme, text=text)
    elif tag == "SL" or morpheme.tag in {"W_EMAIL", "W_URL", "W_HASHTAG"}:
        yield term_of(unicodedata.normalize("NFKC", morpheme.form).lower(), tag)
    elif tag in CONTENT_TAGS:
        yield term_of(morpheme.form, tag)
        if stem := place_stem(morpheme.form, morpheme.tag):
            yield term_of(stem, "NN")
        if tag == "NN" and LONG_NOUN <= len(morpheme.form) <= _LONGEST_NOUN:
            yield from _part_terms(parts(morpheme.form))


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


def _joins(left: Morpheme, right: Morpheme, *, text: str) -> bool:
    """Whether two nouns stand side by side, so that they may also be written as one."""
    gap = text[left.end : right.start]
    nouns = left.tag in {"NNG", "NNP"} and right.tag in {"NNG", "NNP"}
    return nouns and left.end <= right.start and gap in {"", " "}
