"""The policy lexicon as the question analysis uses it: alternatives, types, cues, stop words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.lexicon import Lexicon
from index.alternatives import Alternative, Alternatives, Terms, core_terms, make_alternatives

_TELLING_CUE = 0.65
_TYPE_ORDER = (
    "contact",
    "rank",
    "percent",
    "when",
    "where",
    "who",
    "how_many",
    "how_much",
    "compare",
    "list",
    "may_i",
    "yes_no",
    "how",
    "why",
    "what_is",
    "which",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Policy words keyed by index terms (``form/TT``).

    ``alternatives``: term -> other words; ``phrases``: everyday phrases of several terms with
    their alternatives; ``function_terms``: forms without weight; ``types``: expressions and the
    answer type they ask for, longest first; ``cues``: answer type -> labels; ``places``: names
    of regions and countries; ``words``: all other policy words, none of them misspelt.
    """

    alternatives: Mapping[str, tuple[Alternative, ...]]
    phrases: tuple[tuple[Terms, tuple[Alternative, ...]], ...]
    function_forms: frozenset[str]
    types: tuple[tuple[str, str], ...]
    cues: Mapping[str, tuple[Alternative, ...]]
    places: frozenset[str]
    words: frozenset[str]

    def answer_types(self, text: str) -> tuple[str, ...]:
        """The answer types a question's expressions ask for, most specific first."""
        squashed = re.sub(r"\s+", "", text)
        found: set[str] = set()
        for expression, kind in self.types:
            if expression in squashed:
                found.add(kind)
                # A longer expression speaks for the shorter ones inside it.
                squashed = squashed.replace(expression, "\x00")
        return tuple(kind for kind in _TYPE_ORDER if kind in found)

    def types_of_nouns(self, surfaces: Sequence[str]) -> tuple[str, ...]:
        """The answer types nouns alone ask for ("R&D 예산"), for questions without a verb."""
        return tuple(
            kind
            for kind in _TYPE_ORDER
            if any(
                cue.surface in surfaces and cue.weight >= _TELLING_CUE
                for cue in self.cues.get(kind, ())
            )
        )


def make_vocabulary(
    lexicon: Lexicon,
    *,
    terms_of: Callable[[str], Sequence[str]],
    words: Alternatives | None = None,
) -> Vocabulary:
    """Segment the lexicon once; ``terms_of`` is the index's own segmentation into terms.

    ``words`` are the lexicon's alternatives where they were made before.
    """
    words = words or make_alternatives(lexicon, terms_of=terms_of)
    return Vocabulary(
        alternatives=words.of_terms,
        phrases=words.of_phrases,
        function_forms=frozenset(lexicon.function_words),
        types=tuple(
            sorted(
                (
                    (re.sub(r"\s+", "", expression), kind)
                    for expression, kind in lexicon.question_words
                ),
                key=lambda row: -len(row[0]),
            )
        ),
        cues={
            kind: tuple(
                Alternative(core_terms(label, terms_of=terms_of), weight, label)
                for label, weight in targets
            )
            for kind, targets in lexicon.answer_cues
        },
        places=frozenset(lexicon.places),
        words=frozenset(form for form, _ in lexicon.user_words)
        | frozenset(name for group in lexicon.aliases for name in group),
    )
