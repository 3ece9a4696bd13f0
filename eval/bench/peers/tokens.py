"""How the peers turn a text into tokens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from eval.bench.beir import Entry

Tagged = Sequence[tuple[str, str]]
Analyse = Callable[[str], Tagged]
Tokenise = Callable[[str], list[str]]

_CONTENT = frozenset({"NN", "NR", "NP", "VV", "VA", "XR", "MA", "SL", "SN", "SH"})


def entry_text(entry: Entry) -> str:
    """What a peer indexes of an entry: its title, where it has one, above its text."""
    return "\n".join(part for part in (entry.title, entry.text) if part)


def spaced_words(text: str) -> list[str]:
    """The words between spaces, as they are written."""
    return [sys.intern(word) for word in text.split()]


def all_forms(tagged: Tagged) -> list[str]:
    """The form of every morpheme, particles, endings and punctuation too."""
    return [form for form, _ in tagged]


def content_forms(tagged: Tagged) -> list[str]:
    """Nouns, verbs, adjectives, adverbs, roots, numbers and foreign words as ``form/TT``."""
    kept = (f"{form.lower()}/{tag[:2]}" for form, tag in tagged if tag[:2] in _CONTENT)
    return [sys.intern(term) for term in kept]  # one object a term: large sets must fit in memory


def every_term(tagged: Tagged) -> list[str]:
    """Every morpheme as ``form/TT``, the key of the word vectors."""
    return [f"{form}/{tag[:2]}" for form, tag in tagged]
